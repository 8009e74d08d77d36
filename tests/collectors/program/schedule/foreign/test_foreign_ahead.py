"""What is ahead of go-live in plans of other tools: the networks of gonogo's own readers, and no guess."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from tests.collectors.program.schedule.foreign.conftest import GO_LIVE, NOON

from gonogo.collectors.program.schedule.collectors import XerCollector
from gonogo.forecast.go_live_draws import finish_by_links
from gonogo.model.activity_network import ActivityNetwork
from gonogo.testing.jobs import job_of

CODE = {"golive": {"code": "GL1000"}}
MPX = {"form": "mpx", "as_of": "2027-04-16T12:00:00+00:00", "ahead": True}


@pytest.fixture
def ours():
    """Lay out a file with one of gonogo's own collectors."""

    def lay_out(collector, data, **settings):
        job = job_of(
            {"file": ("plan", data)}, now=datetime.fromisoformat(NOON), go_live=datetime.fromisoformat(GO_LIVE)
        )
        given = collector.settings.model_validate_json(json.dumps(settings))
        return json.loads(collector.activity_network(job, given).model_dump_json())

    return lay_out


def of_work(network):
    """Return a network as a dictionary without its joints: P6's WBS has none in an XER, and holds nothing."""
    points = [point for point in network["activities"] if point["role"] != "joint"]
    names = {number: point["name"] for number, point in enumerate(network["activities"])}
    work = {point["name"] for point in points}
    links = [{**link, "pred": names[link["pred"]], "succ": names[link["succ"]]} for link in network["links"]]
    return network | {
        "activities": sorted(points, key=lambda point: point["name"]),
        "links": [link for link in links if {link["pred"], link["succ"]} <= work],
    }


def lags_in(calendar):
    """Return the options of a project: in whose calendar lags count."""
    return [{"schedoptions_id": 1, "proj_id": 10, "sched_calendar_on_relationship_lag": f"rcal_{calendar}"}]


def finish(network):
    """Return when go-live is reached without any delay."""
    return finish_by_links(ActivityNetwork.model_validate_json(json.dumps(network))).isoformat()


def point(network, name):
    """Return the point of an activity."""
    return next(each for each in network["activities"] if name in each["name"] and each["role"] != "joint")


class TestPrimaveraXml:
    def test_the_network_is_that_of_the_xer(self, machine, ours, xer, remaining):
        """P6 writes both from one database, so both have one date."""
        data = xer(remaining)

        theirs = machine(data, "pmxml", settings=CODE, ahead=True)

        assert of_work(theirs) == of_work(ours(XerCollector(), data, **CODE))
        assert finish(theirs) == "2027-04-26T17:00:00"

    @pytest.mark.parametrize(
        "kind",
        ["CS_MSO", "CS_MEO", "CS_MSOB", "CS_MEOB", "CS_MANDSTART", "CS_MANDFIN", "CS_MSOA", "CS_MEOA", "CS_ALAP"],
    )
    def test_every_constraint_holds_as_in_the_xer(self, machine, ours, xer, remaining, kind):
        """One that is lost lets work begin too early."""
        remaining["TASK"][2].update(cstr_type=kind, cstr_date="2027-04-28 17:00")
        data = xer(remaining)

        theirs, mine = machine(data, "pmxml", settings=CODE, ahead=True), ours(XerCollector(), data, **CODE)

        assert of_work(theirs) == of_work(mine)
        assert finish(theirs) == finish(mine)

    def test_every_kind_of_link_and_lag_is_as_in_the_xer(self, machine, ours, xer, remaining):
        """Four types, a lead and two lags."""
        for link, kind, lag in zip(remaining["TASKPRED"], ("FS", "SS", "FF", "SF"), (0, -8, "4.5", 16), strict=True):
            link.update(pred_type=f"PR_{kind}", lag_hr_cnt=lag)
        data = xer(remaining | {"SCHEDOPTIONS": lags_in("Predecessor")})

        theirs, mine = machine(data, "pmxml", settings=CODE, ahead=True), ours(XerCollector(), data, **CODE)

        assert of_work(theirs)["links"] == of_work(mine)["links"]
        assert finish(theirs) == finish(mine)

    @pytest.mark.parametrize("by", ["Predecessor", "Successor", "ProjDefault", "24Hour"])
    def test_lags_count_in_the_calendar_that_the_plan_says(self, machine, ours, xer, remaining, by):
        """Two days of night and weekend are less than two working days."""
        remaining["TASKPRED"][2]["lag_hr_cnt"] = 16
        data = xer(remaining | {"SCHEDOPTIONS": lags_in(by)})

        theirs, mine = machine(data, "pmxml", settings=CODE, ahead=True), ours(XerCollector(), data, **CODE)

        assert of_work(theirs)["links"] == of_work(mine)["links"]
        assert finish(theirs) == finish(mine)

    def test_without_what_remains_there_is_no_network(self, machine, xer, remaining):
        """Planned durations of begun work are what it was to take, not what it still takes."""
        data = xer(remaining)
        gone = [["<RemainingDuration>24</RemainingDuration>", ""]]

        found = machine(data, "pmxml", settings=CODE, ahead=True, replaced=gone)

        assert "1 unfinished activities feeding go-live have no duration" in found["refused"]
        assert "plan: " in found["refused"]

    def test_estimates_come_from_user_defined_fields(self, machine, ours, xer, remaining):
        """The same fields as in the XER."""
        kinds = [
            {"udf_type_id": n, "table_name": "TASK", "udf_type_label": name, "logical_data_type": "FT_FLOAT_2_DECIMALS",
             "super_flag": "N"}
            for n, name in ((1, "Best"), (2, "Worst"))
        ]  # fmt: skip
        values = [
            {"udf_type_id": n, "fk_id": 103, "proj_id": 10, "udf_number": number, "udf_text": ""}
            for n, number in ((1, 2), (2, 5))
        ]
        data = xer(remaining | {"UDFTYPE": kinds, "UDFVALUE": values})
        fields = {"optimistic": "Best", "pessimistic": "Worst"}
        asked = CODE | {"simulation": {"estimates": fields | {"unit": "days"}}}

        theirs = machine(data, "pmxml", settings=asked, ahead=True)

        assert of_work(theirs) == of_work(ours(XerCollector(), data, **asked))
        assert point(theirs, "Rehearse")["points"] == {"low": 2 * 8 * 3600, "likely": 24 * 3600, "high": 5 * 8 * 3600}
        unitless = machine(data, "pmxml", settings=CODE | {"simulation": {"estimates": fields}}, ahead=True)
        assert "state `unit`" in unitless["refused"]
        other = {"estimates": fields | {"optimistic": "Least"}}
        assert "defines 0 custom fields 'Least'" in machine(
            data, "pmxml", settings=CODE | {"simulation": other}, ahead=True
        )["refused"]  # fmt: skip


class TestOtherTools:
    def test_a_plan_without_a_status_date_is_not_simulated(self, machine, mspdi, project):
        """What remains is counted from it, and MPX has none."""
        found = machine(mspdi(project), settings={"golive": "Go-live"}, **MPX)

        assert "no status date" in found["refused"]

    def test_a_plan_that_does_not_say_how_long_a_day_is_is_not_simulated(self, machine, mspdi, project):
        """MPXJ says eight hours for every file; only the settings of the binding may."""
        asked = {"form": "planner", "as_of": "2027-04-16T12:00:00+00:00", "ahead": True}
        golive = {"golive": "Go-live"}

        assert "state hours_per_day" in machine(mspdi(project), settings=golive, **asked)["refused"]
        said = machine(mspdi(project), settings=golive | {"hours_per_day": 8}, **asked)
        assert "no status date" in said["refused"]
        odd = machine(mspdi(project), settings=golive | {"hours_per_day": "7.123"}, **asked)
        assert "no whole number of minutes" in odd["refused"]
