"""The network passes, against brute force over every path of small random schedules."""

# ruff: noqa: DTZ001  # a schedule is calculated on its own local clock

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.program.schedule.activities import Activity, ActivityKind, ActivityLink, LinkType, Schedule
from gonogo.collectors.program.schedule.network import Network
from gonogo.collectors.program.schedule.worktime import OFFICE_WEEK, calendar_of

NOW = datetime(2027, 4, 15, 17)
MONDAY = datetime(2027, 4, 12, 8)


def activity(key, *, kind=ActivityKind.TASK, parent=None, start=0, days=1, begun=False):
    """One activity that begins so many weekdays after Monday 12 April and ends the same or a later day."""
    return Activity(
        key=key, number="", code="", name=key, wbs="", element=None, parent=parent, kind=kind,
        start=weekday(start), finish=weekday(start + days - 1).replace(hour=17),
        actual_start=weekday(start) if begun else None, actual_finish=None, claims_done=False,
        minutes=Fraction(480 * days), elapsed=False, slack=Fraction(0), pinned=False, limits=(), baseline=None,
        calendar=None, contract="",
    )  # fmt: skip


def weekday(number):
    weeks, day = divmod(number, 5)
    return MONDAY + timedelta(days=7 * weeks + day)


def schedule(activities, links):
    return Schedule(
        data_date=NOW,
        as_of=NOW,
        reported=True,
        minutes_per_day=Fraction(480),
        activities={row.key: row for row in activities},
        links=tuple(links),
        unseen={},
        elements={},
        calendars={"1": calendar_of(OFFICE_WEEK, {}, {})},
        calendar="1",
    )


@st.composite
def outlines(draw):
    """Rows of an outline, three levels deep at most, with random links among them (circles included)."""
    size = draw(st.integers(2, 9))
    parents: list[str | None] = [None]
    for number in range(1, size):
        # a row is next to or below the row before it, or beside one of those above
        chain: list[str | None] = [None]
        row: str | None = str(number - 1)
        while row is not None and len(chain) < 4:
            chain.append(row)
            row = parents[int(row)]
        parents.append(draw(st.sampled_from(chain)))
    kinds = [ActivityKind.SUMMARY if str(number) in parents else ActivityKind.TASK for number in range(size)]
    rows = [activity(str(number), kind=kinds[number], parent=parents[number]) for number in range(size)]
    ends = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    pairs = draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), max_size=8))
    return schedule(rows, [ActivityLink(str(pred), str(succ)) for pred, succ in dict.fromkeys(pairs)])


def below(plan, key):
    """Return every task at or below a row."""
    row = plan.activities[key]
    if row.kind is not ActivityKind.SUMMARY:
        return {key}
    return {task for child in plan.activities.values() if child.parent == key for task in below(plan, child.key)}


def pairs_of(plan):
    """Return every pair of tasks that the links tie, with summary rows multiplied out."""
    return {(pred, succ) for link in plan.links for pred in below(plan, link.pred) for succ in below(plan, link.succ)}


def reachable(pairs, goal):
    """Return everything with a path to the goal, by repeating until nothing is added."""
    found = {goal}
    while more := {pred for pred, succ in pairs if succ in found} - found:
        found |= more
    return found


class TestFeeding:
    @settings(max_examples=examples(300), deadline=None)
    @given(outlines())
    def test_what_feeds_a_task_is_what_every_path_leads_to_it_with_summaries_multiplied_out(self, plan):
        """Counting too few feeding tasks hides the late one among those left out."""
        network, pairs = Network(plan), pairs_of(plan)
        for goal in (row for row in plan.activities.values() if row.counted):
            assert network.feeding(goal.key) == reachable(pairs, goal.key) - {goal.key}

    @settings(max_examples=examples(300), deadline=None)
    @given(outlines())
    def test_a_circle_of_tasks_is_always_found(self, plan):
        """A schedule in a circle has no dates that anybody computed."""
        pairs = pairs_of(plan)
        circular = any(succ in reachable(pairs, pred) for pred, succ in pairs)

        assert bool(Network(plan).cycle) >= circular

    @settings(max_examples=examples(300), deadline=None)
    @given(outlines())
    def test_the_order_holds_every_point_once_after_all_that_precede_it_or_the_circle_is_named(self, plan):
        """The test of a delay walks it, and an order with a gap would lose what lies behind the gap."""
        network = Network(plan)
        reference = TopologicalSorter(network.graph)
        if network.cycle:
            with pytest.raises(CycleError) as found:
                reference.prepare()
            assert network.cycle == tuple(dict.fromkeys(key for _, key in found.value.args[1]))
            return
        place = {point: number for number, point in enumerate(network.order)}

        assert len(network.order) == len(place)
        assert place.keys() == set(reference.static_order())
        assert all(place[each] < place[point] for point, before in network.graph.items() for each in before)


@st.composite
def chains(draw):
    """Tasks with random dates and forward links of every type and lag."""
    size = draw(st.integers(1, 7))
    rows = [
        activity(str(number), start=draw(st.integers(0, 12)), days=draw(st.integers(1, 4)), begun=draw(st.booleans()))
        for number in range(size)
    ]
    pairs = draw(st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=10))
    links = [
        ActivityLink(str(pred), str(succ), draw(st.sampled_from(LinkType)), Fraction(480 * draw(st.integers(-2, 2))))
        for pred, succ in sorted(pairs)
        if pred < succ
    ]
    return schedule(rows, links)


def working_days(start, end):
    """Return working days between two moments that are full hours, counted hour by hour; negative backwards."""
    if end < start:
        return -working_days(end, start)
    hours = 0
    while start < end:
        hours += start.weekday() < 5 and start.hour in (8, 9, 10, 11, 13, 14, 15, 16)
        start += timedelta(hours=1)
    return Fraction(hours, 8)


def above(plan, key):
    """Return a row and every row above it."""
    while key is not None:
        yield key
        key = plan.activities[key].parent


def behind(plan, link):
    """Return every task that sets the end of the row that a link ties, by looking at all below it."""
    rows = [plan.activities[key] for key in below(plan, link.pred)]
    if link.type in (LinkType.FS, LinkType.FF):
        return [row for row in rows if row.finish == max(other.finish for other in rows)]
    return [row for row in rows if row.start == min(other.start for other in rows)]


def driven(plan, key):
    """Return whether some chain of driving links reaches the data date, by trying every one."""
    row = plan.activities[key]
    if row.actual_start is not None and row.actual_start <= NOW:
        return True
    if working_days(NOW, row.start) <= -1:
        return False
    if working_days(NOW, row.start) < 1:
        return True
    for link in plan.links:
        for pred in behind(plan, link) if link.succ in above(plan, key) else ():
            tied = pred.finish if link.type in (LinkType.FS, LinkType.FF) else pred.start
            held = row.start if link.type in (LinkType.FS, LinkType.SS) else row.finish
            if -1 < working_days(tied, held) - link.lag / 480 < 1 and driven(plan, pred.key):
                return True
    return False


@st.composite
def phased(draw):
    """Tasks in two phases, one perhaps in the other, and one beside them; forward links, and ends that often tie."""
    parents = ["P", "P", "Q", "Q", None]
    rows = [
        activity(str(number), parent=parent, start=draw(st.sampled_from((6, 6, 7))))
        for number, parent in enumerate(parents)
    ]
    begun = draw(st.sampled_from(range(5)))
    rows[begun] = replace(rows[begun], actual_start=MONDAY)
    rows.append(activity("P", kind=ActivityKind.SUMMARY))
    rows.append(activity("Q", kind=ActivityKind.SUMMARY, parent=draw(st.sampled_from((None, "P")))))
    preds, succs = st.sampled_from("PQ01"), st.sampled_from("01234PQ")
    pairs = draw(st.sets(st.tuples(preds, succs), min_size=3, max_size=8))
    links = [ActivityLink(pred, succ, draw(st.sampled_from(LinkType))) for pred, succ in sorted(pairs)]
    plan = schedule(rows, links)
    kept = [link for link in links if not below(plan, link.pred) & below(plan, link.succ)]
    return schedule(draw(st.permutations(rows)), draw(st.permutations(kept)))


class TestDriving:
    @settings(max_examples=examples(300), deadline=None)
    @given(phased())
    def test_a_path_through_phases_is_the_same_in_any_order_of_the_rows(self, plan):
        """Every task that sets the end of a phase may carry the path, and no other may."""
        network = Network(plan)
        if not network.cycle:
            for key in "01234":
                assert network.reaches_data_date(key) == driven(plan, key)

    @settings(max_examples=examples(300), deadline=None)
    @given(chains())
    def test_a_path_reaches_the_data_date_exactly_if_some_chain_of_driving_links_does(self, plan):
        """A path that is declared unbroken must have no idle day anywhere."""
        network = Network(plan)
        for key in plan.activities:
            assert network.reaches_data_date(key) == driven(plan, key)

    @pytest.mark.parametrize("place", [0, 1, 2])
    @pytest.mark.parametrize("order", [1, -1])
    def test_a_link_from_the_end_of_a_phase_is_driven_by_what_ends_it(self, place, order):
        """In whatever order its rows stand, and whether or not one of them has dates."""
        below = [activity("last", parent="phase", days=8, begun=True), activity("other", parent="phase", days=2)][
            ::order
        ]
        below.insert(place, replace(activity("bare", parent="phase"), start=None, finish=None))
        rows = [activity("phase", kind=ActivityKind.SUMMARY), *below, activity("next", start=8)]

        assert Network(schedule(rows, [ActivityLink("phase", "next")])).reaches_data_date("next")
        assert Network(schedule(rows, [ActivityLink("phase", "next", LinkType.SF)])).reaches_data_date("next") is False

    @pytest.mark.parametrize("place", [0, 1, 2])
    @pytest.mark.parametrize("order", [1, -1])
    @pytest.mark.parametrize("nested", [False, True])
    def test_a_link_from_the_beginning_of_a_phase_is_driven_by_what_begins_it(self, place, order, nested):
        """A phase in a phase begins it as well."""
        inner = "inner" if nested else "phase"
        below = [activity("first", parent=inner, start=6), activity("other", parent="phase", start=9)][::order]
        below.insert(place, replace(activity("bare", parent="phase"), start=None, finish=None))
        phases = [
            activity("phase", kind=ActivityKind.SUMMARY),
            activity("inner", kind=ActivityKind.SUMMARY, parent="phase"),
        ]
        rows = [*phases, *below, activity("before", start=0, days=6, begun=True), activity("next", start=6)]
        links = [ActivityLink("before", "first"), ActivityLink("phase", "next", LinkType.SS)]

        assert Network(schedule(rows, links)).reaches_data_date("next")
        assert Network(schedule(rows, links[1:])).reaches_data_date("next") is False

    def test_a_thousand_million_ways_are_not_walked_one_by_one(self):
        """Forty days with two tasks each, all tied to both of the next day: each task is looked at once."""
        size = 40
        rows = [activity(f"{day}{side}", start=day + 5) for day in range(size) for side in "ab"]
        links = [
            ActivityLink(f"{day}{one}", f"{day + 1}{two}") for day in range(size - 1) for one in "ab" for two in "ab"
        ]

        assert Network(schedule(rows, links)).reaches_data_date(f"{size - 1}a") is False

    def test_twenty_thousand_tasks_in_a_row_need_no_recursion(self):
        """Long chains are ordinary; a stack overflow is not."""
        size = 20_000
        rows = [activity(str(number), start=number, begun=number == 0) for number in range(size)]
        plan = schedule(rows, [ActivityLink(str(number), str(number + 1)) for number in range(size - 1)])
        network = Network(plan)

        assert len(network.feeding(str(size - 1))) == size - 1
        assert network.cycle == ()
        assert network.reaches_data_date(str(size - 1))
