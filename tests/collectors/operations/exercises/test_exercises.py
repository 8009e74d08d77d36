"""Registers of backup and recovery exercises: what was held, when, how long it took; a plan is no exercise."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
import xlsxwriter
from tests.spoiled import no_better

from gonogo.collectors.operations.exercises import ExercisesCollector
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

HEAD = (
    "Exercise ID,System,Exercise type,Date held,Outcome,Production size,Data checked,Customer took part,"
    "Recovery time (hours),RTO (hours),Data loss (minutes),RPO (minutes)"
)
ROWS = (
    "B-01,Ledger,Restore,2026-12-01,Failed,Yes,No,,9,8,,",
    "B-02,Ledger,Restore test,2027-02-10,Passed,Yes,Yes,,6.5,8,,",
    "B-03,Ledger,Restore,2027-03-20,Passed,No,Yes,,0.5,8,,",
    "B-04,Travel,Full restore,2027-03-01,Successful,Yes,Yes,,20,24,,",
    "B-05,Travel,Restore,2027-05-10,Planned,Yes,,,,24,,",
    "D-01,Ledger,Tabletop,2027-04-01,Passed,,,Yes,1,8,0,15",
    "D-02,Ledger,Functional failover,2026-10-05,Passed,,,Yes,6.1,8,9,15",
    "D-03,Travel,Failover,2026-11-09,Passed,,,Yes,7:30,8,12,15",
)


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "".join(f"{line}\n" for line in (head, *rows)).encode()


def read(data: bytes = csv(*ROWS), name: str = "exercises.csv", as_of=None, **settings):
    return answers_of(ExercisesCollector(), job_of({"file": (name, data)}, as_of=as_of), settings)


def replaced(old: str, new: str) -> bytes:
    text = csv(*ROWS).decode()
    assert old in text
    return text.replace(old, new).encode()


def workbook(further: str = "") -> bytes:
    """Return the register as a workbook, with a day and a length of time as Excel holds them; maybe a sheet more."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Exercises")
    long = book.add_format({"num_format": "[h]:mm"})
    for number, line in enumerate(csv(*ROWS).decode().splitlines()):
        sheet.write_row(number, 0, line.split(","))
        if line.startswith("D-03"):
            sheet.write(number, 3, date(2026, 11, 9))
            sheet.write(number, 8, timedelta(hours=7, minutes=30), long)
            sheet.write(number, 9, 8)
    if further:
        book.add_worksheet(further).write_row(0, 0, csv(*ROWS).decode().splitlines()[1].split(","))
    book.close()
    return stream.getvalue()


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.operations.exercises"
    files: ClassVar = {"file": ("exercises.csv", csv(*ROWS))}


class TestCounts:
    def test_a_register_has_the_right_answers(self):
        """The restore that failed in December was repeated; the small one of March proves nothing of the whole."""
        found = read()

        assert {name: answer.value for name, answer in found.items()} == {
            "backup.restore_success": True,
            "backup.restore_hours": Decimal("6.5"),
            "backup.rto_hours": Decimal(8),
            "dr.exercise_done": True,
            "dr.rto_actual_hours": Decimal("7.5"),
            "dr.rto_hours": Decimal(8),
            "dr.rpo_actual_minutes": Decimal(12),
            "dr.rpo_minutes": Decimal(15),
        }

    def test_answers_are_as_old_as_the_oldest_exercise_that_counts(self):
        """A register of yesterday may hold an exercise of the year before last."""
        found = read(as_of=datetime(2027, 4, 18, tzinfo=UTC))

        assert found["backup.restore_success"].as_of == datetime(2027, 2, 10, 5, tzinfo=UTC)
        assert found["dr.exercise_done"].as_of == datetime(2026, 10, 5, 4, tzinfo=UTC)

    @pytest.mark.parametrize(("day", "success"), [("2027-04-18", False), ("2027-04-19", False), ("2026-11-30", True)])
    def test_a_failed_restore_counts_where_it_is_the_last_one(self, day, success):
        """An old success must not hide a new failure."""
        found = read(csv(*ROWS, f"B-06,Ledger,Restore,{day},Failed,Yes,Yes,,9,8,,"))

        assert found["backup.restore_success"].value is success
        assert found["backup.restore_hours"].value == (Decimal("6.5") if success else 9)
        assert found["backup.restore_success"].open_items == (() if success else ("B-06",))

    def test_of_two_on_one_day_the_worse_one_counts(self):
        """The second attempt of a day does not undo the first."""
        found = read(csv(*ROWS, "B-06,ledger,Restore,2027-02-10,Failed,Yes,Yes,,7,8,,"))

        assert (found["backup.restore_success"].value, found["backup.restore_hours"].value) == (False, 7)

    @pytest.mark.parametrize(
        ("old", "new", "fact"),
        [
            ("Passed,Yes,Yes,,6.5", "Passed,Yes,No,,6.5", "backup.restore_success"),
            ("Passed,Yes,Yes,,6.5", "Passed,Yes,,,6.5", "backup.restore_success"),
            ("Passed,Yes,Yes,,6.5", "Passed,Yes,TBD,,6.5", "backup.restore_success"),
            ("Passed,Yes,Yes,,6.5", "Passed with findings,Yes,Yes,,6.5", "backup.restore_success"),
            ("Passed,,,Yes,6.1", "Passed,,,No,6.1", "dr.exercise_done"),
            ("Passed,,,Yes,6.1", "Partial,,,Yes,6.1", "dr.exercise_done"),
        ],
    )
    def test_what_is_not_said_is_not_so(self, old, new, fact):
        """Nobody checked the data; no user took part; nobody listed the word."""
        assert read(replaced(old, new))[fact].value is False

    def test_limits_of_several_systems(self):
        """A restore is judged by its own limit; one limit of recovery is promised, or none is."""
        slower = read(replaced("20,24", "25,24"))
        assert (slower["backup.restore_hours"].value, slower["backup.rto_hours"].value) == (25, 24)

        differ = read(replaced("7:30,8,12,15", "7:30,48,12,60"))
        assert (differ["dr.rto_hours"].gap, differ["dr.rpo_minutes"].gap) == (GapReason.NOT_PROVABLE,) * 2
        assert "8 to 48 hours; bind them by `systems`" in differ["dr.rto_hours"].detail
        ledger = read(replaced("7:30,8,12,15", "7:30,48,12,60"), systems=["ledger"])
        assert (ledger["dr.rto_hours"].value, ledger["dr.rto_actual_hours"].value) == (8, Decimal("6.1"))

    def test_a_measured_time_is_rounded_up_and_a_limit_down(self):
        """Half a minute may decide."""
        found = read(replaced("6.1,8,9,15", "8.001,8.009,9,15").replace(b"7:30,8,", b"8.001,8.009,"))

        assert (found["dr.rto_actual_hours"].value, found["dr.rto_hours"].value) == (Decimal("8.01"), Decimal(8))

    @pytest.mark.parametrize(
        ("cell", "hours"),
        [
            *(("270 min", 4.5), ("4.5 h", 4.5), ("4:30", 4.5), ("1 day", 24), ("4.5", 4.5), ("26:00", 26)),
            *(("0", 0), ("0:59", Decimal("0.99")), ("0:00:59", Decimal("0.02"))),
            ('"1 day, 2:00"', 26),
            ("4:30:36", Decimal("4.51")),
        ],
    )
    def test_lengths_of_time_are_read_with_their_unit(self, cell, hours):
        """Registers mix them."""
        assert read(replaced("6.1,8,9,15", f"{cell},8,9,15"), systems=["Ledger"])["dr.rto_actual_hours"].value == hours

    def test_a_restore_in_no_time_is_judged_by_its_limit_too(self):
        """Nought is a figure, and the nearest to its limit counts."""
        found = read(replaced("6.5,8", "0,0").replace(b"20,24", b"0,24"))

        assert (found["backup.restore_hours"].value, found["backup.rto_hours"].value) == (0, 0)

    @pytest.mark.parametrize("day", ["2027-02-10T14:00", "2027-02-10 14:00:30", "February 10, 2027", "2/13/2027"])
    def test_a_day_may_be_written_with_its_time_or_its_month(self, day):
        """As the tool exports it."""
        cell = f'"{day}"' if "," in day else day
        found = read(replaced("2027-02-10", cell))["backup.restore_success"]

        assert f"{found.as_of:%m-%d}" == ("02-13" if "13" in day else "02-10")

    def test_a_blank_line_of_a_csv_is_no_exercise(self):
        """A spreadsheet writes as many commas as the header has."""
        assert read(csv(*ROWS, "," * 11), rows=8)["backup.restore_success"].value is True

    def test_a_workbook_reads_the_same(self):
        """Days, lengths of time and numbers as Excel holds them."""
        assert {name: each.value for name, each in read(workbook(), "e.xlsx").items()} == {
            name: each.value for name, each in read().items()
        }

    def test_a_register_that_goes_on_on_another_sheet_is_refused(self):
        """The failed exercise stands on the second page."""
        with pytest.raises(
            CollectorRefusal, match="goes on with the list of the sheet 'Exercises', and nobody reads it"
        ):
            read(workbook("Page 2"), "e.xlsx", sheet="Exercises")
        settled = {"Page 2": "exercises of another agency"}
        assert read(workbook("Page 2"), "e.xlsx", sheet="Exercises", other_sheets=settled)
        assert read(workbook("Notes"), "e.xlsx", sheet="Exercises")


class TestGaps:
    @pytest.mark.parametrize(
        ("data", "fact", "sentence"),
        [
            (
                csv(*ROWS[4:]),
                "backup.restore_success",
                "Travel has no restore at production size that was held; a plan",
            ),
            (csv(*ROWS[:6]), "dr.exercise_done", "the register has no failover"),
            (csv(ROWS[2]), "backup.restore_success", "a plan is no exercise"),
            (replaced("2027-02-10,Passed", "2027-02-10,"), "backup.restore_success", "has a day and no outcome"),
            (replaced("2027-02-10,Passed", "2027-02-10,TBD"), "backup.restore_success", "has a day and no outcome"),
            (
                csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Failed,,No,,9,8,,"),
                "backup.restore_success",
                "nothing says whether",
            ),
            (
                csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,,TBD,No,,9,8,,"),
                "backup.restore_hours",
                "nothing says whether",
            ),
            (
                csv(*ROWS, "B-06,Ledger,Restore,2027-02-10,Passed,,Yes,,1,8,,"),
                "backup.restore_hours",
                "nothing says whether",
            ),
            (replaced("6.5,8", ",8"), "backup.restore_hours", "line 3: the exercise has no cell with a recovery time"),
            (replaced("6.5,8", "TBD,8"), "backup.rto_hours", "no cell with a recovery time"),
            (replaced("6.1,8,9,15", "6.1,8,,15"), "dr.rpo_actual_minutes", "no cell with a loss of data"),
            (replaced("6.1,8,9,15", "6.1,,9,15"), "dr.rto_hours", "no cell with a limit"),
            (replaced("Production size", "Size"), "backup.restore_success", "no column that says whether a restore"),
            (
                replaced("Customer took part", "Customer"),
                "dr.exercise_done",
                "no column that says whether the customer took part",
            ),
            (replaced("Yes,Yes,,20,24", "Yes,Yes,,,24"), "backup.restore_hours", "no cell with a recovery time"),
            (
                replaced("Data checked", "Data"),
                "backup.restore_success",
                "no column that says whether the data were checked",
            ),
        ],
    )
    def test_what_the_register_does_not_say_is_a_gap(self, data, fact, sentence):
        """And the facts of the other kind are answered all the same."""
        answer = read(data)[fact]

        assert (answer.gap, sentence in answer.detail) == (GapReason.MISSING, True), answer.detail

    @pytest.mark.parametrize("word", ["Planned", "Cancelled", "postponed"])
    def test_an_exercise_that_did_not_take_place_is_none(self, word):
        """Its day is past, and its column of hours holds the plan."""
        found = read(csv(*ROWS, f"B-06,Ledger,Restore,2027-04-01,{word},Yes,Yes,,1,8,,"))

        assert found["backup.restore_hours"].value == Decimal("6.5")

    @pytest.mark.parametrize("word", ["Planned", "Cancelled", "postponed"])
    @pytest.mark.parametrize(
        ("hours", "limit", "held"), [("7.9", "8", False), ("8", "8", False), ("8.1", "8", True), ("7.9", "", True)]
    )
    def test_a_figure_beyond_its_limit_was_measured_whatever_the_outcome_says(self, word, hours, limit, held):
        """A restore of thirty hours was called planned, and the one before it counted."""
        found = read(csv(*ROWS, f"B-06,Ledger,Restore,2027-04-01,{word},Yes,Yes,,{hours},{limit},,"))

        assert (found["backup.restore_success"].gap is not None) is held
        assert not held or "the exercise has a day and no outcome" in found["backup.restore_success"].detail

    def test_a_loss_beyond_its_limit_was_measured_too(self):
        """Each figure has its limit."""
        found = read(csv(*ROWS, "D-04,Ledger,Failover,2027-04-01,Planned,,,Yes,1,8,16,15"))

        assert "the exercise has a day and no outcome" in found["dr.exercise_done"].detail
        later = read(csv(*ROWS, "D-04,Ledger,Failover,2027-05-10,Planned,,,Yes,9,8,16,15"))
        assert later["dr.exercise_done"].value is True

    @pytest.mark.parametrize(
        ("day", "outcome", "size", "named"),
        [
            ("2027-02-09", "Failed", "No", False),
            ("2027-02-10", "Failed", "No", True),
            ("2027-04-01", "Failed", "No", True),
            ("2027-04-01", "Partial", "No", True),
            ("2027-04-01", "Passed", "No", False),
            ("2027-04-01", "Cancelled", "No", False),
        ],
    )
    def test_a_later_restore_of_another_size_that_did_not_pass_is_named(self, day, outcome, size, named):
        """It is no restore at production size, and a manager should know of it."""
        found = read(csv(*ROWS, f"B-06,Ledger,Restore,{day},{outcome},{size},No,,1,8,,"))["backup.restore_success"]

        assert found.value is True
        assert ("not at production size, later, and not passed: B-06" in found.where) is named

    def test_a_system_that_must_be_there_and_is_not_is_a_gap(self):
        """Its rows were lost, or it never had any."""
        found = read(systems=["Ledger", "Travel", "Payroll"])

        assert "Payroll has no failover that was held" in found["dr.exercise_done"].detail
        with pytest.raises(CollectorRefusal, match=r"line 10: the system .* is called like 'Ledger' of `systems`"):
            read(csv(*ROWS, "D-04,Ledger B,Failover,,,,,,,,,"), systems=["Ledger", "Travel"])
        with pytest.raises(CollectorRefusal, match=r"line 10: the system .* is called like 'Ledger' of `systems`"):
            read(csv(*ROWS, 'D-04,"Travel, Ledger",Failover,2027-04-01,Failed,,,Yes,9,8,9,15'), systems=["Ledger"])
        assert "nothing checks which systems and how many rows" in read()["dr.exercise_done"].where

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (csv(*ROWS, ROWS[0]), "line 10: the exercise stands in an earlier row"),
            (csv(*ROWS, "b 01,Ledger,Restore,,,,,,,,,"), "stands in an earlier row"),
            (csv(*ROWS, ",Ledger,Restore,,,,,,,,,"), "has no id"),
            (csv(*ROWS, "B-06,,Restore,,,,,,,,,"), "has no system"),
            (csv(*ROWS, "B-06,-,Restore,,,,,,,,,"), "has no system"),
            (csv(*ROWS, "B-06,Ledger,Great test,,,,,,,,,"), "in no list"),
            (csv(*ROWS, "B-06,Ledger,,,,,,,,,,"), "in no list"),
            (csv(*ROWS, "B-06,Ledger,Restore,,Passed,Yes,Yes,,1,8,,"), "an outcome and no day"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-20,Passed,Yes,Yes,,1,8,,"), "an outcome and a day to come"),
            (csv(*ROWS, "B-06,Ledger,Restore,3/4/2027,Passed,Yes,Yes,,1,8,,"), "the day could be two"),
            (csv(*ROWS, "B-06,Ledger,Restore,spring,Passed,Yes,Yes,,1,8,,"), "the day is none"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Passed,maybe,Yes,,1,8,,"), "neither Yes nor No"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Passed,Yes,Yes,,quick,8,,"), "no length of time"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Passed,Yes,Yes,,1 fortnight,8,,"), "no length of time"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01T25:00,Passed,Yes,Yes,,1,8,,"), "the day is none"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Passed,Yes,Yes,,4:60,8,,"), "no length of time"),
            (csv(*ROWS, "B-06,Ledger,Restore,2027-04-01,Passed,Yes,Yes,,4:00:60,8,,"), "no length of time"),
            (csv(*ROWS, HEAD), "repeats the header"),
            (csv(*ROWS)[:-1], "ends in the middle of a line"),
            (replaced("(hours),RTO (hours)", "(hours),RTO").replace(b",8,", b",8,"), "rto is no length of time"),
            (replaced("Data loss (minutes)", "RPO (hours)"), "2 columns that could be rpo"),
            (replaced("Exercise type", "Sort"), "has no column for kind"),
        ],
    )
    def test_what_can_be_read_in_two_ways_is_refused(self, data, sentence):
        """The other reading could be the true one."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)

    @pytest.mark.parametrize(("hour", "fits"), [(3, False), (4, True)])
    def test_what_is_later_than_the_register_is_a_plan(self, hour, fits):
        """The day of the program counts: an hour before midnight in New York the next day has begun in Greenwich."""
        data = csv(*ROWS, "B-06,Ledger,Restore,2027-04-02,Passed,Yes,Yes,,1,8,,")
        held = datetime(2027, 4, 2, hour, tzinfo=UTC)
        if fits:
            assert read(data, as_of=held)["backup.restore_hours"].value == Decimal(20)
        else:
            with pytest.raises(CollectorRefusal, match="an outcome and a day to come"):
                read(data, as_of=held)

    def test_a_restore_of_the_last_day_whose_size_nobody_says_is_a_gap(self):
        """It may be the one at production size, and it failed."""
        found = read(csv(*ROWS, "B-06,Ledger,Restore,2027-02-10,Failed,,Yes,,1,8,,"))["backup.restore_success"]

        assert "nothing says whether the restore was at production size" in found.detail

    def test_a_smaller_restore_before_the_last_one_may_leave_its_size_out(self):
        """What is older than the last restore at production size decides nothing."""
        assert (
            read(csv(*ROWS, "B-06,Ledger,Restore,2027-02-09,Passed,,Yes,,1,8,,"))["backup.restore_success"].value
            is True
        )

    def test_a_register_of_tomorrow_is_refused(self):
        """Its plans would be exercises."""
        with pytest.raises(CollectorRefusal, match="after the assessment"):
            read(as_of=datetime(2027, 4, 20, tzinfo=UTC))

    def test_an_office_may_have_other_headings_words_and_sizes(self):
        """What the collector does not know, the binding says."""
        data = replaced("Exercise type", "Sort").replace(b"Functional failover", b"Swing")
        words = {"failovers": ["Swing", "Failover"], "headings": {"kind": "Sort"}}

        assert read(data, **words, rows=8)["dr.exercise_done"].value is True
        for rows in (7, 9):
            with pytest.raises(CollectorRefusal, match=f"has 8 exercises; the binding says {rows}"):
                read(data, **words, rows=rows)

    def test_of_two_columns_that_could_be_one_the_one_of_that_name_counts(self):
        """*Exercise ID* stands beside *Test no*, *Outcome* beside *Status*."""
        data = "".join(
            f"{line},{more}\n" for line, more in zip([HEAD, *ROWS], ["Status", *["Failed"] * 8], strict=True)
        )

        assert read(data.encode())["dr.exercise_done"].value is True

    def test_the_place_names_five_exercises_and_says_that_there_are_more(self):
        """A line of a report is no list."""
        rows = [f"D-{n},S{n},Failover,2027-04-01,Passed,,,Yes,1,8,0,15" for n in range(6)]

        assert read(csv(*rows[:5]))["dr.exercise_done"].where.startswith("exercises.csv: D-0, D-1, D-2, D-3, D-4; ")
        assert read(csv(*rows))["dr.exercise_done"].where.startswith("exercises.csv: D-0, D-1, D-2, D-3, D-4, …; ")

    def test_a_measured_column_is_not_taken_for_a_limit(self):
        """*RTO (actual)* holds what happened."""
        data = replaced("Recovery time (hours),RTO (hours)", "RTO (actual),RTO (target)").replace(b",8,", b",8 h,")

        with pytest.raises(CollectorRefusal, match="hours is no length of time with its unit"):
            read(data)


@pytest.mark.fuzz
def test_a_spoiled_register_reads_no_better():
    """No crash; a limit never grows by a lost sign, since each row says it for itself."""
    failed = csv(
        *ROWS,
        "B-06,Ledger,Restore,2027-04-18,Failed,Yes,No,,9,8,,",
        "D-04,Ledger,Failover,2027-04-18,Failed,,,No,9,8,9,15",
    )
    better = frozenset(["backup.restore_success", "dr.exercise_done"])

    assert no_better(lambda data: read(data, rows=10), failed, more_is_better=better) == []


class TestOtherSpellings:
    FAILED = "B-09,{},Restore,2027-04-01,Failed,Yes,Yes,,9,8,,"

    @pytest.mark.parametrize(
        "system",
        ["Tr\u0430vel", "Travels", "Tra vel", "Tra-vel", "Trvael", "Travl", "Travell", "<b>Travel</b>", "Trav&#101;l"],
    )
    def test_a_system_that_looks_like_one_of_those_asked_for_is_refused(self, system):
        """A failed restore of it would be left out."""
        with pytest.raises(CollectorRefusal, match=r"is called like 'Travel' of `systems` and is another"):
            read(csv(*ROWS, self.FAILED.format(system)), systems=["Travel"])

    @pytest.mark.parametrize("system", ["Payroll", "Gravy", "Unit B", "HR"])
    def test_another_system_is_left_out(self, system):
        """A stop for each other system would be a stop for nothing."""
        rows = csv(*ROWS, self.FAILED.format(system))

        assert (
            read(rows, systems=["Travel"])["backup.restore_success"].part
            == read(csv(*ROWS), systems=["Travel"])["backup.restore_success"].part
        )

    @pytest.mark.parametrize(("year", "told"), [("1949", True), ("0027", True), ("1950", False), ("1951", False)])
    def test_a_day_before_1950_is_a_slip(self, year, told):
        """A failed exercise of the year 27 would be the oldest one."""
        row = self.FAILED.format("Travel").replace("2027", year)
        detail = ""
        try:
            read(csv(*ROWS, row), systems=["Travel"])
        except CollectorRefusal as refusal:
            detail = str(refusal)

        assert ("before 1950" in detail) is told
