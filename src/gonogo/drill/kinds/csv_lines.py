"""A CSV file as the lines and cells that somebody would edit."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Final

from gonogo.drill.defect import NotPlanted
from gonogo.drill.site import BoundSource, TargetProgram, mapped

_NUMBERS: Final = ("integer", "decimal", "money", "percent")


class CsvLines:
    """The lines of a table in CSV.

    Attributes:
        table: What the binding's settings say of it.
        lines: Every line with its end.
        first: Number of the first row of data.
    """

    def __init__(self, data: bytes, table: dict[str, Any]) -> None:
        self.table = table
        self._encoding = str(table.get("encoding") or "utf-8")
        try:
            self.lines = data.decode(self._encoding).splitlines(keepends=True)
        except (LookupError, UnicodeDecodeError) as error:
            raise NotPlanted("the table is not text that the drill can edit") from error
        header = int(table.get("header_row") or 1)
        self.first = header
        self._delimiter = str(table.get("delimiter") or ",")
        self.header = self.cells(header - 1) or []
        footer = 1 if mapped(table.get("control")).get("footer") else 0
        self.last = len(self.lines) - footer
        if self.last - self.first < 2 or not self.header:
            raise NotPlanted("the table has too few rows")

    def cells(self, number: int) -> list[str] | None:
        """Return the cells of a line; None where quotes make it more than text between delimiters."""
        line = self.lines[number].rstrip("\r\n")
        return None if '"' in line else line.split(self._delimiter)

    @property
    def controlled(self) -> bool:
        """Whether the settings say how many rows there are, or what they add up to."""
        return bool(set(mapped(self.table.get("control"))) & {"rows", "totals", "footer"})

    @property
    def middle(self) -> int:
        """A row of data without quotes, near the middle."""
        order = sorted(range(self.first, self.last), key=lambda number: abs(number - (self.first + self.last) // 2))
        for number in order:
            cells = self.cells(number)
            if cells is not None and len(cells) == len(self.header):
                return number
        raise NotPlanted("no row of the table can be edited cell by cell")

    def column(self, *kinds: str) -> int:
        """Return the place of the first column that is read, of these types or of any but blank ones."""
        for name, column in mapped(self.table.get("columns")).items():
            settings = mapped(column)
            heading = str(settings.get("header") or name)
            plain = not settings.get("optional") and settings.get("blank") is None
            if heading in self.header and plain and (not kinds or settings.get("type") in kinds):
                return self.header.index(heading)
        raise NotPlanted("no table in CSV that counts here has such a column")

    @property
    def number(self) -> int:
        """The place of the first column of numbers that is read."""
        return self.column(*_NUMBERS)

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell of a line that has no quotes."""
        cells = self.cells(row)
        assert cells is not None
        cells[column] = text
        end = self.lines[row][len(self.lines[row].rstrip("\r\n")) :]
        self.lines[row] = self._delimiter.join(cells) + end

    def drop(self, rows: set[int]) -> None:
        """Take lines out."""
        self.lines = [line for number, line in enumerate(self.lines) if number not in rows]

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return "".join(self.lines).encode(self._encoding)


def csv_table(
    site: TargetProgram, *kinds: str, weakest: bool = False, of: Container[str] | None = None
) -> tuple[BoundSource, CsvLines]:
    """Return the CSV table that most rests on.

    Args:
        site: The program.
        kinds: Types of which the table must have a column; none means any.
        weakest: Prefer a table whose size nothing controls, and one that fails: that is where somebody would cut.
        of: Bindings that may be harmed; None for all.

    Raises:
        NotPlanted: There is none.
    """
    why = "no table in CSV answers for a fact that counts here"
    found: list[tuple[BoundSource, CsvLines]] = []
    for source in site.sources("table", ending=".csv"):
        if of is not None and source.binding.id not in of:
            continue
        try:
            lines = CsvLines(site.copy.read(source.path), _settings_of(source))
            if kinds:
                lines.column(*kinds)
        except NotPlanted as error:
            why = str(error)
            continue
        found.append((source, lines))
    if not found:
        raise NotPlanted(why)
    return min(found, key=lambda pair: (pair[1].controlled, not site.is_open(pair[0]))) if weakest else found[0]


def number_table(site: TargetProgram) -> tuple[BoundSource, CsvLines]:
    """Return a CSV table with a column of numbers."""
    return csv_table(site, *_NUMBERS)


def _settings_of(source: BoundSource) -> dict[str, Any]:
    """Return what the settings say of the table in a file."""
    tables = [mapped(table) for table in mapped(source.binding.settings.get("tables")).values()]
    own = [table for table in tables if table.get("input") in (None, source.entry.name)]
    if len(own) != 1 and len(tables) != 1:
        raise NotPlanted("the binding reads several tables from the file")
    return (own or tables)[0]
