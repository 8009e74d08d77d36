"""Columns of workbooks, whose cells have types of their own."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final

from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.typed import UnfitValue, from_workbook
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week import hints
from gonogo.first_week.candidates import candidate

_EXACT: Final = 10**15
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


class CellKind(Enum):
    """What most cells of a column are."""

    TEXT = str
    NUMBER = float
    BOOLEAN = bool
    DAY = date
    MOMENT = datetime
    OTHER = time


_OF: Final = {
    str: CellKind.TEXT,
    float: CellKind.NUMBER,
    int: CellKind.NUMBER,
    bool: CellKind.BOOLEAN,
    date: CellKind.DAY,
    datetime: CellKind.MOMENT,
    time: CellKind.OTHER,
    timedelta: CellKind.OTHER,
}
_NAMES: Final = {
    CellKind.TEXT: "text",
    CellKind.NUMBER: "a number",
    CellKind.BOOLEAN: "true or false",
    CellKind.DAY: "a date",
    CellKind.MOMENT: "a date with a time",
    CellKind.OTHER: "a time or a duration",
}


def kind_of_cells(types: Mapping[type, int], heading: str = "") -> CellKind:
    """Return what the cells should be, by how often each type occurs; days and moments together are moments.

    A heading that is about days or percentages decides where the cells do not agree.
    """
    kinds: Counter[CellKind] = Counter()
    for each, number in types.items():
        kinds[_OF[each]] += number
    if kinds[CellKind.MOMENT]:
        kinds[CellKind.MOMENT] += kinds.pop(CellKind.DAY, 0)
    kind = max(kinds, key=kinds.__getitem__)
    hints_of_heading = [CellKind.MOMENT, CellKind.DAY] if hints.is_date(heading) else []
    hints_of_heading += [CellKind.NUMBER] if hints.is_percent(heading) else []
    hinted = next((each for each in hints_of_heading if 3 * kinds[each] >= sum(kinds.values())), None)
    if hinted is not None:
        return hinted
    # A column in which a third or more is text is text: "TBD" among dates is odd, a date among texts is odder.
    return CellKind.TEXT if kinds[CellKind.TEXT] * 3 >= sum(kinds.values()) else kind


def odd_cells(kind: CellKind, *, identifiers: bool) -> Iterator[tuple[str, Callable[[Cell], bool]]]:
    """Yield what else a column of that kind may hold that it should not, with a test for such a cell.

    Args:
        kind: What most cells of the column are.
        identifiers: Whether its texts are identifiers, which Excel turns into numbers and dates.
    """
    for other, name in _NAMES.items():
        if other is kind or (kind is CellKind.MOMENT and other is CellKind.DAY):
            continue
        if other is CellKind.TEXT:
            yield f"text, where {_NAMES[kind]} is expected", lambda value: isinstance(value, str) and value != ""
            continue
        sentence = f"{name}, where {_NAMES[kind]} is expected"
        if kind is CellKind.TEXT and other in (CellKind.NUMBER, CellKind.DAY, CellKind.MOMENT):
            if identifiers:
                became = "a number; leading zeros may be lost" if other is CellKind.NUMBER else "a date"
                sentence += f": Excel has turned it into {became}; format the column as text and type it again"
            else:
                sentence = f"{name} among texts; write the whole column in one way"
        yield sentence, _is(other)
    if kind in (CellKind.DAY, CellKind.MOMENT):
        words = f"a date before {_FIRST_YEAR} or after {_LAST_YEAR}"
        yield words, lambda value: isinstance(value, date) and not _FIRST_YEAR <= value.year <= _LAST_YEAR


def _is(kind: CellKind) -> Callable[[Cell], bool]:
    return lambda value: value != "" and _OF[type(value)] is kind


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a column of numbers could be read.

    Attributes:
        settings: Of the column.
        unfit: Values that are not so.
    """

    settings: dict[str, Any]
    unfit: frozenset[float] = field(default=frozenset())


def numbers(heading: str, counts: Counter[Cell], *, shown_as_share: bool) -> Numbers:
    """Return how the numbers of a column could be read.

    Args:
        heading: Of the column.
        counts: Its values; those that are no numbers are left out.
        shown_as_share: Whether the workbook shows them as percentages.
    """
    values = [float(value) for value in counts if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if shown_as_share or hints.is_percent(heading) or hints.is_ratio(heading):
        ratios = sum(0 <= value <= 1 for value in values)
        written = "ratio" if shown_as_share or ratios * 2 > len(values) else "hundred"
        if all(value >= 0 for value in values) and not (written == "hundred" and hints.is_ratio(heading)):
            settings = {"type": "percent", "written": written}
            return _scaled(settings, values, usual=4)
    whole = all(value.is_integer() for value in values)
    if hints.is_money(heading):
        return _scaled({"type": "money"}, values, usual=2)
    if whole:
        return Numbers({"type": "integer"}, frozenset(value for value in values if abs(value) >= _EXACT))
    return _scaled({"type": "decimal"}, values, usual=9)


def _scaled(settings: dict[str, Any], values: Collection[float], *, usual: int) -> Numbers:
    exact = next((n for n in (usual, 2, 4, 6, 9) if n >= usual and all(round(v, n) == v for v in values)), None)
    scale = 9 if exact is None else exact
    if scale != usual:
        settings = settings | {"scale": scale}
    if exact is not None and settings["type"] != "percent" and max(map(abs, values), default=0) < _EXACT:
        return Numbers(settings)
    column = Column.model_validate_json(json.dumps(settings))
    fits = candidate(settings).fits
    return Numbers(settings, frozenset(value for value in values if not _fits(value, column, fits)))


def _fits(value: float, column: Column, fits: Callable[[str], bool]) -> bool:
    if not math.isfinite(value):
        return False
    try:
        return fits(from_workbook(value, column))
    except UnfitValue:
        return False
