"""Which way one field goes: each comparison with its equal, and each absent value on either side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Number, Span
from gonogo.model.change import Effect
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion, Parameter, Rung, Severity
from gonogo.ruleset import effects

LOOSER, UNSURE, TIGHTER, NEITHER = Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER
LEAD, OWNER, TEAM = "customer.functional_lead", "customer.business_owner", "customer.pmo_team"


def number(value: int) -> Number:
    return Number(Fraction(value), False, Span(0, 1))


def ladder(floor: bool | None = None, **rungs: int) -> Parameter:
    steps = tuple(Rung(milestone=name.replace("_", "-"), value=number(value)) for name, value in rungs.items())
    return Parameter(name="p", ladder=steps, floor=floor)


def asking(require: str, *parameters: Parameter, exempt: str | None = None) -> Criterion:
    return Criterion(
        id="system.a.b", title="T", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement(require), parameters=parameters, max_age_s=86400, owner=LEAD, attest=(LEAD,),
        not_applicable_when=parse_requirement(exempt) if exempt else None, remedy="r", source=("x",),
    )  # fmt: skip


def requirement(text: str | None) -> Any:
    return parse_requirement(text) if text else None


@pytest.mark.parametrize(
    ("way", "old", "new", "effect"),
    [
        (effects.later_milestone, None, "T-60", LOOSER),
        (effects.later_milestone, "T-60", None, TIGHTER),
        (effects.enforced_later, None, "T-30", LOOSER),
        (effects.enforced_later, "T-30", None, TIGHTER),
        (effects.enforced_later, "T-30", "2027-05-03", UNSURE),
        (effects.enforced_later, "2027-05-03", "T-30", UNSURE),
        (effects.enforced_later, "T-30", "T-14", LOOSER),
        (effects.enforced_later, "T-14", "T-30", TIGHTER),
        (effects.enforced_later, "2027-05-03", "2027-05-04", LOOSER),
        (effects.enforced_later, "2027-05-03", "2027-05-02", TIGHTER),
        (effects.in_shadow, None, "shadow", LOOSER),
        (effects.in_shadow, "shadow", None, TIGHTER),
        (effects.shorter_span, None, 60, TIGHTER),
        (effects.shorter_span, 60, None, LOOSER),
        (effects.shorter_span, 60, 59, LOOSER),
        (effects.shorter_span, 60, 61, TIGHTER),
        (effects.longer_open, None, 60, TIGHTER),
        (effects.longer_open, 60, None, LOOSER),
        (effects.longer_open, 60, 61, LOOSER),
        (effects.longer_open, 60, 59, TIGHTER),
        (effects.more_seats, (LEAD, OWNER), (OWNER,), TIGHTER),
        (effects.more_seats, (LEAD, OWNER), (OWNER, LEAD), NEITHER),
        (effects.more_seats, (LEAD,), (OWNER,), LOOSER),
        (effects.fewer_signatures, (), (LEAD,), LOOSER),
        (effects.fewer_signatures, (LEAD,), (), TIGHTER),
        (effects.fewer_signatures, (LEAD, OWNER), (LEAD,), LOOSER),
        (effects.fewer_signatures, (LEAD,), (LEAD, OWNER), TIGHTER),
        (effects.fewer_signatures, (LEAD, OWNER), (LEAD, TEAM), UNSURE),
        (effects.fewer_signatures, (LEAD, OWNER), (OWNER, LEAD), NEITHER),
        (effects.one_side, None, Sides.ONE, LOOSER),
        (effects.one_side, Sides.ONE, None, TIGHTER),
        (effects.floor_taken, True, None, LOOSER),
        (effects.floor_taken, None, True, TIGHTER),
    ],
)
def test_a_field_that_is_easier_to_meet_loosens(way: Any, old: Any, new: Any, effect: Effect):
    """*Stricter* is what nobody asks about."""
    assert way(old, new) is effect


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("a.x and a.y", "a.x", LOOSER),
        ("a.x and a.y", "a.y and a.x", NEITHER),
        ("a.x", "a.x and a.y", TIGHTER),
        ("a.x", "a.x or a.y", LOOSER),
        ("a.x or a.y", "a.x", TIGHTER),
        ("a.x or a.y", "a.x or a.z", UNSURE),
        ("a.x and a.y", "a.x and a.z", UNSURE),
        ("a.x", "a.y", UNSURE),
    ],
)
def test_a_clause_that_is_taken_away_loosens_and_an_alternative_too(old: str, new: str, effect: Effect):
    """What is neither more nor less of the same, nobody can tell."""
    assert effects.fewer_clauses(requirement(old), requirement(new)) is effect


@pytest.mark.parametrize(
    ("old", "new", "effect"), [(None, "a.x", LOOSER), ("a.x", None, TIGHTER), ("a.x", "a.y", UNSURE)]
)
def test_an_exemption_loosens(old: str | None, new: str | None, effect: Effect):
    """Another one may exempt more."""
    assert effects.exempts_more(requirement(old), requirement(new)) is effect


LADDER = {"T_30": 5, "T_0": 9}
PLAIN = asking("a.x >= p", ladder(**LADDER))


@pytest.mark.parametrize(
    ("new", "effect"),
    [
        (asking("a.x >= p", ladder(T_30=4, T_0=10)), LOOSER),
        (asking("a.x >= p", ladder(T_30=6, T_0=8)), LOOSER),
        (asking("a.x >= p", ladder(T_30=5, T_0=10)), TIGHTER),
        (asking("a.x >= p", ladder(T_30=9)), TIGHTER),
        (asking("a.x >= p", ladder(T_30=5)), LOOSER),
        (asking("a.x >= p", ladder(T_30=5, T_14=5, T_0=9)), NEITHER),
        (asking("a.x >= p and a.y", ladder(T_30=6, T_0=9)), TIGHTER),
        (asking("a.x >= p or a.y", ladder(T_30=6, T_0=9)), UNSURE),
        (asking("a.x >= p", ladder(T_30=6, T_0=9), exempt="a.y"), UNSURE),
        (asking("a.x >= p", ladder(T_30=6, T_0=9), exempt="a.z <= p"), UNSURE),
    ],
)
def test_a_ladder_goes_the_worst_way_of_all_its_milestones(new: Criterion, effect: Effect):
    """Stricter at T-30 is no excuse for looser at T-0; beside another requirement nobody can tell."""
    ((part, _, _, found),) = effects.parameter_changes(PLAIN, new)

    assert (part, found) == ("parameter p", effect)


def test_a_floor_that_is_gone_loosens_whatever_else_is_stricter():
    """The next overlay finds nothing to stop it."""
    old, new = asking("a.x >= p", ladder(floor=True, **LADDER)), asking("a.x >= p", ladder(T_30=6, T_0=10))

    assert [effect for *_, effect in effects.parameter_changes(old, new)] == [LOOSER]


@pytest.mark.parametrize(("require", "effect"), [("a.x >= p and a.y >= q", TIGHTER), ("a.x >= p or a.y >= q", UNSURE)])
def test_a_new_parameter_tightens_only_with_a_clause_that_is_added(require: str, effect: Effect):
    """One of another requirement may ask for less."""
    q = Parameter(name="q", constant=number(1))
    found = {
        part: effect for part, _, _, effect in effects.parameter_changes(PLAIN, asking(require, *PLAIN.parameters, q))
    }

    assert found["parameter q"] is effect
