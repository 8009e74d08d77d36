"""Page one as a sponsor with two minutes reads it: who must do what by when, and the one request that closes most."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gonogo.comparison.compare import Change, RunComparison
from gonogo.core.wording import gap_words
from gonogo.model.decision import Blocker
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import EvidenceSet, Gap, GapReason
from gonogo.model.finding import Status
from gonogo.report.brief import remedied
from gonogo.report.changed import summary
from gonogo.report.detail import page_of
from gonogo.report.health import health
from gonogo.report.page import Entry, Page, PageTable, Words
from gonogo.report.view import RunView
from gonogo.report.words import seat

Seal = Callable[..., list[SealedRecord]]


def page(run: Any, seal_log: Seal) -> Page:
    return page_of(RunView.of(seal_log(run.events())))


def blocks(page: Page, anchor: str) -> Any:
    return next(section.blocks for section in page.sections if section.id == anchor)


def rows_of(page: Page, anchor: str, title: str) -> dict[str, str]:
    found = next(block for block in blocks(page, anchor) if isinstance(block, Entry) and title in block.title)
    return dict(found.rows)


def test_the_first_request_stands_beside_the_verdict(gaps_only: Any, seal_log: Seal) -> None:
    """Who stops reading after five lines has still read what to do."""
    told = next(part for part in page(gaps_only, seal_log).brief if part.id == "next").items

    assert any("`gonogo requests`" in block.text for block in blocks(page(gaps_only, seal_log), "requests"))
    assert "Do this first: " + gaps_only.assessment.decision.requests[0].sentence in told


def test_merit_and_missing_evidence_are_told_apart(no_go: Any, seal_log: Seal) -> None:
    decision = no_go.assessment.decision
    more = Blocker(why="9 criteria are open.", missing_evidence=True)
    run = no_go.with_assessment(decision=decision.model_copy(update={"blockers": (*decision.blockers, more)}))

    told = page(run, seal_log).meaning

    split = "4 on merit and 1 because usable evidence is missing."
    assert any(f"There are 5 reasons against going live: {split}" in line for line in told)


@pytest.mark.parametrize(("early", "left"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_nothing_is_to_be_settled_before_a_moment_that_has_passed(
    no_go: Any, seal_log: Seal, early: timedelta, left: bool
) -> None:
    """The clock of the assessment decides: a rehearsal of the day after is printed today."""
    go_live = no_go.assessment.release.go_live
    run = no_go.with_assessment(now=go_live - early)

    for printed in (go_live - timedelta(days=9), go_live + timedelta(days=9)):
        envelope = run.envelope.model_copy(update={"started": printed})
        told = next(part for part in page(replace(run, envelope=envelope), seal_log).brief if part.id == "blocking")

        assert ("to be settled before Mon 2027-05-03 06:00 EDT" in told.title) is left


def test_five_reasons_are_read_one_by_one_and_six_are_first_told_by_owner(no_go: Any, seal_log: Seal) -> None:
    decision = no_go.assessment.decision
    for reasons in (5, 6):
        more = [decision.blockers[0]] * (reasons - len(decision.blockers))
        run = no_go.with_assessment(decision=decision.model_copy(update={"blockers": (*decision.blockers, *more)}))

        tables = [block for block in blocks(page(run, seal_log), "blockers") if isinstance(block, PageTable)]

        assert len(tables) == (reasons > 5)


def test_only_who_answers_for_a_failure_is_said_to_remedy_one(no_go: Any, gaps_only: Any, seal_log: Seal) -> None:
    """Whose evidence is missing has nothing to remedy, and is asked for it elsewhere."""
    decision = no_go.assessment.decision
    missing = decision.blockers[1].model_copy(update={"missing_evidence": True})
    both = no_go.with_assessment(decision=decision.model_copy(update={"blockers": (decision.blockers[0], missing)}))

    def steps(run: Any) -> list[str]:
        told = next(part for part in page(run, seal_log).brief if part.id == "next").items
        return [line for line in told if "failed on merit" in line]

    first = "Do this first: remedy the criterion that failed on merit; its owner is the customer's functional lead."
    assert steps(both) == [first]
    assert steps(gaps_only) == []


@pytest.mark.parametrize(
    ("owners", "short", "long"),
    [
        ({"Ada": 1}, "1 failed criterion (Ada)", "the criterion that failed on merit; its owner is Ada"),
        ({"Ada": 3}, "3 failed criteria (Ada)", "the 3 criteria that failed on merit; their owner is Ada"),
        (
            {"Ada": 1, "Ben": 2},
            "3 failed criteria (2 owners)",
            "the 3 criteria that failed on merit; their owners are Ben (2) and Ada (1)",
        ),
    ],
)
def test_the_next_step_counts_what_failed_and_says_whose_it_is(owners: dict[str, int], short: str, long: str) -> None:
    """*What failed is for Ada and 12 more to remedy* said neither how much it is nor how much of it is Ada's."""
    assert remedied(Counter(owners), short=True) == f"remedy {short}"
    assert remedied(Counter(owners), short=False) == f"remedy {long}"


def test_failures_are_mended_before_evidence_is_asked_for(no_go: Any, gaps_only: Any, seal_log: Seal) -> None:
    """A rehearsal that failed takes weeks to repeat; a letter that is missing takes a day."""
    asked = gaps_only.assessment.decision.requests
    run = no_go.with_assessment(decision=no_go.assessment.decision.model_copy(update={"requests": asked}))

    told = next(part for part in page(run, seal_log).brief if part.id == "next").items

    assert told[0].startswith("Do this first: remedy the 2 criteria that failed on merit; ")
    assert told[1] == f"Then: {asked[0].sentence}"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "the customer's functional lead, a seat that nobody holds"),
        (("Joan Pruett",), "Joan Pruett, the customer's functional lead"),
        (("Joan Pruett", "Tom Reyes"), "Joan Pruett or Tom Reyes, the customer's functional lead"),
        (None, "the customer's functional lead"),
    ],
)
def test_an_owner_is_named_and_a_vacant_seat_is_said_to_be_vacant(
    no_go: Any, seal_log: Seal, names: tuple[str, ...] | None, told: str
) -> None:
    """A reason whose owner left the program waits for ever, unless page one says that there is nobody."""
    people = {} if names is None else {"customer.functional_lead": names}
    run = no_go.with_assessment(decision=no_go.assessment.decision.model_copy(update={"people": people}))

    assert rows_of(page(run, seal_log), "blockers", "training.completion")["Owner"] == told


@pytest.mark.parametrize(
    ("now", "due", "colour"),
    [
        (datetime(2027, 4, 19, 16, tzinfo=UTC), date(2027, 4, 19), "Yellow"),
        (datetime(2027, 4, 19, 16, tzinfo=UTC), date(2027, 4, 18), "Red"),
        (datetime(2027, 4, 20, 3, 59, tzinfo=UTC), date(2027, 4, 19), "Yellow"),
        (datetime(2027, 4, 20, 4, tzinfo=UTC), date(2027, 4, 19), "Red"),
    ],
)
def test_a_plan_stands_to_the_end_of_its_own_day_where_the_program_lives(
    conditional: Any, seal_log: Seal, now: datetime, due: date, colour: str
) -> None:
    """The colour and the decision say the same of one plan: it counts on the day on which it is due."""
    plan = conditional.assessment.plans[0].model_copy(update={"due": due})
    view = RunView.of(seal_log(conditional.with_assessment(now=now, plans=(plan,)).events()))
    finding = view.finding(plan.criterion)

    assert finding is not None
    assert health(view, finding) == colour


def test_what_blocks_says_by_when(no_go: Any, seal_log: Seal) -> None:
    first = blocks(page(no_go, seal_log), "blockers")[0]

    assert first == Words("To be settled before go-live: Mon 2027-05-03 06:00 EDT, 14 days from the assessment.")


def test_many_reasons_are_first_told_by_who_answers_for_them(no_go: Any, seal_log: Seal) -> None:
    """A sponsor hands out work by owner, and does not count through two hundred entries."""
    decision = no_go.assessment.decision
    missing = Blocker(criterion=decision.blockers[0].criterion, why="Unknown.", missing_evidence=True)
    run = no_go.with_assessment(decision=decision.model_copy(update={"blockers": (*decision.blockers, *[missing] * 2)}))

    table = blocks(page(run, seal_log), "blockers")[1]

    owner = seat(run.assessment.findings[0].owner)
    assert isinstance(table, PageTable)
    assert table.header == ("Owner", "Reasons", "On merit", "Not known")
    assert {row[0]: row[1:] for row in table.rows}[owner][2] == "2"
    assert ("no single owner", "2", "2", "0") in table.rows
    assert sum(int(row[1]) for row in table.rows) == 6
    assert not any(isinstance(block, PageTable) for block in blocks(page(no_go, seal_log), "blockers"))


def test_a_waived_condition_says_what_stands_in_who_answers_and_until_when(conditional: Any, seal_log: Seal) -> None:
    """The number of a waiver alone says nothing to who did not sign it."""
    waiver = rows_of(page(conditional, seal_log), "conditions", "system.interfaces.tested")["Waiver"]

    assert waiver == (
        "W-003: Daily statement file keyed by two staff, control total check, by the customer's technical lead, "
        "until the end of 2027-06-02"
    )


@pytest.mark.parametrize("reason", GapReason)
def test_one_cause_of_many_facts_is_one_row_that_ends_in_a_full_stop(
    gaps_only: Any, seal_log: Seal, reason: GapReason
) -> None:
    """A file that is not there is told once, with every fact that it owes."""
    gaps = tuple(
        Gap(fact=f"b.{name}", reason=reason, detail="x.csv:3 is odd", sources=("x.csv",)) for name in ("one", "two")
    )
    evidence = EvidenceSet(evidence=gaps_only.assessment.evidence.evidence, gaps=gaps)
    kept = tuple(finding for finding in gaps_only.assessment.findings if finding.status is not Status.UNKNOWN)

    summary, table = blocks(page(gaps_only.with_assessment(evidence=evidence, findings=kept), seal_log), "gaps")

    assert summary == Words(f"2 gaps: 2 {gap_words(reason)}.")
    assert isinstance(table, PageTable)
    assert [row[1:] for row in table.rows] == [("b.one, b.two", "x.csv:3 is odd. Looked at: x.csv.")]


def test_a_cause_is_not_said_twice(gaps_only: Any, seal_log: Seal) -> None:
    gap = Gap(fact="b.one", reason=GapReason.CONFLICT, detail="Sources disagree: a says 6; b says 0.")
    evidence = EvidenceSet(gaps=(gap,))
    kept = tuple(finding for finding in gaps_only.assessment.findings if finding.status is not Status.UNKNOWN)

    _, table = blocks(page(gaps_only.with_assessment(evidence=evidence, findings=kept), seal_log), "gaps")

    assert table.rows == (("Sources disagree", "b.one", "a says 6; b says 0."),)


def test_what_is_not_due_says_from_which_day_on_and_not_its_title_again(go: Any, seal_log: Seal) -> None:
    waiting = go.assessment.findings[0].model_copy(update={"status": Status.NOT_DUE, "due_from": "T-5"})
    others = tuple(finding for finding in go.assessment.findings[1:] if finding.status is not Status.NOT_DUE)

    found = blocks(page(go.with_assessment(findings=(waiting, *others)), seal_log), "findings")

    table = next(block for block in found if isinstance(block, PageTable) and "later milestone" in block.caption)
    assert table.header == ("Criterion", "Weight", "Due from")
    assert [row[2] for row in table.rows] == ["T-5, 2027-04-28"]


@pytest.mark.parametrize(
    ("fell", "rose", "told"),
    [
        (True, False, "The verdict is worse than in the last run. Since then"),
        (False, True, "The verdict is better than in the last run. Since then"),
        (False, False, "Since the last run"),
    ],
)
def test_only_a_verdict_that_fell_is_said_to_be_worse(fell: bool, rose: bool, told: str) -> None:
    """A criterion that got worse under the same NO-GO is a setback, and the verdict is what it was."""
    change = Change(criterion="a.b", title="A", before=Status.MET, after=Status.NOT_MET, sentence="Not met.")
    changes = RunComparison(worse=(change,), verdict_worse=fell, verdict_better=rose)

    assert summary(changes, ZoneInfo("America/New_York")) == f"{told} (the last one): 1 worse."
