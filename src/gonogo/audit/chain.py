"""The chain, without a disk: sealing one event into one line, and finding the first line that breaks it.

A line is canonical JSON and a newline. ``~`` sorts after every letter, so ``~h`` is a suffix of fixed length and the
hash can be checked on the raw bytes: SHA-256 of 0x00 and the line without ``~h``. ``prev`` is the hash of the line
before. A bare chain proves order and content, not completeness: whole records cut from the end leave no trace in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from gonogo.audit.canonical_lines import CanonicalLines, was_sealed
from gonogo.model.canonical import canonical_bytes, instant_text
from gonogo.model.event import GENESIS, AuditEvent, SealedRecord

_HASH_BYTES: Final = len(',"~h":""}') + 64
_LONGEST_SUFFIX: Final = 512
_DATA: Final = b'{"data":'
_SUFFIX: Final = re.compile(
    r',"prev":"([0-9a-f]{64})","run":"([A-Za-z0-9._-]{0,80})","seq":(0|[1-9][0-9]{0,15}),'
    r'"ts":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)","type":"([a-z_.]{1,60})",'
    r'"v":([1-9][0-9]{0,5}),"~h":"([0-9a-f]{64})"\}\n\Z'
)


class Break(StrEnum):
    """How the chain is broken."""

    CHANGED = "changed"
    DROPPED = "dropped"
    SWAPPED = "swapped"
    INSERTED = "inserted"
    NOT_CANONICAL = "not_canonical"
    TORN = "torn"
    """The last line is unfinished: what a crash leaves, and the only break that can be repaired."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first break.

    Attributes:
        kind: How it is broken.
        seq: Number of the first record that is not as it was sealed.
        sentence: The same in words.
    """

    kind: Break
    seq: int
    sentence: str


class ChainLink(NamedTuple):
    """What the suffix of a line says, without reading its data."""

    prev: str
    run: str
    seq: int
    ts: str
    type: str
    v: int
    hash: str


class ChainHead(NamedTuple):
    """How far a chain has come.

    Attributes:
        records: How many records it has; the next one's ``seq``.
        hash: Hash of the last record; 64 zeros before the first.
        ts: Time of the last record in canonical text; empty before the first.
    """

    records: int = 0
    hash: str = GENESIS
    ts: str = ""

    def after(self, link: ChainLink) -> ChainHead:
        """Return the head once ``link`` has been added."""
        return ChainHead(link.seq + 1, link.hash, link.ts)


BEGINNING: Final = ChainHead()
"""The head of an empty chain."""


def seal(event: AuditEvent, *, seq: int, prev: str, ts: datetime) -> tuple[SealedRecord, bytes]:
    """Return the sealed record and its line, newline included.

    Raises:
        CanonicalError: The event has no canonical form.
    """
    line, digest = sealed_line(event, seq=seq, prev=prev, ts=ts)
    record = SealedRecord(seq=seq, prev=prev, run=event.run, ts=ts, type=event.type, data=event.data, hash=digest)
    return record, line


def sealed_line(event: AuditEvent, *, seq: int, prev: str, ts: datetime) -> tuple[bytes, str]:
    """Return the line of a sealed record, newline included, and its hash. Its data is as :attr:`AuditEvent.written`.

    Raises:
        CanonicalError: The event has no canonical form.
    """
    suffix = {"prev": prev, "run": event.run, "seq": seq, "ts": instant_text(ts), "type": event.type.value, "v": 1}
    body = b"%b%b,%b" % (_DATA, event.written, canonical_bytes(suffix)[1:])
    digest = _hash(body)
    return b'%b,"~h":"%b"}\n' % (body[:-1], digest.encode()), digest


def read_link(line: bytes) -> ChainLink | None:
    """Return the suffix of a line whose hash fits its bytes, or None where it does not."""
    suffix = _suffix(line)
    if suffix is None:
        return None
    prev, run, seq, ts, kind, version, digest = suffix.groups()
    if hashlib.sha256(b"\x00%b}" % line[: -_HASH_BYTES - 1]).hexdigest() != digest:
        return None
    return ChainLink(prev, run, int(seq), ts, kind, int(version), digest)


def data_of(line: bytes) -> bytes:
    """Return the bytes of the event's document in a sound line: canonical JSON."""
    suffix = _suffix(line)
    return line[len(_DATA) : len(line) - len(suffix[0])] if suffix else b""


def _suffix(line: bytes) -> re.Match[str] | None:
    """Find the end of a line after its data. One byte is one character here, so that places stay what they are."""
    return _SUFFIX.search(line[-_LONGEST_SUFFIX:].decode("latin-1"))


def follow(
    lines: Iterable[bytes], head: ChainHead = BEGINNING, *, strict: bool = True
) -> Iterator[ChainLink | ChainFault]:
    """Follow a chain from ``head``: yield each sound link; then, at the first break, one problem, and stop.

    Args:
        lines: Lines with their newlines, in order; the last may lack it.
        head: The head of the chain before them.
        strict: Also check that each line is canonical, at about a third of the speed.
    """
    stream = iter(lines)
    canonical = CanonicalLines() if strict else None
    for line in stream:
        result = next_link(line, head, stream, canonical)
        yield result
        if isinstance(result, ChainFault):
            return
        head = head.after(result)


def next_link(
    line: bytes, head: ChainHead, rest: Iterator[bytes], canonical: CanonicalLines | None
) -> ChainLink | ChainFault:
    """Return the link of a line that continues ``head``, or what is wrong with it; ``rest`` are the lines after it."""
    link = read_link(line)
    if link is None:
        return _unreadable(line, head, last=next(rest, None) is None)
    if link.seq != head.records or link.prev != head.hash or link.ts < head.ts:
        return _misplaced(link, head, rest)
    if canonical is not None and not was_sealed(link.hash) and not canonical.holds(line):
        what = f"record {link.seq} is not in canonical form: its bytes could be read in two ways"
        return ChainFault(Break.NOT_CANONICAL, link.seq, what)
    return link


def verify(lines: Iterable[bytes], *, strict: bool = True) -> tuple[ChainHead, ChainFault | None]:
    """Return how far the chain is sound, and the first break if there is one."""
    head = ChainHead()
    for step in follow(lines, strict=strict):
        if isinstance(step, ChainFault):
            return head, step
        head = head.after(step)
    return head, None


def _unreadable(line: bytes, head: ChainHead, *, last: bool) -> ChainFault:
    """Tell a torn tail from a changed record. A crash leaves part of a line, never a whole line and something else."""
    seq = head.records
    whole_but_newline = read_link(line + b"\n") is not None
    whole_and_more = read_link(line[:-1] + b"\n") is not None
    if last and not line.endswith(b"\n") and not whole_and_more:
        cut = "only its newline" if whole_but_newline else "its end"
        return ChainFault(Break.TORN, seq, f"record {seq} is unfinished: {cut} is missing, as after a crash")
    return ChainFault(Break.CHANGED, seq, f"record {seq} was changed: its hash does not fit its bytes")


def _misplaced(link: ChainLink, head: ChainHead, rest: Iterator[bytes]) -> ChainFault:
    seq = head.records
    if link.seq > seq:
        later = (read_link(line) for line in islice(rest, 1_000_000))
        if any(other is not None and other.seq == seq for other in later):
            return ChainFault(Break.SWAPPED, seq, f"record {seq} is not in its place: record {link.seq} is there")
        return ChainFault(Break.DROPPED, seq, f"record {seq} was dropped: record {link.seq} follows in its place")
    if link.seq < seq:
        return ChainFault(Break.INSERTED, seq, f"record {link.seq} was inserted a second time, after record {seq - 1}")
    if link.prev != head.hash:
        what = f"record {seq} does not continue the one before: one of the two was replaced"
        return ChainFault(Break.CHANGED, seq, what)
    return ChainFault(Break.CHANGED, seq, f"record {seq} is dated before the one that it continues")


def _hash(body: bytes) -> str:
    return hashlib.sha256(b"\x00" + body).hexdigest()
