"""A sheet that says of its file that it is no evidence: by somebody who is named, gives a reason, and has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.asked_sheets import changed_since_seen
from gonogo.first_week.adding.confirming import drop_binding
from gonogo.first_week.adding.drafted_again import drafted_again, file_of
from gonogo.first_week.adding.seen_file import digest_of, seen_before
from gonogo.first_week.adding.sheet_honesty import refuse_unseen
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.model.placeholder import has_content
from gonogo.model.program import Binding

_WHY: Final = "why not"
_SAID: Final = ("use", _WHY, "confirmed by")


def drop_by_sheet(adding: Adding, binding: Binding, rows: Sequence[AnsweredRow], by: str, day: str) -> None:
    """Take a binding out of the program, because its sheet says that its file is no evidence.

    Args:
        adding: The program file that is being changed.
        binding: The binding.
        rows: Its sheet.
        by: Who says so; empty for nobody.
        day: Today.

    Raises:
        UsageError: Nobody is named, no reason is given, an answer is hidden, or the file has changed since.
    """
    why = next((row.answer for row in rows if row.tag == _WHY), "")
    lacks = [] if has_content(why) else ["say under `why not` why it is no evidence"]
    lacks += [] if by else ["write your name under `confirmed by`"]
    if lacks:
        raise UsageError(f"{', and '.join(lacks)}.")
    refuse_unseen([row for row in rows if row.tag in _SAID], list)
    path = file_of(adding.program, binding)
    if digest_of(adding.program.root / path) not in ("", seen_before(rows).digest):
        changed_since_seen(adding.program, binding, path, drafted_again(adding.program, binding, path), rows)
    drop_binding(adding, binding, f"{why} ({by}, {day})")
