"""Ways in which files come out wrong, or are made to hurt, for each form that files are written in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

Way = Callable[[bytes], bytes]
DEEP = 100_000
LONG = 5_000_000
BOMB_SIZE = 8 * 2**20


def middle(more: bytes) -> Way:
    """Insert bytes in the middle of what is written, behind a letter."""

    def way(data: bytes) -> bytes:
        at = next(match.end() for match in re.finditer(rb"[A-Za-z]{2}", data) if match.end() >= len(data) // 2)
        return data[:at] + more + data[at:]

    return way


def after(mark: bytes, more: bytes) -> Way:
    """Insert bytes behind the first place of some others."""

    def way(data: bytes) -> bytes:
        head, found, rest = data.partition(mark)
        assert found, f"there is no {mark!r}"
        return head + found + more + rest

    return way


def text(data: bytes) -> str:
    """Decode a sound file: the one of Primavera is in Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


TEXT: dict[str, Way] = {
    "nothing": lambda data: b"",
    "blanks alone": lambda data: b" \n\n",
    "a byte order mark of UTF-8": lambda data: b"\xef\xbb\xbf" + data,
    "two byte order marks": lambda data: b"\xef\xbb\xbf\xef\xbb\xbf" + data,
    "UTF-16": lambda data: text(data).encode("utf-16"),
    "UTF-16, the other way round": lambda data: b"\xfe\xff" + text(data).encode("utf-16-be"),
    "UTF-16 without a mark": lambda data: text(data).encode("utf-16-le"),
    "UTF-32": lambda data: text(data).encode("utf-32"),
    "a letter in Windows-1252": middle("é".encode("cp1252")),
    "half a character of UTF-8": middle(b"\xc3"),
    "a surrogate in UTF-8": middle(b"\xed\xa0\x80"),
    "NUL": middle(b"\0"),
    "an escape character": middle(b"\x1b[2J"),
    "cut in the middle": lambda data: data[: len(data) // 2],
    "written twice": lambda data: data + data,
    "a word after the end": lambda data: data.rstrip() + b"\nword\n",
    "line ends of Windows": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "line ends of an old Macintosh": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "a workbook": lambda data: b"PK\x03\x04" + data,
    "gzip": lambda data: b"\x1f\x8b\x08\0" + data,
}


def value(more: bytes) -> Way:
    """Put another value before the first one; what the key had goes to a key ``x``."""
    return lambda data: re.sub(rb': (?=["0-9])', b": " + more + b', "x": ', data, count=1)


JSON: dict[str, Way] = {
    "a key twice": lambda data: re.sub(rb'("[A-Za-z-]+"): ("[^"]*")', rb"\1: \2, \1: \2", data, count=1),
    "NaN": value(b"NaN"),
    "Infinity": value(b"-Infinity"),
    "half a character escaped": lambda data: re.sub(rb': "', rb': "\\ud800', data, count=1),
    "100 000 levels": value(b"[" * DEEP + b"]" * DEEP),
    "100 000 levels that never end": lambda data: re.sub(rb': (?=["0-9])', b': {"a":' * DEEP, data, count=1),
    "a number of a million digits": value(b"9" * 10**6),
    "an exponent without end": value(b"1e999999999"),
    "a comma too many": lambda data: data.rstrip()[:-1] + b"," + data.rstrip()[-1:],
    "a comment": lambda data: b"// made by hand\n" + data,
    "one quote for two": lambda data: data.replace(b'"', b"'"),
    "a quote that is never closed": lambda data: data.replace(b'"', b"", 1),
    "a line a record": lambda data: data.rstrip() + b"\n" + data,
}
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (name, (b"&%c;" % before) * 10)
    for before, name in zip(b"abcdefgh", b"bcdefghi", strict=True)
)


def declared(kind: bytes, inside: bytes = b"") -> Way:
    """Put a document type before the root, and something into the root."""

    def way(data: bytes) -> bytes:
        plain = re.sub(rb"<!DOCTYPE[^>]*>", b"", data)
        head, rest = re.split(rb"(?<=\?>)", plain, maxsplit=1)
        return head + kind + re.sub(rb"^(\s*<[A-Za-z]+[^>]*>)", lambda found: found[1] + inside, rest, count=1)

    return way


XML: dict[str, Way] = {
    "a bomb of entities": declared(BOMB + b"]>", b"&i;"),
    "an entity of a file": declared(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"&e;"),
    "an entity of another machine": declared(b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]>'),
    "an entity that nobody declares": declared(b"", b"&nobody;"),
    "values of attributes declared": declared(b'<!DOCTYPE x [<!ATTLIST x y CDATA "1">]>'),
    "100 000 levels": declared(b"", b"<x>" * DEEP + b"</x>" * DEEP),
    "100 000 levels that never end": declared(b"", b"<x>" * DEEP),
    "an attribute twice": lambda data: re.sub(rb"<([A-Za-z]+)([ >])", rb'<\1 q="1" q="2"\2', data, count=1),
    "an element that is never closed": declared(b"", b"<open>"),
    "two roots": lambda data: data + b"<x/>",
    "declared as UTF-16": lambda data: re.sub(rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="UTF-16"?>', data),
    "declared as nothing known": lambda data: re.sub(rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="x-y"?>', data),
    "a mark of UTF-8 and another encoding": lambda data: (
        b"\xef\xbb\xbf" + re.sub(rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="iso-8859-1"?>', data)
    ),
    "version 1.1": lambda data: re.sub(rb"<\?xml[^>]*\?>", b'<?xml version="1.1"?>', data),
    "JSON": lambda data: b'{"tests": 1}',
}
LINES: dict[str, Way] = {
    "a quote that is never closed": lambda data: re.sub(rb"\n([^\n]+\n)(?!.*\n.*\n)", rb'\n"\1', data, count=1),
    "a last line of half a cell": lambda data: data.rstrip(b"\r\n%E")[:-1],
    "a line of five million characters": lambda data: data + b"x" * LONG + b"\n",
    "five million cells in a line": lambda data: data + b"," * LONG + b"\n",
    "XML": lambda data: b"<list/>\n",
}


def packed(parts: dict[str, bytes], *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return an archive of these parts, and of others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def also(name: str | zipfile.ZipInfo, content: bytes) -> Way:
    """Pack another part with the others."""
    return lambda data: packed(parts_of(data), (name, content))


def part(pattern: str, way: Way) -> Way:
    """Spoil every part whose name fits."""
    return lambda data: packed({n: way(c) if re.search(pattern, n) else c for n, c in parts_of(data).items()})


def locked(data: bytes) -> bytes:
    """Say of the first part that it is encrypted."""
    made = bytearray(data)
    made[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def typed(kind: bytes, inside: bytes = b"") -> Way:
    """Put a document type before the root of a part, and something into its root."""

    def way(data: bytes) -> bytes:
        head, mark, rest = data.rpartition(b"?>") if b"?>" in data[:200] else (b"", b"", data)
        return head + mark + kind + re.sub(rb"^(\s*<[A-Za-z:]+[^>]*>)", lambda found: found[1] + inside, rest, count=1)

    return way


def link(name: str) -> zipfile.ZipInfo:
    """Return the entry of a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry


SHEET = r"worksheets/sheet\d+\.xml$"
PAGE = r"(worksheets/sheet|slides/slide)\d+\.xml$"
STRINGS = r"sharedStrings\.xml$"
ARCHIVE: dict[str, Way] = {
    "nothing": lambda data: b"",
    "text": lambda data: b"item,state\nD-1,Open\n",
    "an older Office, or a password": lambda data: b"\xd0\xcf\x11\xe0" + bytes(600),
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut before its directory": lambda data: data[: data.find(b"PK\x01\x02")],
    "written twice": lambda data: data + data,
    "something before it": lambda data: b"x" * 100 + data,
    "something after it": lambda data: data + b"x" * 100,
    "encrypted": locked,
    "a bomb of 8 MB": also("docProps/more.xml", b" " * BOMB_SIZE),
    "20 000 parts": lambda data: packed(parts_of(data), *((f"docProps/x{n}.xml", b"") for n in range(20_000))),
    "a part beside the archive": also("../../outside.xml", b"<x/>"),
    "a part at the root of the machine": also("/etc/outside.xml", b"<x/>"),
    "a part on another drive": also("C:/outside.xml", b"<x/>"),
    "a symbolic link": also(link("docProps/link.xml"), b"/etc/passwd"),
    "a part twice, the second in capitals": lambda data: packed(
        parts_of(data), *((name.upper(), content) for name, content in parts_of(data).items())
    ),
    "a bomb in a page": part(PAGE, lambda data: data.replace(b"><", b">" + b" " * BOMB_SIZE + b"<", 1)),
    "a bomb of entities in a page": part(PAGE, typed(BOMB + b"]>", b"&i;")),
    "an entity of a file in a page": part(
        PAGE, typed(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"&e;")
    ),
    "100 000 levels in a page": part(PAGE, typed(b"", b"<x>" * DEEP + b"</x>" * DEEP)),
    "a page in UTF-16": part(PAGE, lambda data: data.replace(b"UTF-8", b"UTF-16", 1).decode().encode("utf-16")),
    "a page that is no XML": part(PAGE, lambda data: b"\0\1\2\3"),
    "macros": also("xl/vbaProject.bin", b"Sub Auto_Open()"),
}
WORKBOOK: dict[str, Way] = {
    "a bomb of entities in the strings": part(STRINGS, typed(BOMB + b"]>", b"&i;")),
    "an entity of a file in the strings": part(
        STRINGS, typed(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"<si><t>&e;</t></si>")
    ),
    "a cell a million rows down": part(
        SHEET,
        lambda data: data.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    ),
    "no sheets": part(r"xl/workbook\.xml$", lambda data: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", data)),
    "rows out of order": part(
        SHEET, lambda data: data.replace(b"</sheetData>", b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    ),
    "a relation to another machine": part(
        r"workbook\.xml\.rels$",
        lambda data: data.replace(
            b'Target="worksheets', b'TargetMode="External" Target="http://127.0.0.1:9/worksheets'
        ),
    ),
}


def cell(name: str, content: bytes) -> Way:
    """Write something else into a cell."""
    pattern = rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % name.encode()
    return part(SHEET, lambda data: re.sub(pattern, b'<c r="%s"' % name.encode() + content, data))


SHAPES: dict[str, Way] = {
    "a hidden row": part(SHEET, lambda data: data.replace(b'<row r="4"', b'<row r="4" hidden="1"')),
    "a hidden column": part(
        SHEET,
        lambda data: re.sub(rb"<cols>.*</cols>", b"", data).replace(
            b"<sheetData>", b'<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>'
        ),
    ),
    "hidden sheets": part(
        r"xl/workbook\.xml$", lambda data: data.replace(b"<sheet name=", b'<sheet state="veryHidden" name=')
    ),
    "merged cells": part(
        SHEET,
        lambda data: data.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="B3:B4"/></mergeCells>'
        ),
    ),
    "a formula without a result": cell("B4", b"><f>A1</f></c>"),
    "a formula whose result is an error": cell("B4", b' t="e"><f>A1</f><v>#REF!</v></c>'),
    "an error": cell("B4", b' t="e"><v>#N/A</v></c>'),
    "a formula of chance": cell("B4", b' t="str"><f>IF(RAND()&gt;0,"Closed","Open")</f><v>Closed</v></c>'),
    "a cell of another type": cell("B4", b' t="b"><v>1</v></c>'),
}
SQLITE: dict[str, Way] = {
    "nothing": lambda data: b"",
    "text": lambda data: b"item,state\nD-1,Open\n",
    "cut in the middle": lambda data: data[: len(data) // 2],
    "written twice": lambda data: data + data,
    "a page overwritten": lambda data: data[:4096] + b"\xff" * 4096 + data[8192:],
    "a header of another size": lambda data: data[:16] + b"\0\1" + data[18:],
    "a log that is not here": lambda data: data[:18] + b"\2\2" + data[20:],
}
YAML: dict[str, Way] = {
    "an alias": lambda data: data + b"x: &a 1\ny: *a\n",
    "a bomb of aliases": lambda data: data + b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "an object of Python": lambda data: data + b"x: !!python/object/apply:os.system ['true']\n",
    "two documents": lambda data: data + b"---\nschema: 1\n",
    "a key twice": lambda data: data + b"schema: 1\n",
    "tabs": lambda data: data.replace(b"    ", b"\t"),
    "100 000 levels": lambda data: data + b"x: " + b"[" * DEEP + b"]" * DEEP + b"\n",
    "a quote that is never closed": lambda data: data + b'x: "\n',
    "JSON in two lines": lambda data: b'{"schema": 1}\n{"schema": 1}\n',
}
WAYS: dict[str, dict[str, Way]] = {
    "json": TEXT | JSON,
    "xml": TEXT | XML,
    "lines": TEXT | LINES,
    "yaml": TEXT | YAML,
    "workbook": ARCHIVE | WORKBOOK | SHAPES,
    "deck": ARCHIVE,
    "sqlite": SQLITE,
}
