"""Facts about waivers come from the waivers of the run: counted, never stated, each comparison below, at and above."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gonogo.core.paper_facts import WaiversOfRun, waiver_values, with_waiver_facts
from gonogo.model.computed_facts import (
    WAIVER_FACTS,
    WAIVERS_ACTIVE,
    WAIVERS_INCOMPLETE,
    WAIVERS_LATEST,
    WAIVERS_SELF_APPROVED,
)
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import Approval, Waiver

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
TODAY = date(2027, 4, 19)
GO_LIVE = date(2027, 5, 3)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="r1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))
SPONSOR = "customer.executive_sponsor"
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=SPONSOR, person="osei", name="Marguerite Osei"),
        Tenure(role="customer.pmo_lead", person="m.osei", name="Marguerite Osei"),
    )
)


def waiver(**more: Any) -> Waiver:
    """A complete waiver that somebody asks for and another person approves."""
    given: dict[str, Any] = {
        "id": "W-1",
        "criterion": "system.test.sit_exit",
        "reason": "The partner is late.",
        "residual_risk": "Payments by card wait a week.",
        "compensating_control": "The statement is keyed by hand.",
        "owner": "customer.technical_lead",
        "requested_by": "brandvold",
        "approved_by": (Approval(person="osei", role=SPONSOR, on=TODAY),),
        "expires_on": GO_LIVE + timedelta(days=30),
    }
    return Waiver(**(given | more))


def values(*waivers: Waiver, now: datetime = NOW) -> dict[str, int]:
    return dict(waiver_values(WaiversOfRun(waivers, IDENTITY, RELEASE, PEOPLE, now)))


def test_a_run_without_waivers_has_none_and_no_end():
    """A clean program is not troubled."""
    assert values() == {WAIVERS_ACTIVE: 0, WAIVERS_INCOMPLETE: 0, WAIVERS_SELF_APPROVED: 0, WAIVERS_LATEST: 0}


def test_a_complete_waiver_is_active_until_its_last_day_is_over():
    """The last day counts in the program's time zone."""
    last = waiver(expires_on=TODAY)

    assert values(last)[WAIVERS_ACTIVE] == 1
    assert values(last, now=datetime(2027, 4, 20, 3, 59, tzinfo=UTC))[WAIVERS_ACTIVE] == 1
    assert values(last, now=datetime(2027, 4, 20, 4, 0, tzinfo=UTC))[WAIVERS_ACTIVE] == 0


@pytest.mark.parametrize("part", ["reason", "residual_risk", "compensating_control", "owner"])
def test_a_waiver_without_a_part_is_incomplete(part: str):
    """Each part is what somebody answers for later."""
    assert values(waiver(**{part: ""}))[WAIVERS_INCOMPLETE] == 1


@pytest.mark.parametrize("more", [{"expires_on": None}, {"approved_by": ()}, {"unreadable": "the cell F3"}])
def test_so_is_one_without_end_or_approval_or_with_a_cell_that_cannot_be_read(more: dict[str, Any]):
    """Nobody knows what was agreed."""
    assert values(waiver(**more))[WAIVERS_INCOMPLETE] == 1


def test_who_asks_and_approves_under_another_id_is_one_person():
    """Two ids with one name are one person here as everywhere."""
    assert values(waiver(requested_by="osei"))[WAIVERS_SELF_APPROVED] == 1
    assert values(waiver(requested_by="m.osei"))[WAIVERS_SELF_APPROVED] == 1
    assert values(waiver())[WAIVERS_SELF_APPROVED] == 0


def test_the_latest_end_is_that_of_the_active_ones():
    """Days from go-live; an expired waiver ends nothing any more."""
    soon, late = waiver(), waiver(id="W-2", expires_on=GO_LIVE + timedelta(days=91))
    gone = waiver(id="W-3", expires_on=TODAY - timedelta(days=1))

    assert values(soon, late, gone)[WAIVERS_LATEST] == 91
    assert values(gone)[WAIVERS_LATEST] == 0


def test_waivers_of_another_release_are_not_counted():
    """The pilot's waivers say nothing about this release; those for any release do."""
    assert values(waiver(release="pilot"), waiver(release="r1", id="W-2"), waiver(id="W-3"))[WAIVERS_ACTIVE] == 2


def declared(kind: FactType = FactType.INTEGER) -> Vocabulary:
    unit = "waivers" if kind is FactType.INTEGER else ""
    return Vocabulary(
        facts=tuple(
            FactDeclaration(name=name, type=kind, unit=unit, meaning="A count.", question="Nobody is asked.")
            for name in sorted(WAIVER_FACTS)
        )
    )


def answered(found: EvidenceSet, vocabulary: Vocabulary) -> EvidenceSet:
    return with_waiver_facts(found, WaiversOfRun((waiver(),), IDENTITY, RELEASE, PEOPLE, NOW), vocabulary)


def test_what_anybody_else_says_is_replaced():
    """A statement that there is no waiver does not make one go away."""
    stated = Evidence(
        fact=WAIVERS_ACTIVE,
        type=FactType.INTEGER,
        unit="waivers",
        value=0,
        as_of=NOW,
        basis=Basis.STATED,
        source=Source(binding="statements", locator="s.yaml"),
    )
    asked = EvidenceSet(
        evidence=(stated,), gaps=(Gap(fact=WAIVERS_LATEST, reason=GapReason.UNASKED, detail="Nobody."),)
    )
    found = answered(asked, declared())

    assert isinstance(found[WAIVERS_ACTIVE], Evidence)
    assert (found[WAIVERS_ACTIVE].value, found[WAIVERS_ACTIVE].source.binding) == (1, "gonogo")
    assert found[WAIVERS_ACTIVE].source.locator == "the waivers of this run: W-1"
    assert isinstance(found[WAIVERS_LATEST], Evidence)
    assert isinstance(found[WAIVERS_INCOMPLETE], Gap)  # no criterion asks for it


def test_a_vocabulary_that_declares_another_type_gets_a_gap():
    """A count is no share."""
    asked = EvidenceSet(gaps=(Gap(fact=WAIVERS_ACTIVE, reason=GapReason.UNASKED, detail="Nobody."),))
    found = answered(asked, declared(FactType.RATIO))[WAIVERS_ACTIVE]

    assert isinstance(found, Gap)
    assert found.reason is GapReason.WRONG_TYPE


def test_gonogo_computes_all_of_them():
    """So no binding answers for one, and nobody is asked."""
    assert all(declared().computed(name) for name in WAIVER_FACTS)
