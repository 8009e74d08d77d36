"""What a log costs does not grow with its history, and its index is never believed over it."""

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.audit import index
from gonogo.audit.chain import seal
from gonogo.audit.history import open_history
from gonogo.audit.io import PosixIo
from gonogo.audit.ledger import Ledger, RunState
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.audit.way_back import vouched
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.verdict import Verdict

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"


class CountingIo(PosixIo):
    """The system, counting the bytes that are read from the log."""

    def __init__(self) -> None:
        self.bytes = 0

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        data = super().read(descriptor, size, offset)
        self.bytes += len(data)
        return data


def forge(folder: Path, change: Callable[[dict], None]) -> None:
    """Write an index that is whole and says something else, as somebody who may write to the folder can."""
    _, _, body = (folder / "index.json").read_bytes().partition(b"\n")
    document = json.loads(body)
    change(document)
    body = json.dumps(document).encode()
    (folder / "index.json").write_bytes(digest_of_bytes(body).encode() + b"\n" + body)


def _with(place: int, value: object, *, of: slice = slice(-1, None)) -> Callable[[dict], None]:
    """Return a change that gives runs of a ledger another value in one place."""

    def change(ledger: dict) -> None:
        for run in ledger["runs"][of]:
            run[place] = value

    return change


LIES: dict[str, Callable[[dict], object]] = {
    "no runs": lambda ledger: ledger["runs"].clear(),
    "the first is missing": lambda ledger: ledger["runs"].pop(0),
    "the last is missing": lambda ledger: ledger["runs"].pop(),
    "the last two were rehearsals": _with(8, "rehearsal", of=slice(1, None)),
    "the last is open": _with(7, "open"),
    "another verdict": _with(12, "GO"),
    "another digest": _with(13, "4" * 64),
    "another program": _with(9, "elsewhere"),
    "another release": _with(10, "R2"),
    "another moment": _with(11, "2027-04-18T16:00:00.000000Z"),
    "another beginning": _with(5, 1),
    "another end": _with(4, 7),
    "another name": _with(0, "r9"),
    "no run has finished": lambda ledger: ledger.update(tip=None, runs=[]),
    "one run more": lambda ledger: ledger["runs"].append(["r9", *ledger["runs"][-1][1:]]),
}
"""What an index could say instead of what the log holds."""


def rewritten(folder: Path, change: Callable[[dict], dict]) -> None:
    """Write the log anew, as somebody who may write to it can, with other data in ``run.finished``; no index."""
    lines, prev = [], GENESIS
    for record in read_log(folder):
        data = change(record.data) if record.type is EventType.RUN_FINISHED else record.data
        entry = AuditEvent(type=record.type, run=record.run, data=data)
        sealed, line = seal(entry, seq=record.seq, prev=prev, ts=record.ts)
        lines.append(line)
        prev = sealed.hash
    (folder / SEGMENT).write_bytes(b"".join(lines))
    (folder / "index.json").unlink()


class TestHistory:
    def test_a_run_is_read_alone(self, written: Path, clock: object, started: Make, gap: Make, finished: Make) -> None:
        """And gives the records that reading everything gives."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2"), gap("x", run="r2"), finished("r2")])
        everything = read_log(written)

        history = open_history(written)

        assert [run.run for run in history.runs] == ["r1", "r2"]
        for run in history.runs:
            own = [record for record in everything if record.run == run.run]
            assert history.records(run) == own
            assert (run.first, run.last) == (own[0].seq, own[-1].seq)
        assert history.report_records(history.run("r2"))[0].type is EventType.LOG_OPENED

    def test_runs_that_were_written_at_once_are_kept_apart(
        self, folder: Path, clock: object, started: Make, gap: Make, finished: Make
    ) -> None:
        with AuditLog.open(folder, clock=clock) as log:
            log.append([started("r1"), started("r2"), gap("a", run="r1"), gap("b", run="r2")])
            log.append([finished("r1"), gap("c", run="r2"), finished("r2")])
        everything = read_log(folder)

        for name in ("r1", "r2"):
            assert open_history(folder).records(open_history(folder).run(name)) == [
                record for record in everything if record.run == name
            ]

    def test_what_a_run_was_is_known_without_reading_it(self, written: Path) -> None:
        run = open_history(written).run()

        assert (run.run, run.state, run.verdict, run.purpose) == (
            "r1",
            RunState.FINISHED,
            Verdict.NO_GO,
            Purpose.DECISION,
        )
        assert (run.program, run.release, run.digest) == ("harborline", "R1", "3" * 64)

    def test_the_last_finished_run_is_the_default(self, written: Path, clock: object, started: Make) -> None:
        """A run that was killed has nothing to report; the one before has."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2")])
            assert open_history(written).run().run == "r1"
            assert open_history(written).run("r2").state is RunState.OPEN

    def test_an_unknown_run_is_a_clear_error(self, written: Path) -> None:
        with pytest.raises(UsageError, match="no run r9"):
            open_history(written).run("r9")

    def test_no_finished_run_is_a_clear_error(self, folder: Path, clock: object) -> None:
        AuditLog.open(folder, clock=clock).close()

        with pytest.raises(UsageError, match="reached a verdict"):
            open_history(folder).run()

    def test_a_segment_before_the_last_is_read_too(self, written: Path, clock: object, started: Make) -> None:
        """A run may begin in one segment and end in the next."""
        lines = (written / SEGMENT).read_bytes().splitlines(keepends=True)
        (written / SEGMENT).write_bytes(b"".join(lines[:3]))
        (written / "000002.jsonl").write_bytes(b"".join(lines[3:]))
        (written / "index.json").unlink()
        for path in written.glob("*.jsonl"):
            path.chmod(0o640)

        for _ in ("followed", "by its index"):
            assert len(open_history(written).records(open_history(written).run())) == 6
            AuditLog.open(written, clock=clock).close()
        with AuditLog.open(written, clock=clock) as log:
            assert log.append([started("r2")]) == (7,)


class TestIndex:
    def test_what_a_run_reads_does_not_grow_with_history(
        self, folder: Path, clock: object, started: Make, gap: Make, finished: Make
    ) -> None:
        """A gate that gets slower every day is switched off within the year."""
        read = []
        for number in range(40):
            io, name = CountingIo(), f"r{number}"
            with AuditLog.open(folder, clock=clock, io=io) as log:
                log.append([started(name), gap(run=name), finished(name)])
            read.append(io.bytes)

        assert read[39] <= 1.1 * read[1]
        assert (folder / SEGMENT).stat().st_size > 20 * read[39]

    @pytest.mark.parametrize("place", [0, 3, 6])
    def test_a_record_that_is_edited_is_found_by_the_next_run(self, written: Path, clock: object, place: int) -> None:
        """The index is believed only for files that nobody touched, so an edit anywhere is seen as before."""
        segment = written / SEGMENT
        lines = segment.read_bytes().splitlines(keepends=True)
        lines[place] = lines[place].replace(b'"data":{"', b'"data":{"!', 1)[:-2] + b"\n"
        segment.write_bytes(b"".join(lines))

        with pytest.raises(IntegrityError):
            AuditLog.open(written, clock=clock)
        with pytest.raises(IntegrityError):
            open_history(written)

    def test_a_log_that_was_cut_is_refused_and_not_begun_again(self, written: Path, clock: object) -> None:
        """What the last writer noted was acknowledged; a crash cannot take it back."""
        segment = written / SEGMENT
        lines = segment.read_bytes().splitlines(keepends=True)
        for kept in (b"", lines[0], b"".join(lines[:-1]), b"".join(lines[:-1]) + lines[-1][:40]):
            segment.write_bytes(kept)

            for read in (open_history, lambda folder: AuditLog.open(folder, clock=clock)):
                with pytest.raises(IntegrityError, match=r"when this host last wrote it|ends after 0 records"):
                    read(written)
            assert segment.read_bytes() == kept
            assert not (written / "quarantine").exists()

    def test_a_log_that_another_host_continued_is_read_on(self, written: Path, clock: object, gap: Make) -> None:
        """An index that is behind is behind, no more."""
        before = (written / "index.json").read_bytes()
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("later")])
        (written / "index.json").write_bytes(before)

        assert open_history(written).ledger.head.records == 8
        with AuditLog.open(written, clock=clock) as log:
            assert log.append([gap("again")]) == (8,)

    @pytest.mark.parametrize(
        "data",
        [b"", b"{}", b"\x00" * 100, b"0" * 64 + b"\n{}", digest_of_bytes(b"[]").encode() + b"\n[]"],
        ids=["empty", "json", "zeros", "digest", "list"],
    )
    def test_an_index_that_is_no_index_costs_time_only(self, written: Path, clock: object, data: bytes) -> None:
        (written / "index.json").write_bytes(data)

        assert index.load(written) is None
        assert open_history(written).run().run == "r1"
        AuditLog.open(written, clock=clock).close()
        assert index.load(written) is not None

    @pytest.mark.parametrize(
        "mark",
        [
            ["a", 1, 2, 3, 4],
            ["a", 1, 2, 3, 4, 5, 6],
            [1, 1, 2, 3, 4, 5],
            ["a", 1, 2, 3, 4, "5"],
            ["a", 1, 2.5, 3, 4, 5],
        ],
        ids=["four", "six", "no name", "text", "fraction"],
    )
    def test_an_index_whose_marks_are_none_is_none(self, written: Path, mark: list[object]) -> None:
        """A whole file of another program, or of another version, says nothing of these segments."""
        forge(written, lambda document: document["marks"].append(mark))

        assert index.load(written) is None

    @pytest.mark.parametrize("version", [0, 3])
    def test_an_index_of_another_version_is_none(self, written: Path, version: int) -> None:
        forge(written, lambda document: document.update(v=version))

        assert index.load(written) is None

    @pytest.mark.parametrize("plant", ["link", "pipe", "folder"])
    def test_what_is_planted_in_its_place_is_not_read(self, written: Path, tmp_path: Path, plant: str) -> None:
        place, elsewhere = written / "index.json", tmp_path / "elsewhere.json"
        place.rename(elsewhere)
        if plant == "link":
            place.symlink_to(elsewhere)
        elif plant == "pipe":
            os.mkfifo(place)
        else:
            place.mkdir()

        assert index.load(written) is None
        assert open_history(written).run().run == "r1"

    @pytest.mark.parametrize("plant", [os.symlink, os.link])
    def test_nothing_is_written_through_a_link(
        self, written: Path, tmp_path: Path, clock: object, gap: Make, plant: Callable[..., None]
    ) -> None:
        target = tmp_path / "precious"
        target.write_bytes(b"precious")
        for name in ("index.partial", "index.json"):
            (written / name).unlink(missing_ok=True)
            plant(target, written / name)

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("more")])

        assert target.read_bytes() == b"precious"
        assert index.load(written) is not None

    def test_an_index_that_lies_about_a_place_is_not_believed(self, written: Path) -> None:
        """The first record of the last run says which lock it knew; where it is not there, the log itself is read."""
        truth = open_history(written).run()

        def move(document: dict) -> None:
            document["ledger"]["runs"][0][2] += 1

        forge(written, move)

        assert open_history(written).run() == truth

    def test_a_place_that_is_wrong_is_found_when_it_is_read(self, written: Path) -> None:
        """Whatever led there: what is read is still checked."""
        history = open_history(written)
        run = history.run()
        moved = dataclasses.replace(run, start=run.start._replace(offset=run.start.offset + 1))

        with pytest.raises(IntegrityError):
            history.records(moved)

    def test_an_index_that_hides_a_run_does_not_hide_it_from_verify(self, written: Path, clock: object) -> None:
        """`log verify` reads the log itself."""
        forge(written, lambda document: document["ledger"]["runs"].clear())

        assert [run.run for run in open_history(written).runs] == ["r1"]
        found = verify_log(written)
        assert [run.run for run in found.runs] == ["r1"]
        assert any("index.json" in fault for fault in found.faults)

    @pytest.mark.parametrize("lie", sorted(LIES))
    def test_an_index_that_says_something_else_of_the_runs_is_not_believed(
        self, written: Path, clock: object, started: Make, finished: Make, lie: str
    ) -> None:
        """A run that went badly must not be unsaid by somebody who may write beside the log: approvals rest on it."""
        for name in ("r2", "r3"):
            with AuditLog.open(written, clock=clock) as log:
                log.append([started(name), finished(name)])
        truth = open_history(written).runs

        forge(written, lambda document: LIES[lie](document["ledger"]))

        assert open_history(written).runs == truth
        with AuditLog.open(written, clock=clock) as log:
            assert log.history.runs == truth

    def test_a_log_of_an_earlier_version_is_followed_from_its_beginning(self, written: Path, clock: object) -> None:
        """Its runs do not name each other, so nothing but the chain vouches for them."""
        rewritten(written, lambda data: {key: data[key] for key in ("digest", "exit_code", "verdict")})

        for _ in range(2):
            with AuditLog.open(written, clock=clock) as log:
                assert [run.run for run in log.history.runs] == ["r1"]
            assert not vouched(written, log.ledger)

    def test_a_run_that_names_another_one_before_it_is_damage(self, written: Path, clock: object) -> None:
        wrong = {"segment": 1, "offset": 0, "seq": 0, "hash": "0" * 64}
        rewritten(written, lambda data: data | {"earlier": wrong})

        for read in (open_history, lambda folder: AuditLog.open(folder, clock=clock)):
            with pytest.raises(IntegrityError, match="names the wrong run as the one before it"):
                read(written)

    def test_each_finished_run_names_the_one_before(
        self, written: Path, clock: object, started: Make, finished: Make
    ) -> None:
        """Across appends, and where two end in one."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2"), started("r3"), finished("r2"), finished("r3")])
        ends = [record for record in read_log(written) if record.type is EventType.RUN_FINISHED]

        assert "earlier" not in ends[0].data
        assert [end.data["earlier"]["seq"] for end in ends[1:]] == [ends[0].seq, ends[1].seq]
        assert [end.data["earlier"]["hash"] for end in ends[1:]] == [ends[0].hash, ends[1].hash]
        assert [end.data["first"] for end in ends] == [1, 7, 8]
        assert vouched(written, open_history(written).ledger)

    def test_a_ledger_reads_back_as_it_was_written(self, written: Path) -> None:
        ledger = open_history(written).ledger

        assert Ledger.from_document(json.loads(json.dumps(ledger.document()))) == ledger
