"""Power is lost at any moment: whatever the disk kept, nothing that was acknowledged is gone, and the log goes on."""

from __future__ import annotations

import copy
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.figures import figure

from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.model.event import AuditEvent
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key

from .disk import Disk, Noted, Unsynced, lay

Make = Callable[..., AuditEvent]
pytestmark = [pytest.mark.torture, pytest.mark.heavy]
State = dict[str, bytes | None]
STATES = figure("crash states", small=5000, large=20_000)
SEGMENT, SEGMENT_BYTES = "000001.jsonl", 2500
KEY = new_private_key(Algorithm.ED25519)


def hashes(root: Path) -> list[bytes]:
    return [bytes.fromhex(record.hash) for record in read_log(root / "audit")]


def begin(root: Path, clock: Any, gap: Make) -> list[bytes]:
    """A log of two records, a checkpoint over them, and a third one whose writer was killed as it began."""
    with AuditLog.open(root / "audit", clock=clock, signer=KEY, new_id=lambda: "log-1") as log:
        log.append([gap("before")], checkpoint=True)
    promised = hashes(root)
    with (root / "audit" / SEGMENT).open("ab") as stream:
        stream.write(b'{"data":{"half')
    return promised


def work(root: Path, clock: Any, gap: Make, io: Noted, *, sign: bool) -> Iterator[tuple[int, list[bytes]]]:
    """Write as runs do; after each answer yield how many calls were made, and which records were acknowledged."""
    for run in range(2):
        with AuditLog.open(
            root / "audit",
            clock=clock,
            io=io,
            signer=KEY if sign else None,
            new_id=lambda: "log-1",
            segment_bytes=SEGMENT_BYTES,
        ) as log:
            for events in ([gap(f"{run} a"), gap("b" * 700)], [gap("c")]):
                log.append(events, checkpoint=len(events) == 1)
                yield len(io.calls), hashes(root)


def crashes(root: Path, clock: Any, gap: Make, *, torn: bool) -> Callable[[], Iterator[tuple[State, list[bytes]]]]:
    """Return what yields each state that a crash may leave, with what was acknowledged before."""
    root.mkdir()
    promised = begin(root, clock, gap) if torn else []
    before, io = Disk(root), Noted(root)
    answers = list(work(root, clock, gap, io, sign=torn))

    def every() -> Iterator[tuple[State, list[bytes]]]:
        disk = copy.deepcopy(before)
        for number, call in enumerate(io.calls, start=1):
            disk.do(call)
            acknowledged = [records for calls, records in answers if calls <= number]
            yield from ((state, acknowledged[-1] if acknowledged else promised) for state in disk.states())

    return every


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one: thousands of small logs are made and removed."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="gonogo-crashes-", dir=memory) as folder:
        yield Path(folder)


@pytest.mark.parametrize("torn", [False, True], ids=["a new log", "a signed log with a torn end"])
def test_nothing_acknowledged_is_lost(
    place: Path, clock: Any, gap: Make, torn: bool, shown: Callable[[str], None]
) -> None:
    """Names that never reached the disk, bytes up to any place, sectors of nothing, sectors half there."""
    every = crashes(place / "whole", clock, gap, torn=torn)
    there = sum(1 for _ in every())
    stride = max(1, there * 2 // STATES)
    tried, kept, aside = 0, 0, 0

    for state, acknowledged in itertools.islice(every(), 0, None, stride):
        root = place / "crashed"
        tried += 1
        root.mkdir()
        lay(root, state)
        promised = [KnownRoot(len(acknowledged), root_of(acknowledged).hex(), "who was told")] if acknowledged else []
        with AuditLog.open(root / "audit", clock=clock, io=Unsynced(), known=promised) as log:
            if tried % 5 == 0:
                log.append([gap("after")], checkpoint=True)
        aside += (root / "audit" / "quarantine").is_dir()
        kept += bool(acknowledged)
        if tried % 10 == 0:
            assert verify_log(root / "audit").ok, state
        shutil.rmtree(root)

    shown(
        f"crash states of {'a signed log with a torn end' if torn else 'a new log'}: {tried:,} of {there:,}; "
        f"{aside:,} had an end to set aside; 0 records lost, 0 false alarms",
    )
    assert tried >= STATES // 2
    assert aside >= tried // 10
    assert kept >= tried // 3
