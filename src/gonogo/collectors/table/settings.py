"""What a person writes about a table: where it is, how it is written, and what its columns are.

Read from the binding's ``settings`` in JSON mode: closed, frozen and strict. What contradicts itself across keys is
found by :mod:`gonogo.collectors.table.promised_facts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gonogo.collectors.columns.column import Column, Name, Text
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.table.row_settings import KindOfRows, Rule, SubjectColumn
from gonogo.model.base import DecimalText
from gonogo.plugin.spec import Settings


class TableFormat(StrEnum):
    """File formats."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    SQLITE = "sqlite"


class Encoding(StrEnum):
    """Encodings of a CSV file."""

    UTF_8 = "utf-8"
    """With or without a byte order mark."""
    UTF_16 = "utf-16"
    """With a byte order mark."""
    CP1252 = "cp1252"
    LATIN_1 = "iso-8859-1"


class Control(Settings):
    """What else is known about the size of a table. A file that was cut off between two rows looks whole without it.

    Attributes:
        rows: Exactly so many rows.
        min_rows: At least so many; 1 by default, because an empty table proves nothing.
        cut_at: Numbers of rows at which the tool cuts an export off without a word; a file of just so many is refused.
            By default those of Power BI.
        totals: Column to the total that its cells must add up to.
        rows_at: JSON: path of the number of records that the document itself states: ``meta.total``.
        footer: The last row, cell by cell: a text must match exactly, ``{rows}`` is the number of rows above, and
            ``{column}`` the total of that column. It is not a row of data; where it is
            written as one, and no word or mark says that it sums up or closes the table, it is a gap.
    """

    rows: int | None = Field(default=None, ge=0)
    min_rows: int = Field(default=1, ge=0)
    cut_at: tuple[int, ...] = (30_000, 150_000)
    totals: dict[Name, DecimalText] = Field(default_factory=dict)
    rows_at: str | None = None
    footer: tuple[str, ...] | None = None


class Table(Settings):
    """One table: an input and its columns.

    Attributes:
        input: Name of the input in the binding; ``file``, or the binding's only one, by default.
        format: csv, xlsx, json or sqlite; by the ending of the file's name when left out.
        delimiter: CSV: between cells.
        also_delimiters: CSV: others, as where Excel saved the file on a machine of another country; the one that shows
            every heading that must be there counts.
        encoding: CSV: of the file.
        also_encodings: CSV: others; the first in which every byte can be read counts, so say ``utf-8`` first.
        header_row: CSV, XLSX: number of the header row, from 1; what stands above it is not read.
        header_within: CSV, XLSX: the headings are in the first of so many rows that has all that must be there; for
            exports whose title lines vary. Instead of ``header_row``.
        line_breaks: CSV: whether quoted cells may contain line breaks.
        final_line_break: CSV: whether the last line must end; a file that was cut off does not.
        sheet: XLSX and SQLite: name of the sheet or of the table, needed where the file has several. Another sheet with
            the same headings and with items, shown or hidden, is a gap, because its rows would be left out.
        sheet_by_headings: XLSX: where no sheet is named, the visible one that has every heading that must be there is
            read; for exports that name the sheet as the customer does, or add others. Two such sheets are a gap, also
            where one is hidden or named by ``sheet``, because the rows of the other would be left out.
        other_sheets: XLSX: a sheet that has the headings too, to the reason why its rows are no rows of the table.
        hidden: XLSX: whether the sheet, or rows or columns of it that are read, may be hidden.
        merged: XLSX: whether cells may be merged; those that the first one covers are blank.
        records: JSON: path of the array of records; empty for the document itself.
        records_also: JSON: other paths, of which a document has one; ``[].issues`` where it is an array of pages.
        other_records: JSON: path of a list or an object beside the records that has such records too, to the reason why
            they are none of the table's. Without one it is a gap, because they would be left out.
        quoted_numbers: JSON: whether numbers and booleans are written as texts.
        as_of_at: JSON: path of the moment at which the content held, for a binding that says ``as_of: document``.
        columns: Columns that are read, in the order of the file.
        ignore: Headers of columns that are there and not read, in any order.
        renamed: Heading of a column, read or ignored, to the names that it has had since, because a person says that
            they are one column. A file with the old name is read as before, and one with both is refused.
        others: What becomes of columns that are neither read nor ignored: ``refused``, or ``ignored``, for a tool whose
            users choose their columns. Columns may then come in any order, and a first line ``sep=;`` names the
            delimiter. What is ignored is still looked at: a
            column that says that rows are about another build, or are parents, is a gap.
        identical: Why the file may hold the same bytes as another one that a query compares it with. Without a reason
            that is a gap: a copy always agrees with its original.
        unique: Columns that together occur once: the key, which says what one row is.
        one_row: What one row is, in words, where no column tells rows apart: ``one posting``; then rows count as they
            stand.
        distinct: Why keys that look like one key written in two ways (``IF-4`` and ``IF-04``) are different items.
        subject: Column to what it says that each row is about: build, release, environment or test cycle.
        not_subject: Heading of a column that looks as if it did, to the reason why it does not.
        not_rival: Heading of a column that looks as if it said what a column with ``rivals`` says, to the reason why
            the other one counts.
        kind: Column that says what kind of thing each row is, by the beginning of its key or by a word.
        rows: Kinds of rows that are no items (parent, group_title, repeated_heading, total, struck, template,
            continued): ``left_out``, which of them by a column, or ``counts`` where they are items after all. XLSX:
            ``parent: set_in`` leaves rows out right below which a row stands deeper, by outline level or indent.
            ``group_title: above_headings`` leaves a row with one text out only right above repeated headings.
            ``continued: {under: [Milestone]}`` leaves out rows that have text under these headings alone.
        filtered: Why a filter leaves out nothing that counts, where a note above or below the table, or what a JSON
            document says beside its records, tells that one was applied. Without a reason such a table is a gap.
        blank_rows: Whether wholly blank rows may stand between rows; where ``control`` proves the size they may.
        control: What is known about its size.
    """

    input: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    format: TableFormat | None = None
    delimiter: Literal[",", ";", "\t", "|"] = ","
    also_delimiters: tuple[Literal[",", ";", "\t", "|"], ...] = ()
    encoding: Encoding = Encoding.UTF_8
    also_encodings: tuple[Encoding, ...] = ()
    header_row: int = Field(default=1, ge=1, le=1000)
    header_within: int | None = Field(default=None, ge=2, le=50)
    line_breaks: bool = False
    final_line_break: bool = True
    sheet: Text | None = None
    sheet_by_headings: bool = False
    other_sheets: dict[Text, Text] = Field(default_factory=dict)
    hidden: bool = False
    merged: bool = False
    records: str = ""
    records_also: tuple[str, ...] = ()
    other_records: dict[Text, Text] = Field(default_factory=dict)
    quoted_numbers: bool = False
    as_of_at: str | None = None
    columns: dict[Name, Column] = Field(min_length=1, max_length=60)
    ignore: tuple[str, ...] = ()
    renamed: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    others: Literal["refused", "ignored"] = "refused"
    identical: Text | None = None
    unique: tuple[Name, ...] = ()
    one_row: Text | None = None
    distinct: Text | None = None
    subject: dict[Name, SubjectColumn] = Field(default_factory=dict)
    not_subject: dict[Text, Text] = Field(default_factory=dict)
    not_rival: dict[Text, Text] = Field(default_factory=dict)
    kind: KindOfRows | None = None
    rows: dict[NoItem, Rule] = Field(default_factory=dict)
    filtered: Text | None = None
    blank_rows: Literal["refused", "allowed"] = "refused"
    control: Control = Control()
