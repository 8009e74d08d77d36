"""The lines of the first sheet as a person left them, taken into the rows of the sheet that each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.once_answered import OnceAnswered, with_once_answered
from gonogo.first_week.adding.released_build import OF_BUILD
from gonogo.first_week.adding.sheet_line import NEEDED, REFUSED, awaits_rows, says_nothing
from gonogo.first_week.adding.subject_rows import TAG as WHICH_ROWS
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.signed_name import MAY_BE_SEVERAL, why_no_name

YES: Final = "yes"
"""What stands where the name on the first sheet is meant."""
NO_EVIDENCE: Final = "no evidence"
LATER: Final = "later"
RIGHT: Final = "Right?"
HEADINGS: Final = (
    "Sheet",
    "File",
    "What it says today",
    RIGHT,
    "Why not",
    "Held",
    "Side",
    "Made by",
    "To answer",
    "Minutes",
    "Criteria",
)
_NUMBER: Final = re.compile(r"sheet ([0-9]+)\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class StartLine:
    """One line of the first sheet.

    Attributes:
        number: Of the sheet that it is about.
        path: Of its file.
        right: What the person says of it.
        why: Why it is no evidence.
        held: The day on which it held, where a person says another than the file.
        side: Whose evidence.
        maker: Who makes the file.
        place: Where it stands, for messages.
        hidden: What hides it from who looks at the workbook; empty for nothing.
    """

    number: str
    path: str
    right: str = ""
    why: str = ""
    held: str = ""
    side: str = ""
    maker: str = ""
    place: str = ""
    hidden: str = ""

    @property
    def row(self) -> int:
        """Its row on the first sheet."""
        return int(self.place.rpartition(" ")[2])


@dataclass(frozen=True, slots=True)
class SaidForAll:
    """What the first sheet says once.

    Attributes:
        name: Who confirms.
        day: On which the files held that need a day and have none.
        build: Which was tested where the file does not say it, and is released where the program does not say it.
        sheet: What the first sheet is called.
    """

    name: str = ""
    day: str = ""
    build: str = ""
    sheet: str = ""


def with_start(
    sheets: Iterable[list[AnsweredRow]],
    said: SaidForAll,
    lines: Sequence[StartLine] = (),
    questions: Sequence[OnceAnswered] = (),
) -> list[list[AnsweredRow]]:
    """Return the rows of each sheet with what the first sheet says of it, where the sheet itself says no other.

    A name counts where the line of the sheet, or the sheet itself, says yes; a day where the sheet needs one and has
    none. A line that says something else than its sheet, or yes of what says nothing, makes the sheet wait with why.

    Args:
        sheets: Rows of each sheet.
        said: What is said once for all.
        lines: Of the first sheet.
        questions: Of the first sheet: each is answered once for all sheets that ask it.

    Raises:
        UsageError: A sheet says yes, and nobody's name is on the first one; or a line is about no sheet.
    """
    found = []
    rest = {(line.number, line.path): line for line in lines}
    if len(rest) < len(lines):
        raise UsageError(f"Two lines of the sheet {said.sheet} are about one sheet; delete one.")
    numbered = [(_number_of(rows[0].place), rows) for rows in sheets]
    if questions:
        every = with_once_answered(numbered, questions)
        numbered = [(number, rows) for (number, _), rows in zip(numbered, every, strict=True)]
    for number, rows in numbered:
        line = rest.pop((number, rows[0].about), None)
        with_line = rows if line is None else _with_line(rows, line)
        found.append([_said(row, said) for row in with_line])
    if rest:
        line = next(iter(rest.values()))
        raise UsageError(
            f"{line.place}: the workbook has no sheet {line.number} about {plain(line.path)}.",
            hint="keep the number and the file of each line together",
        )
    return found


def _number_of(place: str) -> str:
    found = _NUMBER.match(place)
    return found[1] if found else ""


def _with_line(rows: list[AnsweredRow], line: StartLine) -> list[AnsweredRow]:
    """Return the rows of a sheet with the answers of its line."""
    more = [
        AnsweredRow(tag, "", "", answer, "", line.place, line.hidden)
        for tag, answer in (("side", line.side), ("producer", line.maker))
        if answer and not any(row.tag == tag for row in rows)
    ]
    rows = [
        replace(row, answer=line.held, place=line.place, hidden=line.hidden or row.hidden)
        if row.tag == "held" and line.held and not row.answer
        else row
        for row in (*rows, *more)
    ]
    right = line.right.casefold()
    why = _refusal(rows, line, right)
    if why:
        return [*rows, AnsweredRow(REFUSED, "", "", f"{line.place}: {why}.", "", line.place)]
    said = {
        YES: {"confirmed by": YES},
        NO_EVIDENCE: {"confirmed by": YES, "use": NO_EVIDENCE, "why not": line.why},
        LATER: {"use": LATER},
    }.get(right, {})
    return [
        replace(row, answer=said[row.tag], place=line.place, hidden=line.hidden or row.hidden)
        if row.tag in said and not (row.tag == "confirmed by" and row.answer)
        else row
        for row in rows
    ]


def _refusal(rows: Sequence[AnsweredRow], line: StartLine, right: str) -> str:
    """Return why a line cannot be taken beside the answers of its sheet; empty where it can."""
    own = {row.tag: row for row in rows if row.tag in ("confirmed by", "use", "why not")}
    use = own["use"].answer if "use" in own else ""
    confirmed = "confirmed by" in own and own["confirmed by"].answer
    if right not in ("", YES, NO_EVIDENCE, LATER):
        return f"`{plain(line.right, most=60)}` is no answer; choose {YES}, {NO_EVIDENCE} or {LATER}"
    if line.why and right != NO_EVIDENCE:
        return (
            f"it says why the file is no evidence, and not that it is none; write `{NO_EVIDENCE}` or delete the reason"
        )
    if right == NO_EVIDENCE and not line.why:
        return "say beside it, under `Why not`, why it is no evidence"
    if right == YES and use in (NO_EVIDENCE, LATER):
        return f"it says {YES}, and its sheet says `{use}`; correct one of them"
    if right in (NO_EVIDENCE, LATER) and confirmed and use != right:
        return f"it says `{right}`, and its sheet is confirmed; correct one of them"
    if right == YES and not confirmed and says_nothing(rows):
        return (
            f"it says {YES}, and its sheet says of no fact which column shows it; answer there, or say `{NO_EVIDENCE}`"
        )
    if right == YES and not confirmed and awaits_rows(rows):
        row = next(row for row in rows if row.tag == WHICH_ROWS and not row.answer)
        return (
            f"it says {YES}, and nobody has said which rows count by `{plain(row.about, most=60)}`; choose it in "
            f"{row.place}"
        )
    return ""


def _said(row: AnsweredRow, said: SaidForAll) -> AnsweredRow:
    if row.tag == "confirmed by" and row.answer.casefold() == YES:
        name = said.name
        why = why_no_name(name)
        if why and why != MAY_BE_SEVERAL:  # who knows the people register judges that one
            written = f"`{plain(name, most=80)}`, which {why}," if name and name.casefold() != YES else "no name"
            raise UsageError(
                f"{row.place} says yes, and {written} is on the sheet {said.sheet}.",
                hint="write yours beside `Your name` there, or in the place of yes",
            )
        return replace(row, answer=name)
    if row.tag == "held" and row.about == NEEDED and not row.answer:
        return replace(row, answer=said.day)
    if row.tag == OF_BUILD and not row.answer:
        return replace(row, answer=said.build)
    return row
