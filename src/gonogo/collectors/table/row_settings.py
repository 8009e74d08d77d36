"""What a person writes about the rows of a table: what each is about, and which of them are no items."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gonogo.collectors.columns.column import Name, Text
from gonogo.collectors.rows.row_subject import About
from gonogo.plugin.spec import Settings


class SubjectColumn(Settings):
    """A column that says what each row is about; rows about something else are left out, and reported.

    Attributes:
        kind: build, release, environment or cycle.
        counts: The values that count; by default what the binding, or the release, is bound to. A cycle needs them.
        blank: What a blank cell means: nobody knows (``refused``), the row counts, or it is left out.
    """

    kind: About
    counts: tuple[Text, ...] = ()
    blank: Literal["refused", "counts", "left_out"] = "refused"


class KindOfRows(Settings):
    """A column that says what kind of thing each row is, so that a list of something else answers for nothing.

    Attributes:
        column: The column.
        what: What a row is, in words: ``an incident``.
        begins: What the keys of such things begin with, before their first digit: ``INC``. A file with another key is
            refused.
        others: The same of other kinds, each with what it is: ``PRB: a problem``.
        words: Cells of such things. Rows of other kinds may stand among them; a file without any is refused.
    """

    column: Name
    what: Text
    begins: tuple[Text, ...] = ()
    others: dict[Text, Text] = Field(default_factory=dict)
    words: tuple[Text, ...] = ()


class RowsWhere(Settings):
    """Rows that one column tells: by its values, by its place in an outline, or as the parent of others.

    Attributes:
        column: The column.
        values: Cells that such a row has, exactly.
        outline: The column is the depth in an outline: a row is a parent where the next one is deeper. Or it is the
            outline number, such as 1.2: a row is a parent where another number begins with its own.
        names_parent: The column names each row's parent by this key: a row is a parent where another names it.
        unchanged: Rows of a template: what its rows say in other columns. One that says something else there was
            written over, so it may be an item, and is refused. A column that the file lacks is passed over.
        written_over: Whether such a row ``counts`` as an item or is ``left_out``, as a person says who knows the rows.
    """

    column: Name
    values: tuple[str, ...] = ()
    unchanged: dict[Name, tuple[str, ...]] = Field(default_factory=dict)
    written_over: Literal["counts", "left_out"] | None = None
    outline: bool = False
    names_parent: Name | None = None


class RowsUnder(Settings):
    """Further lines of the item above: rows that have text under these headings and under no other one.

    Attributes:
        under: The headings, as the file has them; a file may lack some of them.
    """

    under: tuple[Text, ...] = Field(min_length=1)


Rule = Literal["left_out", "counts", "set_in", "above_headings"] | RowsWhere | RowsUnder
"""What becomes of rows of a kind; ``counts`` says that they are items like the others. ``set_in`` is for parents: a row
of a workbook is one, and is left out, where the next row is deeper by outline level or by the indent of its text.
``above_headings`` is for group titles: a row with one text is one, and left out, right above repeated headings only."""
