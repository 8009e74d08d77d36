"""Plain rows are passed by a pattern: with the same answer as cell by cell, and never where one is not plain."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from gonogo.documents.xlsx.plain_rows import PlainRows, plain_rows
from gonogo.documents.xlsx.scan import Scan, scan_beside, scan_cells, scan_sheet
from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.model.refusal import SourceRefusal

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet><dimension ref="A1:C4"/><sheetData>'
TAIL = b"</sheetData></worksheet>"
FIRST = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/></row>'
SECOND = b'<row r="2" spans="1:3"><c r="A2"><v>5</v></c><c r="C2" t="inlineStr"><is><t>a &amp; b</t></is></c></row>'
THIRD = b'<row r="3"><c r="A3"><v>7</v></c></row>'
LAST = b'<row r="4"><c r="B4" s="2" t="b"><v>1</v></c></row>'
PLAIN = HEAD + FIRST + SECOND + THIRD + LAST + TAIL
TABLE = PLAIN[len(HEAD) - len(b"<sheetData>") : -len(b"</worksheet>")]


def quick(xml: bytes) -> Scan | None:
    """What the quick way tells of a sheet; None where it leaves it to the careful one."""
    rows = plain_rows(xml, 0)
    return None if rows is None else scan_beside(xml, rows)


def careful(xml: bytes) -> Scan | None:
    """What the pass of each cell tells; None where it refuses the sheet."""
    try:
        return scan_cells(xml, "log.xlsx, sheet Log")
    except SourceRefusal:
        return None


def test_a_plain_sheet_is_passed_by_its_pattern():
    """And the answer is that of the careful way: content in three columns, down to row 4."""
    begin = len(HEAD)
    end = begin + len(FIRST + SECOND + THIRD)
    assert plain_rows(PLAIN, 0) == PlainRows(begin, end, last_row=3, last_column=3)
    assert quick(PLAIN) == careful(PLAIN) == Scan(last_row=4, last_column=3)


ROW_2 = b'<row r="2" spans="1:3">'


ORDINARY = [
    pytest.param(ROW_2, b'<row r="2" spans="1:3" s="1" customFormat="1" ht="1" customHeight="1">', id="height 1"),
    pytest.param(ROW_2, b'<row r="2" ht="15.75" hidden="false" outlineLevel="1" collapsed="false">', id="Calc"),
    pytest.param(ROW_2, b'<row r="2" spans="1:3" x14ac:dyDescent="0.25">', id="Excel"),
    pytest.param(b"<v>5</v>", b"<v></v>", id="an empty value"),
    pytest.param(b"<v>5</v>", b"", id="no value"),
    pytest.param(b"<v>7</v>", b"", id="a blank row"),
    pytest.param(THIRD + LAST, b'<row r="3" s="1"/><row r="4"><c r="A4"/></row>', id="blank rows at the end"),
    pytest.param(b"a &amp; b", b"", id="an empty text"),
    pytest.param(b"<t>a", b'<t xml:space="preserve"> a', id="blanks kept"),
    pytest.param(b"a &amp; b", "Añasco &lt; 日本".encode(), id="letters of other languages"),
    pytest.param(b"<sheetData>", b'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>', id="hidden column"),
    pytest.param(TAIL, b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'),
    pytest.param(TAIL, b"</sheetData><c:AlternateContent><x/></c:AlternateContent></worksheet>", id="controls"),
    pytest.param(b'<?xml version="1.0" encoding="UTF-8"?>\n', b"", id="no declaration"),
    pytest.param(b'<?xml version="1.0" encoding="UTF-8"?>', b"<?xml version='1.0' encoding='utf-8' ?>"),
    pytest.param(b"<?xml", b"\xef\xbb\xbf<?xml", id="a mark of the byte order"),
]


@pytest.mark.parametrize(("old", "new"), ORDINARY)
def test_ordinary_ways_to_write_are_plain(old: bytes, new: bytes):
    """Else no sheet of that program would be quick."""
    xml = PLAIN.replace(old, new, 1)
    assert quick(xml) == careful(xml) is not None


STRANGE = [
    pytest.param(b"<v>5</v>", b"<f>1+4</f><v>5</v>", id="a formula"),
    pytest.param(b"<v>5</v>", b"<f>1+4</f>", id="a formula without a result"),
    pytest.param(b"<v>5</v>", b"<f/><v>5</v>", id="an empty formula"),
    pytest.param(b"<v>5</v>", b'<x:f xmlns:x="urn:x">1</x:f><v>5</v>', id="a formula with a prefix"),
    pytest.param(b'<c r="A2">', b'<c r="A2" t="e">', id="an error"),
    pytest.param(b'<c r="A2">', b"<c r='A2' t='e'>", id="an error in single quotes"),
    pytest.param(b'<c r="A2">', b'<c t="e" r="A2">', id="another order"),
    pytest.param(b'<c r="A2">', b'<c  r="A2"  t="e">', id="two blanks"),
    pytest.param(b'<c r="A2">', b'<c\nr="A2"\nt="e">', id="line breaks between attributes"),
    pytest.param(b'<c r="A2">', b'<c r="A2" t="&#101;">', id="an error behind an entity"),
    pytest.param(b'<c r="A2">', b'<c r="A2" s="1" s="1">', id="an attribute twice"),
    pytest.param(b'<c r="A2">', b'<c r="A3">', id="a cell of another row"),
    pytest.param(b'<c r="A2">', b'<c r="A02">', id="a row with a leading zero"),
    pytest.param(b'<c r="A2">', b'<c r="a2">', id="a column in small letters"),
    pytest.param(b'<c r="A2">', b"<c>", id="a cell without a place"),
    pytest.param(b'<c r="A2">', b'<c r="C2"/><c r="A2">', id="cells out of order"),
    pytest.param(b'<c r="A2">', b'<c r="A2"/><c r="A2">', id="a cell twice"),
    pytest.param(ROW_2, b'<row r="2" hidden="1">', id="a hidden row"),
    pytest.param(ROW_2, b'<row r="2" hidden="true">', id="a row that is truly hidden"),
    pytest.param(ROW_2, b"<row r='2' hidden='1'>", id="a hidden row in single quotes"),
    pytest.param(ROW_2, b'<row hidden="1" r="2">', id="a row hidden before its number"),
    pytest.param(ROW_2, b'<row r="2" ht="0">', id="a row of no height"),
    pytest.param(ROW_2, b'<row r="2" ht="0.99">', id="a row of nearly no height"),
    pytest.param(ROW_2, b'<row r="2" ht="1e-3">', id="a height with an exponent"),
    pytest.param(ROW_2, b"<row>", id="a row without a number"),
    pytest.param(ROW_2, b'<row r="02">', id="a number with a leading zero"),
    pytest.param(ROW_2, ROW_2 + b"<!-- -->", id="a comment"),
    pytest.param(ROW_2, ROW_2 + b"<?x y?>", id="an instruction"),
    pytest.param(ROW_2, ROW_2 + b"\n", id="a line break between elements"),
    pytest.param(ROW_2, ROW_2 + b"text", id="text between elements"),
    pytest.param(SECOND, SECOND + SECOND, id="a row twice"),
    pytest.param(SECOND, SECOND.replace(b"2", b"5"), id="rows out of order"),
    pytest.param(LAST, LAST + b'<x:row xmlns:x="urn:x" r="9"/>', id="a foreign row"),
    pytest.param(LAST, LAST + b"<m:AlternateContent/>", id="alternate cells"),
    pytest.param(LAST, LAST.replace(b"4", b"1048577"), id="a row beyond the largest sheet"),
    pytest.param(b"a &amp; b", b"<![CDATA[a]]>", id="a stretch of raw text"),
    pytest.param(b"a &amp; b", b"a & b", id="a lone ampersand"),
    pytest.param(b"a &amp; b", b"&e;", id="an entity that nobody declares"),
    pytest.param(b"a &amp; b", b"a \x01 b", id="a control character"),
    pytest.param(b"a &amp; b", b"a \xff b", id="bytes that are no text"),
    pytest.param(b"a &amp; b", b"a \xed\xa0\x80 b", id="half of a pair"),
    pytest.param(b"a &amp; b", b"a \xef\xbf\xbe b", id="no character"),
    pytest.param(b"a &amp; b", b"]]>", id="the end of raw text"),
    pytest.param(b"<sheetData>", b'<sheetFormatPr defaultRowHeight="0.5"/><sheetData>', id="flat rows"),
    pytest.param(b"<sheetData>", b"<m:AlternateContent/><sheetData>", id="an alternative before the table"),
    pytest.param(b"<sheetData>", b"<sheetData/><sheetData>", id="two tables"),
    pytest.param(b"<sheetData>", b"<!--<sheetData>--><sheetData>", id="a table in a comment"),
    pytest.param(
        PLAIN[len(HEAD) - 11 :], b"<!--" + PLAIN[len(HEAD) - 11 : -12] + b"--></worksheet>", id="all in a comment"
    ),
    pytest.param(TABLE, b"<sheetData /><!--" + TABLE + b"-->", id="a blank table, and another in a comment"),
    pytest.param(b"<sheetData>", b"<sheetData >", id="a blank in the table's name"),
    pytest.param(b"<sheetData>", b'<sheetData xmlns="urn:x">', id="a table of another kind"),
    pytest.param(b"<sheetData>", b"<?x <sheetData>?><sheetData>", id="a table in an instruction"),
    pytest.param(b"<sheetData>", b'<row r="3"/><sheetData>', id="a row before the table"),
    pytest.param(b"<sheetData>", b"<c><v>1</v></c><sheetData>", id="a cell before the table"),
    pytest.param(TAIL, TAIL.replace(b"</w", b'<row r="3"/></w'), id="a row after the table"),
    pytest.param(TAIL, TAIL + b"<worksheet/>", id="two roots"),
    pytest.param(TAIL, TAIL[:-1], id="a part that is cut off"),
    pytest.param(TAIL, b"</worksheet>", id="a table that does not end"),
    pytest.param(b"<worksheet>", b"<x:worksheet>", id="a root with a prefix"),
    pytest.param(b"<worksheet>", b"<!DOCTYPE worksheet><worksheet>", id="a document type"),
    pytest.param(b'encoding="UTF-8"', b'encoding="cp500"', id="another encoding"),
    pytest.param(b'encoding="UTF-8"', b"", id="an incomplete declaration"),
]


@pytest.mark.parametrize(("old", "new"), STRANGE)
def test_whatever_is_not_plain_is_passed_cell_by_cell(old: bytes, new: bytes):
    """A hidden row or an error that the pattern took for a value would make a count too good."""
    xml = PLAIN.replace(old, new, 1)
    assert xml != PLAIN
    assert quick(xml) is None


def test_utf_16_is_passed_cell_by_cell():
    """As is everything that is not written as the pattern reads it."""
    assert quick(PLAIN.decode().replace("UTF-8", "UTF-16").encode("utf-16")) is None


@pytest.mark.parametrize(("width", "plain"), [(255, True), (256, True), (257, False)], ids=["below", "equal", "above"])
def test_a_sheet_of_very_many_columns_is_passed_cell_by_cell(width: int, plain: bool):
    """A pattern of thousands of cells would cost more than it saves."""
    from gonogo.documents.xlsx.cell_places import column_letters

    xml = HEAD.replace(b"C4", column_letters(width).encode() + b"4") + FIRST + SECOND + THIRD + LAST + TAIL
    assert (quick(xml) is not None) is plain


@pytest.mark.parametrize(("more", "plain"), [(1, False), (0, True), (-1, True)], ids=["below", "equal", "above"])
def test_a_small_sheet_is_not_worth_a_pattern(more: int, plain: bool):
    """Expat passes it in less time than a pattern takes to be made."""
    assert (plain_rows(PLAIN, len(PLAIN) + more) is not None) is plain


@pytest.mark.parametrize("row", [b"1048575", b"1048576", b"1048577"], ids=["below", "equal", "above"])
def test_the_last_row_of_a_sheet(row: bytes):
    """Beyond it no sheet has any."""
    xml = PLAIN.replace(LAST, LAST.replace(b"4", row))
    assert quick(xml) == careful(xml)
    assert (quick(xml) is None) is (row == b"1048577")


def in_row(row: bytes, number: bytes) -> bytes:
    """What is written of row 2, in the row of another number."""
    for place in (b'r="2"', b'"A2"', b'"C2"'):
        row = row.replace(place, place.replace(b"2", number))
    return row


IN_A_ROW = [each for each in [*ORDINARY, *STRANGE] if bytes(each.values[0]) in SECOND]


@pytest.mark.parametrize(("old", "new"), IN_A_ROW)
def test_one_row_in_another_way_among_rows_of_one_form(old: bytes, new: bytes):
    """Such rows have a pattern of their own: it must not take what the pattern of any row would not take."""
    plain = (old, new) in [each.values for each in ORDINARY]
    changed = SECOND.replace(old, new, 1)
    rows = [in_row(SECOND, b"%d" % number) for number in range(1, 302)]
    rows[249] = in_row(changed, b"250")
    xml = HEAD + b"".join(rows) + TAIL
    found = quick(xml)
    assert found == (careful(xml) if plain else None)
    assert not plain or found is not None


@pytest.mark.parametrize("reach", [1, 2, 3])
def test_rows_of_one_form_tell_how_far_they_reach(reach: int):
    """A column that a form forgot would hide what stands in it."""
    cells = [b'<c r="%b2"><v>5</v></c>', b'<c r="%b2" s="1"><v></v></c>', b'<c r="%b2" t="s"/>']
    row = b'<row r="2">' + b"".join(cells[(n + 3 - reach) % 3] % b"ABC"[n : n + 1] for n in range(3)) + b"</row>"
    rows = b"".join(row.replace(b'2"', b'%d"' % number) for number in range(1, 302))
    assert quick(HEAD + rows + TAIL) == careful(HEAD + rows + TAIL)


CHANGES = [(bytes(case.values[0]), bytes(case.values[1])) for case in [*ORDINARY * 4, *STRANGE]]
PIECES = [b"<v>", b"</c>", b"<c", b"<row", b"</row>", b"/>", b">", b'"', b"'", b" ", b"&", b"<f/>", b"\n", b"D", b"9"]


def altered(xml: bytes, chance: random.Random) -> bytes:
    """The sheet in another ordinary or strange way, or damaged anywhere."""
    if chance.random() < 0.8:
        return xml.replace(*chance.choice(CHANGES), 1)
    at, piece = chance.randrange(len(xml)), chance.choice(PIECES)
    return xml[:at] + piece + xml[at + chance.choice([0, 1, len(piece)]) :]


def test_both_ways_agree_on_anything():
    """The quick way says the same as the careful one, or leaves it to it; of what that refuses it says nothing."""
    chance = random.Random(41)
    told = 0
    for _ in range(4000):
        xml = PLAIN
        for _ in range(chance.randint(1, 4)):
            xml = altered(xml, chance)
        found = quick(xml)
        if found is not None:
            told += 1
            assert found == careful(xml), xml
    assert 400 < told < 3200


def written_by(program: str) -> bytes:
    """A workbook of 4,000 rows and four columns, one of them blank, as a library writes it."""
    stream = io.BytesIO()
    rows = [[f"T-{n}", n, "", date(2027, 4, n % 28 + 1), n % 3 == 0] for n in range(4000)]
    if program == "openpyxl":
        book = openpyxl.Workbook()
        for cells in rows:
            book.active.append([cell if cell != "" else None for cell in cells])
        book.save(stream)
        return stream.getvalue()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "constant_memory": program == "streamed"}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sheet = made.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells, day)
    return stream.getvalue()


@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter", "streamed"])
def test_large_sheets_of_ordinary_programs_are_plain(program: str):
    """A hundred thousand rows took two seconds, most of them for handlers of cells that had nothing to tell."""
    data = written_by(program)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert plain_rows(xml) is not None
    assert scan_sheet(xml, "x") == careful(xml) == Scan(last_row=4000, last_column=5)
    sheet = read_workbook(data, "log.xlsx").sheet(read_workbook(data, "log.xlsx").sheet_names[0])
    assert (sheet.last_row, len(sheet.rows)) == (4000, 4000)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'<c r="B5000">', b'<c r="B5000" t="e">', Scan(errors={(5000, 2)}, last_row=6000, last_column=2)),
        (b'<row r="5000">', b'<row r="5000" hidden="1">', Scan(hidden_rows={5000}, last_row=6000, last_column=2)),
        (b'<c r="B5000">', b'<c r="XFD5000">', SourceRefusal),
        (b'<c r="B5000">', b'<c r="Q5000">', Scan(last_row=6000, last_column=17)),
    ],
    ids=["error", "hidden row", "far to the right", "to the right"],
)
def test_one_strange_row_in_a_large_sheet_is_found(old: bytes, new: bytes, told: Scan | type[SourceRefusal]):
    """Far below the rows from which the pattern was made."""
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>2</v></c></row>'
    xml = HEAD + b"".join(row % (n, n, n) for n in range(1, 6001)) + TAIL
    assert plain_rows(xml) is not None
    xml = xml.replace(old, new)
    assert plain_rows(xml) is None
    if isinstance(told, Scan):
        assert scan_sheet(xml, "x") == told
    else:
        with pytest.raises(told, match="spans 6000 rows by 16384 columns"):
            scan_sheet(xml, "x")
