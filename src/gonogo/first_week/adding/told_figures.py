"""How figures of a program are told before a run, in the words in which its reports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final

from gonogo.collectors.rows.no_item import LEFT_OUT
from gonogo.core.wording import value_text
from gonogo.first_week.prose import counted, in_short, plain
from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactType, Value, Vocabulary, read_value
from gonogo.model.reply import Item, Reply

UNSAID_YEAR: Final = 2000
"""The year of the day that a draft writes where nobody has said when the content held."""
_SHOWN: Final = 12
_ONE: Final = re.compile(r"\b1 rows\b")
_LONG: Final = 600


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """How figures are told to the people of one program.

    Attributes:
        vocabulary: Says of what type a fact is, and in which unit.
        zone: In which its people count days.
    """

    vocabulary: Vocabulary
    zone: tzinfo

    def alone(self, item: Item | Evidence) -> str:
        """Return a figure without its day: ``18 of 20``, ``10%``, ``1,250.5 USD``; a count is its number alone."""
        if item.part is not None and item.whole is not None:
            return f"{item.part:,} of {item.whole:,}"
        if item.fact not in self.vocabulary:
            return plain(str(item.value), most=80)
        declared = self.vocabulary[item.fact]
        try:
            value = read_value(declared.type, item.value)
        except ValueError:  # a run refuses it, and says so
            return plain(str(item.value), most=80)
        return self._written(value, declared.type, declared.unit)

    def _written(self, value: Value, kind: FactType, unit: str) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return f"{value.astimezone(self.zone):%Y-%m-%d %H:%M}"
        if isinstance(value, (int, Decimal)):
            return value_text(value, kind, "" if kind is FactType.INTEGER else unit)
        return plain(value, most=80)

    def dated(self, item: Item | Evidence) -> str:
        """Return a figure with the day on which it held by the clock of the program's people.

        What held on the evening of the 27th in New York held on the 28th in UTC, and nobody there would know that day.
        """
        known = item.as_of is not None and item.as_of.year > UNSAID_YEAR
        day = f"{item.as_of.astimezone(self.zone):%Y-%m-%d}" if item.as_of is not None and known else ""
        held = f", held {day}" if day else ", and nobody says when it held"
        return f"{self.alone(item)}{held}"

    def lines(self, reply: Reply) -> list[str]:
        """Return what was answered, a line each, and why the rest was not, a line for each reason."""
        if reply.failure is not None:
            return [f"  nothing: {in_short(reply.failure.detail, most=_LONG)}"]
        lines = list(self._lines(reply))
        if len(lines) > _SHOWN:
            lines = [*lines[:_SHOWN], f"  and {counted(len(lines) - _SHOWN, 'more line')}"]
        return lines or ["  nothing: it answers for no fact yet"]

    def _lines(self, reply: Reply) -> Iterator[str]:
        answered = [item for item in reply.items if item.gap is None]
        yield from (f"  {item.fact} = {self.dated(item)}" for item in answered)
        yield from (f"  left out of it: {words}" for words in dict.fromkeys(map(left_out_rows, answered)) if words)
        reasons: dict[str, list[str]] = {}
        for item in reply.items:
            if item.gap is not None:
                reasons.setdefault(item.detail, []).append(item.fact)
        for detail, facts in reasons.items():
            more = f" and {len(facts) - 2} more" if len(facts) > 2 else ""
            yield f"  not {', '.join(facts[:2])}{more}: {in_short(detail, most=_LONG)}"


def left_out_rows(item: Item) -> str:
    """Return which rows an answer leaves out as no items, as its place says it: ``2 template rows``; empty for none.

    Who counts the rows of a file by eye finds another number, and must see why.
    """
    return _ONE.sub("1 row", item.where.partition(LEFT_OUT)[2].partition(", ")[0])
