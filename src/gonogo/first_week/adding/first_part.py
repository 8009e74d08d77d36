"""Which sheets a first verdict needs: those that answer most criteria in twenty minutes; all others can wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.adding.asked_sheets import AskedSheet
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.outlook import Needs, Outlook, outlook_of
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.start_questions import open_rows
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.prose import ascii_words
from gonogo.model.reply import Reply

QUARTERS: Final = 80
"""So many quarters of a minute a first verdict may take: twenty minutes."""


@dataclass(frozen=True, slots=True)
class FirstPart:
    """What a first verdict needs.

    Attributes:
        sheets: Positions of the sheets, in the order in which they matter; where minutes are left, also some that
            answer a part of what is asked.
        open: Of each of them what only a person can answer, by its position.
        answered: Criteria that have an answer by these sheets, and by what is confirmed already.
        due: Those of them that are due today.
        all_due: How many are due today.
    """

    sheets: tuple[int, ...]
    open: Mapping[int, list[SheetLine]]
    answered: int
    due: int
    all_due: int


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Which sheets say something of each fact: what they answer, or answer once a person has said more."""

    known: Mapping[str, frozenset[int]]
    promised: Mapping[str, frozenset[int]]

    def of(self, fact: str) -> frozenset[int]:
        return self.known.get(fact) or self.promised.get(fact, frozenset())


def first_part(
    program: OpenProgram,
    sheets: Sequence[AskedSheet],
    settled: Sequence[Reply],
    quarters: Callable[[Mapping[int, list[SheetLine]]], int],
) -> FirstPart:
    """Return which sheets a first verdict needs.

    A criterion that is due comes before one that is not, and what takes less time before what takes more. Who says
    anything about a fact is asked about it: no file that could make it worse is left for later.

    Args:
        program: The program.
        sheets: What is asked of each binding that waits.
        settled: What the bindings answer that are confirmed.
        quarters: Returns how long some sheets take, by their open rows.
    """
    required = set(program.terms().required)
    known = _by_fact([_known(each.reply, required) for each in sheets])
    before = {fact for reply in settled for fact in _known(reply, required)}
    promised = _best(_by_fact([_promised(each, required - before - known.keys()) for each in sheets]), sheets, program)
    speakers = _Speakers(known, promised)
    soft = {fact for fact, at in known.items() if any(open_rows(sheets[each], ()) for each in at)}
    replies = [*settled, *(each.reply for each in sheets if each.reply is not None)]
    outlook = outlook_of(program, replies, promised, soft)

    def opened(some: Collection[int], facts: Collection[str]) -> dict[int, list[SheetLine]]:
        return {at: open_rows(sheets[at], [fact for fact in facts if at in speakers.of(fact)]) for at in some}

    def cost(some: Collection[int], facts: Collection[str]) -> int:
        return quarters(opened(some, facts))

    taken, facts, done = _chosen(outlook, speakers, cost)
    for at, more in _in_part(len(sheets), outlook, speakers):  # they answer a part of what is asked
        if at not in taken and cost(taken | {at}, facts | more) <= QUARTERS:
            taken, facts = taken | {at}, facts | more
    order = sorted(taken, key=lambda at: (*(-each for each in _weight(at, done, speakers)), at))
    rows = opened(taken, facts)
    return FirstPart(tuple(order), rows, len(done), sum(each.due for each in done), outlook.due)


def _known(reply: Reply | None, required: Collection[str]) -> set[str]:
    return {item.fact for item in reply.items if item.gap is None and item.fact in required} if reply else set()


def _by_fact(facts: Sequence[Collection[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for at, mine in enumerate(facts):
        for fact in mine:
            found.setdefault(fact, set()).add(at)
    return {fact: frozenset(at) for fact, at in found.items()}


def _promised(sheet: AskedSheet, wanted: Collection[str]) -> set[str]:
    """Return the facts that no file answers today and that a sheet answers once a person has said more."""
    blank = {row.about for row in sheet.rows if row.tag == "fact" and not row.answer}
    gaps = {item.fact for item in sheet.reply.items if item.gap is not None} if sheet.reply else set()
    told = {row.about for row in sheet.rows if row.tag == "answers"}
    found = {fact for fact in gaps | told if any(row.tag != "fact" for row in open_rows(sheet, [fact]))}
    return (blank | found) & {*wanted}


def _best(
    promised: Mapping[str, frozenset[int]], sheets: Sequence[AskedSheet], program: OpenProgram
) -> dict[str, frozenset[int]]:
    """Return of each fact the one sheet that is asked for it: the one whose headings have most words of the fact."""
    words = [stems(ascii_words(" ".join(_headings(each)))) for each in sheets]
    found = {}
    for fact, some in promised.items():
        declared = program.rules.vocabulary[fact]
        asked = stems(ascii_words(f"{fact.rpartition('.')[2]} {declared.meaning} {declared.question}"))
        found[fact] = frozenset({max(sorted(some), key=lambda at: len(words[at] & asked))})
    return found


def _headings(sheet: AskedSheet) -> list[str]:
    return [sheet.name, *(row.about for row in sheet.rows if row.tag == "column")]


def _chosen(
    outlook: Outlook, speakers: _Speakers, quarters: Callable[[Collection[int], Collection[str]], int]
) -> tuple[frozenset[int], frozenset[str], list[Needs]]:
    """Return the sheets of the criteria that twenty minutes are enough for, the facts, and these criteria."""
    taken, facts, done = frozenset[int](), frozenset[str](), list[Needs]()
    for surely in (True, False):
        left = [each for each in outlook.needs if each not in done and (each.enough if surely else each.today)]
        while left:
            ways = [
                ((not each.due, each.advisory), quarters(taken | _sheets(way, speakers), facts | way), number, way)
                for number, each in enumerate(left)
                for way in (each.enough if surely else each.today)
            ]
            _, cost, number, way = min(ways, key=lambda one: one[:3])
            chosen = left.pop(number)
            if cost > QUARTERS:
                continue  # one that is due may take too long, and others still fit
            taken, facts = taken | _sheets(way, speakers), facts | way
            done.append(chosen)
    return taken, facts, done


def _in_part(sheets: int, outlook: Outlook, speakers: _Speakers) -> list[tuple[int, frozenset[str]]]:
    """Return the sheets that answer some fact of a criterion, with these facts, those first that are about one due."""
    found = []
    for at in range(sheets):
        due, more = (
            frozenset(fact for fact in facts if at in speakers.of(fact)) for facts in (outlook.facts_due, outlook.facts)
        )
        if more:
            found.append((not due, -len(more), at, more))
    return [(at, more) for _, _, at, more in sorted(found, key=lambda one: one[:3])]


def _sheets(facts: Collection[str], speakers: _Speakers) -> frozenset[int]:
    return frozenset[int]().union(*(speakers.of(fact) for fact in facts))


def _weight(at: int, done: Sequence[Needs], speakers: _Speakers) -> tuple[int, int]:
    """Return how many criteria that are due, and how many at all, have their answer by a sheet."""
    mine = [each for each in done if any(at in _sheets(way, speakers) for way in each.enough or each.today)]
    return sum(each.due for each in mine), len(mine)
