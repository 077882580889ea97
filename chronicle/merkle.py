"""The Merkle tree over the log (RFC 9162, section 2.1, with SHA-256).

A leaf commits to an entry's header and to SHA-256(salt || payload), so that a payload can be
redacted later without changing the root. The frontier keeps the roots of the perfect subtrees
from left to right, which is all that it takes to go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_SIZE = 32
"""Bytes of a hash."""

_EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || content)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def commit(salt: bytes, payload: bytes) -> bytes:
    """Return the commitment to a payload: SHA-256(salt || payload)."""
    return hashlib.sha256(salt + payload).digest()


class Frontier:
    """A growing tree: its size, and the peaks of its perfect subtrees, largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """Go on from a size and its peaks; `ValueError` if they do not fit each other."""
        if size.bit_count() != len(peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks")
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Frontier:
        """Go on from the bytes that `pack` gave."""
        count = len(packed) // HASH_SIZE
        return cls(size, [packed[n * HASH_SIZE : (n + 1) * HASH_SIZE] for n in range(count)])

    def pack(self) -> bytes:
        """Return the peaks as bytes."""
        return b"".join(self._peaks)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes."""
        peaks, count = self._peaks, self.size
        for leaf in leaves:
            size, node = count, leaf
            while size & 1:
                node = node_hash(peaks.pop(), node)
                size >>= 1
            peaks.append(node)
            count += 1
        self.size = count

    def root(self) -> bytes:
        """Return the root; of the empty tree, the hash of nothing."""
        if not self._peaks:
            return _EMPTY
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root
