"""Fields of the policy and of facts are compared by one declaration: none can be forgotten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gonogo.model.change import Effect
from gonogo.model.fact import Bound, FactDeclaration, FactType
from gonogo.model.ruleset import (
    ApprovalRule,
    DecisionPolicy,
    GateMode,
    IsolationLevel,
    LockPolicy,
    MinIsolation,
    Severity,
    VotesWord,
)
from gonogo.model.trend import Trend, TrendMeasure
from gonogo.ruleset.policy_fields import AS_CRITERIA, policy_changes
from gonogo.ruleset.rule_changes import FACT_FIELDS, fact_changes

POLICY = DecisionPolicy(milestones=("T-30", "T-0"))
OTHER: dict[str, Any] = {
    "milestones": ("T-60", "T-0"),
    "rule": ApprovalRule.M3,
    "cap_domain": 1,
    "cap_total": 1,
    "min_isolation": (MinIsolation(severity=Severity.MANDATORY, level=IsolationLevel.L2),),
    "max_waiver_days": 3,
    "mode": GateMode.SHADOW,
    "gate": "the end of the engagement phase",
    "hold_points": ("ponr",),
    "lock": LockPolicy(freeze="T-14"),
}
COUNT = FactDeclaration(name="a.b", type=FactType.INTEGER, unit="items", meaning="m", question="q")
SHARE = FactDeclaration(name="a.b", type=FactType.RATIO, meaning="m", question="q")
TEXT = FactDeclaration(name="a.b", type=FactType.TEXT, meaning="m", question="q")


@pytest.mark.parametrize("name", OTHER)
def test_a_change_of_any_field_of_the_policy_is_seen(name):
    """A field that nobody compares is where a gate is loosened in silence."""
    (change,) = policy_changes(POLICY, POLICY.model_copy(update={name: OTHER[name]}))

    assert change[1] != change[2]


def test_only_votes_of_one_kind_and_holds_are_left_out_above():
    """``votes`` has one value so far, and absent means the same; holds are compared as criteria are."""
    assert {*DecisionPolicy.model_fields} - OTHER.keys() == {"votes", *AS_CRITERIA}
    assert list(policy_changes(POLICY, POLICY.model_copy(update={"votes": VotesWord.NONE}))) == []


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ({"freeze": "T-30"}, {"freeze": "T-29"}, Effect.LOOSENS),
        ({"freeze": "T-30"}, {"freeze": "T-31"}, Effect.TIGHTENS),
        (
            {"approve": ("customer.a", "provider.a")},
            {"approve": ("customer.a", "provider.a", "customer.b")},
            Effect.TIGHTENS,
        ),
        ({"approve": ("customer.a", "provider.a")}, {"approve": ("customer.a", "provider.b")}, Effect.MAY_LOOSEN),
        ({"review": ("independent.a",)}, {"review": ("independent.b",)}, Effect.MAY_LOOSEN),
    ],
)
def test_what_a_policy_asks_of_a_lock_goes_one_way_or_the_other(old, new, effect):
    """A shorter freeze, or other people, is a change of the lock that somebody has to approve."""
    policies = [POLICY.model_copy(update={"lock": LockPolicy(**each)}) for each in (old, new)]

    assert [each[3] for each in policy_changes(*policies)] == [effect]


def test_a_freeze_that_is_said_as_the_default_is_no_change():
    """30 days are meant where nothing is said."""
    said = POLICY.model_copy(update={"lock": LockPolicy(freeze="T-30")})

    assert list(policy_changes(POLICY, said)) == []


def test_equal_policies_differ_in_nothing():
    """To report a change that is none would be a false alarm."""
    assert list(policy_changes(POLICY, POLICY)) == []


@pytest.mark.parametrize(
    ("fact", "field", "value", "was", "now"),
    [
        (COUNT, "unit", "people", "items", "people"),
        (COUNT, "min", Decimal("1.50"), "none", "1.5"),
        (COUNT, "max", Decimal(9), "none", "9"),
        (COUNT, "tolerance", Decimal(1), "0", "1"),
        (COUNT, "meaning", "other", "m", "other"),
        (COUNT, "question", "other", "q", "other"),
        (COUNT, "bound", Bound.BUILD, "none", "build"),
        (COUNT, "type", FactType.DECIMAL, "integer", "decimal"),
        (TEXT, "allowed", ("yes", "no"), "none", "yes, no"),
        (SHARE, "sample", True, "none", "True"),
        (SHARE, "trend", Trend(of="a.c", measure=TrendMeasure.SHRINK, over_s=86400), "none", "shrink of a.c over 1d"),
        (SHARE, "trend", Trend(of="a.c", measure=TrendMeasure.LOWEST, over_s=3600), "none", "lowest of a.c over 1h"),
    ],
)
def test_a_change_of_any_field_of_a_fact_is_seen(fact, field, value, was, now):
    """A wider range or a tolerance lets evidence in that was refused before."""
    assert list(fact_changes(fact, fact.model_copy(update={field: value}))) == [(field, was, now)]


def test_the_fields_of_a_fact_are_all_but_its_name():
    """Or the cases above would miss one that is added later."""
    assert {"name", *FACT_FIELDS} == set(FactDeclaration.model_fields)
    assert len(FACT_FIELDS) == 11
