"""What others know about a log, carried along as it grows, so that a run need not read the log again to compare it.

For each size that somebody knows, the index keeps the tree that the log had then, and the leaves since. The root that
somebody knows is that of the one, and both give the tree of the log as it is now: a proof of consistency (RFC 6962),
which nobody can make for another log. What ties the tree to the records is a signature: see :func:`leads_on`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.ledger import Ledger
from gonogo.audit.merkle import Frontier, LeafSpan
from gonogo.audit.trusted import is_signed_mark
from gonogo.audit.watermark import KnownRoot, Marked

MOST: Final = 8
"""How many are carried along."""


@dataclass(slots=True)
class Pin:
    """A log at one size, and what was added since.

    Attributes:
        tree: The tree then.
        since: The leaves since.
    """

    tree: Frontier
    since: LeafSpan

    def leads(self, known: KnownRoot, to: Frontier) -> bool:
        """Return whether a log with this tree continues what somebody knows."""
        if (self.tree.size, self.tree.root().hex()) != (known.size, known.root):
            return False
        try:
            return self.since.added_to(self.tree) == to
        except ValueError:  # an index that somebody wrote
            return False


@dataclass(slots=True)
class Pins:
    """All that is carried along.

    Attributes:
        sizes: What others know: after so many records the tree is kept.
        kept: One for each size that the log has had.
    """

    sizes: frozenset[int] = frozenset()
    kept: list[Pin] = field(default_factory=list)

    def take(self, tree: Frontier, leaf: bytes) -> None:
        """Note a leaf that was just added to a tree."""
        for pin in self.kept:
            pin.since.add(leaf)
        if tree.size in self.sizes:
            self.kept = [*self.kept[-MOST + 1 :], Pin(tree.copy(), LeafSpan(tree.size, tree.size))]

    def document(self) -> list[Any]:
        """Return the pins as a document for JSON."""
        return [[pin.tree.document(), pin.since.end, [node.hex() for node in pin.since.nodes]] for pin in self.kept]


NO_PINS: Final = Pins()
"""Nothing is carried along."""


def read_pins(document: Iterable[Sequence[Any]]) -> list[Pin]:
    """Return what :meth:`Pins.document` wrote.

    Raises:
        ValueError, TypeError: It is anything else.
    """
    found = []
    for tree, end, nodes in document:
        before = Frontier.from_document(tree)
        found.append(Pin(before, LeafSpan(before.size, int(end), [bytes.fromhex(node) for node in nodes])))
    return found


def leads_on(
    folder: Path, known: KnownRoot, own: Checkpoint | None, marked: Marked | None, ledger: Ledger, pins: Iterable[Pin]
) -> bool:
    """Return whether a log continues what somebody knows, without reading what lies before its checkpoint.

    A pin leads from the known root to the tree of the log. A key that the same trust file has for the log signed the
    checkpoint: its root, of this tree, and its head, to which every record before is chained. Without that signature
    nothing but reading ties the records to the tree.

    Args:
        folder: Folder of the log.
        known: What somebody knows.
        own: The checkpoint beside the log.
        marked: Where the index says that the log stood then; the log leads from there to its end.
        ledger: What the index says of the log.
        pins: What it carries along.
    """
    if own is None or marked is None or known.trust is None or known.size > own.size or known.log not in ("", own.log):
        return False
    return is_signed_mark(folder, own, marked.head, known.trust) and any(pin.leads(known, ledger.tree) for pin in pins)
