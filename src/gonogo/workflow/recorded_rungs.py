"""The milestones that are ahead of a recorded run, by the rules that it recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from gonogo.core.due import last_moment, milestone_day
from gonogo.model.record import RunStarted


def rungs_ahead_of(started: RunStarted, criteria: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, datetime], ...]:
    """Return the milestones at which a criterion falls due or its threshold changes, with the last moment of each.

    Those that are not over at the moment of the run, up to go-live, the next first.

    Args:
        started: The run.
        criteria: What the recorded ruleset says about each criterion.
    """
    found: dict[str, datetime] = {}
    for name in dict.fromkeys(name for each in criteria for name in _named(each)):
        with suppress(ValueError):  # a record may hold any text; what is no milestone has no day
            day = milestone_day(started.program, started.release, name)
            found[name] = last_moment(started.program, started.release, day)
    ahead = [(name, at) for name, at in found.items() if started.now <= at <= started.release.go_live]
    return tuple(sorted(ahead, key=lambda rung: (rung[1], rung[0])))


def _named(criterion: Mapping[str, Any]) -> Iterator[str]:
    if due := criterion.get("due_from"):
        yield str(due)
    for parameter in criterion.get("parameters", ()):
        for rung in (parameter.get("ladder") or ()) if isinstance(parameter, dict) else ():
            if isinstance(rung, dict) and "milestone" in rung:
                yield str(rung["milestone"])
