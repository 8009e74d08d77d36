"""Page one as a sponsor with two minutes reads it: who must do what by when, and the one request that closes most."""

from collections.abc import Callable
from typing import Any

import pytest

from gonogo.core.wording import gap_words
from gonogo.model.decision import Blocker
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import EvidenceSet, Gap, GapReason
from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain
from gonogo.report.detail import page_of
from gonogo.report.page import Entry, Page, Table, Words
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
    assert "First of all: " + gaps_only.assessment.decision.requests[0].sentence in told


def test_merit_and_missing_evidence_are_told_apart(no_go: Any, seal_log: Seal) -> None:
    decision = no_go.assessment.decision
    more = Blocker(domain=Domain.PROGRAM, why="Nothing mandatory was judged.", missing_evidence=True)
    run = no_go.with_assessment(decision=decision.model_copy(update={"blockers": (*decision.blockers, more)}))

    told = page(run, seal_log).meaning

    assert any("5 reasons stand against it: 4 on merit, 1 because evidence is missing." in line for line in told)


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
    assert isinstance(table, Table)
    assert table.header == ("Owner", "Reasons", "On merit", "Evidence missing")
    assert {row[0]: row[1:] for row in table.rows}[owner][2] == "2"
    assert ("no single owner", "2", "2", "0") in table.rows
    assert sum(int(row[1]) for row in table.rows) == 6
    assert not any(isinstance(block, Table) for block in blocks(page(no_go, seal_log), "blockers"))


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
    assert isinstance(table, Table)
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

    table = next(block for block in found if isinstance(block, Table) and "later milestone" in block.caption)
    assert table.header == ("Criterion", "Weight", "Due from")
    assert [row[2] for row in table.rows] == ["T-5, 2027-04-28"]
