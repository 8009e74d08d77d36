"""The answers of the sheet of a confirmed binding that are not those by which it was confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.adding.asked_sheets import WHY
from gonogo.first_week.adding.sheet_line import FIXED, SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.hints import sayable
from gonogo.model.program import Binding

_SAID: Final = frozenset({"confirmed by", WHY, "use", "why not", *FIXED})
"""Tags of rows that say who and whether, and not how the file is read."""


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that a person changed.

    Attributes:
        row: As they left it.
        before: What stood there.
    """

    row: AnsweredRow
    before: str

    @property
    def words(self) -> str:
        """What changed, as a person reads it."""
        row = self.row
        about = f"{sayable(row.about)} under {row.of}" if row.of else row.about
        now = _both(row.answer, row.second)
        return f"{f'{row.tag} {about}'.strip()}: {self.before or 'nothing'} before, {now or 'nothing'} now"


def corrects(rows: Sequence[AnsweredRow]) -> bool:
    """Whether a sheet was made to correct a confirmed binding."""
    return any(row.tag == WHY for row in rows)


def changes_nothing(bindings: Iterable[Binding], rows: Sequence[AnsweredRow]) -> bool:
    """Whether a sheet is about a binding that was confirmed before, and corrects nothing of it."""
    known = any(each.id == rows[0].answer and each.confirmed is None for each in bindings)
    return known and not corrects(rows)


def changed_rows(asked: Sequence[SheetLine], rows: Sequence[AnsweredRow]) -> list[ChangedAnswer]:
    """Return the answers of a sheet that are not those by which its binding was confirmed."""
    stood: dict[tuple[str, str, str], list[str]] = {}
    for line in asked:
        stood.setdefault(_place(line), []).append(_both(line.answer, line.second or ""))
    found = []
    for row in rows:
        before = stood.get(_place(row), [])
        if row.tag not in _SAID and before and (was := before.pop(0)) != _both(row.answer, row.second):
            found.append(ChangedAnswer(row, was))
    return found


def _place(row: SheetLine | AnsweredRow) -> tuple[str, str, str]:
    return row.tag, row.about.strip(), row.of.strip()


def _both(answer: str, second: str) -> str:
    return " and ".join(filter(None, (answer.strip(), second.strip())))
