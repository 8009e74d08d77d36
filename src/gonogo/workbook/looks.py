"""How the workbook looks: few formats, dark on light, and never a meaning in colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gonogo.documents.xlsx import writer

_INK: Final = "#1B1B1B"
_HEADER: Final = "#1A3A5C"
_OPEN: Final = "#FFF8E1"
_LINE: Final = "#A9AEB1"
DAY_FORMAT: Final = "yyyy-mm-dd"
MOMENT_FORMAT: Final = "yyyy-mm-dd hh:mm"
DURATION_FORMAT: Final = "[h]:mm:ss"
PLAIN_FORMAT: Final = "General"
TEXT_FORMAT: Final = "@"


def new_workbook(stream: Any) -> Any:
    """Return an empty workbook that writes to a stream; text stays text, whatever it begins with.

    Raises:
        UsageError: xlsxwriter is not installed.
    """
    return writer.new_workbook(stream, default_format_properties={"font_name": "Arial", "font_size": 10})


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of one workbook, made once.

    Attributes:
        title: Headings of the sheet Read me.
        words: Text of the sheet Read me.
        header: Row 1 of a form, over a locked column.
        ask: Row 1 of a form, over a column to fill in.
        locked: Cells that gonogo writes.
        cells: Cells to fill in, by number format.
    """

    title: Any
    words: Any
    header: Any
    ask: Any
    locked: Any
    cells: dict[str, Any]

    @classmethod
    def of(cls, book: Any) -> Looks:
        """Make the formats."""
        font = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "valign": "top"}
        lines = {"border": 1, "border_color": _LINE}
        head = {**font, **lines, "bold": True, "text_wrap": True, "font_color": "#FFFFFF", "bg_color": _HEADER}
        filled = {**font, **lines, "locked": False, "bg_color": _OPEN}
        wrapped = {TEXT_FORMAT}
        numbers = ("0", PLAIN_FORMAT, "0.00######%", "#,##0.00####")
        formats = (TEXT_FORMAT, *numbers, DAY_FORMAT, MOMENT_FORMAT, DURATION_FORMAT)
        return cls(
            title=book.add_format({**font, "bold": True, "font_size": 14}),
            words=book.add_format({**font, "text_wrap": True}),
            header=book.add_format(head),
            ask=book.add_format({**head, "bg_color": "#5C3A00"}),
            locked=book.add_format({**font, **lines, "text_wrap": True}),
            cells={
                code: book.add_format({**filled, "num_format": code, "text_wrap": code in wrapped}) for code in formats
            },
        )
