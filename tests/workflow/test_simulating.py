"""The go-live date simulated: what was read, what is assumed, and when there is no number."""

# ruff: noqa: DTZ001  # the schedule's own clock has no zone

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.forecast.network_walk import BeyondCalendar
from gonogo.model.activity_network import ActivityNetwork, NetworkPoint, NetworkTie, PointRole, ThreePoints, WorkingTime
from gonogo.plugin.networks import NetworkReply
from gonogo.testing.programs import binding_of, program_of
from gonogo.workflow import simulating as room
from gonogo.workflow.forecasting import release_forecast
from gonogo.workflow.simulating import SimulationOrder, simulated
from gonogo.workflow.simulation_words import simulation_document, simulation_lines

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
RECORD = ROOT / "examples/harborline/conditional/m3-hardened/record"
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
DECLARED = SimulationOrder(draws=400, spread=(Decimal("0.9"), Decimal("1.5")), correlation=Decimal("0.3"), as_of=NOON)
ALWAYS = WorkingTime(week=(((0, 86_400),),) * 7)


@pytest.fixture(scope="module")
def ahead():
    return release_forecast(RECORD)


def text(found, ahead):
    return "\n".join(simulation_lines(found, ahead.trend.last.started.program.zone))


def test_harborline_says_how_likely_its_date_is_and_what_drives_it(ahead):
    """The master schedule counts because `authority` prefers it; what the links give is what the file shows."""
    found = simulated(ahead, RECORD, DECLARED)
    told = text(found, ahead)

    assert found.binding == "master-schedule"
    assert found.by_links == datetime(2027, 4, 28, 17)
    assert not found.held_otherwise
    assert 0.8 < found.drawn.chance < 1
    read = re.findall(r"evidence/program/ims_2027-04-15\.xml \(sha256 ([0-9a-f]{16})…\)\.", told)
    assert len(set(read)) == 2
    assert f"The last run read something else: evidence/program/ims_2027-04-15.xml (sha256 {read[1]}…)." in told
    assert "UID 17 'Accept: general ledger, blueprint'" in told
    assert "correlation 0.3 between any two, by one common factor (said by --correlation)" in told
    assert "seed 1" in told
    assert "335 unfinished activities have no link that leads to go-live" in told
    document = simulation_document(found, ahead.trend.last.started.program.zone)
    assert document["by_links"] == "2027-04-28T21:00:00.000000Z"
    assert document["last_run_read_the_same"] is False
    assert document["probability"] == str(found.drawn.chance.numerator / found.drawn.chance.denominator)
    assert [len(document["criticality"]), list(document["finishes"])] == [10, ["p50", "p80", "p90"]]


def test_nothing_is_drawn_where_nobody_declares_how_uncertain_it_is(ahead):
    """No hidden default: the sentence says what to declare, and what is missing alone."""
    neither = simulated(ahead, RECORD, replace(DECLARED, spread=None, correlation=None))
    no_correlation = simulated(ahead, RECORD, replace(DECLARED, correlation=None))
    no_spread = simulated(ahead, RECORD, replace(DECLARED, spread=None))

    assert [neither.drawn, no_correlation.drawn, no_spread.drawn] == [None] * 3
    told = [text(found, ahead).splitlines()[-1] for found in (neither, no_correlation, no_spread)]
    assert [("--spread" in line, "--correlation" in line) for line in told] == [
        (True, True),
        (False, True),
        (True, False),
    ]
    assert all(line.startswith("No probability:") and "%" not in line for line in told)
    document = simulation_document(neither, ahead.trend.last.started.program.zone)
    assert "probability" not in document
    assert document["undrawn"] == told[0]


def test_the_command_adds_a_section_and_records_nothing(capsys):
    """Text and JSON; the log is as it was."""
    before = {path.name: path.read_bytes() for path in RECORD.iterdir()}
    options = [
        "--simulate",
        "--draws",
        "50",
        "--spread",
        "0.9,1.5",
        "--correlation",
        "0",
        "--as-of",
        "2027-04-19T16:00Z",
    ]

    assert run(["forecast", str(RECORD), *options, "--shape", "pert", "--seed", "3", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["simulation"]["assumed"]["shape"] == "pert"
    assert (found["simulation"]["assumed"]["draws"], found["simulation"]["assumed"]["seed"]) == (50, 3)
    assert found["note"].startswith("Forecast, not evidence.")
    assert {path.name: path.read_bytes() for path in RECORD.iterdir()} == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--spread", "0.9,1.5"], "add --simulate"),
        (["--simulate", "--spread", "1.5"], "not two shares"),
        (["--simulate", "--spread", "1.1,1.5"], "at best is more than 0 and at most 1"),
        (["--simulate", "--spread", "0.9,0.95"], "at worst at least 1"),
        (["--simulate", "--correlation", "1.1"], "not a number from 0 to 1"),
        (["--simulate", "--draws", "0"], "cannot be made"),
        (["--simulate", "--draws", "1000001"], "cannot be made"),
        (["--simulate", "--binding", "master"], "no binding 'master'"),
        (["--simulate", "--binding", "raid-log"], "lays out no network"),
    ],
)
def test_a_mistake_on_the_command_line_costs_no_number(options, told, ahead, monkeypatch, capsys):
    """Each names what to write instead."""
    monkeypatch.setattr("gonogo.workflow.forecasting.release_forecast", lambda *_: ahead)

    assert run(["forecast", str(RECORD), *options]) == 2
    assert told in capsys.readouterr().err


def test_a_log_without_its_program_has_no_schedule(ahead, tmp_path):
    """A simulation reads the file anew, and a log has only its digest."""
    with pytest.raises(UsageError, match="is a log"):
        simulated(ahead, tmp_path, DECLARED)


def test_a_missing_library_is_named_before_anything_is_read(ahead, tmp_path, monkeypatch):
    """pip install 'gonogo[forecast]' is the next step."""
    monkeypatch.setitem(__import__("sys").modules, "numpy.random", None)

    with pytest.raises(UsageError) as caught:
        simulated(ahead, tmp_path, DECLARED)
    assert "gonogo[forecast]" in caught.value.hint


def point(name, **more):
    known = {"key": name, "name": name, "role": PointRole.WORK, "calendar": 0, "seconds": 36_000}
    return NetworkPoint(**(known | more))


def reply(*points, **more):
    golive = point("GL", role=PointRole.MILESTONE, seconds=0)
    network = ActivityNetwork(
        data_date=10**9,
        committed=10**9 + 36_000,
        aim="committed 2001-09-09",
        activities=(*points, golive),
        links=tuple(NetworkTie(pred=place, succ=len(points)) for place in range(len(points))),
        calendars=(ALWAYS,),
        **more,
    )
    return NetworkReply("plan", (), network)


def drawn(answer, ahead, **order):
    found = room._drawn(replace(DECLARED, **order), answer, None)
    return found, text(found, ahead)


def test_where_the_file_is_later_than_its_links_the_chance_is_an_upper_bound(ahead):
    """Leveled resources and absences are not in the links: the figure is too good, and says so."""
    found, told = drawn(reply(point("a"), shown=10**9 + 40_000), ahead, spread=(Decimal(1), Decimal(1)))

    assert "Probability of the committed date: at most 100.0%" in told
    assert "the probability is too high" in told
    assert simulation_document(found, ahead.trend.last.started.program.zone)["later_than_links"] is True
    _, told = drawn(reply(point("a"), shown=10**9 + 36_000), ahead, spread=(Decimal(1), Decimal(1)))
    assert "at most" not in told


def test_estimates_of_every_activity_need_no_spread(ahead):
    """And where one lacks it, the sentence counts."""
    estimate = ThreePoints(low=30_000, likely=36_000, high=50_000)
    whole, told = drawn(reply(point("a", points=estimate)), ahead, spread=None)
    assert whole.drawn is not None
    assert "1 activity by the estimates in the file; correlation" in told
    part, told = drawn(reply(point("a", points=estimate), point("b")), ahead, spread=None)

    assert part.drawn is None
    assert "(1 of 2 activities have no estimate)" in told


def test_nothing_that_takes_time_gives_no_probability(ahead):
    """Go-live waits for dates alone: 100% would sound as if somebody had measured something."""
    found, told = drawn(reply(point("a", role=PointRole.MILESTONE, seconds=0)), ahead)

    assert found.drawn is None
    assert "nothing that takes time is left before go-live" in told


def test_a_refusal_of_the_schedule_is_the_answer(ahead):
    """With the reason, and without any date."""
    found, told = drawn(NetworkReply("plan", (), refused="links run in a circle"), ahead)

    assert told.endswith("No date and no probability: links run in a circle.")
    assert "The last run recorded nothing about this binding." in told
    assert "by_links" not in simulation_document(found, ahead.trend.last.started.program.zone)


def test_dates_beyond_any_calendar_are_refused(ahead, monkeypatch):
    """A table that ends is no date."""

    def beyond(*_):
        raise BeyondCalendar

    monkeypatch.setattr(room, "finish_by_links", beyond)

    assert "more than 20 years ahead" in drawn(reply(point("a")), ahead)[1]


def test_a_date_that_holds_go_live_is_named(ahead):
    """A promised delivery has no spread, and a reader must see that it decides."""
    delivery = point("delivery", role=PointRole.MILESTONE, seconds=0, not_before=10**9 + 90_000)
    _, told = drawn(reply(delivery, point("a")), ahead)

    assert (
        "In 100.0% of the draws a date in the file, not work, holds go-live. A date has no spread:\n   100.0%  delivery"
        in told
    )


@pytest.mark.parametrize(
    ("authority", "chosen"),
    [
        ({}, None),
        ({"ims.bei": "plan"}, "plan"),
        ({"ims.bei": "plan", "ims.cpli": "theirs"}, None),
        ({"a.b": "raid"}, None),
    ],
)
def test_of_several_schedules_the_one_that_authority_prefers_counts(authority, chosen, monkeypatch):
    """Two that disagree are not chosen between."""
    bindings = [binding_of("schedule", id=name, collector="mspdi") for name in ("plan", "theirs")]
    monkeypatch.setattr(room, "with_networks", lambda *_: bindings)
    program = program_of(*bindings, authority=authority)

    if chosen is None:
        with pytest.raises(UsageError, match=r"Several bindings read a schedule: plan, theirs\."):
            room._binding(program, "payroll-1", None)
    else:
        assert room._binding(program, "payroll-1", None).id == chosen


def test_no_schedule_at_all_is_a_sentence(monkeypatch):
    """It says what to bind."""
    monkeypatch.setattr(room, "with_networks", lambda *_: [])

    with pytest.raises(UsageError, match="No binding of this release reads a schedule that can be simulated"):
        room._binding(program_of(), "payroll-1", None)
