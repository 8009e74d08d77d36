"""A part of a log, read quickly and by itself: so that the parts of a large log are read at the same time.

It is for logs in which nothing is wrong. At the first thing that is out of the ordinary it gives up (:class:`GiveUp`),
and the log is read line by line, which finds what it is and says it. So what is found never depends on who reads.
"""

from __future__ import annotations

import hashlib
import re
from binascii import hexlify
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from gonogo.audit.chain import ChainHead, ChainLink, read_link
from gonogo.audit.ledger import Ledger, Place, Run, RunState, shaped
from gonogo.audit.line_chunks import CHUNK, chunks
from gonogo.audit.line_layouts import SUFFIX, LayoutOrder, Layouts, LineLayout
from gonogo.audit.merkle import LeafSpan
from gonogo.audit.named_files import set_aside_faults
from gonogo.audit.range_values import GiveUp, Mark, Part, RangeRead, Signed
from gonogo.audit.run_check import LISTED, RunCheck, run_faults
from gonogo.errors import GonogoError
from gonogo.model.event import EventType
from gonogo.model.log_upkeep import CheckpointSigned, SegmentOpened
from gonogo.model.record import SHAPES, RunFinished

_FIRST: Final = 2**22
TRUSTING: Final = b'"trust_sha256":'
_BEFORE_DATA: Final = len('{"data":')
_BEFORE_PREV: Final = len(',"prev":"')
_AFTER_BODY: Final = len(',"~h":""}\n') + 64
_LONGEST_SUFFIX: Final = 512
_SUFFIX: Final = re.compile(SUFFIX % rb"[a-z_.]{1,60}" + rb"\Z")
_NAME: Final = re.compile(rb"[A-Za-z0-9._-]{0,80}")
_KNOWN: Final = frozenset(EventType)
_OF_A_RUN: Final = frozenset(kind for kind, shape in SHAPES.items() if shape.of_run)
OF_THE_LOG: Final = frozenset(
    {
        *(EventType.LOG_OPENED, EventType.LOG_REPAIRED, EventType.CLOCK_REGRESSED, EventType.LOCK_RECORDED),
        *(EventType.CHECKPOINT_SIGNED, EventType.SEGMENT_OPENED, EventType.BLOB_REMOVED, EventType.DRILL_FINISHED),
    }
)
"""What a range can take without the log before it, because what it assumes of that is compared afterwards."""
_BEGINS: Final = EventType.RUN_STARTED.value
_UNUSUAL: Final = (
    *(GonogoError, OSError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError),
    re.error,
)
_SHOWN, _PASSED, _COUNTED = 0, 1, 2
_QUIET: Final[dict[str, int]] = {
    EventType.REPORT_RENDERED.value: _SHOWN,
    EventType.COLLECTOR_FINISHED.value: _PASSED,
    **{kind.value: _COUNTED for kind in LISTED},
}
"""The many records that change nothing of where a run stands, and whether the run's digest is over them."""


def read_range(folder: Path, parts: Sequence[Part], *, sizes: Collection[int], wanted: str = "") -> RangeRead:
    """Read a range of a log: whole segments, or a part of one.

    Args:
        folder: Folder of the log.
        parts: What to read, in order.
        sizes: After so many records it is noted where the log stood.
        wanted: Beginning of a hash that is looked for; empty for none.

    Raises:
        GiveUp: Something is out of the ordinary.
    """
    try:
        return _Reader(folder, parts, frozenset(sizes), wanted).read()
    except (
        GonogoError,
        OSError,
        LookupError,
        TypeError,
        ValueError,
        ArithmeticError,
        RecursionError,
        re.error,
    ) as error:
        raise GiveUp from error


class _Reader:
    def __init__(self, folder: Path, parts: Sequence[Part], sizes: frozenset[int], wanted: str) -> None:
        self._folder, self._parts, self._sizes, self._wanted = folder, parts, sizes, wanted.encode()
        self._whole = parts[0].segment == 1 and not parts[0].start
        self._layouts = Layouts()
        self._order = LayoutOrder(self._layouts.nothing)
        self._checks: dict[str, RunCheck] = {}
        self._leaves: list[bytes] = []
        self._digest = hashlib.sha256()
        first = self._first()
        before = ChainHead(first.seq, first.prev, "" if self._whole else first.ts)
        if self._whole and before != ChainHead():
            raise GiveUp
        self.found = RangeRead(before, Ledger(head=before), LeafSpan(first.seq, first.seq))

    def read(self) -> RangeRead:
        """Read all of it."""
        for part in self._parts:
            self._digest = hashlib.sha256()
            for offset, chunk in chunks(self._path(part.segment), part.start, part.stop, CHUNK):
                if part.closed:
                    self._digest.update(chunk)
                self._take_chunk(chunk, Place(part.segment, offset))
            self.found.digest = self._digest.hexdigest() if part.closed else ""
        return self.found

    def _first(self) -> ChainLink:
        part = self._parts[0]
        with self._path(part.segment).open("rb") as stream:
            stream.seek(part.start)
            link = read_link(stream.readline(_FIRST))
        if link is None:
            raise GiveUp
        return link

    def _path(self, segment: int) -> Path:
        return self._folder / f"{segment:06d}.jsonl"

    def _take_chunk(self, chunk: bytes, place: Place) -> None:
        """Take whole lines. Every record of a large log passes through this loop, so it does only what it must."""
        found, ledger, sizes, wanted, quiets = self.found, self.found.ledger, self._sizes, self._wanted, _QUIET
        order, leaves = self._order, self._leaves
        seen, before, at, new = order.seen.append, order.before, order.at, hashlib.sha256(b"\x00").copy
        seq, head, ts = ledger.head.records, ledger.head.hash.encode(), ledger.head.ts.encode()
        current, run, check = b"", None, None
        position, length, quiet_at, find = 0, len(chunk), -1, chunk.find
        slash = _slash(chunk, 0)
        while position < length:
            layout = before[at]
            match = layout.match(chunk, position)
            if match is None or (slash < match.end() and not layout.escaped):
                layout, match = self._looked_at(chunk, position)
                at = order.found(layout, at)
            else:
                at += 1
            seen(layout)
            end = match.end()
            if find(b"\n", position) != end - 1:  # a string has a line feed
                raise GiveUp
            if slash < end:
                slash = _slash(chunk, end)
            prev, name, number, moment, digest = match.group(1, 2, 3, 4, 6)
            hashed = new()
            hashed.update(chunk[position : end - _AFTER_BODY])
            hashed.update(b"}")
            leaf = hashed.digest()
            if hexlify(leaf) != digest or prev != head or int(number) != seq or moment < ts:
                raise GiveUp
            if wanted and digest.startswith(wanted):
                found.noted = seq
            kind = layout.type
            quiet = quiets.get(kind)
            if quiet is not None and name == current and run is not None and check is not None:
                if quiet is not _SHOWN and check.ended:
                    raise GiveUp
                if quiet is _COUNTED:
                    check.listed[kind].append(chunk[position + _BEFORE_DATA : match.start(1) - _BEFORE_PREV])
                quiet_at = position
            else:
                if run is not None and quiet_at >= 0:
                    _settle(run, seq - 1, Place(place.segment, place.offset + quiet_at))
                    quiet_at = -1
                link = _link(name, prev, seq, moment, match[5], digest)
                self._tell(link, chunk[position:end], Place(place.segment, place.offset + position))
                current, run, check = name, ledger.runs.get(link.run), self._checks.get(link.run)
                if kind == _BEGINS:
                    before, at = order.run_begins()
                    seen = order.seen.append
            leaves.append(leaf)
            seq, head, ts, position = seq + 1, digest, moment, end
            if seq in sizes:
                found.marks.append(Mark(seq, head.decode(), ts.decode(), self._nodes()))
        if run is not None and quiet_at >= 0:
            _settle(run, seq - 1, Place(place.segment, place.offset + quiet_at))
        self._nodes()
        ledger.head = ChainHead(seq, head.decode(), ts.decode())
        order.chunk_ends(at)

    def _nodes(self) -> tuple[bytes, ...]:
        """Return the subtrees over every line so far."""
        self.found.span.extend(self._leaves)
        self._leaves.clear()
        return tuple(self.found.span.nodes)

    def _looked_at(self, chunk: bytes, position: int) -> tuple[LineLayout, re.Match[bytes]]:
        """Read one line that is not of the layout that is expected."""
        for layout in self._order.others():
            expected = layout.match(chunk, position)
            if expected is not None and (layout.escaped or _slash(chunk, position) >= expected.end()):
                return layout, expected
        end = chunk.index(b"\n", position) + 1
        match = _SUFFIX.search(chunk, max(position, end - _LONGEST_SUFFIX), end)
        found = None if match is None else self._layouts.of(chunk[position:end], match[5])
        if match is None or found is None or match[5].decode() not in _KNOWN:
            raise GiveUp
        return found, match

    def _tell(self, link: ChainLink, line: bytes, place: Place) -> None:
        """Take a record that changes where the log or a run stands, or begins to be about another run."""
        found, ledger, kind = self.found, self.found.ledger, link.type
        if place.segment > 1 and not place.offset and kind != EventType.SEGMENT_OPENED:
            raise GiveUp
        if kind not in (_OF_A_RUN if link.run else OF_THE_LOG) or (kind == EventType.LOG_OPENED and link.seq):
            raise GiveUp
        if kind == EventType.LOCK_RECORDED and not self._whole:
            found.locks.append((link, line, place))
            return
        if link.run and link.run not in ledger.runs and not self._whole and kind != EventType.RUN_STARTED:
            if kind not in (EventType.REPORT_RENDERED, EventType.OUTCOME_RECORDED):
                raise GiveUp
            found.later.append((link.run, kind == EventType.OUTCOME_RECORDED, link.seq, place))
            return
        if kind == EventType.CHECKPOINT_SIGNED:
            signed = shaped(CheckpointSigned, line, link)
            if signed.size != link.seq:
                raise GiveUp
            ledger.signed = signed.size, signed.sha256
            found.signed.append(Signed(signed.size, signed.root, signed.sha256, self._nodes()))
            return
        if kind == EventType.RUN_FINISHED and not found.named:
            found.named = True
            if not self._whole:
                found.tip = ledger.tip = shaped(RunFinished, line, link).earlier
        if kind == EventType.SEGMENT_OPENED:
            self._continued(shaped(SegmentOpened, line, link).sha256, place.segment)
        elif kind == EventType.LOG_REPAIRED and set_aside_faults(self._folder, link, line):
            raise GiveUp
        ledger.take(link, line, place)
        if run_faults(self._checks, link, line):
            raise GiveUp
        if kind == EventType.RUN_STARTED and TRUSTING in line:
            found.trusting.add(link.run)
        elif kind == EventType.RUN_FINISHED:
            found.ended[link.run] = link.seq

    def _continued(self, sha256: str, segment: int) -> None:
        """Compare the digest of the segment before; where another process reads that one, both are compared later."""
        if segment == self._parts[0].segment:
            self.found.opened = sha256
        elif sha256 != self.found.digest:
            raise GiveUp


def _slash(chunk: bytes, position: int) -> int:
    """Return where the next backslash is; the end of the chunk where there is none."""
    found = chunk.find(b"\\", position)
    return len(chunk) if found < 0 else found


def _link(name: bytes, prev: bytes, seq: int, moment: bytes, kind: bytes, digest: bytes) -> ChainLink:
    if _NAME.fullmatch(name) is None:
        raise GiveUp
    return ChainLink(prev.decode(), name.decode(), seq, moment.decode(), kind.decode(), 1, digest.decode())


def _settle(run: Run, seq: int, place: Place) -> None:
    """Note for its run the last of the records that change nothing else."""
    run.last = seq
    if run.state is RunState.OPEN:
        run.end = place
