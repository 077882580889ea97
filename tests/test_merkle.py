"""The Merkle tree against its definition in RFC 9162, and against known vectors."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.merkle import HASH_SIZE, Frontier, commit, leaf_hash, node_hash

VECTORS = (
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
)
"""What Certificate Transparency tests with: the content of a leaf, the root with it."""

LEAVES = st.lists(st.binary(max_size=4).map(leaf_hash), max_size=70)


def root_of(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 9162 defines it: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def test_the_root_of_the_empty_tree_is_the_hash_of_nothing() -> None:
    """An empty log has a root too."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Frontier().root().hex() == empty


def test_roots_are_those_of_known_vectors() -> None:
    """The tree grows to the roots that Certificate Transparency publishes."""
    frontier = Frontier()
    for content, root in VECTORS:
        frontier.extend([leaf_hash(bytes.fromhex(content))])
        assert frontier.root().hex() == root


def test_leaves_nodes_and_commitments_are_hashed_apart() -> None:
    """A leaf, a node and a commitment over the same bytes differ, so none passes for another."""
    left, right = b"l" * HASH_SIZE, b"r" * HASH_SIZE
    assert leaf_hash(left + right) == hashlib.sha256(b"\x00" + left + right).digest()
    assert node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()
    assert commit(left, right) == hashlib.sha256(left + right).digest()


@given(LEAVES)
def test_the_root_is_the_one_that_the_definition_gives(leaves: list[bytes]) -> None:
    """The frontier gives the root of the recursive definition, for any number of leaves."""
    frontier = Frontier()
    frontier.extend(leaves)
    assert (frontier.size, frontier.root()) == (len(leaves), root_of(leaves))


@given(LEAVES, LEAVES)
def test_a_packed_frontier_goes_on_where_it_was(first: list[bytes], then: list[bytes]) -> None:
    """Packed and unpacked between two appends, the tree grows as if nothing had happened."""
    before = Frontier()
    before.extend(first)
    assert len(before.pack()) == HASH_SIZE * before.size.bit_count()
    after = Frontier.unpack(before.size, before.pack())
    after.extend(then)
    assert after.root() == root_of(first + then)


@pytest.mark.parametrize(("size", "packed"), [(0, b"x" * 32), (1, b""), (3, b"x" * 32)])
def test_a_size_needs_its_number_of_peaks(size: int, packed: bytes) -> None:
    """A stored frontier whose peaks do not fit its size is refused."""
    with pytest.raises(ValueError, match=f"a tree of {size} leaves has"):
        Frontier.unpack(size, packed)
