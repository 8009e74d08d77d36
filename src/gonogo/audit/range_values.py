"""What a range of a log says on its own, to be joined with the ranges beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gonogo.audit.chain import ChainHead, ChainLink
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.merkle import LeafSpan
from gonogo.model.record import Earlier


class GiveUp(Exception):
    """Something is out of the ordinary: read the log line by line."""


class Part(NamedTuple):
    """A part of one segment, from a line's first byte to the one after another's last.

    Attributes:
        segment: Number of the segment.
        start: Its first byte.
        stop: The byte after its last.
        closed: Whether it is all of the segment, and another segment follows.
    """

    segment: int
    start: int
    stop: int
    closed: bool


class Mark(NamedTuple):
    """Where the log stood after some records: how many, the last one's hash and time, and the leaves of this part."""

    size: int
    hash: str
    ts: str
    nodes: tuple[bytes, ...]


class Signed(NamedTuple):
    """A record that says a checkpoint was signed: what it says, and the leaves of the part before it."""

    size: int
    root: str
    sha256: str
    nodes: tuple[bytes, ...]


@dataclass(slots=True)
class RangeRead:
    """What a part of a log says by itself.

    Attributes:
        before: Where the log has to stand before it, by what its first line says; its time is that of the first line.
        ledger: What it says of itself: its head is the end of the part, and its tree is not kept.
        span: Its leaves.
        tip: The run that its first finished run names as the one before; None where it names none.
        named: Whether a run of it has finished.
        marks: Where the log stood at each size that was asked for.
        signed: Its records of signed checkpoints.
        later: Records about runs that did not begin in it, in order: run, whether it is an outcome, number, place.
        locks: Records of locks, which belong to the locks before them; a range from the log's start keeps none here.
        trusting: Runs that were recorded under a trust file.
        ended: Finished runs, with the number of the record that ended each.
        noted: Number of the last record that has the head asked for.
        opened: Digest of the segment before, where it begins with a segment; else empty.
        digest: Digest of its last segment, where that is closed; else empty.
    """

    before: ChainHead
    ledger: Ledger
    span: LeafSpan
    tip: Earlier | None = None
    named: bool = False
    marks: list[Mark] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    later: list[tuple[str, bool, int, Place]] = field(default_factory=list)
    locks: list[tuple[ChainLink, bytes, Place]] = field(default_factory=list)
    trusting: set[str] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=dict)
    noted: int | None = None
    opened: str = ""
    digest: str = ""
