"""Questions of sheets that stand on the first sheet: one for all rows that ask the same, each beside its drop-down."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.first_week.adding.asked_sheets import AskedSheet
from gonogo.first_week.adding.rival_rows import TAG as WHICH_COUNTS
from gonogo.first_week.adding.sheet_line import ANSWERED, FREE, LEFT_OUT, NOT_HERE, SheetLine
from gonogo.first_week.drafts.asked_about import EVERY_ROW
from gonogo.first_week.drafts.filled_cells import EMPTY, FILLED
from gonogo.first_week.drafts.table_draft import BLANK
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.spellings import as_one
from gonogo.text import listed

SETTING: Final = "setting"
BESIDE: Final = ": "
"""What stands between a column and how its cells count, where both are one choice: ``Position: is filled in``."""
_GOOD: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})
_GRADES: Final = frozenset({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER, Meaning.NONE})
_COLUMNS: Final = " By which column, or which two? Blank: it stays unknown."
_MANY: Final = 600
_NEEDED: Final = re.compile(rf" No column says which rows are needed.*?`{EVERY_ROW}`\.")
_WHICH_ROWS: Final = (
    f"Is each row of the list one that is needed? Choose `{EVERY_ROW}`. Else the column that says which ones are, and "
    "beside it its words that count, with ; between them. While this is blank, no share of it is known."
)


@dataclass(frozen=True, slots=True)
class AskedCell:
    """One row that a question goes for: the number of its sheet, what it asks about, the heading above a word."""

    number: int
    about: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class StartQuestion:
    """One question of the first sheet.

    Attributes:
        tag: Kind of the rows that it answers.
        targets: These rows.
        text: The question.
        offered: What may be chosen; nothing where anything may be written.
        second: Whether a second answer may stand beside it.
        free: Whether that one is written freely.
    """

    tag: str
    targets: tuple[AskedCell, ...]
    text: str
    offered: tuple[str, ...] = ()
    second: bool = False
    free: bool = False

    @property
    def quarters(self) -> int:
        """About how long it takes, in quarters of a minute: what is chosen here one, what is typed two."""
        return 1 if self.offered else 2


def open_rows(sheet: AskedSheet, wanted: Collection[str]) -> list[SheetLine]:
    """Return the rows of a sheet that only a person can answer, and without which a fact of it is unknown or worse.

    Args:
        sheet: With its rows.
        wanted: Facts that it is asked for; no other is.
    """
    instead = any(row.tag == "reads" and row.answer == NOT_HERE for row in sheet.rows)
    return [row for row in sheet.rows if _is_open(sheet, row, wanted) and not (instead and row.tag == LEFT_OUT)]


def _is_open(sheet: AskedSheet, row: SheetLine, wanted: Collection[str]) -> bool:
    if row.folded:
        return False
    if row.tag == WHICH_COUNTS:
        return not row.answer and any(fact in row.note for fact in wanted)
    if row.tag == "only rows":
        return not row.answer and _lacks_rows(sheet, wanted)
    if row.tag == "reads" and row.answer == NOT_HERE:
        return any(one.tag == LEFT_OUT and one.about in wanted for one in sheet.rows)
    if row.tag == SETTING:
        return not row.answer and _is_missed(sheet, row, wanted)
    if row.tag not in ANSWERED or row.answer:
        return False
    if row.tag in ("fact", LEFT_OUT):
        return row.about in wanted
    return row.tag != "word" or _may_change(sheet, row, wanted)


def _lacks_rows(sheet: AskedSheet, wanted: Collection[str]) -> bool:
    """Whether nothing says which rows are needed, and a fact that is wanted is a share of those."""
    return any(row.tag == "fact" and row.about in wanted and EVERY_ROW in row.note for row in sheet.rows)


def _is_missed(sheet: AskedSheet, row: SheetLine, wanted: Collection[str]) -> bool:
    """Whether a fact is unknown today because nobody has said a setting."""
    key = row.about.partition(".")[0]
    items = sheet.reply.items if sheet.reply is not None else ()
    return any(key in item.detail for item in items if item.gap is not None and item.fact in wanted)


def _may_change(sheet: AskedSheet, row: SheetLine, wanted: Collection[str]) -> bool:
    """Whether some fact may change by a word; of an export that a profile reads nobody can tell, so it may."""
    if row.about == BLANK:
        return False
    if sheet.words is None:
        return True
    given = {item.fact for item in sheet.reply.items if item.gap is None} if sheet.reply is not None else set()
    return any((row.of, row.about) in sheet.words.get(fact, ()) for fact in {*wanted, *given})


def questions_of(sheets: Sequence[tuple[int, AskedSheet, Sequence[SheetLine]]]) -> list[StartQuestion]:
    """Return the questions of sheets, each once.

    A word that several sheets ask is one question, and so is a column for two facts of a sheet that tells the sides
    apart.

    Args:
        sheets: Number of each sheet, the sheet, and its open rows.
    """
    found: dict[tuple[object, ...], StartQuestion] = {}
    for number, sheet, rows in sheets:
        for row in rows:
            mine = _question(number, sheet, row)
            key: tuple[object, ...] = (number, row.tag, row.about, row.of)
            if row.tag == "word":
                key = (row.tag, as_one(row.about))
            elif row.tag == WHICH_COUNTS:
                key = (row.tag, *sorted(row.offered))
            elif row.tag == "fact":
                key = (number, row.tag, row.about.rpartition(".")[2], mine.offered)
            both = _together(found[key], mine) if key in found else mine
            if both is None:
                key, both = (number, *key), mine
            found[key] = both
    return [replace(each, text=_of_word(each, sheets)) if each.tag == "word" else each for each in found.values()]


def _question(number: int, sheet: AskedSheet, row: SheetLine) -> StartQuestion:
    offered, second = row.offered, row.second is not None
    text = row.note.replace(_COLUMNS, f" ({row.about})")
    if row.tag == SETTING:
        text = f"{row.note} ({row.about})"
    if row.tag == "only rows":
        text = _WHICH_ROWS
    if row.tag == "word":
        offered = tuple(_meanings(sheet, row))
    if row.tag == "fact":
        offered = tuple(_choices(sheet, row))
        text = _NEEDED.sub("", text)
    return StartQuestion(
        row.tag, (AskedCell(number, row.about, row.of),), plain(text, most=_MANY), offered, second, row.tag in FREE
    )


def _meanings(sheet: AskedSheet, row: SheetLine) -> Iterator[str]:
    """Yield the meanings of a word that change something: by some a row counts, by others it surely does not."""
    counts = (sheet.counts or {}).get(row.of, frozenset())
    good = bool(counts) and counts <= _GOOD
    yield from (each for each in row.offered if not good or each in counts or each not in _GOOD | _GRADES)


def _choices(sheet: AskedSheet, row: SheetLine) -> Iterator[str]:
    """Yield what may be chosen for a fact: a column whose cells are names only with what counts of them."""
    worded = {each.of for each in sheet.rows if each.tag == "word"}
    how = next((each for each in (FILLED, EMPTY) if each in row.offered), "")
    for each in row.offered:
        if each in (FILLED, EMPTY):
            continue
        yield f"{each}{BESIDE}{how}" if how and each not in worded and each != NOT_HERE else each


def _together(one: StartQuestion, other: StartQuestion) -> StartQuestion | None:
    """Return one question for two rows; None where by one of them a good answer would be none of the other."""
    offered = tuple(each for each in one.offered if each in other.offered)
    if len(offered) < 2 or (one.tag == "word" and not {*offered} & _GOOD and {*one.offered, *other.offered} & _GOOD):
        return None
    text = one.text
    if one.tag == "fact":
        text = f"{text} The same answers {other.targets[0].about}."
    return replace(one, targets=(*one.targets, *other.targets), offered=offered, text=text)


def _of_word(each: StartQuestion, sheets: Sequence[tuple[int, AskedSheet, Sequence[SheetLine]]]) -> str:
    places = list(_places(each, sheets))
    more = " A file may say otherwise on its own sheet." if len(places) > 1 else ""
    word = plain(each.targets[0].about, most=60)
    known = [sheet.words is not None for number, sheet, _ in sheets if number == each.targets[0].number]
    blank = "it counts as the worse" if all(known) else "what depends on it stays unknown"
    return f"What does `{word}` mean {listed(places)}? Blank: {blank}.{more}"


def _places(each: StartQuestion, sheets: Sequence[tuple[int, AskedSheet, Sequence[SheetLine]]]) -> Iterator[str]:
    for target in each.targets:
        sheet = next(sheet for number, sheet, _ in sheets if number == target.number)
        notes = (row.note for row in sheet.rows if (row.tag, row.about, row.of) == ("word", target.about, target.of))
        rows = next(notes, "").partition(" ")[0]
        many = f" ({counted(int(rows), 'row')})" if rows.isdecimal() else ""
        yield f"under {plain(target.of, most=60)} of sheet {target.number}{many}"
