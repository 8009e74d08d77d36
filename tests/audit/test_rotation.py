"""A log that has grown is continued in another file, and the two stay one chain."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError
from gonogo.model.event import AuditEvent, EventType

from .test_faults import FaultyIo

Make = Callable[..., AuditEvent]
SMALL = 1500
ONE, TWO = "000001.jsonl", "000002.jsonl"


def begun(folder: Path, clock: object, gap: Make, *, io: object = None) -> Path:
    """A log of two segments: the first is full after the third record."""
    with AuditLog.open(folder, clock=clock, segment_bytes=SMALL, io=io) as log:
        log.append([gap("x" * 300)])
        log.append([gap("y" * 900)])
        log.append([gap("z")], checkpoint=True)
    return folder


class TestRotation:
    @pytest.mark.parametrize(("more", "segments"), [(1, 1), (0, 2), (-1, 2)])
    def test_a_segment_of_that_size_is_closed(
        self, folder: Path, clock: object, gap: Make, more: int, segments: int
    ) -> None:
        """Below, on and above the limit."""
        with AuditLog.open(folder, clock=clock, new_id=lambda: "log-1") as log:
            log.append([gap()])
            size = (folder / ONE).stat().st_size
        with AuditLog.open(
            folder.with_name("b"), clock=clock, new_id=lambda: "log-1", segment_bytes=size + more
        ) as log:
            log.append([gap()])

        assert len(list(folder.with_name("b").glob("*.jsonl"))) == segments

    def test_the_link_is_kept(self, folder: Path, clock: object, gap: Make) -> None:
        """A reader with one file alone knows which comes before it, down to its bytes."""
        begun(folder, clock, gap)
        records = read_log(folder)
        first = (folder / ONE).read_bytes()

        assert [record.type.value for record in records] == [
            "log.opened", "gap.recorded", "gap.recorded", "segment.opened", "gap.recorded"
        ]  # fmt: skip
        assert records[3].data == {
            "head": records[2].hash,
            "records": 3,
            "sha256": hashlib.sha256(first).hexdigest(),
        }
        assert (folder / TWO).read_bytes().count(b"\n") == 2

    def test_nobody_writes_to_a_closed_segment(self, folder: Path, clock: object, gap: Make) -> None:
        """Its writer cannot, by mistake, either."""
        begun(folder, clock, gap)

        assert stat.S_IMODE((folder / ONE).stat().st_mode) == 0o440
        assert stat.S_IMODE((folder / TWO).stat().st_mode) & 0o200

    def test_there_is_a_checkpoint_at_once(self, folder: Path, clock: object, gap: Make) -> None:
        """Over the first record of the new segment too."""
        with AuditLog.open(folder, clock=clock, segment_bytes=SMALL) as log:
            log.append([gap("x" * 1500)])

        found = load_checkpoint(folder)
        assert found is not None
        assert found.size == len(read_log(folder)) == 3

    def test_the_next_run_goes_on_without_reading_it_all(
        self, folder: Path, clock: object, started: Make, gap: Make, finished: Make
    ) -> None:
        """Nor does it leave its index anew."""
        begun(folder, clock, gap)
        with AuditLog.open(folder, clock=clock, segment_bytes=SMALL) as log:
            log.append([started("r2"), finished("r2")], checkpoint=True)
        before = (folder / "index.json").stat().st_ino
        size = len(read_log(folder))

        with AuditLog.open(folder, clock=clock, segment_bytes=SMALL) as log:
            assert (folder / "index.json").stat().st_ino == before
            assert open_history(folder).ledger.head.records == size
            assert log.append([gap(run="r3")]) == (size,)
        assert verify_log(folder).ok

    def test_a_writer_that_was_there_before_goes_on_in_the_new_one(
        self, folder: Path, clock: object, gap: Make
    ) -> None:
        """Eight runs at once may rotate at any moment."""
        with (
            AuditLog.open(folder, clock=clock, segment_bytes=600) as one,
            AuditLog.open(folder, clock=clock, segment_bytes=600) as two,
        ):
            for number in range(12):
                (one, two, two)[number % 3].append([gap("x" * 200)])

        assert verify_log(folder).ok
        assert len(list(folder.glob("*.jsonl"))) > 3
        assert [record.type for record in read_log(folder)].count(EventType.GAP_RECORDED) == 12

    @pytest.mark.parametrize("name", ["open", "write", "sync", "sync_directory", "rename"])
    def test_a_crash_at_any_step_loses_nothing(self, tmp_path: Path, clock: object, gap: Make, name: str) -> None:
        """The new file is there and empty, or has half of its first record, or is not there."""
        counting = FaultyIo()
        begun(tmp_path / "count", clock, gap, io=counting)

        for at in range(counting.calls[name]):
            folder, io = tmp_path / f"{at}", FaultyIo(name, at)
            try:
                begun(folder, clock, gap, io=io)
            except Exception:  # noqa: BLE001  # whatever it is, the log is what counts
                assert io.failed
            with AuditLog.open(folder, clock=clock, segment_bytes=SMALL) as log:
                log.append([gap("after")], checkpoint=True)
            found = verify_log(folder)
            records = read_log(folder)
            assert (found.ok, found.records) == (True, len(records))
            for path in sorted(folder.glob("*.jsonl"))[1:]:
                assert b'"type":"segment.opened"' in path.read_bytes().split(b"\n")[0]

    @pytest.mark.parametrize("kept", [0, 40])
    def test_half_of_a_first_record_is_set_aside(self, folder: Path, clock: object, gap: Make, kept: int) -> None:
        """A power cut while the second file was begun."""
        begun(folder, clock, gap)
        whole = (folder / TWO).read_bytes()
        (folder / "index.json").unlink()
        (folder / "checkpoint").unlink()
        (folder / TWO).write_bytes(whole[:kept])

        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap("after")])

        types = [record.type.value for record in read_log(folder)][3:]
        assert types == ["segment.opened", *(["log.repaired"] if kept else []), "run.aborted", "gap.recorded"]


class TestLies:
    def test_a_closed_segment_that_is_torn_is_damage(self, folder: Path, clock: object, gap: Make) -> None:
        """Something followed it, so that no crash did that."""
        begun(folder, clock, gap)
        (folder / "index.json").unlink()
        (folder / "checkpoint").unlink()
        (folder / ONE).chmod(0o640)
        (folder / ONE).write_bytes((folder / ONE).read_bytes()[:-10])

        with pytest.raises(IntegrityError):
            AuditLog.open(folder, clock=clock)

    def test_a_missing_segment_is_damage(self, folder: Path, clock: object, gap: Make) -> None:
        begun(folder, clock, gap)
        (folder / "index.json").unlink()
        for name in (ONE, TWO):
            data = (folder / name).read_bytes()
            (folder / name).unlink()
            with pytest.raises(IntegrityError):
                AuditLog.open(folder, clock=clock)
            (folder / name).write_bytes(data)
            (folder / name).chmod(0o640)
