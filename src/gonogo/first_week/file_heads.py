"""What the first bytes of a file say that it is. Nothing is trusted here: a collector reads the whole file later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from gonogo.first_week.csv_dialect import NotText, decoded, header_index, shape_of_text
from gonogo.first_week.declared_kinds import Declared, DeclaredKind
from gonogo.first_week.file_kinds import FileKind, Why
from gonogo.first_week.first_record import why_data
from gonogo.first_week.other_forms import of_headings, of_keys, of_name, of_root, of_text
from gonogo.first_week.outer_keys import first_keys, last_keys
from gonogo.first_week.prose import plain

HEAD: Final = 1 << 16
"""Bytes that are looked at."""
_TESTS: Final = 400
"""Test cases of a head that are compared with plans."""
_OSCAL: Final = {
    "system-security-plan": FileKind.OSCAL_SSP,
    "plan-of-action-and-milestones": FileKind.OSCAL_POAM,
    "assessment-results": FileKind.OSCAL_RESULTS,
}
_KEV: Final = {"catalogVersion", "dateReleased", "vulnerabilities"}
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (
    (
        b"%PDF-",
        "It is a PDF; have somebody state what it proves in the workbook (gonogo workbook), with this file as its "
        "source.",
    ),
    (
        _OLE,
        "It is an old office file, or has a password; save it as .xlsx without one.",
    ),
    (b"\x89PNG", "It is a picture."),
    (b"\xff\xd8\xff", "It is a picture."),
    (b"GIF8", "It is a picture."),
    (b"{\\rtf", "It is a text for people."),
    (b"\x1f\x8b", "It is compressed; unpack it."),
    (b"7z\xbc\xaf", "It is an archive; unpack it."),
    (b"Rar!", "It is an archive; unpack it."),
    (b"SQLite format 3", "It is a database; export its tables as CSV."),
)


class Foreign(Exception):
    """The file is none that is read here.

    Attributes:
        why: The reason.
        sentence: What it is, and what helps.
    """

    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FileHead:
    """What the head of a file says."""

    kind: FileKind | DeclaredKind
    detail: str = ""
    tests: tuple[tuple[str, str], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()


def read_head(data: bytes, name: str, declared: Declared, *, whole: bool, tail: bytes = b"") -> FileHead:
    """Return what a file is that is no zip archive.

    Args:
        data: Its first bytes.
        name: Its name; the ending decides only whether a text of one column is a table.
        declared: What collectors recognize.
        whole: Whether these are all.
        tail: Its last bytes, where they are not among the first: some producers name the kind of a JSON document there.

    Raises:
        Foreign: It is none that is read here.
    """
    if data.startswith(_OLE) and (kind := declared.by_ole(name)):
        return FileHead(kind)
    for mark, sentence in _OTHERS:
        if data.startswith(mark):
            raise Foreign(Why.UNKNOWN, sentence)
    if not data.strip(b"\x00"):
        raise Foreign(
            Why.ONLINE, "It holds only zero bytes, as a placeholder or a broken copy does; download it again."
        )
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind := declared.by_start(start):
        return _recognized(kind, start.decode("utf-8", "replace"))
    if start.startswith(b"<") or data.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return _xml(data, declared)
    try:
        text = decoded(data, whole=whole).text
    except NotText as error:
        raise Foreign(Why.UNKNOWN, of_name(name) or f"It is of no kind that is read here: {error}.") from error
    if kind := declared.by_start(text[:200].encode()):
        return _recognized(kind, text)
    if text.lstrip()[:1] in ("{", "["):
        return _json(text, name, declared, tail)
    if kind := declared.by_line(text):
        return _recognized(kind, text)
    if sentence := of_text(text.lstrip()):
        raise Foreign(Why.UNKNOWN, sentence)
    return _delimited(text, name, declared, whole=whole)


def _recognized(kind: DeclaredKind, text: str) -> FileHead:
    return FileHead(kind, kind.detail(text), facts=kind.states(text))


class _Enough(Exception):
    """Enough has been seen."""


def _xml(data: bytes, declared: Declared) -> FileHead:
    parser = expat.ParserCreate(namespace_separator=" ")
    root: list[str] = []
    tests: list[tuple[str, str]] = []
    kind: DeclaredKind | None = None

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind
        space, _, name = tag.rpartition(" ")
        if not root:
            root.append(tag)
            kind = declared.by_root(space, name)
        plan = kind.file.plan if kind else None
        if plan is None:
            raise _Enough
        if name == plan.element:
            owner, of_case = plan.attributes
            tests.append((attributes.get(owner, ""), attributes.get(of_case, "")))
            if len(tests) == _TESTS:
                raise _Enough

    def declare(_name: str, _system: str | None, _public: str | None, defines: int) -> None:
        # Cobertura, Istanbul and JaCoCo only name their document type.
        if defines:
            raise Foreign(
                Why.UNREADABLE,
                "Its document type declaration holds definitions, which no evidence needs and no collector reads.",
            )

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(data, False)
    except _Enough:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        if not root:
            raise Foreign(
                Why.UNREADABLE, f"It starts like XML, but cannot be read: {plain(str(error), most=80)}."
            ) from error
    if not root:
        raise Foreign(Why.UNREADABLE, "It starts like XML, but no element follows.")
    space, _, tag = root[0].rpartition(" ")
    if kind is not None:
        text = data.decode("utf-8", "replace") if kind.file.detail else ""
        return FileHead(kind, kind.detail(text), tests=tuple(tests))
    if tag in _OSCAL and "oscal" in space:
        return FileHead(_OSCAL[tag], "in XML")
    if claimed := declared.by_line(data.decode("utf-8", "replace")):
        return FileHead(claimed)
    if tag.lower() == "html":
        raise Foreign(Why.UNKNOWN, "It is a web page; export the data itself.")
    raise Foreign(
        Why.UNKNOWN, of_root(space, tag) or f"It is XML of a kind that is not read here: {plain(tag, most=60)}."
    )


def _json(text: str, name: str, declared: Declared, tail: bytes) -> FileHead:
    keys = [*first_keys(text), *last_keys(tail.decode("utf-8", "replace"))]
    if kind := declared.by_keys(keys):
        return _recognized(kind, text)
    if set(keys) >= _KEV:
        return FileHead(FileKind.KEV)
    if any("sarif" in line for line in text[:600].lower().splitlines() if "$schema" in line):
        return FileHead(FileKind.SARIF)
    if kind := declared.by_line(text):
        return _recognized(kind, text)
    if {"doc_id", "resource_id"} <= set(keys) or name.lower().endswith((".gsheet", ".gdoc")):
        raise Foreign(Why.ONLINE, "It only points to a document in the cloud; export the document itself as .xlsx.")
    if sentence := of_text(text.lstrip()) or of_keys(keys, text):
        raise Foreign(Why.UNKNOWN, sentence)
    if text.lstrip().startswith("[") and not re.match(r"\s*\[\s*(?:\{|\])", text):
        raise Foreign(Why.UNKNOWN, "It is JSON, but not a list of records.")
    if re.match(r"\s*\{[^\n]*\}\s*\n\s*\{", text):
        raise Foreign(Why.UNKNOWN, "It holds one JSON record a line; write them as one list: [ …, … ].")
    if text.lstrip().startswith("{") and not re.search(r":\s*\[\s*\{", text):
        raise Foreign(Why.UNKNOWN, "It is JSON, but its head shows no list of records.")
    return FileHead(
        FileKind.JSON, f"keys {', '.join(plain(key, most=40) for key in keys[:6])}" if keys else "a list of records"
    )


def _delimited(text: str, name: str, declared: Declared, *, whole: bool) -> FileHead:
    body = text if whole else text[: text.rfind("\n") + 1]
    shape = shape_of_text(body)
    table = name.lower().endswith((".csv", ".tsv"))
    if shape is not None and (shape.even >= 0.8 or table) and len(shape.records) >= (1 if table else 3):
        index = header_index(shape.records)
        header = shape.records[index]
        if any(cell.strip() for cell in header):
            rows = tuple(row for row in shape.records[index + 1 :] if len(row) == len(header))
            if kind := declared.by_headings(header):
                return FileHead(kind, kind.detail(text), header=header, rows=rows)
            if sentence := of_headings(header):
                raise Foreign(Why.UNKNOWN, sentence)
            detail = f"{len(header)} columns: " + ", ".join(plain(cell, most=40) for cell in header[:6])
            columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
            if why_data(header, columns, columns):
                detail = f"{len(header)} columns; its first row reads like data, not like headings"
                return FileHead(FileKind.CSV, detail, header=header, rows=rows)
            return FileHead(FileKind.CSV, detail + (", …" if len(header) > 6 else ""), header=header, rows=rows)
    lines = body.splitlines()
    if table and lines and lines[0].strip():
        rows = tuple((line,) for line in lines[1:60])
        return FileHead(FileKind.CSV, f"1 column: {plain(lines[0], most=40)}", header=(lines[0],), rows=rows)
    raise Foreign(Why.UNKNOWN, "It is text, but not a table, schedule or test result.")
