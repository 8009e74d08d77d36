"""DCMA's points 4, 6, 7, 10 and 11, the baseline and the load, calculated by hand on the small schedule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.model.evidence import GapReason

DAY = 4800
"""Tenths of a minute in a working day, as TotalSlack counts."""


def counted(answer):
    return (answer.part, answer.whole, list(answer.open_items or ()))


class TestLinks:
    @pytest.mark.parametrize("kind", [0, 2, 3])
    def test_a_link_of_another_kind_counts_against_the_share_and_is_named(self, ask, project, task, after, kind):
        """Point 4: what ties ends to ends hides which work waits for which."""
        task(project, 5)["PredecessorLink"] = [after(3, Type=kind)]

        assert counted(ask(project)["finish_start_ratio"]) == (3, 4, ["UID 3 > UID 5"])


class TestFloat:
    @pytest.mark.parametrize(("slack", "high"), [(44 * DAY - 1, 0), (44 * DAY, 0), (44 * DAY + 1, 1)])
    def test_44_working_days_of_float_are_not_high(self, ask, project, task, slack, high):
        """Point 6: below, at and above the threshold."""
        task(project, 5)["TotalSlack"] = slack

        assert counted(ask(project)["high_float_ratio"]) == (high, 4, ["UID 5"] * high)

    @pytest.mark.parametrize(("slack", "negative"), [(1, 0), (0, 0), (-1, 1)])
    def test_float_below_zero_counts_wherever_it_is(self, ask, project, task, slack, negative):
        """Point 7: hypercare does not feed go-live, and is late all the same."""
        task(project, 8)["TotalSlack"] = slack

        assert counted(ask(project)["negative_float_ratio"]) == (negative, 4, ["UID 8"] * negative)

    def test_finished_work_has_no_float_to_judge(self, ask, project, task):
        """Tools write any number there."""
        task(project, 2)["TotalSlack"] = -DAY

        assert ask(project)["negative_float_ratio"].part == 0

    def test_without_the_float_of_one_nobody_knows_the_share(self, ask, project, task):
        """It could be on either side of the threshold."""
        task(project, 8)["TotalSlack"] = ""
        answers = ask(project)

        for name in ("high_float_ratio", "negative_float_ratio"):
            assert answers[name].gap is GapReason.MISSING
            assert "1 unfinished activities have no total float: UID 8" in answers[name].detail

    def test_links_in_a_circle_leave_no_float_to_judge(self, ask, project, task, after):
        """What the tool wrote beside them is of before the circle was closed."""
        task(project, 3)["PredecessorLink"].append(after(5))
        answers = ask(project)

        assert [answers[name].gap for name in ("high_float_ratio", "negative_float_ratio")] == [GapReason.MALFORMED] * 2


class TestResources:
    @pytest.mark.parametrize(
        ("written", "bare"),
        [("PT7H59M0S", ["UID 8"]), ("PT8H0M0S", ["UID 5", "UID 8"]), ("PT8H1M0S", ["UID 5", "UID 8"])],
    )
    def test_a_task_of_a_working_day_needs_somebody(self, ask, project, task, written, bare):
        """Point 10: below, at and above one day; a shorter one is in neither number."""
        task(project, 5)["Duration"] = written

        assert counted(ask(project)["unresourced_ratio"]) == (len(bare), len(bare) + 1, bare)

    def test_without_assignments_nobody_knows(self, ask, project):
        """An empty table of assignments is not a plan in which all tasks are staffed, nor one in which none is."""
        project["Assignments"]["Assignment"] = []

        assert ask(project)["unresourced_ratio"].gap is GapReason.NOT_PROVABLE


class TestBaseline:
    @pytest.mark.parametrize(
        ("finish", "missed"), [("2027-04-09T16:59:00", 0), ("2027-04-09T17:00:00", 0), ("2027-04-09T17:01:00", 1)]
    )
    def test_work_is_missed_once_it_finishes_after_its_baseline(self, ask, project, task, finish, missed):
        """Point 11: design was baselined to finish on Friday at five."""
        task(project, 2).update(Finish=finish, ActualFinish=finish)

        assert counted(ask(project)["missed_tasks_ratio"]) == (missed, 1, ["UID 2"] * missed)

    @pytest.mark.parametrize(
        ("held", "whole"), [("2027-04-15T16:59:00", 2), ("2027-04-15T17:00:00", 2), ("2027-04-15T17:01:00", 1)]
    )
    def test_what_is_baselined_to_finish_by_the_data_date_is_due(self, ask, project, task, held, whole):
        """Work that is due and not finished is missed, whatever its forecast says."""
        task(project, 3)["Baseline"]["Finish"] = held
        answer = ask(project)["missed_tasks_ratio"]

        assert (answer.part, answer.whole) == (whole - 1, whole)

    def test_before_anything_is_due_nobody_knows_what_is_missed(self, ask, project, task):
        """None missed of none is no good news."""
        for uid in (2, 3):
            task(project, uid)["Baseline"]["Finish"] = "2027-04-16T17:00:00"

        assert ask(project)["missed_tasks_ratio"].gap is GapReason.MISSING

    def test_an_activity_without_a_baseline_is_named(self, ask, project, task):
        """It can never be late, so the share says how far the other points reach."""
        task(project, 5)["Baseline"] = []

        assert counted(ask(project)["baselined_ratio"]) == (4, 5, ["UID 5"])

    @pytest.mark.parametrize(
        ("finish", "days"),
        [
            ("2027-05-02T06:00:00", Decimal(-1)),
            ("2027-05-03T06:00:00", Decimal(0)),
            ("2027-05-04T06:00:00", Decimal(1)),
        ],
    )
    def test_the_variance_of_go_live_has_a_sign(self, ask, project, task, finish, days):
        """An early forecast is worth knowing too."""
        task(project, 6).update(Start=finish, Finish=finish)

        assert ask(project)["golive_baseline_variance_days"].value == days


class TestLoad:
    @pytest.mark.parametrize(("units", "load", "named"), [("1.24", "0.992000", []), ("1.25", "1.000000", []),
                                                        ("1.26", "1.008000", ["Ines Calloway"])])  # fmt: skip
    def test_the_heaviest_week_of_one_person(self, ask, project, units, load, named):
        """Four of five days of the first week are hers: below, at and above what she has."""
        project["Assignments"]["Assignment"][0]["Units"] = units
        answer = ask(project)["peak_resource_load"]

        assert (answer.value, list(answer.open_items)) == (Decimal(load), named)
        assert "Ines Calloway in the week from 2027-04-15" in answer.where

    def test_work_of_a_person_without_capacity_is_no_load_of_zero(self, ask, project):
        """A resource at 0 percent can bear nothing."""
        project["Resources"]["Resource"][0]["MaxUnits"] = "0"

        assert "has work to do and no capacity" in ask(project)["peak_resource_load"].detail
