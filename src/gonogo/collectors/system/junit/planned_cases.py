"""The test plan that a run answers to: a CSV file or a worksheet with one case a row, and no row can hide."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gonogo.collectors.listed_rows import listed_rows
from gonogo.collectors.rows.row_subject import BoundSubjects, about
from gonogo.collectors.system.junit.settings import Critical, JUnitSettings
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Input

MAX_CASES: Final = 1_000_000
MAX_VALUES: Final = 1000
"""Distinct values of a column that are looked at."""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """The planned cases.

    Attributes:
        file_name: For messages.
        cases: Case id to whether the case is critical, in the order of the file.
        elsewhere: Ids of cases that the plan holds for another build, release, environment or cycle.
        named: Heading of a column that names one of these, to its distinct values among the planned cases; those that
            hold only what the evidence is bound to are left out.
        controlled: Whether it is known how many rows it must hold.
    """

    file_name: str
    cases: Mapping[str, bool]
    elsewhere: frozenset[str] = frozenset()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    controlled: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of the columns that are read."""

    id: int
    critical: int | None
    subjects: Mapping[str, int]
    only: Mapping[str, int]


def read_plan(
    source: Input, settings: JUnitSettings, bound: BoundSubjects, *, most: int = MAX_CASES, looked_at: int = MAX_VALUES
) -> CasePlan:
    """Read a plan: a worksheet, or UTF-8 text with commas, with or without byte order mark.

    Args:
        source: The file.
        settings: What the binding says of it.
        bound: What the evidence is bound to.
        most: How many cases it may plan.
        looked_at: How many distinct values of a column are looked at.

    Raises:
        CollectorRefusal: Not such a file, cut off, another number of rows than its control says, no case in it, an id
            that is blank or there twice, or a value in the critical column that is in neither list.
    """
    rows: dict[str, bool] = {}
    elsewhere: set[str] = set()
    place = source.file_name
    others = settings.other_sheets
    lines = listed_rows(source, settings.sheet, final_line_break=settings.final_line_break, other_sheets=others)
    where, header = next(lines)
    columns = _columns(where, header, settings)
    named: dict[str, dict[str, None]] = {heading: {} for heading in columns.subjects}
    looked = [(at, named[heading]) for heading, at in columns.subjects.items()]
    for where, row in lines:
        case = _identifier(row[columns.id], where)
        if case in rows or case in elsewhere:
            raise CollectorRefusal(f"{where}: the case {case[:80]!r} is planned twice")
        critical = _is_critical(row, columns, settings.critical, where)
        if _counts(row, columns, settings.only, where):
            rows[case] = critical
            for at, values in looked:
                if len(values) < looked_at:
                    values[row[at].strip()] = None
        else:
            elsewhere.add(case)
        if len(rows) + len(elsewhere) > most:
            raise CollectorRefusal(f"{place} plans more than {most} cases")
    found, expected = len(rows) + len(elsewhere), settings.control.rows
    if expected is not None and found != expected:
        raise CollectorRefusal(f"{place} has {found} rows of data, not {expected}")
    if not rows:
        raise CollectorRefusal(f"{place} plans no case; an empty plan proves nothing", GapReason.NOT_PROVABLE)
    subjects = {
        heading: tuple(value for value in values if value)
        for heading, values in named.items()
        if heading in settings.only or about(heading, values, bound, rows=len(rows))
    }
    return CasePlan(place, rows, frozenset(elsewhere), subjects, expected is not None)


def _columns(place: str, header: list[str], settings: JUnitSettings) -> _Columns:
    critical = settings.critical.column if settings.critical else ""
    taken = {settings.id_column, critical}
    only = {heading: _column(place, header, heading) for heading in settings.only if heading in header}
    subjects = {
        heading: at for at, heading in enumerate(header) if heading not in taken and heading not in settings.not_subject
    }
    return _Columns(
        id=_column(place, header, settings.id_column),
        critical=_column(place, header, critical) if critical else None,
        subjects=subjects | only,
        only=only,
    )


def _is_critical(row: list[str], columns: _Columns, critical: Critical | None, where: str) -> bool:
    if critical is None or columns.critical is None:
        return False
    value = row[columns.critical].strip().casefold()
    if value in folded(critical.values):
        return True
    if value not in folded(critical.others):
        raise CollectorRefusal(f"{where}: {critical.column} is {value[:40]!r}, which the settings do not list")
    return False


def _counts(row: list[str], columns: _Columns, only: Mapping[str, str], where: str) -> bool:
    """Whether the row is about what the binding says that counts."""
    for heading, at in columns.only.items():
        if not row[at].strip():
            raise CollectorRefusal(
                f"{where}: {heading} is blank, so nobody knows whether the case counts for {only[heading][:40]!r}"
            )
    return not columns.only or all(row[at].strip() == only[heading].strip() for heading, at in columns.only.items())


def folded(values: tuple[str, ...]) -> frozenset[str]:
    """Return values without stray blanks and case."""
    return frozenset(value.strip().casefold() for value in values)


def _identifier(text: str, where: str) -> str:
    if not text.strip():
        raise CollectorRefusal(f"{where}: the case id is blank")
    if text != text.strip() or not text.isprintable():
        raise CollectorRefusal(f"{where}: the case id {text[:80]!r} has blanks around it or invisible characters")
    return text


def _column(file_name: str, header: list[str], name: str) -> int:
    if header.count(name) == 1:
        return header.index(name)
    if name in header:
        raise CollectorRefusal(f"{file_name} has the column {name!r} twice")
    close = difflib.get_close_matches(name, header, n=1)
    raise CollectorRefusal(
        f"{file_name} has no column {name!r}{f' (nearest: {close[0]!r})' if close else ''}; "
        f"it has {', '.join(repr(entry[:40]) for entry in header[:20]) or 'no header'}"
    )
