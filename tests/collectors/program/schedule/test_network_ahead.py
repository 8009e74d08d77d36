"""What is ahead of go-live, from both formats: what remains, what holds it, and what cannot be simulated."""

# ruff: noqa: DTZ001  # the schedule's own clock has no zone

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.collectors.program.schedule.settings import MspdiSettings, XerSettings
from gonogo.forecast.go_live_draws import finish_by_links, later_than_links
from gonogo.model.activity_network import PointRole, clock_moment
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import job_of

NOON = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
FIELD = "188743783"


@pytest.fixture
def ahead(mspdi):
    """Lay out a tree, or the bytes of a file."""

    def lay_out(tree, *, holidays=(), **settings):
        data = tree if isinstance(tree, bytes) else mspdi(tree)
        job = job_of({"file": ("ims.xml", data)}, now=NOON, go_live=GO_LIVE, holidays=holidays)
        given = json.dumps({"golive": {"wbs": "GL1000"}} | settings)
        return MspdiCollector().activity_network(job, MspdiSettings.model_validate_json(given))

    return lay_out


@pytest.fixture
def ahead_xer(xer):
    """Lay out tables."""

    def lay_out(tables, **settings):
        job = job_of({"file": ("ims.xer", xer(tables))}, now=NOON, go_live=GO_LIVE)
        given = json.dumps({"golive": {"code": "GL1000"}} | settings)
        return XerCollector().activity_network(job, XerSettings.model_validate_json(given))

    return lay_out


def named(network, part):
    return next(each for each in network.activities if part in each.name and each.role is not PointRole.JOINT)


def test_both_formats_give_the_date_that_their_tools_show(ahead, ahead_xer, project, tables):
    """Remaining work from the status date, through the calendar, to the same Monday evening."""
    for network in (ahead(project), ahead_xer(tables)):
        assert finish_by_links(network) == datetime(2027, 4, 26, 17)
        assert clock_moment(network.shown) == datetime(2027, 4, 26, 17)
        assert not later_than_links(network)
        assert named(network, "Develop").seconds == 32 * 3600
        assert named(network, "Design").done is not None
        assert network.golive.name.endswith("'Go-live'")
        assert all("Hypercare" not in each.name for each in network.activities)
        assert network.apart == 1


@pytest.mark.parametrize("uid", [2, 4, 6, 8, 10, 12, 14, 16])
def test_links_and_lags_give_the_dates_that_microsoft_project_computed(real_schedules, uid):
    """A real file with every kind of link and lag; only a status date, which it lacks, is added."""
    text = (real_schedules / "task-links-project2013-mspdi.xml").read_text(encoding="utf-8-sig")
    first = min(re.findall("<Start>([^<]+)</Start>", text))
    text = text.replace("<CalendarUID>", f"<StatusDate>{first}</StatusDate><CalendarUID>", 1)
    long_ago = datetime(2010, 1, 4, 12, tzinfo=UTC)
    job = job_of({"file": ("ims.xml", text.encode())}, now=NOON, go_live=long_ago)

    network = MspdiCollector().activity_network(job, MspdiSettings(golive=str(uid)))

    assert finish_by_links(network) == clock_moment(network.shown)


def test_begun_work_lasts_as_the_file_says_it_remains(ahead, project, task):
    """The remaining duration of the file goes before its dates, and its dates before a percentage."""
    develop = task(project, 3)
    assert "begun, without a remaining duration" in " ".join(ahead(project).notes)
    develop["Finish"] = "2027-04-20T17:00:00"
    assert named(ahead(project), "Develop").seconds == 24 * 3600
    develop["Finish"] = "2027-04-14T17:00:00"
    assert named(ahead(project), "Develop").seconds == 32 * 3600
    develop["RemainingDuration"] = "PT40H0M0S"
    network = ahead(project)

    assert named(network, "Develop").seconds == 40 * 3600
    assert finish_by_links(network) == datetime(2027, 4, 27, 17)
    assert network.notes == ()


def test_begun_work_goes_on_when_it_is_taken_up_again(ahead, ahead_xer, project, task, tables):
    """Work that waits for a machine until Monday does not begin on Friday."""
    task(project, 3)["RemainingDuration"] = "PT32H0M0S"
    task(project, 3)["Resume"] = "2027-04-19T08:00:00"
    tables["TASK"][1]["resume_date"] = "2027-04-19 08:00"

    for network in (ahead(project), ahead_xer(tables)):
        assert finish_by_links(network) == datetime(2027, 4, 27, 17)


def test_begun_work_of_which_nothing_remains_is_told(ahead, project, task):
    """It is not finished, and takes no time: a reader must see that somebody forgot an actual finish."""
    task(project, 3)["RemainingDuration"] = "PT0H0M0S"
    network = ahead(project)

    assert finish_by_links(network) == datetime(2027, 4, 20, 17)
    assert [note for note in network.notes if "nothing remains" in note]


@pytest.mark.parametrize(
    ("number", "code", "day", "note", "finish"),
    [
        (4, "CS_MSOA", "2027-04-26", "start no earlier than", datetime(2027, 4, 28, 17)),
        (6, "CS_MEOA", "2027-04-29", "finish no earlier than", datetime(2027, 4, 29, 17)),
        (2, "CS_MSO", "2027-04-26", "must start on", datetime(2027, 4, 28, 17)),
        (2, "CS_MSO", "2027-04-16", "must start on", datetime(2027, 4, 26, 17)),
        (3, "CS_MEO", "2027-04-29", "must finish on", datetime(2027, 4, 29, 17)),
        (3, "CS_MANDFIN", "2027-04-16", "must finish on", datetime(2027, 4, 26, 17)),
        (5, "CS_MSOB", "2027-04-16", "start no later than", datetime(2027, 4, 26, 17)),
        (7, "CS_MEOB", "2027-04-16", "finish no later than", datetime(2027, 4, 26, 17)),
        (1, "CS_ALAP", "2027-04-16", "as late as possible", datetime(2027, 4, 26, 17)),
    ],
)
def test_a_constraint_holds_work_back_and_never_makes_it_faster(
    ahead, ahead_xer, project, task, tables, number, code, day, note, finish
):
    """Must finish on Friday is a wish: what is late finishes later all the same. Each date is told of."""
    hour = "17" if "finish" in note else "08"
    task(project, 5)["ConstraintType"], task(project, 5)["ConstraintDate"] = number, f"{day}T{hour}:00:00"
    task(project, 3)["RemainingDuration"] = "PT32H0M0S"
    tables["TASK"][2]["cstr_type"], tables["TASK"][2]["cstr_date"] = code, f"{day} {hour}:00"

    for network in (ahead(project), ahead_xer(tables)):
        assert finish_by_links(network) == finish
        assert [line for line in network.notes if note in line]


def test_work_scheduled_by_hand_waits_for_its_date_and_its_links(ahead, project, task):
    """The tool would leave it where somebody put it, even before what it waits for."""
    rehearse = task(project, 5)
    rehearse["Manual"] = 1
    assert finish_by_links(ahead(project)) == datetime(2027, 4, 26, 17)
    rehearse["Start"] = "2027-04-27T08:00:00"
    network = ahead(project)

    assert finish_by_links(network) == datetime(2027, 4, 29, 17)
    assert any("scheduled by hand" in note for note in network.notes)


def test_a_link_or_date_of_a_summary_row_holds_all_that_is_below_it(ahead, project, task, row, after):
    """Programs link phases. The beginning of a phase is that of its first work, its end that of its last."""
    task(project, 5)["PredecessorLink"] = []
    task(project, 4)["PredecessorLink"] = [after(1)]
    assert finish_by_links(ahead(project)) == datetime(2027, 4, 26, 17)
    task(project, 4)["ConstraintType"], task(project, 4)["ConstraintDate"] = 4, "2027-04-26T08:00:00"
    assert finish_by_links(ahead(project)) == datetime(2027, 4, 28, 17)
    task(project, 4)["PredecessorLink"] = [after(1, Type=3)]
    assert finish_by_links(ahead(project)) == datetime(2027, 4, 28, 17)
    task(project, 4)["PredecessorLink"] = [after(1, Type=0)]
    with pytest.raises(CollectorRefusal, match="ties the end of the summary row"):
        ahead(project)


@pytest.mark.parametrize(
    ("form", "lag", "finish"),
    [
        (7, 4800, datetime(2027, 4, 27, 17)),
        (8, 14400, datetime(2027, 4, 27, 17)),
        (19, 50, datetime(2027, 4, 30, 17)),
        (19, -25, datetime(2027, 4, 22, 17)),
        (20, 25, datetime(2027, 4, 28, 17)),
    ],
)
def test_lags_are_working_time_elapsed_time_or_a_share(ahead, project, task, after, form, lag, finish):
    """Of shares that can be read in two ways the later one counts."""
    task(project, 3)["RemainingDuration"] = "PT32H0M0S"
    task(project, 5)["PredecessorLink"] = [after(3, LinkLag=lag, LagFormat=form)]

    network = ahead(project)

    assert finish_by_links(network) == finish
    assert bool([note for note in network.notes if "percentage" in note]) is (form > 8)


def test_days_off_of_the_program_are_no_working_time(ahead, project):
    """The calendar of the file knows no Emancipation Day; the program does."""
    assert finish_by_links(ahead(project, holidays=["2027-04-16"])) == datetime(2027, 4, 26, 17)
    project["Tasks"]["Task"][3]["RemainingDuration"] = "PT32H0M0S"
    assert finish_by_links(ahead(project, holidays=["2027-04-16"])) == datetime(2027, 4, 27, 17)


def test_level_of_effort_holds_nothing(ahead_xer, tables):
    """It follows other work; one that lasts a year must not hold go-live for a year."""
    tables["TASKPRED"].append(tables["TASKPRED"][0] | {"task_pred_id": 9, "task_id": 104, "pred_task_id": 106})

    network = ahead_xer(tables)

    assert finish_by_links(network) == datetime(2027, 4, 26, 17)
    assert any("level of effort" in note for note in network.notes)


def test_a_start_milestone_of_primavera_is_on_the_next_working_day(ahead_xer, tables):
    """TT_Mile lies at the beginning of a day, TT_FinMile at the end of one."""
    tables["TASK"][3]["task_type"] = "TT_Mile"

    assert finish_by_links(ahead_xer(tables)) == datetime(2027, 4, 27, 8)


def test_a_milestone_with_a_duration_takes_time(ahead, project, task):
    """Microsoft Project lets anything be marked as a milestone."""
    task(project, 5)["Milestone"] = 1

    assert finish_by_links(ahead(project)) == datetime(2027, 4, 26, 17)
    assert named(ahead(project), "Rehearse").uncertain


def fields(project, task, **values):
    """Define three custom fields and fill them in for an activity."""
    project["ExtendedAttributes"] = {
        "ExtendedAttribute": [
            {"FieldID": n, "FieldName": f"Duration{n}", "Alias": name}
            for n, name in enumerate(("Best", "Usual", "Worst"))
        ]
    }
    for uid, texts in values.items():
        task(project, int(uid[1:]))["ExtendedAttribute"] = [
            {"FieldID": n, "Value": text} for n, text in enumerate(texts) if text
        ]


NAMES = {"optimistic": "Best", "likely": "Usual", "pessimistic": "Worst"}


def test_three_point_estimates_come_from_custom_fields(ahead, project, task):
    """Whole durations for work that is ahead; the same share of each for work that has begun."""
    task(project, 3)["RemainingDuration"] = "PT32H0M0S"
    fields(project, task, u5=("PT16H0M0S", "PT24H0M0S", "PT80H0M0S"), u3=("PT32H0M0S", "PT64H0M0S", "PT128H0M0S"))

    network = ahead(project, simulation={"estimates": NAMES})

    hours = {each.name[-9:-1]: each.points.model_dump() for each in network.activities if each.points is not None}
    assert {name: [value // 3600 for value in found.values()] for name, found in hours.items()} == {
        "Rehearse": [16, 24, 80],
        " Develop" if " Develop" in hours else "'Develop": [16, 32, 64],
    }
    assert any("same share" in note for note in network.notes)


def test_numbers_in_custom_fields_need_their_unit(ahead, project, task):
    """40 may be hours or days, and nobody guesses."""
    fields(project, task, u5=("2", "3", "10"))
    with pytest.raises(CollectorRefusal, match="state `unit`"):
        ahead(project, simulation={"estimates": NAMES})

    network = ahead(project, simulation={"estimates": NAMES | {"unit": "days"}})

    assert named(network, "Rehearse").points.high == 80 * 3600
    assert named(network, "Develop").points is None


@pytest.mark.parametrize(
    ("texts", "told"),
    [(("PT30H0M0S", "PT24H0M0S", "PT80H0M0S"), "at best"), (("PT16H0M0S", "PT24H0M0S", "PT20H0M0S"), "at worst")],
)
def test_an_estimate_that_runs_backwards_is_refused(ahead, project, task, texts, told):
    """Swapped columns would make every date too early."""
    fields(project, task, u5=texts)

    with pytest.raises(CollectorRefusal, match=f"Rehearse.*{told}"):
        ahead(project, simulation={"estimates": NAMES})


def test_a_field_that_the_file_does_not_have_is_refused_by_name(ahead, ahead_xer, project, tables):
    """A misspelt field would leave every activity without an estimate."""
    with pytest.raises(CollectorRefusal, match="no custom field 'Best'"):
        ahead(project, simulation={"estimates": NAMES})
    with pytest.raises(CollectorRefusal, match="0 user-defined fields 'Best'"):
        ahead_xer(tables, simulation={"estimates": NAMES})


def test_three_point_estimates_come_from_user_defined_fields(ahead_xer, tables):
    """In hours or days as the settings say; without `likely` the duration of the activity is in the middle."""
    tables["UDFTYPE"] = [
        {"udf_type_id": n, "table_name": "TASK", "udf_type_label": name} for n, name in ((1, "Best"), (2, "Worst"))
    ]
    tables["UDFVALUE"] = [
        {"udf_type_id": n, "fk_id": 103, "udf_text": "", "udf_number": value} for n, value in ((1, 2), (2, 9))
    ]
    estimates = {"optimistic": "Best", "pessimistic": "Worst", "unit": "days"}

    points = named(ahead_xer(tables, simulation={"estimates": estimates}), "Rehearse").points

    assert (points.low, points.likely, points.high) == (16 * 3600, 24 * 3600, 72 * 3600)
    with pytest.raises(CollectorRefusal, match="state `unit`"):
        ahead_xer(tables, simulation={"estimates": {"optimistic": "Best", "pessimistic": "Worst"}})
    tables["UDFVALUE"].append(tables["UDFVALUE"][0])
    with pytest.raises(CollectorRefusal, match="same estimate twice"):
        ahead_xer(tables, simulation={"estimates": estimates})


@pytest.mark.parametrize("spread", [["0", "1.5"], ["1.1", "1.5"], ["0.9", "0.99"], ["0.9", "101"], ["0.9"]])
def test_a_spread_that_leaves_out_what_the_file_says_is_refused(spread):
    """At best is not more than what the file says, and at worst not less."""
    with pytest.raises(ValidationError):
        MspdiSettings.model_validate_json(json.dumps({"golive": "x", "simulation": {"spread": spread}}))


def test_what_the_settings_declare_travels_with_the_network(ahead, project):
    """Everybody who reads the figure sees who assumed what."""
    declared = ahead(project, simulation={"spread": ["0.9", "1"], "correlation": "1", "shape": "pert"}).declared

    assert declared.document() == {"low": "0.9", "high": "1", "correlation": "1", "shape": "pert"}


def _done(tree, task):
    task(tree, 6).update(PercentComplete=100, ActualStart="2027-04-14T17:00:00", ActualFinish="2027-04-14T17:00:00")


def _alone(tree, task):
    task(tree, 6)["PredecessorLink"] = []


def _circle(tree, task):
    task(tree, 3)["PredecessorLink"].append({"PredecessorUID": 5, "Type": 1})


def _no_duration(tree, task):
    task(tree, 5)["Duration"] = ""


def _no_status(tree, task):
    tree["StatusDate"] = ""
    tree["LastSaved"] = "2027-04-15T17:00:00"


def _other_project(tree, task):
    task(tree, 5)["PredecessorLink"].append(
        {"PredecessorUID": 77, "Type": 1, "CrossProject": 1, "CrossProjectName": "other.mpp"}
    )


def _no_calendar(tree, task):
    task(tree, 5)["CalendarUID"] = 9


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_done, "is marked as finished on 2027-04-14"),
        (_alone, "a date on its own says nothing"),
        (_circle, "links run in a circle"),
        (_no_duration, "no duration that can be read: UID 5 'Rehearse'"),
        (_other_project, "work of another project"),
        (_no_calendar, "the calendar 9, which the file does not define"),
    ],
)
def test_what_cannot_be_simulated_gets_a_sentence_and_no_number(ahead, project, task, change, told):
    """Each of these would give a date, and it would be too early."""
    change(project, task)

    with pytest.raises(CollectorRefusal, match=told):
        ahead(project)


def test_go_live_that_is_finished_has_nothing_ahead(mspdi, project, task):
    """On or after its day it may be."""
    _done(project, task)
    job = job_of({"file": ("ims.xml", mspdi(project))}, now=NOON, go_live=datetime(2027, 4, 14, 10, tzinfo=UTC))

    with pytest.raises(CollectorRefusal, match=r"ims\.xml: UID 6 'Go-live' is finished since 2027-04-14 17:00"):
        MspdiCollector().activity_network(job, MspdiSettings(golive="GL1000"))


def test_collecting_facts_reads_none_of_it(mspdi, project, monkeypatch):
    """A custom field that is wrong for a simulation takes no fact away, and costs no time."""
    project["Tasks"]["Task"][3]["RemainingDuration"] = "nonsense"
    job = job_of({"file": ("ims.xml", mspdi(project))}, now=NOON, go_live=GO_LIVE)
    settings = MspdiSettings.model_validate_json(
        json.dumps({"golive": "GL1000", "simulation": {"estimates": {"optimistic": "x", "pessimistic": "y"}}})
    )

    assert sum(answer.gap is None for answer in MspdiCollector().collect(job, settings)) > 15


@pytest.mark.parametrize(
    ("option", "finish"),
    [
        ("rcal_Successor", datetime(2027, 4, 28, 9)),
        ("rcal_Predecessor", datetime(2027, 4, 27, 1)),
        ("rcal_ProjDefault", datetime(2027, 4, 28, 9)),
        ("rcal_24Hour", datetime(2027, 4, 27, 1)),
        ("something else", datetime(2027, 4, 28, 9)),
    ],
)
def test_lags_of_primavera_count_by_the_option_of_the_project(ahead_xer, tables, option, finish):
    """16 hours are two office days, or most of a day round the clock; the predecessor works round the clock."""
    always = "".join(f"(0||{day}()((0||0(s|00:00|f|00:00)())))" for day in range(1, 8))
    tables["CALENDAR"].append(
        {"clndr_id": 6, "clndr_name": "Always", "day_hr_cnt": 24,
         "clndr_data": f"(0||CalendarData()((0||DaysOfWeek()({always}))(0||Exceptions()())))"}
    )  # fmt: skip
    tables["TASK"][2]["clndr_id"] = 6
    tables["TASK"][2]["remain_drtn_hr_cnt"] = tables["TASK"][2]["target_drtn_hr_cnt"] = 112
    tables["TASKPRED"][2]["lag_hr_cnt"] = 16
    tables["SCHEDOPTIONS"] = [{"schedoptions_id": 1, "proj_id": 10, "sched_calendar_on_relationship_lag": option}]

    assert finish_by_links(ahead_xer(tables)) == finish
