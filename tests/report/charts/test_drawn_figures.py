"""Where each line, bar and mark stands, and which figures are drawn: to scale, the nearest to its limit first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from gonogo.model.evidence import Basis
from gonogo.model.finding import ComparisonReading, FactReading, Outcome
from gonogo.report.charts.drawn import MOST_BARS, charts_section
from gonogo.report.charts.svg import Bar, Series, TimeMark, bars, over_time
from gonogo.report.earlier_runs import EarlierRun
from gonogo.report.page import Figure
from gonogo.report.view import RunView

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def view(no_go: Any, seal_log: Any) -> RunView:
    return RunView.of(seal_log(no_go.events()))


def figures(view: RunView) -> dict[str, Figure]:
    return {
        each.table.caption: each for part in charts_section(view) for each in part.blocks if isinstance(each, Figure)
    }


def labels(svg: str) -> list[tuple[str | None, float, float]]:
    return [
        (each.text, float(each.get("x", "")), float(each.get("y", "")))
        for each in ElementTree.fromstring(svg).iter("text")
    ]


def lines(svg: str) -> list[str | None]:
    return [each.get("d") for each in ElementTree.fromstring(svg).iter("path")]


def test_a_line_goes_from_its_first_moment_and_value_to_its_last_to_scale() -> None:
    """A line that is out of scale shows another pace."""
    points = ((NOON, 0.0), (NOON + DAY, 25.0), (NOON + 4 * DAY, 100.0))
    svg = over_time("k", "T", "D", [Series("S", points)], top=100, unit="%", marks=[TimeMark(NOON + 2 * DAY, "m")])

    assert lines(svg) == [
        "M44 16V186H490",
        "M267.0 16V186",
        "M44.0 186.0 L155.5 143.5 L490.0 16.0",
    ]
    assert labels(svg) == [
        ("0%", 38.0, 190.0),
        ("100%", 38.0, 20.0),
        ("2027-04-19", 44.0, 202.0),
        ("2027-04-23", 490.0, 202.0),
        ("m", 267.0, 12.0),
        ("S: 100%", 498.0, 20.0),
    ]


def test_what_never_was_above_nothing_and_what_took_no_time_is_drawn_at_its_place() -> None:
    """No reasons at all, in two runs of one moment: a flat line at the foot, and no division by zero."""
    svg = over_time("k", "T", "D", [Series("S", ((NOON, 0.0), (NOON, 0.0))), Series("E", ())], top=0)

    assert lines(svg)[1] == "M44.0 186.0 L44.0 186.0"
    assert [text for text, _, _ in labels(svg)] == ["0", "1", "2027-04-19", "2027-04-19", "S: 0"]


def test_lines_differ_by_their_dashes_in_turn() -> None:
    """On gray paper color says nothing; the fifth line begins again."""
    points = ((NOON, 1.0), (NOON + DAY, 2.0))
    svg = over_time("k", "T", "D", [Series(f"S{n}", points) for n in range(5)], top=2)

    drawn = [each for each in ElementTree.fromstring(svg).iter("path") if each.get("stroke-width") == "2"]
    assert [each.get("stroke-dasharray") for each in drawn] == [None, "6 3", "2 3", "10 3 2 3", None]


@pytest.mark.parametrize(
    ("value", "limit", "width", "mark"),
    [(1.0, 2.0, "150.0", "308.0"), (4.0, 1.0, "300.0", "83.0"), (0.0, 0.0, "0.0", "8.0"), (-1.0, 2.0, "0.0", "308.0")],
)
def test_a_bar_and_its_limit_are_on_one_scale(value: float, limit: float, width: str, mark: str) -> None:
    """Half of the limit is half as long."""
    svg = bars("k", "T", "D", [Bar("first", 1, 1, "w"), Bar("n", value, limit, "of it")])
    rects = [(each.get("width"), each.get("y")) for each in ElementTree.fromstring(svg).iter("rect")]

    assert rects == [("300.0", "18"), (width, "48")]
    assert lines(svg)[1] == f"M{mark} 46V58"
    assert labels(svg)[2:] == [("n", 8.0, 44.0), ("of it", 318.0, 56.0)]
    assert 'viewBox="0 0 640 84"' in svg


def aged(view: RunView, *facts: tuple[str, float, float]) -> Figure:
    """The chart of ages for facts of so many days with so many days at the most."""
    readings = tuple(
        FactReading(
            fact=name, shown="1", basis=Basis.MEASURED, as_of=NOON - age * DAY, age_days=int(age), source="s",
            stale_at=NOON - age * DAY + limit * DAY,
        )
        for name, age, limit in facts
    )  # fmt: skip
    first, *others = view.findings
    others = [each.model_copy(update={"facts": ()}) for each in others]
    findings = (first.model_copy(update={"facts": readings}), *others)
    view = replace(view, assessment=view.assessment.model_copy(update={"findings": findings}))
    return figures(view)["Age of usable evidence, the fewest days left first"]


def test_ages_are_whole_days_that_have_passed_the_fewest_left_first(view: RunView) -> None:
    """6.6 days are six, as in every sentence; a limit of a day and a half is not two days."""
    found = aged(view, ("a.a", 1.0, 10.0), ("b.b", 6.6, 7.0), ("c.c", 1.0, 1.5), ("a.a", 3.0, 10.0), ("a.a", 2.0, 10.0))

    assert found.table.rows == (
        ("b.b", "6.6", "7.0", "0.4"),
        ("c.c", "1.0", "1.5", "0.5"),
        ("a.a", "3.0", "10.0", "7.0"),
    )
    said = [text for text, _, _ in labels(found.svg)]
    assert said == ["b.b", "6 of 7 days", "c.c", "1 of 1.5 days", "a.a", "3 of 10 days"]
    assert "for the 3 facts with the fewest days left" in found.svg


@pytest.mark.parametrize("many", [MOST_BARS - 1, MOST_BARS, MOST_BARS + 1])
def test_no_more_bars_than_a_page_holds(view: RunView, many: int) -> None:
    """Twelve are a chart."""
    found = aged(view, *((f"a.f{number}", 1.0, 10.0) for number in range(many)))

    assert len(found.table.rows) == min(many, MOST_BARS)


def test_margins_come_by_their_distance_the_nearest_first(view: RunView) -> None:
    """What is nearest to its limit, met or not, is what somebody should look at."""
    sides = [("90%", "100%"), ("99%", "100%"), ("50%", "100%"), ("0 items", "0 items")]
    readings = tuple(
        ComparisonReading(text=f"c{n}", left=left, operator=">=", right=right, outcome=Outcome.MET, margin=f"m{n}")
        for n, (left, right) in enumerate(sides)
    )
    first, *others = view.findings
    others = [each.model_copy(update={"comparisons": ()}) for each in others]
    findings = (first.model_copy(update={"comparisons": readings}), *others)
    view = replace(view, assessment=view.assessment.model_copy(update={"findings": findings}))

    found = figures(view)["Values next to their limits, the nearest first"]

    assert found.table.rows == (
        ("c3", "0 items", ">= 0 items", "m3"),
        ("c1", "99%", ">= 100%", "m1"),
        ("c0", "90%", ">= 100%", "m0"),
        ("c2", "50%", ">= 100%", "m2"),
    )
    assert [text for text, _, _ in labels(found.svg)][:2] == ["c3", "0 items >= 0 items"]


def test_what_is_drawn_over_time_are_the_figures_of_each_run(view: RunView) -> None:
    """Days left, reasons and slip of each, oldest first, this run last; a slip before its day is drawn as none."""
    rules = view.started.ruleset_sha256
    runs = tuple(
        EarlierRun(f"r{days}", NOON - days * DAY, "NO-GO", {"program": (1, 3)}, reasons, "m3", rules, slip)
        for days, reasons, slip in ((14, 9, "6"), (7, 2, "-3"))
    )  # fmt: skip
    found = figures(replace(view, earlier=runs))

    assert [row[1:3] for row in found["Reasons against going live, and days left"].table.rows] == [
        ("9", "28"), ("2", "21"), ("4", "14"),
    ]  # fmt: skip
    assert "over 3 assessments, now 4." in found["Reasons against going live, and days left"].svg
    assert "M44.0 16.0" in found["Reasons against going live, and days left"].svg  # nine is the top
    assert ">go-live<" in found["Reasons against going live, and days left"].svg
    slip = found["Slip of go-live in the schedule"]
    assert [row[1] for row in slip.table.rows] == ["6", "-3"]
    assert lines(slip.svg)[1] == "M44.0 16.0 L490.0 186.0"


def test_readiness_is_the_share_of_what_was_due_and_a_domain_without_any_has_no_point(view: RunView) -> None:
    """One of three is a third of the way up; a domain of which nothing was recorded is not at nought."""
    rules = view.started.ruleset_sha256
    earlier = EarlierRun("r7", NOON - 7 * DAY, "NO-GO", {"program": (1, 3), "system": (0, 2)}, 1, "m3", rules)
    found = figures(replace(view, earlier=(earlier,)))["Readiness: criteria met of those due"]
    ends = {part.domain.value: 186 - 170 * part.met / part.due for part in view.decision.domains}

    drawn = {
        text.split(":")[0]: line for line, (text, _, _) in zip(lines(found.svg)[1:], labels(found.svg)[4:], strict=True)
    }
    assert drawn["Program"] == f"M44.0 129.4 L490.0 {ends['program']:.1f}"
    assert drawn["System"] == f"M44.0 186.0 L490.0 {ends['system']:.1f}"
    assert drawn["Workforce"] == f"M490.0 {ends['workforce']:.1f}"
    assert found.table.rows[0][1:5] == ("1 of 3", "0 of 2", "nothing due", "nothing due")
    assert found.table.rows[0][-2:] == ("NO-GO", "m3")


@pytest.mark.parametrize(
    ("dated", "limited", "drawn"), [(True, 7, True), (True, 0, False), (True, None, False), (False, 7, False)]
)
def test_evidence_without_a_date_or_a_limit_has_no_bar(
    view: RunView, dated: bool, limited: int | None, drawn: bool
) -> None:
    """Nobody knows how old it is, or how old it may be: a bar would say one or the other."""
    reading = FactReading(
        fact="a.a", shown="1", source="s", as_of=NOON - DAY if dated else None,
        stale_at=None if limited is None else NOON - DAY + limited * DAY,
    )  # fmt: skip
    first, *others = (each.model_copy(update={"facts": ()}) for each in view.findings)
    findings = (first.model_copy(update={"facts": (reading,)}), *others)
    view = replace(view, assessment=view.assessment.model_copy(update={"findings": findings}))

    assert any("Age of usable evidence" in caption for caption in figures(view)) is drawn
