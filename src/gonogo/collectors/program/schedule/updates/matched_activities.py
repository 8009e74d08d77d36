"""Which activity of an earlier update is which of the later one, also where its id is another one now.

An id is the activity code of P6, or the unique id of another tool. A tool that exports a plan anew may number all rows
again, and a row that is deleted and typed again has a new number: then its WBS code and its name tell, or its name
among the rows of one parent, if no other row has them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from gonogo.collectors.program.schedule.activities import Activity, Schedule

Rows = dict[str, Activity]


@dataclass(frozen=True)
class MatchedActivities:
    """What was found.

    Attributes:
        names: What each activity of the earlier update is called in both, by its key there.
        anew: The earlier id of each activity that was found under another one, by its id now.
    """

    names: Mapping[str, str]
    anew: Mapping[str, str] = field(default_factory=dict)


def match(before: Schedule, after: Schedule, called: Callable[[Activity], str], *, by_code: bool) -> MatchedActivities:
    """Return which counted activities are the same.

    Args:
        before: The earlier update.
        after: The later one.
        called: Returns the id of an activity.
        by_code: Ids are codes, which people give: one that is in both is the same activity whatever it is named.
    """
    old, new = _by_id(before, called), _by_id(after, called)
    pairs: dict[str, str] = {}

    def left() -> tuple[Rows, Rows]:
        taken = set(pairs.values())
        return (
            {key: row for key, row in old.items() if key not in pairs},
            {key: row for key, row in new.items() if key not in taken},
        )

    def same(key: str) -> bool:
        return by_code or old[key].name == new[key].name or (bool(old[key].wbs) and old[key].wbs == new[key].wbs)

    pairs.update((key, key) for key in old if key in new and same(key))
    for mark in (_by_wbs, _by_parent):
        pairs.update(_alike(*left(), mark, before, after))
    mine, theirs = left()
    pairs.update((key, key) for key in mine if key in theirs)
    # what is gone keeps its id, unless that is the id of another activity now
    names = {row.key: pairs.get(key, f"{key} of before" if key in new else key) for key, row in old.items()}
    return MatchedActivities(names, {now: was for was, now in pairs.items() if was != now})


def _by_wbs(_schedule: Schedule, row: Activity) -> Hashable | None:
    return (row.wbs, row.name) if row.wbs and row.name else None


def _by_parent(schedule: Schedule, row: Activity) -> Hashable | None:
    return (_above(schedule, row), row.name) if row.name else None


def _by_id(schedule: Schedule, called: Callable[[Activity], str]) -> Rows:
    return {called(row): row for row in schedule.activities.values() if row.counted}


def _alike(
    old: Rows,
    new: Rows,
    mark: Callable[[Schedule, Activity], Hashable | None],
    before: Schedule,
    after: Schedule,
) -> Iterator[tuple[str, str]]:
    """Yield the ids of the rows that alone bear a mark, in both updates."""
    mine, theirs = _bearers(old, mark, before), _bearers(new, mark, after)
    for each, keys in mine.items():
        if len(keys) == 1 and len(theirs.get(each, ())) == 1:
            yield keys[0], theirs[each][0]


def _bearers(
    rows: Rows, mark: Callable[[Schedule, Activity], Hashable | None], schedule: Schedule
) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for key, row in rows.items():
        if (each := mark(schedule, row)) is not None:
            found.setdefault(each, []).append(key)
    return found


def _above(schedule: Schedule, row: Activity) -> tuple[str, ...]:
    """Return the names of the summary rows, or else of the WBS elements, that an activity lies in, from within."""
    found: list[str] = []
    key, rows = row.parent, schedule.activities
    if key is None:
        element, elements = row.element, schedule.elements
        while element is not None and element in elements and len(found) < len(elements):
            found.append(schedule.element_names.get(element, ""))
            element = elements[element]
    while key is not None and key in rows:
        found.append(rows[key].name)
        key = rows[key].parent
    return tuple(found)
