"""The command line: each command parses, makes one call, and prints.

    app         the command `chronicle`, its options and its commands by name
    lazy        commands that are imported when they are called
    helping     help, laid out when it is asked for
    desk        what every command gets: where the database is
    options     the options of views, of formats
    failures    every error to its words and its exit code
    report      what a command has to say, whatever the format
    output      JSON, JSON Lines and CSV
    layout      sheets as lines that fit a width
    tables      tables for people
    cells       single values as text
    dated       dates in words
    progress    a count on the terminal while long work runs
    rulings     rulings as reports
    grounds     why a slot is ruled on as it is, claim by claim
    writing     what every append asks for, and how it says what came of it
    previews    what an append would change
    merging     what merges make disputed
    filling     init, append
    doing       add, revise, retract, assess
    state       state
    conflicts   conflicts
    changes     changes
    comparing   diff, compare
    impact      impact
    horizon     stale, gaps
    sides       changes as rows
    notices     changes in words
    naming      what ids are called
    markdown    changes as a page
    atom        changes as a feed
    why         why
    history     trace, timeline
    finding     show, search
    exporting   export, verify-export
    keeping     log, verify, rebuild
    expect      expect
    differences what was expected, beside what was found

Data go to standard output, words to standard error. Exit code 0: fine; 1: refused, or findings;
2: a wrong use.
"""

from __future__ import annotations

import signal
import sys
from typing import NoReturn


def main() -> None:
    """Run the command `chronicle` with the arguments of this process.

    Asked to end, it leaves nothing half done: what is open is undone, as by any other failure.
    """
    from chronicle.cli.app import chronicle  # noqa: PLC0415  # the package itself stays light

    signal.signal(signal.SIGTERM, _end)
    chronicle(prog_name="chronicle")


def _end(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)
