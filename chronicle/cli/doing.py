"""`retract`, `revise`, `assess`, `add`: one record in one line, its effect shown beforehand."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from chronicle.cli import failures
from chronicle.cli.desk import Desk, pass_desk
from chronicle.cli.lazy import LazyGroup, command
from chronicle.cli.options import Function, pairs
from chronicle.cli.output import for_programs, say
from chronicle.cli.writing import Writing, line_writer, writing_options

if TYPE_CHECKING:
    from chronicle.api import Chronicle
    from chronicle.payloads import Payload
    from chronicle.preview import Preview

Fields = Mapping[str, object]

_DATED = "a day; A/.. began and still so; A/ began; A/B; /B ended; [A..B] at some time in it"

OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "id": {"metavar": "ID", "help": "Its own id. [default: made of what it says]"},
    "mode": {
        "type": click.Choice(("withdrawn", "erratum")),
        "required": True,
        "help": "The source took it back, from then on; or it was mis-entered here.",
    },
    "rank": {
        "type": click.Choice(("preferred", "normal", "deprecated")),
        "help": "Rank it above all others, as any other, or not at all.",
    },
    "revises": {"metavar": "ID", "help": "The claim that it revises."},
    "revision": {
        "type": click.Choice(("update", "correction", "restatement")),
        "help": "The world changed; the report was wrong; the same in other words.",
    },
    "reason": {"metavar": "TEXT", "help": "Why, for those who read the record."},
    "subject": {"metavar": "ID", "required": True, "help": "What it is about."},
    "property": {"metavar": "ID", "required": True, "help": "What of it."},
    "value": {"metavar": "TEXT", "help": "What it says that this is."},
    "none": {"is_flag": True, "help": "It says that there is no value."},
    "unknown": {"is_flag": True, "help": "The source says that it does not know."},
    "denies": {"is_flag": True, "help": "It says that this value does not hold."},
    "qualifiers": {
        "metavar": "NAME=VALUE",
        "multiple": True,
        "callback": pairs,
        "help": "A qualifier; may be given several times.",
    },
    "valid": {"metavar": "DATE", "help": f"When it held, of a state: {_DATED}."},
    "event": {"metavar": "ID", "help": "The event that it belongs to."},
    "note": {"metavar": "TEXT", "help": "What else there is to say."},
    "verbatim": {"metavar": "TEXT", "help": "A few words for the value, as worded there."},
    "valid_verbatim": {"metavar": "TEXT", "help": "The words for the date."},
    "answers": {"metavar": "ID", "help": "The claim that a denial replies to."},
    "inferred_from": {
        "metavar": "ID",
        "multiple": True,
        "help": "A claim from which it is inferred; may be given several times.",
    },
    "source": {"metavar": "ID", "help": "The document that was read."},
    "locator": {"metavar": "TEXT", "help": "Where in it: section, page, paragraph."},
    "speaker": {"metavar": "ID", "help": "Who said it, as the document reports."},
    "via": {
        "metavar": "ID",
        "multiple": True,
        "help": "Who relayed it, the nearest to the speaker first.",
    },
    "asserted": {"metavar": "DATE", "help": "When it was said. [default: as its source came out]"},
    "credibility": {
        "type": click.Choice(("1", "2", "3", "4", "5", "6")),
        "help": "The Admiralty code: 1 confirmed to 5 improbable; 6 cannot be judged.",
    },
    "modality": {
        "type": click.Choice(("stated", "alleged", "inferred", "planned", "predicted")),
        "help": "How it was said. [default: stated]",
    },
}
"""The options that are fields of records, by the names of the fields."""

_NAMED = {"qualifiers": ("--where", "--qualifier"), "revision": ("--kind",)}
"""The options that are not called as their fields are."""

_ATTRIBUTION = ("source", "locator", "speaker", "via", "asserted")

_CLAIM = (
    "value",
    "none",
    "unknown",
    "denies",
    "qualifiers",
    "valid",
    *_ATTRIBUTION,
    "credibility",
    "modality",
    "event",
    "note",
    "verbatim",
    "valid_verbatim",
    "answers",
    "inferred_from",
    "id",
)

_REVISION = {"revises": "claim", "revision": "kind", "reason": "reason"}
"""The options of a claim that make what it does to another one, and its fields there."""

_NEEDED = {"required": True}

_JUDGED = {"help": "When it was judged. [default: today]"}

_TAKEN_BACK = {"help": "When it was taken back. [default: as its source came out]"}


def _taking(*names: str, **changed: Mapping[str, Any]) -> Callable[[Function], Function]:
    """Give a command options by the names of fields; those given are one argument `fields`."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def collected(*args: Any, **given: Any) -> None:
            found = {name: given.pop(name) for name in names}
            said = {name: value for name, value in found.items() if value not in _UNSAID}
            plain = {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in said.items()
            }
            function(*args, fields=plain, **given)

        decorated: Function = collected
        for name in reversed(names):
            called = _NAMED.get(name, (f"--{name.replace('_', '-')}",))
            attributes = {**OPTIONS[name], **changed.get(name, {})}
            decorated = click.option(*called, name, **attributes)(decorated)
        return decorated

    return decorate


_ADDING = (
    "chronicle add claim --subject samat-abish --property status --value on-leave "
    "--valid 2022-01-10 --source icds-2022 --dry-run"
)

_UNSAID: tuple[object, ...] = (None, False, (), {})


@command(
    "retract",
    example='chronicle retract abish-on-leave-nsc --mode erratum --reason "misread" --dry-run',
)
@click.argument("target", metavar="ID")
@_taking("mode", "reason", *_ATTRIBUTION, "id", asserted=_TAKEN_BACK)
@writing_options("the command", ask=True)
@pass_desk
def retract(desk: Desk, writing: Writing, target: str, fields: Fields) -> None:
    """Take a record back: a claim, an event, a judgement, or all that a source says.

    What is withdrawn counted until its source took it back; say when, or in which source. What
    was mis-entered, an erratum, counts at no date; only an earlier --recorded shows it. The log
    keeps both records, and a retraction can itself be retracted.

    Before it is written, what it would change in the best-known view is shown on standard error,
    date by date; the record goes to standard output.
    """
    from chronicle.acts import retraction  # noqa: PLC0415  # help does without

    _write(desk, writing, f"retract {target}", lambda _: retraction(target, fields))


@command(
    "revise",
    example="chronicle revise abish-on-leave-nsc --kind update --value relieved "
    "--valid 2022-01-17/.. --source kazinform-2022-01-17 --dry-run",
)
@click.argument("target", metavar="ID")
@_taking("revision", "reason", *_CLAIM, revision=_NEEDED, source=_NEEDED)
@writing_options("the command", ask=True)
@pass_desk
def revise(desk: Desk, writing: Writing, target: str, fields: Fields) -> None:
    """Add a claim that revises another one, of the same subject, property and qualifiers.

    An update says that the world changed: the old claim stays true for its time. A correction
    says that the report was wrong. A restatement says the same in other words. All else the new
    claim says for itself: its value, when it held, who said so and where. Qualifiers are those
    of the old claim unless others are given.

    Before it is written, what it would change in the best-known view is shown on standard error,
    date by date; the record goes to standard output.
    """
    from chronicle.acts import revision  # noqa: PLC0415  # help does without

    def record(chronicle: Chronicle) -> Payload:
        own = _claimed({**fields, "revises": target})
        return revision(chronicle.view(), target, own)

    _write(desk, writing, f"revise {target}", record)


@command(
    "assess",
    example="chronicle assess abish-detained-cornell --rank deprecated "
    '--reason "he was seen at home" --dry-run',
)
@click.argument("target", metavar="ID")
@_taking("rank", "credibility", "reason", *_ATTRIBUTION, "id", asserted=_JUDGED)
@writing_options("the command", ask=True)
@pass_desk
def assess(desk: Desk, writing: Writing, target: str, fields: Fields) -> None:
    """Judge one claim: its rank, how credible it is, or both.

    The latest judgement counts, of rank and of credibility apart, from --asserted on, which is
    today unless it is given. Views as of earlier dates stay as they were.

    Before it is written, what it would change in the best-known view is shown on standard error,
    date by date; the record goes to standard output.
    """
    from chronicle.acts import assessment  # noqa: PLC0415  # help does without

    def record(chronicle: Chronicle) -> Payload:
        return assessment(chronicle.view(), target, fields)

    _write(desk, writing, f"assess {target}", record)


@click.group(
    "add",
    cls=LazyGroup,
    modules={"claim": __name__},
    invoke_without_command=True,
    epilog=f"Example: {_ADDING}",
)
@click.pass_context
def add(context: click.Context) -> None:
    """Add one record; for many of them see chronicle append."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(failures.MISUSED)


@command("claim", example=_ADDING)
@_taking("subject", "property", *_CLAIM, *_REVISION, source=_NEEDED)
@writing_options("the command", ask=True)
@pass_desk
def claim(desk: Desk, writing: Writing, fields: Fields) -> None:
    """Add one claim: what a source says that a property of a subject is.

    One of --value, --none and --unknown is needed, and --valid where the property is a state: a
    valid time is never implied. A claim that --revises another one needs a --kind of revision;
    chronicle revise takes from the old claim what is the same.

    Before it is written, what it would change in the best-known view is shown on standard error,
    date by date; the record goes to standard output.
    """
    message = f"add claim {fields['subject']} {fields['property']}"
    _write(desk, writing, message, lambda _: _claimed(fields))


def _claimed(fields: Fields) -> Payload:
    """Return the claim that options make."""
    own = {name: value for name, value in fields.items() if name not in _REVISION}
    revision = {field: fields[name] for name, field in _REVISION.items() if name in fields}
    return {"kind": "claim", **own, **({"revises": revision} if revision else {})}


def _write(
    desk: Desk, writing: Writing, message: str, record: Callable[[Chronicle], Payload]
) -> None:
    """Append one record, having shown what it changes; print it."""
    from chronicle.cli.previews import show  # noqa: PLC0415  # help does without
    from chronicle.intake import Draft  # noqa: PLC0415  # as above

    def foreseen(preview: Preview) -> None:
        show(preview)
        if writing.ask and not writing.dry_run and not click.confirm("write it?", err=True):
            say("nothing was written")
            click.get_current_context().exit(failures.REFUSED)

    lines = io.StringIO()
    with desk.open() as chronicle:
        fields = dict(record(chronicle))
        receipt = chronicle.append_drafts(
            [Draft(fields.pop("kind"), fields, "", 0)],
            by=writing.author(),
            message=message if writing.message is None else writing.message,
            dry_run=writing.dry_run,
            expect=writing.expect,
            written=line_writer(lines),
            foreseen=foreseen,
        )
    for_programs().write(lines.getvalue())
    writing.tell(receipt)
    if receipt.unchanged:
        say("the log holds this very record; under another --id it would be another")
