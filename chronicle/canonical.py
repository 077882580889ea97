"""Canonical JSON (RFC 8785): one text for one value, so that it can be hashed.

Payloads hold text, booleans, small integers, lists and mappings; floats are refused, because
no two systems write them alike. For such values, and ASCII keys, sorted compact JSON is
already the canonical form; keys beyond ASCII sort by UTF-16 code units, which the `rfc8785`
package does. A test holds the two against each other.
"""

from __future__ import annotations

import json
from typing import Any

from chronicle.errors import CanonicalError

_SAFE_INTEGER = 2**53 - 1


def _refuse(value: object) -> object:
    raise CanonicalError(f"{type(value).__name__} has no canonical JSON form")


_encode = json.JSONEncoder(
    sort_keys=True,
    ensure_ascii=False,
    separators=(",", ":"),
    allow_nan=False,
    check_circular=False,
    default=_refuse,
).encode


def dumps(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a value; `CanonicalError` where there are none."""
    plain = _check(value)
    try:
        if plain:
            return _encode(value).encode()
        import rfc8785

        return bytes(rfc8785.dumps(value))
    except UnicodeEncodeError as error:
        raise CanonicalError("a lone surrogate has no canonical JSON form") from error


def _check(value: object) -> bool:
    """Refuse what JSON would write in two ways; say whether every key is ASCII."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is dict:
        plain = True
        for key, item in value.items():  # type: ignore[attr-defined]  # narrowed by `kind is dict`
            if type(key) is not str:
                raise CanonicalError(f"a key must be text, not {type(key).__name__}")
            plain = key.isascii() & (type(item) is str or _check(item)) & plain
        return plain
    if kind is list or kind is tuple:
        return all([_check(item) for item in value])  # type: ignore[attr-defined]  # narrowed
    if kind is int:
        if abs(value) > _SAFE_INTEGER:  # type: ignore[arg-type]  # narrowed by `kind is int`
            raise CanonicalError(f"{value} is beyond the integers that JSON carries exactly")
        return True
    raise CanonicalError(f"{kind.__name__} has no canonical JSON form; write it as text")
