"""The criteria of one run as a table, a row each: what CSV and Parquet hold, with one meaning for each column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Account, accounts, signal
from gonogo.report.machine.notation import evidence_of, name_of, title_of
from gonogo.report.machine.oscal_findings import deadline
from gonogo.report.view import RunView
from gonogo.report.words import person_and_seat

Cell = str | bool | int | date | datetime | None


class CellForm(StrEnum):
    """What a column holds; any cell may be empty."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DAY = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes:
        name: Its heading.
        kind: What it holds.
        meaning: What a cell says.
    """

    name: str
    kind: CellForm
    meaning: str


COLUMNS: Final = (
    TableColumn("report", CellForm.TEXT, "name of the report, the same in every row"),
    TableColumn("kind", CellForm.TEXT, "what kind of run it was, in a sentence"),
    TableColumn("purpose", CellForm.TEXT, "`decision`, `progress` or `rehearsal`"),
    TableColumn("marking", CellForm.TEXT, "the program's handling marking"),
    TableColumn("program", CellForm.TEXT, "id of the program"),
    TableColumn("release", CellForm.TEXT, "id of the release"),
    TableColumn("title", CellForm.TEXT, "the verdict, and what was assessed, as on page one"),
    TableColumn("go_live", CellForm.MOMENT, "moment of go-live"),
    TableColumn("assessed", CellForm.MOMENT, "moment as of which the run judged"),
    TableColumn("milestone", CellForm.TEXT, "last milestone that was reached"),
    TableColumn("run", CellForm.TEXT, "id of the run"),
    TableColumn("ruleset", CellForm.TEXT, "the rules"),
    TableColumn("verdict", CellForm.TEXT, "`GO`, `CONDITIONAL GO` or `NO-GO`"),
    TableColumn("signal", CellForm.TEXT, "`go`, `caution`, `conditional` or `stop`"),
    TableColumn("criterion", CellForm.TEXT, "id of the criterion, or of a standing hold"),
    TableColumn("criterion_title", CellForm.TEXT, "its title"),
    TableColumn("domain", CellForm.TEXT, "its domain"),
    TableColumn("severity", CellForm.TEXT, "what it weighs once it is enforced"),
    TableColumn("hold", CellForm.BOOLEAN, "whether it is a standing hold"),
    TableColumn("status", CellForm.TEXT, "`met`, `not_met`, `unknown`, `not_due`, `not_applicable`, `not_adopted`"),
    TableColumn("standing", CellForm.TEXT, "how it stands, with what people decided"),
    TableColumn("success", CellForm.BOOLEAN, "whether it is met without anybody's acceptance"),
    TableColumn("blocks", CellForm.BOOLEAN, "whether it is a reason against a go"),
    TableColumn("finding", CellForm.TEXT, "the finding in a sentence"),
    TableColumn("margin", CellForm.TEXT, "distance of each comparison to its threshold"),
    TableColumn("cause", CellForm.TEXT, "why an unknown criterion is unknown"),
    TableColumn("open_items", CellForm.INTEGER, "how many items count against it; empty if nobody names them"),
    TableColumn("first_items", CellForm.TEXT, "the first of them"),
    TableColumn("owner", CellForm.TEXT, "who answers for it"),
    TableColumn("remedy", CellForm.TEXT, "what to do if it is open"),
    TableColumn("due_from", CellForm.TEXT, "milestone from which it is due, if it is not due yet"),
    TableColumn("waiver", CellForm.TEXT, "id of the waiver that counts"),
    TableColumn("acceptances", CellForm.TEXT, "ids of the acceptances on which it rests"),
    TableColumn("plan", CellForm.TEXT, "the action plan that counts"),
    TableColumn("deadline", CellForm.DAY, "last day of the waiver, acceptance or plan"),
    TableColumn("evidence_as_of", CellForm.MOMENT, "when its oldest evidence held"),
    TableColumn("evidence", CellForm.TEXT, "where its evidence is"),
    TableColumn("turns_at", CellForm.MOMENT, "when time alone changes its status"),
    TableColumn("log", CellForm.TEXT, "id of the log"),
    TableColumn("head", CellForm.TEXT, "hash of the run's last record"),
)


def table_rows(view: RunView, name: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each criterion and each standing hold of the report ``name``; texts are escaped as everywhere."""
    run, page = view.started, page_of(view)
    shared: dict[str, Cell] = {
        "report": name_of(view, name),
        "kind": page.kind,
        "purpose": run.kind.purpose.value,
        "marking": run.program.marking,
        "program": run.program.id,
        "release": run.release.id,
        "title": title_of(view, page),
        "go_live": run.release.go_live,
        "assessed": run.now,
        "milestone": run.milestone,
        "run": run.envelope.run,
        "ruleset": run.ruleset,
        "verdict": view.decision.verdict.value,
        "signal": signal(view).value,
        "log": view.log,
        "head": view.head,
    }
    for account in accounts(view):
        cells = shared | _own(view, account)
        yield tuple(_plain(cells[column.name]) for column in COLUMNS)


def _own(view: RunView, account: Account) -> dict[str, Cell]:
    found, evidence = account.finding, evidence_of(view, account)
    counted = [reading.open_count for reading in found.facts if reading.open_count is not None]
    return {
        "criterion": found.criterion,
        "criterion_title": found.title,
        "domain": found.domain.value,
        "severity": found.weight_then.value,
        "hold": account.hold,
        "status": found.status.value,
        "standing": account.standing.value,
        "success": account.standing.met,
        "blocks": account.standing.blocks,
        "finding": account.line,
        "margin": "; ".join(f"{each.text}: {each.margin}" for each in found.comparisons if each.margin),
        "cause": found.cause.value if found.cause is not None else None,
        "open_items": sum(counted) if counted else None,
        "first_items": "; ".join(account.items),
        "owner": person_and_seat(view, found.owner),
        "remedy": found.remedy,
        "due_from": found.due_from,
        "waiver": account.waiver.id if account.waiver is not None else None,
        "acceptances": ", ".join(one.id for one in account.accepted),
        "plan": account.plan.action if account.plan is not None else None,
        "deadline": deadline(account),
        "evidence_as_of": min((entry.as_of for entry in evidence), default=None),
        "evidence": "; ".join(dict.fromkeys(entry.source.locator for entry in evidence)),
        "turns_at": found.turns_at,
    }


def _plain(cell: Cell) -> Cell:
    """Return a cell with its text escaped; an empty text is an empty cell."""
    return (escape(cell) or None) if isinstance(cell, str) else cell
