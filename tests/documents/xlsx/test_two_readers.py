"""A workbook that two readers could read apart is refused, and says so; every ordinary one is read."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter

from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.model.refusal import SourceRefusal

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def workbook(state: str = "Passed") -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Interface", "State"])
        sheet.write_row(1, 0, ["INT-1", state])
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content:
            archive.writestr(name, part)
    return stream.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    content = parts(workbook())
    assert old in content[name]
    return packed([(key, part.replace(old, new) if key == name else part) for key, part in content.items()])


def with_gap() -> bytes:
    """An archive with bytes between its last entry and its directory, and every offset right."""
    data = workbook()
    end = data.rfind(b"PK\x05\x06")
    (offset,) = struct.unpack_from("<I", data, end + 16)
    moved = bytearray(data[:offset] + b"between" + data[offset:])
    struct.pack_into("<I", moved, end + 7 + 16, offset + 7)
    return bytes(moved)


def with_header(at: int, value: int) -> bytes:
    """An archive whose first entry's own header differs from the directory in one byte."""
    data = bytearray(workbook())
    assert data[at] != value
    data[at] = value
    return bytes(data)


RELS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
WORKSHEET = b'<Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>'
TWICE = b'<sheet name="LOG" sheetId="2" r:id="rId9"/></sheets>'
SAME = b'<sheet name="Copy" sheetId="2" r:id="rId1"/></sheets>'
MORE = b'<row r="9"><c r="A9"><v>5</v></c></row>'
CHOICE = b'<m:AlternateContent xmlns:m="urn:m"><m:Choice>' + MORE + b"</m:Choice></m:AlternateContent></sheetData>"
FOREIGN = b'<x:row xmlns:x="urn:x" r="9"><x:c r="A9"><x:v>5</x:v></x:c></x:row></sheetData>'
OTHER = packed([*parts(workbook()).items(), ("XL\u2215Workbook.xml".replace("\u2215", "/"), b"<x/>")])
WORKBOOK = "xl/workbook.xml"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(workbook("Failed") + workbook(), "before its archive", id="one workbook after another"),
        pytest.param(b"PK\x03\x04" + workbook(), "before its archive", id="bytes before the first entry"),
        pytest.param(workbook() + b"\n", "after the end", id="a byte after the end"),
        pytest.param(workbook() + workbook()[:40], "after the end", id="the beginning of another after the end"),
        pytest.param(with_gap(), "belong to no member", id="bytes between entries"),
        pytest.param(with_header(8, 0), "described differently", id="another method"),
        pytest.param(with_header(14, 1), "described differently", id="another checksum"),
        pytest.param(with_header(30, 65), "described differently", id="another name"),
        pytest.param(OTHER, "twice", id="a name in other capitals"),
        pytest.param(packed([*parts(workbook()).items(), ("xl//workbook.xml", b"<x/>")]), "twice", id="slashes"),
        pytest.param(packed([*parts(workbook()).items(), ("./xl/a.xml", b"<x/>")]), "read differently", id="a dot"),
        pytest.param(changed("_rels/.rels", b"xl/workbook.xml", b"xl/other.xml"), "a workbook other than", id="main"),
        pytest.param(
            changed(
                "_rels/.rels",
                b"</Relationships>",
                f'<Relationship Id="r9" Type="{RELATIONS}" Target="xl/b.xml"/></Relationships>'.encode(),
            ),
            "a workbook other than",
            id="two main parts",
        ),
        pytest.param(changed(WORKBOOK, b"UTF-8", b"UTF-7"), "not written in UTF-8", id="another encoding"),
        pytest.param(
            changed(WORKBOOK, b"<workbook", b"<!DOCTYPE workbook [<!ENTITY a 'b'>]><workbook"),
            "document type",
            id="a document type",
        ),
        pytest.param(changed(WORKBOOK, b"</workbook>", b"</workbook><workbook/>"), "damaged", id="two roots"),
        pytest.param(
            changed("xl/sharedStrings.xml", b"</sst>", b"</sst><sst></sst>"), "two tables of texts", id="two texts"
        ),
        pytest.param(changed(RELS, b"</Relationships>", WORKSHEET), "'rId1' twice", id="a relationship twice"),
        pytest.param(
            changed(RELS, b' Target="work', b' TargetMode="External" Target="work'), "another f", id="outside"
        ),
        pytest.param(changed(RELS, b'"sharedStrings.xml"', b'"o.xml"'), "a part other than", id="texts elsewhere"),
        pytest.param(changed(WORKBOOK, b"</sheets>", TWICE), "two sheets named", id="a sheet in other capitals"),
        pytest.param(changed(WORKBOOK, b"</sheets>", SAME), "same content", id="two sheets of one part"),
        pytest.param(
            changed(SHEET, b"</sheetData>", b"</sheetData><sheetData>" + MORE + b"</sheetData>"),
            "two tables of cells",
            id="two tables of cells",
        ),
        pytest.param(changed(SHEET, b"</sheetData>", CHOICE), "only some programs", id="alternate cells"),
        pytest.param(changed(SHEET, b"</sheetData>", FOREIGN), "not one of a worksheet", id="foreign cells"),
    ],
)
def test_what_two_readers_could_read_apart_is_refused(data: bytes, words: str):
    """Three interfaces failed for one reader and passed for the other."""
    with pytest.raises(SourceRefusal, match=words):
        read_workbook(data, "log.xlsx").sheet("Log")


@pytest.mark.parametrize("stream", [False, True], ids=["in memory", "streamed"])
def test_ordinary_workbooks_are_read(stream: bool):
    """With sizes ahead, and with sizes behind each part, as those write who cannot go back."""
    content = io.BytesIO()
    if stream:
        target = io.BytesIO()

        class Forward(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: object) -> int:
                return target.write(data)  # type: ignore[arg-type]

        with zipfile.ZipFile(Forward(), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts(workbook()).items():
                archive.writestr(name, part)
        data = target.getvalue()
    else:
        book = openpyxl.Workbook()
        book.active.title = "Log"
        book.active.append(["Interface"])
        book.save(content)
        data = content.getvalue()

    assert read_workbook(data, "log.xlsx").sheet("Log").rows[0][0] == "Interface"


SUITE = b'<testsuite name="a"><testcase name="x"/></testsuite>'
INCLUDE = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="b.xml"/></testsuite>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?>' + SUITE, "two readers may read two texts"),
        (SUITE.replace(b"</testsuite>", INCLUDE), "includes another file"),
        (SUITE.replace(b"<testcase", b'<o:testcase xmlns:o="urn:o"'), "foreign namespace 'urn:o'"),
        (SUITE + SUITE, "junk after document"),
        (SUITE + b"\x00", "not well-formed"),
    ],
)
def test_a_report_that_two_readers_could_read_apart_is_refused(data: bytes, words: str):
    """A case that only some readers see is passed for them alone."""
    with pytest.raises(SourceRefusal, match=words):
        read_report(io.BytesIO(data), "r.xml")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xef\xbb\xbf",
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?>',
        b'<?xml version="1.1"?>',
        b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>',
    ],
)
def test_what_producers_write_at_the_head_of_a_report_is_read(head: bytes):
    """A mark, an old encoding and a stylesheet change no case."""
    assert [case.name for case in read_report(io.BytesIO(head + SUITE), "r.xml").cases] == ["x"]
