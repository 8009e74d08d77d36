"""Counts of what is wanted: which facts they are, and that nothing they name is told as an open item."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.core.admit import Admission, admit
from gonogo.core.wanted import wanted_facts
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import Item, Reply
from gonogo.model.ruleset import Criterion, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)


def criterion(require: str, exempt: str = "") -> Criterion:
    return Criterion(
        id="system.case", title="t", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement(require), not_applicable_when=parse_requirement(exempt) if exempt else None,
        max_age_s=86400, owner="customer.pmo_lead", attest=("customer.pmo_lead",), remedy="r", source=("x",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("require", "wanted"),
    [
        ("a.x >= 3", True),
        ("a.x > 3", True),
        ("a.x <= 3", False),
        ("a.x < 3", False),
        ("a.x == 3", False),
        ("3 <= a.x", True),
        ("3 < a.x", True),
        ("3 >= a.x", False),
        ("3 > a.x", False),
        ("a.x >= floor", True),
        ("a.x >= a.y", True),
        ("a.x + a.y >= 3", False),
        ("a.x in [3, 4]", False),
        ("a.x >= 3 and a.y <= 1", True),
        ("a.y <= 1 or a.x >= 3", True),
        ("not (a.x < 3)", True),
        ("not (a.x >= 3)", False),
        ("a.x >= 3 and a.x <= 5", False),
    ],
)
def test_a_fact_is_wanted_where_every_comparison_of_it_asks_for_more(require: str, wanted: bool) -> None:
    """Of four mock conversions that were reconciled none is a finding; of four open defects each is."""
    assert ("a.x" in wanted_facts([criterion(require)])) is wanted


@pytest.mark.parametrize(("exempt", "wanted"), [("a.x < 1", True), ("a.x >= 1", False)])
def test_what_exempts_a_criterion_is_read_the_other_way_round(exempt: str, wanted: bool) -> None:
    """A criterion that asks nothing where there are fewer asks for more of them."""
    assert ("a.x" in wanted_facts([criterion("a.x >= 3", exempt)])) is wanted


def test_the_other_side_of_a_floor_is_not_wanted() -> None:
    """In a.x >= a.y a larger a.y makes it harder."""
    assert wanted_facts([criterion("a.x >= a.y")]) == {"a.x"}


def test_one_criterion_that_asks_for_less_is_enough() -> None:
    """Then its rows do count against something, and a list that is not told would be an open item unseen."""
    assert wanted_facts([criterion("a.x >= 3"), criterion("a.x <= 9")]) == frozenset()


def named(kind: FactType, wanted: frozenset[str]) -> Evidence:
    vocabulary = Vocabulary(
        facts=(FactDeclaration(name="a.x", type=kind, unit="cycles", meaning="m", question="q"),),
    )
    item = Item(
        fact="a.x", value=2 if kind is FactType.INTEGER else "2", as_of=NOW - timedelta(days=1),
        open_items=("MC1", "MC2"), open_left_out=7,
    )  # fmt: skip
    reply = Reply(binding="b", collector="table", level="L1", declared=("a.x",), items=(item,))
    admission = Admission(
        vocabulary=vocabulary,
        identity=ProgramIdentity(id="harborline", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
        release=Release(id="R1", go_live=NOW),
        now=NOW,
        people=PeopleRegister(),
        authority={},
        wanted=wanted,
    )
    found = admit([reply], ["a.x"], admission)["a.x"]
    assert isinstance(found, Evidence), found
    return found


@pytest.mark.parametrize(
    ("kind", "wanted", "items", "count"),
    [
        (FactType.INTEGER, frozenset({"a.x"}), None, None),
        (FactType.INTEGER, frozenset({"a.y"}), ("MC1", "MC2"), 9),
        (FactType.DECIMAL, frozenset({"a.x"}), ("MC1", "MC2"), 9),
    ],
)
def test_rows_that_a_wanted_count_names_count_against_nothing(
    kind: FactType, wanted: frozenset[str], items: tuple[str, ...] | None, count: int | None
) -> None:
    """Somebody would be asked to close the four cycles that are done; an index names what drags it down."""
    entry = named(kind, wanted)

    assert (entry.open_items, entry.open_count) == (items, count)
