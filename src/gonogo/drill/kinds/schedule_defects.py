"""Defects of schedules: milestones that move, plans that are torn, status dates that are not of today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.kinds.moved_dates import YEARS, moved
from gonogo.drill.site import BoundSource, TargetProgram

_XML: Final = "a schedule of Microsoft Project (MSPDI)"
_XER: Final = "a schedule of Primavera (XER)"
_EITHER: Final = "a schedule of Microsoft Project or Primavera"
_TASK: Final = re.compile(r"<Task>.*?</Task>", re.DOTALL)
_DATES: Final = re.compile(r"(<(?:Start|Finish|EarlyStart|EarlyFinish|LateStart|LateFinish)>)([^<]*)(<)")
_ENCODINGS: Final = {"mspdi": "utf-8", "xer": "cp1252"}
_LATER: Final = timedelta(days=30)


def _schedule(site: TargetProgram, *kinds: str) -> tuple[BoundSource, str]:
    plugins = tuple(f"schedule:{kind}" for kind in kinds)
    source = site.source(f"schedule ({' or '.join(kinds)})", *plugins)
    return source, site.copy.read(source.path).decode(_encoding(source))


def _encoding(source: BoundSource) -> str:
    return str(source.binding.settings.get("encoding") or _ENCODINGS[source.binding.collector])


def _changed(site: TargetProgram, change: Callable[[BoundSource, str], str], *kinds: str, what: str = "") -> Planted:
    source, text = _schedule(site, *kinds)
    harmed = change(source, text)
    if harmed == text:
        raise NotPlanted("the schedule has no place for it")
    site.copy.put(source.path, harmed.encode(_encoding(source)))
    return planted(source, f"{source.path}, {what}" if what else source.path)


def _golive_moved(source: BoundSource, text: str) -> str:
    """Move the dates of the go-live activity by a month, and leave its baseline."""
    golive = source.binding.settings.get("golive")
    words = [str(value) for value in golive.values()] if isinstance(golive, dict) else [str(golive)]
    for task in _TASK.finditer(text):
        if any(f">{word}<" in task[0] for word in words):
            later = _DATES.sub(lambda found: found[1] + _later(found[2]) + found[3], task[0])
            return text[: task.start()] + later + text[task.end() :]
    raise NotPlanted("the file has no go-live activity of that name")


def _later(text: str) -> str:
    from datetime import datetime

    try:
        return (datetime.fromisoformat(text) + _LATER).isoformat()
    except ValueError:
        return text


def _status(_source: BoundSource, text: str, years: int) -> str:
    harmed = re.sub(r"(<StatusDate>)([^<]*)", lambda found: found[1] + moved(found[2], years), text)
    if harmed != text:
        return harmed
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith("%F\t") and "last_recalc_date" in line:
            place = line.rstrip("\r\n").split("\t").index("last_recalc_date")
            cells = lines[number + 1].split("\t")
            end = cells[place][len(cells[place].rstrip("\r\n")) :]
            cells[place] = moved(cells[place].rstrip("\r\n"), years) + end
            lines[number + 1] = "\t".join(cells)
            return "".join(lines)
    return text


def _tasks_gone(_source: BoundSource, text: str) -> str:
    """Take out every second activity; what they were linked to stays."""
    tasks = list(_TASK.finditer(text))
    for task in tasks[: len(tasks) // 2 : -1]:
        text = text[: task.start()] + text[task.end() :]
    if tasks:
        return text
    lines, found, table = text.splitlines(keepends=True), [], ""
    for number, line in enumerate(lines):
        table = line.split("\t")[1].strip() if line.startswith("%T") else table
        found += [number] if table == "TASK" and line.startswith("%R") else []
    gone = set(found[len(found) // 2 :])
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def _torn(_source: BoundSource, text: str) -> str:
    """Keep the first half, cut at the end of a line."""
    half = text.index("\n", len(text) // 2) + 1
    return text[:half]


def _torn_inside(_source: BoundSource, text: str) -> str:
    half = text.index("\n", len(text) // 2) + 4
    return text[:half]


DEFECTS = (
    Defect(
        "golive-slipped",
        "Go-live is a month later in the schedule",
        _XML,
        lambda site: _changed(site, _golive_moved, "mspdi", what="go-live"),
        Noticed.STOPPED,
    ),
    Defect(
        "old-schedule",
        "A schedule's status date is five years back",
        _EITHER,
        lambda site: _changed(site, lambda s, t: _status(s, t, -YEARS), "mspdi", "xer", what="status date"),
        Noticed.STOPPED,
    ),
    Defect(
        "future-schedule",
        "A schedule's status date is in the future",
        _EITHER,
        lambda site: _changed(site, lambda s, t: _status(s, t, YEARS), "mspdi", "xer", what="status date"),
        Noticed.STOPPED,
    ),
    Defect(
        "activities-gone",
        "Half of the activities were taken out of a schedule",
        _EITHER,
        lambda site: _changed(site, _tasks_gone, "mspdi", "xer"),
    ),
    Defect(
        "torn-schedule",
        "A schedule was cut at the end of a line",
        _EITHER,
        lambda site: _changed(site, _torn, "mspdi", "xer"),
        Noticed.STOPPED,
    ),
    Defect(
        "torn-xer",
        "A Primavera schedule was cut inside a row",
        _XER,
        lambda site: _changed(site, _torn_inside, "xer"),
        Noticed.STOPPED,
    ),
)
