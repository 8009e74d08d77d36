"""What gonogo wrote into a binding workbook beside the answers, so that what a person wrote there is never passed over.

A hidden sheet says of which program the workbook is, and holds a short digest of each text by its column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from gonogo.documents.xlsx.workbook import Workbook
from gonogo.errors import UsageError
from gonogo.first_week.adding.sheet_line import FIXED, SheetLine
from gonogo.first_week.prose import plain
from gonogo.model.program import ProgramIdentity

AS_WRITTEN: Final = "As written"
ANSWER: Final = 4
"""Column of the answer on the sheet of a file; the second one is beside it."""
_PROGRAM: Final = "program"
_EACH: Final = 400
_AGAIN: Final = "make the workbook again: gonogo bind NEW.xlsx --make"


def program_words(identity: ProgramIdentity) -> str:
    """Return which program a workbook is of."""
    return " ".join(f"{identity.id} of {identity.customer} with {identity.provider}".split())


class WorkbookTexts:
    """Texts that gonogo wrote, each in its column.

    Attributes:
        program: Of which program the workbook is.
    """

    def __init__(self, program: str = "", digests: Iterable[str] = ()) -> None:
        self.program = program
        self._digests = dict.fromkeys(digests)

    def add(self, column: int, *texts: str) -> None:
        """Note texts that are written in a column, from 1."""
        self._digests.update(dict.fromkeys(_digest(column, text) for text in texts if text))

    def add_line(self, row: SheetLine) -> None:
        """Note what is written about one row of a sheet."""
        for column, text in enumerate((row.tag, row.about, row.of), 1):
            self.add(column, text)
        if row.tag in FIXED:
            self.add(ANSWER, row.answer)
            self.add(ANSWER + 1, row.second or "")
        elif row.second is None:
            self.add_one_answer(row.tag, row.about, row.of)
        self.add(ANSWER + 2, row.note)

    def add_one_answer(self, tag: str, about: str, of: str) -> None:
        """Note that a row, or a question of the first sheet, asks for one answer, so that nothing beside it is read."""
        self.add(0, _one_answer(tag, about, of))

    def write(self, sheet: Any) -> None:
        """Write what was noted on a sheet of its own."""
        sheet.write_string(0, 0, _PROGRAM)
        sheet.write_string(0, 1, self.program)
        digests = list(self._digests)
        for line, at in enumerate(range(0, len(digests), _EACH), 1):
            sheet.write_string(line, 0, " ".join(digests[at : at + _EACH]))

    @classmethod
    def read(cls, book: Workbook) -> WorkbookTexts:
        """Return what was noted when a workbook was made.

        Raises:
            UsageError: It does not say so.
        """
        if AS_WRITTEN not in book.sheet_names:
            raise UsageError(
                f"{book.file_name} does not say of which program it is, nor what gonogo wrote into it.", hint=_AGAIN
            )
        sheet = book.sheet(AS_WRITTEN)
        lines = [str(sheet.value(row, 1)) for row in range(2, sheet.last_row + 1)]
        return cls(str(sheet.value(1, 2)), " ".join(lines).split())

    def check_program(self, identity: ProgramIdentity) -> None:
        """Refuse a workbook that was made of another program, although its files may be called alike.

        Raises:
            UsageError: It was.
        """
        if self.program != program_words(identity):
            raise UsageError(
                f"The workbook is of the program {plain(self.program, most=200)}, and this one is "
                f"{plain(program_words(identity), most=200)}: nothing of it is taken.",
                hint=_AGAIN,
            )

    def wrote(self, column: int, text: str) -> bool:
        """Whether gonogo wrote a text in a column."""
        return _digest(column, text) in self._digests

    def one_answer(self, tag: str, about: str, of: str) -> bool:
        """Whether a row of a sheet asks for one answer, so that nothing beside it is read."""
        return self.wrote(0, _one_answer(tag, about, of))


def _digest(column: int, text: str) -> str:
    return hashlib.sha256(f"{column} {''.join(text.split())}".encode()).hexdigest()[:8]


def _one_answer(tag: str, about: str, of: str) -> str:
    return f"{tag}\n{about}\n{of}".replace(" ", "_")
