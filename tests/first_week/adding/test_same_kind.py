"""A document of a kind that a binding reads already is never a second answer unasked."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.first_week.adding.same_kind import asked_beside, ways_beside
from gonogo.first_week.declared_kinds import DeclaredKind, declared_kinds
from gonogo.first_week.proposal import Proposal
from gonogo.model.people import Side
from gonogo.testing.programs import binding_of

PATH = "evidence/RAID 4 Dec.xlsx"
OLD = binding_of(
    "raid", id="raid-log", collector="workbook", prefix="raid", side=Side.CUSTOMER, paths=("evidence/RAID.xlsx",)
)


def a_kind() -> DeclaredKind:
    """Any kind of document that a collector declares."""
    return next(each for each in declared_kinds().kinds if isinstance(each, DeclaredKind))


def drafted(**more: Any) -> Proposal:
    """A draft of next week's document."""
    given: dict[str, Any] = {"prefix": "raid", "side": "customer"}
    return Proposal("raid-log-2", a_kind(), (PATH,), "raid:workbook", **(given | more))


def test_it_is_asked_which_counts_and_the_command_is_named() -> None:
    """Two registers of one kind answer for the same facts, and the older one may be the better news."""
    assert asked_beside([OLD], PATH, drafted()) == [
        "Which one counts? raid-log reads evidence/RAID.xlsx for the same facts. If this one replaces it: gonogo add "
        f"PROGRAM '{PATH}' --replaces raid-log; if both count, say authority."
    ]


@pytest.mark.parametrize(
    "other",
    [
        drafted(side="provider"),
        drafted(prefix="ims"),
        drafted(prefix=""),
        Proposal("table", a_kind(), (PATH,), "table", prefix="raid"),
        Proposal("raid", a_kind(), (PATH,), "raid:other", prefix="raid"),
    ],
)
def test_what_answers_for_other_facts_is_not_asked_about(other: Proposal) -> None:
    """The provider's register beside the customer's is a second answer that everybody expects."""
    assert asked_beside([OLD], PATH, other) == []


def test_a_document_that_compares_updates_is_not_asked_about() -> None:
    """It reads the older one beside the newer one on purpose."""
    assert asked_beside([OLD], PATH, drafted(of_updates=drafted())) == []


def test_the_first_binding_of_the_kind_is_named() -> None:
    """One question is enough."""
    second = OLD.model_copy(update={"id": "raid-two"})
    [asked] = asked_beside([OLD.model_copy(update={"prefix": "ims"}), second, OLD], PATH, drafted())
    assert asked.startswith("Which one counts? raid-two reads ")


def test_a_person_reads_both_ways_out() -> None:
    """It replaces the other one, or both count."""
    assert ways_beside(PATH, OLD) == (
        f"If this one replaces it: gonogo add PROGRAM '{PATH}' --replaces raid-log; if both count, write a binding for "
        "it, and say authority."
    )
