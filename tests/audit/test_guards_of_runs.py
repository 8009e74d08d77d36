"""Guards around the runs of a log: what they let by would be read, believed or overlooked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit import index
from gonogo.audit.chain import ChainHead, seal
from gonogo.audit.events import event
from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Ledger, Place, Run, RunState, sealed
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import lines, read_log, steps
from gonogo.audit.sealing import Batch
from gonogo.audit.verification import verify_log
from gonogo.audit.way_back import vouched
from gonogo.errors import CanonicalError, IntegrityError, RecordFault, UsageError
from gonogo.model.assessment import Clock, EngineMode, EvidenceOrigin, Purpose, RunKind
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.record import Earlier, MaterialRecorded, RunAborted

from .test_chain import NOON, resealed

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"
ON_A_DISK = "ext2 ext3 ext4 xfs btrfs zfs overlay f2fs bcachefs jfs apfs hfs"
ON_A_NETWORK = (
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs lustre gpfs gfs2 ocfs2 beegfs virtiofs vboxsf prl_fs vmhgfs drvfs "
    "davfs coda orangefs pvfs2 afpfs webdav ftp acfs"
)
IN_USER_SPACE = "fuse fuseblk macfuse osxfuse osxfusefs fuse-t"


def raw(folder: Path) -> list[bytes]:
    return (folder / SEGMENT).read_bytes().splitlines(keepends=True)


def put(folder: Path, found: list[bytes]) -> None:
    (folder / SEGMENT).write_bytes(b"".join(found))
    (folder / "index.json").unlink(missing_ok=True)


class TestHistory:
    def test_damage_inside_of_a_run_is_found_when_it_is_read(self, written: Path) -> None:
        """Between the index and the report somebody changed a record."""
        history = open_history(written)
        put(written, [line.replace(b'"detail":"b"', b'"detail":"B"') for line in raw(written)])

        with pytest.raises(IntegrityError, match="record 3 was changed"):
            history.records(history.run())

    @pytest.mark.parametrize(
        "change",
        [
            lambda run, at: replace(run, start=Place(1, 10**6)),
            lambda run, at: replace(run, start=Place(1, at[0] + 1)),
            lambda run, at: replace(run, start=Place(1, at[2])),
            lambda run, at: replace(run, end=Place(1, at[4] + 1)),
            lambda run, at: replace(run, end=Place(1, at[7])),
            lambda run, at: replace(run, end=Place(1, 10**6)),
        ],
        ids=["start beyond", "start inside", "another start", "end inside", "end of another", "end beyond"],
    )
    def test_a_run_that_is_not_where_the_ledger_says_is_damage(
        self, written: Path, clock: object, started: Make, change: Callable[[Run, list[int]], Run]
    ) -> None:
        """Half of it, or the half of another one, must not pass for it."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2")])
            history = log.history
        offsets, place = [], 0
        for line in raw(written):
            offsets.append(place)
            place += len(line)

        with pytest.raises(IntegrityError, match="are not where the log's index says"):
            history.records(change(history.run("r1"), offsets))

    def test_the_runs_of_a_release_are_those_that_reached_a_verdict(
        self, folder: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """Another program, another release and a run without an end say nothing of it; a rehearsal only when asked."""

        def begun(run: str, **changes: Any) -> AuditEvent:
            entry = started(run)
            return AuditEvent(type=entry.type, run=run, data=entry.data | changes)

        data = started().data
        rehearsal = RunKind.of(
            Purpose.REHEARSAL, clock=Clock.SYSTEM, evidence=EvidenceOrigin.COLLECTED, engine=EngineMode.BOTH
        )
        with AuditLog.open(folder, clock=clock) as log:
            for begin in (
                begun("r1"),
                begun("r2", kind=rehearsal.document()),
                begun("r3", program=data["program"] | {"id": "other"}),
                begun("r4", release=data["release"] | {"id": "R2"}),
                begun("r5"),
            ):
                log.append([begin, finished(begin.run)])
            log.append([begun("r6")])
            history = log.history

        def found(*names: str, **options: bool) -> list[str]:
            return [run.run for run in history.finished(*names, **options)]

        assert found("harborline", "R1") == ["r1", "r5"]
        assert found("harborline", "R1", rehearsal=True) == ["r1", "r2", "r5"]
        assert found("harborline", "R2") == ["r4"]
        assert found("other", "R1") == ["r3"]
        assert history.run().run == "r5"

    def test_a_torn_end_is_left_out(self, written: Path) -> None:
        """A writer is at work, or one died; the runs before are known."""
        with (written / SEGMENT).open("ab") as stream:
            stream.write(b'{"data":{"half')
        (written / "index.json").unlink()

        history = open_history(written)

        assert [run.run for run in history.runs] == ["r1"]
        assert history.ledger.head.records == 7

    def test_a_report_is_made_of_the_opening_the_material_and_the_run(
        self, written: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """Material is recorded once; a later run rests on what an earlier one recorded."""
        digests = {"ruleset": "1" * 64, "vocabulary": "2" * 64}
        material = [
            event(
                EventType.MATERIAL_RECORDED,
                MaterialRecorded(kind=kind, name="x@1.0.0", sha256=digest, document={}),
                run="r2",
            )
            for kind, digest in digests.items()
        ]
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2"), *material, finished("r2")])
            log.append([started("r3"), finished("r3")])
        history = open_history(written)

        def told(run: str) -> list[tuple[str, str]]:
            return [(record.type.value, record.run) for record in history.report_records(history.run(run))]

        own = [("run.started", "r2"), ("material.recorded", "r2"), ("material.recorded", "r2"), ("run.finished", "r2")]
        assert told("r2") == [("log.opened", ""), *own]
        assert told("r3") == [("log.opened", ""), *own[1:3], ("run.started", "r3"), ("run.finished", "r3")]

    def test_what_stood_before_and_is_not_there_is_damage(self, written: Path) -> None:
        history = open_history(written)
        wrong = History(written, replace(history.ledger, opened=Place(1, 1)))

        with pytest.raises(IntegrityError, match="what was in segment 1 is missing"):
            wrong.report_records(wrong.run())

    def test_lines_may_be_read_from_a_later_segment(self, written: Path) -> None:
        found = raw(written)
        put(written, found[:3])
        (written / "000002.jsonl").write_bytes(b"".join(found[3:]))

        assert [line for _, line in lines(written, Place(2, len(found[3])))] == found[4:]
        assert [place for place, _ in lines(written, Place(2, 0))][:2] == [Place(2, 0), Place(2, len(found[3]))]
        assert [line for _, line in lines(written, Place(1, len(found[0])))] == found[1:]


class TestLedger:
    def test_an_empty_one_and_one_of_an_unknown_run_read_back(self, written: Path, clock: object, gap: Make) -> None:
        """A run whose beginning was never recorded has no purpose, no moment and no verdict."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap(run="r2")])
            for ledger in (Ledger(), log.ledger):
                assert Ledger.from_document(json.loads(json.dumps(ledger.document()))) == ledger

    def test_the_first_end_of_a_run_counts(self, written: Path, clock: object, started: Make, finished: Make) -> None:
        """A second verdict, or an abort behind one, does not unsay it; an abort is not made a verdict."""
        aborted = event(EventType.RUN_ABORTED, RunAborted(why="It was ended."), run="r1")
        with AuditLog.open(written, clock=clock) as log:
            ended = log.ledger.runs["r1"].end
            log.append([aborted])
            log.append([started("r2"), event(EventType.RUN_ABORTED, RunAborted(why="It was ended."), run="r2")])
            tip = log.ledger.tip
            log.append([finished("r2")])
            ledger = log.ledger

        assert (ledger.runs["r1"].state, ledger.runs["r1"].end) == (RunState.FINISHED, ended)
        assert (ledger.runs["r2"].state, ledger.runs["r2"].verdict) == (RunState.ABORTED, None)
        assert ledger.tip == tip

    @pytest.mark.parametrize(
        "change",
        [lambda document: document.update(v=2), lambda document: document.update(type="run.dreamt")],
        ids=["version", "type"],
    )
    def test_a_record_of_another_release_is_not_read(self, written: Path, change: Callable[[dict], None]) -> None:
        """What it means is not known here, so nothing is made of it."""
        line = resealed(raw(written)[0], change)

        with pytest.raises(UsageError, match="record 0 of the audit log is of a kind"):
            sealed(line, 0)
        with pytest.raises(UsageError, match="record 0 of the audit log is of a kind"):
            list(steps([(Place(1, 0), line)]))

    def test_an_index_without_a_record_contradicts_nothing(self) -> None:
        index.check_continues(index.Index((), Ledger()), ChainHead(), "")
        index.check_continues(None, ChainHead(), "")

    @pytest.mark.parametrize(("records", "said"), [(2, "ends after 2 records"), (3, "record 2 of"), (4, "record 2 of")])
    def test_a_log_goes_on_from_what_its_index_knows(self, records: int, said: str) -> None:
        """Shorter, as long, and longer: the record in the place of the last one must be that one."""
        known = index.Index((), Ledger(head=ChainHead(3, "a" * 64, "")))

        with pytest.raises(IntegrityError, match=said):
            index.check_continues(known, ChainHead(records, "b" * 64, ""), "b" * 64)
        if records > 2:
            index.check_continues(known, ChainHead(records, "b" * 64, ""), "a" * 64)


class TestWriting:
    @pytest.mark.parametrize(("back_s", "noticed"), [(0.999999, False), (1, False), (1.000001, True), (1.5, True)])
    def test_a_clock_may_be_set_back_by_a_second(
        self, folder: Path, clock: Any, gap: Make, back_s: float, noticed: bool
    ) -> None:
        """Below, on and above it."""
        with AuditLog.open(folder, clock=clock) as log:
            clock.step(-back_s)
            log.append([gap()])

        assert ("clock.regressed" in {record.type.value for record in read_log(folder)}) is noticed

    def test_a_clock_that_is_set_back_twice_is_recorded_twice(self, folder: Path, clock: Any, gap: Make) -> None:
        """Once it had caught up it was set back anew."""
        with AuditLog.open(folder, clock=clock) as log:
            for seconds in (-60, 120, -60):
                clock.step(seconds)
                log.append([gap()])

        assert [record.type.value for record in read_log(folder)].count("clock.regressed") == 2

    @pytest.mark.parametrize("wrong", ["nothing", "before", "number", "form"])
    def test_what_does_not_read_back_is_not_written(self, wrong: str) -> None:
        """The last look at a line before it is on disk for ever."""
        entry = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"detail": "x"})
        seq, prev = (1 if wrong == "number" else 0), ("1" * 64 if wrong == "before" else GENESIS)
        line = seal(entry, seq=seq, prev=prev, ts=NOON)[1]
        if wrong == "nothing":
            line = b"junk\n"
        if wrong == "form":
            line = resealed(line.replace(b'"x"', b'"\\u0078"'), lambda document: None)
            line = line.replace(b'"x"', b'"\\u0078"')
        batch = Batch()

        with pytest.raises(CanonicalError, match="does not read back"):
            batch.record(line)

        assert batch.lines == []

    def test_a_record_that_a_processor_drops_is_a_fault(self, folder: Path, clock: object, gap: Make) -> None:
        """structlog answers nothing then, and a record without a number was never written."""

        class Silent:
            def record(self, *_: object, **__: object) -> None:
                return None

        with AuditLog.open(folder, clock=clock) as log:
            log._logger = Silent()
            with pytest.raises(RecordFault, match=r"the event gap\.recorded was not recorded"):
                log.append([gap()])

    def test_a_writer_that_came_second_is_alive_once_the_first_has_gone(
        self, folder: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """Its run is not closed by the next one."""
        first = AuditLog.open(folder, clock=clock)
        with AuditLog.open(folder, clock=clock) as second:
            second.append([started("r2")])
            first.close()
            AuditLog.open(folder, clock=clock).close()
            second.append([finished("r2")])

        assert [record.type.value for record in read_log(folder)] == ["log.opened", "run.started", "run.finished"]

    def test_a_hole_between_segments_is_found_before_anything_is_written(self, written: Path, clock: object) -> None:
        (written / "000003.jsonl").write_bytes(b"")
        (written / "000003.jsonl").chmod(0o640)

        with pytest.raises(IntegrityError, match=r"the segment 000002\.jsonl of the audit log is missing"):
            AuditLog.open(written, clock=clock)

    def test_an_earlier_segment_that_is_a_link_is_refused(self, written: Path, clock: object, tmp_path: Path) -> None:
        """The owner of its target would write the beginning of the log."""
        shutil.move(written / SEGMENT, tmp_path / "elsewhere")
        (written / SEGMENT).symlink_to(tmp_path / "elsewhere")
        (written / "000002.jsonl").write_bytes(b"")
        (written / "000002.jsonl").chmod(0o640)

        with pytest.raises(RecordFault):
            AuditLog.open(written, clock=clock)

    @pytest.mark.parametrize("plant", ["link", "folder"])
    def test_what_is_planted_in_the_quarantine_is_refused(self, written: Path, clock: object, plant: str) -> None:
        """Its bytes would be recorded as a tail of this log."""
        place = written / "quarantine" / "000001-0-ab.torn"
        place.parent.mkdir()
        if plant == "link":
            (written / "precious").write_bytes(b"x")
            place.symlink_to(written / "precious")
        else:
            place.mkdir()

        with pytest.raises(RecordFault, match="not an ordinary file, or has a second name"):
            AuditLog.open(written, clock=clock)

    def test_every_segment_has_its_mark(self, written: Path, clock: object, gap: Make) -> None:
        """One without a mark could be edited, and the index would still be believed."""
        found = raw(written)
        put(written, found[:2])
        for number, some in ((2, found[2:4]), (3, found[4:])):
            (written / f"00000{number}.jsonl").write_bytes(b"".join(some))
        for path in written.glob("*.jsonl"):
            path.chmod(0o640)

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap()])

        known = index.load(written, kind="ext4")
        assert known is not None
        assert [mark[0] for mark in known.marks] == ["000001.jsonl", "000002.jsonl", "000003.jsonl"]
        assert known.holds(index.marks_of(sorted(written.glob("*.jsonl"))))

    def test_a_line_over_two_reads_is_one_line(self, folder: Path, clock: object, gap: Make) -> None:
        """A megabyte is read at once; a handle that was idle reads what others wrote meanwhile."""
        with AuditLog.open(folder, clock=clock) as idle:
            with AuditLog.open(folder, clock=clock) as busy:
                for _ in range(12):
                    busy.append([gap("x" * 1000) for _ in range(100)])
            assert idle.append([gap("last")]) == (1201,)

        assert (folder / SEGMENT).stat().st_size > 2**20
        assert verify_log(folder).sound is False  # the run has no end
        assert verify_log(folder).ok


class TestWayBack:
    def test_a_log_without_a_finished_run_vouches_for_nothing(self, folder: Path, clock: object) -> None:
        """There is no end to begin from."""
        with AuditLog.open(folder, clock=clock) as log:
            assert not vouched(folder, log.ledger)

    def test_a_log_that_is_gone_vouches_for_nothing(self, written: Path) -> None:
        ledger = open_history(written).ledger
        assert vouched(written, ledger)

        shutil.rmtree(written)

        assert not vouched(written, ledger)

    @pytest.mark.parametrize("where", ["another record", "inside of one", "beyond the end", "no such segment"])
    def test_an_end_that_is_not_where_it_is_said_to_be_is_none(self, written: Path, where: str) -> None:
        """Nothing, half a line, or the end of nothing: and nobody crashes over it."""
        ledger = open_history(written).ledger
        assert ledger.tip is not None
        tip = {
            "another record": Earlier(segment=1, offset=0, seq=ledger.tip.seq, hash=ledger.tip.hash),
            "inside of one": Earlier(segment=1, offset=1, seq=ledger.tip.seq, hash=ledger.tip.hash),
            "beyond the end": Earlier(segment=1, offset=10**6, seq=ledger.tip.seq, hash=ledger.tip.hash),
            "no such segment": Earlier(segment=2, offset=0, seq=ledger.tip.seq, hash=ledger.tip.hash),
        }[where]

        assert not vouched(written, replace(ledger, tip=tip))

    def test_a_way_back_that_leads_on_is_not_the_way_of_this_ledger(
        self, written: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """One run fewer, or one in another place, than the log itself tells of."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2"), finished("r2")])
            ledger = log.ledger
        assert vouched(written, ledger)
        first, second = ledger.runs["r1"], ledger.runs["r2"]

        assert not vouched(written, replace(ledger, runs={"r2": second}))
        assert not vouched(written, replace(ledger, runs={"r1": replace(first, end=Place(1, 1)), "r2": second}))
        assert not vouched(written, replace(ledger, runs={"r1": replace(first, run="r9"), "r2": second}))
        assert not vouched(written, replace(ledger, head=ChainHead(ledger.head.records, "0" * 64, ledger.head.ts)))

    def test_damage_after_the_last_finished_run_is_not_vouched_for(
        self, written: Path, clock: object, gap: Make
    ) -> None:
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("after", run="r2"), gap("more", run="r2")])
            ledger = log.ledger
        assert vouched(written, ledger)

        put(written, [line.replace(b'"after"', b'"AFTER"') for line in raw(written)])

        assert not vouched(written, ledger)

    def test_a_run_without_a_beginning_says_nothing_of_itself(
        self, written: Path, clock: object, gap: Make, finished: Make
    ) -> None:
        """It ended all the same, and the way back leads over it."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap(run="r2")])
            log.append([finished("r2")])
            assert vouched(written, log.ledger)
        last = read_log(written)[-1].data

        assert last["first"] == 7
        assert not {"purpose", "program", "release", "now"} & last.keys()


class TestVerifying:
    def test_no_head_is_noted_where_none_was_asked_for(self, written: Path) -> None:
        assert verify_log(written).noted is None

    def test_an_index_beside_damage_is_not_told_of_too(self, written: Path) -> None:
        """The damage is what is wrong; that the log then seems too short follows from it."""
        found = raw(written)
        (written / SEGMENT).write_bytes(b"".join([*found[:3], b"junk\n", *found[4:]]))

        verification = verify_log(written)

        assert verification.problem is not None
        assert verification.faults == ()

    def test_a_segment_that_vanishes_has_no_mark(self, tmp_path: Path) -> None:
        """And the index of a folder that is gone does not count."""
        with pytest.raises(FileNotFoundError):
            index.marks_of([tmp_path / SEGMENT])
        assert index.load(tmp_path / "gone") is None
