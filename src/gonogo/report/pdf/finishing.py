"""What a browser leaves out of a PDF that screen readers need, and what would differ from print to print."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from gonogo.errors import PrintFault, UsageError
from gonogo.report.pdf.decoration import mark_decoration
from gonogo.report.pdf.part_names import count_anew
from gonogo.report.pdf.tags import mend_tags

INSTALL: Final = "pip install 'gonogo[pdf]'"


def pikepdf() -> Any:
    """Return the library.

    Raises:
        UsageError: The extra ``pdf`` is not installed.
    """
    try:
        import pikepdf as library
    except ImportError as error:
        raise UsageError("PDF files are finished with pikepdf, which is not installed.", hint=INSTALL) from error
    return library


def finished(printed: bytes, *, title: str, language: str, made: datetime, accessible: bool) -> bytes:
    """Return the PDF with its title shown in the window, its language, and one date: that of the assessment.

    Args:
        printed: What the browser printed.
        title: Of the document.
        language: Such as ``en-US``.
        made: The moment of the assessment, in UTC.
        accessible: Whether it is tagged with headings of tables, and may carry the mark of PDF/UA.

    Raises:
        PrintFault: The file is no PDF that can be read, or it has no tags although it should.

    A page with a word that has no tag gets no mark: a screen reader would never come to that word.
    """
    library = pikepdf()
    try:
        with library.open(BytesIO(printed)) as document:
            root = document.Root
            if accessible and "/StructTreeRoot" not in root:
                raise PrintFault("the browser printed no tags", hint="a newer Chromium prints them")
            root.Lang = language
            root.ViewerPreferences = library.Dictionary(DisplayDocTitle=True)
            if accessible:
                root.MarkInfo = library.Dictionary(Marked=True)
                accessible = _mended(library, document)
                count_anew(library, document)
            with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
                moment = f"{made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
                said["dc:title"], said["dc:language"] = title, [language]
                said["xmp:CreateDate"] = said["xmp:ModifyDate"] = moment
                if accessible:
                    said["pdfuaid:part"] = "1"
            day = f"D:{made.astimezone(UTC):%Y%m%d%H%M%SZ}"
            document.docinfo = document.make_indirect(
                library.Dictionary(Title=title, CreationDate=day, ModDate=day, Producer="gonogo")
            )
            stream = BytesIO()
            document.save(stream, deterministic_id=True)
    except library.PdfError as error:
        raise PrintFault("what the browser printed cannot be read as a PDF") from error
    return stream.getvalue()


def _mended(library: Any, document: Any) -> bool:
    """Mend tags and decoration, and return whether every word has a tag."""
    words: dict[tuple[tuple[int, int], int], str] = {}
    untagged = ""
    for page in document.pages:
        drawn = mark_decoration(library, page.obj)
        words |= {(page.obj.objgen, number): text for number, text in drawn.words.items()}
        untagged += drawn.untagged
    mend_tags(library, document, words)
    return not untagged
