"""What is appended is sealed, durable, in order, and nobody can turn it off."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from tests.figures import figure

from gonogo.audit.history import open_history
from gonogo.audit.ledger import RunState
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import CanonicalError, IntegrityError, RecordFault
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import LogRepaired

Make = Callable[..., AuditEvent]
CUTS = figure("places at which the last record is cut: one in", small=8, large=1)


def types(folder: Path) -> list[str]:
    return [record.type.value for record in read_log(folder)]


class TestAppend:
    def test_it_returns_the_sealed_numbers(self, folder: Path, clock: object, gap: Make) -> None:
        """The pipeline asserts them: a record that was lost cannot go unnoticed."""
        with AuditLog.open(folder, clock=clock) as log:
            first = log.append([gap(), gap()])
            second = log.append([gap()])

        assert (first, second) == ((1, 2), (3,))
        assert [record.seq for record in read_log(folder)] == [0, 1, 2, 3]

    def test_a_log_knows_itself(self, folder: Path, clock: object) -> None:
        with AuditLog.open(folder, clock=clock, new_id=lambda: "log-1", version="0.1.0") as log:
            kind = log.file_system

        with AuditLog.open(folder, clock=clock) as again:
            assert again.id == "log-1"
        assert read_log(folder)[0].data == {"log": "log-1", "version": "0.1.0", "file_system": kind}
        assert types(folder) == ["log.opened"]

    def test_an_event_of_another_shape_writes_nothing(self, folder: Path, clock: object, gap: Make) -> None:
        bad = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"fact": "a.b"})

        with AuditLog.open(folder, clock=clock) as log:
            with pytest.raises(RecordFault):
                log.append([gap(), bad])
            assert log.append([gap()]) == (1,)

    def test_a_value_without_canonical_form_writes_nothing(self, folder: Path, clock: object, gap: Make) -> None:
        bad = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data=gap().data | {"detail": "\ud800"})

        with AuditLog.open(folder, clock=clock) as log:
            with pytest.raises(CanonicalError):
                log.append([gap(), bad])
            assert log.append([gap()]) == (1,)
        assert verify_log(folder).ok

    @pytest.mark.parametrize("text", ["a\nb", '"}\n{"data":{}', "\u2028\u2029\x85", "\x1b[2J", "\\", '","~h":"'])
    def test_text_of_others_stays_inside_its_record(self, folder: Path, clock: object, gap: Make, text: str) -> None:
        """Evidence cannot forge a record, whatever is written in it."""
        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap(text), gap("after")])

        assert [record.data.get("detail") for record in read_log(folder)] == [None, text, "after"]

    def test_the_global_configuration_of_structlog_changes_nothing(
        self, folder: Path, clock: object, gap: Make
    ) -> None:
        """A host application that silences its own logs must not silence ours."""

        def drop(*_: object) -> dict[str, object]:
            raise structlog.DropEvent

        with AuditLog.open(folder, clock=clock) as log:
            structlog.configure(processors=[drop], wrapper_class=structlog.make_filtering_bound_logger(50))
            try:
                numbers = log.append([gap()])
                with AuditLog.open(folder, clock=clock) as other:
                    numbers += other.append([gap()])
            finally:
                structlog.reset_defaults()

        assert numbers == (1, 2)
        assert types(folder) == ["log.opened", "gap.recorded", "gap.recorded"]

    def test_two_handles_keep_one_chain(self, folder: Path, clock: object, gap: Make) -> None:
        with AuditLog.open(folder, clock=clock) as one, AuditLog.open(folder, clock=clock) as two:
            numbers = [log.append([gap()]) for log in (one, two, one, two)]

        assert numbers == [(1,), (2,), (3,), (4,)]
        assert verify_log(folder).ok

    def test_a_closed_log_takes_nothing(self, folder: Path, clock: object, gap: Make) -> None:
        with AuditLog.open(folder, clock=clock) as log:
            pass

        with pytest.raises(RecordFault, match="closed"):
            log.append([gap()])

    def test_an_empty_append_writes_nothing(self, folder: Path, clock: object) -> None:
        with AuditLog.open(folder, clock=clock) as log:
            assert log.append([]) == ()
        assert types(folder) == ["log.opened"]


class TestClock:
    def test_a_clock_that_steps_back_is_recorded_once(self, folder: Path, clock: object, gap: Make) -> None:
        """Time never decreases in the log, and nobody is left to wonder why it stood still."""
        with AuditLog.open(folder, clock=clock) as log:
            clock.step(-60)
            numbers = log.append([gap()]) + log.append([gap()])

        records = read_log(folder)
        assert types(folder) == ["log.opened", "clock.regressed", "gap.recorded", "gap.recorded"]
        assert numbers == (2, 3)
        assert records[1].data == {"last": "2027-04-19T16:00:00.000000Z", "host": "2027-04-19T15:59:00.000000Z"}
        assert {record.ts for record in records} == {records[0].ts}

    def test_a_small_correction_is_not_worth_a_record(self, folder: Path, clock: object, gap: Make) -> None:
        with AuditLog.open(folder, clock=clock) as log:
            clock.step(-1)
            log.append([gap()])

        assert types(folder) == ["log.opened", "gap.recorded"]
        assert verify_log(folder).ok

    def test_a_clock_without_a_zone_is_refused(self, folder: Path, clock: object) -> None:
        with pytest.raises(RecordFault, match="time zone"):
            AuditLog.open(folder, clock=lambda: clock().replace(tzinfo=None))


class TestFolder:
    def test_it_is_private(self, folder: Path, written: Path) -> None:
        assert folder.stat().st_mode & 0o027 == 0
        assert (folder / "000001.jsonl").stat().st_mode & 0o137 == 0

    @pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o720])
    def test_a_folder_that_others_may_write_to_is_refused(self, folder: Path, clock: object, mode: int) -> None:
        folder.mkdir()
        folder.chmod(mode)

        with pytest.raises(RecordFault, match="written by other users"):
            AuditLog.open(folder, clock=clock)

    @pytest.mark.parametrize("name", ["000001.jsonl", "lock"])
    def test_a_planted_link_is_refused(self, folder: Path, tmp_path: Path, clock: object, name: str) -> None:
        """Otherwise a record could be appended to any file that we may write."""
        target = tmp_path / "target"
        target.write_bytes(b"precious")
        folder.mkdir(mode=0o750)
        for plant in (os.symlink, os.link):
            plant(target, folder / name)

            with pytest.raises(RecordFault):
                AuditLog.open(folder, clock=clock)

            (folder / name).unlink()
        assert target.read_bytes() == b"precious"

    def test_a_linked_folder_is_refused(self, folder: Path, tmp_path: Path, clock: object) -> None:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")

        with pytest.raises(RecordFault):
            AuditLog.open(folder, clock=clock)

    def test_a_segment_that_others_may_write_to_is_refused(self, written: Path, clock: object) -> None:
        (written / "000001.jsonl").chmod(0o660)

        with pytest.raises(RecordFault, match="written by other users"):
            AuditLog.open(written, clock=clock)

    def test_a_missing_parent_is_an_error_and_not_made(self, tmp_path: Path, clock: object) -> None:
        with pytest.raises(RecordFault):
            AuditLog.open(tmp_path / "no" / "audit", clock=clock)

    def test_a_lock_that_is_kept_too_long_ends_in_an_error(self, folder: Path, clock: object, gap: Make) -> None:
        import fcntl

        with AuditLog.open(folder, clock=clock, lock_timeout_s=0.02) as log, (folder / "lock").open("rb") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            with pytest.raises(RecordFault, match="locked by another process"):
                log.append([gap()])
            fcntl.flock(other, fcntl.LOCK_UN)

            assert log.append([gap()]) == (1,)


class TestRepair:
    def test_a_torn_tail_is_kept_aside_and_recorded(
        self, written: Path, clock: object, gap: Make, started: Make
    ) -> None:
        """A crash loses nothing that was acknowledged, and what it left is there to look at."""
        segment = written / "000001.jsonl"
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2"), gap("whole", run="r2")])
            log.append([gap("torn", run="r2")])
        whole = segment.read_bytes()
        tail = whole.splitlines(keepends=True)[-1][:100]
        segment.write_bytes(whole[: whole.rindex(b"{", 0, whole.rindex(b'{"data"') + 1)] + tail)
        (written / "index.json").unlink()  # the record that was cut was never acknowledged

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("next", run="r3")])

        records = read_log(written)
        repaired = LogRepaired.from_document(records[-3].data)
        assert types(written)[7:] == ["run.started", "gap.recorded", "log.repaired", "run.aborted", "gap.recorded"]
        assert repaired.bytes == 100
        assert (written / "quarantine" / repaired.quarantine).read_bytes() == tail
        assert [run.state for run in open_history(written).runs] == [RunState.FINISHED, RunState.ABORTED, RunState.OPEN]

    @pytest.mark.parametrize("harm", ["kept", "deleted", "changed"])
    def test_what_was_set_aside_is_checked(self, written: Path, clock: object, gap: Make, harm: str) -> None:
        """The bytes show what was lost; deleting them leaves a log that is not sound."""
        segment = written / "000001.jsonl"
        whole = segment.read_bytes()
        segment.write_bytes(whole[: whole.rindex(b'{"data"') + 30])
        (written / "index.json").unlink()
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("next", run="r3")])
        [torn] = (written / "quarantine").iterdir()
        if harm == "deleted":
            torn.unlink()
        elif harm == "changed":
            torn.write_bytes(b"x")

        faults = [fault for fault in verify_log(written).faults if "quarantine" in fault]

        assert [torn.name in fault for fault in faults] == ([] if harm == "kept" else [True])

    @pytest.mark.torture
    def test_every_cut_is_repaired(self, written: Path, clock: object) -> None:
        """A run whose last record was cut never printed a verdict: it is aborted."""
        segment = written / "000001.jsonl"
        whole = segment.read_bytes()
        start = whole.rindex(b'{"data"')

        for cut in (*range(start + 1, len(whole), CUTS), len(whole) - 1):
            segment.write_bytes(whole[:cut])
            (written / "index.json").unlink(missing_ok=True)
            AuditLog.open(written, clock=clock).close()

            assert verify_log(written).ok
            assert types(written)[6:] == ["log.repaired", "run.aborted"]
            shutil.rmtree(written / "quarantine")

    def test_a_repair_that_was_cut_short_is_recorded_by_the_next_run(self, written: Path, clock: object) -> None:
        """Killed between moving the bytes and recording it: nothing leaves the log unmentioned."""
        (written / "quarantine").mkdir()
        (written / "quarantine" / "000001-99-0.torn").write_bytes(b"{half")

        AuditLog.open(written, clock=clock).close()
        AuditLog.open(written, clock=clock).close()

        assert types(written)[7:] == ["log.repaired"]
        assert read_log(written)[-1].data["quarantine"] == "000001-99-0.torn"

    def test_damage_before_the_end_is_left_as_it_is(self, written: Path, clock: object) -> None:
        segment = written / "000001.jsonl"
        data = bytearray(segment.read_bytes())
        data[data.index(b"harborline")] ^= 1
        segment.write_bytes(data[:-5])

        with pytest.raises(IntegrityError, match="ends after 1 records; it had 7"):
            AuditLog.open(written, clock=clock)

        assert segment.read_bytes() == data[:-5]
        assert not (written / "quarantine").exists()

    def test_a_log_cut_under_an_open_handle_is_noticed(self, written: Path, clock: object, gap: Make) -> None:
        segment = written / "000001.jsonl"
        with AuditLog.open(written, clock=clock) as log:
            lines = segment.read_bytes().splitlines(keepends=True)
            for replaced in (lines[:-1], [*lines[:-1], b"x" * (len(lines[-1]) - 1) + b"\n"]):
                segment.write_bytes(b"".join(replaced))
                with pytest.raises(IntegrityError, match="no longer ends"):
                    log.append([gap()])

    def test_the_run_of_a_living_writer_is_not_closed(
        self, folder: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """Two runs at once are two runs; only a dead one is aborted by somebody else."""
        with AuditLog.open(folder, clock=clock) as one:
            one.append([started("r1")])
            AuditLog.open(folder, clock=clock).close()
            one.append([finished("r1")])

        assert types(folder) == ["log.opened", "run.started", "run.finished"]

    def test_a_torn_tail_of_another_writer_is_repaired_before_the_next_record(
        self, folder: Path, clock: object, gap: Make
    ) -> None:
        with AuditLog.open(folder, clock=clock) as log:
            log.append([gap()])
            with (folder / "000001.jsonl").open("ab") as dying:
                dying.write(b'{"data":{"half')

            assert log.append([gap()]) == (3,)

        assert types(folder) == ["log.opened", "gap.recorded", "log.repaired", "gap.recorded"]

    def test_a_torn_first_record_starts_the_log_anew(self, folder: Path, clock: object) -> None:
        folder.mkdir(mode=0o750)
        (folder / "000001.jsonl").write_bytes(b'{"data":{"log":"x')
        (folder / "000001.jsonl").chmod(0o640)

        AuditLog.open(folder, clock=clock).close()

        assert types(folder) == ["log.opened", "log.repaired"]


def test_several_segments_are_one_chain(written: Path, clock: object, gap: Make) -> None:
    """Rotation comes later; logs that were rotated can be read and continued already."""
    lines = (written / "000001.jsonl").read_bytes().splitlines(keepends=True)
    (written / "000001.jsonl").write_bytes(b"".join(lines[:4]))
    (written / "000002.jsonl").write_bytes(b"".join(lines[4:]))
    (written / "000002.jsonl").chmod(0o640)

    with AuditLog.open(written, clock=clock) as log:
        assert log.id == "log-1"
        assert log.append([gap()]) == (7,)

    assert verify_log(written).records == 8
    assert json.loads((written / "000002.jsonl").read_bytes().splitlines()[-1])["seq"] == 7
