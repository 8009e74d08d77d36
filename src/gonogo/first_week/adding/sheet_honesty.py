"""Answers of a sheet that nobody who looked at it could see or would expect: hidden, given twice, against the word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.sheet_line import FIXED, SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.disposed_words import closes_by_word
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.hints import sayable
from gonogo.first_week.proposal import Proposal

_BAD: Final = frozenset({Meaning.FAILED, Meaning.OPEN, Meaning.ENDED, Meaning.NO})
_GOOD: Final = frozenset({Meaning.PASSED, Meaning.DONE, Meaning.APPROVED, Meaning.YES})
_GRAVE: Final = (Meaning.LOWER, Meaning.HIGH, Meaning.CRITICAL)
"""Grades, the least first."""
_STRUCK: Final = "a text is struck through"
UNREAD: Final = "and nothing reads it"
"""How it ends what stands beside an answer."""
_ASKED: Final = 5
"""Columns of a sheet that say what is asked and what is answered."""


def why_unseen(sheet: Any, number: int, asked: int = _ASKED, struck: Container[int] = ()) -> str:
    """Return what hides a row of a worksheet from who looks at the workbook; empty for nothing.

    Args:
        sheet: The worksheet.
        number: Of the row.
        asked: How many of its columns ask and answer.
        struck: Rows in which a text is struck through.
    """
    if number in struck:
        return _STRUCK
    if not sheet.visible:
        return "the sheet is hidden"
    columns = [column for first, last in sheet.scan.hidden_columns for column in range(first, min(last, asked) + 1)]
    if columns:
        return f"the column {chr(64 + min(columns))} is hidden"
    return f"row {number} is hidden" if number in sheet.scan.hidden_rows else ""


def hidden_answer(row: AnsweredRow) -> UsageError:
    """Return the refusal of an answer that is hidden, struck through, or has something beside it that nothing reads."""
    how = "take the line away, or delete the answer" if row.hidden == _STRUCK else "show it, so that all see it"
    if row.hidden.endswith(UNREAD):
        return UsageError(f"{row.hidden}; say it as the answer, or delete it once it is settled.")
    return UsageError(f"{row.place}: {row.hidden}, and an answer stands there; {how}.")


def refuse_unseen(rows: Sequence[AnsweredRow], asked: Callable[[], Sequence[SheetLine]]) -> None:
    """Refuse a sheet with a hidden answer that is not what the workbook asked with, or two answers to one question.

    Args:
        rows: The sheet.
        asked: Returns what is asked about its binding; called only where the sheet may be refused.

    Raises:
        UsageError: It is such a sheet; with the place.
    """
    hidden = [row for row in rows if row.hidden and row.tag not in FIXED and (row.answer or row.second)]
    again = list(_again(rows))
    if not hidden and not again:
        return
    lines = asked()
    stood = {_written(line) for line in lines}
    for row in hidden:
        if _written(row) not in stood:
            raise hidden_answer(row)
    times = Counter(_written(line)[:3] for line in lines)
    for row, others in again:
        if len(others) >= times[_written(row)[:3]]:  # a profile asks what a word means for each of its lists
            raise UsageError(
                f"{row.place}: it answers again, and otherwise, what {others[0].place} answers; delete one."
            )


def _again(rows: Sequence[AnsweredRow]) -> Iterator[tuple[AnsweredRow, list[AnsweredRow]]]:
    """Yield each row that another one answered otherwise, with those before it."""
    before: dict[tuple[str, ...], list[AnsweredRow]] = {}
    for row in rows:
        if row.tag in FIXED:
            continue
        others = before.setdefault(_written(row)[:3], [])
        if any(_written(other) != _written(row) for other in others):
            yield row, list(others)
        others.append(row)


def against_words(proposal: Proposal | None, rows: Sequence[AnsweredRow]) -> Iterator[str]:
    """Yield the answers of a person that go against the plain sense of a word: ``Failed`` as passed.

    Args:
        proposal: As it is drafted; what the draft takes by itself is no answer of a person. What a profile reads has
            meanings of its own.
        rows: The sheet.
    """
    if proposal is not None and proposal.draft is None:
        return
    states = proposal.draft.states.values() if proposal is not None and proposal.draft is not None else ()
    drafted = {(each.heading.strip(), word): means for each in states for word, means in each.words.items()}
    for row in rows:
        if row.tag != "word" or row.answer not in set(Meaning):
            continue
        if row.answer == drafted.get((row.of.strip(), row.about)):
            continue
        says, means = meaning_of(row.about, row.of), Meaning(row.answer)
        asked = drafted.get((row.of.strip(), row.about), says)
        lighter = says in _GRAVE and means in _GRAVE and _GRAVE.index(means) < _GRAVE.index(says)
        lighter = lighter or (says in (Meaning.OPEN, Meaning.FAILED) and means is Meaning.ENDED)
        lighter = lighter or (asked is None and closes_by_word(row.about) and means in _GOOD | {Meaning.ENDED})
        lighter = lighter or (means is Meaning.GONE and says not in (Meaning.GONE, None))
        if lighter or (says in _BAD and means in _GOOD):
            yield f"`{sayable(row.about)}` under {row.of} counts as {means}"


def _written(row: SheetLine | AnsweredRow) -> tuple[str, ...]:
    return row.tag, row.about.strip(), row.of.strip(), row.answer.strip(), (row.second or "").strip()
