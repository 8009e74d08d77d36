"""When a schedule held: its status date, or what the binding knows instead, and what can be judged then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
TIMELESS = {
    "wbs_leaf_count", "wbs_leaf_with_tasks_ratio", "tasks_without_wbs_ratio", "missing_logic_ratio", "leads_count",
    "lags_ratio", "hard_constraint_ratio", "high_duration_ratio", "golive_tasks",
}  # fmt: skip
BEYOND = {"finish_start_ratio", "baselined_ratio"}
"""They need no status date either, and the second needs a baseline, which the small Primavera file does not hold."""
SAVED = "2027-04-15T18:30:00"


@pytest.fixture
def told(mspdi, project):
    """Collect the small schedule under a rule for when it held, with the given fields of its head."""

    def collect(rule, *, as_of=None, **head):
        project.pop("StatusDate")
        return answers_of(
            MspdiCollector(),
            job_of({"file": ("ims.xml", mspdi({**head, **project}))}, now=NOW, go_live=GO_LIVE, as_of=as_of, rule=rule),
            {"golive": {"wbs": "GL1000"}},
        )

    return collect


@pytest.fixture
def told_xer(xer, tables):
    """Collect the small Primavera schedule without a data date under a rule, exported on the given day."""

    def collect(rule, *, as_of=None, exported="2027-04-16"):
        tables["PROJECT"][0]["last_recalc_date"] = ""
        data = xer(tables).replace(b"\t2027-04-16\t", f"\t{exported}\t".encode(), 1)
        job = job_of({"file": ("ims.xer", data)}, now=NOW, go_live=GO_LIVE, as_of=as_of, rule=rule)
        return answers_of(XerCollector(), job, {"golive": {"code": "GL1000"}})

    return collect


def answered(answers):
    return {name for name, answer in answers.items() if answer.gap is None} - BEYOND


class TestMicrosoftProject:
    def test_what_needs_no_status_date_is_judged_as_of_the_day_it_was_saved(self, told):
        """Logic is there or not, whatever was reported up to when."""
        answers = told(AsOfRule.DOCUMENT_SAVED, LastSaved=SAVED)

        assert answered(answers) == TIMELESS
        assert {str(answers[name].as_of) for name in TIMELESS} == {"2027-04-15 22:30:00+00:00"}

    def test_what_needs_one_is_a_gap_that_says_so(self, told):
        """A float of a schedule that nobody updated is a number from another time."""
        answers = told(AsOfRule.DOCUMENT_SAVED, LastSaved=SAVED)

        gaps = {answers[name].detail for name in set(answers) - TIMELESS - BEYOND} - {
            answers[name].detail for name in ("weekly_updates_missed_90d", "tasks_on_unawarded_contracts")
        }
        assert gaps == {
            "the schedule has no status date, and this cannot be judged without one: in Microsoft Project set it "
            "(Project, Status Date) and save as XML again"
        }

    @pytest.mark.parametrize("rule", [AsOfRule.SAID, AsOfRule.FILE_NAME])
    def test_a_person_or_the_file_s_name_may_say_when_it_held(self, told, rule):
        """What is known of the moment does not make a status date of it."""
        known = datetime(2027, 4, 14, 12, 0, tzinfo=UTC)
        answers = told(AsOf(rule=rule), as_of=known, LastSaved=SAVED)

        assert answered(answers) == TIMELESS
        assert {answers[name].as_of for name in TIMELESS} == {known}

    def test_only_the_binding_can_make_the_day_of_saving_count(self, told):
        """A file that is opened and saved again looks new, and nothing in it is."""
        with pytest.raises(CollectorRefusal) as refusal:
            told(AsOfRule.DOCUMENT, LastSaved=SAVED)

        assert refusal.value.reason is GapReason.MISSING
        for words in ("Project, Status Date", "as_of: document_saved", "stays unknown"):
            assert words in str(refusal.value)

    @pytest.mark.parametrize(
        ("written", "held"),
        [
            ("2027-04-15T22:30:00.000Z", "2027-04-15 22:30:00+00:00"),
            ("2027-04-15T18:30:00-04:00", "2027-04-15 22:30:00+00:00"),
            ("2027-04-15T18:30:00.5", "2027-04-15 22:30:00.500000+00:00"),
        ],
    )
    def test_the_moment_of_saving_may_be_written_with_its_offset(self, told, written, held):
        """What writes files from a browser writes universal time."""
        assert str(told(AsOfRule.DOCUMENT_SAVED, LastSaved=written)["golive_tasks"].as_of) == held

    @pytest.mark.parametrize("written", ["2027-04-15", "yesterday", "2027-04-15T25:00:00", "15.04.2027 17:00"])
    def test_a_moment_of_saving_that_cannot_be_read_is_refused_where_it_counts(self, told, written):
        """And is nobody's concern elsewhere."""
        with pytest.raises(CollectorRefusal, match="LastSaved is"):
            told(AsOfRule.DOCUMENT_SAVED, LastSaved=written)

    @pytest.mark.parametrize("written", ["yesterday", "2027-04-15T22:30:00Z"])
    def test_nobody_reads_it_unasked(self, ask, project, written):
        """A status date is all that a schedule needs."""
        assert ask({"LastSaved": written, **project})["golive_tasks"].value == 3

    def test_a_file_that_does_not_say_when_it_was_saved_is_a_gap(self, told):
        """Other tools leave it out."""
        with pytest.raises(CollectorRefusal, match="no StatusDate and no LastSaved"):
            told(AsOfRule.DOCUMENT_SAVED, CreationDate=SAVED)

    @pytest.mark.parametrize(
        ("saved", "late"),
        [("2027-04-19T12:00:30", False), ("2027-04-19T12:00:31", True), ("2027-04-19T12:00:29", False)],
    )
    def test_a_file_from_the_future_is_refused(self, told, saved, late):
        """Half a minute is a clock; more is a mistake."""
        if late:
            with pytest.raises(CollectorRefusal, match=r"LastSaved .* future") as refusal:
                told(AsOfRule.DOCUMENT_SAVED, LastSaved=saved)
            assert refusal.value.reason is GapReason.FUTURE
        else:
            assert answered(told(AsOfRule.DOCUMENT_SAVED, LastSaved=saved)) == TIMELESS

    @pytest.mark.parametrize(
        ("finished", "whole"),
        [("2027-04-15T18:30:00", 4), ("2027-04-15T18:29:00", 4), ("2027-04-15T18:31:00", 5)],
    )
    def test_work_is_finished_if_it_was_by_the_moment_at_which_the_file_held(
        self, told, project, task, finished, whole
    ):
        """A finish after the file was saved has not been seen by anybody."""
        task(project, 2)["ActualFinish"] = finished

        assert told(AsOfRule.DOCUMENT_SAVED, LastSaved=SAVED)["missing_logic_ratio"].whole == whole

    @pytest.mark.parametrize(
        ("saved", "held"),
        [
            ("2027-04-15T16:59:00", "2027-04-15 20:59:00+00:00"),
            ("2027-04-15T17:00:00", "2027-04-15 21:00:00+00:00"),
            ("2027-04-16T09:00:00", "2027-04-15 21:00:00+00:00"),
        ],
    )
    def test_beside_a_status_date_the_earlier_moment_counts(self, mspdi, project, saved, held):
        """Saving it again makes no schedule younger."""
        data = mspdi({"LastSaved": saved, **project})
        job = job_of({"file": ("ims.xml", data)}, now=NOW, go_live=GO_LIVE, rule=AsOfRule.DOCUMENT_SAVED)

        answer = answers_of(MspdiCollector(), job, {"golive": "GL1000"})["data_date_age_days"]

        assert (answer.value, str(answer.as_of)) == (4, held)


class TestPrimavera:
    def test_the_day_of_the_export_counts_if_the_binding_says_so(self, told_xer):
        """A day is its beginning: evidence is not younger than it can prove."""
        answers = told_xer(AsOfRule.DOCUMENT_SAVED)

        assert answered(answers) == TIMELESS
        assert {str(answers[name].as_of) for name in TIMELESS} == {"2027-04-16 04:00:00+00:00"}

    @pytest.mark.parametrize(("exported", "held"), [("2027-04-15 18:30", "2027-04-15 22:30:00+00:00")])
    def test_an_hour_in_the_header_is_read(self, told_xer, exported, held):
        """Some exports have it."""
        assert str(told_xer(AsOfRule.DOCUMENT_SAVED, exported=exported)["golive_tasks"].as_of) == held

    @pytest.mark.parametrize("exported", ["", "16.04.2027", "04/05/2027", "2027-13-01"])
    def test_a_date_that_can_be_read_in_two_ways_is_none(self, told_xer, exported):
        """The fourth of May, or the fifth of April."""
        with pytest.raises(CollectorRefusal, match=r"no data date .* and no export date"):
            told_xer(AsOfRule.DOCUMENT_SAVED, exported=exported)

    def test_without_a_rule_the_message_says_where_the_data_date_is_set(self, told_xer):
        """In the words of the program's own dialog."""
        with pytest.raises(CollectorRefusal, match="Current Data Date"):
            told_xer(AsOfRule.DOCUMENT)

    def test_a_file_without_the_column_is_one_without_a_data_date(self, xer, tables):
        """Other tools write XER too; *lacks last_recalc_date* tells nobody what to do."""
        for project in tables["PROJECT"]:
            del project["last_recalc_date"]
        job = job_of({"file": ("ims.xer", xer(tables))}, now=NOW, go_live=GO_LIVE, rule=AsOfRule.DOCUMENT)

        with pytest.raises(CollectorRefusal, match=r"there is no data date .*Current Data Date"):
            answers_of(XerCollector(), job, {"golive": {"code": "GL1000"}})

    def test_a_person_may_say_when_it_held(self, told_xer):
        """With name and moment, in the binding."""
        known = datetime(2027, 4, 14, 12, 0, tzinfo=UTC)

        assert answered(told_xer(AsOfRule.SAID, as_of=known)) == TIMELESS
