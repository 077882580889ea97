"""Candidates: drafts on their way into the log, a batch at a time."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from chronicle.intake import Draft
from chronicle.payloads import Payload
from chronicle.references import Reference

_BATCH = 1000
"""Drafts taken together: bounds the memory that an append takes."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Candidate:
    """A draft on its way into the log."""

    draft: Draft
    payload: Payload
    named: list[Reference]
    faulty: bool = False
    canonical: bytes = b""
    undated: bool = False

    def names_any(self, ids: AbstractSet[str]) -> bool:
        """Say whether it names one of the ids."""
        return any(one.id in ids for one in self.named)


def batches(drafts: Iterable[_T]) -> Iterator[list[_T]]:
    """Yield drafts, and what kept others from being read, a batch at a time."""
    stream = iter(drafts)
    while batch := list(islice(stream, _BATCH)):
        yield batch


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off the garbage collector: it would walk every live record again and again.

    Records hold no circles, so that counting references frees them all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
