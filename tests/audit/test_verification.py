"""``log verify`` says what holds: each record, each run, and what somebody noted."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.audit.chain import Break, seal
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import UsageError
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.verdict import Verdict

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"


def rewrite(folder: Path, change: Callable[[list[AuditEvent]], list[AuditEvent]]) -> None:
    """Write a log anew with a whole chain, as somebody who may write to the folder can; the index goes too."""
    records = read_log(folder)
    events = change([AuditEvent(type=record.type, run=record.run, data=record.data) for record in records])
    lines, prev = [], GENESIS
    for seq, entry in enumerate(events):
        ts = records[min(seq, len(records) - 1)].ts
        sealed, line = seal(entry, seq=seq, prev=prev, ts=ts)
        lines.append(line)
        prev = sealed.hash
    (folder / SEGMENT).write_bytes(b"".join(lines))
    (folder / "index.json").unlink()


def with_data(events: list[AuditEvent], kind: EventType, **data: object) -> list[AuditEvent]:
    """Return the events with other data in the one of that type."""
    return [entry.model_copy(update={"data": entry.data | data}) if entry.type is kind else entry for entry in events]


def only(sentences: tuple[str, ...]) -> str:
    assert len(sentences) == 1, sentences
    return sentences[0]


class TestRuns:
    def test_a_run_as_it_was_recorded_is_sound(self, assessed_log: Path) -> None:
        found = verify_log(assessed_log)

        assert found.sound
        assert found.faults == ()

    def test_a_verdict_that_was_rewritten_is_found(self, assessed_log: Path) -> None:
        """A chain that is whole again proves nothing of the verdict in it."""
        rewrite(assessed_log, lambda events: with_data(events, EventType.RUN_FINISHED, verdict="GO", exit_code=0))

        found = verify_log(assessed_log)

        assert found.ok
        assert not found.sound
        assert "ended with a verdict other than the one it decided" in only(found.faults)

    def test_a_decision_that_was_rewritten_with_it_is_found(self, assessed_log: Path) -> None:
        def change(events: list[AuditEvent]) -> list[AuditEvent]:
            made = next(entry for entry in events if entry.type is EventType.DECISION_MADE)
            events = with_data(events, EventType.DECISION_MADE, decision=made.data["decision"] | {"verdict": "GO"})
            return with_data(events, EventType.RUN_FINISHED, verdict="GO", exit_code=0)

        rewrite(assessed_log, change)

        assert "has records that give the digest" in only(verify_log(assessed_log).faults)

    @pytest.mark.parametrize("code", [0, 2, 3, 4, 5])
    def test_an_exit_code_of_another_verdict_is_found(self, assessed_log: Path, code: int) -> None:
        rewrite(assessed_log, lambda events: with_data(events, EventType.RUN_FINISHED, exit_code=code))

        assert f"exit code {code}" in only(verify_log(assessed_log).faults)

    @pytest.mark.parametrize("verdict", Verdict)
    @pytest.mark.parametrize("code", range(6))
    def test_each_verdict_ends_with_its_own_codes(
        self, log_of: Callable[[Verdict, int], Path], verdict: Verdict, code: int
    ) -> None:
        """A CONDITIONAL GO ends with 3, or with 0 where the program accepts it; nothing else has two."""
        own = {Verdict.GO: {0}, Verdict.CONDITIONAL_GO: {0, 3}, Verdict.NO_GO: {1}}[verdict]

        assert verify_log(log_of(verdict, code)).sound == (code in own)

    @pytest.mark.parametrize("kind", [EventType.EVIDENCE_ADMITTED, EventType.GAP_RECORDED, EventType.CRITERION_JUDGED])
    def test_a_record_that_was_taken_out_is_found(self, assessed_log: Path, kind: EventType) -> None:
        def drop(events: list[AuditEvent]) -> list[AuditEvent]:
            place = next(number for number, entry in enumerate(events) if entry.type is kind)
            return events[:place] + events[place + 1 :]

        rewrite(assessed_log, drop)

        assert "has records that give the digest" in only(verify_log(assessed_log).faults)

    @pytest.mark.parametrize("kind", [EventType.RUN_STARTED, EventType.DECISION_MADE])
    def test_a_run_without_its_beginning_or_decision_is_found(self, assessed_log: Path, kind: EventType) -> None:
        rewrite(assessed_log, lambda events: [entry for entry in events if entry.type is not kind])

        assert "not complete" in only(verify_log(assessed_log).faults)

    @pytest.mark.parametrize("kind", [EventType.RUN_STARTED, EventType.DECISION_MADE])
    def test_a_second_beginning_or_decision_is_found(self, assessed_log: Path, kind: EventType) -> None:
        def double(events: list[AuditEvent]) -> list[AuditEvent]:
            place = next(number for number, entry in enumerate(events) if entry.type is kind)
            return [*events[:place], events[place], *events[place:]]

        rewrite(assessed_log, double)

        assert f"more than one record of {kind.value}" in only(verify_log(assessed_log).faults)

    def test_a_record_after_the_end_of_its_run_is_found(self, assessed_log: Path, gap: Make) -> None:
        run = read_log(assessed_log)[-1].run
        rewrite(assessed_log, lambda events: [*events, gap(run=run)])

        assert "after its end" in only(verify_log(assessed_log).faults)

    def test_a_decision_of_another_shape_is_told_and_not_crashed_over(self, assessed_log: Path) -> None:
        rewrite(assessed_log, lambda events: with_data(events, EventType.DECISION_MADE, decision=7))

        assert "does not have its shape" in only(verify_log(assessed_log).faults)

    def test_a_run_without_an_end_is_not_sound(self, written: Path, clock: object, started: Make) -> None:
        """It was killed, or the log was cut before its verdict: nobody can tell, so nobody says sound."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2")])
            assert "the run r2 has no end" in verify_log(written).faults[-1]

        AuditLog.open(written, clock=clock).close()
        assert not any("r2" in fault for fault in verify_log(written).faults)


class TestCuts:
    def test_a_log_that_was_cut_at_a_records_end_contradicts_its_index(self, assessed_log: Path) -> None:
        """Whole records cut from the end leave no trace in the chain itself."""
        lines = (assessed_log / SEGMENT).read_bytes().splitlines(keepends=True)
        (assessed_log / SEGMENT).write_bytes(b"".join(lines[:1]))

        found = verify_log(assessed_log)

        assert found.ok
        assert f"ends after 1 records; it had {len(lines)}" in only(found.faults)

    def test_a_cut_inside_of_a_record_contradicts_the_index_too(self, assessed_log: Path) -> None:
        """Else a log that lost its verdict, and half a line more, would pass for one that a crash left unfinished."""
        lines = (assessed_log / SEGMENT).read_bytes().splitlines(keepends=True)
        (assessed_log / SEGMENT).write_bytes(b"".join(lines[:2])[:-9])

        found = verify_log(assessed_log)

        assert found.problem is not None
        assert found.problem.kind is Break.TORN
        assert f"ends after 1 records; it had {len(lines)}" in only(found.faults)

    def test_an_emptied_segment_is_not_sound(self, assessed_log: Path) -> None:
        (assessed_log / SEGMENT).write_bytes(b"")
        (assessed_log / "index.json").unlink()

        empty, shorter = verify_log(assessed_log).faults
        assert "no record in it" in empty
        assert "ends after 0 records, but the file `checkpoint` beside the audit log knows" in shorter

    def test_an_index_of_another_log_is_told(self, assessed_log: Path, tmp_path: Path, clock: object) -> None:
        """The same length, another record in that place."""
        count = len(read_log(assessed_log))
        with AuditLog.open(tmp_path / "other", clock=clock) as log:
            log.append([AuditEvent(type=EventType.RUN_ABORTED, run="r1", data={"why": "x"})] * (count - 1))
        (assessed_log / "index.json").write_bytes((tmp_path / "other" / "index.json").read_bytes())

        assert "has changed since this host last wrote to it" in only(verify_log(assessed_log).faults)


class TestNotedHead:
    def test_a_noted_head_is_found_at_its_record(self, assessed_log: Path) -> None:
        """The minutes of the meeting hold the head that the report showed; the log has grown since."""
        records = read_log(assessed_log)

        for record in (records[0], records[-2], records[-1]):
            assert verify_log(assessed_log, head=record.hash).noted == record.seq
        assert verify_log(assessed_log, head=f" {records[-1].hash.upper()[:16]} ").noted == records[-1].seq

    def test_a_head_that_is_not_there_is_not_sound(self, assessed_log: Path) -> None:
        found = verify_log(assessed_log, head="0" * 64)

        assert not found.sound
        assert "no record has the head" in only(found.faults)

    @pytest.mark.parametrize("text", ["1" * 15, "1" * 65, "z" * 16, "1" * 15 + " "])
    def test_what_is_no_head_is_refused(self, assessed_log: Path, text: str) -> None:
        """Fifteen digits are one too few; sixteen and sixty-four are read."""
        with pytest.raises(UsageError, match="not a head hash"):
            verify_log(assessed_log, head=text)

        assert verify_log(assessed_log, head="1" * 16).noted is None
        assert verify_log(assessed_log, head="1" * 64).noted is None


class TestVersions:
    @pytest.mark.parametrize("change", [b'"v":2', b'"v":10'])
    def test_an_event_of_an_unknown_version_is_refused(self, written: Path, clock: object, change: bytes) -> None:
        """A later release may mean something else by the same words."""
        segment = written / SEGMENT
        *before, last = segment.read_bytes().splitlines(keepends=True)
        body = last[: -len(',"~h":""}\n') - 64].replace(b'"v":1', change) + b"}"
        digest = hashlib.sha256(b"\x00" + body).hexdigest().encode()
        segment.write_bytes(b"".join(before) + body[:-1] + b',"~h":"' + digest + b'"}\n')

        for read in (verify_log, read_log, lambda folder: AuditLog.open(folder, clock=clock)):
            with pytest.raises(UsageError, match="does not know"):
                read(written)
