"""A large log in which nothing is wrong, read by as many processes as there are cores, each a range of it.

The ranges are joined where they meet: number, hash and time of the record before, the run before, the tree. What one of
them finds, or what does not fit, is found and said by the reader that goes line by line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from gonogo.audit.chain import ChainHead
from gonogo.audit.ledger import Ledger, RunState
from gonogo.audit.merkle import Frontier, LeafSpan
from gonogo.audit.quick_range import read_range
from gonogo.audit.range_process import RangeProcess
from gonogo.audit.range_values import GiveUp, Part, RangeRead
from gonogo.audit.reading import segments
from gonogo.errors import IntegrityError

LARGE: Final = 16 * 2**20
"""A log of fewer bytes is read line by line sooner than a process has begun."""
_SHARE: Final = 8 * 2**20
_MOST: Final = 8
"""So many processes are enough, and their memory is bounded: a container shows the cores of its host."""
_BLOCK: Final = 2**20
_BEGINS: Final = b',"type":"run.started","v":1,"~h":"'


@dataclass(slots=True)
class QuickRead:
    """A log in which every record is in its place, and every run adds up.

    Attributes:
        ledger: What it says of itself.
        passed: Where it stood at each size that was asked for.
        recorded: Size and digest of the signed checkpoints that its records tell of.
        trusting: Runs that were recorded under a trust file.
        ended: Finished runs, with the number of the record that ended each.
        noted: Number of the record that has the head asked for; None where there is none.
    """

    ledger: Ledger
    passed: list[tuple[ChainHead, Frontier]] = field(default_factory=list)
    recorded: list[tuple[int, str]] = field(default_factory=list)
    trusting: set[str] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=dict)
    noted: int | None = None


class RangeResult(Protocol):
    """Who reads a range."""

    def result(self) -> RangeRead:
        """Wait for it; raises GiveUp."""


@dataclass(frozen=True, slots=True)
class Quickly:
    """How a log is read quickly.

    Attributes:
        large: From how many bytes on.
        many: In how many ranges; None for what the cores of this host and the log's size give.
        begin: Begins to read a range; the first one is read by this process.
    """

    large: int = LARGE
    many: int | None = None
    begin: Callable[[Path, Sequence[Part], Collection[int], str], AbstractContextManager[RangeResult]] = RangeProcess


def quick_read(folder: Path, how: Quickly, *, sizes: Collection[int], wanted: str = "") -> QuickRead | None:
    """Read a large log; None where it is small, or anything in it is out of the ordinary.

    Args:
        folder: Folder of the log.
        how: What is large, and who reads.
        sizes: After so many records it is noted where the log stood.
        wanted: Beginning of a hash that is looked for; empty for none.
    """
    try:
        found = segments(folder)
        lengths = [path.stat().st_size for path in found]
        if sum(lengths) < how.large or not all(lengths):
            return None
        ranges = _split(found[-1], lengths, how.many or min(cores(), sum(lengths) // _SHARE))
        with ExitStack() as stack:
            others = [stack.enter_context(how.begin(folder, parts, sizes, wanted)) for parts in ranges[1:]]
            first = read_range(folder, ranges[0], sizes=sizes, wanted=wanted)
            return _joined([first, *(other.result() for other in others)])
    except (GiveUp, IntegrityError, OSError):
        return None


def cores() -> int:
    """Return how many processes may read at once; 1 where this host cannot fork."""
    if not hasattr(os, "fork"):
        return 1
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, _MOST)


def _split(last: Path, lengths: Sequence[int], many: int) -> list[list[Part]]:
    """Divide a log into ranges of about one size. A closed segment stays whole, because its digest is over all of it.

    Args:
        last: The last segment, which is not closed.
        lengths: How many bytes each segment has.
        many: How many ranges.
    """
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    cuts: list[tuple[int, int]] = []
    for goal in (sum(lengths) * number // many for number in range(1, many)):
        if goal >= starts[-1]:
            cut = len(lengths), _run_after(last, goal - starts[-1])
        else:
            cut = min(range(len(starts)), key=lambda number: abs(starts[number] - goal)) + 1, 0
        if cut > (1, 0) and cut not in cuts:
            cuts.append(cut)
    ranges: list[list[Part]] = [[]]
    for number, length in enumerate(lengths, start=1):
        at = 0
        for segment, offset in sorted(cuts):
            if segment != number or offset >= length:
                continue
            if offset:
                ranges[-1].append(Part(number, at, offset, closed=False))
            ranges.append([])
            at = offset
        ranges[-1].append(Part(number, at, length, closed=number < len(lengths)))
    return ranges


def _run_after(segment: Path, offset: int) -> int:
    """Return where in a segment the next run begins; 0 where none does soon."""
    with segment.open("rb") as stream:
        stream.seek(offset)
        data = stream.read(_BLOCK)
    at = data.find(_BEGINS, data.find(b"\n") + 1)
    return offset + data.rfind(b"\n", 0, at) + 1 if at >= 0 else 0


def _joined(ranges: Sequence[RangeRead]) -> QuickRead:
    """Join ranges, each of which is sound by itself.

    Raises:
        GiveUp: They do not fit together.
    """
    found, tree, digest = QuickRead(Ledger()), Frontier(), ""
    for each in ranges:
        ledger, head = found.ledger, found.ledger.head
        before = _timed(each.before, head)
        if before != head or each.opened != digest or (each.named and each.tip not in (None, ledger.tip)):
            raise GiveUp
        _join_runs(ledger, each)
        for mark in each.marks:
            part = LeafSpan(each.span.first, mark.size, list(mark.nodes))
            found.passed.append((ChainHead(mark.size, mark.hash, mark.ts), part.added_to(tree)))
        for signed in each.signed:
            part = LeafSpan(each.span.first, signed.size, list(signed.nodes))
            if part.added_to(tree).root().hex() != signed.root:
                raise GiveUp
            found.recorded.append((signed.size, signed.sha256))
        tree, digest = each.span.added_to(tree), each.digest
        found.trusting |= each.trusting
        found.ended |= each.ended
        found.noted = each.noted if each.noted is not None else found.noted
    found.ledger.tree = tree
    return found


def _timed(before: ChainHead, head: ChainHead) -> ChainHead:
    """Return where a range says that the log stood, with the time that it stood at, unless its first line is older."""
    return before if before.ts < head.ts else before._replace(ts=head.ts)


def _join_runs(ledger: Ledger, each: RangeRead) -> None:
    new = each.ledger
    if ledger.runs.keys() & new.runs.keys() or (ledger.head.records and (new.log or new.opened)):
        raise GiveUp
    for name, outcome, seq, place in each.later:
        run = ledger.runs.get(name)
        if run is None or run.state is RunState.OPEN or (outcome and run.state is not RunState.FINISHED):
            raise GiveUp
        run.last = seq
        if outcome:
            run.outcomes += (place,)
    ledger.runs |= new.runs
    ledger.material = new.material | ledger.material
    ledger.repaired |= new.repaired
    ledger.locks = ledger.locks or new.locks
    ledger.log, ledger.opened = ledger.log or new.log, ledger.opened or new.opened
    ledger.tip = new.tip if each.named else ledger.tip
    ledger.signed = new.signed or ledger.signed
    for lock in each.locks:
        ledger.take_lock(*lock)
    ledger.head = new.head
