"""What a file can be recognized as beside what collectors declare: tables, and what no collector reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.first_week.declared_kinds import DeclaredKind, Use


class FileKind(StrEnum):
    """What a file is, told by its content, where no collector declares it."""

    CSV = "CSV table"
    XLSX = "workbook"
    JSON = "JSON table"
    SARIF = "SARIF scan results"
    OSCAL_SSP = "OSCAL system security plan"
    OSCAL_POAM = "OSCAL plan of action and milestones"
    OSCAL_RESULTS = "OSCAL assessment results"
    KEV = "CISA's catalog of known exploited vulnerabilities"
    M3_SCHEDULE = "GSA M3 master schedule template"
    M3_RTM = "GSA M3 requirements traceability matrix"
    M3_COMMUNICATIONS = "GSA M3 communications plan"
    M3_READINESS = "GSA M3 investment readiness checklist"
    M3_REVIEW = "GSA M3 Phase 4 Progress Review deck"

    @property
    def use(self) -> Use:
        """What can be done with it."""
        return USES[self]

    @property
    def place(self) -> tuple[int, int]:
        """Where its bindings stand among those that are proposed."""
        at = _TABLES if self in (FileKind.CSV, FileKind.XLSX, FileKind.JSON) else _TEMPLATES
        return (at, list(FileKind).index(self))


_TABLES: Final = 40
_TEMPLATES: Final = 60
_BY_HAND: Final = (
    "No collector of this version reads it: have somebody state its facts in the workbook (gonogo workbook), with this "
    "file as their source."
)
_AS_JSON: Final = "Export it as JSON: the collector `oscal` reads that."
_AS_TABLE: Final = "settings: paste what `gonogo map` prints of this file, and say `as`"

USES: Final[dict[FileKind, Use]] = {
    FileKind.CSV: Use("table", "table", "", _AS_TABLE),
    FileKind.XLSX: Use("table", "table", "", _AS_TABLE),
    FileKind.JSON: Use(
        "table", "table", "", "settings: describe its records by tables, columns and facts, and say `as`"
    ),
    FileKind.SARIF: Use(advice="It holds no runs, so nothing was scanned: scan again."),
    FileKind.OSCAL_SSP: Use(advice=_AS_JSON),
    FileKind.OSCAL_POAM: Use(advice=_AS_JSON),
    FileKind.OSCAL_RESULTS: Use(advice=_AS_JSON),
    FileKind.KEV: Use(
        advice="It is read as the input `kev` of `sbom` or `oscal:poam`, beside a bill of materials or a plan of "
        "action and milestones, if the ruleset asks which weaknesses are exploited."
    ),
    FileKind.M3_SCHEDULE: Use(
        "table",
        "schedule-table",
        "",
        "settings: better save the schedule itself as Project XML or XER; this template proves no float",
    ),
    FileKind.M3_RTM: Use("table", "rtm", "rtm", _AS_TABLE),
    FileKind.M3_COMMUNICATIONS: Use("table", "communications", "comms", _AS_TABLE),
    FileKind.M3_READINESS: Use(advice=_BY_HAND),
    FileKind.M3_REVIEW: Use(advice="The ruleset m3-baseline asks its 26 criteria; slides are not evidence."),
}
"""Every kind and what can be done with it."""

SHEETS: Final[tuple[tuple[frozenset[str], FileKind], ...]] = (
    (frozenset({"RTM", "CR"}), FileKind.M3_RTM),
    (frozenset({"Communications Plan"}), FileKind.M3_COMMUNICATIONS),
    (frozenset({"Investment Readiness Assessment"}), FileKind.M3_READINESS),
    (frozenset({"Schedule Template"}), FileKind.M3_SCHEDULE),
)
"""Sheets by which those of GSA's workbooks are known that have no collector of their own."""


class Why(StrEnum):
    """Why a file was not recognized."""

    UNKNOWN = "unknown"
    LOCKED = "lock file"
    COPY = "copy"
    CONFLICT = "conflict copy"
    ONLINE = "online only"
    LARGE = "too large"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    LINK = "link"
    SHORTCUT = "shortcut"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Recognized:
    """A file that was recognized.

    Attributes:
        path: Relative to the program's folder, ``/`` between its parts.
        kind: What it is.
        detail: What the content says, in words: ``sheets Cover, RTM``.
        tests: Entries that answer to a plan: those in its head, as (owner, name).
        header: CSV: the headings.
        rows: CSV: the first rows of data.
        facts: Statements: the facts that its head states.
    """

    path: str
    kind: FileKind | DeclaredKind
    detail: str = ""
    tests: tuple[tuple[str, str], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrecognized:
    """A file that was not.

    Attributes:
        path: Relative to the program's folder.
        why: The reason.
        detail: One sentence: what was found, and what helps.
    """

    path: str
    why: Why
    detail: str
