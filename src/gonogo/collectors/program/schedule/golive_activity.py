"""Which activity of a schedule is go-live, as the settings name it."""

from __future__ import annotations

from difflib import get_close_matches

from gonogo.collectors.program.schedule.activities import Activity, Schedule, absent, named
from gonogo.collectors.program.schedule.settings import GoliveActivity
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def find_golive(schedule: Schedule, wanted: str | GoliveActivity) -> Activity:
    """Return the one activity that the settings name.

    Raises:
        CollectorRefusal: None has it, several do, or the one that does is not an activity.
    """
    [(kind, text)] = {"": wanted}.items() if isinstance(wanted, str) else wanted.model_dump(exclude_none=True).items()

    def bears(row: Activity) -> bool:
        by = {"uid": row.key, "id": row.number, "wbs": row.wbs, "code": row.code, "name": row.name}
        return text in (by.values() if kind == "" else (by[kind],))

    found = [row for row in schedule.activities.values() if bears(row)]
    if not found:
        close = get_close_matches(text, [row.name for row in schedule.activities.values() if row.counted], n=3)
        hint = f"; the nearest names are {', '.join(repr(name[:60]) for name in close)}" if close else ""
        raise absent(f"no activity is {text!r}, which the settings name as go-live{hint}")
    if len(found) > 1:
        raise CollectorRefusal(
            f"{len(found)} activities are {text!r}, which the settings name as go-live: {named(found)}",
            GapReason.CONFLICT,
        )
    if not found[0].counted:
        raise absent(f"{found[0].label}, which the settings name as go-live, is a row of kind {found[0].kind.value}")
    return found[0]
