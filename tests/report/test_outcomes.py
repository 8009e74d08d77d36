"""The decisions before a run, beside what came of them: what a sponsor learns from the years before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gonogo.model.outcome import DecisionWithOutcomes, OutcomeThen, ReleaseOutcome
from gonogo.model.verdict import Verdict
from gonogo.report.outcomes import decision_blocks, decision_documents
from gonogo.report.page import PageTable, Words
from gonogo.report.view import RunView

FIRST = datetime(2024, 4, 1, 16, tzinfo=UTC)
DEPLOYED, HELD, BACK = ReleaseOutcome


@pytest.fixture
def view(go, seal_log):
    return RunView.of(seal_log(go.events()))


def decided(number, verdict=Verdict.GO, *came, against=None):
    at = FIRST + timedelta(days=number)
    outcomes = tuple(
        OutcomeThen(at=at + timedelta(hours=step), outcome=each, against=against, reason="Payments were doubled.")
        for step, each in enumerate(came, start=1)
    )
    return DecisionWithOutcomes(run=f"run-{number}", release="R1", now=at, verdict=verdict, outcomes=outcomes)


def words(blocks):
    return [block.text for block in blocks if isinstance(block, Words)]


def rows(blocks):
    return next(block.rows for block in blocks if isinstance(block, PageTable))


def test_without_an_earlier_decision_there_is_no_section(view):
    """An empty table would look like one that lost its rows."""
    assert decision_blocks(view) == ()


def test_verdicts_are_compared_with_the_last_thing_that_came(view):
    """Deployed and then rolled back is a rollback, and what nobody recorded is counted as nothing."""
    found = (
        decided(5),
        decided(4, Verdict.GO, DEPLOYED, BACK),
        decided(3, Verdict.GO, DEPLOYED),
        decided(2, Verdict.NO_GO, DEPLOYED, against=True),
        decided(1, Verdict.CONDITIONAL_GO, HELD),
    )

    told = words(decision_blocks(replace(view, decisions=found)))

    assert told == [
        "Of 5 listed decisions, 4 have a recorded outcome. GO: 1 rolled back and 1 deployed; "
        "CONDITIONAL GO: 1 held; NO-GO: 1 deployed against the recommendation."
    ]


def test_a_row_says_all_that_came_with_its_day_and_reason(view):
    """In the program's time zone, as every other moment of the report."""
    first, second = rows(decision_blocks(replace(view, decisions=(decided(2), decided(1, Verdict.GO, HELD, BACK)))))

    assert first[1:] == ("R1", "GO", "not recorded")
    assert second[0].startswith("Tue 2024-04-02 12:00")
    assert "held: Payments were doubled." in second[3]
    assert second[3].index("held") < second[3].index("rolled back")


def test_where_nobody_recorded_anything_it_says_how(view):
    """Nothing can be compared, and the next step is one command."""
    (told,) = words(decision_blocks(replace(view, decisions=(decided(1),))))

    assert told == (
        "Of 1 listed decision, none has a recorded outcome: `gonogo outcome` records what became of a release."
    )


@pytest.mark.parametrize(("number", "shown", "left"), [(11, 11, ""), (12, 12, ""), (13, 12, "1 older decision:")])
def test_twelve_are_shown_and_the_rest_is_counted(view, number, shown, left):
    """A page is read by people; the document has all."""
    blocks = decision_blocks(replace(view, decisions=tuple(map(decided, range(number, 0, -1)))))

    assert len(rows(blocks)) == shown
    assert words(blocks)[1:] == ([] if not left else [words(blocks)[1]])
    assert left in " ".join(words(blocks)[1:])


def test_the_document_counts_what_it_does_not_list(view):
    """Nobody may take two hundred decisions for all there were."""
    found = decision_documents(replace(view, decisions=(decided(1, Verdict.GO, HELD),), older=7))

    assert found["older"] == 7
    assert found["decisions"][0]["outcomes"] == [
        {"at": "2024-04-02T17:00:00.000000Z", "outcome": "held", "reason": "Payments were doubled."}
    ]
