"""Beside each reason stands why it is one: an office supplies what is missing and renews what is too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gonogo.model.decision import Blocker
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain
from gonogo.report.because import _CAUSES, because, first_due, silent, split_words
from gonogo.report.view import RunView
from gonogo.report.words import by_owner

Seal = Callable[..., list[SealedRecord]]


def view_of(run: Any, seal_log: Seal) -> RunView:
    return RunView.of(seal_log(run.events()))


def with_cause(view: RunView, reason: GapReason) -> RunView:
    """The same view, with another cause of its only unknown criterion."""
    unknown = next(each for each in view.findings if each.status is Status.UNKNOWN)
    gap = Gap(fact=unknown.facts[0].fact, reason=reason, detail="It is so.")
    facts = (unknown.facts[0].model_copy(update={"gap": gap}),)
    found = tuple(
        each.model_copy(update={"facts": facts}) if each is unknown else each for each in view.assessment.findings
    )
    return replace(view, assessment=view.assessment.model_copy(update={"findings": found}))


def domain_is(view: RunView, domain: Domain, status: Status, due: str | None = "T-60") -> RunView:
    """The same view, with every criterion of a domain in one status."""
    found = tuple(
        each.model_copy(update={"status": status, "due_from": due}) if each.domain is domain else each
        for each in view.assessment.findings
    )
    return replace(view, assessment=view.assessment.model_copy(update={"findings": found}))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (GapReason.MISSING, "evidence missing"),
        (GapReason.UNASKED, "no source named"),
        (GapReason.STALE, "evidence too old"),
        (GapReason.CONFLICT, "sources disagree"),
        (GapReason.NOT_PROVABLE, "not proved"),
    ],
)
def test_what_is_there_and_does_not_count_is_not_called_missing(
    gaps_only: Any, seal_log: Seal, reason: GapReason, words: str
) -> None:
    """A load test of January is there: its owner repeats it, and does not look for it."""
    view = with_cause(view_of(gaps_only, seal_log), reason)

    assert because(view, view.decision.blockers[0]) == words


def test_every_cause_has_words_that_fit_the_column() -> None:
    """A cause without words would stop the report."""
    assert set(_CAUSES) == set(GapReason)
    assert max(map(len, _CAUSES.values())) <= len("sources disagree") + 1


@pytest.mark.parametrize(
    ("status", "words", "day"),
    [
        (Status.NOT_DUE, "not due yet", date(2027, 3, 4)),
        (Status.NOT_ADOPTED, "not adopted", None),
        (Status.NOT_APPLICABLE, "nothing judged", None),
    ],
)
def test_a_domain_that_nobody_judged_owes_no_evidence(
    gaps_only: Any, seal_log: Seal, status: Status, words: str, day: date | None
) -> None:
    """Five months ahead a sponsor read that evidence was missing for what falls due in three."""
    view = domain_is(view_of(gaps_only, seal_log), Domain.SYSTEM, status)
    blocker = Blocker(domain=Domain.SYSTEM, why="Nothing mandatory was judged.", missing_evidence=True)

    assert silent(view, blocker)
    assert because(view, blocker) == words
    assert first_due(view, blocker) == day


def test_too_many_open_criteria_of_a_domain_that_was_judged_are_no_silence(gaps_only: Any, seal_log: Seal) -> None:
    """The caps of a policy name a domain, too."""
    view = view_of(gaps_only, seal_log)
    mandatory = next(each.domain for each in view.findings if each.status.judged)

    assert not silent(view, Blocker(domain=mandatory, why="4 criteria are open.", missing_evidence=True))
    assert not silent(view, Blocker(why="4 criteria are open in all.", missing_evidence=True))
    assert not silent(view, Blocker(domain=Domain.SYSTEM, why="4 criteria are open."))


def test_reasons_of_three_kinds_are_counted_apart(no_go: Any, seal_log: Seal) -> None:
    """The kinds add up to the reasons."""
    view = domain_is(view_of(no_go, seal_log), Domain.SYSTEM, Status.NOT_DUE)
    reasons = (
        Blocker(why="One."),
        Blocker(why="Two.", missing_evidence=True),
        Blocker(domain=Domain.SYSTEM, why="Three.", missing_evidence=True),
    )
    assessment = view.assessment
    of = [
        replace(
            view,
            assessment=assessment.model_copy(
                update={"decision": assessment.decision.model_copy(update={"blockers": some})}
            ),
        )
        for some in (reasons, reasons[:1])
    ]

    assert split_words(of[0]) == (
        ": 1 on merit, 1 because usable evidence is missing and 1 because nothing mandatory was judged in a domain"
    )
    assert split_words(of[1]) == ""


@pytest.mark.parametrize(
    ("owners", "words"),
    [
        ((), []),
        (("", ""), []),
        (("Ruth", "", "", ""), ["Ruth", "3 without an owner"]),
        (("Ruth", "Ada", "Ruth"), ["Ruth (2)", "Ada"]),
    ],
)
def test_what_has_no_owner_is_counted_beside_those_that_have_one(owners: tuple[str, ...], words: list[str]) -> None:
    """`and 4 more: Ruth Amsel` read as if all four were hers."""
    assert by_owner(owners) == words
