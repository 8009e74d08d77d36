"""What a reader sees of a comparison: both sides in one unit, and how far the value is from its threshold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gonogo.core.compile import compile_scope
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.judgement import Observation
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=NOW + timedelta(days=14))
FACTS: dict[str, tuple[FactType, str, Any]] = {
    "a.count": (FactType.INTEGER, "items", 3),
    "a.whole": (FactType.INTEGER, "items", 4),
    "a.none": (FactType.INTEGER, "items", 0),
    "a.share": (FactType.RATIO, "", "0.9"),
    "a.half": (FactType.RATIO, "", "0.45"),
    "a.days": (FactType.DECIMAL, "", "2"),
    "a.when": (FactType.INSTANT, "", NOW - timedelta(days=3)),
    "a.text": (FactType.TEXT, "", "signed"),
    "a.done": (FactType.BOOLEAN, "", True),
}


def seen(requirement: str) -> Observation:
    rule = Criterion(
        id="system.case", title="t", statement="s", why="w", severity=Severity.MANDATORY, max_age_s=86400 * 9,
        require=parse_requirement(requirement), owner="customer.pmo_lead", attest=(), remedy="r", source=("S1",),
    )  # fmt: skip
    ruleset = Ruleset(
        name="r", version="1.0.0", title="t", policy=DecisionPolicy(milestones=("T-30", "T-0")), criteria=(rule,),
        sources={"S1": "x"}, material_sha256="0" * 64,
    )  # fmt: skip
    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW)
    evidence = tuple(
        Evidence(
            fact=name, type=kind, unit=unit, value=value, as_of=NOW, basis=Basis.MEASURED,
            source=Source(binding="b", locator="x.csv"),
        )
        for name, (kind, unit, value) in FACTS.items()
    )  # fmt: skip
    gap = Gap(fact="a.gone", reason=GapReason.MISSING, detail="No file.")
    [found] = observe(compile_scope(scope), scope, EvidenceSet(evidence=evidence, gaps=(gap,)), Vocabulary(facts=()))
    return found


@pytest.mark.parametrize(
    ("requirement", "left", "right", "margin"),
    [
        ("a.count >= 5", "3 items", "5 items", "-2 items"),
        ("a.count > 2", "3 items", "2 items", "1 item"),
        ("a.count <= 5", "3 items", "5 items", "2 items"),
        ("a.count < 2", "3 items", "2 items", "-1 item"),
        ("a.count == 5", "3 items", "5 items", "2 items"),
        ("a.count != 5", "3 items", "5 items", "2 items"),
        ("not (a.count >= 5)", "3 items", "5 items", "2 items"),
        ("5 <= a.count", "5 items", "3 items", "-2 items"),
        ("a.count + a.whole <= 9", "7 items", "9 items", "2 items"),
        ("a.count - a.whole <= 9", "-1 item", "9 items", "10 items"),
        ("a.count * 2 <= 9", "6 items", "9 items", "3 items"),
        ("-a.count <= 9", "-3 items", "9 items", "12 items"),
        ("a.count / a.whole >= 0.5", "0.75", "0.5", "0.25"),
        ("a.share >= 95%", "90%", "95%", "-5 points"),
        ("a.share - 5% >= 95%", "85%", "95%", "-10 points"),
        ("a.half / a.share >= 95%", "50%", "95%", "-45 points"),
        ("now - a.when <= 7d", "3 days", "7 days", "4 days"),
        ("a.text == 'signed'", '"signed"', '"signed"', ""),
        ("a.done == true", "true", "true", ""),
        ("a.done == false", "true", "false", ""),
    ],
)
def test_both_sides_stand_in_one_unit_with_the_way_to_go(requirement: str, left: str, right: str, margin: str):
    """A shortfall with the wrong sign, or 0.9 against 95%, is a sentence that is untrue."""
    found = seen(requirement)

    assert (found.left, found.right, found.margin) == (left, right, margin)


def test_a_moment_is_told_as_a_moment_and_its_distance_as_days():
    found = seen("a.when + 1d <= now")

    assert found.left.startswith("2027-04-17")
    assert found.margin == "2 days"


@pytest.mark.parametrize(
    ("requirement", "fact"),
    [
        ("a.count / a.none > 1", "a.none"),
        ("a.count / (0 * 1) > 1", "a.count"),
        ("1 / (a.none * a.count) > 1", "a.none"),
        ("1 / (-a.none) > 1", "a.none"),
        ("1 / (0 * 1) > a.count", "system.case"),
    ],
)
def test_a_division_by_zero_names_the_fact_that_made_it(requirement: str, fact: str):
    """Somebody has to correct it; a criterion's id names nobody's file."""
    found = seen(requirement)

    assert not found.usable
    assert [(gap.fact, gap.reason) for gap in found.gaps] == [(fact, GapReason.OUT_OF_RANGE)]


@pytest.mark.parametrize("requirement", ["a.gone > 1", "-a.gone > 1", "a.gone + 1 > 1", "1 - a.gone > 1", "1 < a.gone"])
def test_what_is_reckoned_from_a_gap_is_the_gap(requirement: str):
    found = seen(requirement)

    assert not found.usable
    assert [gap.fact for gap in found.gaps] == ["a.gone"]


def test_beside_a_gap_the_other_side_is_shown():
    """The missing value will be compared with the threshold."""
    assert (seen("a.gone >= 5").left, seen("a.gone >= 5").right) == ("", "5")
    assert seen("5 <= a.gone").left == "5"
