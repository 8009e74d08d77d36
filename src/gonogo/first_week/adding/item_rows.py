"""Rows of a template's example that somebody wrote over: whether they are items is asked in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gonogo.first_week.adding.sheet_line import ITEMS, SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.hints import sayable
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted, plain
from gonogo.profiles.profile import Profile
from gonogo.text import listed

EACH: Final = "each of them is an item"
NONE: Final = "none of them is an item"
ABOUT: Final = "rows written over the template's example"
_MEANS: Final = {EACH: "counts", NONE: "left_out"}
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class WrittenOver:
    """A row that has the words of a template's example in one column, and words of its own in others.

    Attributes:
        where: The number of the row.
        key: What its first cell says.
        own: Headings under which it has words of its own.
    """

    where: str
    key: str
    own: tuple[str, ...]


def item_rows(profile: Profile, mapping: TableMapping) -> Iterator[SheetLine]:
    """Yield the question for the rows of an export that may be items, or its template's example: nothing for none."""
    for name, table in profile.tables.items():
        rule = _rule(table)
        found = list(_written_over(profile, rule, mapping)) if rule is not None else []
        if not found:
            continue
        shown = "; ".join(
            f"{each.where} ({plain(sayable(each.key), most=40)}) has words of its own under {listed(each.own, most=3)}"
            for each in found[:_SHOWN]
        )
        more = f", and {counted(len(found) - _SHOWN, 'more row')}" if len(found) > _SHOWN else ""
        note = (
            f"{counted(len(found), 'row')} still {'has' if len(found) == 1 else 'have'} a word of the template's "
            f"example: {shown}{more}. Are they items of yours? What is left of the "
            "example in an item counts as its own. Blank: nothing is read from the list."
        )
        yield SheetLine(ITEMS, ABOUT, name, offered=(EACH, NONE), note=note)


def settle_items(profile: Profile, proposal: Proposal, rows: Sequence[AnsweredRow]) -> None:
    """Put into the settings of an export whether such rows are items.

    Raises:
        WrongAnswerInSheet: The answer is none of those that are offered.
    """
    for row in rows:
        if row.tag != ITEMS or not row.answer:
            continue
        if row.answer not in _MEANS or _rule(profile.tables.get(row.of, {})) is None:
            raise WrongAnswerInSheet(
                f"{row.place}: `{plain(row.answer, most=60)}` is no answer; choose one of the list"
            )
        own = proposal.settings.setdefault("tables", {}).setdefault(row.of, {})
        own["rows"] = {"template": {"written_over": _MEANS[row.answer]}}


def with_own_items(rows: Sequence[SheetLine], own: Mapping[str, Any]) -> list[SheetLine]:
    """Return the rows with what the settings of a confirmed binding say of such rows."""
    said = {
        name: table.get("rows", {}).get("template", {}).get("written_over")
        for name, table in own.get("tables", {}).items()
    }
    answers = {means: answer for answer, means in _MEANS.items()}
    return [replace(row, answer=answers.get(str(said.get(row.of)), "")) if row.tag == ITEMS else row for row in rows]


def _rule(table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    rule = table.get("rows", {}).get("template")
    return rule if isinstance(rule, Mapping) and rule.get("unchanged") else None


def _written_over(profile: Profile, rule: Mapping[str, Any], mapping: TableMapping) -> Iterator[WrittenOver]:
    there = {column_of(profile, guess.heading): guess for guess in mapping.columns.values()}
    telling = there.get(str(rule["column"]))
    if telling is None:
        return
    for number, cells in enumerate(mapping.grid.rows):
        if str(cells[telling.index]).strip() not in rule["values"]:
            continue
        own = tuple(
            there[name].heading
            for name, words in rule["unchanged"].items()
            if name in there and str(cells[there[name].index]).strip() not in words
        )
        if own:
            yield WrittenOver(f"row {mapping.grid.row_number(number)}", str(cells[0]), own)
