"""Workbooks are opened only after their archive was checked, and nothing in a sheet disappears without a word."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.worksheet import Workbook, cell_name, find_header, header_key, open_workbook
from gonogo.documents.xlsx.archive import MAX_MEMBERS, read_parts
from gonogo.documents.xlsx.cell_places import column_number, read_reference
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import input_of


def made(fill=None, **options) -> bytes:
    """Return an XLSX file that ``fill(book, sheet)`` wrote; the sheet is named Data."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["Title", "Status"])
    if fill is not None:
        fill(book, sheet)
    book.close()
    return stream.getvalue()


def opened(data: bytes) -> Workbook:
    return open_workbook(input_of(data, "log.xlsx"))


def rezipped(data: bytes, *, change=None, add=()) -> bytes:
    """Return the archive with parts changed by ``change(name, bytes)`` and members added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, change(member.filename, content) if change else content)
        for name, content in add:
            new.writestr(name, content)
    return stream.getvalue()


def in_sheet(old: bytes, new: bytes):
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new)

    return change


ONE_ROW = made(lambda book, sheet: sheet.write_row(1, 0, ["Late delivery", "Closed"]))


class TestArchive:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "is empty"),
            (b"Title,Status\n", "is not an XLSX file"),
            (b"PK\x03\x04 and then nothing", "truncated"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
            (b"PK\x05\x06" + b"\0" * 18, "is not an XLSX file"),
        ],
    )
    def test_what_is_no_workbook_is_refused_in_words(self, data, said):
        """A person who sent the wrong file learns what is wrong with it."""
        with pytest.raises(CollectorRefusal, match=said):
            opened(data)

    def test_every_truncation_is_refused(self):
        """A copy that was still being written must not be read as a shorter log."""
        data = made()
        for length in range(0, len(data), 97):
            with pytest.raises(CollectorRefusal):
                opened(data[:length])

    def test_a_changed_byte_in_a_part_is_refused_by_its_checksum(self):
        """A damaged upload must not be read as other numbers."""
        data = made()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = archive.getinfo("xl/worksheets/sheet1.xml")
        start = member.header_offset + 30 + len(member.filename) + 20
        broken = data[:start] + bytes([data[start] ^ 0xFF]) + data[start + 1 :]

        with pytest.raises(CollectorRefusal, match="damaged"):
            opened(broken)

    def test_a_bomb_is_refused_from_its_directory(self):
        """A file of some kilobytes must not take the machine down."""
        bomb = rezipped(made(), add=[("xl/worksheets/sheet9.xml", b" " * (40 * 2**20))])
        assert len(bomb) < 100_000

        tracemalloc.start()
        with pytest.raises(CollectorRefusal, match="zip bomb"):
            opened(bomb)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert peak < 4 * 2**20

    def test_a_bomb_that_lies_about_its_size_is_refused(self):
        """The declared size is where one reader stops and another goes on."""
        data = bytearray(rezipped(made(), add=[("xl/zero.xml", b" " * (40 * 2**20))]))
        central = data.rfind(b"PK\x01\x02")
        data[central + 24 : central + 28] = struct.pack("<I", 1000)

        with pytest.raises(CollectorRefusal):
            opened(bytes(data))

    def test_many_members_are_refused(self):
        """A workbook has some dozens of parts."""
        many = rezipped(made(), add=[(f"xl/x{n}.xml", b"") for n in range(MAX_MEMBERS)])

        with pytest.raises(CollectorRefusal, match="members"):
            opened(many)

    @pytest.mark.parametrize("name", ["/etc/x.xml", "../x.xml", "xl/../../x.xml", "C:/x.xml"])
    def test_names_that_point_outside_are_refused(self, name):
        """Nothing is unpacked to disk here, but such an archive was made to hurt somebody."""
        with pytest.raises(CollectorRefusal, match="outside"):
            opened(rezipped(made(), add=[(name, b"")]))

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_part_that_is_there_twice_is_refused(self):
        """Two readers would take different ones."""
        with pytest.raises(CollectorRefusal, match="twice"):
            opened(rezipped(made(), add=[("xl/worksheets/sheet1.xml", b"<worksheet/>")]))

    def test_an_encrypted_member_is_refused(self):
        """What cannot be readis not evidence."""
        data = bytearray(made())
        central = data.find(b"PK\x01\x02")
        data[central + 8] |= 1

        with pytest.raises(CollectorRefusal, match="encrypted"):
            opened(bytes(data))

    def test_a_symbolic_link_is_refused(self):
        """A link inside an archive has no honest use in a workbook."""
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16

        with pytest.raises(CollectorRefusal, match="symbolic link"):
            opened(rezipped(made(), add=[(link, b"../../secret")]))

    def test_a_zip_that_is_no_workbook_is_refused(self):
        """A renamed archive is not a log."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("notes.xml", "<notes/>")

        with pytest.raises(CollectorRefusal, match="not an XLSX workbook"):
            opened(stream.getvalue())

    def test_pictures_and_macros_are_not_unpacked(self):
        """Only what is read is worth the memory."""
        data = rezipped(made(), add=[("xl/vbaProject.bin", b"macro"), ("xl/media/image1.png", b"picture")])

        assert not [name for name in read_parts(data, "log.xlsx") if name.endswith((".bin", ".png"))]

    @settings(max_examples=examples(200), deadline=None)
    @given(st.data())
    def test_mutated_files_are_read_or_refused_and_nothing_else(self, data):
        """No input may end in an exception that nobody planned for."""
        mutated = bytearray(ONE_ROW)
        for _ in range(data.draw(st.integers(1, 6))):
            mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))

        try:
            book = opened(bytes(mutated))
            rows = [book.sheet(name).rows for name in book.sheet_names]
        except CollectorRefusal:
            return

        # A checksum guards every part, so what is still accepted says what the original said.
        assert [list(row) for row in rows[0]] == [["Title", "Status"], ["Late delivery", "Closed"]]


class TestSheet:
    def test_values_keep_their_types_and_places(self):
        """A date stays a date, and rows count from A1 even when the sheet starts lower."""

        def fill(book, sheet):
            sheet.write_datetime("B4", date(2027, 4, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
            sheet.write_number("C4", 3)
            sheet.write_boolean("D4", True)
            sheet.write_string("E4", "  padded\u00a0")

        sheet = opened(made(fill)).sheet("Data")

        assert sheet.value(4, 2) == date(2027, 4, 1)
        assert sheet.value(4, 3) == 3
        assert sheet.value(4, 4) is True
        assert sheet.value(4, 5) == "padded"
        assert sheet.value(99, 99) == ""
        assert str(sheet.where(4, 2)) == "log.xlsx, sheet Data, cell B4"

    def test_the_1904_date_system_gives_the_same_dates(self):
        """Workbooks from old Macs count days from another year."""

        def fill(book, sheet):
            sheet.write_datetime("B4", date(2027, 4, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

        assert opened(made(fill, date_1904=True)).sheet("Data").value(4, 2) == date(2027, 4, 1)

    def test_an_error_value_raises_where_it_is_read(self):
        """The fast reader shows #REF! as blank, and a blank cell may look better than an error."""

        def fill(book, sheet):
            sheet.write_formula("B2", "=Gone!A1", None, "#REF!")

        sheet = opened(made(fill)).sheet("Data")

        with pytest.raises(CollectorRefusal, match="sheet Data, cell B2 holds an error"):
            sheet.value(2, 2)

    def test_a_formula_without_result_raises_where_it_is_read(self):
        """A file written by a program has formulas that nobody ever calculated."""

        def fill(book, sheet):
            sheet.write_formula("B2", "=1+1", None, "")

        sheet = opened(made(fill)).sheet("Data")

        with pytest.raises(CollectorRefusal, match="cell B2 holds a formula without a stored result"):
            sheet.value(2, 2)

    def test_line_breaks_between_elements_are_no_result(self):
        """Some programs write the XML with one element a line."""
        data = made(lambda book, sheet: sheet.write_formula("B2", "=1+1", None, ""))
        broken = rezipped(data, change=in_sheet(b"<v></v></c>", b"<v/>\n</c>\n"))

        assert "without a stored result" in opened(broken).sheet("Data").fault(2, 2)

    def test_a_formula_with_a_result_is_that_result(self):
        """Cached values are what people saw."""

        def fill(book, sheet):
            sheet.write_formula("B2", '="Cl"&"osed"', None, "Closed")

        assert opened(made(fill)).sheet("Data").value(2, 2) == "Closed"

    def test_formulas_of_formatting_rules_are_no_cells(self):
        """They follow the last cell, which is not theirs."""

        def fill(book, sheet):
            sheet.write_blank("C2", None, book.add_format({"bold": True}))
            sheet.conditional_format("A1:C2", {"type": "formula", "criteria": "=A1>1", "format": book.add_format()})

        sheet = opened(made(fill)).sheet("Data")

        assert sheet.scan.unevaluated == set()
        assert (sheet.last_row, sheet.value(2, 3)) == (1, "")

    def test_hidden_sheets_rows_columns_and_merged_cells_are_told(self):
        """Hidden content is content."""

        def fill(book, sheet):
            sheet.write_row(1, 0, ["a", "b"])
            sheet.set_row(1, None, None, {"hidden": True})
            sheet.set_column(1, 1, None, None, {"hidden": True})
            sheet.merge_range("A4:B5", "merged")
            book.add_worksheet("Lists").hide()

        book = opened(made(fill))
        sheet = book.sheet("Data")

        assert book.sheet_names == ("Data", "Lists")
        assert (sheet.visible, book.sheet("Lists").visible) == (True, False)
        assert sheet.scan.hidden_rows == {2}
        assert sheet.scan.hidden_columns == [(2, 2)]
        assert [str(merged) for merged in sheet.merged_in(3, 4)] == ["A4:B5"]
        assert sheet.merged_in(1, 3) == ()

    def test_a_cell_that_is_there_twice_refuses_the_sheet(self):
        """One reader takes the first, another the last."""
        doubled = in_sheet(b'<c r="B1" ', b'<c r="B1"><v>1</v></c><c r="B1" ')

        with pytest.raises(CollectorRefusal, match="twice"):
            opened(rezipped(made(), change=doubled)).sheet("Data")

    def test_one_cell_far_out_does_not_lay_out_the_whole_sheet(self):
        """17 billion cells would not fit any memory."""
        far = made(lambda book, sheet: sheet.write("XFD1048576", "far"))

        with pytest.raises(CollectorRefusal, match="far out"):
            opened(far).sheet("Data")

    def test_a_document_type_in_a_sheet_is_refused(self):
        """Entities have no place in a workbook."""
        typed = in_sheet(b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet ')

        with pytest.raises(CollectorRefusal, match="document type"):
            opened(rezipped(made(), change=typed)).sheet("Data")

    def test_rows_out_of_order_refuse_the_sheet(self):
        """A row that appears twice would be counted by one reader and overwritten by another."""
        doubled = in_sheet(b"</row>", b'</row><row r="1"><c r="A1"><v>1</v></c></row>')

        with pytest.raises(CollectorRefusal, match="out of order"):
            opened(rezipped(made(), change=doubled)).sheet("Data")

    def test_a_missing_sheet_names_the_nearest(self):
        """Sheets are renamed; the message says to what."""
        with pytest.raises(CollectorRefusal, match=r"no sheet .Date. \(nearest: .Data.\)"):
            opened(made()).sheet("Date")

    def test_a_cell_is_read_by_its_reference(self):
        """``as_of: {cell: "Cover!B5"}`` names cells like this."""
        book = opened(made(lambda book, sheet: book.add_worksheet("My Cover").write("B5", "x")))

        assert book.cell("'My Cover'!$B$5")[0] == "x"
        assert str(book.cell("My Cover!B5")[1]) == "log.xlsx, sheet My Cover, cell B5"

    @pytest.mark.parametrize("reference", ["B5", "Data!", "Data!5B", "Nope!B5", "Data!ZZZ1", "Data!A9999999"])
    def test_a_wrong_reference_is_refused(self, reference):
        """A typo must not read another cell, or none."""
        with pytest.raises(CollectorRefusal):
            opened(made()).cell(reference)


class TestHeader:
    def test_it_is_found_below_other_rows_whatever_its_blanks_and_case(self):
        """The M3 templates have a group header above, and stray blanks in headings."""

        def fill(book, sheet):
            sheet.write_row(0, 0, ["Summary", ""])
            sheet.write_row(1, 0, ["Risk  Type ", "\u00a0status"])

        header = find_header(opened(made(fill)).sheet("Data"), ["Risk Type", "Status"])

        assert header.row == 2
        assert header.columns[header_key("RISK TYPE")] == 1

    def test_a_changed_heading_is_named_with_the_nearest(self):
        """The person who renamed a column learns which one."""
        with pytest.raises(CollectorRefusal, match=r"'Statuses' \(nearest: 'status'\); row 1 comes nearest"):
            find_header(opened(made()).sheet("Data"), ["Title", "Statuses"])

    def test_a_doubled_heading_is_refused(self):
        """Which of the two counts, nobody knows."""
        with pytest.raises(CollectorRefusal, match="twice"):
            find_header(opened(made(lambda b, s: s.write("C1", "status "))).sheet("Data"), ["Title", "Status"])

    def test_a_blank_sheet_has_no_header(self):
        """Nothing there is no reason to crash."""
        book = opened(made(lambda book, sheet: book.add_worksheet("Blank")))

        with pytest.raises(CollectorRefusal, match="no header row"):
            find_header(book.sheet("Blank"), ["Title"])


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_cell_names_and_references_are_inverse(row, column):
    """Messages name the cell that was read."""
    assert read_reference(cell_name(row, column)) == (row, column)


def test_columns_count_as_in_a_spreadsheet():
    """A is 1, AA is 27, the last one is XFD."""
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]


def test_the_real_template_shows_its_hidden_lists():
    """GSA's RAID workbook keeps its drop-down lists on a hidden sheet."""
    data = next(
        (p / "shared" / "data" for p in Path(__file__).resolve().parents if (p / "shared" / "data").is_dir()), None
    )
    if data is None:
        pytest.skip("the folder with GSA's templates is absent")
    book = opened((data / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx").read_bytes())

    assert not book.sheet("Data Mgmt").visible
    assert book.cell("Cover!B5")[0] == "<<Insert Date>>"
    assert find_header(book.sheet("Risk Log"), ["Risk Type", "Probability (Likelihood)"]).row == 2
