"""Plans of other tools: the answers of gonogo's own readers, and none that the plan does not bear out."""

from __future__ import annotations

import pytest

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector

CODE = {"golive": {"code": "GL1000"}}
UNBASELINED = {
    *("golive_task_max_variance", "golive_tasks_late", "bei", "missed_tasks_ratio", "baselined_ratio"),
    "golive_baseline_variance_days",
}
"""Facts whose gap says for each kind of file how a baseline is exported."""


def same(ours, theirs, *, apart=frozenset()):
    """Check that every fact has the same answer."""
    assert {name: answer for name, answer in theirs.items() if name not in apart} == {
        name: answer for name, answer in ours.items() if name not in apart
    }


class TestPrimaveraXml:
    def test_the_small_schedule_gives_the_answers_of_its_xer(self, machine, plain, xer, remaining):
        """P6 writes both from one database; they may not differ in what they prove."""
        data = xer(remaining)

        theirs = machine(data, "pmxml", settings=CODE)

        same(plain(XerCollector(), data, **CODE), theirs, apart=UNBASELINED)
        assert theirs["golive_path_continuous"][0] == "True"

    @pytest.mark.parametrize(
        "kind",
        ["CS_MSO", "CS_MEO", "CS_MSOB", "CS_MEOB", "CS_MANDSTART", "CS_MANDFIN", "CS_MSOA", "CS_MEOA", "CS_ALAP"],
    )
    def test_every_constraint_is_as_hard_as_in_the_xer(self, machine, plain, xer, remaining, kind):
        """A constraint that is read as soft hides a date that logic cannot move."""
        remaining["TASK"][2].update(cstr_type=kind, cstr_date="2027-04-26 17:00")
        data = xer(remaining)

        ours, theirs = plain(XerCollector(), data, **CODE), machine(data, "pmxml", settings=CODE)

        assert theirs["hard_constraint_ratio"] == ours["hard_constraint_ratio"]

    def test_every_kind_of_link_and_lag_is_as_in_the_xer(self, machine, plain, xer, remaining):
        """Four types, a lead and two lags."""
        for link, kind, lag in zip(remaining["TASKPRED"], ("FS", "SS", "FF", "SF"), (0, -8, "4.5", 16), strict=True):
            link.update(pred_type=f"PR_{kind}", lag_hr_cnt=lag)
        data = xer(remaining)

        ours, theirs = plain(XerCollector(), data, **CODE), machine(data, "pmxml", settings=CODE)

        for name in ("leads_count", "lags_ratio", "missing_logic_ratio", "golive_path_continuous"):
            assert theirs[name] == ours[name]

    def test_planned_dates_are_no_baseline(self, machine, xer, remaining):
        """MPXJ fills a missing baseline from planned dates, by which nothing is ever late."""
        theirs = machine(xer(remaining), "pmxml", settings=CODE)

        for name in UNBASELINED:
            assert theirs[name][0] is None
            assert "the file does not hold the project's baseline" in theirs[name][3]

    def test_planned_dates_are_no_forecast(self, machine, xer, tables):
        """Without remaining dates MPXJ shows planned ones as the start and the finish."""
        theirs = machine(xer(tables), "pmxml", settings=CODE)

        assert theirs["forecast_slip_days"][0] is None
        assert "has no finish date" in theirs["forecast_slip_days"][3]

    @pytest.mark.parametrize("hours", [40, 41, 480])
    def test_what_remains_counts_as_in_the_xer(self, machine, plain, xer, remaining, hours):
        """A day more than until the finish, an hour more than that, and twelve weeks."""
        remaining["TASK"][1].update(remain_drtn_hr_cnt=hours, target_drtn_hr_cnt=hours)
        data, settings = xer(remaining), {**CODE, "committed": "2027-04-26"}

        ours, theirs = plain(XerCollector(), data, **settings), machine(data, "pmxml", settings=settings)

        assert theirs["forecast_slip_days"][0] == ours["forecast_slip_days"][0]
        assert (theirs["forecast_slip_days"][0] != "0.000000") is (hours > 40)

    def test_work_that_is_said_to_be_done_without_a_finish_is_invalid(self, machine, xer, remaining):
        """The status of P6 says what is done, and the dates have to bear it out."""
        done = [["<Status>In Progress</Status>", "<Status>Completed</Status>"]]

        theirs = machine(xer(remaining), "pmxml", settings=CODE, replaced=done)

        assert theirs["invalid_dates"][0] == "1"
        assert theirs["invalid_dates"][4] == ["A2"]

    def test_a_holiday_of_the_program_is_off(self, machine, xer, remaining):
        """It counts against the program where the plan works on it."""
        for name in ("late_start_date", "late_end_date", "rem_late_start_date", "rem_late_end_date"):
            remaining["TASK"][3][name] = "2027-05-24 17:00"
        asked = {"settings": {**CODE, "committed": "2027-04-30"}}

        usual = machine(xer(remaining), "pmxml", **asked)
        off = machine(xer(remaining), "pmxml", holidays=["2027-04-28"], **asked)

        assert (usual["golive_total_float_days"][0], off["golive_total_float_days"][0]) == ("4.000000", "3.000000")


class TestOtherTools:
    LOGIC = (
        *("wbs_leaf_count", "wbs_leaf_with_tasks_ratio", "tasks_without_wbs_ratio", "missing_logic_ratio"),
        *("leads_count", "lags_ratio", "hard_constraint_ratio", "high_duration_ratio", "golive_tasks"),
    )

    def test_an_mpx_file_gives_the_logic_of_its_xml(self, machine, plain, mspdi, project):
        """MPX has no status date: what compares dates with it is a gap, and the rest is read."""
        data = mspdi(project)

        ours = plain(MspdiCollector(), data, golive="Go-live")
        theirs = machine(data, "mpx", settings={"golive": "Go-live"}, as_of="2027-04-16T12:00:00+00:00")

        for name in self.LOGIC:
            assert theirs[name][:3] == ours[name][:3], name
        assert "no status date" in theirs["invalid_dates"][3]

    def test_a_tool_that_does_not_say_how_long_a_day_is_measures_no_days(self, machine, mspdi, project):
        """MPXJ says eight hours for every file; only the settings of the binding may."""
        asked = {"form": "planner", "as_of": "2027-04-16T12:00:00+00:00"}

        silent = machine(mspdi(project), settings={"golive": "Go-live"}, **asked)
        said = machine(mspdi(project), settings={"golive": "Go-live", "hours_per_day": 8}, **asked)

        assert "does not say how long a working day is" in silent["high_duration_ratio"][3]
        assert said["high_duration_ratio"][1:3] == [0, 5]


class TestRefused:
    def test_a_file_that_gonogo_reads_itself_is_not_read_by_another(self, machine, mspdi, xer, project, tables):
        """MPXJ repairs what gonogo's readers refuse."""
        for data, name in ((mspdi(project), "mspdi"), (xer(tables), "xer")):
            assert f"bind it to `schedule:{name}`" in machine(data, settings=CODE)["refused"]

    @pytest.mark.parametrize("data", [b"", b"nothing", b"x" * 4096, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
                                      b"PK\x03\x04" + bytes(4096), b"SQLite format 3\x00" + bytes(4096)])  # fmt: skip
    def test_what_is_no_plan_says_what_to_export(self, machine, data):
        """Whatever is bound by mistake."""
        found = machine(data, settings=CODE)

        assert found["refused"]
        assert "MPXJ" in found["refused"]

    def test_entities_are_not_expanded(self, machine, xer, remaining):
        """A document that defines its own words can also make them endless."""
        bomb = '<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;&b;"><!ENTITY d "&c;&c;&c;">]><APIBusinessObjects'

        found = machine(
            xer(remaining), "pmxml", settings=CODE, replaced=[["<APIBusinessObjects", bomb], [">Rehearse<", ">&d;<"]]
        )

        assert "MPXJ cannot read it" in found["refused"]

    def test_a_plan_that_is_cut_off_is_no_shorter_plan(self, machine, xer, remaining):
        """Half of a plan has no late tasks."""
        found = machine(xer(remaining), "pmxml", settings=CODE, replaced=[["</APIBusinessObjects>", ""]])

        assert "MPXJ cannot read it" in found["refused"]

    def test_a_project_that_is_not_there_is_named_with_those_that_are(self, machine, xer, remaining):
        """Or the reader has to open the file elsewhere to learn its name."""
        found = machine(xer(remaining), "pmxml", settings={**CODE, "project": "OTHER"})

        assert "0 projects of the file are 'OTHER'" in found["refused"]
        assert found["reason"] == "missing"
