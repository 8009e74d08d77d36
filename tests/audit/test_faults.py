"""Every system call of the log is made to fail; no acknowledged record is lost and no sync is retried."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.figures import figure

from gonogo.audit.io import PosixIo
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import RecordFault
from gonogo.model.event import AuditEvent

CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)
EACH = figure("errors with which each call of the log fails", small=1, large=3)
"""In `make test` each call fails once, with one of them in turn."""
FAULTS = ("make_directory", "open", "write", "read", "sync", "sync_directory", "truncate", "rename", "lock")


class FaultyIo(PosixIo):
    """The system, with one call that fails: the ``at``-th of that name, once."""

    def __init__(self, name: str = "", at: int = 0, code: int = errno.EIO) -> None:
        self.calls: dict[str, int] = {}
        self.after: list[str] = []
        self.failed = False
        self.indexing = False
        self.cost_only_time = False
        for method in FAULTS:
            setattr(self, method, self._counted(method, name, at, code))

    def _counted(self, method: str, name: str, at: int, code: int) -> Callable[..., Any]:
        real = getattr(super(), method)

        def call(*arguments: Any, **named: Any) -> Any:
            index = self.calls.get(method, 0)
            if method in ("open", "sync", "lock"):
                self.indexing = arguments[0] == "index.partial"
            self.calls[method] = index + 1
            if self.failed:
                self.after.append(method)
            if (method, index) == (name, at):
                self.failed = True
                self.cost_only_time = self.indexing
                raise OSError(code, "injected")
            return real(*arguments, **named)

        return call


def session(folder: Path, clock: Callable[[], Any], io: PosixIo, gap: Callable[..., AuditEvent]) -> list[str]:
    """Append one by one until the log refuses; return what was acknowledged."""
    acknowledged = []
    try:
        with AuditLog.open(folder, clock=clock, io=io) as log:
            for index in range(4):
                log.append([gap(f"{index}")])
                acknowledged.append(f"{index}")
    except RecordFault:
        pass
    return acknowledged


def prepare(folder: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent]) -> None:
    """A log with a torn tail, so that a session makes every call that there is."""
    with AuditLog.open(folder, clock=clock) as log:
        log.append([gap("before")])
    with (folder / "000001.jsonl").open("ab") as stream:
        stream.write(b'{"data":{"half')


@pytest.mark.torture
@pytest.mark.parametrize("torn", [False, True], ids=["new", "torn"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_failing_call_loses_nothing(
    tmp_path: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent], name: str, torn: bool
) -> None:
    """Exit 4 and no verdict; what was acknowledged is there, and the next run goes on."""
    counting = FaultyIo()
    if torn:
        prepare(tmp_path / "count", clock, gap)
    session(tmp_path / "count", clock, counting, gap)

    times = range(counting.calls.get(name, 0))
    for at, code in ((at, CODES[(at + more) % len(CODES)]) for at in times for more in range(EACH)):
        folder, io = tmp_path / f"{at}-{code}", FaultyIo(name, at, code)
        if torn:
            prepare(folder, clock, gap)
        acknowledged = session(folder, clock, io, gap)

        assert io.failed
        assert len(acknowledged) == 4 if io.cost_only_time else len(acknowledged) < 4
        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap("after")])
        kept = [record.data.get("detail") for record in read_log(folder)]
        assert verify_log(folder).ok
        assert [detail for detail in kept if detail in acknowledged] == acknowledged
        assert kept[-1] == "after"


def test_every_call_is_covered(tmp_path: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent]) -> None:
    """The test above is worth as much as the calls that it reaches."""
    io = FaultyIo()
    prepare(tmp_path / "torn", clock, gap)

    session(tmp_path / "torn", clock, io, gap)
    session(tmp_path / "new", clock, io, gap)

    assert set(io.calls) == set(FAULTS)


def test_a_failed_sync_is_never_retried(folder: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent]) -> None:
    """After a failed sync the system may have thrown the pages away; a second one that succeeds proves nothing."""
    io = FaultyIo("sync", 2)

    with AuditLog.open(folder, clock=clock, io=io) as log:
        for _ in range(3):
            with pytest.raises(RecordFault) as caught:
                log.append([gap()])

    assert caught.value.exit_code == 4
    assert set(io.after) <= {"lock"}
    assert io.calls["sync"] == 3


def test_short_writes_are_continued(folder: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent]) -> None:
    class ShortIo(PosixIo):
        def write(self, descriptor: int, data: memoryview) -> int:
            return super().write(descriptor, data[:7])

    with AuditLog.open(folder, clock=clock, io=ShortIo()) as log:
        log.append([gap("a"), gap("b")])

    assert verify_log(folder).records == 3


def test_a_write_that_takes_nothing_ends(
    folder: Path, clock: Callable[[], Any], gap: Callable[..., AuditEvent]
) -> None:
    """A full disk may answer 0; that is a fault, not a loop."""

    class FullIo(PosixIo):
        full = False

        def write(self, descriptor: int, data: memoryview) -> int:
            return 0 if self.full else super().write(descriptor, data)

    io = FullIo()
    with AuditLog.open(folder, clock=clock, io=io) as log:
        io.full = True
        with pytest.raises(RecordFault, match="0 of"):
            log.append([gap()])

    assert verify_log(folder).records == 1


@pytest.mark.parametrize(("there", "synced"), [(False, 3), (True, 2)])
def test_the_name_of_a_new_segment_reaches_the_disk_before_its_first_record(
    tmp_path: Path, clock: Callable[[], Any], there: bool, synced: int
) -> None:
    """After a power cut the folder would know nothing of the file whose bytes were synced."""
    folder = tmp_path / "audit"
    if there:
        folder.mkdir(mode=0o750)
    io, again = FaultyIo(), FaultyIo()

    AuditLog.open(folder, clock=clock, io=io).close()
    AuditLog.open(folder, clock=clock, io=again).close()

    assert io.calls["sync_directory"] == synced
    assert "sync_directory" not in again.calls
