"""The sheets of a binding workbook, taken so that the program still loads: one that would break it waits, with why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from gonogo.errors import Problem, UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import new_mistakes
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet

Take = Callable[[Adding, Sequence[AnsweredRow]], bool]
"""Take one sheet, and return whether its binding no longer waits."""
_OF_YAML: Final = re.compile(r"; (?:to copy|list under allowed)\b")
"""What a sentence goes on with for those who write settings by hand."""
_BLANK_KEY: Final = re.compile(r"(\w+) may be blank, so it cannot be part of a key")
_LINE: Final = re.compile(r":([0-9]+):[0-9]+$", re.ASCII)


def take_whole(adding: Adding, sheets: Sequence[Sequence[AnsweredRow]], take: Take) -> int:
    """Take sheets, but for those with which the program would not load; return how many still wait.

    Args:
        adding: The program file that is being changed.
        sheets: The rows of each.
        take: How one is taken.
    """
    before = KeptState(adding)
    waiting = _take_each(adding, sheets, take, ())
    mistakes = new_mistakes(adding.program.root, adding.lines) if adding.changed else []
    if mistakes:
        names = [_name(rows) for rows in sheets]
        suspects = [name for name in names if any(_is_in(adding.lines, name, each) for each in mistakes)]
        before.restore(adding)
        waiting = _take_each(adding, sheets, take, suspects or names)
    return waiting


def refusal_of(rows: Sequence[AnsweredRow], mistake: Problem) -> WrongAnswerInSheet:
    """Return why a sheet is not taken: the row whose answer does not fit, what is wrong, and what to do."""
    name = _name(rows)
    asked = [row for row in rows if row.tag == "fact" and _names(mistake.what, row.about)]
    row = asked[0] if asked else rows[0]
    where = "correct its answers, or write `later`"
    if asked:
        where = "say in the rows `word` what each word means, or choose another column there, or `not here`"
    if "the list is empty" in mistake.what and asked:
        named = " and ".join(f"`{each}`" for each in (row.answer, row.second) if each)
        return WrongAnswerInSheet(
            f"{row.place}: no word of {named} means what {row.about} asks; say in its rows `word` what "
            "each means, choose another column, or `not here`"
        )
    if blank := _BLANK_KEY.search(mistake.what):
        key = next((row for row in rows if row.tag == "key"), rows[0])
        return WrongAnswerInSheet(
            f"{key.place}: a cell of the column `{blank[1]}` is blank, so it does not tell every row apart; choose "
            "other columns in the row `key`, or say in the row `rows` that such a row is no item"
        )
    what = _OF_YAML.split(mistake.what.removeprefix(f"{name}: "))[0].rstrip(".")
    return WrongAnswerInSheet(f"{row.place}: with this answer the program would not load: {what}; {where}")


def _names(text: str, fact: str) -> bool:
    """Whether a mistake is about a fact, by its full name or by its place in the settings."""
    full, last = re.escape(fact), re.escape(fact.rpartition(".")[2])
    return re.search(rf"(?:(?<![\w.]){full}|settings\.facts\.(?:{full}|{last}))(?!\w)", text) is not None


def _take_each(adding: Adding, sheets: Sequence[Sequence[AnsweredRow]], take: Take, suspects: Collection[str]) -> int:
    """Take each sheet as a whole or not at all; those of the suspects only if the program still loads."""
    waiting = 0
    for rows in sheets:
        name, before = _name(rows), KeptState(adding)
        try:
            taken = take(adding, rows)
            mistakes = new_mistakes(adding.program.root, adding.lines) if name in suspects else []
            if mistakes:
                raise refusal_of(rows, mistakes[0])
            waiting += not taken
        except (UsageError, WrongAnswerInSheet) as error:
            before.restore(adding)
            waiting += 1
            adding.told.append(f"{name}: not taken: {str(error.args[0]).partition(chr(10))[0]}")
    return waiting


def _name(rows: Sequence[AnsweredRow]) -> str:
    return rows[0].answer


def _is_in(lines: ProgramLines, binding: str, mistake: Problem) -> bool:
    """Whether a mistake stands in a binding."""
    found = _LINE.search(mistake.where)
    if found is None or not lines.has(binding):
        return False
    start, end = lines.block(lines.line_of(binding))
    return start < int(found[1]) <= end


class KeptState:
    """A program file that is being changed, as it was at one moment."""

    def __init__(self, adding: Adding) -> None:
        self._lines, self._told, self._changed = adding.lines, list(adding.told), adding.changed
        self._unconfirmed, self._program, self._waits = dict(adding.unconfirmed), adding.program, adding.waits
        self._took = dict(adding.took)

    def restore(self, adding: Adding) -> None:
        """Undo what was changed since."""
        adding.lines, adding.changed = self._lines, self._changed
        adding.told[:], adding.unconfirmed = self._told, dict(self._unconfirmed)
        adding.program, adding.waits, adding.took = self._program, self._waits, dict(self._took)
