"""Facts about the record come from earlier runs alone; a record that is too short says so and never looks better."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.core.record_facts import WINDOW, PastRun, record_values, with_record_facts
from gonogo.model.computed_facts import (
    RECORD,
    RECORD_DAYS,
    RECORD_FACTS,
    RECORD_NO_GO_RUNS,
    RECORD_OPEN,
    RECORD_REDATED,
    RECORD_REOPENED,
)
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.program import ProgramIdentity
from gonogo.model.verdict import Verdict

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
BYTES = "a" * 64


def ran(ago: timedelta, *, verdict: Verdict = Verdict.GO, **more: object) -> PastRun:
    return PastRun(now=NOW - ago, verdict=verdict, **{name: frozenset(value) for name, value in more.items()})


def read(as_of: datetime, *, sha256: str = BYTES, binding: str = "roster") -> Evidence:
    """One fact, read from these bytes and dated so."""
    return Evidence(
        fact="a.count",
        type=FactType.INTEGER,
        unit="people",
        value=3,
        as_of=as_of,
        basis=Basis.MEASURED,
        source=Source(binding=binding, locator="roster.csv", sha256=(sha256,) if sha256 else ()),
    )


def values(*runs: PastRun, today: EvidenceSet | None = None) -> dict[str, int | str]:
    first = min((each.now for each in runs), default=None)
    return dict(record_values(today or EvidenceSet(), runs, identity=IDENTITY, now=NOW, first=first))


def test_without_an_earlier_run_nobody_knows_anything():
    """The first run says *no history*, and a log that somebody removed says no more."""
    assert values() == dict.fromkeys(RECORD_FACTS, "No earlier run of the release is recorded.")


@pytest.mark.parametrize(("ago", "known"), [(WINDOW - SECOND, False), (WINDOW, True), (WINDOW + SECOND, True)])
def test_a_record_that_is_too_short_is_no_better_than_one_with_a_no_go(ago: timedelta, known: bool):
    """Below, at and above 28 days: what was cut off at the beginning may have been the bad weeks."""
    found = values(ran(ago), ran(DAY))

    assert found[RECORD_DAYS] == 28 if ago >= WINDOW else 27
    for name in (RECORD_NO_GO_RUNS, RECORD_OPEN, RECORD_REOPENED, RECORD_REDATED):
        assert found[name] == (
            0 if known else "The record of the release begins on 2027-03-22, and 28 days are needed."
        )


@pytest.mark.parametrize(("ago", "count"), [(WINDOW - SECOND, 2), (WINDOW, 2), (WINDOW + SECOND, 1)])
def test_no_go_runs_are_counted_in_the_window(ago: timedelta, count: int):
    """The last run before the window stands for its beginning: only the one before that is out of it."""
    runs = (ran(WINDOW + DAY), ran(WINDOW), ran(ago, verdict=Verdict.NO_GO), ran(DAY, verdict=Verdict.NO_GO))

    assert values(*runs)[RECORD_NO_GO_RUNS] == count


def test_a_criterion_is_open_all_along_only_where_no_run_found_it_otherwise():
    """One day on which it was met begins the count anew, and one on which it was not asked."""
    runs = (ran(WINDOW, open={"a", "b", "c"}), ran(7 * DAY, open={"a", "b"}, met={"c"}), ran(DAY, open={"a", "c"}))

    found = values(*runs)

    assert found[RECORD_OPEN] == 1
    assert found[RECORD_REOPENED] == 1  # c was met, and is open again


def test_what_is_met_after_it_was_open_is_not_reopened():
    """Work that was done is no setback."""
    assert values(ran(WINDOW, open={"a"}), ran(DAY, met={"a"}))[RECORD_REOPENED] == 0


@pytest.mark.parametrize(("later", "count"), [(-SECOND, 0), (timedelta(0), 0), (SECOND, 1)])
def test_the_same_bytes_under_a_later_date_are_counted(later: timedelta, count: int):
    """A renamed file looks fresh; before, at and after the date that an earlier run read from the same bytes."""
    before = read(NOW - 10 * DAY)
    dated = {"a.count": frozenset({("roster", (BYTES,), before.as_of)})}
    run = PastRun(NOW - WINDOW, Verdict.GO, dated=dated)

    assert values(run, today=EvidenceSet(evidence=(read(before.as_of + later),)))[RECORD_REDATED] == count


@pytest.mark.parametrize("today", [read(NOW, sha256="b" * 64), read(NOW, binding="other"), read(NOW, sha256="")])
def test_other_bytes_another_source_or_none_are_not_dated_anew(today: Evidence):
    """What changed may well be newer."""
    run = PastRun(NOW - WINDOW, Verdict.GO, dated={"a.count": frozenset({("roster", (BYTES,), NOW - 10 * DAY)})})

    assert values(run, today=EvidenceSet(evidence=(today,)))[RECORD_REDATED] == 0


def test_runs_after_the_moment_of_the_assessment_are_no_record_of_it():
    """What is judged as of last week may not know what came since."""
    runs = (ran(WINDOW), ran(-DAY, verdict=Verdict.NO_GO))

    assert values(*runs)[RECORD_NO_GO_RUNS] == 0


def test_the_record_answers_in_place_of_a_source_and_a_silent_one_is_a_gap():
    """No person states any of these; who is asked for it can only keep the record going."""
    facts = tuple(
        FactDeclaration(name=name, type=FactType.INTEGER, unit="things", meaning="m", question="q?")
        for name in (RECORD_DAYS, RECORD_OPEN)
    )
    vocabulary = Vocabulary(facts=facts)
    stated = read(NOW).model_copy(update={"fact": RECORD_OPEN, "unit": "things", "value": 0})
    asked = EvidenceSet(evidence=(stated,), gaps=(Gap(fact=RECORD_DAYS, reason=GapReason.UNASKED, detail="Nobody."),))

    found = with_record_facts(asked, [ran(DAY)], vocabulary, identity=IDENTITY, now=NOW, first=NOW - DAY)

    answers = {entry.fact: entry for entry in found}
    assert isinstance(answers[RECORD_DAYS], Evidence)
    assert (answers[RECORD_DAYS].value, answers[RECORD_DAYS].as_of) == (1, NOW)
    assert isinstance(answers[RECORD_OPEN], Gap)
    assert (answers[RECORD_OPEN].reason, answers[RECORD_OPEN].binding) == (GapReason.MISSING, RECORD)
    assert all(vocabulary.computed(name) for name in RECORD_FACTS)
