"""Canonical JSON (RFC 8785): one text for one value, so that it can be hashed.

Payloads hold text, booleans, small integers, lists and mappings; floats are refused, because
no two systems write them alike. For such values, and ASCII keys, sorted compact JSON is
already the canonical form; keys beyond ASCII sort by UTF-16 code units, which the `rfc8785`
package does. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from chronicle.errors import CanonicalError

_SAFE_INTEGER = 2**53 - 1


def dumps(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a value; `CanonicalError` where there are none."""
    _check(value)
    try:
        written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        if written.isascii() or "".join(_keys(value)).isascii():
            return written
        import rfc8785  # noqa: PLC0415  # keys beyond ASCII are rare

        return bytes(rfc8785.dumps(value))
    except (TypeError, ValueError) as error:
        foreign = [type(key).__name__ for key in _keys(value) if type(key) is not str]
        if foreign:
            raise CanonicalError(f"a key must be text, not {foreign[0]}") from error
        raise CanonicalError("a lone surrogate has no canonical JSON form") from error


def _check(value: object) -> None:
    """Refuse what JSON would write in two ways; keys aside."""
    kind = type(value)
    if kind is dict:
        for item in value.values():  # type: ignore[attr-defined]  # narrowed by `kind is dict`
            # Nearly all are texts, which cost no call.
            if type(item) is not str:
                _check(item)
    elif kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined]  # narrowed
            _check(item)
    elif kind is int:
        if abs(value) > _SAFE_INTEGER:  # type: ignore[arg-type]  # narrowed by `kind is int`
            raise CanonicalError(f"{value} is beyond the integers that JSON carries exactly")
    elif not (kind is str or kind is bool or value is None):
        raise CanonicalError(f"{kind.__name__} has no canonical JSON form; write it as text")


def _keys(value: Any) -> Iterator[Any]:
    """Yield the keys of every mapping in a value."""
    if type(value) is dict:
        yield from value
        value = value.values()
    elif type(value) not in (list, tuple):
        return
    for item in value:
        if type(item) is not str:
            yield from _keys(item)
