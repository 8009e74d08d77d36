"""Word documents that gonogo writes: headings, paragraphs and tables, with what a screen reader needs. Equal input,
equal bytes.

Only the few parts that such a document has are written. Every text is escaped, so nothing in it is a field, a link or
markup.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORDML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH: Final = 9638
"""Twentieths of a point between the margins of a page."""
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


class DocxWriter:
    """A Word document while it is written.

    Args:
        title: Its title, which readers announce.
        language: Its language, such as ``en-US``.
        marking: Shown at the head and foot of each page; empty for none.
        made: The day on which it was made, as ``2027-01-27``.
    """

    def __init__(self, title: str, *, language: str, marking: str = "", made: str) -> None:
        self._title, self._language, self._marking, self._made = title, language, marking, made
        self._body: list[str] = [_paragraph(title, style="Title")]

    def heading(self, level: int, text: str) -> None:
        """Add a heading of level 1 to 9."""
        self._body.append(_paragraph(text, style=f"Heading{level}"))

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """Add a paragraph."""
        self._body.append(_paragraph(text, bold=bold))

    def table(self, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; its first row repeats on each page and is marked as headings, its caption is its description."""
        widths = _widths(header, rows)
        said, grid = _attribute(caption), "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        self._body.append(_paragraph(caption, style="Caption"))
        self._body.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{said}"/><w:tblDescription w:val="{said}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )
        for number, row in enumerate((header, *rows)):
            first = "<w:tblHeader/>" if number == 0 else ""
            cells = "".join(_cell(text, width, bold=not number) for text, width in zip(row, widths, strict=True))
            self._body.append(f"<w:tr><w:trPr><w:cantSplit/>{first}</w:trPr>{cells}</w:tr>")
        self._body.append("</w:tbl>")
        self._body.append(_paragraph(""))

    def to_bytes(self) -> bytes:
        """Return the file."""
        parts = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations(
                ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": self._core(),
            "word/document.xml": self._document(),
            "word/styles.xml": self._styles(),
            "word/_rels/document.xml.rels": _relations(
                ("rId1", f"{_OFFICE}/relationships/styles", "styles.xml"),
                ("rId2", f"{_OFFICE}/relationships/header", "header1.xml"),
                ("rId3", f"{_OFFICE}/relationships/footer", "footer1.xml"),
            ),
            "word/header1.xml": f"<w:hdr {_W}>{_paragraph(self._marking, style='Header')}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {_W}>{_paragraph(self._marking, style='Footer')}</w:ftr>",
        }
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(zipfile.ZipInfo(name, _MOMENT), f"{_HEAD}{text}", zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _types(self) -> str:
        overrides = {
            "/word/document.xml": f"{_WORDML}.document.main+xml",
            "/word/styles.xml": f"{_WORDML}.styles+xml",
            "/word/header1.xml": f"{_WORDML}.header+xml",
            "/word/footer1.xml": f"{_WORDML}.footer+xml",
            "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        }
        told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        return (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
        )

    def _core(self) -> str:
        moment = f"{self._made}T00:00:00Z"
        dated = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
        )
        return (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_text(self._title)}</dc:title><dc:language>{_text(self._language)}</dc:language>{dated}"
            "</cp:coreProperties>"
        )

    def _document(self) -> str:
        page = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" '
            'r:id="rId3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1301" w:right="1301" w:bottom="1301" '
            'w:left="1301" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        )
        return f"<w:document {_W} {_R}><w:body>{''.join(self._body)}{page}</w:body></w:document>"

    def _styles(self) -> str:
        language = _attribute(self._language)
        headings = "".join(
            _style(f"Heading{level}", f"heading {level}", size, keep=True, outline=level - 1)
            for level, size in ((1, 32), (2, 28), (3, 24))
        )
        return (
            f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" '
            f'w:cs="Arial"/><w:sz w:val="20"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
            '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
            f"{_style('Title', 'Title', 40, keep=True)}{headings}{_style('Caption', 'caption', 20, keep=True)}"
            f"{_style('Header', 'header', 20)}{_style('Footer', 'footer', 20)}"
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
            '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn '
            f'w:val="TableNormal"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style></w:styles>'
        )


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths of columns: narrow for the labels of a table of two, else by how much stands in each."""
    if len(header) == 2:
        return [_WIDTH // 4, _WIDTH - _WIDTH // 4]
    weights = [_weight([row[place] for row in (header, *rows)]) for place in range(len(header))]
    return [_WIDTH * weight // sum(weights) for weight in weights]


def _weight(cells: Sequence[str]) -> int:
    """Return how wide a column wants to be, in letters: its longest word at least, and what stands in it on average."""
    longest = max(len(word) for cell in cells for word in (cell.split() or [""]))
    return max(8, min(longest + 2, 30), min(sum(map(len, cells)) // len(cells), 40))


def _style(name: str, called: str, size: int, *, keep: bool = False, outline: int | None = None) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{kept}<w:spacing w:before="160" w:after="80"/>{level}</w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in sides)


def _paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(_text(line) for line in text.split("\n"))
    run = f'<w:r>{weight}<w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""
    return f"<w:p>{named}{run}</w:p>"


def _cell(text: str, width: int, *, bold: bool) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, bold=bold)}</w:tc>'


def _relations(*entries: tuple[str, str, str]) -> str:
    told = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in entries)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _text(text: str) -> str:
    """Return text as XML holds it; what XML cannot hold at all is shown as its number."""
    return escape(_NOT_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;")
