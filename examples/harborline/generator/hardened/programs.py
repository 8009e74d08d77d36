"""The programs under m3-hardened: their evidence, the program file that binds it, and the papers of people."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from .. import communications, junit, mspdi, raid, requirements, xer
from ..files import write_csv, write_sheet, write_text, write_workbook
from ..names import GROUPS
from ..people import TEMPLATES
from ..plan import build
from ..statements import render
from . import (
    conversion,
    cutover,
    decks,
    defects,
    exposure,
    formats,
    governance,
    legacy,
    money,
    organization,
    plans,
    platform,
    recovery,
    reviews,
    risk_tool,
    rosters,
    said,
    scope,
    security,
    services,
    surveys,
    tests_run,
    training,
)
from .source import DATED, Source, Table, bindings
from .story import Story

DOMAINS = (
    money,
    plans,
    governance,
    reviews,
    scope,
    security,
    platform,
    tests_run,
    defects,
    conversion,
    organization,
    training,
    surveys,
    rosters,
    services,
    recovery,
    cutover,
    legacy,
)
WAIVED = date.fromisoformat("2027-04-13")
PAPERS = ("waivers", "plans", "acceptances")


def write(target: Path, story: Story) -> None:
    """Write one program."""
    made = chain.from_iterable(domain.sources(story) for domain in DOMAINS)
    found = [exposure.with_columns(source, story) for source in made]
    for source in found:
        for table in source.tables.values():
            _table(target, table)
    formats.write(target, story, {table.path: table for source in found for table in source.tables.values()})
    _schedules(target, story)
    raid.write(target, story, datetime.fromisoformat(story.ago(4)))
    risk_tool.write(target, story)
    decks.write(target, story)
    junit.write(target, story, [story.ago(days) for days in (11, 10, 3)], together="sit_results.xml")
    exposure.widen_plan(target, story)
    day = datetime.fromisoformat(story.ago(3))
    evidence = target / "evidence"
    write_workbook(evidence / "system" / "rtm.xlsx", day, lambda book: _requirements(book, story, day))
    write_workbook(evidence / "workforce" / "comms_plan.xlsx", day, lambda book: _communications(book, story, day))
    for path, statements in said.statements(story).items():
        write_text(evidence / path, render(statements))
    _program_file(target, story, found)
    shutil.copyfile(TEMPLATES / "m3-hardened" / "people.yaml", target / "people.yaml")
    if story.stopped:
        shutil.copyfile(TEMPLATES / "m3-hardened" / "thresholds.yaml", target / "thresholds.yaml")
    for name in PAPERS:
        shutil.copyfile(TEMPLATES / "m3-hardened" / f"{name}-{story.scenario}.yaml", target / f"{name}.yaml")
    if story.today < WAIVED:
        write_text(target / "waivers.yaml", "schema: 1\nwaivers: []\n")


def _table(target: Path, table: Table) -> None:
    path = target / "evidence" / table.file
    if isinstance(table.content, bytes):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(table.content)
    elif table.content is not None:
        write_text(path, table.content)
    elif table.document is not None:
        write_text(path, json.dumps(table.document, indent=1) + "\n")
    elif path.suffix != ".xlsx" and table.rows:
        names = [kind.partition("@")[2] or name for name, kind in table.columns.items()]
        own = table.held is not None or table.on
        write_csv(path, names if own else [*names, DATED], table.rows)


def _schedules(target: Path, story: Story) -> None:
    status = datetime.fromisoformat(story.ago(4))
    while status.weekday() > 4:  # a schedule is updated on working days
        status -= timedelta(days=1)
    plan = build(story, status.replace(hour=17))
    write_text(target / "evidence" / "program" / "ims_2027-04-15.xml", mspdi.render(plan))
    write_text(target / "evidence" / "program" / "ims_2027-04-15.xer", xer.render(plan), encoding="cp1252")


def _requirements(book: Any, story: Story, day: datetime) -> None:
    scope = story.whole("rtm.uat_traced_ratio")
    traced, ran = story.part("rtm.uat_traced_ratio"), story.part("rtm.uat_executed_ratio")
    refused = story.number("rtm.deferred_mandatory_unaccepted")
    changed = requirements.changed()
    rows = []
    for n in range(1, requirements.BASELINE + 1):
        inside = n <= scope
        priority = "Mandatory" if (n % 3 and n <= ran) or scope < n <= scope + refused else "Optional"
        case = f"UAT-{n % 388 + 1:03d}" if n <= traced else ""
        row = requirements.requirement(n, priority, case, inside=inside, required=n in changed)
        row["UAT Executed"] = "Yes" if inside and n <= ran else "No"
        row["Deferral Accepted"] = "No" if scope < n <= scope + refused else "Yes"
        rows.append(row)
    status = ["Closed"] * 40 + ["Approved"] + ["Rejected"] * 17
    requirements.write(book, day, rows, requirements.requests(status), ("UAT Executed", "Deferral Accepted"))


def _communications(book: Any, story: Story, day: datetime) -> None:
    cover = book.add_worksheet("Cover")
    cover.write_string("B3", "Harborline communications plan")
    cover.write_datetime("B5", day, book.add_format({"num_format": "mmmm d, yyyy"}))
    sent, due = story.counts("comms.delivered_ratio")
    messages: list[tuple[object, ...]] = []
    for n in range(due + 22):
        then = day - timedelta(days=2 * (due - n)) if n < due else day + timedelta(days=4 + n - due)
        late = n in range(10, 10 + due - sent)
        went = (then + timedelta(days=6) if late else then) if n < due else None
        messages.append(communications.message(n, then, went))
    communications.write(book, messages)
    reached, groups = story.counts("cutover_comms.reached_ratio")
    rows = [
        (
            group,
            day - timedelta(days=7),
            None if n in range(1, 1 + groups - reached) else day - timedelta(days=3),
            "Finance lead",
        )
        for n, group in enumerate(GROUPS)
    ]
    write_sheet(book, "Cutover Groups", ("Group", "Told On", "Acknowledged On", "Contact"), rows)


def _program_file(target: Path, story: Story, found: list[Source]) -> None:
    head = (TEMPLATES / "m3-hardened" / "gonogo.yaml").read_text("utf-8").replace("@BUILD@", junit.BUILD)
    overlays = "overlays: [thresholds.yaml]\n" if story.stopped else ""
    left = "not_evidence:\n" + "".join(f"  {path}: {reason}\n" for path, reason in formats.NOT_READ.items())
    head = head.replace("@NOT_EVIDENCE@\n", left)
    head = head.replace("@COMMIT@", platform.COMMIT).replace("@OVERLAYS@\n", overlays)
    made = bindings(found) + list(said.bindings(story))
    text = yaml.dump(made, Dumper=_Plain, sort_keys=False, width=110, allow_unicode=True, default_flow_style=None)
    body = "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
    write_text(target / "gonogo.yaml", head + "\n" + body.replace("\n  - id: ", "\n\n  - id: "))


class _Plain(yaml.SafeDumper):
    """A dumper without anchors: the program file knows none."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
