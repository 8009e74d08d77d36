"""The pipeline itself: what two evaluators must agree on, what is recorded when a run ends early, what history is."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.audit.history import History, open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.engine.durable import DurableRules
from gonogo.errors import (
    EngineDisagreement,
    EngineFault,
    EngineMissing,
    GonogoError,
    IntegrityError,
    RecordFault,
    UsageError,
)
from gonogo.model.assessment import EngineMode, Purpose
from gonogo.model.event import EventType
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Judgement
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict
from gonogo.workflow import pipeline
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess, run_kind
from gonogo.workflow.previous_run import changes_of
from gonogo.workflow.recording import record


def order(small, **more):
    return Order(**{"program": small.root, "as_of": small.now, **more})


class Honest:
    """Asks the real engine, and may change its answer."""

    name = "stand-in"

    def __init__(self, change=lambda judgement: judgement):
        self._change = change

    def judge(self, compiled, observations):
        return self._change(DurableRules().judge(compiled, observations))


class Failing:
    name = "stand-in"

    def __init__(self, error):
        self._error = error

    def judge(self, compiled, observations):
        raise self._error


def generous(_judgement):
    """Everything is met."""
    found = _judgement
    return Judgement(
        criteria=dict.fromkeys(found.criteria, Outcome.MET),
        domains=dict.fromkeys(Domain, Verdict.GO),
        overall=Verdict.GO,
        leaves=dict.fromkeys(found.leaves, Outcome.MET),
    )


class TestEngines:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(generous, id="everything met"),
            pytest.param(lambda found: replace(found, overall=Verdict.GO), id="another overall verdict"),
            pytest.param(
                lambda found: replace(found, domains={**found.domains, Domain.OPERATIONS: Verdict.GO}),
                id="another domain",
            ),
            pytest.param(
                lambda found: replace(found, criteria=dict(list(found.criteria.items())[1:])), id="one left out"
            ),
            pytest.param(lambda found: replace(found, criteria={}), id="all left out"),
            pytest.param(
                lambda found: replace(found, criteria={**found.criteria, "program.more": Outcome.MET}),
                id="one too many",
            ),
        ],
    )
    def test_an_engine_that_judges_otherwise_ends_without_a_decision(self, change, denied):
        """One of the two is wrong, and nobody knows which."""

        with pytest.raises(EngineDisagreement) as caught:
            assess(order(denied), engine=Honest(change))

        assert caught.value.exit_code == 4
        assert [entry.type for entry in read_log(denied.log)] == [EventType.LOG_OPENED, EventType.RUN_ABORTED]

    def test_an_engine_that_agrees_is_as_good_as_another(self, stated):
        """The port is one method."""
        assert assess(order(stated), engine=Honest()).assessment.decision.verdict is Verdict.GO

    @pytest.mark.parametrize("error", [EngineMissing("not here"), EngineFault("it crashed")])
    def test_an_engine_that_fails_is_recorded_as_aborted(self, error, stated):
        """The log says why there is no verdict."""
        with pytest.raises(EngineFault):
            assess(order(stated), engine=Failing(error))

        aborted = read_log(stated.log)[-1]
        assert aborted.type is EventType.RUN_ABORTED
        assert aborted.data["why"] == error.sentence

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), ZeroDivisionError("division")])
    def test_whatever_ends_a_run_is_recorded_and_goes_on(self, error, stated):
        """Ctrl-C, or a defect of ours."""
        with pytest.raises(type(error)):
            assess(order(stated), engine=Failing(error))

        (found,) = open_history(stated.log).runs
        assert found.state.value == "aborted"

    def test_a_log_that_cannot_be_written_does_not_hide_why_the_run_ended(self, stated):
        """The first failure is the one that people must hear of."""
        stated.log.write_text("in the way")

        with pytest.raises(EngineFault, match="it crashed"):
            assess(order(stated), engine=Failing(EngineFault("it crashed")))

    def test_the_reference_alone_needs_no_engine(self, stated):
        """And makes a rehearsal of it."""
        result = assess(order(stated, engine=EngineMode.REFERENCE), engine=Failing(EngineMissing("not here")))

        assert result.assessment.kind.purpose is Purpose.REHEARSAL
        assert result.exit_code == 0


def test_a_collector_knows_the_holidays_of_the_years_around_go_live(stated, monkeypatch):
    """A schedule runs from the autumn before: with the holidays of one year its working days would be too many."""
    given: list[frozenset[str]] = []

    def collect(request):
        given.append(request.days_off)
        return []

    monkeypatch.setattr(pipeline, "collect", collect)
    loaded = load(order(stated))
    pipeline.gather(order(stated), loaded, stated.now)

    year = loaded.release.go_live.year
    new_years = {f"{each}-01-01" for each in range(year - 2, year + 3)}
    assert {day[:4] for day in given[0]} >= {day[:4] for day in new_years}
    assert len(given[0]) > 9 * len(new_years)


class TestKind:
    @pytest.mark.parametrize(
        ("more", "wanted"),
        [
            ({}, Purpose.DECISION),
            ({"purpose": Purpose.PROGRESS}, Purpose.PROGRESS),
            ({"as_of": "now"}, Purpose.REHEARSAL),
            ({"evidence": Path("x")}, Purpose.REHEARSAL),
            ({"engine": EngineMode.REFERENCE}, Purpose.REHEARSAL),
            ({"ruleset": "x"}, Purpose.REHEARSAL),
            ({"purpose": Purpose.PROGRESS, "as_of": "now"}, Purpose.REHEARSAL),
            ({"purpose": Purpose.PROGRESS, "ruleset": "x"}, Purpose.REHEARSAL),
        ],
        ids=str,
    )
    def test_what_is_not_plain_is_a_rehearsal(self, more, wanted, stated):
        """Whatever was asked for."""
        loaded = load(Order(program=stated.root))
        asked = Order(
            program=stated.root, **{key: stated.now if value == "now" else value for key, value in more.items()}
        )

        assert run_kind(asked, loaded).purpose is wanted

    def test_a_decision_on_a_file_system_that_may_lose_it_is_refused_before_anything_is_collected(
        self, stated, monkeypatch
    ):
        """Naming what to move."""
        monkeypatch.setattr("gonogo.workflow.write_places.file_system", lambda path: "nfs4")
        monkeypatch.setattr(pipeline, "collect", lambda *a, **k: pytest.fail("collected"))

        with pytest.raises(RecordFault, match="nfs4") as caught:
            assess(Order(program=stated.root))

        assert "log:" in caught.value.hint

    def test_a_rehearsal_may_be_recorded_anywhere(self, stated, monkeypatch):
        """It decides nothing."""
        monkeypatch.setattr("gonogo.workflow.write_places.file_system", lambda path: "nfs4")

        assert assess(order(stated)).exit_code == 0


class TestRecord:
    def test_nothing_is_returned_before_it_is_on_disk_and_reads_back(self, stated):
        """What is reported is what was read back."""
        result = assess(order(stated))

        assert result.records == read_log(stated.log)
        assert result.records[-1].type is EventType.RUN_FINISHED
        assert result.records[-1].data["digest"] == result.assessment.sha256

    def test_a_log_that_seals_less_than_it_was_given_gives_no_verdict(self, stated, monkeypatch):
        """A record that was lost on the way is not a record."""
        whole = AuditLog.append
        monkeypatch.setattr(AuditLog, "append", lambda log, events, **more: whole(log, events[:-1], **more))

        with pytest.raises(RecordFault, match="did not seal as many records"):
            assess(order(stated))

    def test_a_log_that_reads_back_otherwise_gives_no_verdict(self, stated, monkeypatch):
        """A file system that lies."""
        told = History.report_records
        monkeypatch.setattr(History, "report_records", lambda history, run: told(history, run)[:-1])

        with pytest.raises(RecordFault, match="does not read back"):
            assess(order(stated))

    @pytest.mark.parametrize("weak", [0, -1])
    def test_the_isolation_of_a_run_is_that_of_its_weakest_source(self, small, weak):
        """One source that was read beside everything else is what a reader has to know of the run as a whole."""
        asked = order(small)
        loaded = load(asked)
        replies = [reply.model_copy(update={"level": "L2"}) for reply in pipeline.gather(asked, loaded, small.now)]
        assessment = pipeline.judge(asked, loaded, replies, small.now)
        replies[weak] = replies[weak].model_copy(update={"level": "L1"})

        made = record(asked, loaded, replies, assessment, run="r-1", started=datetime.now(UTC))

        started = next(entry.data for entry in made.records if entry.type is EventType.RUN_STARTED)
        assert len(replies) > 1
        assert started["envelope"]["isolation"] == "L1"

    def test_a_mistake_in_the_program_starts_no_log(self, small):
        """Nothing had begun."""
        small.edit("gonogo.yaml", "{where: answered}", "{where: answer}")

        with pytest.raises(GonogoError) as caught:
            assess(order(small))

        assert caught.value.exit_code == 2
        assert not small.log.exists()

    def test_nothing_is_decided_by_a_clock_that_was_set_back(self, stated, monkeypatch):
        """Stale evidence looks fresh to such a clock; the log remembers that it was later already."""
        monkeypatch.setattr("gonogo.workflow.recording.file_system", lambda path: "ext4")
        with AuditLog.open(stated.log, clock=lambda: datetime.now(UTC) + timedelta(hours=1)):
            pass

        with pytest.raises(RecordFault, match="clock is behind the audit log"):
            assess(Order(program=stated.root))

        assert not [entry for entry in read_log(stated.log) if entry.type is EventType.RUN_FINISHED]
        assert assess(order(stated)).exit_code == 0, "a rehearsal decides nothing"

    def test_accepting_is_recorded_with_the_exit_code(self, small_program):
        """A later reader of the log knows why a CONDITIONAL GO was deployed."""
        small = small_program(answered=10, plan=True, more="accept: [conditional]")

        result = assess(order(small, accept_conditional=True))

        assert result.exit_code == 0
        assert result.records[-1].data["accepted_conditional"] is True
        assert result.records[-1].data["exit_code"] == 0


class TestHistory:
    def test_the_first_run_has_none(self, stated):
        """No history is not: nothing changed."""
        assert assess(order(stated)).changes is None

    def test_the_difference_is_to_the_last_run_of_the_same_release(self, stated):
        """Another release's good day is not this one's."""
        stated.edit(
            "gonogo.yaml", "ruleset: ./rules", '  - {id: second, go_live: "2027-09-01T04:00Z"}\nruleset: ./rules'
        )
        assess(order(stated, release="first"))
        assess(order(stated, release="second"))
        stated.deny("desk.staffed")

        changes = assess(order(stated, release="first")).changes

        assert changes is not None
        assert [change.criterion for change in changes.worse] == ["operations.desk.staffed"]
        assert changes.verdict_worse

    def test_an_earlier_run_is_told_by_what_was_before_it_and_not_by_what_came_after(self, stated):
        """The report of the first meeting, printed again after the second, must say what it said."""
        moments = [stated.now + timedelta(hours=hours) for hours in range(3)]
        for moment in moments:
            assess(order(stated, as_of=moment))
        history = open_history(stated.log)

        told = [changes_of(history, run, history.report_records(run)) for run in history.runs]

        assert [None if each is None else each.since for each in told] == [None, *moments[:2]]

    def test_the_log_of_another_program_is_no_history(self, stated):
        """A folder that was copied in brings its good days along; they are somebody else's."""
        assess(order(stated))
        text = stated.file.read_text(encoding="utf-8")
        stated.file.write_text(re.sub(r"\bid: [a-z-]+", "id: another", text, count=1), encoding="utf-8")

        assert assess(order(stated)).changes is None

    def test_evidence_that_aged_is_stale_and_not_worse(self, small):
        """Chase the export, not the work."""
        assess(order(small))

        changes = assess(order(small, as_of=small.now + timedelta(days=7))).changes

        assert changes is not None
        assert changes.worse == ()
        assert {change.criterion for change in changes.stale} >= {"operations.desk.staffed"}

    def test_a_log_with_a_changed_record_is_no_history(self, stated):
        """Exit 5."""
        assess(order(stated))
        segment = stated.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b'"GO"', b'"NO"', 1))

        with pytest.raises(IntegrityError):
            assess(order(stated))

    def test_a_release_that_is_not_named_where_there_are_several(self, stated):
        """The message lists them."""
        stated.edit(
            "gonogo.yaml", "ruleset: ./rules", '  - {id: second, go_live: "2027-09-01T04:00Z"}\nruleset: ./rules'
        )

        with pytest.raises(UsageError) as caught:
            assess(order(stated))

        assert "first, second" in caught.value.hint
