"""Whether the deliverables of both sides are in the work breakdown structure."""

from __future__ import annotations

from gonogo.collectors.program.schedule.activities import unprovable
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.plugin.spec import Answer, LocalFact


def customer_scope(reading: ScheduleView) -> Answer:
    """Deliverables of the customer with work in the WBS / all that the settings list."""
    scope = reading.settings.scope
    return _covered(reading, point_facts.CUSTOMER_SCOPE, scope.customer if scope else (), "customer")


def provider_scope(reading: ScheduleView) -> Answer:
    """Deliverables of the provider with work in the WBS / all that the settings list."""
    scope = reading.settings.scope
    return _covered(reading, point_facts.PROVIDER_SCOPE, scope.provider if scope else (), "provider")


def _covered(reading: ScheduleView, fact: LocalFact, wanted: tuple[str, ...], side: str) -> Answer:
    if not wanted:
        raise unprovable(f"the settings list no deliverables of the {side} (`scope`, `{side}`)")
    known = _worked(reading)
    bare = [entry for entry in wanted if _plain(entry) not in known]
    return fact.counted(part=len(wanted) - len(bare), whole=len(wanted), as_of=reading.as_of).naming(bare)


def _worked(reading: ScheduleView) -> set[str]:
    """Return the codes and names of all activities, and of all elements with an activity anywhere below them."""
    schedule = reading.schedule
    found: set[str] = set()
    for row in reading.activities:
        found |= {row.wbs, row.name, row.code}
        above = {row.element, row.parent} - {None}
        while above:
            key = above.pop()
            assert key is not None
            found.add(schedule.element_names.get(key, ""))
            summary = schedule.activities.get(key) if key in schedule.elements else None
            if summary is not None:
                found |= {summary.wbs, summary.name}
            if (parent := schedule.elements.get(key)) is not None:
                above.add(parent)
    return {_plain(text) for text in found if text}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
