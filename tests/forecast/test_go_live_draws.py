"""Draws agree with closed forms, and say what go-live waits for."""

# ruff: noqa: DTZ001  # the schedule's own clock has no zone

from __future__ import annotations

import math
from datetime import datetime, timedelta
from statistics import NormalDist

import pytest

from gonogo.forecast import go_live_draws as room
from gonogo.forecast.go_live_draws import draw_go_live, later_than_links
from gonogo.forecast.spread import Spread
from gonogo.model.activity_network import clock_moment, clock_seconds

MONDAY = datetime(2027, 3, 1, 8)
HOUR = 3600
ALIKE = Spread(0.5, 1.5, 0.0, "triangular")
DRAWS = 20_000


def chain(network, work, milestone, count, hours=100, **more):
    """Work round the clock, one after the other, so that hours are dates."""
    points = [work(f"A{n}", hours, calendar=None) for n in range(count)]
    return network([*points, milestone(calendar=None)], [(n, n + 1) for n in range(count)], **more)


def committed_after(hours):
    return {"committed": MONDAY + timedelta(hours=hours)}


@pytest.mark.parametrize("correlation", [0.0, 0.4, 1.0])
def test_a_chain_of_independent_work_is_normal_and_a_correlated_one_is_wider(network, work, milestone, correlation):
    """Sums: mean n·m and, for equal symmetric triangulars, variance n·s² without correlation and n²·s² with all of it.

    In between the correlation is one of normal scores, and that of durations is a little smaller: within 5%.
    """
    count, hours = 30, 100
    one = (hours * 1.0) ** 2 / 24  # a triangular from 0.5 to 1.5: width² / 24
    sigma = math.sqrt(count * one + count * (count - 1) * correlation * one)
    exact = NormalDist(count * hours, sigma)
    aim = exact.mean + sigma
    spread = Spread(0.5, 1.5, correlation, "triangular")

    found = draw_go_live(chain(network, work, milestone, count, **committed_after(aim)), spread, draws=DRAWS, seed=4)

    p50, p80, p90 = ((moment - MONDAY) / timedelta(hours=1) for moment in found.finishes)
    error = 4 * sigma / math.sqrt(DRAWS)
    assert p50 == pytest.approx(exact.mean, abs=2 * error)
    if correlation < 1:
        assert p80 == pytest.approx(exact.inv_cdf(0.8), abs=2 * error + 0.03 * sigma)
        assert p90 == pytest.approx(exact.inv_cdf(0.9), abs=2 * error + 0.05 * sigma)
        assert float(found.chance) == pytest.approx(exact.cdf(aim), abs=0.02)
    else:  # one triangular as wide as the whole
        assert p90 == pytest.approx(count * hours * (1.5 - math.sqrt(0.1 / 2)), abs=2 * error)


def test_of_two_that_run_beside_each_other_the_later_one_counts(network, work, milestone):
    """The maximum of two independent ones: its distribution is the square, which a single path never shows."""
    laid = network(
        [work("a", 100, calendar=None), work("b", 100, calendar=None), milestone(calendar=None)],
        [(0, 2), (1, 2)],
        **committed_after(100),
    )

    found = draw_go_live(laid, ALIKE, draws=DRAWS, seed=5)

    assert float(found.chance) == pytest.approx(0.25, abs=4 * math.sqrt(0.25 * 0.75 / DRAWS))
    p50 = (found.finishes[0] - MONDAY) / timedelta(hours=1)
    assert p50 == pytest.approx(100 * (1.5 - math.sqrt((1 - math.sqrt(0.5)) / 2)), abs=1)
    shares = {laid.activities[each.place].name: each.draws / DRAWS for each in found.leading}
    assert shares == {"a": pytest.approx(0.5, abs=0.02), "b": pytest.approx(0.5, abs=0.02)}


def test_a_lone_milestone_that_is_the_whole_critical_path_has_no_spread(network, work, milestone):
    """A delivery that is promised for a date holds go-live in every draw: the date is certain only because nobody
    said how uncertain it is, and the result names it."""
    day = datetime(2027, 4, 30, 12)
    laid = network(
        [work("short", 40), milestone("delivery", not_before=clock_seconds(day)), milestone("GL")],
        [(0, 2), (1, 2)],
        committed=datetime(2027, 5, 3),
    )

    found = draw_go_live(laid, ALIKE, draws=500, seed=1)

    assert (found.on_time, found.by_dates) == (500, 500)
    assert set(found.finishes) == {day}
    assert [(laid.activities[each.place].name, each.draws) for each in found.leading] == [("delivery", 500)]
    assert [(laid.activities[each.place].name, each.draws) for each in found.held] == [("delivery", 500)]


def test_a_date_that_work_passes_holds_nothing(network, work, milestone):
    """A date counts as the reason only where all that leads to the activity is earlier."""
    laid = network(
        [work("long", 100, calendar=None), milestone(calendar=None, not_before=clock_seconds(MONDAY) + 100 * HOUR)],
        [(0, 1)],
    )

    found = draw_go_live(laid, ALIKE, draws=DRAWS, seed=2)

    assert found.by_dates / DRAWS == pytest.approx(0.5, abs=0.02)
    assert found.leading[0].draws / DRAWS == pytest.approx(0.5, abs=0.02)


def test_what_drives_by_its_beginning_or_its_end_is_found(network, work, milestone):
    """Links that tie beginnings and ends lead back too, and work that has begun holds nothing by its beginning."""
    laid = network(
        [
            work("first", 24),
            work("starts it", 400),
            work("by its start", 80),
            work("ends it", 90),
            work("by its end", 8),
            milestone(),
        ],
        [(0, 1), (1, 2, "SS", 8), (2, 5), (0, 3), (3, 4, "FF", 24), (4, 5)],
    )
    certain = Spread(1.0, 1.0, 0.0, "triangular")

    found = draw_go_live(laid, certain, draws=10, seed=1)

    assert {laid.activities[each.place].name for each in found.leading} == {"first", "ends it", "by its end"}
    begun = network(
        [work("begun", 400, begun=clock_seconds(MONDAY) - HOUR), work("with it", 8), milestone()],
        [(0, 1, "SS", 8), (1, 2)],
    )
    assert [each.place for each in draw_go_live(begun, certain, draws=10, seed=1).leading] == [1]


def test_equal_seeds_give_equal_draws_and_others_do_not(network, work, milestone):
    """A figure in a meeting can be made again."""
    laid = chain(network, work, milestone, 5, **committed_after(500))

    one, again, other = (draw_go_live(laid, ALIKE, draws=2000, seed=seed) for seed in (7, 7, 8))

    assert one == again
    assert one != other


def test_blocks_of_draws_are_all_counted(network, work, milestone, monkeypatch):
    """Memory is bounded by a block; a million draws are a hundred of them."""
    laid = chain(network, work, milestone, 3, **committed_after(300))
    monkeypatch.setattr(room, "BLOCK", 1000)

    found = draw_go_live(laid, ALIKE, draws=2500, seed=1)

    assert found.draws == 2500
    assert [each.draws for each in found.leading] == [2500] * 3
    assert float(found.chance) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("after", "on_time"), [(-1, 0), (0, 10), (1, 10)])
def test_the_committed_moment_itself_is_on_time(network, work, milestone, after, on_time):
    """As for the facts: a date is kept until it is over."""
    laid = network(
        [work("a", 10, calendar=None), milestone(calendar=None)],
        [(0, 1)],
        committed=MONDAY + timedelta(hours=10, seconds=after),
    )

    assert draw_go_live(laid, Spread(1.0, 1.0, 0.0, "pert"), draws=10, seed=1).on_time == on_time


def test_the_interval_is_that_of_a_share_of_draws(network, work, milestone):
    """With ten draws all on time the chance may still be 75%."""
    found = draw_go_live(chain(network, work, milestone, 2), ALIKE, draws=10, seed=1)

    assert (found.chance, found.interval[1]) == (1, 1)
    assert 0.6 < found.interval[0] < 0.8


def test_quantiles_are_dates_that_so_many_draws_keep(network, work, milestone):
    """80% by a date means 80 of 100 draws, and not 79."""
    laid = chain(network, work, milestone, 2)
    found = draw_go_live(laid, ALIKE, draws=100, seed=3)
    p80 = found.finishes[1]

    def kept(moment):
        same = laid.model_copy(update={"committed": clock_seconds(moment)})
        return draw_go_live(same, ALIKE, draws=100, seed=3).on_time

    assert (kept(p80), kept(p80 - timedelta(seconds=1))) == (80, 79)


def test_work_that_nobody_gives_a_spread_is_never_taken_as_certain(network, work, milestone):
    """A hidden spread of nothing would be the most favorable assumption of all."""
    laid = network([work("a", 8, points=(1, 2, 3)), work("b", 8), milestone()], [(0, 1), (1, 2)])

    with pytest.raises(ValueError, match="no spread"):
        draw_go_live(laid, Spread(None, None, 0.0, "triangular"), draws=10, seed=1)


@pytest.mark.parametrize(("shown", "later"), [((5, 16), False), ((5, 17), False), ((8, 8), False), ((8, 9), True)])
def test_a_file_that_shows_a_later_date_than_its_links_is_noticed(network, work, milestone, shown, later):
    """Something holds go-live that no simulation knows. Friday evening and Monday morning are one working moment."""
    day, hour = shown
    laid = network([work("week", 40), milestone()], [(0, 1)], shown=clock_seconds(datetime(2027, 3, day, hour)))

    assert later_than_links(laid) is later
    assert later_than_links(laid.model_copy(update={"shown": None})) is False


def test_the_tool_that_says_nothing_about_the_past_is_not_later(network, work, milestone):
    """A date before the status date shows nothing: what is not finished is not before it."""
    laid = network(
        [milestone("a", calendar=None), milestone(calendar=None)], [(0, 1)], shown=clock_seconds(MONDAY) - HOUR
    )

    assert later_than_links(laid) is False
    assert clock_moment(laid.data_date) == MONDAY
