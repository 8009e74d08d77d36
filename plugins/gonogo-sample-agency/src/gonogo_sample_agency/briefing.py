"""A report format: one line a criterion, as CSV, for the agency's own briefing sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from gonogo.plugin.spec import ReportFormat, hookimpl

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program calculate instead of show."""


class Briefing:
    """Writes what kind of run it was, the verdict, and a line for each criterion."""

    name = "briefing"
    media_type = "text/csv"

    def render(self, report: Mapping[str, Any]) -> bytes:
        """Return the lines, headed and footed by the program's marking."""
        marking = [[report["marking"]]] if report["marking"] else []
        rows = [
            *marking,
            [report["kind"]["sentence"]],
            ["verdict", report["verdict"]],
            ["criterion", "status", "owner", "finding"],
            *([each["criterion"], each["status"], each["owner"], each["sentence"]] for each in report["findings"]),
            *marking,
        ]
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([_inert(cell) for cell in row] for row in rows)
        return stream.getvalue().encode("utf-8")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(ACTIVE) else text


@hookimpl
def gonogo_register_formats(register: Callable[[ReportFormat], None]) -> None:
    """Register the format ``briefing``."""
    register(Briefing())
