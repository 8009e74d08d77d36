"""Functions that nobody knows to be steady: the value may come from a service, a macro or another program."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from gonogo.documents.xlsx.functions import STEADY, VOLATILE
from gonogo.documents.xlsx.workbook import Workbook, read_workbook
from gonogo.model.refusal import SourceRefusal


def workbook(formulas: dict[str, str], names: dict[str, str] | None = None) -> Workbook:
    """A workbook of two sheets; each formula of the first has 1 as its result."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        cover = book.add_worksheet("Cover")
        book.add_worksheet("Lists")
        for name, text in (names or {}).items():
            book.define_name(name, text)
        for cell, text in formulas.items():
            cover.write_formula(cell, text, None, 1)
    return read_workbook(stream.getvalue(), "log.xlsx")


def fault(book: Workbook, cell: str = "B5") -> str:
    try:
        book.cell(f"Cover!{cell}")
    except SourceRefusal as refusal:
        return str(refusal)
    return ""


def changed(book: Workbook, part: str, old: bytes, new: bytes) -> Workbook:
    """The same workbook with some bytes of a part replaced."""
    assert old in book._parts[part]
    return Workbook("log.xlsx", book._parts | {part: book._parts[part].replace(old, new)})


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ('=VALUE(_xlfn.WEBSERVICE("http://h/d"))', "WEBSERVICE()"),
        ('=_xlfn.STOCKHISTORY("X",1)', "STOCKHISTORY()"),
        ('=CUBEVALUE("c","m")', "CUBEVALUE()"),
        ('=CUBESETCOUNT("c")', "CUBESETCOUNT()"),
        ('=IMPORTDATA("http://x")', "IMPORTDATA()"),
        ('=IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""x"",""A1"")"),1)', "IMPORTRANGE()"),
        ('=IFERROR(__xludf.DUMMYFUNCTION("GOOGLEFINANCE(""X"")"),1)', "GOOGLEFINANCE()"),
        ('=IFERROR(__xludf.DUMMYFUNCTION("QUERY(A1:B9,""where B > now()"")"),1)', "QUERY()"),
        ('=_xlfn.FIELDVALUE(A1,"Price")', "FIELDVALUE()"),
        ("=_xlfn._xlws.PY(1,0)", "PY()"),
        ('=_xlfn.COPILOT("today")', "COPILOT()"),
        ('=CALL("kernel32","GetTickCount","J")', "CALL()"),
        ('=REGISTER.ID("kernel32","GetTickCount")', "REGISTER.ID()"),
        ('=EVALUATE("TO"&"DAY()")', "EVALUATE()"),
        ('=FILES("*")', "FILES()"),
        ("=GET.DOCUMENT(1)", "GET.DOCUMENT()"),
        ('=_xlfn.IMAGE("http://x")', "IMAGE()"),
        ("=[0]!Heute()", "HEUTE()"),
        ("=Heute()", "HEUTE()"),
        ("=Größn(A1)", "GRÖSSN()"),
        ("=_xludf.Heute()", "HEUTE()"),
        ("=_xludf.SUM(A1)", "SUM()"),
        ("=TODAYS(A1)", "TODAYS()"),
        ("=MY.TODAY(A1)", "MY.TODAY()"),
        ("=_xlfn.LAMBDA(_xlpm.f,_xlpm.f())(_xleta.TODAY)", "TODAY()"),
        ("=_xlfn.MAP(A1:A2,_xleta.HEUTE)", "HEUTE()"),
        ("=_xlfn.MAP(A1,TODAY)", "TODAY()"),
        ("=A1+TODAY", "TODAY()"),
    ],
)
def test_what_is_not_known_to_be_steady_is_named(formula, named):
    """A service, a macro or a function that is newer than this program dates a workbook anew as well as TODAY does."""
    told = fault(workbook({"B5": formula}))

    assert f"cell B5 is calculated by {named}, which " in told
    assert told.endswith("; type the value in place of the formula")


def test_the_sentence_says_what_is_known_of_it():
    """A macro may be steady: the sentence must not say that it changes."""
    assert fault(workbook({"B5": "=Heute()"})) == (
        "log.xlsx, sheet Cover, cell B5 is calculated by HEUTE(), which is not known to depend on cells alone; type "
        "the value in place of the formula"
    )
    assert "HEUTE() in sheet Cover, cell A1, which is not" in fault(workbook({"A1": "=Heute()", "B5": "=A1"}))


@pytest.mark.parametrize("function", sorted(STEADY))
def test_every_steady_function_is_believed(function):
    """Counting with formulas is what workbooks are for; prefixes of newer functions change nothing."""
    book = workbook(
        {"B5": f"={function}(A1)", "B6": f"=_xlfn.{function}(A1)", "B7": f"=_xlfn.MAP(A1,_xleta.{function})"}
    )

    assert [fault(book, cell) for cell in ("B5", "B6", "B7")] == ["", "", ""]
    # a volatile cell elsewhere has every formula looked at in full
    looked = workbook({"Z9": "=NOW()", "B5": f"={function}(A1)", "B6": f"=_xlfn._xlws.{function}(A1)"})
    assert [fault(looked, cell) for cell in ("B5", "B6")] == ["", ""]


def test_no_function_is_steady_and_volatile():
    """One list would hide the other."""
    assert not STEADY & VOLATILE


@pytest.mark.parametrize(
    "formula",
    [
        "=_xlfn.LET(_xlpm.now,A1,_xlpm.now+1)",
        "=_xlfn.LET(_xlpm.f,_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1),_xlpm.f(A1))",
        "=_xlfn._xlws.FILTER(A1:A9,A1:A9>0)",
        "=SUM(_xlfn.ANCHORARRAY(A1))",
        '=IFERROR(__xludf.DUMMYFUNCTION("QUERY(A1:B9,""where B > 1"")"),1)',
        '="Heute()"',
        '="a|b"',
        "='Plan (2)'!A1",
        "=#REF!+1",
    ],
)
def test_newer_ways_to_count_are_believed(formula):
    """An ordinary workbook of today uses them; a stop for them would teach people to paste everything."""
    book = changed(workbook({"Z9": "=NOW()", "B5": formula}), "xl/workbook.xml", b'name="Lists"', b'name="Plan (2)"')

    assert fault(book) == ""


class TestNames:
    @pytest.mark.parametrize(
        ("names", "formula", "told"),
        [
            ({"stichtag": '=EVALUATE("TO"&"DAY()")'}, "=stichtag", "EVALUATE()"),
            ({"Cover!Local": "=TODAY()"}, "=COVER!local", "TODAY()"),
            ({"Margin": "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+NOW())"}, "=Margin(A1)", "NOW()"),
        ],
    )
    def test_what_a_name_stands_for_counts(self, names, formula, told):
        """A macro function may be only in a name, where nobody looks for it."""
        assert f"cell B5 is calculated by {told}" in fault(workbook({"B5": formula}, names))

    @pytest.mark.parametrize(
        ("name", "told"), [(b"\\day", True), (b"YTD2027", True), (b"XFE1", True), (b"XFD1", False), (b"A1048577", True)]
    )
    def test_a_name_may_look_like_something_else(self, name, told):
        """One with a backslash, or a cell beyond the largest sheet: read as such, it would be defined by nobody."""
        book = workbook({"B5": f"={name.decode()}"}, {"xday": "=TODAY()"})

        assert ("TODAY()" in fault(changed(book, "xl/workbook.xml", b'name="xday"', b'name="%s"' % name))) is told

    @pytest.mark.parametrize(
        ("names", "formula"),
        [
            ({"Margin": "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)"}, "=Margin(A1)"),
            ({"Today": "=Lists!$A$1"}, "=Today"),
            ({"Today": "=Lists!$A$1"}, "=A1+TODAY"),
        ],
    )
    def test_a_name_that_the_workbook_defines_is_what_it_stands_for(self, names, formula):
        """A function of the workbook's own that only counts with cells is as steady as they are."""
        assert fault(workbook({"Z9": "=NOW()", "B5": formula}, names)) == ""

    @pytest.mark.parametrize("mark", ["function", "vbProcedure", "xlm"])
    def test_a_name_of_a_macro_is_in_doubt(self, mark):
        """Its text is `#REF!` or a cell of a macro sheet; the value comes from code."""
        book = changed(
            workbook({"B5": "=Heute"}, {"Heute": "=Lists!$A$1"}),
            "xl/workbook.xml",
            b'name="Heute"',
            b'name="Heute" %s="1"' % mark.encode(),
        )

        assert "cell B5 is calculated by HEUTE()" in fault(book)


class TestOutside:
    @pytest.mark.parametrize(
        ("formula", "named"),
        [
            ("=[1]!'!R1C1'", "[1]"),
            ("=[1]!when", "[1]"),
            ("=Excel|Book!A1", "[DDE]"),
            ("='C:\\x\\[b.xlsx]S'!A1", "[b.xlsx]"),
        ],
    )
    def test_other_programs_and_workbooks_are_told(self, formula, named):
        """A link that another program feeds holds what it last sent."""
        assert f"cell B5 takes its value from another workbook or program ({named})" in fault(workbook({"B5": formula}))

    def test_a_sheet_that_is_no_worksheet_is_told(self):
        """The cells of a macro sheet are code; nothing of them can be followed."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            book.add_worksheet("Cover").write_formula("B5", "=Makro1!A1", None, 1)
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=Cover!$A$1:$A$2"})
            book.add_chartsheet("Makro1").set_chart(chart)

        assert fault(read_workbook(stream.getvalue(), "log.xlsx")) == (
            "log.xlsx, sheet Cover, cell B5 takes its value from 'Makro1', which is not a worksheet of this workbook; "
            "paste the value"
        )


class TestWrittenOddly:
    @pytest.mark.parametrize("text", [b"<![CDATA[TODAY()]]>", b"&#84;ODAY()", b"TO<!-- -->DAY()", b"TO<?mark x?>DAY()"])
    def test_a_word_cannot_be_hidden_from_the_quick_look(self, text):
        """XML has many ways to write a letter."""
        book = changed(workbook({"B5": "=TRUE()"}), "xl/worksheets/sheet1.xml", b"TRUE()", text)

        assert "TODAY()" in fault(book)

    @pytest.mark.parametrize(("cell", "told"), [("B4", True), ("A4", True), ("A5", True), ("B3", False), ("C4", False)])
    def test_a_table_of_what_if_reads_the_formulas_at_its_edge(self, cell, told):
        """It calculates the formula above or before it once for each input."""
        book = changed(
            workbook({cell: "=TODAY()", "B5": "=TRUE()"}),
            "xl/worksheets/sheet1.xml",
            b"<f>TRUE()</f>",
            b'<f t="dataTable" ref="B5:B5" dt2D="0" dtr="0" r1="Z1"/>',
        )

        assert bool(fault(book)) is told


def test_a_defined_name_that_stands_for_itself_ends():
    """A circle of names is followed once."""
    names: dict[str, Any] = {"One": "=Two()", "Two": "=One()"}

    assert fault(workbook({"Z9": "=NOW()", "B5": "=One()"}, names)) == ""
