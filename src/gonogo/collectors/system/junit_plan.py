"""The test plan that a run answers to: a CSV file with one case a row, read so strictly that no row can hide."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Input

MAX_CASES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned cases.

    Attributes:
        file_name: For messages.
        cases: Case id to whether the case is critical, in the order of the file.
    """

    file_name: str
    cases: Mapping[str, bool]


def read_plan(
    source: Input,
    *,
    id_column: str,
    critical_column: str = "",
    critical: frozenset[str] = frozenset(),
    others: frozenset[str] = frozenset(),
) -> Plan:
    """Read a plan.

    Args:
        source: UTF-8 text, with or without byte order mark, commas between the columns.
        id_column: Heading of the case ids.
        critical_column: Heading of the column that says which cases are critical; empty for none.
        critical: Values that mean critical, in lower case.
        others: Values that mean not critical, in lower case.

    Raises:
        CollectorRefusal: Not such a file, no case in it, an id that is blank or there twice, or a value in the
            critical column that is in neither list.
    """
    cases: dict[str, bool] = {}
    try:
        with source.text() as stream:
            rows = csv.reader(stream, strict=True)
            header = next(rows, [])
            at = _column(source.file_name, header, id_column)
            critical_at = _column(source.file_name, header, critical_column) if critical_column else None
            for row in rows:
                where = f"{source.file_name}, line {rows.line_num}"
                if len(row) != len(header):
                    raise CollectorRefusal(f"{where}, has {len(row)} columns; the header has {len(header)}")
                if any("\x00" in cell for cell in row):
                    raise CollectorRefusal(f"{where}, holds a NUL character, so it is not text")
                case = _identifier(row[at], where)
                if case in cases:
                    raise CollectorRefusal(f"{where}: the case {case[:80]!r} is planned twice")
                value = "" if critical_at is None else row[critical_at].strip().casefold()
                if critical_at is not None and value not in critical | others:
                    raise CollectorRefusal(
                        f"{where}: {critical_column} is {value[:40]!r}, which the settings do not list"
                    )
                cases[case] = value in critical if critical_at is not None else False
                if len(cases) > MAX_CASES:
                    raise CollectorRefusal(f"{source.file_name} plans more than {MAX_CASES} cases")
    except UnicodeDecodeError as error:
        raise CollectorRefusal(f"{source.file_name} is not UTF-8 at byte {error.start}") from error
    except csv.Error as error:
        raise CollectorRefusal(f"{source.file_name} is not strict CSV: {error}") from error
    if not cases:
        raise CollectorRefusal(
            f"{source.file_name} plans no case; an empty plan proves nothing", GapReason.NOT_PROVABLE
        )
    return Plan(source.file_name, cases)


def _identifier(text: str, where: str) -> str:
    if not text.strip():
        raise CollectorRefusal(f"{where}: the case id is blank")
    if text != text.strip() or not text.isprintable():
        raise CollectorRefusal(f"{where}: the case id {text[:80]!r} has blanks around it or characters nobody sees")
    return text


def _column(file_name: str, header: list[str], name: str) -> int:
    if header.count(name) == 1:
        return header.index(name)
    if name in header:
        raise CollectorRefusal(f"{file_name} has the column {name!r} twice")
    near = difflib.get_close_matches(name, header, n=1)
    raise CollectorRefusal(
        f"{file_name} has no column {name!r}{f' (nearest: {near[0]!r})' if near else ''}; "
        f"it has {', '.join(repr(entry[:40]) for entry in header[:20]) or 'no header'}"
    )
