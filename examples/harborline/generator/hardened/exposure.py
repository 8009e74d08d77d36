"""What a register says of its open items: whom each touches, how people get by, and who decided what.

Such columns are what `gonogo acceptances` drafts from. A closed item has none of them filled.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import yaml

from ..files import write_csv
from ..people import TEMPLATES
from .source import Source, Table
from .story import Story

Item = Mapping[str, object]
COLUMNS = {
    "Touches": "touches",
    "Users": "users",
    "Volume": "volume",
    "Money": "money",
    "Workaround": "workaround",
    "Tried on": "tried_on",
    "Tried by": "tried_by",
    "Accepted by": "person",
    "Accepted on": "on",
    "Accepted until": "until",
    "Decision": "decision",
}
"""Heading to the part of an acceptance that it holds."""
FUNCTIONS = {
    "Purchase card issuer": "Purchase card",
    "Lockbox": "Receivables and collections",
    "Debt referral": "Receivables and collections",
}
BY_HAND = {
    "Purchase card issuer": "Two people key the issuer's daily statement file, and check the control total",
    "Lockbox": "The bank sends a daily list, and collections keys it",
    "Debt referral": "",
}
SHARES = {
    "Purchase card issuer": ("4%", "3%", "1%"),
    "Lockbox": ("6%", "9%", "12%"),
    "Debt referral": ("2%", "1%", "5%"),
}


@dataclass(frozen=True)
class Register:
    """A table that is a register.

    Attributes:
        name: As acceptances call it.
        open: Whether a row is an open item.
        workaround: How people get by without one.
        touches: Column that says which function an item touches.
    """

    name: str
    open: Callable[[Item], bool]
    workaround: str = ""
    touches: str = ""


REGISTERS = {
    "program/contingency_parts.csv": Register("contingency", lambda row: row["written"] != "Yes"),
    "program/exit_conditions.csv": Register("conditions", lambda row: row["status"] != "Met"),
    "system/config_items.csv": Register(
        "configuration",
        lambda row: (row["built"], row["tested"]) != ("Yes", "Yes"),
        "Posted by a journal voucher that two people sign",
        "service",
    ),
    "system/uat_results.csv": Register(
        "acceptance_tests", lambda row: row["result"] != "Passed", "A second person checks each document of the kind"
    ),
    "system/interfaces.csv": Register("interfaces", lambda row: row["end_to_end"] != "Passed"),
    "system/report_validation.csv": Register(
        "reports",
        lambda row: row["status"] != "Validated",
        "A query on the frozen balances gives the figures",
        "service",
    ),
    "system/conversion_objects.csv": Register(
        "conversion", lambda row: row["unexplained"] != 0, "Rejected records are keyed from the legacy screens"
    ),
    "system/mock4_reconciliation.csv": Register(
        "differences",
        lambda row: row["legacy"] != row["target"],
        "The difference is held in suspense until it is found",
    ),
    "workforce/functions.csv": Register("functions", lambda row: not row["Performed by"], "The unit head does it"),
    "operations/provider_statements.csv": Register("statements", lambda row: row["state"] != "With evidence"),
    "operations/cutover_plan.csv": Register(
        "cutover_steps", lambda row: row["state"] != "Complete", "The cutover lead calls the owner of the step"
    ),
    "operations/partners.csv": Register(
        "partners", lambda row: row["state"] != "Ready", "Orders come by mail, and NIWA keys them"
    ),
}
LEFT_OUT = {"workforce/functions.csv": ("Touches",)}
"""Columns that a register does without: of functions, each item is itself what it touches."""
PLAN = Register("integration_tests", lambda row: True, "A second person checks each document of the kind", "suite")


def with_columns(source: Source, story: Story) -> Source:
    """Return a source whose registers have the columns; others stay as they are."""
    tables = {name: _widened(table, story) for name, table in source.tables.items()}
    return replace(source, tables=tables)


def widen_plan(target: Path, story: Story) -> None:
    """Add the columns to the plan of the integration tests; a case is open until its report says that it passed."""
    folder = target / "evidence" / "system"
    report = ElementTree.parse(folder / "sit_results.xml")
    passed = {case.get("name") for case in report.iter("testcase") if case.find("failure") is None}
    with (folder / "sit_plan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [
        _said(PLAN, row["case_id"], row, n, story, is_open=row["case_id"] not in passed) for n, row in enumerate(rows)
    ]
    write_csv(
        folder / "sit_plan.csv",
        (*rows[0], *COLUMNS),
        [(*row.values(), *more) for row, more in zip(rows, said, strict=True)],
    )


def _widened(table: Table, story: Story) -> Table:
    register = REGISTERS.get(table.path)
    if register is None:
        return table
    headings = [heading for heading in COLUMNS if heading not in LEFT_OUT.get(table.path, ())]
    rows = []
    for n, row in enumerate(table.rows):
        named = dict(zip(table.columns, row, strict=False))
        said = dict(
            zip(COLUMNS, _said(register, str(row[0]), named, n, story, is_open=register.open(named)), strict=True)
        )
        rows.append((*row[:-1], *(said[heading] for heading in headings), row[-1]))
    return replace(table, columns={**table.columns, **dict.fromkeys(headings, "-")}, rows=rows)


def _said(register: Register, key: str, row: Item, n: int, story: Story, *, is_open: bool) -> tuple[str, ...]:
    if not is_open:
        return ("",) * len(COLUMNS)
    accepted = _accepted(story.scenario).get((register.name, key))
    if accepted:
        return tuple({"decision": "Accepted", **accepted}.get(part, "") for part in COLUMNS.values())
    users, volume, money = SHARES.get(key, (f"{1 + n % 3}%", f"{1 + n % 2}%", "0.5%"))
    found = {
        "touches": FUNCTIONS.get(key, str(row.get(register.touches, ""))),
        "users": users,
        "volume": volume,
        "money": money,
        "workaround": BY_HAND.get(key, register.workaround),
        "decision": "Not decided",
    }
    return tuple(found.get(part, "") for part in COLUMNS.values())


@cache
def _accepted(scenario: str) -> dict[tuple[str, str], dict[str, str]]:
    """What people accepted, as the program's own file says it."""
    text = (TEMPLATES / "m3-hardened" / f"acceptances-{scenario}.yaml").read_text("utf-8")
    entries = yaml.load(text, Loader=yaml.BaseLoader)["acceptances"]  # BaseLoader makes only texts
    return {(each["register"], each["item"]): each for each in entries}
