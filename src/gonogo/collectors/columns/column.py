"""What a person writes about one column of a table, and the names that columns and facts may have.

Read from the binding's ``settings`` in JSON mode: closed, frozen and strict.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from gonogo.language.expression import KEYWORDS
from gonogo.language.requirement import GIVEN
from gonogo.model.base import DecimalText
from gonogo.plugin.spec import Settings

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""Name of a table or column: what expressions and SQL call it."""
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}(\.[a-z][a-z0-9_]{0,62}){0,3}$")]
"""Name of a fact: its last part where the binding has a prefix, its full name in a binding without one."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]

_SQL_WORDS: Final = """
current_date current_time current_timestamp current_user current_role current_catalog current_schema localtime
localtimestamp session_user user rowid part whole today
"""
NOT_NAMES: Final = KEYWORDS | frozenset(_SQL_WORDS.split())
"""Words that expressions or SQL already mean something by."""


def given_names(columns: Mapping[str, Column]) -> dict[str, str]:
    """Return each name of a boolean that says whether a cell says something, to its column."""
    return {name + GIVEN: name for name in columns} | {
        column.given: name for name, column in columns.items() if column.given
    }


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    ID = "id"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"

    numeric: bool
    """Whether cells can be ordered and calculated with as numbers; asked for every cell."""

    def __init__(self, word: str) -> None:
        self.numeric = word in ("integer", "decimal", "money", "percent")


class PercentForm(StrEnum):
    """How a percent column writes ninety-three point two percent. One way for the whole column.

    More than 100% is refused, unless ``highest`` allows it.
    """

    SIGN = "sign"
    """``93.2%`` or ``93.2 %``."""
    HUNDRED = "hundred"
    """``93.2``; a number above 0 and up to 1, or that a workbook shows with a percent sign, is refused: a ratio."""
    RATIO = "ratio"
    """``0.932``, which is also what a percent cell of a workbook holds."""


class Column(Settings):
    """One column that is read.

    Attributes:
        header: Exactly what the header row says; the column's name by default. JSON: the key, dotted for nested ones.
        also: Other headings that the column has in some files, such as another language of the tool. ``header`` comes
            first; a file with two of the others is refused. Where a file has ``header`` and another one that says
            something else in a row, facts that read this column are gaps, until ``header`` names the other one or
            ``not_rival`` of the table says why it does not count. Blanks and capitals do not count.
        rivals: Headings of columns that may say the same in other words, with ``*`` for any text: a severity beside a
            priority. Where a file has one that says anything, facts that read this column are gaps, until ``header``
            names the one that counts or ``not_rival`` of the table says why the other one does not.
        may_be_absent: Whether a file may lack the column; facts that read it are then gaps, and the others are not.
        sole: Whether the column may have any heading where the file has only one beside those of the other columns, as
            where a tool calls it as what it measured is called. Such a column may be absent: a file that has several
            others is asked which of them it is.
        repeated: What counts where a file has the column several times, as Jira has for a field of several values: the
            first cell that says something, the last one, or all of them, ``joined`` by ``; ``.
        pick: text: the cell is a list, such as the labels of an issue, and the column holds the one member that is
            among these, the first of them where there are several, and nothing where there is none; so the column is
            optional. Other columns may read the same heading.
        members: What stands between the members of such a list; ``;`` by default, ``,;`` for either.
        trimmed: text and id: whether blanks and line breaks around a cell of a workbook count for nothing, because its
            authors left some.
        type: What every cell must hold. Where every cell of an ``id`` of a workbook is a whole number, its digits are
            the key; among texts a number is refused, because Excel may have turned 0017 into 17.
        numbered: text and id: JSON: whether whole numbers are words or keys, taken as their digits, for a tool that
            writes a state as its number.
        optional: Whether a cell may be blank; a blank one is unknown wherever a fact uses it, by a condition or by
            ``sql``.
        blank_words: numbers, date and instant: words that stand for nothing, such as ``TBD``, whatever their capitals:
            a cell that holds one counts as blank. Any other word is refused. Tables of a database have none.
        blank: What a blank cell means, written as a cell of this column would be. Makes the column optional.
        blank_reason: Why that is so, where it makes a fact better: a cell that says nothing is otherwise no answer.
        given: Name of a boolean for ``where``: whether the cell says something; a blank, ``TBD`` or ``N/A`` does not.
            A date after the day on which the evidence held, or before 1950, is a gap there.
        planned: date and instant: whether the column holds future days, such as a due date, so that ``given`` may
            count days after the evidence.
        allowed: text and id: the closed list of values, compared exactly; ``any`` where no list can be given.
        known: text with ``allowed: any``: words of which it is said what they mean. A row with another one is unknown
            wherever a condition asks about the column, so the fact is a gap that names the word.
        scale: Most decimals of a number: 0 to 9; 2 for money, 4 for percent, 9 for decimal by default.
        decimal: ``comma`` where numbers are written 1.234,50 or 93,2 %; a point by default.
        thousands: Sign between groups of three digits; every cell must then group.
        symbol: Currency sign that every cell starts with, such as ``$``.
        written: percent: how it is written; no default.
        lowest: percent: the smallest share that a cell may hold, such as -0.05; 0 by default.
        highest: percent: the largest share that a cell may hold, such as 1.5 where the vocabulary allows more than
            all; 1 by default, because more than all is mostly a mistake: records that were counted twice.
        format: date and instant: ``%Y %y %m %d %H %M %S %I %p %b %B %A %a`` as in strptime; ISO 8601 by default.
        also_formats: date and instant: other formats; the one that the cells of the file have is taken. Forms that are
            read in one way, such as 2026-09-01T10:00:00+0000 and 1 Sep 2026, need not be named. If two formats read the
            cells as different days, facts that read the column are gaps.
        zone: instant: ``written`` when every cell ends in ``Z`` or an offset, else ``UTC``, ``local`` or an IANA name.
        yes_words: boolean: what means true.
        no_words: boolean: what means false.
        unit: Unit of the facts made of this column, unless they say otherwise: ``USD``, ``working days``.
    """

    header: Text | None = None
    also: tuple[Text, ...] = ()
    rivals: tuple[Text, ...] = ()
    may_be_absent: bool = False
    sole: bool = False
    repeated: Literal["first", "last", "joined"] | None = None
    pick: tuple[Text, ...] = ()
    members: Literal[";", ",", "|", ",;"] = ";"
    trimmed: bool = False
    numbered: bool = False
    type: ColumnType
    optional: bool = False
    blank_words: tuple[Text, ...] = ()
    blank: Text | None = None
    blank_reason: Text | None = None
    given: Name | None = None
    planned: bool = False
    allowed: Literal["any"] | tuple[Text, ...] = ()
    known: tuple[Text, ...] = ()
    scale: int | None = Field(default=None, ge=0, le=9)
    decimal: Literal["comma"] | None = None
    thousands: Literal[",", ".", " ", "'"] | None = None
    symbol: Annotated[str, StringConstraints(min_length=1, max_length=4)] | None = None
    written: PercentForm | None = None
    lowest: DecimalText | None = None
    highest: DecimalText | None = None
    format: Text | None = None
    also_formats: tuple[Text, ...] = ()
    zone: str = "written"
    yes_words: tuple[Text, ...] = ("Yes", "YES", "yes", "True", "TRUE", "true")
    no_words: tuple[Text, ...] = ("No", "NO", "no", "False", "FALSE", "false")
    unit: str = ""

    @property
    def may_be_blank(self) -> bool:
        """Whether a blank cell is not a mistake."""
        return self.optional or self.may_be_absent or bool(self.pick) or self.blank is not None

    @property
    def decimals(self) -> int:
        """Most decimals of a cell."""
        default = {ColumnType.MONEY: 2, ColumnType.PERCENT: 4, ColumnType.DECIMAL: 9}
        return default.get(self.type, 0) if self.scale is None else self.scale
