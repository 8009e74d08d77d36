"""Calendars of Primavera: ``clndr_data`` is one bracketed text per calendar.

``(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|08:00|f|12:00)())))…))(0||Exceptions()((0||0(d|43650)())…))))``:
days count from 1 for Sunday, exceptions from 1899-12-30; a day without hours is off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.worktime import (
    DAY_S,
    Shift,
    Shifts,
    WorkCalendar,
    calendar_of,
    shifts_of,
    together,
    unreadable,
)
from gonogo.collectors.program.schedule.xer_tables import Row, read_number
from gonogo.plugin.spec import CollectorRefusal

DAY_ZERO: Final = date(1899, 12, 30)
MAX_DEPTH: Final = 12
_BLANK: Final = re.compile(r"[\x7f\s]+")
_HEAD: Final = re.compile(r"\(\d{1,4}\|\|([A-Za-z0-9]{1,40})\(([^()]{0,200})\)\(", re.ASCII)
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])", re.ASCII)


@dataclass(frozen=True)
class _Node:
    name: str
    attributes: dict[str, str]
    children: list[_Node]


def _parse(text: str) -> _Node:
    """Parse the brackets, without recursion.

    Raises:
        ValueError: The text is not of that form, or goes on after its end.
    """
    top: list[_Node] = []
    stack: list[list[_Node]] = [top]
    place = 0
    while place < len(text):
        if text.startswith("))", place) and len(stack) > 1:
            stack.pop()
            place += 2
            continue
        found = _HEAD.match(text, place)
        if found is None or len(stack) > MAX_DEPTH:
            raise ValueError(f"its data breaks off or cannot be read at character {place + 1}")
        parts = found[2].split("|") if found[2] else []
        if len(parts) % 2:
            raise ValueError(f"its data holds a key without a value at character {place + 1}")
        keys = parts[::2]
        if len(set(keys)) != len(keys):
            raise ValueError(f"its data holds a key twice at character {place + 1}")
        node = _Node(found[1], dict(zip(keys, parts[1::2], strict=True)), [])
        stack[-1].append(node)
        stack.append(node.children)
        place = found.end()
    if len(stack) != 1 or len(top) != 1:
        raise ValueError("its data breaks off")
    return top[0]


def _clock(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) * 60 + int(found[2]) > 24 * 60:
        raise ValueError(f"{text[:20]!r} is not a time of day")
    return int(found[1]) * 3600 + int(found[2]) * 60


def _shifts(node: _Node) -> Shifts:
    pairs: list[Shift] = []
    for child in node.children:
        start, end = _clock(child.attributes.get("s", "")), _clock(child.attributes.get("f", ""))
        pairs.append((start, end or DAY_S))
    return shifts_of(pairs)


def _named(nodes: list[_Node]) -> dict[str, _Node]:
    """Return nodes by name.

    Raises:
        ValueError: Two bear one name: nobody can tell which counts.
    """
    found = {node.name: node for node in nodes}
    if len(found) != len(nodes):
        raise ValueError("its data holds a part twice")
    return found


def _calendar(text: str, holidays: Iterable[date], minutes_per_day: Fraction | None) -> WorkCalendar:
    root = _parse(_BLANK.sub("", text))
    groups = _named(root.children)
    if root.name != "CalendarData" or "DaysOfWeek" not in groups:
        raise ValueError("its data holds no days of the week")
    days = {name: _shifts(node) for name, node in _named(groups["DaysOfWeek"].children).items()}
    if set(days) != {"1", "2", "3", "4", "5", "6", "7"}:
        raise ValueError("its data does not hold seven days of the week")
    week = tuple(days[str(day)] for day in (2, 3, 4, 5, 6, 7, 1))
    special: dict[date, Shifts] = {}
    unsure: dict[date, Shifts] = {}
    for node in groups["Exceptions"].children if "Exceptions" in groups else ():
        serial = node.attributes.get("d", "")
        if not re.fullmatch(r"[0-9]{1,6}", serial, re.ASCII):
            raise ValueError(f"an exception has the day {serial[:20]!r}")
        day, shifts = DAY_ZERO + timedelta(days=int(serial)), _shifts(node)
        if special.setdefault(day, shifts) != shifts:  # told in two ways: not known, whichever stands last
            unsure[day] = together(unsure.get(day, special[day]), shifts)
    doubtful = {day: special.get(day, week[day.weekday()]) for day in holidays} | unsure
    return calendar_of(week, special, doubtful, minutes_per_day=minutes_per_day)


def _minutes_per_day(row: Row) -> Fraction | None:
    """Return how long a day is; None where the calendar does not say, or says what no day is."""
    try:
        hours = read_number(row, "day_hr_cnt")
    except CollectorRefusal:
        return None
    return hours * 60 if hours is not None and 0 < hours <= 24 else None


def read_calendars(rows: list[Row], holidays: Iterable[date]) -> dict[str, WorkCalendar]:
    """Return the calendars by id; one that cannot be read says so when somebody needs it.

    Days off of the program that the file works on are doubtful: they count in the reading that is not better.

    Raises:
        CollectorRefusal: An id is missing or doubled.
    """
    calendars: dict[str, WorkCalendar] = {}
    days_off = tuple(holidays)
    for row in rows:
        key = row["clndr_id"]
        if not key or key in calendars:
            raise CollectorRefusal(f"calendar {key[:40]!r} is missing or written twice")
        minutes = _minutes_per_day(row)
        try:
            calendars[key] = _calendar(row["clndr_data"], days_off, minutes)
        except (ValueError, OverflowError) as error:
            calendars[key] = unreadable(str(error), minutes_per_day=minutes)
    return calendars
