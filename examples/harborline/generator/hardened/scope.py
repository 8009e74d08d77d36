"""System: requirements, configuration, interfaces, reports."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import INTERFACES, SERVICES
from .source import Source, Table, column, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
OPEN = ("Purchase card issuer", "Lockbox", "Debt referral")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _requirements(story)
    yield _configuration(story)
    yield _interfaces(story)
    yield from _reports(story)


def _requirements(story: Story) -> Iterator[Source]:
    cover = {"cell": "Cover!B5"}
    office = {"handling": {"marking": "internal", "reason": "the authors are a team"}}
    within = 'scope == "In Scope"'
    named = column("text@Requirement ID") | {"optional": True}
    changes = {"sheet": "CR", "one_row": "one requirement of a change request", "columns": {"requirement": named}}
    yield Source(
        "gsa-rtm",
        PROVIDER,
        "Engineering of CFSC",
        {
            "requirements": Table(
                "system/rtm.xlsx",
                {},
                more={"control": {"rows": 1210}},
                held=cover,
                adds={
                    "change_required": column("boolean@Change Request Required?"),
                    "executed": column("boolean@UAT Executed"),
                    "accepted": column("boolean@Deferral Accepted"),
                },
            ),
            "requests": Table(
                "system/rtm.xlsx",
                {},
                more={**changes, "ignore": ["*CR ID", "CR Name", "CR Description", "CR Status"]},
                held=cover,
            ),
        },
        {
            # A request is named by the requirement that it changes.
            "rtm.changed_without_cr": query(
                "SELECT count(*) FROM requirements WHERE change_required AND scope = 'In Scope' "
                "AND id NOT IN (SELECT requirement FROM requests WHERE requirement IS NOT NULL)",
                "requirements",
                "requests",
                type="integer",
                unit="requirements",
            ),
            "rtm.uat_executed_ratio": share("executed", within),
            "rtm.mandatory_untested": count(
                f'priority == "Mandatory" and {within} and not executed', unit="requirements"
            ),
            "rtm.deferred_mandatory_unaccepted": count(
                f'priority == "Mandatory" and not ({within}) and not accepted', unit="requirements"
            ),
            "rtm.shrinkage_ratio": share(f"not ({within})"),
        },
        also=office,
        profile="gsa-rtm@1 as rtm",
    )
    wanted = "SELECT count(DISTINCT request) FROM requests WHERE status {}"
    yield Source(
        "gsa-rtm-changes",
        PROVIDER,
        "Engineering of CFSC",
        {"requests": Table("system/rtm.xlsx", {}, held=cover)},
        {
            "cr.approved": query(
                wanted.format("IN ('Approved', 'Closed')"), "requests", type="integer", unit="requests"
            ),
            "cr.approved_not_closed": query(wanted.format("= 'Approved'"), "requests", type="integer", unit="requests"),
        },
        profile="gsa-rtm-changes@1 as cr",
    )


def _configuration(story: Story) -> Source:
    done = story.part("config.items_complete_ratio")
    items = [
        (f"CI-{n:03d}", SERVICES[n % 14], yes(True), yes(n <= done), story.ago(5))
        for n in range(1, story.whole("config.items_complete_ratio") + 1)
    ]
    changes = [("Freeze of release 1", "Freeze", yes(True), story.ago(5))]
    changes += [(f"CHG-{n:03d}", "Change", yes(True), story.ago(5)) for n in range(1, 4)]
    custom = [(f"CUS-{n:02d}", SERVICES[n], yes(True), story.ago(40)) for n in range(1, 12)]
    item = {"item": "id", "service": "-", "built": "boolean", "tested": "boolean"}
    change = {"change": "id", "kind": "text:Freeze|Change", "approved": "boolean"}
    return Source(
        "configuration",
        PROVIDER,
        "Engineering of CFSC",
        {
            "items": Table("system/config_items.csv", item, items, ["item"]),
            "changes": Table("system/freeze_log.csv", change, changes, ["change"]),
            "customizations": Table(
                "system/customizations.csv",
                {"customization": "id", "service": "-", "approved": "boolean"},
                custom,
                ["customization"],
            ),
        },
        {
            "config.items_complete_ratio": share("built and tested", table="items"),
            "config.freeze_active": whether('kind == "Freeze" and approved', table="changes"),
            "config.unapproved_changes_after_freeze": count(
                'kind == "Change" and not approved', unit="changes", table="changes"
            ),
            "configuration.customizations": count(unit="customizations", table="customizations"),
            "configuration.customizations_approved_ratio": share("approved", table="customizations"),
        },
    )


def _interfaces(story: Story) -> Source:
    part, whole = story.counts("interfaces.e2e_passed_ratio")
    handled, critical = story.part("interfaces.error_handling_tested_ratio"), story.number("interfaces.critical_open")
    untested = OPEN[: whole - part]
    grave = untested[1 : 1 + critical]
    rows = []
    for n, name in enumerate(INTERFACES, 1):
        result = "Passed" if name not in untested else "Failed" if name in grave else "Not run"
        problem = "Critical" if name in grave else ("None", "Minor")[n % 5 == 0]
        rows.append((name, f"IF-{n:02d}", "Approved", result, yes(n <= handled), problem, story.ago(5)))
    columns = {
        "interface": "id",
        "number": "-",
        "control_document": "text:Approved|Draft|Missing",
        "end_to_end": "text:Passed|Failed|Not run",
        "failure_tested": "boolean",
        "open_problem": "text:None|Minor|Major|Critical",
    }
    return Source(
        "interfaces",
        PROVIDER,
        "Engineering of CFSC",
        {"interfaces": Table("system/interfaces.csv", columns, rows, ["interface"])},
        {
            "interfaces.total": count(unit="interfaces"),
            "interfaces.e2e_passed_ratio": share('end_to_end == "Passed"'),
            "interfaces.icd_approved_ratio": share('control_document == "Approved"'),
            "interfaces.error_handling_tested_ratio": share("failure_tested"),
            "interfaces.critical_open": count('open_problem == "Critical"', unit="interfaces"),
        },
    )


def _reports(story: Story) -> Iterator[Source]:
    rows = []
    for prefix, critical in (("RC", True), ("RN", False)):
        proven, whole = story.counts(f"reports.{'' if critical else 'non'}critical_validated_ratio")
        rows += [
            (
                f"{prefix}-{n:02d}",
                SERVICES[n % 14],
                yes(critical),
                "Validated" if n <= proven else "In progress",
                story.ago(6),
            )
            for n in range(1, whole + 1)
        ]
    columns = {"report": "id", "service": "-", "critical": "boolean", "status": "text:Validated|In progress"}
    fatal = story.number("reports.gtas_edit_failures")
    edits = [(f"E-{n:02d}", "Fatal" if n <= 30 else "Proposed", yes(n > fatal), story.ago(6)) for n in range(1, 61)]
    same, used = story.counts("reports.parity_ratio")
    legacy = [
        (f"TL-R{n:03d}", "Same figures" if n <= same - 4 else "Given up" if n <= same else "Open", story.ago(6))
        for n in range(1, used + 1)
    ]
    yield Source(
        "report-validation",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "reports": Table("system/report_validation.csv", columns, rows, ["report"]),
            "edits": Table(
                "system/gtas_edits.csv",
                {"edit": "id", "kind": "text:Fatal|Proposed", "passed": "boolean"},
                edits,
                ["edit"],
            ),
            "legacy": Table(
                "system/legacy_reports.csv",
                {"report": "id", "parity": "text:Same figures|Given up|Open"},
                legacy,
                ["report"],
            ),
        },
        {
            "reports.critical_validated_ratio": share('status == "Validated"', "critical", table="reports"),
            "reports.noncritical_validated_ratio": share('status == "Validated"', "not critical", table="reports"),
            "reports.gtas_edit_failures": count('kind == "Fatal" and not passed', unit="edits", table="edits"),
            "reports.legacy_in_use": count(unit="reports", table="legacy"),
            "reports.parity_ratio": share('parity in ["Same figures", "Given up"]', table="legacy"),
        },
    )
