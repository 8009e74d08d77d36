"""Columns that a draft leaves unread although they say how a row stands: whether they count is asked, never assumed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from gonogo.first_week.drafts.draft_columns import MOST_WORDS, WordsOfColumn
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.row_outcomes import STANDING
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import OPEN, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration
from gonogo.text import listed

_SCOPE: Final = word_set("scope scoped")
_AGAINST: Final = word_set("withdrawn superseded revoked obsolete retired terminated expired cancelled reapproval")
"""Headings under which yes takes a row back."""
_SETTLES: Final = word_set("exit criteria criterion met signed signoff accepted verified confirmed")
_AROUND: Final = _SETTLES | word_set("off by on date all fully the is was of yes no")
"""Headings that say of a row that is done whether somebody stands for it."""
_AGAIN: Final = word_set("retest rework rerun redo repeat")
_WANTED: Final = word_set("needed required due pending outstanding open")
_NOT: Final = frozenset({"", "no", "n", "false", "not met", "not signed", "not accepted", "failed", "pending"})
STANDS: Final = STANDING | word_set("retest current employment lifecycle test")
_OUT: Final = frozenset({"out", "out of scope", "no", "n", "false", "descoped", "excluded"})
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPTION: Final = word_set("option options")
_NOT_TAKEN: Final = word_set("no not pending open unexercised planned expected tbd undecided")
_YES: Final = frozenset({"yes", "y", "true", "x"})
_UNDECIDED: Final = (OPEN - {"active", "ongoing", "new", "assigned", "monitoring", "identified"}) | frozenset(
    {"failed", "fail", "error", "pending award", "protest pending", "submitted", "undecided", "not run"}
)
TAKEN_BACK: Final = frozenset(
    {
        "cancelled", "canceled", "retired", "rejected", "duplicate", "withdrawn", "superseded", "revoked", "obsolete",
        "terminated", "expired", "lapsed", "resigned", "left", "departed", "inactive", "suspended", "aborted",
        "descoped", "out of scope", "not awarded", "option not exercised", "not exercised", "unexercised",
        "not yet started", "not in force", "not yet in force", "void", "voided", "ended", "closed out",
    }
)  # fmt: skip


def doubt(
    mapping: TableMapping,
    states: Mapping[str, WordsOfColumn],
    fact: FactDeclaration,
    parts: Sequence[RowPart],
    elsewhere: Collection[str],
    *,
    bad: bool,
) -> str:
    """Return what is asked of an unread column that would change what a fact counts; empty where none would.

    Args:
        mapping: Of the table.
        states: Columns of words.
        fact: As it is drafted.
        parts: What a row must be to count.
        elsewhere: Columns that other facts of the draft read.
        bad: Whether the fact counts what stands against go-live, so that the rows left out are looked at.
    """
    read = {name for part in parts for name in (part.column, part.other)}
    state = [part for part in parts if bad and Meaning.OPEN in part.counts]
    also = [part for part in parts if part not in state]
    rows = [
        row
        for row in mapping.grid.rows
        if all(_holds(mapping, states, part, row) for part in also)
        and (not bad or not all(_holds(mapping, states, part, row) for part in state))
    ]
    known = stems(ascii_words(f"{fact.name.rpartition('.')[2]} {fact.meaning}")).union(
        *(_own(mapping.columns[name].heading) for name in read if name)
    )
    for name, guess in mapping.columns.items():
        if name in read or not 1 <= guess.distinct <= MOST_WORDS:
            continue
        taken = _taken_by(guess, known, bad=bad, elsewhere=name in elsewhere)
        words = dict.fromkeys(str(row[guess.index]) for row in rows if plain_word(str(row[guess.index])) in taken)
        if not bad and _OPTION & {*ascii_words(guess.heading)}:
            cells = (str(row[guess.index]) for row in rows)
            words |= dict.fromkeys(cell for cell in cells if _NOT_TAKEN & {*ascii_words(cell)})
        if words:
            # Each is a word of a stated list, and nobody's name.
            said = [plain(word, most=40) or "nothing" for word in words]
            shown = "a word of that" if guess.people else listed(said, most=3)
            says = f"{plain(guess.heading, most=60)} also says {shown} of rows that would"
            return f"{says} {'not count' if bad else 'count'}, and only a person knows whether they do"
    return ""


def _own(heading: str) -> set[str]:
    """Return the telling words of a heading beside those for a state."""
    return stems(ascii_words(heading)) - STANDS


def _taken_by(guess: Guess, known: Collection[str], *, bad: bool, elsewhere: bool) -> frozenset[str]:
    """Return the words that, in a column, speak against what is drafted."""
    words = set(ascii_words(guess.heading))
    if words & (_SCOPE | _AGAINST):
        return frozenset() if bad else _OUT if words & _SCOPE else _YES
    if not elsewhere and words & _SETTLES and words <= _AROUND:
        return _NOT
    if not elsewhere and words & _AGAIN and words & _WANTED:
        return _YES
    own = _own(guess.heading)
    if elsewhere or not words & STANDING or (own and not own & set(known)):
        return frozenset()
    return _UNDECIDED if bad else _UNDECIDED | TAKEN_BACK


def _day(guess: Guess, cell: str) -> date | None:
    """Return the day of a cell, as it is read; None for none."""
    if _ISO_DAY.match(cell):
        return date.fromisoformat(cell[:10])
    try:
        return datetime.strptime(cell, str(guess.settings.get("format", "%Y-%m-%d"))).date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _holds(mapping: TableMapping, states: Mapping[str, WordsOfColumn], part: RowPart, row: Sequence[object]) -> bool:
    """Whether a row may be what a part says; of a cell that is no day it says so."""
    cell = str(row[mapping.columns[part.column].index])
    if part.test is RowTest.BLANK:
        return cell == "" or cell in part.words
    if part.other:
        day, other = cell, str(row[mapping.columns[part.other].index])
        days = _day(mapping.columns[part.column], day), _day(mapping.columns[part.other], other)
        if days[0] is None or days[1] is None:
            return bool(day)
        return days[0] >= days[1] if part.test is RowTest.UNTIL else days[0] <= days[1]
    if part.test is not RowTest.WORDS:
        return cell != ""
    if part.words:
        return part.has(cell)
    state = states[part.column]
    return cell not in state.others(part.counts) if part.unknown else cell in state.meaning(part.counts)
