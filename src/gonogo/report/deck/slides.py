"""A deck as its tables: find them by their headings, put text into cells, add notes, write equal bytes each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.report.escape import visible

LARGEST: Final = 100 * 1024 * 1024
"""Bytes of a template, packed and unpacked: a deck of photographs is larger than this, a template is not."""
_DIGITS: Final = re.compile(r"[0-9A-Fa-f]{6}")
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_TINT: Final = {"Green": "C6E0B4", "Yellow": "FFE699", "Red": "F4B6B6"}
"""Light colors under the word, legible in black; the word stays."""


@dataclass(frozen=True, slots=True)
class SlideTable:
    """One table of a slide.

    Attributes:
        table: python-pptx's.
        left: From the left edge, in EMU.
        top: From the upper edge, in EMU.
    """

    table: Any
    left: int
    top: int

    def heading(self, row: int = 0) -> tuple[str, ...]:
        """Return the texts of a row, with blanks evened out; empty where there is no such row."""
        rows = list(self.table.rows)
        return tuple(" ".join(cell.text.split()) for cell in rows[row].cells) if row < len(rows) else ()

    def column(self, words: str) -> int | None:
        """Return the number of the column whose heading begins with ``words``."""
        found = (number for number, text in enumerate(self.heading()) if text.lower().startswith(words.lower()))
        return next(found, None)

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return " ".join(self.table.cell(row, column).text.split())

    def put(self, row: int, column: int, text: str, *, tint: str = "", points: int = 0) -> None:
        """Put text into a cell.

        Args:
            row: From 0.
            column: From 0.
            text: What to show.
            tint: Green, Yellow or Red for a light ground; empty to leave it.
            points: Size of the letters; 0 for that of the text that was there.
        """
        from pptx.dml.color import RGBColor as Color
        from pptx.util import Pt

        color: Callable[[str], Any] = Color.from_string
        cell = self.table.cell(row, column)
        runs = [run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs]
        size, bold = (runs[0].font.size, runs[0].font.bold) if runs else (None, None)
        cell.text_frame.text = visible(text)
        for run in cell.text_frame.paragraphs[0].runs:
            run.font.size, run.font.bold = Pt(points) if points else size or Pt(8), bold
            if tint in _TINT:
                run.font.color.rgb = color("000000")
        if tint in _TINT:
            cell.fill.solid()
            cell.fill.fore_color.rgb = color(_TINT[tint])

    def look_like(self, row: int, column: int, letter: str) -> None:
        """Give a cell the ground of another one of its column in which the template has the same letter."""
        for number in range(len(self.table.rows)):
            if number != row and self.text(number, column) == letter:
                cell, sample = (self.table.cell(each, column)._tc for each in (row, number))
                if cell.tcPr is not None:
                    cell.remove(cell.tcPr)
                if sample.tcPr is not None:
                    cell.append(deepcopy(sample.tcPr))
                return

    def unmerge(self) -> None:
        """Take merged cells apart, so that each row has its own."""
        for row in self.table.rows:
            for cell in row.cells:
                if cell.is_merge_origin:
                    cell.split()

    def add_rows(self, wanted: int, *, first: int = 1) -> None:
        """Repeat the last row until there are ``wanted`` rows after the first ones."""
        body = self.table._tbl  # python-pptx has no public way to add a row
        while len(self.table.rows) - first < wanted:
            body.append(deepcopy(body.tr_lst[-1]))


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """One slide.

    Attributes:
        number: From 1.
        slide: python-pptx's.
    """

    number: int
    slide: Any

    @property
    def words(self) -> str:
        """All text of its shapes, for finding out which slide it is."""
        texts = (shape.text_frame.text for shape in self.slide.shapes if shape.has_text_frame)
        return " ".join(" ".join(texts).split())

    @property
    def tables(self) -> tuple[SlideTable, ...]:
        """Its tables, as they come."""
        return tuple(
            SlideTable(shape.table, shape.left or 0, shape.top or 0) for shape in self.slide.shapes if shape.has_table
        )

    def theme(self) -> dict[str, str]:
        """Return the colors of its design, six digits by name."""
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.oxml import parse_xml

        try:
            part = self.slide.slide_layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
            colors = parse_xml(part.blob).xpath("//*[local-name()='clrScheme']/*/*")
        except (KeyError, SyntaxError, ValueError):  # no design, or one that is no XML
            return {}
        digits = {each.getparent().tag.rpartition("}")[2]: each.get("lastClr") or each.get("val") for each in colors}
        return {name: text for name, text in digits.items() if _DIGITS.fullmatch(text or "")}

    def boxes(self) -> Iterator[tuple[str, int, int]]:
        """Yield each shape's text with its place."""
        for shape in self.slide.shapes:
            if shape.has_text_frame and shape.text_frame.text.strip():
                yield " ".join(shape.text_frame.text.split()), shape.left or 0, shape.top or 0

    def replace(self, old: str, new: str) -> int:
        """Replace words inside of the runs of its shapes, and return how often."""
        done = 0
        for shape in self.slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                whole = "".join(run.text for run in paragraph.runs)
                if old in whole and paragraph.runs:
                    paragraph.runs[0].text = whole.replace(old, visible(new))
                    for run in paragraph.runs[1:]:
                        run.text = ""
                    done += 1
        return done

    def note(self, text: str) -> None:
        """Add a paragraph to the speaker's notes."""
        frame = self.slide.notes_slide.notes_text_frame
        if frame is None:
            return
        before = frame.text.rstrip()
        frame.text = f"{before}\n{visible(text)}" if before else visible(text)


class Deck:
    """A copy of a template in memory.

    Args:
        data: The template's bytes.

    Raises:
        UsageError: python-pptx is not installed, or the bytes are no deck.
    """

    def __init__(self, data: bytes) -> None:
        presentation = _library()
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if max(len(data), unpacked) > LARGEST:
                raise UsageError(
                    f"The template is larger than {LARGEST // 1024 // 1024} MB.",
                    hint="take a template without photographs",
                )
            self._deck = presentation(BytesIO(data))
        except UsageError:
            raise
        except Exception as error:  # a damaged file fails anywhere in python-pptx
            raise UsageError(
                "The template is no PowerPoint file that can be read.",
                hint="save it as .pptx; an encrypted file or a .ppt cannot be filled in",
            ) from error
        self.slides = tuple(DeckSlide(number, slide) for number, slide in enumerate(self._deck.slides, start=1))

    def to_bytes(self) -> bytes:
        """Return the deck; the moment of packing is always the same."""
        stream, packed = BytesIO(), BytesIO()
        self._deck.save(stream)
        with zipfile.ZipFile(stream) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
            for entry in before.infolist():
                after.writestr(zipfile.ZipInfo(entry.filename, _MOMENT), before.read(entry), zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def _library() -> Any:
    try:
        from pptx import Presentation
    except ImportError as error:
        raise UsageError(
            "Decks are filled in with python-pptx, which is not installed.", hint="pip install 'gonogo[office]'"
        ) from error
    return Presentation
