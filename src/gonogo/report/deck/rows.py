"""What a run says about each row of M3's Phase 4 Progress Review, and how many criteria have which color."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.model.finding import Finding
from gonogo.model.ruleset import Domain
from gonogo.report.health import GREEN, RED, YELLOW, health
from gonogo.report.machine.machine_standing import Account, accounts
from gonogo.report.view import RunView
from gonogo.report.words import person_and_seat

COLORS: Final = (GREEN, YELLOW, RED)
CRITICALITIES: Final = ("High", "Medium", "Low")
CATEGORIES: Final = {
    "program management readiness": Domain.PROGRAM,
    "organizational readiness": Domain.WORKFORCE,
    "technology readiness": Domain.SYSTEM,
    "business operations readiness": Domain.OPERATIONS,
}
"""M3's names of the four domains, as its decks write them."""
_NUMBER: Final = re.compile(r"P4-(\d+)")


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One row of the deck.

    Attributes:
        owner: Who answers for it.
        criticality: High, Medium or Low: the highest of its criteria.
        color: Green, Yellow or Red: the worst of its criteria; empty where none is due.
        status: How it stands, in words.
        source: Which criteria it comes from, for the notes.
    """

    owner: str
    criticality: str
    color: str
    status: str
    source: str


def rows_by_number(view: RunView) -> dict[int, DeckRow]:
    """Return M3's rows that this run answers, by their number in the deck."""
    mine: dict[int, list[Account]] = {}
    for account in accounts(view):
        reference = str(view.about.get(account.finding.criterion, {}).get("m3_ref") or "")
        for number in map(int, _NUMBER.findall(reference)):
            mine.setdefault(number, []).append(account)
    return {number: row_of(view, found) for number, found in mine.items()}


def row_of(view: RunView, found: Sequence[Account]) -> DeckRow:
    """Return one row for one or more criteria: the worst decides."""
    worst = min(found, key=lambda account: _rank(view, account))
    criticality = min((account.finding.weight_then.m3_criticality for account in found), key=CRITICALITIES.index)
    met = sum(account.standing.met for account in found)
    many = f" ({met} of {len(found)} criteria met)" if len(found) > 1 else ""
    return DeckRow(
        owner=person_and_seat(view, worst.finding.owner),
        criticality=criticality,
        color=health(view, worst.finding),
        status=f"{worst.head}{many}",
        source="; ".join(f"{account.finding.criterion}: {account.line}" for account in found),
    )


def _rank(view: RunView, account: Account) -> int:
    color = health(view, account.finding)
    return {RED: 0, YELLOW: 1, GREEN: 2}.get(color, 3)


def counts(view: RunView, findings: Iterable[Finding]) -> dict[tuple[str, str], int]:
    """Return how many criteria have which criticality and color, without those that have no color."""
    found: dict[tuple[str, str], int] = {}
    for finding in findings:
        color = health(view, finding)
        if color:
            key = (finding.weight_then.m3_criticality, color)
            found[key] = found.get(key, 0) + 1
    return found


def claimed(number: int, color: str, said: dict[int, str]) -> str:
    """Return what an earlier deck claimed for a row, where it is another color; empty where it agrees or is silent."""
    other = said.get(number, "")
    return f"Claimed {other}, computed {color or 'not due'}." if other and other != color else ""
