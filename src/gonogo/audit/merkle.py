"""The Merkle tree over a log, as RFC 6962 defines it: its head, kept line by line, and proofs in it. Pure.

The hash that ends each line is the RFC 6962 hash of its leaf already, so the tree costs one more hash for each line.
Somebody who keeps a size and a root can be shown by some twenty hashes that a record is in the log, or that a longer
log continues the one that was seen, without a look at what is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A tree that grows at its right edge.

    Attributes:
        size: How many leaves it has.
        peaks: Roots of its whole subtrees, the largest first: one for each bit that is set in ``size``.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of one leaf."""
        size, peaks = self.size, self.peaks
        while size & 1:
            leaf = parent(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def add_node(self, node: bytes, level: int) -> None:
        """Add the root of a whole subtree of ``2**level`` leaves; the tree has a multiple of so many.

        Raises:
            ValueError: It has not.
        """
        size = self.size >> level
        if size << level != self.size:
            raise ValueError(f"a tree of {self.size} leaves has no place for a subtree of {1 << level}")
        while size & 1:
            node = parent(self.peaks.pop(), node)
            size >>= 1
        self.peaks.append(node)
        self.size += 1 << level

    def root(self) -> bytes:
        """Return the head of the tree."""
        if not self.peaks:
            return EMPTY_ROOT
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = parent(peak, found)
        return found

    def copy(self) -> Frontier:
        """Return the same tree, to grow apart."""
        return Frontier(self.size, list(self.peaks))

    def document(self) -> list[object]:
        """Return size and peaks as a document for JSON."""
        return [self.size, *(peak.hex() for peak in self.peaks)]

    @classmethod
    def from_document(cls, document: Sequence[object]) -> Frontier:
        """Return the tree that :meth:`document` wrote.

        Raises:
            ValueError: It is anything else.
        """
        size, *peaks = document
        if type(size) is not int or size < 0 or size.bit_count() != len(peaks):
            raise ValueError("not the peaks of a tree")
        found = [bytes.fromhex(str(peak)) for peak in peaks]
        if any(len(peak) != hashlib.sha256().digest_size for peak in found):
            raise ValueError("not the peaks of a tree")
        return cls(size, found)


@dataclass(slots=True)
class LeafSpan:
    """The leaves from one place of a tree on, without those before: its largest whole subtrees, from left to right.

    Attributes:
        first: Place of its first leaf.
        end: Place after its last.
        nodes: Roots of the subtrees.
    """

    first: int
    end: int
    nodes: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        end, width, nodes = self.end + 1, 2, self.nodes
        self.end = end
        while not end & (width - 1) and end - width >= self.first:
            leaf = hashlib.sha256(b"\x01" + nodes.pop() + leaf).digest()
            width <<= 1
        nodes.append(leaf)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add the hashes of the next leaves, level by level: in three quarters of the time that one by one takes."""
        row, start, level, nodes, rest = list(leaves), self.end, 0, self.nodes, list[bytes]()
        new = hashlib.sha256
        self.end += len(row)
        while row:
            if start & 1 and (start - 1) << level >= self.first:
                row.insert(0, nodes.pop())
            elif start & 1:
                nodes.append(row.pop(0))
                start += 1
            if len(row) & 1:
                rest.append(row.pop())
            pairs = iter(row)
            row = [new(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
            start, level = start >> 1, level + 1
        nodes += reversed(rest)

    def added_to(self, tree: Frontier) -> Frontier:
        """Return a tree that ends where this begins, grown by all of this.

        Raises:
            ValueError: It ends elsewhere, or these are no such subtrees.
        """
        if tree.size != self.first:
            raise ValueError(f"a tree of {tree.size} leaves does not end at {self.first}")
        grown = tree.copy()
        for node in self.nodes:
            rest = self.end - grown.size
            if rest <= 0:
                raise ValueError(f"there are more subtrees than {self.end} leaves have")
            aligned = (grown.size & -grown.size).bit_length() - 1 if grown.size else rest.bit_length()
            grown.add_node(node, min(aligned, rest.bit_length() - 1))
        if grown.size != self.end:
            raise ValueError(f"there are fewer subtrees than {self.end} leaves have")
        return grown


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the head of the tree over the hashes of some leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from one leaf to the head of the tree over the first ``size``.

    Raises:
        ValueError: There is no such leaf, or no such tree.
    """
    if not 0 <= index < size <= len(leaves):
        raise ValueError(f"there is no leaf {index} in a tree of {size}, of {len(leaves)} leaves")
    proof: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _half(last - first)
        if index < middle:
            proof.append(root_of(leaves[middle:last]))
            last = middle
        else:
            proof.append(root_of(leaves[first:middle]))
            first = middle
    return proof[::-1]


def consistency_proof(leaves: Sequence[bytes], old: int, size: int) -> list[bytes]:
    """Return the hashes that show that the tree over the first ``size`` leaves continues that over the first ``old``.

    Raises:
        ValueError: There are no such trees.
    """
    if not 0 < old <= size <= len(leaves):
        raise ValueError(f"there are no trees of {old} and of {size}, of {len(leaves)} leaves")
    proof: list[bytes] = []
    first, last, whole = 0, size, True
    while old < last:
        middle = first + _half(last - first)
        if old <= middle:
            proof.append(root_of(leaves[middle:last]))
            last = middle
        else:
            proof.append(root_of(leaves[first:middle]))
            first, whole = middle, False
    return ([] if whole else [root_of(leaves[first:last])]) + proof[::-1]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf is the one at ``index`` of a tree of that size and root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if not last:
            return False
        if place & 1 or place == last:
            found = parent(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = parent(found, step)
        place, last = place >> 1, last >> 1
    return not last and found == root


def continues(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether a proof shows that a tree of ``size`` and ``root`` continues one of ``old`` and ``old_root``."""
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            before, after = parent(step, before), parent(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = parent(after, step)
        place, last = place >> 1, last >> 1
    return not last and before == old_root and after == root


def _half(count: int) -> int:
    """Return the largest power of two below ``count``: where RFC 6962 divides so many leaves."""
    return 1 << ((count - 1).bit_length() - 1)
