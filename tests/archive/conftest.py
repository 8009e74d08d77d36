"""A log with signed checkpoints, small and without a program."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.archive.archive_writer import pack
from gonogo.archive.contents import Contents
from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.audit.verification import verify_log
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.log_upkeep import BlobRemoved
from gonogo.model.people import Side
from gonogo.model.record import MaterialRecorded
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

START = datetime(2027, 4, 1, 12, tzinfo=UTC)


def removed(number: int) -> AuditEvent:
    """Return an event of the log itself, another one for each number."""
    return event(EventType.BLOB_REMOVED, BlobRemoved(sha256=f"{number:064x}", bytes=number, older_than_days=9))


def extend(folder: Path, numbers: range, key: PrivateKey | None = None, **options: object) -> None:
    """Append an event for each number, a minute later each time, and a checkpoint over all."""
    clock = iter(START + timedelta(minutes=each) for each in range(numbers.start, 10**6))
    with AuditLog.open(folder, clock=lambda: next(clock), signer=key, new_id=lambda: "log-1", **options) as log:
        for number in numbers:
            log.append([removed(number)])
        log.checkpoint()


@pytest.fixture(scope="session")
def gate() -> PrivateKey:
    """The key of the log."""
    return new_private_key()


@pytest.fixture
def folder(tmp_path: Path, gate: PrivateKey) -> Path:
    """A log of seven records, its checkpoint signed: one names a document, one is of the log itself."""
    place = tmp_path / "audit"
    material = MaterialRecorded(kind="people", name="p", sha256="a" * 64, document={"seats": []})
    with AuditLog.open(place, clock=lambda: START, signer=gate, new_id=lambda: "log-1") as log:
        log.append([event(EventType.MATERIAL_RECORDED, material, run="r0")])
        log.append([event(EventType.RUN_ABORTED, _aborted(), run="r0")])
    extend(place, range(1, 5), gate)
    return place


def _aborted() -> object:
    from gonogo.model.record import RunAborted

    return RunAborted(why="Interrupted.")


@pytest.fixture
def trust(gate: PrivateKey) -> Trust:
    """What the trust file of the program says."""
    key = TrustKey(id="gate", kind=KeyKind.LOG, public=gate.public, start=date(2027, 1, 1), until=date(2027, 12, 31))
    side = key.model_copy(update={"id": "customer", "kind": KeyKind.WITNESS, "side": Side.CUSTOMER})
    return Trust(program="p", lock=None, keys=(key, side.model_copy(update={"public": new_private_key().public})))


@pytest.fixture
def export(folder: Path, trust: Trust, tmp_path: Path):
    """Return a function that packs the log as it is."""

    def make(name: str = "record.zip", *, trusted: Trust | None = trust, **options: object) -> Path:
        target = tmp_path / name
        contents = Contents(folder, verify_log(folder), "log-1", trusted, b"schema: 1\n", **options)
        pack(target, contents.members())
        return target

    return make
