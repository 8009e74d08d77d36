"""A walk gives the dates of the links: against another library, an exact scheduler written here, and by hand."""

# ruff: noqa: DTZ001  # the schedule's own clock has no zone

from __future__ import annotations

import random
from datetime import datetime, timedelta

import networkx
import numpy as np
import pytest

from gonogo.collectors.program.schedule.worktime import CalendarReading
from gonogo.forecast.go_live_draws import finish_by_links
from gonogo.forecast.network_walk import BeyondCalendar, NetworkWalk, days_needed
from gonogo.model.activity_network import NetworkTie, PointRole, WorkingTime, clock_moment, clock_seconds

HOUR = 3600
MONDAY = datetime(2027, 3, 1, 8)
OFFICE = ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
SHIFT = WorkingTime(
    week=(((22 * HOUR, 24 * HOUR),), *(((0, 6 * HOUR), (22 * HOUR, 24 * HOUR)),) * 4, ((0, 6 * HOUR),), ())
)


@pytest.mark.parametrize("seed", range(8))
def test_without_spread_go_live_is_the_longest_path(network, work, milestone, seed):
    """networkx finds the longest path by its own code; working hours become a date by the exact calendar."""
    dice = random.Random(seed)
    hours = [dice.randint(1, 30) for _ in range(40)]
    links = [(dice.randrange(place), place) for place in range(1, 40) for _ in range(2)]
    links = sorted(set(links)) + [(place, 40) for place in range(40)]
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from((pred, succ, hours[pred]) for pred, succ in links)

    found = finish_by_links(network([*(work(str(n), each) for n, each in enumerate(hours)), milestone()], links))

    longest = networkx.dag_longest_path_length(graph)
    week = CalendarReading((OFFICE,) * 5 + ((), ()), {})
    assert week.until(found) - week.until(MONDAY) == longest * HOUR
    assert week.until(found - timedelta(seconds=1)) < week.until(found)


class Exact:
    """A scheduler for one network, one date at a time, with the exact calendars of the facts."""

    def __init__(self, network):
        self.network = network
        self.readings = [CalendarReading(each.week, {}) for each in network.calendars]
        self.start, self.finish = {}, {}

    def end(self, reading, start_worked):
        """Return the first moment at which so much is worked."""
        later = reading.after(MONDAY, start_worked - reading.until(MONDAY))
        low, high = MONDAY - timedelta(days=9), later
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            middle -= timedelta(microseconds=middle.microsecond)
            low, high = (low, middle) if reading.until(middle) >= start_worked else (middle, high)
        return high

    def run(self):
        for place, point in enumerate(self.network.activities):
            self.place(place, point)
        return self.finish[len(self.network.activities) - 1]

    def bounds(self, place, point):
        reading = None if point.calendar is None else self.readings[point.calendar]
        for link in self.network.links:
            if link.succ == place:
                moment = (self.finish if link.type in ("FS", "FF") else self.start)[link.pred]
                if link.elapsed or reading is None:
                    yield link.type, moment + timedelta(seconds=link.lag)
                elif link.lag:
                    yield link.type, self.end(reading, reading.until(moment) + link.lag)
                else:
                    yield link.type, moment

    def place(self, place, point):
        bounds = list(self.bounds(place, point))
        starts = [MONDAY, *(moment for kind, moment in bounds if kind in ("FS", "SS"))]
        ends = [moment for kind, moment in bounds if kind in ("FF", "SF")]
        if point.not_before is not None:
            starts.append(clock_moment(point.not_before))
        if point.not_finished_before is not None:
            ends.append(clock_moment(point.not_finished_before))
        if point.role is PointRole.MILESTONE:
            self.start[place] = self.finish[place] = max(starts + ends)
            return
        length = timedelta(seconds=point.seconds)
        if point.calendar is None:
            self.finish[place] = max([max(starts) + length, *ends])
            self.start[place] = self.finish[place] - length
            return
        reading = self.readings[point.calendar]
        worked = max(reading.until(moment) for moment in starts) + point.seconds
        worked = max([worked, *(reading.until(moment) for moment in ends)])
        self.finish[place] = self.end(reading, worked)
        first = worked - point.seconds
        self.start[place] = reading.after(MONDAY - timedelta(days=9), first - reading.until(MONDAY - timedelta(days=9)))


@pytest.mark.parametrize("seed", range(12))
def test_all_links_lags_calendars_and_dates_agree_with_an_exact_scheduler(network, work, milestone, seed):
    """Columns of whole seconds and tables by the minute are fast; the dates must be those of slow, plain code."""
    dice = random.Random(100 + seed)
    points, links = [], []
    for place in range(24):
        more = {"calendar": dice.choice([0, 0, 1, 2, None])}
        if dice.random() < 0.15:
            more["not_before"] = clock_seconds(MONDAY + timedelta(hours=dice.randrange(900)))
        if dice.random() < 0.15:
            more["not_finished_before"] = clock_seconds(MONDAY + timedelta(hours=dice.randrange(900)))
        kind = milestone if dice.random() < 0.2 else work
        points.append(kind(str(place), **more) if kind is milestone else work(str(place), dice.randint(1, 40), **more))
        for pred in {dice.randrange(place) for _ in range(2)} if place else ():
            links.append((pred, place, dice.choice(["FS", "FS", "SS", "FF", "SF"]), dice.choice([0, 0, 3, 20]),
                          dice.random() < 0.3))  # fmt: skip
    points.append(milestone())
    links += [(place, 24) for place in range(24)]
    laid = network(points, links, calendars=(WorkingTime(week=(OFFICE,) * 5 + ((), ())), SHIFT,
                                             WorkingTime(week=(((0, 24 * HOUR),),) * 7)))  # fmt: skip

    assert finish_by_links(laid) == Exact(laid).run()


def test_a_link_to_the_end_moves_the_beginning_too(network, work, milestone):
    """Work that ends late because of a link ends as long after its beginning as it takes; what starts with it waits."""
    laid = network(
        [work("long", 40), work("tied", 8), work("with it", 8), milestone()],
        [(0, 1, "FF"), (1, 2, "SS", 8), (2, 3)],
    )

    assert finish_by_links(laid) == datetime(2027, 3, 8, 17)


def test_begun_work_goes_on_after_all_that_it_waits_for(network, work, milestone):
    """Retained logic, the later one: a predecessor that is late holds the rest, even if the work has begun."""
    begun = clock_seconds(datetime(2027, 2, 22, 8))
    laid = network([work("late", 24), work("begun", 8, begun=begun), milestone()], [(0, 1), (1, 2)])
    alone = network([work("begun", 8, begun=begun), work("with it", 8), milestone()], [(0, 1, "SS", 8), (1, 2), (0, 2)])

    assert finish_by_links(laid) == datetime(2027, 3, 4, 17)
    assert finish_by_links(alone) == datetime(2027, 3, 1, 17)


def test_what_is_finished_stays(network, work, milestone):
    """Only its lag is ahead."""
    done = clock_seconds(datetime(2027, 2, 26, 17))
    laid = network([work("done", 400, done=done, begun=done), milestone()], [(0, 1, "FS", 16)])

    assert finish_by_links(laid) == datetime(2027, 3, 2, 17)


def test_the_end_of_a_summary_row_is_its_last_and_its_beginning_its_first(network, work, milestone):
    """A link from a summary row ties all that is below it."""
    joint = {"role": PointRole.JOINT, "calendar": None}
    ends = network([work("a", 8), work("b", 24), milestone("out", **joint), milestone()], [(0, 2), (1, 2), (2, 3)])
    begins = network(
        [milestone("wait", not_before=clock_seconds(datetime(2027, 3, 3, 8))), work("a", 8), work("b", 24),
         milestone("first", earliest=True, **joint), work("with it", 8), milestone()],
        [(0, 2), (1, 3, "SS"), (2, 3, "SS"), (3, 4, "SS"), (4, 5)],
    )  # fmt: skip

    assert finish_by_links(ends) == datetime(2027, 3, 3, 17)
    assert finish_by_links(begins) == datetime(2027, 3, 1, 17)


def test_a_milestone_at_the_beginning_lies_on_the_next_working_day(network, work, milestone):
    """Primavera's start milestone after Friday's work is on Monday."""
    laid = network([work("week", 40), milestone(at_start=True)], [(0, 1)])

    assert finish_by_links(laid) == datetime(2027, 3, 8, 8)
    assert finish_by_links(network([work("week", 40), milestone()], [(0, 1)])) == datetime(2027, 3, 5, 17)


@pytest.mark.parametrize(("days", "fits"), [(5, False), (6, True), (7, True)])
def test_a_date_beyond_the_days_that_are_laid_out_is_never_given(network, work, milestone, days, fits):
    """A table that ends would hold every later date at its end, which is too early."""
    laid = NetworkWalk(network([work("week", 40), milestone()], [(0, 1)]), days)

    def length(place):
        return np.array([laid.network.activities[place].seconds], dtype=np.int64)

    if fits:
        assert clock_moment(int(laid.walk(length).finish[0])) == datetime(2027, 3, 5, 17)
    else:
        with pytest.raises(BeyondCalendar):
            laid.walk(length)


def test_work_of_a_century_and_calendars_without_hours_are_refused(network, work, milestone):
    """Better no date than one at the end of a table."""
    with pytest.raises(BeyondCalendar):
        finish_by_links(network([work("long", 250_000), milestone()], [(0, 1)]))
    with pytest.raises(BeyondCalendar):
        finish_by_links(network([work("a", 1), milestone()], [(0, 1)], calendars=[WorkingTime(week=((),) * 7)]))


def test_enough_days_are_laid_out_at_once(network, work, milestone):
    """Laying out twice costs twice."""
    laid = network([work(str(n), 400) for n in range(12)] + [milestone()], [(n, n + 1) for n in range(12)])
    needed = days_needed(laid, [each.seconds for each in laid.activities])

    assert (finish_by_links(laid) - MONDAY).days < needed < 1.2 * (finish_by_links(laid) - MONDAY).days + 62
    assert NetworkTie(pred=0, succ=1) == laid.links[0]


def test_work_of_long_ago_costs_no_memory_and_makes_nothing_earlier(network, work, milestone):
    """A date of 1990 in a file must not lay out a table of forty years."""
    old = clock_seconds(datetime(1990, 1, 1, 8))
    laid = network([work("old", 8, done=old, begun=old), work("a", 8, begun=old), milestone()], [(0, 1), (1, 2)])

    assert finish_by_links(laid) == datetime(2027, 3, 1, 17)
    assert NetworkWalk(laid, 30).days < 500


def test_a_lag_counts_in_the_calendar_that_it_names(network, work, milestone):
    """Primavera counts it by the predecessor, the successor or the project, as its options say."""
    points = [work("a", 8), work("b", 8, calendar=1), milestone()]
    ties = (NetworkTie(pred=0, succ=1, lag=16 * HOUR), NetworkTie(pred=1, succ=2))
    by_office = (ties[0].model_copy(update={"calendar": 0}), ties[1])
    laid = network(points)

    assert finish_by_links(laid.model_copy(update={"links": ties})) == datetime(2027, 3, 2, 17)
    assert finish_by_links(laid.model_copy(update={"links": by_office})) == datetime(2027, 3, 4, 1)
    to_milestone = network([work("a", 8), milestone(calendar=1)])
    tie = NetworkTie(pred=0, succ=1, lag=16 * HOUR, calendar=0)
    assert finish_by_links(to_milestone.model_copy(update={"links": (tie,)})) == datetime(2027, 3, 3, 17)
