"""The collector for plans that gonogo does not read itself: MPXJ reads them, and every schedule is measured alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from pydantic import Field

from gonogo.collectors.program.schedule.activities import Schedule
from gonogo.collectors.program.schedule.collectors import (
    FACTS,
    ONE_RELEASE,
    ahead_of_golive,
    asked,
    measure,
    minutes_a_day,
)
from gonogo.collectors.program.schedule.foreign import java_machine
from gonogo.collectors.program.schedule.foreign.foreign_schedule import SET_STATUS, Ahead, pick, schedule_of
from gonogo.collectors.program.schedule.settings import Name, NumberedBaselines
from gonogo.model.activity_network import ActivityNetwork
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Input, Job, LocalFact, Settings


class MpxjSettings(NumberedBaselines):
    """Settings of ``mpxj``.

    Attributes:
        project: Id or name of the project, for a file that holds several.
    """

    project: Name | None = Field(default=None)


_ALIKE: Final[dict[str, Any]] = {
    "binding": "schedule",
    "prefix": "ims",
    "settings": {"golive": "name of the go-live activity"},
    "remarks": (
        "golive is the name, WBS code, activity code or UID of exactly one activity",
        "it needs the extra `schedule` and Java; without them save the plan as XML, or export XER",
    ),
}
"""How a binding of each kind starts."""
MPXJ_FILES: Final = (
    Recognizes(what="Primavera P6 XML", line=r"<APIBusinessObjects[\s>]", place=12, **_ALIKE),
    Recognizes(what="Microsoft Project plan (.mpp)", ole_endings=(".mpp", ".mpt"), place=12, **_ALIKE),
    Recognizes(what="MPX", starts="MPX,", place=12, **_ALIKE),
    Recognizes(what="Phoenix Project Manager", line=r'<project [^>]{0,400}application="Phoenix', place=12, **_ALIKE),
    Recognizes(what="GNOME Planner plan", line=r'<project [^>]{0,400}mrproject-version="', place=12, **_ALIKE),
    Recognizes(what="GanttProject plan", line=r'<project [^>]{0,800}view-date="', place=12, **_ALIKE),
)


class MpxjCollector:
    """Reads one plan of another tool (input ``file``) with MPXJ, in a Java machine inside its own child."""

    name = "mpxj"
    facts: Sequence[LocalFact] = FACTS
    settings: type[Settings] = MpxjSettings
    network: Sequence[str] = ()
    one_release = ONE_RELEASE
    recognizes = MPXJ_FILES

    def declare(self, settings: MpxjSettings) -> Sequence[LocalFact]:
        """Return the facts of a schedule, as the other readers do."""
        return asked(settings)

    def collect(self, job: Job, settings: MpxjSettings) -> Iterator[Answer]:
        """Yield an answer for each fact.

        Raises:
            CollectorRefusal: Java or MPXJ is missing, or the file cannot be used at all.
        """
        yield from measure(self._read(job, settings), job.input(), job, settings, set_status=SET_STATUS)

    def activity_network(self, job: Job, settings: MpxjSettings) -> ActivityNetwork:
        """Return what is ahead of go-live, for a simulation.

        Raises:
            CollectorRefusal: Java or MPXJ is missing, the file cannot be used, or there is nothing to simulate.
        """
        estimates = settings.simulation.estimates if settings.simulation is not None else None
        schedule = self._read(job, settings, Ahead(minutes_a_day(settings), estimates))
        try:
            return ahead_of_golive(schedule, job, settings, set_status=SET_STATUS)
        except CollectorRefusal as refusal:
            raise _naming(job.input(), refusal) from refusal

    def _read(self, job: Job, settings: MpxjSettings, ahead: Ahead | None = None) -> Schedule:
        source = job.input()
        try:
            project = pick(java_machine.read_projects(source, job.scratch), settings.project)
            return schedule_of(
                project,
                source,
                java_machine.java_class,
                time_zone=job.time_zone,
                now=job.now,
                holidays=sorted(date.fromisoformat(day) for day in job.holidays),
                contract=settings.contract.field if settings.contract else "",
                baseline=settings.baseline,
                ahead=ahead,
            )
        except CollectorRefusal as refusal:
            raise _naming(source, refusal) from refusal


def _naming(source: Input, refusal: CollectorRefusal) -> CollectorRefusal:
    return CollectorRefusal(f"{source.file_name}: {refusal}", refusal.reason)
