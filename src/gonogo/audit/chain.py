"""The chain, without a disk: sealing one event into one line, and finding the first line that breaks it.

A line is canonical JSON and a newline. ``~`` sorts after every letter, so ``~h`` is a suffix of fixed length and the
hash can be checked on the raw bytes: SHA-256 of 0x00 and the line without ``~h``. ``prev`` is the hash of the line
before. A bare chain proves order and content, not completeness: whole records cut from the end leave no trace in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from gonogo.model.canonical import canonical_bytes, instant_text
from gonogo.model.event import GENESIS, AuditEvent, SealedRecord

KEYS: Final = ("data", "prev", "run", "seq", "ts", "type", "v", "~h")
_HASH_BYTES: Final = len(',"~h":""}') + 64
_LONGEST_SUFFIX: Final = 512
_DATA: Final = b'{"data":'
_SUFFIX: Final = re.compile(
    rb',"prev":"([0-9a-f]{64})","run":"([A-Za-z0-9._-]{0,80})","seq":(0|[1-9][0-9]{0,15}),'
    rb'"ts":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)","type":"([a-z_.]{1,60})",'
    rb'"v":([1-9][0-9]{0,5}),"~h":"([0-9a-f]{64})"\}\n\Z'
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


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a chain stands.

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


def seal(event: AuditEvent, *, seq: int, prev: str, ts: datetime) -> tuple[SealedRecord, bytes]:
    """Return the sealed record and its line, newline included.

    Raises:
        CanonicalError: The event has no canonical form.
    """
    body = canonical_bytes(
        {
            "data": event.data,
            "prev": prev,
            "run": event.run,
            "seq": seq,
            "ts": instant_text(ts),
            "type": event.type.value,
            "v": 1,
        }
    )
    digest = _hash(body)
    record = SealedRecord(seq=seq, prev=prev, run=event.run, ts=ts, type=event.type, data=event.data, hash=digest)
    return record, body[:-1] + b',"~h":"' + digest.encode() + b'"}\n'


def read_link(line: bytes) -> ChainLink | None:
    """Return the suffix of a line whose hash fits its bytes, or None where it does not."""
    found = _SUFFIX.search(line[-_LONGEST_SUFFIX:])
    if found is None:
        return None
    prev, run, seq, ts, kind, version, digest = (group.decode() for group in found.groups())
    if _hash(line[: -_HASH_BYTES - 1] + b"}") != digest:
        return None
    return ChainLink(prev, run, int(seq), ts, kind, int(version), digest)


def data_of(line: bytes) -> bytes:
    """Return the bytes of the event's document in a sound line: canonical JSON."""
    found = _SUFFIX.search(line, max(0, len(line) - _LONGEST_SUFFIX))
    return line[len(_DATA) : found.start()] if found else b""


def is_canonical(line: bytes) -> bool:
    """Return whether a line is the one canonical form of its document, with exactly the keys of a record."""
    try:
        document = json.loads(line, parse_float=_refuse, parse_constant=_refuse)
        again = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return tuple(document) == KEYS and again.encode() + b"\n" == line
    except (ValueError, RecursionError):  # not JSON, a float, a lone surrogate, or nested without end
        return False


def follow(
    lines: Iterable[bytes], head: ChainHead = ChainHead(), *, strict: bool = True
) -> Iterator[ChainLink | ChainFault]:
    """Follow a chain from ``head``: yield each sound link; then, at the first break, one problem, and stop.

    Args:
        lines: Lines with their newlines, in order; the last may lack it.
        head: Where the chain stands before them.
        strict: Also check that each line is canonical, at about a third of the speed.
    """
    stream = iter(lines)
    for line in stream:
        link = read_link(line)
        if link is None:
            yield _unreadable(line, head, last=next(stream, None) is None)
            return
        if link.seq != head.records or link.prev != head.hash or link.ts < head.ts:
            yield _misplaced(link, head, stream)
            return
        if strict and not is_canonical(line):
            what = f"record {link.seq} is not in canonical form: its bytes could be read in two ways"
            yield ChainFault(Break.NOT_CANONICAL, link.seq, what)
            return
        head = head.after(link)
        yield link


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
            return ChainFault(Break.SWAPPED, seq, f"record {seq} is not in its place: record {link.seq} stands there")
        return ChainFault(Break.DROPPED, seq, f"record {seq} was dropped: record {link.seq} follows in its place")
    if link.seq < seq:
        return ChainFault(Break.INSERTED, seq, f"record {link.seq} was inserted a second time, after record {seq - 1}")
    if link.prev != head.hash:
        what = f"record {seq} does not continue the one before: one of the two was replaced"
        return ChainFault(Break.CHANGED, seq, what)
    return ChainFault(Break.CHANGED, seq, f"record {seq} is dated before the one that it continues")


def _hash(body: bytes) -> str:
    return hashlib.sha256(b"\x00" + body).hexdigest()


def _refuse(text: str) -> None:
    raise ValueError(f"{text} has no canonical form")
