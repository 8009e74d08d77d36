"""What a collector may say of the files that it reads, so that ``gonogo init`` knows them and proposes a binding.

A collector says it in the optional attribute ``recognizes``, a sequence of :class:`Recognizes`. One that can tell more
from the whole file has the optional method ``start(data, file_name)``, which returns a :class:`Start`. Both only
propose: a person checks every binding, and what is not proposed can be bound all the same.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from gonogo.model.base import Frozen, OneLine

Mark = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Pattern = Annotated[str, StringConstraints(max_length=500)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Name = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_-]{0,39})?$")]
Choice = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Plan(Frozen):
    """A table that names all that should be in such files: the plan whose ids the entries of an XML document name.

    Attributes:
        element: Name of the element of an entry.
        attributes: Its attributes that hold an owner and a name; the id is the name, or ``owner.name``.
        input: Name of the input that the table becomes.
        column: Setting that takes the heading of the ids.
        rule: Setting that takes ``classname.name`` where the id is the owner and the name.
        absent: What a person is told where no table fits.
    """

    element: Mark
    attributes: tuple[Mark, Mark]
    input: Word = "plan"
    column: Word
    rule: Word
    absent: OneLine


class Recognizes(Frozen):
    """One kind of file. Exactly one of the eight marks says how the head of a file shows it.

    Attributes:
        what: What it is, in words: ``Primavera XER``.
        starts: Mark: the first characters of the text.
        xml_root: Mark: the root element of an XML document is one of these: ``{namespace}name``, or a name alone.
        json_keys: Mark: all these keys are in the outermost object of a JSON document.
        line: Mark: an RE2 pattern that is found in the text.
        headings: Mark: all these headings are in the first row of a CSV table.
        sheets: Mark: all these sheets are in the workbook.
        table_row: Mark: a row of a table, on a slide or in a Word document, has a cell that begins with each of these.
        ole_endings: Mark: it is an old office file (OLE), and its name ends so: ``.mpp``.
        detail: RE2 pattern whose named groups are shown for the file: ``(?P<version>[0-9.]+)``.
        binding: Id of the binding; the collector's name if empty.
        prefix: ``as`` of the binding, where the kind says so.
        full_names: Whether its facts have full names, so that a binding has no ``as``.
        prefixes: Word in a file's path to the prefix that it stands for; files of one prefix become one binding.
        input: Name of the input.
        dated: Whether the document itself says when it held.
        of_build: Whether it is about one build of what is released.
        states: RE2 pattern whose first group is the full name of each fact that the file itself states. They become the
            setting ``facts``, with their types; the binding then has no prefix, and is named after its file.
        plan: The table that such files answer to.
        settings: Setting to what a person fills in for it; the binding is in force without, and answers nothing yet.
        choices: Setting of ``settings`` to all that may be chosen for it. ``gonogo check`` reads a file by each of
            them, as long as nobody has chosen.
        missing: What only a person knows, without which the binding stays a comment. Not told where the file shows it
            (:class:`Start`), or where ``prefixes`` are declared and the path names one.
        remarks: What a person should know of the binding.
        place: Where its bindings stand among those that are proposed; tables stand at 40, templates at 60.
    """

    what: OneLine
    starts: Annotated[str, StringConstraints(max_length=100)] = ""
    xml_root: tuple[Mark, ...] = Field(default=(), max_length=20)
    json_keys: tuple[Mark, ...] = Field(default=(), max_length=20)
    line: Pattern = ""
    headings: tuple[Mark, ...] = Field(default=(), max_length=100)
    sheets: tuple[Mark, ...] = Field(default=(), max_length=20)
    table_row: tuple[Mark, ...] = Field(default=(), max_length=20)
    ole_endings: tuple[Mark, ...] = Field(default=(), max_length=20)
    detail: Pattern = ""
    binding: Name = ""
    prefix: Name = ""
    full_names: bool = False
    prefixes: dict[Word, Word] = Field(default_factory=dict, max_length=40)
    input: Word = "file"
    dated: bool = True
    of_build: bool = False
    states: Pattern = ""
    plan: Plan | None = None
    settings: dict[Word, Annotated[str, StringConstraints(max_length=300)]] = Field(default_factory=dict, max_length=20)
    choices: dict[Word, Annotated[tuple[Choice, ...], Field(max_length=6)]] = Field(default_factory=dict, max_length=1)
    missing: tuple[OneLine, ...] = Field(default=(), max_length=5)
    remarks: tuple[OneLine, ...] = Field(default=(), max_length=5)
    place: Annotated[int, Field(ge=0, le=99)] = 50

    @model_validator(mode="after")
    def _one_mark(self) -> Self:
        texts = (self.starts, self.xml_root, self.json_keys, self.line, self.headings)
        marks = (*texts, self.sheets, self.table_row, self.ole_endings)
        if sum(map(bool, marks)) != 1:
            raise ValueError(
                "exactly one of starts, xml_root, json_keys, line, headings, sheets, table_row, ole_endings is the mark"
            )
        return self


class Start(Frozen):
    """How the settings of a binding start, as one file shows it.

    Attributes:
        settings: Settings, in place of those that a person would fill in.
        remarks: What a person should check.
    """

    settings: dict[Word, Annotated[str, StringConstraints(min_length=1, max_length=300)]]
    remarks: tuple[OneLine, ...] = Field(default=(), max_length=5)
