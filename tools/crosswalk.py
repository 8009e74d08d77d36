"""The crosswalk of m3-hardened: criteria to M3's activities, to m3-baseline, to seats, to the rows of activity 3.5.

``tools/crosswalk.csv`` says which activities and rows a criterion serves; the rest comes from the rulesets.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from reference_text import code, page, table

from gonogo.core.wording import seat_words
from gonogo.model.people import M3_ROLES
from gonogo.model.ruleset import Criterion, Ruleset
from gonogo.ruleset.loader import ruleset_by_name

TABLE: Final = Path(__file__).with_name("crosswalk.csv")

ROWS: Final = {
    "A1": "Activity 1, shared: draft the Implementation Approach and the Integrated Master Schedule",
    "A2": "Activity 2, provider: finalize the approach and the release plan",
    "A3": "Activity 3, customer: update the Decommission Plan",
    "A4": "Activity 4, customer: design the retained organization",
    "A5": "Activity 5, shared: develop the go/no-go criteria",
    "A6": "Activity 6, shared: report to leadership and governance",
    "L1": "Lesson: roles are clear before implementation",
    "L2": "Lesson: scope, service levels and cost are understood",
    "L3": "Lesson: metrics for shared performance",
    "L4": "Lesson: an agile, phased approach with quick wins",
    "L5": "Lesson: the Provider Agreement says who decides what and reports what",
    "L6": "Lesson: work breakdown in the schedule; critical path with resources and acquisitions",
    "S": "Stakeholders: the nine seats on each side",
}
"""The rows of M3's activity 3.5, in our words."""

ACTIVITIES: Final = {
    "2.8": "Develop a Decommission Plan",
    "3.5": "Finalize Implementation Approach",
    "4.1": "Monitor and Control Program Execution",
    "4.2": "Maintain and Execute Risk Processes",
    "4.3": "Develop Operations and Maintenance Governance",
    "4.4": "Design Target State Processes",
    "4.5": "Design Target State Organization",
    "4.6": "Conduct Security and Privacy Reviews",
    "4.7": "Define Roles and User Access",
    "4.8": "Configure Systems",
    "4.9": "Design and Develop Interfaces",
    "4.10": "Design and Develop Reports",
    "4.11": "Conduct Mock Conversions",
    "4.12": "Test Systems and Processes",
    "4.13": "Execute Workforce Transition and Prepare for Go-Live",
    "4.14": "Execute Training for Go-Live",
    "4.15": "Execute Labor Relations Strategy",
    "4.16": "Assess Readiness for Go-Live",
    "4.17": "Develop and Execute Cutover Plan for Go-Live",
    "5.1": "Review Performance Against Expected Benefits",
    "5.2": "Collect Lessons Learned",
    "5.5": "Maintain Applications Post Go-Live",
    "5.6": "Decommission Legacy Systems",
    "5.9": "Monitor and Update Service Level Agreements",
}
"""Activities of M3's current edition, by number; the names are GSA's."""


class Line(NamedTuple):
    """What the table says of one criterion: M3 activities, and rows of activity 3.5."""

    activities: tuple[str, ...]
    rows: tuple[str, ...]


def lines() -> dict[str, Line]:
    """Return the table by criterion.

    Raises:
        ValueError: It names a criterion twice.
    """
    found: dict[str, Line] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["criterion"] in found:
                raise ValueError(f"{TABLE.name} names {row['criterion']} twice")
            found[row["criterion"]] = Line(tuple(row["activities"].split()), tuple(row["rows"].split()))
    return found


def crosswalk() -> str:
    """Return the whole page."""
    hardened = ruleset_by_name("m3-hardened").ruleset
    baseline = {criterion.m3_ref: criterion.id for criterion in ruleset_by_name("m3-baseline").ruleset.criteria}
    says = lines()
    head = (
        "For people who compare `m3-hardened`, which is experimental, with M3. Activities are those of M3's current "
        "edition. *P4* numbers are the questions of the Phase 4 Progress Review, each a criterion of `m3-baseline`. "
        "Rows are the activities, lessons and stakeholders of activity 3.5."
    )
    return page(
        "Crosswalk of m3-hardened",
        head,
        "## Every criterion",
        table(
            ("criterion", "severity", "M3 activity", "m3-baseline", "owner", "who signs a waiver", "row of 3.5"),
            [_criterion(criterion, says[criterion.id], baseline) for criterion in hardened.criteria],
        ),
        "## Every question of m3-baseline",
        table(("question", "m3-baseline", "m3-hardened"), _questions(hardened, baseline)),
        "## Every row of activity 3.5",
        table(
            ("row", "what it is", "m3-hardened"), _by(hardened, ROWS, {name: line.rows for name, line in says.items()})
        ),
        "## Every M3 activity",
        table(
            ("activity", "name", "m3-hardened"),
            _by(hardened, ACTIVITIES, {name: line.activities for name, line in says.items()}),
        ),
        "## Every seat",
        table(("seat", "owns", "may attest"), _seats(hardened)),
    )


def _criterion(criterion: Criterion, line: Line, baseline: dict[str, str]) -> tuple[str, ...]:
    asked = ", ".join(f"{number} {code(baseline[number])}" for number in numbers(criterion))
    waiver = ", ".join(seat_words(seat) for seat in criterion.waivable_by) or "nobody"
    activities, rows = ", ".join(line.activities), ", ".join(line.rows)
    return code(criterion.id), str(criterion.severity), activities, asked, seat_words(criterion.owner), waiver, rows


def numbers(criterion: Criterion) -> tuple[str, ...]:
    """Return the questions of M3's review that a criterion serves."""
    return tuple(part.strip() for part in criterion.m3_ref.split(",") if part.strip())


def _questions(hardened: Ruleset, baseline: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for number, name in sorted(baseline.items()):
        serving = [criterion.id for criterion in hardened.criteria if number in numbers(criterion)]
        yield number, code(name), ", ".join(map(code, serving))


def _by(hardened: Ruleset, words: dict[str, str], keys: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    for key, meaning in words.items():
        serving = [criterion.id for criterion in hardened.criteria if key in keys[criterion.id]]
        yield key, meaning, ", ".join(map(code, serving))


def _seats(hardened: Ruleset) -> Iterator[tuple[str, str, str]]:
    for seat in (*M3_ROLES, *hardened.offices):
        owned = [criterion.id for criterion in hardened.criteria if criterion.owner == seat]
        attested = sum(seat in criterion.attest for criterion in hardened.criteria)
        yield (
            seat_words(seat),
            ", ".join(map(code, owned)) or "none",
            f"{attested} {'criterion' if attested == 1 else 'criteria'}",
        )
