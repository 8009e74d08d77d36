"""Figures before a run, in the words of its report: who compares the two must see one figure and not two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gonogo.core.wording import shown
from gonogo.first_week.adding.told_figures import UNSAID_YEAR, ToldFigures
from gonogo.model.evidence import Basis, Evidence, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary, read_value
from gonogo.model.reply import Item, Reply

EVENING = datetime(2027, 4, 28, 2, 30, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


def declared(kind: str, unit: str = "") -> Vocabulary:
    one = FactDeclaration(name="plan.figure", type=FactType(kind), unit=unit, meaning="A figure.", question="Which?")
    return Vocabulary(facts=(one,))


def answered(value: Any = None, **more: Any) -> Item:
    return Item(fact="plan.figure", value=value, **{"as_of": EVENING, **more})


@pytest.mark.parametrize(
    ("kind", "unit", "raw", "words"),
    [
        ("ratio", "", "0.1", "10%"),
        ("ratio", "", "0.9999", "99.99%"),
        ("ratio", "", "1", "100%"),
        ("decimal", "hours", "12.50", "12.5 hours"),
        ("money", "USD", "1284611.37", "1,284,611.37 USD"),
        ("integer", "defects", 1284, "1,284"),
        ("boolean", "", True, "yes"),
        ("boolean", "", False, "no"),
        ("text", "", "awarded", "awarded"),
        ("instant", "", "2027-04-28T02:30:00.000000Z", "2027-04-27 22:30"),
    ],
)
def test_a_figure_is_written_by_its_type(kind: str, unit: str, raw: Any, words: str) -> None:
    """`0.1` on the first sheet and `10%` in the report are one figure, and look like two."""
    figures = ToldFigures(declared(kind, unit), NEW_YORK)

    assert figures.alone(answered(raw)) == words
    assert figures.dated(answered(raw)) == f"{words}, held 2027-04-27"


@pytest.mark.parametrize(("kind", "unit", "raw"), [("ratio", "", "0.0049"), ("money", "USD", "0.004")])
def test_it_is_the_figure_of_the_report(kind: str, unit: str, raw: str) -> None:
    """Rounding, separators and units are decided in one place."""
    value = read_value(FactType(kind), raw)
    assert isinstance(value, Decimal)
    source = Source(binding="plan", locator="plan.csv")
    evidence = Evidence(
        fact="plan.figure",
        type=FactType(kind),
        unit=unit,
        value=value,
        as_of=EVENING,
        basis=Basis.MEASURED,
        source=source,
    )

    assert ToldFigures(declared(kind, unit), UTC).alone(answered(raw)) == shown(evidence)
    assert ToldFigures(declared(kind, unit), UTC).alone(evidence) == shown(evidence)


def test_counts_are_told_by_part_and_whole() -> None:
    """Eighteen of twenty says more than 90%."""
    assert ToldFigures(declared("ratio"), UTC).alone(answered(part=18, whole=1200)) == "18 of 1,200"


def test_what_the_rules_do_not_know_or_refuse_is_told_as_it_came() -> None:
    """A fact of a plugin that no rule declares is still what somebody looks at, and a wrong type is not made right."""
    elsewhere = ToldFigures(Vocabulary(facts=()), UTC)

    assert elsewhere.alone(answered("0.1")) == "0.1"
    assert ToldFigures(declared("integer", "defects"), UTC).alone(answered("many")) == "many"


@pytest.mark.parametrize(
    ("year", "held"), [(UNSAID_YEAR, ", and nobody says when it held"), (UNSAID_YEAR + 1, ", held 2001-06-01")]
)
def test_a_day_that_nobody_said_is_told_as_such(year: int, held: str) -> None:
    """The day that a draft writes into a file is no day of anybody's."""
    told = ToldFigures(declared("integer", "defects"), UTC).dated(answered(3, as_of=datetime(year, 6, 1, tzinfo=UTC)))

    assert told == f"3{held}"


def test_lines_stop_after_a_screen() -> None:
    """Twelve lines, and how many more there are."""
    items = tuple(
        Item(fact=f"plan.figure{number}", value=number, as_of=EVENING + timedelta(days=number)) for number in range(13)
    )
    reply = Reply(binding="plan", collector="a:b", level="L0", declared=(), items=items[:12])
    figures = ToldFigures(Vocabulary(facts=()), UTC)

    assert len(figures.lines(reply)) == 12
    assert figures.lines(reply.model_copy(update={"items": items}))[-1] == "  and 1 more line"
    assert figures.lines(reply.model_copy(update={"items": ()})) == ["  nothing: it answers for no fact yet"]
