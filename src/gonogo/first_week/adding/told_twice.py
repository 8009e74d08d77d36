"""Two workbooks of one state of a binding that say two things of it: nobody knows which is right, so it waits again.

What was said in the first one stands as a short digest beside who confirmed it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.changed_answers import changes_nothing, corrects
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.sheet_line import FIXED, REFUSED, SEEN
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding

_CONFIRMED: Final = re.compile(r"\s+# confirmed by ")
_MARK: Final = re.compile(r" \[sheet (?P<sheet>[0-9a-f]{8}), answers (?P<answers>[0-9a-f]{8})\]$")
_NOBODY: Final = "confirmed by"


def with_said(lines: ProgramLines, binding: str, rows: Sequence[AnsweredRow]) -> ProgramLines:
    """Return the program file with what a sheet said beside who confirmed its binding.

    Args:
        lines: The file, in which the binding is confirmed.
        binding: Its id.
        rows: The sheet as it was read.
    """
    mark = _mark(rows)
    start, end = lines.block(lines.line_of(binding))
    at = next((n for n in range(start, end) if _CONFIRMED.match(lines.lines[n])), None)
    if at is None or not mark or corrects(rows):
        return lines
    return lines.replaced(at, at + 1, [f"{_MARK.sub('', lines.lines[at])} {mark}"])


def is_idle(adding: Adding, rows: Sequence[AnsweredRow]) -> bool:
    """Whether a sheet is about a confirmed binding, and says nothing else of it than the one that confirmed it."""
    return changes_nothing(adding.program.bindings, rows) and not _says_otherwise(adding.lines, rows[0].answer, rows)


def told_before(adding: Adding, binding: Binding, rows: Sequence[AnsweredRow]) -> bool:
    """Tell what a sheet is worth whose binding was confirmed before; return whether it waits again because of it."""
    if _says_otherwise(adding.lines, binding.id, rows):
        _wait_again(adding, binding, rows)
        return True
    adding.told.append(
        f"{binding.id}: was confirmed before, so this sheet changes nothing of it. To correct it: gonogo bind "
        f"NEW.xlsx --make --again {binding.id}"
    )
    return False


def _says_otherwise(lines: ProgramLines, binding: str, rows: Sequence[AnsweredRow]) -> bool:
    """Whether a signed sheet is of the state in which its binding was confirmed, by a sheet that said something else.

    Args:
        lines: The program file.
        binding: Id of a binding that was confirmed before.
        rows: The sheet.
    """
    if corrects(rows) or not any(row.tag == _NOBODY and row.answer for row in rows) or not lines.has(binding):
        return False
    mine = _MARK.search(f" {_mark(rows)}")
    said = list(_said(lines, binding))
    if mine is None or not said or any(each.groups() == mine.groups() for each in said):
        return False
    return said[0]["sheet"] == mine["sheet"]


def _wait_again(adding: Adding, binding: Binding, rows: Sequence[AnsweredRow]) -> None:
    """Let a confirmed binding wait for a person again, because two sheets say two things of it."""
    first = next(line for line in _lines_of(adding.lines, binding.id) if _CONFIRMED.match(line))
    before = plain(_MARK.sub("", first).strip().removeprefix("# "), most=200)
    by = next(row.answer for row in rows if row.tag == _NOBODY)
    question = f"It was {before}; a second workbook, signed by {plain(by, most=80)}, answers otherwise. Which is right?"
    asking = adding.lines.asking(adding.lines.line_of(binding.id), question)
    adding.lines, adding.changed = asking.unconfirmed(asking.line_of(binding.id)), True
    adding.told.append(
        f"{binding.id}: not taken: it was {before}, and this workbook, signed by {plain(by, most=80)}, answers "
        "otherwise. Nobody knows which is right, so it waits for a person again, and nothing is read by it until then: "
        "gonogo bind NEW.xlsx --make"
    )


def refuse_other_end(rows: Sequence[AnsweredRow], use: str, gone: str) -> None:
    """Refuse a signed sheet that takes for evidence what the program does not bind any more.

    Args:
        rows: The sheet.
        use: What its row `use` says where it is evidence.
        gone: What became of the binding.

    Raises:
        UsageError: It is such a sheet.
    """
    said = {row.tag: row.answer for row in rows}
    if said.get(_NOBODY) and (said.get("use") or use) == use and not corrects(rows):
        raise UsageError(
            f"it takes {plain(rows[0].about)} for evidence, and that {gone}. If it is evidence, delete its line under "
            f"not_evidence, then: gonogo add PROGRAM {quote(rows[0].about)}"
        )


def _mark(rows: Sequence[AnsweredRow]) -> str:
    state = next((row.of for row in rows if row.tag == SEEN), "")
    if not state:
        return ""
    said = sorted(
        (row.tag, row.about, row.of, row.answer, row.second)
        for row in rows
        if row.tag not in {*FIXED, REFUSED, _NOBODY} and (row.answer or row.second)
    )
    return f"[sheet {state[:8]}, answers {hashlib.sha256(repr(said).encode()).hexdigest()[:8]}]"


def _lines_of(lines: ProgramLines, binding: str) -> tuple[str, ...]:
    start, end = lines.block(lines.line_of(binding))
    return tuple(lines.lines[start:end])


def _said(lines: ProgramLines, binding: str) -> Iterator[re.Match[str]]:
    """Yield what sheets said that confirmed a binding, the last one first."""
    found = (_MARK.search(line) for line in _lines_of(lines, binding) if _CONFIRMED.match(line))
    yield from (each for each in found if each is not None)
