"""Values that change by themselves: ``=TODAY()`` makes a workbook young for ever, whatever way it takes to the cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from gonogo.documents.xlsx import formula_reader, volatile
from gonogo.documents.xlsx.formula import read_formula
from gonogo.documents.xlsx.functions import VOLATILE
from gonogo.documents.xlsx.workbook import Workbook, read_workbook
from gonogo.model.refusal import SourceRefusal


def written(make: Callable[[Any], None]) -> Workbook:
    """A workbook of three sheets with stored results, and what ``make`` writes into it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in ("Cover", "Risk Log", "Lists"):
            book.add_worksheet(name)
        make(book)
    return read_workbook(stream.getvalue(), "log.xlsx")


def cover(formulas: dict[str, str], *, names: dict[str, str] | None = None) -> Workbook:
    """A workbook with formulas by cell, ``Lists!A1`` or a cell of the first sheet; each has 1 as its result."""

    def make(book: Any) -> None:
        for name, text in (names or {}).items():
            book.define_name(name, text)
        for place, text in formulas.items():
            sheet, _, cell = place.rpartition("!")
            book.get_worksheet_by_name(sheet or "Cover").write_formula(cell, text, None, 1)

    return written(make)


def fault(workbook: Workbook, place: str) -> str:
    sheet, _, cell = place.rpartition("!")
    try:
        workbook.cell(f"'{sheet or 'Cover'}'!{cell}")
    except SourceRefusal as refusal:
        return str(refusal)
    return ""


class TestOneCell:
    @pytest.mark.parametrize("function", sorted(VOLATILE))
    def test_each_volatile_function_is_named_with_its_cell(self, function):
        """The person who is asked must find the cell, and know what to put there."""
        told = fault(cover({"B5": f"={function}(A1)"}), "B5")

        assert told == (
            f"log.xlsx, sheet Cover, cell B5 is calculated by {function}(), which changes by itself; type the value in "
            "place of the formula"
        )

    @pytest.mark.parametrize(
        "formula",
        [
            "=TODAY()",
            "=today()",
            "=TODAY ( )",
            "=DATE(2027,4,19)+0*TODAY()",
            '=IF(A1="","",NOW())',
            "=_xlfn.RANDARRAY(1,1)",
            "=_xlfn._xlws.RANDARRAY(1,1)",
            '=IFERROR(__xludf.DUMMYFUNCTION("FILTER(A1:A9, A1:A9 < TODAY())"), 1)',
            "={TODAY()}",
            "=-TODAY()",
            "=A1:INDEX(A1:A9,RAND()*9)",
        ],
    )
    def test_however_it_is_written(self, formula):
        """Case, blanks, prefixes of newer functions, and another program's own words."""
        assert fault(cover({"B5": formula}), "B5")

    @pytest.mark.parametrize(
        "formula",
        [
            "=SUM(A1:A9)",
            '="TODAY()"',
            '="see ""NOW()"" below"',
            "=DAYS(A1,A2)",
            "='Risk Log'!A1",
            "=CELLS",
            "=VLOOKUP(A1,Lists!A:B,2,FALSE)",
            "=COUNTIF('Risk Log'!D:D,\"Open\")",
            "=#REF!+1",
        ],
    )
    def test_what_stays_as_it_is_is_believed(self, formula):
        """Counting with a formula is what workbooks are for; a text or a name that looks alike is no function."""
        workbook = cover({"B5": formula, "Lists!Z9": "=TODAY()"})

        assert fault(workbook, "B5") == ""
        assert workbook.sheet("Cover").unusable == set()

    def test_another_workbook_is_told(self):
        """Its cached value is as old as the last time that somebody opened both."""
        workbook = cover({"B5": "=[1]Cover!A11", "B6": "=B5+1", "B7": "='C:\\x\\[2]My Sheet'!A1", "B8": "=[0]!Mine"})

        assert fault(workbook, "B5") == (
            "log.xlsx, sheet Cover, cell B5 takes its value from another workbook or program ([1]); nobody recorded "
            "its state: paste the value"
        )
        assert "by the formula in sheet Cover, cell B5" in fault(workbook, "B6")
        assert "[2]" in fault(workbook, "B7")
        assert fault(workbook, "B8") == ""


class TestChains:
    CHAINS = (
        ({"A1": "=TODAY()", "B5": "=A1"}, {}),
        ({"A1": "=TODAY()", "B5": "=$A$1"}, {}),
        ({"A1": "=TODAY()", "A2": "=A1-1", "A3": "=A2", "B5": "=MAX(A3,0)"}, {}),
        ({"Lists!C3": "=NOW()", "B5": "=Lists!C3"}, {}),
        ({"Lists!C3": "=NOW()", "B5": "=lists!c3"}, {}),
        ({"Risk Log!C3": "=NOW()", "B5": "='Risk Log'!C3"}, {}),
        ({"Risk Log!C3": "=NOW()", "B5": "=SUM('Risk Log'!A1:D9)"}, {}),
        ({"Risk Log!C3": "=NOW()", "B5": "=SUM('Risk Log'!C:C)"}, {}),
        ({"Risk Log!C3": "=NOW()", "B5": "=SUM('Risk Log'!3:3)"}, {}),
        ({"Risk Log!C3": "=NOW()", "B5": "=SUM(Cover:Lists!C3)"}, {}),
        ({"Lists!C3": "=NOW()", "B5": "=SUM(Lists:Cover!$C$1:$C$5)"}, {}),
        ({"B5": "=Today_"}, {"Today_": "=TODAY()"}),
        ({"B5": "=as_of"}, {"As_Of": "=Lists!$C$3"} | {}),
        ({"B5": "=Outer"}, {"Outer": "=Inner+1", "Inner": "=NOW()"}),
        ({"B5": "=Cover!Local"}, {"Cover!Local": "=TODAY()"}),
    )

    @pytest.mark.parametrize(("formulas", "names"), CHAINS)
    def test_a_cell_that_reads_a_restless_one_is_no_better(self, formulas, names):
        """A reference, a range, another sheet, several, or a name: it is the same date."""
        given = formulas | ({"Lists!C3": "=TODAY()"} if "As_Of" in names else {})

        told = fault(cover(given, names=names), "B5")

        assert "changes by itself" in told
        assert "depends on" in told or names

    def test_the_sentence_names_where_it_comes_from(self):
        """Three sheets away nobody finds it by looking at the cell."""
        told = fault(cover({"Lists!C3": "=NOW()", "Risk Log!A1": "=Lists!C3", "B5": "='Risk Log'!A1"}), "B5")

        assert told == (
            "log.xlsx, sheet Cover, cell B5 depends on NOW() in sheet Lists, cell C3, which changes by itself; type "
            "the value in place of the formula"
        )

    @pytest.mark.parametrize(
        ("range_", "reads"),
        [
            ("A3:A9", False),
            ("A2:A9", True),
            ("A1:A2", True),
            ("A1", False),
            ("B1:B9", False),
            ("A1:B1", False),
            ("3:9", False),
            ("B:D", False),
            ("A:A", True),
            ("$A$9:$A$2", True),
        ],
    )
    def test_only_what_is_read_counts(self, range_, reads):
        """The cell at the edge of a range belongs to it; the one beyond does not."""
        workbook = cover({"Lists!A2": "=TODAY()", "B5": f"=SUM(Lists!{range_.replace(':', ':')})"})

        assert bool(fault(workbook, "B5")) is reads

    def test_a_circle_ends(self):
        """Names and cells may refer to each other; a reader must not follow them for ever."""
        workbook = cover({"A1": "=A2+One", "A2": "=A1", "A3": "=TODAY()"}, names={"One": "=Two", "Two": "=One"})

        assert fault(workbook, "A1") == ""

    def test_a_long_chain_is_followed_to_its_end(self):
        """A running total over a thousand rows is one chain."""
        workbook = cover({"A1": "=TODAY()"} | {f"A{row}": f"=A{row - 1}+1" for row in range(2, 1500)})

        assert "TODAY() in sheet Cover, cell A1" in fault(workbook, "A1499")

    def test_shared_formulas_read_from_where_they_stand(self):
        """Excel writes one text for a filled-down column; the rest is an offset."""
        workbook = cover({"A1": "=TODAY()", "B1": "=A1", "B2": "=A2", "B3": "=A3", "C3": "=$A$1"})
        parts = workbook._parts
        xml = parts["xl/worksheets/sheet1.xml"]
        assert xml.count(b"<f>A1</f>") == 1
        xml = xml.replace(b"<f>A1</f>", b'<f t="shared" ref="B1:B3" si="0">A1</f>')
        for row in (b"2", b"3"):
            xml = xml.replace(b"<f>A%s</f>" % row, b'<f t="shared" si="0"/>')
        again = Workbook("log.xlsx", parts | {"xl/worksheets/sheet1.xml": xml})

        assert [bool(fault(again, cell)) for cell in ("B1", "B2", "B3", "C3")] == [True, False, False, True]

    def test_array_formulas_fill_every_cell_of_their_range(self):
        """Only the first cell holds the formula; the others look like typed values."""

        def make(book: Any) -> None:
            book.get_worksheet_by_name("Lists").write_array_formula("C3:D4", "{=TODAY()-A3:B4}", None, 1)
            book.get_worksheet_by_name("Cover").write_formula("B5", "=Lists!D4", None, 1)

        workbook = written(make)

        assert [bool(fault(workbook, f"Lists!{cell}")) for cell in ("C3", "D4", "C4", "E4")] == [
            True,
            True,
            True,
            False,
        ]
        assert "Lists, cell C3" in fault(workbook, "B5")

    @pytest.mark.parametrize(
        ("formula", "reads"),
        [
            ("=SUM(Risks[Age])", True),
            ("=SUM(Risks[Score])", False),
            ("=SUM(Risks[[Score]:[Age]])", True),
            ("=SUM(Risks[[#All],[Score]])", False),
            ("=COUNTA(Risks)", True),
            ("=COUNTA(Risks[])", True),
        ],
    )
    def test_tables_are_read_by_their_columns(self, formula, reads):
        """An age column that counts from today does not spoil the scores beside it."""

        def make(book: Any) -> None:
            sheet = book.get_worksheet_by_name("Risk Log")
            columns = [{"header": "Id"}, {"header": "Score"}, {"header": "Age", "formula": "=TODAY()-B2"}]
            sheet.add_table("A1:C4", {"name": "Risks", "columns": columns})
            book.get_worksheet_by_name("Cover").write_formula("B5", formula, None, 1)

        assert bool(fault(written(make), "B5")) is reads


class TestLimits:
    def test_a_sheet_without_formulas_is_never_in_doubt(self, monkeypatch):
        """Most evidence is an export of plain values; nothing is looked at twice."""
        monkeypatch.setattr(volatile, "read_formulas", lambda *_: pytest.fail("there was no reason to look"))
        workbook = written(
            lambda book: book.get_worksheet_by_name("Cover").write_row("A1", ["x", 1, "TODAY() (draft)"])
        )

        assert workbook.sheet("Cover").unusable == set()
        assert workbook.sheet("Cover").restless is None

    def test_formulas_without_a_volatile_word_are_not_followed(self, monkeypatch):
        """Following costs time that only a suspect workbook has to spend."""
        monkeypatch.setattr(volatile, "read_formulas", lambda *_: pytest.fail("there was no reason to look"))

        assert fault(cover({"B5": "=SUM(A1:A9)"}), "B5") == ""

    @pytest.mark.parametrize(("most", "told"), [(3, False), (2, True)])
    def test_more_formulas_than_are_followed_are_in_doubt(self, monkeypatch, most, told):
        """What was not looked at is not proved to be at rest."""
        monkeypatch.setattr(formula_reader, "MAX_FORMULAS", most)
        workbook = cover({"A1": "=TODAY()", "A2": "=SUM(C1:C2)", "A3": "=C3"})

        assert bool(fault(workbook, "A3")) is told

    def test_too_many_steps_leave_every_formula_in_doubt(self, monkeypatch):
        """A workbook that is built to be slow gets no better answer than a slow one."""
        monkeypatch.setattr(volatile, "MAX_STEPS", 0)
        workbook = cover({"A1": "=TODAY()", "A2": "=SUM(A1:A1)", "A3": "=SUM(A1:A2)", "A4": "=C4"})

        assert "more volatile formulas than can be followed" in fault(workbook, "A4")
        assert fault(workbook, "A5") == ""
        assert (4, 1) in workbook.sheet("Cover").unusable

    def test_a_damaged_sheet_elsewhere_is_told_where_it_would_have_to_be_read(self):
        """A chain that leads into what cannot be read is not at rest."""
        parts = cover({"B5": "=Lists!A1", "Lists!A1": "=TODAY()"})._parts
        broken = parts | {"xl/worksheets/sheet3.xml": parts["xl/worksheets/sheet3.xml"][:-20]}

        with pytest.raises(SourceRefusal, match="sheet Lists cannot be read"):
            Workbook("log.xlsx", broken).sheet("Cover")


def test_openpyxl_writes_the_same_formulas():
    """People's tools differ in prefixes and element order; a formula without a stored result stays what it was."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=TODAY()"
    book.active["A2"] = ArrayFormula("A2:A3", "=A1+1")
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_workbook(stream.getvalue(), "log.xlsx").sheet("Sheet")

    assert "without a stored result" in sheet.fault(1, 1)
    assert "depends on TODAY() in sheet Sheet, cell A1" in sheet.fault(3, 1)


@pytest.mark.parametrize(
    ("text", "moved", "area"),
    [
        ("B2", (3, 2), (5, 4, 5, 4)),
        ("$B2", (3, 2), (5, 2, 5, 2)),
        ("B$2", (3, 2), (2, 4, 2, 4)),
        ("$B$2", (3, 2), (2, 2, 2, 2)),
        ("B2:$C$3", (3, 2), (3, 3, 5, 4)),
        ("B:C", (3, 2), (1, 4, 1_048_576, 5)),
        ("2:3", (0, 0), (2, 1, 3, 16_384)),
        ("$2:$3", (5, 0), (2, 1, 3, 16_384)),
    ],
)
def test_what_is_relative_moves(text, moved, area):
    """A dollar holds its row or column; the rest goes with the cell."""
    [reference] = read_formula(text).references

    assert reference.moved(*moved) == area


class TestDatesWithoutAYear:
    @pytest.mark.parametrize(
        "formula",
        [
            *('=DATEVALUE("16 Apr")', '=DATEVALUE("4/13")', '=VALUE("13-Apr")', '=DATEVALUE("April 13")'),
            *('=DATEVALUE("16 "&"Apr")', '=IF(A1,VALUE("4/13 10:00"),0)', '=value( "Apr 13" )'),
        ],
    )
    def test_they_are_another_day_next_year(self, formula):
        """The cover says 16 April of whatever year it is opened in."""
        told = "of a date without a year, which changes by itself; type the value"

        assert told in fault(cover({"B5": formula}), "B5")

    @pytest.mark.parametrize(
        "formula",
        [
            *('=DATEVALUE("16 Apr 2027")', '=DATEVALUE("2027-04-13")', '=VALUE("12")', '=VALUE("12.5")', "=VALUE(A1)"),
            *('=VALUE("10:30")', '=DATEVALUE("4/13/"&A1)', '=NUMBERVALUE("1-2")', '=VALUE("4/13/2027")'),
        ],
    )
    def test_a_year_or_a_number_settles_it(self, formula):
        """Nothing but the text decides what comes out."""
        assert fault(cover({"B5": formula}), "B5") == ""
