"""What a binding says of a register of exercises: its headings, its words, and the systems that must be in it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from gonogo.plugin.spec import Settings

Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Words = Annotated[tuple[Word, ...], Field(max_length=60)]
ColumnName = Literal[
    "key", "system", "kind", "held", "outcome", "full_size", "checked", "users", "hours", "rto", "lost", "rpo"
]

HEADINGS: Final[dict[ColumnName, tuple[str, ...]]] = {
    "key": ("exercise id", "exercise no", "exercise number", "exercise", "test id", "test no", "event id", "id"),
    "system": ("system", "system name", "application", "information system", "service"),
    "kind": ("exercise type", "test type", "type", "type of exercise", "type of test", "kind"),
    "held": (
        "date held",
        "held on",
        "exercise date",
        "test date",
        "date",
        "performed on",
        "conducted on",
        "completed on",
    ),
    "outcome": ("outcome", "result", "status", "test result"),
    "full_size": ("production size", "full size", "production volume", "full volume", "at production size"),
    "checked": ("data checked", "data verified", "data validated", "restored data checked", "integrity verified"),
    "users": (
        "customer took part",
        "users took part",
        "customer users took part",
        "customer users",
        "users participated",
    ),
    "hours": (
        *("recovery time", "actual recovery time", "measured recovery time", "restore time", "time to restore"),
        *("actual rto", "rto actual", "measured rto", "rto achieved", "rto (actual)"),
    ),
    "rto": ("rto", "recovery time objective", "target rto", "rto target", "rto limit", "rto (target)"),
    "lost": (
        "data loss",
        "actual data loss",
        "measured data loss",
        "data lost",
        "actual rpo",
        "rpo actual",
        "rpo achieved",
    ),
    "rpo": ("rpo", "recovery point objective", "target rpo", "rpo target", "rpo limit", "rpo (target)"),
}
"""Headings as they are compared: lower case, one blank between words, without a unit in brackets."""


class ExercisesSettings(Settings):
    """Settings of a binding. Words are compared without regard to capitals.

    Attributes:
        systems: Systems that must have an exercise; rows of others are then left out.
        headings: Column to its heading in this register, where it has another one than those that are known.
        sheet: Name of the sheet, needed where a workbook has several.
        other_sheets: A sheet with the same headings, or called like a further page, to the reason why its rows are no
            exercises.
        final_line_break: CSV: whether the last line must end; a file that was cut off does not.
        rows: How many exercises the register has to have, planned ones included.
        restores: Types that are restores from a backup.
        failovers: Types that are functional failovers to the recovery site.
        others: Types that are neither, such as tabletop exercises. A type that is in no list is a gap.
        passed: Outcomes with which an exercise met its aim; every other one failed.
        not_held: Outcomes of exercises that did not take place.
    """

    systems: Words = ()
    headings: dict[ColumnName, Word] = Field(default_factory=dict)
    sheet: Annotated[str, StringConstraints(max_length=80)] = ""
    other_sheets: dict[Word, Annotated[str, StringConstraints(min_length=10, max_length=400)]] = Field(
        default_factory=dict
    )
    final_line_break: bool = True
    rows: Annotated[int | None, Field(ge=1, le=100_000)] = None
    restores: Words = (
        "Restore",
        "Restore test",
        "Backup restore",
        "Backup restoration",
        "Full restore",
        "Data restore",
    )
    failovers: Words = (
        *("Failover", "Functional failover", "Functional exercise", "Functional", "Full-scale", "Full scale"),
        *("Full-scale exercise", "DR failover", "Disaster recovery failover", "Full interruption"),
    )
    others: Words = (
        *("Tabletop", "Tabletop exercise", "Table-top", "Walkthrough", "Plan review", "Checklist", "Discussion"),
        *("Call tree", "Notification", "Component test", "Simulation"),
    )
    passed: Words = ("Passed", "Pass", "Successful", "Success", "Succeeded", "Met")
    not_held: Words = ("Planned", "Scheduled", "Cancelled", "Canceled", "Postponed", "Not held", "Not started")
