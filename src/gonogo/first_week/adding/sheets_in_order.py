"""The sheets of a binding workbook in the order in which they matter, and what is left to do on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from gonogo.first_week.adding.asked_sheets import AskedSheet, asked_sheet
from gonogo.first_week.adding.drafted_again import file_of
from gonogo.first_week.adding.first_part import first_part
from gonogo.first_week.adding.given_today import reply_today
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.released_build import OF_BUILD, UNSAID, asks_release
from gonogo.first_week.adding.sheet_line import (
    ALSO,
    ANSWERED,
    BETWEEN,
    ELSE,
    KNOWN,
    LEFT_OUT,
    NEEDED,
    NOT_HERE,
    SAID_IN,
    TODAY,
    SheetLine,
    awaits_rows,
    says_nothing,
)
from gonogo.first_week.adding.sheet_to_do import SheetsInOrder, SheetToDo, quarters_of_head
from gonogo.first_week.adding.start_questions import questions_of
from gonogo.first_week.adding.unread_sheets import settled_in, unread_sheets
from gonogo.first_week.drafts.blank_cells import WORSE
from gonogo.first_week.drafts.fit_told import LOOKS_LIKE
from gonogo.first_week.drafts.profiled import WHICH_BUILD
from gonogo.first_week.drafts.rows_in_question import ROWS
from gonogo.first_week.drafts.when_held import HELD_BY_CELL, SAID_THERE
from gonogo.first_week.prose import plain
from gonogo.first_week.started_page import CriteriaAbout
from gonogo.model.program import Binding
from gonogo.text import listed

_RIVALS: Final = re.compile(r"Is it about [a-z0-9_]+, or about ([a-z0-9_]+(?: or [a-z0-9_]+)*)\?")


def in_order(opened: OpenProgram, waiting: Sequence[Binding]) -> SheetsInOrder:
    """Return the sheets of a program's bindings in the order in which they matter.

    Args:
        opened: The program.
        waiting: Its bindings that wait for a person; the others answer already.
    """
    sheets = [asked_sheet(opened, each) for each in waiting]
    replies = (reply_today(opened, each, None) for each in opened.bindings if each.confirmed is None)
    settled = [each for each in replies if not isinstance(each, str) and each.failure is None]
    about = CriteriaAbout.of(opened.rules.ruleset)
    prefixes = {each.id: each.prefix or "" for each in opened.bindings}
    sheets = [replace(each, rows=without_repeated(each.rows)) for each in sheets]
    groups = [{prefixes.get(each.binding, ""), *_groups(each.rows)} - {""} for each in sheets]
    sheets = [replace(each, rows=_without_settled(each, at, groups)) for at, each in enumerate(sheets)]
    criteria = [about.by_groups(mine) for mine in groups]

    def quarters(some: Mapping[int, list[SheetLine]]) -> int:
        asked = questions_of([(at, sheets[at], some[at]) for at in sorted(some)])
        lines = sum(_to_do(sheets[at], 0).of_line for at in some)
        return quarters_of_head(sheets[at].rows for at in some) + lines + sum(each.quarters for each in asked)

    part = first_part(opened, sheets, settled, quarters)
    rest = [at for at in range(len(sheets)) if at not in part.sheets]
    rest.sort(key=lambda at: (-len(criteria[at]), _to_do(sheets[at], 0).quarters))
    order = [*part.sheets, *rest]
    first = len(part.sheets) or len(order)
    asked = questions_of([(n, sheets[at], part.open.get(at, [])) for n, at in enumerate(order[:first], 1)])
    to_do = []
    for number, at in enumerate(order, 1):
        mine = tuple(each for each in asked if each.targets[0].number == number)
        found = _to_do(sheets[at], len(criteria[at]))
        found = _with_sheets(opened, sheets[at].binding, found)
        build = UNSAID if any(map(asks_release, sheets[at].rows)) else ""
        to_do.append(replace(found, asked=mine, answers=0, blank=build) if at in part.sheets else found)
    rows = [sheets[at].rows for at in order]
    return SheetsInOrder(
        tuple((sheets[at].name, sheets[at].rows) for at in order),
        tuple(to_do),
        first,
        part,
        len(frozenset[str]().union(*criteria)),
        about.all,
        tuple(dict.fromkeys(each for some in rows for row in some if row.tag == OF_BUILD for each in row.offered)),
        any(row.tag == OF_BUILD for some in rows for row in some),
    )


def _with_sheets(opened: OpenProgram, name: str, each: SheetToDo) -> SheetToDo:
    """Return a line with the sheet of the workbook that it is about and those that no line reads, if there are any."""
    if not each.path.lower().endswith(".xlsx"):
        return each
    readers = [one for one in opened.bindings if file_of(opened, one) == each.path]
    unread = unread_sheets(opened.root / each.path, readers, settled_in(opened.root, each.path))
    mine = next(one for one in readers if one.id == name)
    tables = mine.settings.get("tables", {}).values()
    part = each.part or next((str(table.get("sheet") or "") for table in tables), "")
    return replace(each, part=part, unread_parts=f"N{unread[1:]}") if unread else each


def _without_settled(sheet: AskedSheet, at: int, groups: Sequence[set[str]]) -> list[SheetLine]:
    """Return the rows without the question whether it is about another group, where other files are about that one."""
    others = set[str]().union(*(mine for n, mine in enumerate(groups) if n != at), _groups(sheet.rows))
    found = []
    for row in sheet.rows:
        asked = _RIVALS.fullmatch(row.note) if row.tag == "ask" else None
        if asked is None or not set(asked[1].split(" or ")) <= others:
            found.append(row)
    return found


def without_repeated(rows: Sequence[SheetLine]) -> list[SheetLine]:
    """Return the rows without the questions that another row of the sheet asks, and where their answer goes."""
    facts = [row.about for row in rows if row.tag == "fact"]
    undated = any(row.tag == "held" and row.about == NEEDED for row in rows)
    worded = {plain(row.of, most=60) for row in rows if row.tag == "word"}
    asked = [
        *(f"Does it say {fact}, and by which column?" for fact in facts),
        *(f"Which column and which words answer {fact}" for fact in facts),
        *([SAID_THERE] if undated else []),
        *(row.note.partition("?")[0] for row in rows if row.tag == ROWS and not row.answer),
        *(f"Column {heading}: what does " for heading in worded),
        *(row.note.removesuffix(BETWEEN) for row in rows if row.tag == "words" and not row.answer),
        *([LOOKS_LIKE] if facts else []),  # it is read as any table, so there is nothing left to say
        *([WHICH_BUILD] if any(row.tag == OF_BUILD for row in rows) else []),
    ]
    dated = any(row.tag == "held" and row.about != NEEDED for row in rows)
    asked += [HELD_BY_CELL] if dated else []  # the row `held` says the day and the cell
    return [row for row in rows if row.tag != "ask" or not row.note.startswith(tuple(asked))]


def _groups(rows: Sequence[SheetLine]) -> set[str]:
    found = {row.answer for row in rows if row.tag == "group"}
    facts = [row.about for row in rows if row.tag == "answers" or (row.tag == "fact" and row.answer != NOT_HERE)]
    return found | {fact.rpartition(".")[0] for fact in facts}


def _to_do(sheet: AskedSheet, criteria: int) -> SheetToDo:
    name, rows = sheet.name, sheet.rows
    either = any(row.tag == "reads" and row.answer == NOT_HERE for row in rows)  # one cell answers both questions
    blank = [
        row
        for row in rows
        if row.tag in ANSWERED and not row.answer and not row.folded and not (either and row.tag == LEFT_OUT)
        if row.tag != "word" or sheet.words is None or any((row.of, row.about) in each for each in sheet.words.values())
    ]
    one = {row.tag: row for row in reversed(rows)}
    path = rows[0].about
    part = name.removeprefix(path.rpartition("/")[2]).strip()
    return SheetToDo(
        path,
        criteria,
        len(blank),
        tuple(row.note for row in rows if row.tag == "ask" and not row.note.endswith(WORSE)),
        one["confirmed by"].note.partition(TODAY)[2].partition(ALSO)[0].strip() if "confirmed by" in one else "",
        says_nothing(rows),
        " ".join([*_of_blanks(blank, waits=awaits_rows(rows)), *([UNSAID] if any(map(asks_release, rows)) else [])]),
        _held(one["held"]) if "held" in one else "",
        one["side"].answer if "side" in one else "",
        one["producer"].answer if "producer" in one else "",
        part,
        awaits_rows(rows),
        one["held"].note.partition(SAID_IN)[2].partition(": ")[2].partition(" or ")[0] if "held" in one else "",
    )


def _held(row: SheetLine) -> str:
    """Return how it is known when a file held, as its row says it."""
    if row.about == NEEDED and SAID_IN in row.note:
        place, _, day = row.note.partition(SAID_IN)[2].partition(": ")
        which = "the earlier one" if " or " in day else "it"
        return f"{place} says {day}, so {which} stands under `Held`; another day there counts instead"
    if row.about == NEEDED:
        return "nobody knows; the day above counts, or one under `Held`"
    return row.note.partition(KNOWN)[2].partition(ELSE)[0]


def _of_blanks(rows: Sequence[SheetLine], *, waits: bool) -> Iterator[str]:
    """Yield what becomes of cells that stay blank: always the worse."""
    facts = [row.about for row in rows if row.tag == "fact"]
    if facts:
        yield f"Not read from it while its cell is blank: {listed(facts)}."
    for heading in dict.fromkeys(row.of for row in rows if row.tag == "word"):
        words = listed(
            [f"`{plain(row.about, most=40)}`" for row in rows if (row.tag, row.of) == ("word", heading)], most=4
        )
        yield f"Nobody has said what {words} under {plain(heading, most=60)} means; it counts as the worse."
    if cannot := [row.about for row in rows if row.tag == LEFT_OUT]:
        yield f"It has no column that shows {listed(cannot)}: say on its sheet who gives it."
    others = [
        f"`{f'{row.tag} {plain(row.about, most=60)}'.strip()}`"
        for row in rows
        if row.tag not in ("fact", "word", LEFT_OUT)
    ]
    if others:
        until = " A yes here waits for that." if waits else ""
        yield f"Blank on its sheet: {listed(others)}.{until}"
