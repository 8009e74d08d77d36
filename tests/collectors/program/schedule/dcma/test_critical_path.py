"""DCMA's point 12, and the pass forward that it needs, against networkx."""

# ruff: noqa: DTZ001  # a schedule is calculated on its own local clock

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LagKind,
    LinkType,
    Schedule,
)
from gonogo.collectors.program.schedule.dcma.critical_path import in_proportion
from gonogo.collectors.program.schedule.dcma.delay import Delayed
from gonogo.collectors.program.schedule.network import Network
from gonogo.collectors.program.schedule.worktime import OFFICE_WEEK, calendar_of
from gonogo.model.evidence import GapReason

START = datetime(2027, 4, 12)
ALWAYS = calendar_of((((0, 86_400),),) * 7, {}, {})


class TestPoint:
    def test_a_delay_of_the_chain_reaches_go_live_in_full(self, ask, project):
        """Develop is begun, so it is the first unfinished link of the chain."""
        answer = ask(project)["critical_path_test"]

        assert answer.value is True
        assert "600 working days on UID 3 'Develop' move go-live by 841 calendar days of 841" in answer.where

    @pytest.mark.parametrize(
        "held", [{"ConstraintType": 2, "ConstraintDate": "2027-04-22T08:00:00"}, {"Manual": 1}, {"ConstraintType": 4}]
    )
    def test_a_hard_date_on_the_way_swallows_it(self, ask, project, task, held):
        """And a soft one does not; what is stuck from there on is named."""
        task(project, 5).update(held)
        answer = ask(project)["critical_path_test"]

        soft = held == {"ConstraintType": 4}
        assert answer.value is soft
        assert list(answer.open_items) == ([] if soft else ["UID 5", "UID 6"])

    def test_without_a_chain_there_is_nothing_to_delay(self, ask, project, task):
        """A go-live that nothing drives is as good as a wish."""
        task(project, 6)["PredecessorLink"] = []
        answer = ask(project)["critical_path_test"]

        assert (answer.value, answer.where) == (False, "no chain drives go-live")

    def test_a_go_live_that_is_over_cannot_be_delayed(self, ask, project, task):
        """And no plan that is over is proved to be sound."""
        for uid in (3, 5, 6):
            done = {"PercentComplete": 100, "ActualStart": "2027-04-14T08:00:00", "ActualFinish": "2027-04-14T17:00:00"}
            task(project, uid).update(Start="2027-04-14T08:00:00", Finish="2027-04-14T17:00:00", **done)

        assert ask(project)["critical_path_test"].gap is GapReason.MISSING

    def test_links_in_a_circle_fail_it(self, ask, project, task, after):
        """No delay can be calculated through a circle."""
        task(project, 3)["PredecessorLink"].append(after(5))

        assert ask(project)["critical_path_test"].value is False

    @pytest.mark.parametrize(("share", "held"), [(94, False), (95, True), (96, True)])
    def test_95_percent_of_the_delay_are_enough(self, share, held):
        """Below, at and above what nights and weekends between calendars may take."""
        expected = Fraction(600 * 480)

        assert in_proportion(expected * share / 100, expected) is held


def activity(key, days, start, *, parent=None, kind=ActivityKind.TASK, **more):
    begin = START + timedelta(days=start)
    fields = {
        "number": "", "code": "", "name": key, "wbs": "", "element": None, "parent": parent, "kind": kind,
        "start": begin, "finish": begin + timedelta(days=days), "actual_start": None, "actual_finish": None,
        "claims_done": False, "minutes": Fraction(1440 * days), "elapsed": False, "slack": Fraction(0), "pinned": False,
        "limits": (), "baseline": None, "calendar": None, "contract": "",
    } | more  # fmt: skip
    return Activity(key=key, **fields)


def network(rows, links, calendar=ALWAYS):
    return Network(
        Schedule(
            data_date=START,
            as_of=START,
            reported=True,
            minutes_per_day=Fraction(1440),
            activities={row.key: row for row in rows},
            links=tuple(links),
            unseen={},
            elements={},
            calendars={"1": calendar},
            calendar="1",
        )
    )  # fmt: skip


def earliest(lengths, ties):
    """Return the earliest start of each row: the longest way through a graph of starts and finishes."""
    graph = networkx.DiGraph()
    for number, days in enumerate(lengths):
        graph.add_edge("begin", (number, "s"), days=0)
        graph.add_edge((number, "s"), (number, "f"), days=days)
    for pred, succ, kind, lag in ties:
        edge = ((pred, "f" if kind[0] == "F" else "s"), (succ, "s"))
        known = graph.get_edge_data(*edge, {"days": -1})["days"]
        graph.add_edge(*edge, days=max(known, lag))
    found = {"begin": 0}
    for node in networkx.topological_sort(graph):
        for _, after, data in graph.out_edges(node, data=True):
            found[after] = max(found.get(after, 0), found[node] + data["days"])
    return found


@st.composite
def plans(draw):
    """Lengths, and links forward from finish or start to start, each pair and kind once."""
    size = draw(st.integers(2, 8))
    lengths = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    pairs = [(a, b, kind) for a in range(size) for b in range(a + 1, size) for kind in ("FS", "SS")]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14))
    return lengths, [(*pair, draw(st.integers(0, 3))) for pair in chosen]


@settings(max_examples=examples(60), deadline=None)
@given(plans(), st.integers(1, 40))
def test_a_delay_moves_what_the_longest_way_says(plan, added):
    """networkx schedules the plan before and after; every row must end where it says."""
    lengths, ties = plan
    before = earliest(lengths, ties)
    rows = [activity(str(number), days, before[number, "s"]) for number, days in enumerate(lengths)]
    links = [
        ActivityLink(str(pred), str(succ), LinkType(kind), Fraction(1440 * lag), LagKind.WORKING)
        for pred, succ, kind, lag in ties
    ]
    delayed = Delayed.by_days(network(rows, links), "0", added)

    after = earliest([lengths[0] + added, *lengths[1:]], ties)
    for number in range(len(lengths)):
        assert delayed.of(str(number))[1] == START + timedelta(days=after[number, "f"])


class TestPass:
    @pytest.mark.parametrize(
        ("kind", "lag", "form", "days"),
        [
            (LinkType.FS, 2, LagKind.WORKING, 15), (LinkType.FS, 2, LagKind.ELAPSED, 15),
            (LinkType.FS, -2, LagKind.WORKING, 11), (LinkType.FF, 1, LagKind.WORKING, 12),
            (LinkType.SS, 5, LagKind.WORKING, 3), (LinkType.SF, 0, LagKind.WORKING, 3),
        ],
    )  # fmt: skip
    def test_each_kind_of_link_pushes_by_its_lag(self, kind, lag, form, days):
        """One day, made ten longer, before a task of two days; a start that stays pushes nothing."""
        rows = [activity("a", 1, 0), activity("b", 2, 1)]
        found = Delayed.by_days(network(rows, [ActivityLink("a", "b", kind, Fraction(1440 * lag), form)]), "a", 10)

        assert found.of("b")[1] == START + timedelta(days=days)

    @pytest.mark.parametrize(("form", "days"), [(LagKind.PERCENT, 14), (LagKind.ELAPSED_PERCENT, 14)])
    def test_a_share_of_a_duration_is_waited_for(self, form, days):
        """Half of the two days that the row itself says."""
        rows = [activity("a", 2, 0), activity("b", 1, 3)]
        found = Delayed.by_days(network(rows, [ActivityLink("a", "b", LinkType.FS, Fraction(50), form)]), "a", 10)

        assert found.of("b")[1] == START + timedelta(days=days)

    def test_a_summary_row_passes_a_delay_on_both_ways(self):
        """Work below one summary pushes the work below the next."""
        summary = {"kind": ActivityKind.SUMMARY}
        rows = [activity("S", 2, 0, **summary), activity("a", 2, 0, parent="S"), activity("T", 1, 2, **summary),
                activity("b", 1, 2, parent="T")]  # fmt: skip
        found = Delayed.by_days(network(rows, [ActivityLink("S", "T")]), "a", 10)

        assert found.of("b")[1] == START + timedelta(days=13)
        assert found.moved("b") == 10 * 1440

    @pytest.mark.parametrize("change", [{"pinned": True}, {"actual_start": START}])
    def test_what_is_held_or_has_begun_does_not_start_later(self, change):
        """Or the test could never fail."""
        rows = [activity("a", 1, 0), activity("b", 2, 1, **change)]
        found = Delayed.by_days(network(rows, [ActivityLink("a", "b")]), "a", 10)

        assert found.moved("b") == 0

    def test_weekends_are_not_worked(self):
        """Three days more end on Thursday evening, and the work behind on Friday's: as late as Monday morning."""
        rows = [
            replace(activity(name, 0, 0), start=begin, finish=begin.replace(hour=17))
            for name, begin in (("a", datetime(2027, 4, 12, 8)), ("b", datetime(2027, 4, 13, 8)))
        ]
        net = network(rows, [ActivityLink("a", "b")], calendar_of(OFFICE_WEEK, {}, {}, minutes_per_day=Fraction(480)))
        found = Delayed.by_days(net, "a", 3)

        assert found.of("a")[1] == datetime(2027, 4, 16, 8)
        assert found.of("b")[1] == datetime(2027, 4, 19, 8)
