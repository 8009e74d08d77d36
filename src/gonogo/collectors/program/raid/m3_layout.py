"""Where the two logs of the M3 RAID workbook keep what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HIGH_RISKS: Final = frozenset({"high_risks_open", "high_risks_unmitigated"})
ISSUES: Final = frozenset({"critical_issues_open", "high_issues_unplanned"})
BOTH_LOGS: Final = frozenset({"open_items", "complete_ratio", "stale_items", "overdue_ratio"})


@dataclass(frozen=True, slots=True)
class RaidLayout:
    """Where one log keeps what.

    Attributes:
        sheet: Name of the sheet.
        ids: Heading of the id column, whose formulas may have no stored result.
        headings: Heading by the name that the code uses.
        facts: Every fact that rests on this log.
    """

    sheet: str
    ids: str
    headings: Mapping[str, str]
    facts: frozenset[str]


RISKS: Final = RaidLayout(
    "Risk Log",
    "Risk #",
    {
        "title": "Title",
        "description": "Description",
        "plan": "Response Plan",
        "response": "Risk Response",
        "status": "Status",
        "scope": "Program or Release",
        "side": "Risk Owner(s) - Organization",
        "owner": "Risk Owner",
        "probability": "Probability (Likelihood)",
        "impact": "Consequence / Impact",
        "due": "Due Date (Trigger Date)",
        "closure": "Closure Criteria",
    },
    HIGH_RISKS | BOTH_LOGS,
)
ISSUE_LOG: Final = RaidLayout(
    "Issue Log",
    "Issue #",
    {
        "title": "Title",
        "description": "Description",
        "plan": "Resolution Plan",
        "status": "Status",
        "scope": "Program or Release",
        "side": "Issue Owner(s) - Organization",
        "owner": "Issue Owner(s)",
        "due": "Due Date",
        "priority": "Priority",
        "modified": "Modified On",
        "closure": "Closure Criteria",
    },
    ISSUES | BOTH_LOGS,
)
