"""Columns of a tool's export that a file lacks: which other one says it, or who gives the facts that need it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.first_week.adding.sheet_line import LEFT_OUT, NOT_HERE, SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import plain
from gonogo.first_week.table_columns import Guess
from gonogo.model.program import Binding
from gonogo.profiles.profile import HeadColumn, Profile
from gonogo.text import listed

STATED: Final = "a person states it"
ELSEWHERE: Final = "another file shows it"
NOBODY: Final = "nobody gives it"
WHO: Final = (STATED, ELSEWHERE, NOBODY)
"""Who gives a fact that a file cannot show."""
_WORDS: Final = ("meaning", "better", "unit")
"""Keys of a fact that are words for people."""
_DAYS: Final = frozenset({"date", "instant"})
_TEXTS: Final = frozenset({"text", "id"})
_NUMBERS: Final = frozenset({"integer", "decimal", "money", "percent"})


def lacking_columns(profile: Profile, mapping: TableMapping, facts: Mapping[str, Any]) -> dict[str, HeadColumn]:
    """Return the columns that a file lacks and that it must have, or that one of these facts reads."""
    there = {column_of(profile, guess.heading) for guess in mapping.columns.values()}
    free = {name for table in profile.tables.values() for name, each in table["columns"].items() if each.get("sole")}
    return {
        each.name: each
        for each in profile.columns()
        if each.name not in there | free and (each.needed or any(reads(fact, each.name) for fact in facts.values()))
    }


def reads(fact: Any, column: str) -> bool:
    """Return whether the settings of a fact name a column."""
    how = {key: each for key, each in fact.items() if key not in _WORDS} if isinstance(fact, Mapping) else fact
    return re.search(rf"\b{re.escape(column)}\b", str(how)) is not None


def lacking_rows(
    profile: Profile, prefix: str, mapping: TableMapping, facts: Mapping[str, Any], lists: Mapping[str, Sequence[str]]
) -> Iterator[SheetLine]:
    """Yield by which column each lacking one is read, and who gives a fact that needs one and has none.

    Args:
        profile: By which the file is read.
        prefix: What its facts are called by.
        mapping: Of the table.
        facts: Of the profile that the ruleset has.
        lists: The word lists that each column is compared with.
    """
    lacking = lacking_columns(profile, mapping, facts)
    chosen: set[str] = set()
    spare = [guess for guess in mapping.columns.values() if not column_of(profile, guess.heading)]
    for name, column in lacking.items():
        needed = [f"{prefix}.{fact}" for fact, each in facts.items() if reads(each, name)]
        meanings = "".join(f" {profile.words[each].meaning}" for each in lists.get(name, ()))
        offered = tuple(guess.heading for guess in spare if _may_be(profile, column, guess))
        if not (offered or column.needed):
            continue
        without = "Blank: nothing is read." if column.needed else f"Without it {listed(needed)} stays unknown."
        note = f"By which column? {profile.title} calls it {column.headings[0]!r}.{meanings} {without}"
        answer = "" if column.needed else NOT_HERE
        yield SheetLine("reads", name, answer=answer, offered=(NOT_HERE, *offered), note=note)
        chosen |= {name} if offered else set()
    for fact, each in facts.items():
        if missed := [column for name, column in lacking.items() if not column.needed and reads(each, name)]:
            which = listed([repr(column.headings[0]) for column in missed])
            other = (
                " If another one says it, choose that in the row `reads`." if chosen & {c.name for c in missed} else ""
            )
            note = (
                f"The file has no column {which}, so it cannot show this fact.{other} Else choose who gives the fact, "
                "and it is left out here: a statement or another file then answers it, or its criterion stays unknown. "
                "Blank: unknown, whatever another source says."
            )
            yield SheetLine(LEFT_OUT, f"{prefix}.{fact}", offered=WHO, note=note)


def _may_be(profile: Profile, column: HeadColumn, guess: Guess) -> bool:
    """Whether a column of a file holds what the one of a profile would hold: days, numbers, or words."""
    wanted = str(profile.tables[column.table]["columns"][column.name].get("type", "text"))
    found = str(guess.settings["type"])
    if wanted in _DAYS:
        return found in _DAYS
    if wanted in _NUMBERS:
        return found in _NUMBERS
    return wanted not in _TEXTS or found not in _DAYS


def left_out_in(rows: Sequence[AnsweredRow]) -> dict[str, str]:
    """Return the facts that a person says a file cannot show, by their full names, with who gives them.

    Raises:
        WrongAnswerInSheet: The answer is none of those that are offered.
    """
    found = {}
    for row in rows:
        if row.tag == LEFT_OUT and row.answer:
            if row.answer not in WHO:
                raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is no answer; choose one of the list")
            found[row.about] = row.answer
    return found


def settle_left_out(
    profile: Profile, prefix: str, mapping: TableMapping, facts: Mapping[str, Any], rows: Sequence[AnsweredRow]
) -> dict[str, str]:
    """Return the facts that a binding leaves out, by their local names, with who gives them.

    Raises:
        WrongAnswerInSheet: The file can show one of them, by its own column or by the one that was chosen.
    """
    chosen = {row.about for row in rows if row.tag == "reads" and row.answer not in ("", NOT_HERE)}
    lacking = [name for name, column in lacking_columns(profile, mapping, facts).items() if not column.needed]
    found = {}
    for fact, who in left_out_in(rows).items():
        name = fact.removeprefix(f"{prefix}.")
        missed = [each for each in lacking if name in facts and reads(facts[name], each)]
        if not missed:
            raise WrongAnswerInSheet(f"the file has each column that {fact} needs, so it is not left out")
        if set(missed) <= chosen:
            raise WrongAnswerInSheet(
                f"{fact} is left out, and a column is chosen by which it is read; clear one of both answers"
            )
        found[name] = who
    return found


def with_left_out(rows: Sequence[SheetLine], binding: Binding) -> list[SheetLine]:
    """Return the rows with who gives the facts that a confirmed binding leaves out."""
    said = {f"{binding.prefix}.{name}": why for name, why in (binding.leaves_out or {}).items()}
    return [
        replace(row, answer=next((who for who in WHO if said[row.about].startswith(who)), NOBODY))
        if row.tag == LEFT_OUT and row.about in said
        else row
        for row in rows
    ]


def left_out_words(left_out: Mapping[str, str], by: str, day: str) -> dict[str, str]:
    """Return facts that are left out as a program file says them: who gives each, and who says so."""
    return {name: f"{who}, says {plain(by)} on {day}" for name, who in left_out.items()}
