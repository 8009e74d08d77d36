"""What is known about a log from elsewhere, checked while its chain is followed: its checkpoint, and what others kept.

A log that is shorter than one of them, or has another past, is broken, and never a fresh start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gonogo.audit.chain import Break, ChainFault, ChainHead, read_link
from gonogo.audit.checkpoint import NAME, Checkpoint
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.merkle import Frontier
from gonogo.audit.reading import Step, broken, lines, steps
from gonogo.errors import IntegrityError
from gonogo.signing.trust_values import Trust

PUT_BACK = "restore the whole folder of the log from a copy; nothing was changed"


@dataclass(frozen=True, slots=True)
class KnownRoot:
    """What somebody knows about a log: after ``size`` records its tree had ``root``.

    Attributes:
        size: How many records.
        root: Head of the tree over them, in hexadecimal digits.
        who: Who knows it, as sentences name it.
        log: Id of the log; empty where it is not known.
        trust: Whose signed checkpoints may show that the log continues it; None where it has to be read.
    """

    size: int
    root: str
    who: str
    log: str = ""
    trust: Trust | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The state of a log at its checkpoint, so that what follows can be checked without what is before.

    Attributes:
        head: End of the chain there.
        tree: Tree over the records before.
        place: Where the next record begins.
    """

    head: ChainHead
    tree: Frontier
    place: Place


def of_checkpoint(checkpoint: Checkpoint) -> KnownRoot:
    """Return what the checkpoint beside a log knows."""
    return KnownRoot(checkpoint.size, checkpoint.root, f"the file `{NAME}` beside the audit log", checkpoint.log)


class Watermark:
    """Everything that is known about one log.

    Attributes:
        own: The checkpoint beside it; None where there is none.
        marked: Where the log stood at its own checkpoint, once it was passed.
    """

    def __init__(self, own: Checkpoint | None, others: Iterable[KnownRoot] = ()) -> None:
        known = [*(() if own is None else (of_checkpoint(own),)), *others]
        self.own = own
        self.marked: Marked | None = None
        self._largest = max(known, key=lambda each: each.size, default=None)
        self._at: dict[int, list[KnownRoot]] = defaultdict(list)
        for each in known:
            self._at[each.size].append(each)

    @property
    def beyond_own(self) -> list[KnownRoot]:
        """What others know that the checkpoint beside the log does not say itself."""
        own = None if self.own is None else (self.own.size, self.own.root)
        return [each for known in self._at.values() for each in known if (each.size, each.root) != own]

    @property
    def sizes(self) -> frozenset[int]:
        """The sizes of the log about which somebody knows something."""
        return frozenset(self._at)

    @property
    def floor(self) -> int:
        """Below so many records any defect is damage."""
        return self._largest.size if self._largest is not None else 0

    def passed(self, ledger: Ledger, after: Place) -> None:
        """Check a log that was followed up to here; the next record begins at ``after``.

        Raises:
            IntegrityError: Somebody knows another log of this size.
        """
        if ledger.head.records not in self._at:
            return
        root = ledger.tree.root().hex()
        for each in self._at[ledger.head.records]:
            if each.log and each.log != ledger.log:
                what = f"the audit log is the log {ledger.log or 'without an id'}, and {each.who} is about {each.log}"
                raise IntegrityError(what, hint=PUT_BACK)
            if each.root != root:
                what = f"records 0 to {each.size - 1} of the audit log are not those that {each.who} knows"
                raise IntegrityError(what, hint=PUT_BACK)
        if self.own is not None and ledger.head.records == self.own.size:
            self.marked = Marked(ledger.head, ledger.tree.copy(), after)

    def reached(self, records: int) -> None:
        """Check that a log whose sound records end here has all that somebody knows.

        Raises:
            IntegrityError: It is shorter.
        """
        if self._largest is not None and records < self._largest.size:
            what = f"the audit log ends after {records} records, but {self._largest.who} knows {self._largest.size}"
            raise IntegrityError(what, hint=PUT_BACK)

    def may_be_set_aside(self, step: Step, records: int) -> bool:
        """Return whether what begins with a break may be what a crash left, which nobody relied on.

        An unfinished last record always may; bytes that are no record only where a checkpoint says what was promised. A
        sound record in a wrong place is no crash.

        Raises:
            IntegrityError: The break lies below what somebody knows.
        """
        problem = step.result
        if not isinstance(problem, ChainFault):
            return False
        if records < self.floor:
            raise broken(problem)
        return problem.kind is Break.TORN or (self.own is not None and read_link(step.line) is None)

    def never_began(self, step: Step, records: int, *, alone: bool) -> bool:
        """Return whether all that is in the log is a first record that is broken: there was never a log.

        Args:
            step: The first break.
            records: How many sound records come before it.
            alone: Whether nothing follows it in the log's only segment.
        """
        broken_first = not records and alone and isinstance(step.result, ChainFault)
        return broken_first and self.own is None and not self.floor


def follows(folder: Path, own: Checkpoint | None, marked: Marked | None, ledger: Ledger) -> bool:
    """Return whether a log leads from its checkpoint to where a ledger says that it ends, reading only what follows.

    Args:
        folder: Folder of the log.
        own: The checkpoint beside it.
        marked: Where the ledger's writer saw it.
        ledger: What the log's end is.
    """
    if own is None or marked is None:
        return own is None and marked is None
    if (own.log, own.size) != (ledger.log, marked.tree.size) or own.root != marked.tree.root().hex():
        return False
    head, tree = marked.head, marked.tree.copy()
    if head.records != own.size:
        return False
    for step in steps(lines(folder, marked.place), head, strict=False):
        if isinstance(step.result, ChainFault):
            return False
        head = head.after(step.result)
        tree.add(bytes.fromhex(step.result.hash))
    return head == ledger.head and tree == ledger.tree
