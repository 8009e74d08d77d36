"""Presentations and Word documents made of a few strings, so that a test can spoil any part of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SAVED = "2027-04-12T15:00:00Z"
Rows = Sequence[Sequence[str]]


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def related(*entries: tuple[str, str, str]) -> str:
    """Return relationships of (id, kind, target); an address is external."""
    mode = {True: " TargetMode='External'", False: ""}
    made = "".join(
        f"<Relationship Id='{key}' Type='{R}/{kind}' Target='{target}'{mode[':' in target]}/>"
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def core(saved: str = SAVED) -> str:
    """Return the part that says when the package was saved."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>{saved}</dcterms:modified></cp:coreProperties>'
    )


def cell(text: str, marks: str = "") -> str:
    """Return a cell of a slide; each line is a paragraph, and ``~~text`` is struck through."""
    paragraphs = "".join(
        f"<a:p><a:r><a:rPr strike='{'sngStrike' if line.startswith('~~') else 'noStrike'}'/>"
        f"<a:t>{escape(line.removeprefix('~~'))}</a:t></a:r></a:p>"
        for line in text.split("\n")
    )
    return f"<a:tc {marks}><a:txBody>{paragraphs}</a:txBody><a:tcPr/></a:tc>"


def frame(rows: Rows, *, marks: str = "", at: tuple[int, int] = (100, 100), hidden: bool = False) -> str:
    """Return a table of a slide; ``marks`` are attributes of its last cell."""
    last = (len(rows) - 1, len(rows[-1]) - 1) if rows else (0, 0)
    body = "".join(
        f"<a:tr h='1'>{''.join(cell(text, marks if (r, c) == last else '') for c, text in enumerate(row))}</a:tr>"
        for r, row in enumerate(rows)
    )
    seen = ' hidden="1"' if hidden else ""
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='4' name='t'{seen}/></p:nvGraphicFramePr>"
        f"<p:xfrm><a:off x='{at[0]}' y='{at[1]}'/><a:ext cx='500' cy='500'/></p:xfrm>"
        f"<a:graphic><a:graphicData><a:tbl>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def slide(*frames: str, show: str = "1") -> str:
    """Return a slide of frames."""
    return (
        f"<p:sld xmlns:a='{A}' xmlns:p='{P}' xmlns:r='{R}' xmlns:mc='"
        f"http://schemas.openxmlformats.org/markup-compatibility/2006' show='{show}'>"
        f"<p:cSld><p:spTree>{''.join(frames)}</p:spTree></p:cSld></p:sld>"
    )


def deck_parts(*slides: str, saved: str = SAVED) -> dict[str, str | bytes]:
    """Return the parts of a presentation."""
    numbers = range(1, len(slides) + 1)
    listed = "".join(f"<p:sldId id='{255 + number}' r:id='rId{number}'/>" for number in numbers)
    return {
        "_rels/.rels": related(("rId1", "officeDocument", "ppt/presentation.xml")),
        "docProps/core.xml": core(saved),
        "ppt/presentation.xml": (
            f"<p:presentation xmlns:p='{P}' xmlns:r='{R}'><p:sldIdLst>{listed}</p:sldIdLst>"
            "<p:sldSz cx='9144000' cy='6858000'/></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": related(
            *((f"rId{number}", "slide", f"slides/slide{number}.xml") for number in numbers)
        ),
        **{f"ppt/slides/slide{number}.xml": text for number, text in zip(numbers, slides, strict=True)},
    }


def deck(*slides: str, saved: str = SAVED, **more: str | bytes) -> bytes:
    """Return a presentation."""
    return packed(deck_parts(*slides, saved=saved) | more)


def document(rows: Rows, *, around: str = "{}", saved: str = SAVED) -> bytes:
    """Return a Word document with one table; ``around`` is what the text of its last cell is put into."""
    last = (len(rows) - 1, len(rows[-1]) - 1)
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:p>{(around if (r, c) == last else '{}').format(run.format(escape(text)))}</w:p></w:tc>"
            for c, text in enumerate(row)
        )
        + "</w:tr>"
        for r, row in enumerate(rows)
    )
    return packed(
        {
            "_rels/.rels": related(("rId1", "officeDocument", "word/document.xml")),
            "docProps/core.xml": core(saved),
            "word/document.xml": f"<w:document xmlns:w='{W}'><w:body><w:tbl>{body}</w:tbl></w:body></w:document>",
        }
    )


def embedding(data: bytes, name: str = "Doc1.docx") -> bytes:
    """Return a presentation with a document in its slide, as GSA's deck of metrics is."""
    shown = (
        "<p:graphicFrame><a:graphic><a:graphicData><p:oleObj r:id='rId4'/></a:graphicData></a:graphic></p:graphicFrame>"
    )
    parts = deck_parts(slide(shown))
    parts["ppt/slides/_rels/slide1.xml.rels"] = related(
        ("rId4", "package", f"../embeddings/{name}"), ("rId3", "hyperlink", "https://benchmarks.example/")
    )
    return packed({**parts, f"ppt/embeddings/{name}": data})
