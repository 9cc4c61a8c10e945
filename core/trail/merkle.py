"""Merkle trees as RFC 9162 (Certificate Transparency 2.0), section 2.1, has them: SHA-256.

A tree of ``n`` leaves is held as its peaks: the roots of the full subtrees that ``n`` is the sum of, the largest first.
Adding a leaf costs as many hashes as the number of leaves has trailing ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


def hash_leaf(content: bytes) -> bytes:
    """The hash of a leaf, 32 bytes (2.1.1)."""
    return hashlib.sha256(b"\x00" + content).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children (2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree by its size and peaks."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def add(self, leaf: bytes) -> Tree:
        """The tree with one more leaf, given by its hash."""
        peaks, joined, size = list(self.peaks), leaf, self.size
        while size & 1:
            joined = hash_node(peaks.pop(), joined)
            size >>= 1
        return Tree(self.size + 1, (*peaks, joined))

    @property
    def root(self) -> bytes:
        """The Merkle tree hash (2.1.1)."""
        if not self.peaks:
            return hashlib.sha256().digest()
        *rest, joined = self.peaks
        for peak in reversed(rest):
            joined = hash_node(peak, joined)
        return joined


def build_tree(leaves: Sequence[bytes]) -> Tree:
    """The tree over hashes of leaves."""
    tree = Tree()
    for leaf in leaves:
        tree = tree.add(leaf)
    return tree


def _split(size: int) -> int:
    """The largest power of two smaller than a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)


def prove_inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root (2.1.3.1).

    Raises
    ------
    IndexError
        When there is no such leaf.
    """
    return prove_each(leaves, [index])[0]


def prove_each(leaves: Sequence[bytes], indexes: Sequence[int]) -> list[list[bytes]]:
    """``prove_inclusion`` of several leaves; what their ways share is hashed once.

    Raises
    ------
    IndexError
        When there is no such leaf.
    """
    known: dict[tuple[int, int], bytes] = {}

    def root(start: int, end: int) -> bytes:
        if end - start == 1:
            return leaves[start]
        if (start, end) not in known:
            middle = start + _split(end - start)
            known[start, end] = hash_node(root(start, middle), root(middle, end))
        return known[start, end]

    def prove(index: int) -> list[bytes]:
        if not 0 <= index < len(leaves):
            raise IndexError(index)
        path, start, end = list[bytes](), 0, len(leaves)
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(root(middle, end))
                end = middle
            else:
                path.append(root(start, middle))
                start = middle
        return path[::-1]

    return [prove(index) for index in indexes]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a path leads from a leaf to a root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, joined = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            joined = hash_node(sibling, joined)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            joined = hash_node(joined, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and joined == root
