"""The order of rows in a file says nothing: no answer depends on it, in either format."""

from __future__ import annotations

import copy
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.model.evidence import GapReason

SHUFFLED = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
UIDS = {"P": 11, "a": 12, "b": 13, "Q": 14, "c": 15, "d": 16, "e": 17, "G": 6}
DAYS = ("04-21", "04-22", "04-23", "04-26")


def told(answers):
    """Return what each answer says, without the sentences beside it."""
    return {
        name: (answer.value, answer.part, answer.whole, answer.gap, sorted(answer.open_items or ()))
        for name, answer in answers.items()
    }


def shuffled(draw, rows):
    return draw(st.permutations(rows)) if len(rows) > 1 else rows


def outline(draw, tasks):
    """Return the tasks of an outline with the rows beside each other in another order, each with the rows below it."""
    if not tasks:
        return []
    top = tasks[0]["OutlineLevel"]
    starts = [place for place, task in enumerate(tasks) if task["OutlineLevel"] == top]
    blocks = [tasks[start:end] for start, end in itertools.pairwise([*starts, len(tasks)])]
    return [line for block in shuffled(draw, blocks) for line in (block[0], *outline(draw, block[1:]))]


@st.composite
def networks(draw):
    """Links of five tasks and two phases, and days and lengths that often end and begin together."""
    rows = [(draw(st.sampled_from(DAYS)), draw(st.sampled_from((8, 16))), draw(st.booleans())) for _ in range(5)]
    ends = st.tuples(
        st.sampled_from(("a", "b", "P", "c", "d", "e", "Q")), st.sampled_from(("b", "c", "d", "e", "Q", "G"))
    )
    links = draw(st.sets(ends.filter(lambda pair: pair[0] < pair[1] or pair[1] in "QG"), max_size=8))
    return rows, sorted(links)


class TestMspdi:
    def build(self, project, row, after, network):
        """Hang two phases, with tasks that tie, beside the small schedule's own rows."""
        rows, links = network
        made = {}
        for name, (day, hours, begun) in zip("abcde", rows, strict=True):
            uid, end = UIDS[name], DAYS[min(DAYS.index(day) + hours // 8 - 1, 3)]
            made[name] = row(uid, name, 2, f"{day}T08", f"{end}T17", hours, TotalSlack=-4800 if begun else 0)
            if begun:
                made[name]["ActualStart"] = "2027-04-13T08:00:00"
        for name in "PQ":
            made[name] = row(UIDS[name], name, 1, "04-19T08", "04-22T17", 32, Summary=1, Baseline=[])
        made["G"] = next(task for task in project["Tasks"]["Task"] if task["UID"] == 6)
        made["G"]["PredecessorLink"] = []
        for pred, succ in links:
            if pred != succ:
                made[succ]["PredecessorLink"].append(after(UIDS[pred]))
        project["Tasks"]["Task"] += [made[name] for name in ("P", "a", "b", "Q", "c", "d", "e")]
        project["Resources"]["Resource"].append({"UID": 2, "Name": "Bo", "Type": 1, "MaxUnits": "0.50"})
        project["Assignments"]["Assignment"] += [
            {"UID": uid, "TaskUID": uid, "ResourceUID": 1 + uid % 2, "Units": 1} for uid in (12, 13, 15, 16)
        ]

    @SHUFFLED
    @given(st.data(), networks())
    def test_no_answer_depends_on_the_order_of_rows(self, ask, project, row, after, data, network):
        """Two planners who sort a plan differently have one plan."""
        tree = copy.deepcopy(project)
        self.build(tree, row, after, network)
        other = copy.deepcopy(tree)
        other["Tasks"]["Task"] = outline(data.draw, other["Tasks"]["Task"])
        for task in other["Tasks"]["Task"]:
            task["PredecessorLink"] = shuffled(data.draw, task["PredecessorLink"])
        for group, kind in (("Resources", "Resource"), ("Assignments", "Assignment")):
            other[group][kind] = shuffled(data.draw, other[group][kind])

        assert told(ask(other)) == told(ask(tree))

    @pytest.mark.parametrize("order", list(itertools.permutations((12, 13, 15))))
    def test_of_all_tasks_that_end_a_phase_together_each_may_carry_the_path(
        self, ask, project, task, row, after, order
    ):
        """The first of them in the file used to decide alone: a plan sorted by name lost its path."""
        rows = {
            12: row(12, "driven", 2, "04-20T08", "04-21T17", 16, PredecessorLink=[after(3)]),
            13: row(13, "hanging", 2, "04-21T08", "04-21T17", 8),
            15: row(15, "hanging too", 2, "04-21T08", "04-21T17", 8),
        }
        task(project, 3)["Finish"] = "2027-04-19T17:00:00"
        phase = row(11, "Phase", 1, "04-20T08", "04-21T17", 16, Summary=1, Baseline=[])
        project["Tasks"]["Task"] += [phase, *(rows[uid] for uid in order)]
        task(project, 5)["PredecessorLink"] = [after(11)]
        held = ask(project)["golive_path_continuous"]
        rows[12]["PredecessorLink"] = []

        assert held.value is True
        assert ask(project)["golive_path_continuous"].value is False

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_chain_that_needs_no_broken_calendar_is_found_beside_one_that_does(
        self, ask, project, task, row, after, order
    ):
        """One row with a lost calendar hid the path only where the row stood last."""
        lost = row(12, "lost", 1, "04-22T08", "04-26T17", 24, CalendarUID=77)
        project["Tasks"]["Task"].append(lost)
        task(project, 6)["PredecessorLink"] = [after(5), after(12)][::order]
        beside = ask(project)["golive_path_continuous"]
        task(project, 5)["PredecessorLink"] = []
        alone = ask(project)["golive_path_continuous"]

        assert beside.value is True
        assert (alone.gap, "calendar 77" in alone.detail) == (GapReason.MALFORMED, True)

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_day_that_one_calendar_sets_apart_in_two_ways_is_doubtful(self, ask, project, order):
        """Float counts it as off, whichever of the two stands last."""
        day = {"FromDate": "2027-04-27T00:00:00", "ToDate": "2027-04-27T23:59:00"}
        off = {"Type": 1, "TimePeriod": day, "DayWorking": 0}
        worked = {
            "Type": 1, "TimePeriod": day, "DayWorking": 1,
            "WorkingTimes": {"WorkingTime": {"FromTime": "08:00:00", "ToTime": "16:00:00"}},
        }  # fmt: skip
        exceptions = project["Calendars"]["Calendar"]["Exceptions"] = {"Exception": [off, worked][::order]}
        twice = ask(project, committed="2027-04-29")["golive_total_float_days"].value
        exceptions["Exception"] = [off]

        assert twice == ask(project, committed="2027-04-29")["golive_total_float_days"].value == 2

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_day_of_the_week_with_two_kinds_of_hours_makes_the_calendar_unreadable(self, ask, project, order):
        """Written twice with the same hours it is one day."""
        off = {"DayType": 3, "DayWorking": 0}
        worked = {
            "DayType": 3, "DayWorking": 1,
            "WorkingTimes": {"WorkingTime": {"FromTime": "08:00:00", "ToTime": "16:00:00"}},
        }  # fmt: skip
        project["Calendars"]["Calendar"]["WeekDays"] = {"WeekDay": [off, worked][::order]}
        differing = ask(project)["golive_total_float_days"]
        project["Calendars"]["Calendar"]["WeekDays"] = {"WeekDay": [worked, worked]}

        assert (differing.gap, "written twice" in differing.detail) == (GapReason.MALFORMED, True)
        assert ask(project)["golive_total_float_days"].value == 4

    def test_all_work_of_another_project_that_drives_one_task_is_named(self, ask, project, task, after):
        """Not the first of it in the file alone."""
        links = [
            after(91, CrossProject=1, CrossProjectName="a.mpp"),
            after(92, CrossProject=1, CrossProjectName="b.mpp"),
        ]
        task(project, 5)["PredecessorLink"] += links

        assert "a.mpp, b.mpp" in ask(project)["negative_float_tasks"].detail

    def test_all_activities_with_the_largest_variance_are_named(self, ask, project, task):
        """Two that slip alike are both asked about; with no slip nothing is named."""
        for uid in (3, 5):
            task(project, uid)["Baseline"].update(Finish="2027-04-16T17:00:00", Duration="PT24H0M0S")
        task(project, 5).update(Start="2027-04-19T08:00:00", Finish="2027-04-21T17:00:00")
        answer = ask(project)["golive_task_max_variance"]
        for uid in (3, 5):
            task(project, uid)["Baseline"].update(Finish="2027-04-26T17:00:00")

        assert answer.open_items == ("UID 3", "UID 5")
        assert ask(project)["golive_task_max_variance"].open_items == ()


class TestXer:
    @SHUFFLED
    @given(st.data(), networks())
    def test_no_answer_depends_on_the_order_of_rows(self, ask_xer, tables, activity, data, network):
        """P6 writes tables in the order of its database."""
        tree = copy.deepcopy(tables)
        rows, links = network
        keys = {"a": 201, "b": 202, "c": 203, "d": 204, "e": 205, "P": 206, "Q": 207, "G": 104}
        for name, (day, hours, begun) in zip("abcde", rows, strict=True):
            end = DAYS[min(DAYS.index(day) + hours // 8 - 1, 3)]
            more = {"status_code": "TK_Active", "act_start_date": "2027-04-13 08:00"} if begun else {}
            tree["TASK"].append(activity(keys[name], name, name, f"{day} 08", f"{end} 17", hours, **more))
        for name in "PQ":
            tree["TASK"].append(activity(keys[name], name, name, "04-19 08", "04-22 17", 32))
        tree["TASKPRED"] = [row for row in tree["TASKPRED"] if row["task_id"] != 104]
        tree["TASKPRED"] += [
            {"task_pred_id": 90, "task_id": keys[succ], "pred_task_id": keys[pred], "proj_id": 10, "pred_proj_id": 10,
             "pred_type": "PR_FS", "lag_hr_cnt": 0}
            for pred, succ in links if pred != succ
        ]  # fmt: skip
        tree["RSRC"] = [{"rsrc_id": key, "rsrc_name": f"R{key}", "rsrc_type": "RT_Labor"} for key in (1, 2)]
        tree["RSRCRATE"] = [{"rsrc_id": 1, "max_qty_per_hr": rate} for rate in (2, 1)]
        tree["TASKRSRC"] = [
            {"task_id": keys[name], "proj_id": 10, "rsrc_id": 1 + place % 2, "target_qty_per_hr": 1, "act_end_date": ""}
            for place, name in enumerate("abcd")
        ]
        other = {name: shuffled(data.draw, rows) for name, rows in copy.deepcopy(tree).items()}

        assert told(ask_xer(other)) == told(ask_xer(tree))

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_day_that_a_calendar_sets_apart_in_two_ways_is_doubtful(self, ask_xer, tables, order):
        """Tuesday 27 April, off and with two hours: float counts it as off."""
        entries = ["(0||0(d|46504)())", "(0||1(d|46504)((0||0(s|08:00|f|10:00)())))"]
        row = tables["CALENDAR"][0]
        plain = row["clndr_data"]
        row["clndr_data"] = plain.replace("Exceptions()()", f"Exceptions()({''.join(entries[::order])})")
        twice = ask_xer(tables, committed="2027-04-29")["golive_total_float_days"].value
        row["clndr_data"] = plain.replace("Exceptions()()", f"Exceptions()({entries[0]})")
        once = ask_xer(tables, committed="2027-04-29")["golive_total_float_days"].value
        row["clndr_data"] = plain.replace("Exceptions()()", f"Exceptions()({entries[1]})")

        assert twice == once == 2
        assert ask_xer(tables, committed="2027-04-29")["golive_total_float_days"].value > 2

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("(0||Exceptions()())", "(0||Exceptions()())(0||Exceptions()())", "part twice"),
            ("(0||1()())", "(0||1()())(0||1()())", "part twice"),
            ("s|08:00|f|12:00", "s|08:00|s|09:00|f|12:00", "key twice"),
        ],
    )
    def test_a_calendar_that_says_a_thing_twice_is_unreadable(self, ask_xer, tables, old, new, says):
        """The last one counted, and the one before it was lost unseen."""
        row = tables["CALENDAR"][0]
        assert old in row["clndr_data"]
        row["clndr_data"] = row["clndr_data"].replace(old, new, 1)

        answer = ask_xer(tables)["golive_total_float_days"]
        assert (answer.gap, says in answer.detail) == (GapReason.MALFORMED, True)
