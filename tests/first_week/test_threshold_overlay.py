"""A spreadsheet of thresholds becomes an overlay that says what it says and no more, or a mistake at each bad cell."""

from __future__ import annotations

import io

import pytest

from gonogo.cli import run
from gonogo.documents.xlsx.writer import new_workbook
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.threshold_overlay import write_thresholds
from gonogo.first_week.threshold_rows import read_threshold_rows
from gonogo.model.ruleset import literal_text
from gonogo.workflow.named_rules import rules_named

HEAD = "criterion,parameter,milestone,value,reason\n"
TASKS = "program.schedule.golive_tasks,max_variance"
FLOOR = """\
schema: 1
overlay: agency
version: "1"
extends: m3-baseline@1.0.0
set:
  - criterion: program.schedule.golive_tasks
    parameters: {max_variance: {value: 9%, floor: true}}
    reason: The board agreed to nine percent.
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(here, data, *, base="m3-baseline", name="thresholds.csv"):
    """Write the spreadsheet and the overlay; return the rules with it."""
    (here / name).write_bytes(data if isinstance(data, bytes) else (HEAD + data).encode())
    overlay = here / "out.yaml"
    write_thresholds(here / name, lambda laid: rules_named(base, laid), overlay)
    return rules_named(base, (overlay,)) if overlay.exists() else None


def values(rules, criterion="program.schedule.golive_tasks", name="max_variance"):
    parameter = next(one for one in rules.ruleset.criteria if one.id == criterion).parameter[name]
    return [literal_text(parameter.at(days)) for days in (60, 30, 14, 5, 0)]


def wrong(here, data, **more):
    with pytest.raises(ConfigurationError) as caught:
        made(here, data, **more)
    assert not (here / "out.yaml").exists()
    assert [path.name for path in here.iterdir() if "trial" in path.name] == []
    return caught.value.problems


def workbook(*rows, formats=None, hidden=(), struck=None, columns=""):
    """Return the bytes of a workbook with these rows below the headings."""
    stream = io.BytesIO()
    book = new_workbook(stream)
    sheet = book.add_worksheet("Thresholds")
    sheet.write_row(0, 0, HEAD.strip().split(","))
    percent = book.add_format({"num_format": "0%"})
    line = book.add_format({"font_strikeout": True})
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            form = line if number == struck else percent if (number, column) == formats else None
            sheet.write(number, column, cell, form)
    for row in hidden:
        sheet.set_row(row, None, None, {"hidden": True})
    if columns:
        sheet.set_column(columns, None, None, {"hidden": True})
    book.close()
    return stream.getvalue()


class TestWhatItSays:
    def test_a_blank_milestone_sets_the_value_at_every_milestone(self, here):
        """One row, one threshold."""
        assert values(made(here, f"{TASKS},,4%,The river closes.\n")) == ["4%"] * 5

    def test_a_milestone_counts_from_there_on_and_leaves_what_was_before(self, here):
        """A ladder as the rules have it."""
        found = made(here, f"{TASKS},T-14,6%,Late is late.\n{TASKS},T-0,3%,Late is late.\n")

        assert values(found) == ["10%", "10%", "6%", "6%", "3%"]

    def test_go_live_never_changes_unsaid(self, here):
        """A row for T-30 that eased the gate at T-0 would be a threshold that nobody agreed to."""
        [problem] = wrong(here, f"{TASKS},T-30,20%,Early weeks are noisy.\n")

        assert problem.code == "G115"
        assert problem.where == "thresholds.csv:2"
        assert "would change at T-0 too" in problem.what

    def test_what_is_so_already_is_not_written(self, here):
        """A list of all thresholds makes an overlay of those that differ, and the others need no reason."""
        assert made(here, f"{TASKS},,10%,\n") is None
        assert not (here / "out.yaml").exists()

    def test_reasons_of_one_criterion_are_said_once_each(self, here):
        """The overlay has one reason for a change."""
        found = made(here, f"{TASKS},T-14,6%,Late is late.\n{TASKS},T-0,3%,The river closes.\n")

        assert {change.reason for change in found.ruleset.changes} == {"Late is late; The river closes."}

    def test_a_percentage_of_a_workbook_is_a_percentage(self, here):
        """Excel keeps 4% as 0.04."""
        row = (*TASKS.split(","), "", 0.04, "The river closes.")

        assert values(made(here, workbook(row, formats=(1, 3)), name="t.xlsx")) == ["4%"] * 5

    def test_only_a_new_file_is_written(self, here):
        """An overlay that somebody agreed to is never replaced, and a ruleset never written."""
        (here / "t.csv").write_text(f"{HEAD}{TASKS},,4%,The river closes.\n", encoding="utf-8")
        (here / "there.yaml").write_text("kept", encoding="utf-8")

        for name in ("there.yaml", "ruleset.yaml", "gonogo.yaml", "out.csv", "nowhere/out.yaml"):
            with pytest.raises(UsageError):
                write_thresholds(here / "t.csv", lambda laid: rules_named("m3-baseline", laid), here / name)
        assert (here / "there.yaml").read_text(encoding="utf-8") == "kept"


class TestFloor:
    @pytest.mark.parametrize(("value", "refused"), [("8%", False), ("9%", False), ("10%", True)])
    def test_nothing_looser_than_a_floor_is_written(self, here, value, refused):
        """Below, equal, above; the mistake is at the cell, with both values."""
        (here / "agency.yaml").write_text(FLOOR, encoding="utf-8")
        rows = f"{TASKS},,{value},The board wants it.\n"
        if not refused:
            made(here, rows, base="agency.yaml")
            return
        [problem] = wrong(here, rows, base="agency.yaml")

        assert problem.code == "G161"
        assert problem.where == "thresholds.csv:2"
        assert "was 9% (floor), is 10% (floor) here" in problem.what


class TestMistakes:
    def test_all_of_them_together_each_at_its_row(self, here):
        """A PMO corrects a list once."""
        problems = wrong(
            here,
            "program.schedule.golive_task,max_variance,,4%,x\n"
            "program.schedule.golive_tasks,max_varianze,,4%,x\n"
            f"{TASKS},T-9,4%,A reason.\n"
            f"{TASKS},,4 days,A reason.\n"
            f"{TASKS},,7d,A reason.\n"
            f"{TASKS},,4,A reason.\n"
            f"{TASKS},,4%,\n"
            f"{TASKS},,3%,A reason.\n",
        )

        assert [(one.where.split(":")[-1], one.code) for one in problems] == [
            ("2", "G133"),
            ("3", "G133"),
            ("4", "G126"),
            ("5", "G112"),
            ("6", "G103"),
            ("7", "G103"),
            ("9", "G123"),
            ("8", "G117"),
        ]
        assert "program.schedule.golive_tasks" in problems[0].hint
        assert "max_variance" in problems[1].hint

    @pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+4%", "-cmd"])
    @pytest.mark.parametrize("row", ["{0},,4%,{1}", "{0},,{1},A reason."])
    def test_what_begins_as_a_formula_is_refused(self, here, cell, row):
        """The reason goes into reports that open in a spreadsheet program."""
        [problem] = wrong(here, row.format(TASKS, cell) + "\n")

        assert problem.code == "G115"
        assert "begins as a formula does" in problem.what

    @pytest.mark.parametrize("book", [True, False])
    @pytest.mark.parametrize(
        ("headings", "fits"),
        [
            ("Criterion ID,Parameter,Gate,Threshold,Rationale", True),
            ("Criteria,Parameter name,Milestone,Threshold value,Justification", True),
            ("Criterion ID,Criterion,Parameter,Milestone,Value,Threshold,Reason", True),
            ("Criterion,Parameter,Milestone,Target,Reason", False),
            ("Criterion,Parameter,Milestone,Threshold,Threshold value,Reason", False),
        ],
    )
    def test_columns_are_found_by_what_offices_call_them(self, headings, fits, book):
        """A heading that could be two things is none, and a target is no threshold."""
        cells = [name.lower()[:3] for name in headings.split(",")]
        data = f"{headings}\n{','.join(cells)}\n".encode()
        if book:
            stream = io.BytesIO()
            made = new_workbook(stream)
            sheet = made.add_worksheet("T")
            sheet.write_row(0, 0, headings.split(","))
            sheet.write_row(1, 0, cells)
            made.close()
            data = stream.getvalue()

        if not fits:
            with pytest.raises(ConfigurationError):
                read_threshold_rows(data, "t")
            return
        [row] = read_threshold_rows(data, "t")
        assert [row[column].text for column in ("criterion", "parameter")] == ["cri", "par"]
        assert row["value"].text == ("val" if "Value" in headings else "thr")

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"criterion,parameter,milestone,value\na,b,,1\n", "no heading 'reason'"),
            (b"criterion,parameter,milestone,value,reason,Value\n", "the heading 'value' is there twice"),
            (HEAD.encode(), "no row below the headings"),
            (b"", "empty"),
            (HEAD.encode() + b"a,b,c\n", "line 2 has 3 cells, and the headings have 5"),
            (HEAD.encode() + b'a,"b,c\n', "is not CSV"),
            (HEAD.encode() + b"a,b,,4%,\xe9t\xe9\n", "is not UTF-8"),
        ],
    )
    def test_a_file_that_cannot_be_read_in_one_way_is_refused(self, here, data, says):
        """A missing column read as blank would set every milestone."""
        [problem] = wrong(here, data)

        assert says in problem.what

    def test_a_number_of_a_workbook_that_is_no_percentage_is_named_by_its_cell(self, here):
        """4 could be 4% or 400%."""
        [problem] = wrong(here, workbook((*TASKS.split(","), "", 4, "A reason.")), name="t.xlsx")

        assert problem.where == "t.xlsx, sheet Thresholds, cell D2"
        assert "without a percent sign" in problem.what

    def test_a_hidden_row_is_refused(self, here):
        """Nobody agreed to what nobody saw."""
        row = (*TASKS.split(","), "", "4%", "A reason.")
        [problem] = wrong(here, workbook(row, row, hidden=(2,)), name="t.xlsx")

        assert "row 3, is hidden" in problem.what

    def test_a_row_that_is_struck_through_is_refused(self, here):
        """Who strikes a threshold out has taken it back."""
        row = (*TASKS.split(","), "", "4%", "A reason.")
        [problem] = wrong(here, workbook(row, struck=1), name="t.xlsx")

        assert "row 2, is struck through" in problem.what

    @pytest.mark.parametrize(("columns", "refused"), [("C:C", True), ("E:E", True), ("F:F", False)])
    def test_a_hidden_column_that_is_read_is_refused(self, here, columns, refused):
        """A hidden milestone makes a value of one day look like that of all; what is not read may be hidden."""
        row = (*TASKS.split(","), "", "4%", "A reason.")
        data = workbook(row, columns=columns)

        found = wrong(here, data, name="t.xlsx") if refused else []

        assert ["is hidden; show it" in each.what for each in found] == [True] * refused
        if not refused:
            (here / "t.xlsx").write_bytes(data)
            assert read_threshold_rows(data, "t.xlsx")

    def test_a_value_for_all_milestones_beside_one_for_some_is_refused(self, here):
        """Which one counts would be a guess."""
        [problem] = wrong(here, f"{TASKS},,4%,A reason.\n{TASKS},T-0,3%,A reason.\n")

        assert "for every milestone and others for some" in problem.what


def test_the_command_says_in_words_what_changes(here, capfd):
    """What goes to a board is a sentence, not a file."""
    (here / "t.csv").write_text(f"{HEAD}{TASKS},,4%,The river closes.\n", encoding="utf-8")

    assert run(["ruleset", "thresholds", "t.csv", "--ruleset", "m3-baseline"]) == 0

    told = capfd.readouterr().out
    assert "stricter: program.schedule.golive_tasks: parameter max_variance was 10%, becomes 4%" in told
    assert 'extends: "m3-baseline@1.0.0"' in (here / "t.yaml").read_text(encoding="utf-8")
    assert run(["ruleset", "thresholds", "t.csv", "--ruleset", "t.yaml", "-o", "again.yaml"]) == 0
    assert "no overlay was written" in capfd.readouterr().out
