"""Charts: what they draw is in their tables, they need no color, and nothing in evidence gets into the markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from gonogo.model.finding import ComparisonReading, Outcome
from gonogo.report.charts.drawn import MOST_BARS, _pair, charts_section
from gonogo.report.charts.svg import Bar, Series, TimeMark, bars, over_time
from gonogo.report.earlier_runs import EarlierRun
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def earlier(view, days, *, rules="", slip=None, floats=None, domains=None):
    at = view.started.now - timedelta(days=days)
    found = {"program": (1, 4), "system": (0, 0)} if domains is None else domains
    return EarlierRun(f"r{days}", at, "NO-GO", found, 9, "m3", rules or view.started.ruleset_sha256, slip, floats)


@pytest.fixture
def view(no_go, seal_log):
    return RunView.of(seal_log(no_go.events()))


def figures(view):
    return {figure.table.caption: figure for part in charts_section(view) for figure in part.blocks}


@pytest.mark.parametrize(("before", "drawn"), [(0, False), (1, True)])
def test_one_assessment_is_no_line(view, before, drawn):
    """A single point says nothing about where it goes."""
    runs = tuple(earlier(view, 7 * (number + 1)) for number in range(before))

    assert ("Readiness: criteria met of those due" in figures(replace(view, earlier=runs))) is drawn


def test_each_value_of_a_chart_is_in_its_table(view):
    """Who does not see the drawing reads the same figures."""
    found = figures(replace(view, earlier=(earlier(view, 14), earlier(view, 7))))
    readiness = found["Readiness: criteria met of those due"].table

    assert [row[1] for row in readiness.rows[:2]] == ["1 of 4", "1 of 4"]
    assert [row[2] for row in readiness.rows[:2]] == ["nothing due", "nothing due"]
    assert found["Reasons against going live, and days left"].table.rows[-1][1] == str(len(view.decision.blockers))


def test_a_change_of_the_rules_is_on_the_line_itself(view):
    """Before and after were measured by different rules; a line that hides it lies."""
    found = figures(replace(view, earlier=(earlier(view, 14, rules="b" * 64), earlier(view, 7, rules="b" * 64))))
    readiness = found["Readiness: criteria met of those due"]

    assert readiness.svg.count(">other rules<") == 1
    assert [row[-1].endswith("other rules than before") for row in readiness.table.rows] == [False, False, True]
    same = figures(replace(view, earlier=(earlier(view, 14), earlier(view, 7))))
    assert "other rules" not in same["Readiness: criteria met of those due"].svg


def test_a_domain_in_which_nothing_was_due_has_no_share(view):
    """Nothing of nothing is not all of it."""
    found = figures(replace(view, earlier=(earlier(view, 7, domains={"program": (0, 0)}),)))

    assert found["Readiness: criteria met of those due"].table.rows[0][1] == "nothing due"


def test_the_float_of_go_live_is_drawn_below_nothing_where_it_is_late(view):
    """Float that was used up is the earliest sign of a date that will not hold; at 0 is not below 0."""
    assert "Float of go-live in the schedule" not in figures(replace(view, earlier=(earlier(view, 7, floats="4"),)))
    found = figures(replace(view, earlier=(earlier(view, 14, floats="10"), earlier(view, 7, floats="-5"))))
    drawn = found["Float of go-live in the schedule"]

    assert [row[1] for row in drawn.table.rows] == ["10", "-5"]
    assert "now -5; below 0 it is late already." in drawn.svg
    # Ten is at the top, minus five at the bottom, and 0 has a line of its own between them.
    assert "M44.0 16.0 L490.0 186.0" in drawn.svg
    assert "M44 129.3H490" in drawn.svg
    assert [">10 d<" in drawn.svg, ">0 d<" in drawn.svg, ">-5 d<" in drawn.svg] == [True, True, True]
    level = figures(replace(view, earlier=(earlier(view, 14, floats="10"), earlier(view, 7, floats="0"))))
    assert level["Float of go-live in the schedule"].svg.count(">0 d<") == 1


def test_a_slip_is_drawn_only_where_a_schedule_said_so(view):
    """No schedule is not a schedule without slip."""
    assert "Slip of go-live in the schedule" not in figures(replace(view, earlier=(earlier(view, 7),)))
    both = (earlier(view, 14, slip="12"), earlier(view, 7, slip="0"))
    assert [row[1] for row in figures(replace(view, earlier=both))["Slip of go-live in the schedule"].table.rows] == [
        "12",
        "0",
    ]


def test_a_drawing_has_title_and_description_and_no_color():
    """For screen readers, gray paper and forced colors."""
    lines = [Series(f"L{number}", ((NOON, 1.0), (NOON + timedelta(days=1), 2.0))) for number in range(3)]
    root = ElementTree.fromstring(
        over_time("k", "T", "D", lines, top=2, marks=[TimeMark(NOON, "m")]).replace(
            "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '
        )
    )

    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "k-title k-words")
    assert [root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text] == ["T", "D"]
    painted = {each.get(name) for each in root.iter() for name in ("fill", "stroke")} - {None}
    assert painted == {"currentColor", "none"}
    dashes = [each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.get("stroke-width") == "2"]
    assert len(set(dashes)) == 3


def test_labels_at_the_ends_of_lines_do_not_cover_each_other():
    """Four domains often end at one value."""
    lines = [Series(f"L{number}", ((NOON, 5.0), (NOON + timedelta(days=1), 5.0))) for number in range(4)]
    root = ElementTree.fromstring(over_time("k", "T", "D", lines, top=10))
    heights = sorted(float(each.get("y")) for each in root.iter("text") if each.text.startswith("L"))

    assert all(later - first >= 13 for first, later in pairwise(heights))


@pytest.mark.parametrize(
    "hostile", ["</text><script>x</script>", '"><image href="http://evil.example"/>', "\u202eevil\x00"]
)
def test_words_of_others_stay_words(hostile):
    """Names of facts and comparisons come from files of agencies."""
    drawn = bars("k", "T", "D", [Bar(hostile, 1, 2, hostile)])
    root = ElementTree.fromstring(drawn.replace("\\u0000", ""))

    assert {each.tag for each in root.iter()} <= {"svg", "title", "desc", "text", "rect", "path"}
    assert "\u202e" not in drawn


@pytest.mark.parametrize(("value", "limit"), [(0.0, 0.0), (5.0, 0.0), (0.0, 5.0), (1.0, 2.0)])
def test_a_bar_never_leaves_its_scale(value, limit):
    """Also where the limit or the value is nothing."""
    root = ElementTree.fromstring(bars("k", "T", "D", [Bar("n", value, limit, "w")]))
    rect = root.find("rect")

    assert 0 <= float(rect.get("width")) <= 300


@pytest.mark.parametrize(
    ("left", "right", "pair"),
    [
        ("6%", "10%", (6.0, 10.0)),
        ("1,200 cases", "0 cases", (1200.0, 0.0)),
        ("6%", "10", None),
        ("-3 days", "0 days", None),
        ("true", "true", None),
        ("", "10%", None),
    ],
)
def test_only_numbers_of_one_kind_are_compared_in_a_bar(left, right, pair):
    """A percentage beside a count would be a picture of nothing."""
    reading = ComparisonReading(text="a <= b", left=left, operator="<=", right=right, outcome=Outcome.MET)

    assert _pair(reading) == pair


def test_bars_are_the_nearest_ones_and_no_more_than_fit(view):
    """Twelve lines are a chart; a hundred are a list."""
    found = figures(view)

    bars_of = [figure for caption, figure in found.items() if caption.startswith(("Age of", "Values"))]
    assert bars_of
    assert all(len(figure.table.rows) <= MOST_BARS for figure in bars_of)


def test_what_is_too_old_soonest_stands_first(view):
    """A letter of 77 days with 12 left stood above a log of 4 days with 2 left, which ends the verdict."""
    ages = {"letter": (77, 90), "log": (4, 7), "plan": (1, 30)}
    readings = tuple(
        view.findings[0]
        .facts[0]
        .model_copy(
            update={
                "fact": f"a.{name}",
                "as_of": NOON - timedelta(days=age),
                "stale_at": NOON + timedelta(days=limit - age),
            }
        )
        for name, (age, limit) in ages.items()
    )
    found = (view.findings[0].model_copy(update={"facts": readings}),)
    started = view.started.model_copy(update={"now": NOON})
    other = replace(view, started=started, assessment=view.assessment.model_copy(update={"findings": found}))

    table = figures(other)["Age of usable evidence, the fewest days left first"].table

    assert table.header == ("Fact", "Days old", "Too old at", "Days left")
    assert [row[0] for row in table.rows] == ["a.log", "a.letter", "a.plan"]
    assert table.rows[0][1:] == ("4.0", "7.0", "3.0")


def test_the_page_with_charts_is_equal_for_equal_runs_and_ids_are_unique(view):
    """The HTML is compared with the record byte for byte."""
    runs = (earlier(view, 14, slip="3"), earlier(view, 7, slip="2"))
    page = FORMATS["html"].render(replace(view, earlier=runs))
    ids = [part.split('"')[0] for part in page.decode().split(' id="')[1:]]

    assert page == FORMATS["html"].render(replace(view, earlier=runs))
    assert len(ids) == len(set(ids))
    assert "<figcaption>Readiness" in page.decode()
