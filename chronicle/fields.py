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
from chronicle.errors import DateError
from chronicle.ids import LONGEST, SLUG

NO_NUL = r"^[^\x00]*$"
"""The pattern of a text without NUL, which neither database can hold."""

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


def _value_text(value: object) -> object:
    # Pydantic makes faults of ValueErrors alone.
    if isinstance(value, bool):
        raise ValueError(  # noqa: TRY004
            "a value is text; quote it, or define the property with terms yes and no"
        )
    if isinstance(value, float):
        raise ValueError("a float is not exact; write the amount as text")  # noqa: TRY004
    text = _set_text(value)
    if isinstance(text, str) and text is not value:
        try:
            parse_once(text, None)
        except DateError as error:
            raise ValueError(
                f"a list or mapping is read as a set of dates: {error}; "
                "write each value as a claim of its own"
            ) from None
    return text


def _one_or_more(items: Any) -> Any:
    if isinstance(items, str):
        # Pydantic makes faults of ValueErrors alone.
        raise ValueError(  # noqa: TRY004
            "expected a list; write it as [one, two] or one item a line after '- '"
        )
    return items


Id = Annotated[str, Field(pattern=SLUG, max_length=LONGEST)]
"""The id of a record, in the log or in the same append."""

Text = Annotated[str, Field(pattern=NO_NUL)]
"""Any text that is not empty."""

DateText = Annotated[str, BeforeValidator(_set_text), AfterValidator(_is_date)]
"""An EDTF date, kept as written."""

ValueText = Annotated[str, BeforeValidator(_value_text), Field(pattern=NO_NUL)]
"""A value as written: a text, a term, an id, a quantity or a date, as the property says."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
