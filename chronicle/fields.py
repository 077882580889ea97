"""The fields that records are made of: ids, dates, texts, credibility, modality.

Every field is checked where it is read; a fault is a `ValueError` whose message says what was
expected. Validation takes a `dict` as context, which keeps the dates already read in one
append, so that a date that stands in a thousand records is parsed once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from chronicle.dates import parse_once
from chronicle.ids import is_id, slug

Modality = Literal["stated", "alleged", "inferred", "planned", "predicted"]
Credibility = Annotated[
    Literal["1", "2", "3", "4", "5", "6"],
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
]


class Piece(BaseModel):
    """A frozen mapping of known fields; anything else in it is a fault."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        coerce_numbers_to_str=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )


class Record(Piece):
    """One immutable record of the log. Each kind adds its fields; None means "not stated"."""

    id: Id
    """A slug, unique over the whole log."""


def _set_text(value: object) -> object:
    """Turn a list or mapping that stands for an EDTF set into its text.

    `[2022-01-06..2022-01-17]` and `{2022-01-06..2022-01-17}` load from YAML as a list and as
    a mapping, because nobody quotes dates.
    """
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return f"[{','.join(value)}]"
    if isinstance(value, Mapping) and value and all(item is None for item in value.values()):
        return "{" + ",".join(str(key) for key in value) + "}"
    return value


def _is_date(text: str, info: ValidationInfo) -> str:
    parse_once(text, info.context)
    return text


def _is_id(text: str) -> str:
    if not is_id(text):
        hint = slug(text)
        better = f", for example {hint!r}" if hint else ""
        raise ValueError(f"{text!r} is no id: lower-case letters, digits, - and _ only{better}")
    return text


def _clean(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a NUL character; remove it")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError("holds half of a surrogate pair; write the character itself") from None
    return text


def _value_text(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a value is text; quote it, or define the property with terms yes and no")
    if isinstance(value, float):
        raise ValueError("a float is not exact; write the amount as text")
    return _set_text(value)


def _one_or_more(items: Any) -> Any:
    if isinstance(items, str):
        raise ValueError("expected a list; write it as [one, two] or one item a line after '- '")
    return items


Id = Annotated[str, AfterValidator(_is_id)]
"""The id of a record, in the log or in the same append."""

Text = Annotated[str, AfterValidator(_clean)]
"""Any text that is not empty."""

DateText = Annotated[str, BeforeValidator(_set_text), AfterValidator(_is_date)]
"""An EDTF date, kept as written."""

ValueText = Annotated[str, BeforeValidator(_value_text), AfterValidator(_clean)]
"""A value as written: a text, a term, an id, a quantity or a date, as the property says."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
