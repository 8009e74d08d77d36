"""The first sheet of the binding workbook: a name and a day said once, and what is left, in the order that matters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.sheet_line import NEEDED, SheetLine
from gonogo.first_week.adding.sheet_to_do import SheetToDo
from gonogo.first_week.adding.sheets_in_order import without_repeated
from gonogo.first_week.adding.start_sheet import START
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

FILES = {
    "Interfaces.csv": "Interface ID,Partner,ICD status\nI-1,PAM,Approved\nI-2,SAM,Draft\nI-3,CGE,Approved\n",
    "Report validation.csv": "Report ID,Critical,Validated,Updated on\nR-1,Yes,Yes,2026-04-15\nR-2,No,No,2026-04-16\n",
    "potluck list.csv": "Dish,Serves\nPie,8\nBeans,6\nRice,4\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    for name, text in FILES.items():
        (tmp_path / "evidence" / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def line(root: Path, file: str, **cells: object) -> None:
    """Type answers in the line of a file on the first sheet, by the first word of their headings."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    heads = {
        str(cell.value).partition(" ")[0].strip("?").casefold(): cell.column for row in page["6:7"] for cell in row
    }
    (row,) = [row[0].row for row in page.iter_rows(min_row=7) if file in str(row[1].value)]
    for heading, value in cells.items():
        page.cell(row, heads[heading]).value = value
    book.save(root / "bindings.xlsx")


def said(root: Path, *, name: str | None = None, day: object = None) -> None:
    """Type a name and a day on the first sheet."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    page["B1"], page["B2"] = name, day
    book.save(root / "bindings.xlsx")


def test_a_name_on_the_first_sheet_alone_confirms_nothing(root: Path) -> None:
    """Nobody has looked at a sheet that says nothing."""
    said(root, name="Ada Kirsch", day="2026-11-19")

    assert bind(root / "bindings.xlsx", root) == ["3 sheets of the workbook still wait."]
    assert all(each.confirmed is not None for each in bound(root).values())


def test_yes_on_a_sheet_means_the_name_and_the_day_of_the_first_one(root: Path) -> None:
    """Twenty-seven sheets asked for the same name and the same day."""
    said(root, name="Ada Kirsch", day=date(2026, 11, 19))
    fill(root, "Interfaces", ("confirmed by", None, "Yes"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("interfaces: confirmed by Ada Kirsch; answers interfaces.icd_approved_ratio.")
    binding = bound(root)["interfaces"]
    assert binding.confirmed is None
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-19"
    assert bound(root)["report-validation"].confirmed is not None


def test_what_a_sheet_says_counts_before_what_the_first_one_says(root: Path) -> None:
    """Another person looked at it, and it held on another day."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    fill(root, "Interfaces", ("confirmed by", None, "Theo Brandvold"), ("held", None, "2026-11-12"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("interfaces: confirmed by Theo Brandvold")
    assert f"{bound(root)['interfaces'].inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-12"


def test_the_day_of_the_first_sheet_takes_no_place_of_a_day_that_the_file_says(root: Path) -> None:
    """Its newest row dates the register; a day that was meant for others would make old rows fresh."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    fill(root, "Report validation", ("confirmed by", None, "yes"))

    bind(root / "bindings.xlsx", root)

    binding = bound(root)["report-validation"]
    assert binding.confirmed is None
    assert binding.inputs[0].as_of.column == "updated_on"


@pytest.mark.parametrize("name", [None, "", "yes", "Yes"])
def test_yes_without_a_name_is_refused(root: Path, name: str | None) -> None:
    """A binding that `yes` has confirmed is confirmed by nobody."""
    said(root, name=name)
    fill(root, "Interfaces", ("confirmed by", None, "yes"))
    before = (root / "gonogo.yaml").read_text()

    with pytest.raises(UsageError, match="says yes, and no name is on the sheet Start here"):
        bind(root / "bindings.xlsx", root)
    assert (root / "gonogo.yaml").read_text() == before


def test_sheets_stand_in_the_order_of_the_criteria_that_they_are_about(root: Path) -> None:
    """The first answers are those that decide."""
    page = openpyxl.load_workbook(root / "bindings.xlsx")[START]
    every = [[cell.value for cell in row] for row in page.iter_rows(min_row=7)]
    rows = [row for row in every if row[1] is not None]

    assert [row[10] for row in rows] == [1, 1, 0]
    assert every.index(rows[2]) == every.index(rows[1]) + 2  # what can wait stands below a line that says so
    assert {row[1] for row in rows[:2]} == {"evidence/Report validation.csv", "evidence/Interfaces.csv"}
    assert rows[2][1] == "evidence/potluck list.csv"
    (interfaces,) = [row for row in rows if "Interfaces" in row[1]]
    assert "icd_approved_ratio: 2 of 3" in interfaces[2]
    assert "Held: nobody knows; the day above counts" in interfaces[2]
    assert page["A4"].value.startswith(
        "A first verdict needs 2 lines: about 2 minutes. With these alone, 2 of 26 criteria have an answer by what the "
        "files say today, "
    )
    assert str(every[every.index(rows[2]) - 1][2]).startswith(
        "Later: 1 line, about 2 minutes. It is about no criterion. It can "
        "wait: no file here is read before its line says yes"
    )
    assert page["A7"].hyperlink.location.startswith("'1 ")


def test_columns_that_nothing_asks_for_are_folded_below_a_row_that_says_so(root: Path) -> None:
    """A sheet of 61 rows, 22 of them about votes and estimates, is read by nobody."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (page,) = [each for each in book.worksheets if "Interfaces" in each.title]
    rows = [(row[0].value, row[1].value, page.row_dimensions[row[0].row]) for row in page.iter_rows(min_row=2)]

    more = next(number for number, row in enumerate(rows) if row[0] == "more")
    assert [row[1] for row in rows[more + 1 :]] == ["Interface ID", "Partner"]
    assert all(row[2].hidden and row[2].outlineLevel == 1 for row in rows[more + 1 :])
    assert not any(row[2].hidden for row in rows[:more] if row[0] != "seen")
    assert page.cell(more + 2, 6).value == "2 columns that nothing asks for. Press + at the left to see them."


def test_a_question_that_another_row_asks_stands_once() -> None:
    """The day, a column and a word were each asked twice."""
    rows = [
        SheetLine("held", NEEDED),
        SheetLine("fact", "sla.signed_ratio"),
        SheetLine("word", "n/a", "Status"),
        SheetLine("ask", note="When did its content hold? Neither its name nor a column says so."),
        SheetLine("ask", note="Does it say sla.signed_ratio, and by which column? What share?"),
        SheetLine("ask", note="Does it say sla.signed, and by which column? What share?"),
        SheetLine("ask", note="Column Status: what does n/a mean: done, open, failed or approved?"),
        SheetLine("ask", note="Column Stage: what does n/a mean: done, open, failed or approved?"),
    ]

    left = [row.note for row in without_repeated(rows) if row.tag == "ask"]

    assert [note.split()[:4] for note in left] == [
        ["Does", "it", "say", "sla.signed,"],
        ["Column", "Stage:", "what", "does"],
    ]
    assert [row.tag for row in without_repeated(rows)[:3]] == ["held", "fact", "word"]


def test_the_day_is_asked_where_no_row_asks_for_it() -> None:
    """A question that nothing else asks must not be lost."""
    rows = [
        SheetLine("held"),
        SheetLine("ask", note="When did its content hold? Neither its name nor a column says so."),
    ]

    assert without_repeated(rows) == rows


@pytest.mark.parametrize(
    ("answers", "looks", "unread", "minutes"),
    [(0, 0, False, 1), (0, 2, False, 1), (0, 3, False, 2), (3, 0, False, 1), (0, 0, True, 1), (1, 0, True, 2)],
)
def test_minutes_are_rounded_up(answers: int, looks: int, *, unread: bool, minutes: int) -> None:
    """An estimate that is too short is the worse one."""
    assert SheetToDo("a.csv", 1, answers, ("Is it?",) * looks, "", unread=unread).minutes == minutes


def test_a_column_that_says_one_thing_of_every_row_is_no_question(tmp_path: Path) -> None:
    """Votes, Log Work and the project's name were asked about, each with the question of the workaround."""
    heads = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Votes,Log Work,Workaround ok,Team"
    rows = [
        "A,H-1,1,Bug,To Do,H,Highest,0,,Yes,Red",
        "B,H-2,2,Bug,To Do,H,High,0,,,Blue",
        "C,H-3,3,Bug,Done,H,High,0,,,Red",
    ]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira.csv").write_text("\n".join([heads, *rows, ""]), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["1 jira.csv"]
    cells = [[cell.value for cell in row] + [page.row_dimensions[row[0].row].hidden] for row in page.iter_rows()]

    folded = {row[1]: row[5] for row in cells if row[0] == "column" and row[-1]}
    assert set(folded) == {"Workaround ok", "Team"}
    assert folded["Team"] == "examples: Red, Blue"
    assert {row[1] for row in cells if row[0] == "word" and row[-1]} == {"Yes", "Red", "Blue"}
    assert not {row[1] for row in cells if row[0] == "column"} & {"Votes", "Log Work"}
    assert any(row[0] == "reads" and row[1] == "workaround" for row in cells)


def test_what_is_nobodys_name_on_the_first_sheet_confirms_nothing(root: Path) -> None:
    """`later` was taken as the name of who confirms."""
    said(root, name="later", day="2026-11-19")
    fill(root, "Interfaces", ("confirmed by", None, "yes"))

    with pytest.raises(UsageError, match="`later`, which is nobody's name, is on the sheet Start here"):
        bind(root / "bindings.xlsx", root)


@pytest.mark.parametrize("written", ["no", "?", "not yet"])
def test_no_in_the_place_of_a_name_confirms_nothing(root: Path, written: str) -> None:
    """Who writes `no` has refused."""
    fill(root, "Interfaces", ("confirmed by", None, written), ("held", None, "2026-11-19"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0] == (
        f"interfaces: not taken: `{written}` in the row `confirmed by` is nobody's name, so nothing is confirmed by "
        "it; write the name of the person who has checked it, or leave it blank."
    )
    assert bound(root)["interfaces"].confirmed is not None


def test_yes_beside_a_file_confirms_what_its_line_says(root: Path) -> None:
    """Forty sheets were opened one after the other to type the same word."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="Yes")
    line(root, "Report validation", right="yes")

    told = bind(root / "bindings.xlsx", root)

    for name in ("report-validation", "interfaces"):
        assert any(text.startswith(f"{name}: confirmed by Ada Kirsch; answers") for text in told)
    assert "  interfaces gives now: interfaces.icd_approved_ratio 2 of 3" in "\n".join(told)
    assert bound(root)["potluck-list"].confirmed is not None


@pytest.mark.parametrize(
    ("cells", "on_sheet", "why"),
    [
        ({"right": "yes"}, ("use", None, "no evidence"), "it says yes, and its sheet says `no evidence`"),
        ({"right": "later"}, ("confirmed by", None, "Ada Kirsch"), "it says `later`, and its sheet is confirmed"),
        ({"right": "no evidence"}, None, "say beside it, under `Why not`, why it is no evidence"),
        ({"right": "yes", "why": "old"}, None, "it says why the file is no evidence, and not that it is none"),
        ({"why": "old"}, None, "it says why the file is no evidence, and not that it is none"),
        ({"right": "sure"}, None, "`sure` is no answer; choose yes, no evidence or later"),
        ({"right": "yes", "held": "last week"}, None, "`last week` is not a day"),
        ({"right": "yes", "side": "both"}, None, "`both` is no side"),
        (
            {"right": "yes"},
            ("fact", "interfaces.icd_approved_ratio", None),
            "it says yes, and its sheet says of no fact which column shows it",
        ),
    ],
)
def test_a_line_that_cannot_be_taken_waits_with_its_reason(
    root: Path, cells: dict[str, str], on_sheet: tuple[str, str | None, str | None] | None, why: str
) -> None:
    """What is not sure is not signed, and who typed it hears which cell it is."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", **cells)
    if on_sheet is not None:
        fill(root, "Interfaces", on_sheet)
    before = (root / "gonogo.yaml").read_text()

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("interfaces: not taken: ")
    assert why in told[0]
    assert (root / "gonogo.yaml").read_text() == before


def test_no_evidence_beside_a_file_settles_it(root: Path) -> None:
    """A list of dishes needs no sheet of its own."""
    said(root, name="Ada Kirsch")
    line(root, "potluck", right="no evidence", why="lunch")

    told = bind(root / "bindings.xlsx", root)

    assert "potluck-list" not in bound(root)
    assert told[0] == "potluck-list: no evidence; its files are listed under not_evidence."
    assert "lunch (Ada Kirsch" in (root / "gonogo.yaml").read_text()


def test_a_hidden_line_confirms_nothing(root: Path) -> None:
    """A filter hides lines, and filling down a column fills them too."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="yes")
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    (row,) = [row[0].row for row in page.iter_rows(min_row=7) if "Interfaces" in str(row[1].value)]
    page.row_dimensions[row].hidden = True
    book.save(root / "bindings.xlsx")

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith(f"interfaces: not taken: sheet Start here, row {row}: row {row} is hidden")
    assert bound(root)["interfaces"].confirmed is not None


def test_a_hidden_column_of_the_list_confirms_nothing(root: Path) -> None:
    """The answer stands in the fourth column; who made the file in the eighth."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="yes", made="Lab")
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    book[START].column_dimensions["H"].hidden = True
    book.save(root / "bindings.xlsx")

    assert "the column H is hidden" in bind(root / "bindings.xlsx", root)[0]


def test_who_makes_a_file_follows_its_side(root: Path) -> None:
    """Side and producer were two cells on each sheet."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    before = bound(root)["interfaces"]
    other = "customer" if str(before.side) == "provider" else "provider"
    line(root, "Interfaces", right="yes", side=other)

    bind(root / "bindings.xlsx", root)

    after = bound(root)["interfaces"]
    assert str(after.side) == other
    assert after.producer != before.producer


def test_who_makes_a_file_is_what_a_person_says(root: Path) -> None:
    """A laboratory tests for the provider."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="yes", side="independent", made="Lab")

    bind(root / "bindings.xlsx", root)

    assert (str(bound(root)["interfaces"].side), bound(root)["interfaces"].producer) == ("independent", "Lab")


def test_a_day_beside_a_file_counts_before_the_one_above(root: Path) -> None:
    """One of forty held on another day."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="yes", held=date(2026, 11, 12))

    bind(root / "bindings.xlsx", root)

    assert f"{bound(root)['interfaces'].inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-12"


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [(1, "9", "the workbook has no sheet 9 about"), (2, "evidence/other.csv", "the workbook has no sheet")],
)
def test_a_line_that_is_about_no_sheet_is_refused(root: Path, column: int, value: str, why: str) -> None:
    """A line that was sorted without its number would sign another file."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    book[START].cell(7, column).value = value
    book.save(root / "bindings.xlsx")

    with pytest.raises(UsageError, match=why):
        bind(root / "bindings.xlsx", root)


def test_two_lines_about_one_sheet_are_refused(root: Path) -> None:
    """Nobody knows which of them counts."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    for column in range(1, 12):
        page.cell(8, column).value = page.cell(7, column).value
    book.save(root / "bindings.xlsx")

    with pytest.raises(UsageError, match="Two lines of the sheet Start here are about one sheet"):
        bind(root / "bindings.xlsx", root)


def test_lines_may_be_sorted(root: Path) -> None:
    """The number and the file of a line say what it is about, not its place."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    line(root, "Interfaces", right="yes")
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=7)]
    for at, cells in enumerate(reversed(rows), 7):
        for column, value in enumerate(cells, 1):
            page.cell(at, column).value = value
    book.save(root / "bindings.xlsx")

    bind(root / "bindings.xlsx", root)

    assert [name for name, each in bound(root).items() if each.confirmed is None] == ["interfaces"]


def test_the_build_is_asked_once(tmp_path: Path) -> None:
    """Each of sixteen test reports asked which build was tested."""
    (tmp_path / "evidence").mkdir()
    report = "<testsuite name='s' timestamp='2026-04-02T00:00:00'><testcase classname='a' name='x'/></testsuite>"
    (tmp_path / "evidence" / "regression.xml").write_text(report, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(build="B-7")))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    book = openpyxl.load_workbook(tmp_path / "bindings.xlsx")
    page = book[START]
    assert page["A3"].value == "Build"
    assert not page["B3"].value
    page["B1"], page["B3"], page["D8"] = "Ada Kirsch", "B-7", "yes"
    book.save(tmp_path / "bindings.xlsx")

    bind(tmp_path / "bindings.xlsx", tmp_path)

    assert bound(tmp_path)["regression"].build == "B-7"


def test_no_build_is_asked_for_where_no_file_needs_it(root: Path) -> None:
    """A question without a use wastes the time of all."""
    page = openpyxl.load_workbook(root / "bindings.xlsx")[START]

    assert "Build" not in {page.cell(row, 1).value for row in range(1, 6)}


@pytest.mark.parametrize(
    ("line_above", "words"),
    [
        ("Interfaces - 11/20/26", "the cell A1 of the file says 2026-11-20, so it stands under `Held`"),
        (
            "Printed 11/12/26",
            "the cell A1 of the file says 2026-11-12 or 2026-12-11, so the earlier one stands under `Held`",
        ),
    ],
)
def test_the_day_that_a_line_of_the_file_says_stands_under_held(tmp_path: Path, line_above: str, words: str) -> None:
    """A day that may be that of the table counts unless a person says another; the day for all files would be newer."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Interfaces.csv").write_text(
        f"{line_above},,\n\nInterface ID,Partner,ICD status\nI-1,PAM,Approved\nI-2,SAM,Draft\n",
        encoding="utf-8",
    )
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    page = openpyxl.load_workbook(tmp_path / "bindings.xlsx")[START]
    row = {str(head.value): cell.value for head, cell in zip(page[6], page[7], strict=True)}

    day = "2026-11-20" if "20" in line_above else "2026-11-12"
    assert row["Held"] == day
    assert f"Held: {words}; another day there counts instead." in str(row["What it says today"])
    said(tmp_path, name="Ada Kirsch", day="2026-11-27")
    line(tmp_path, "Interfaces.csv", right="yes")
    bind(tmp_path / "bindings.xlsx", tmp_path)
    binding = bound(tmp_path)["interfaces"]

    assert binding.confirmed is None
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == day


def test_rows_that_may_name_somebody_are_told_by_their_place(tmp_path: Path) -> None:
    """`counted: #050158ea` lets nobody judge; the line can be looked up, and names nobody in the workbook."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Interfaces.csv").write_text(
        "Interface,ICD status,Owner\nPay of Ottoline Prewitt,Draft,Ottoline Prewitt\n"
        "Leave of Quillon Farrowby,Approved,Quillon Farrowby\nGross pay,Approved,Ottoline Prewitt\n",
        encoding="utf-8",
    )
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    page = openpyxl.load_workbook(tmp_path / "bindings.xlsx")[START]
    says = str(page["C7"].value)

    assert "interfaces.icd_approved_ratio: 2 of 3 (counted: line 3, line 4; not: line 2)." in says
    assert "Prewitt" not in says
