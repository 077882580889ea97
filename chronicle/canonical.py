"""Canonical JSON (RFC 8785): one text for one value, so that it can be hashed.

Payloads hold text, booleans, small integers, lists and mappings; floats are refused, because
no two systems write them alike. For such values, and ASCII keys, sorted compact JSON is
already the canonical form; keys beyond ASCII sort by UTF-16 code units, which the `rfc8785`
package does. A test holds the two against each other.
"""

from __future__ import annotations

from typing import Any

import orjson

from chronicle.errors import CanonicalError

_SAFE_INTEGER = 2**53 - 1


def dumps(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a value; `CanonicalError` where there are none."""
    plain = _check(value)
    try:
        if plain:
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        import rfc8785  # noqa: PLC0415  # keys beyond ASCII are rare

        return bytes(rfc8785.dumps(value))
    except (TypeError, ValueError) as error:
        raise CanonicalError("a lone surrogate has no canonical JSON form") from error


def _check(value: object) -> bool:
    """Refuse what JSON would write in two ways; say whether every key is ASCII."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is dict:
        try:
            plain = "".join(value).isascii()  # type: ignore[arg-type]  # narrowed
        except TypeError:
            foreign = next(type(key).__name__ for key in value if type(key) is not str)  # type: ignore[attr-defined]  # narrowed
            raise CanonicalError(f"a key must be text, not {foreign}") from None
        for item in value.values():  # type: ignore[attr-defined]  # narrowed by `kind is dict`
            if type(item) is not str:
                plain = _check(item) & plain
        return plain
    if kind is list or kind is tuple:
        plain = True
        for item in value:  # type: ignore[attr-defined]  # narrowed
            plain = _check(item) & plain
        return plain
    if kind is int:
        if abs(value) > _SAFE_INTEGER:  # type: ignore[arg-type]  # narrowed by `kind is int`
            raise CanonicalError(f"{value} is beyond the integers that JSON carries exactly")
        return True
    raise CanonicalError(f"{kind.__name__} has no canonical JSON form; write it as text")
