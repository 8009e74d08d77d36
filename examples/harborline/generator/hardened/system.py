"""System: requirements, configuration, interfaces, reports, security, access, environments."""

from __future__ import annotations

from collections.abc import Iterator

from ..junit import BUILD
from ..names import INTERFACES, ROLES, SERVICES, SITES, hashed
from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
COMMIT = "9c41e7a05b8d2f6e13a7c0d94b5e8f21d6730ac4"
OPEN = ("Purchase card issuer", "Lockbox", "Debt referral")
OF_BUILD = {"build": BUILD}


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources of the system domain that are no test."""
    yield _requirements(story)
    yield _configuration(story)
    yield _interfaces(story)
    yield from _reports(story)
    yield from _security(story)
    yield _access(story)
    yield from _platform(story)


def _requirements(story: Story) -> Source:
    mandatory = 'priority == "Mandatory" and in_scope'
    requirement = {
        "requirement": "id@Req ID",
        "service": "-Service",
        "priority": "text:Mandatory|Optional@Priority",
        "in_scope": "boolean@In Scope",
        "status": "text:Approved|Deferred@Status",
        "changed": "boolean@Changed After Baseline",
        "request": "id?requested@Change Request",
        "traced": "boolean@UAT Case",
        "executed": "boolean@UAT Executed",
        "accepted": "boolean@Deferral Accepted",
    }
    request = {
        "request": "id@CR",
        "service": "-Service",
        "status": "text:Undecided|Approved|Closed|Rejected@Status",
        "decided_on": "-Decided On",
    }
    cover = {"cell": "Cover!B3"}
    return Source(
        "requirements",
        PROVIDER,
        "Engineering of CFSC",
        {
            "requirements": Table(
                "system/rtm.xlsx",
                requirement,
                key=["requirement"],
                more={"sheet": "Requirements", "control": {"rows": 1210}},
                held=cover,
            ),
            "requests": Table(
                "system/rtm.xlsx",
                request,
                key=["request"],
                more={"sheet": "Change Requests", "control": {"rows": 58}},
                held=cover,
            ),
        },
        {
            "rtm.approved_ratio": share('status == "Approved"', "in_scope", table="requirements"),
            "rtm.changed_without_cr": count("changed and not requested", unit="requirements", table="requirements"),
            "rtm.uat_traced_ratio": share("traced", "in_scope", table="requirements"),
            "rtm.uat_executed_ratio": share("executed", "in_scope", table="requirements"),
            "rtm.mandatory_untested": count(f"{mandatory} and not executed", unit="requirements", table="requirements"),
            "rtm.deferred_mandatory_unaccepted": count(
                'priority == "Mandatory" and not in_scope and not accepted', unit="requirements", table="requirements"
            ),
            "rtm.shrinkage_ratio": share("not in_scope", table="requirements"),
            "cr.undecided": count('status == "Undecided"', unit="requests", table="requests"),
            "cr.approved": count('status in ["Approved", "Closed"]', unit="requests", table="requests"),
            "cr.approved_not_closed": count('status == "Approved"', unit="requests", table="requests"),
        },
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


def _security(story: Story) -> Iterator[Source]:
    late = story.number("poam.moderate_overdue")
    items = [
        (
            f"V-{n:02d}",
            "High" if n > 24 else "Moderate" if n % 2 else "Low",
            "Open",
            story.ago(11) if n % 2 and n <= 2 * late else "2027-07-30",
            "CVE-2099-0003" if n == 4 else "",
            yes(True),
            story.ago(9),
        )
        for n in range(1, 28)
    ]
    item = {
        "item": "id",
        "severity": "text:Critical|High|Moderate|Low",
        "status": "text:Open|Closed",
        "due_on": "date:planned",
        "cve": "id?named",
        "milestones": "boolean",
    }
    known = [
        {"cveID": f"CVE-2099-000{n}", "dueDate": day, "vendorProject": "Keel"}
        for n, day in enumerate(("2027-02-01", "2027-03-01", "2027-06-30"), 1)
    ]
    catalog = {
        "title": "Made-up catalog",
        "dateReleased": f"{story.ago(3)}T12:00:00Z",
        "count": len(known),
        "vulnerabilities": known,
    }
    overdue = 'status == "Open" and due_on < now'
    yield Source(
        "weaknesses",
        PROVIDER,
        "Engineering of CFSC",
        {
            "weaknesses": Table("system/poam.csv", item, items, ["item"]),
            "exploited": Table(
                "system/kev_snapshot.json",
                {"cve": "id@cveID", "due_on": "date:planned@dueDate", "vendor": "-vendorProject"},
                key=["cve"],
                more={"records": "vulnerabilities", "as_of_at": "dateReleased", "control": {"rows_at": "count"}},
                held="document",
            ).with_document(catalog),
        },
        {
            "poam.open": count('status == "Open"', unit="items", table="weaknesses"),
            "poam.high_overdue": count(
                f'{overdue} and severity in ["Critical", "High"]', unit="items", table="weaknesses"
            ),
            "poam.moderate_overdue": count(f'{overdue} and severity == "Moderate"', unit="items", table="weaknesses"),
            "poam.without_milestones": count('status == "Open" and not milestones', unit="items", table="weaknesses"),
            "poam.kev_overdue": query(
                "SELECT count(*) FROM weaknesses JOIN exploited ON coalesce(weaknesses.cve, '') = exploited.cve "
                "WHERE weaknesses.status = 'Open' AND exploited.due_on < $today",
                "weaknesses",
                "exploited",
                type="integer",
                unit="items",
            ),
        },
    )
    results = [
        (f"SR-{n:03d}", "error" if n == 1 else "warning", "suppressed" if n == 1 else "open", story.ago(3))
        for n in range(1, 31)
    ]
    affected = [("C-017", "High", "affected"), ("C-208", "High", "affected"), ("C-311", "Critical", "not_affected")]
    parts = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"timestamp": f"{story.ago(3)}T10:00:00Z"},
        "components": [{"bom-ref": f"C-{n:03d}", "type": "library", "name": f"part-{n:03d}"} for n in range(1, 413)],
    }
    yield Source(
        "scans",
        PROVIDER,
        "Engineering of CFSC",
        {
            "results": Table(
                "system/scan_results.csv",
                {"result": "id", "level": "text:error|warning|note", "state": "text:open|suppressed"},
                results,
                ["result"],
            ),
            "affected": Table(
                "system/scan_components.csv",
                {
                    "component": "id",
                    "severity": "text:Critical|High|Moderate|Low",
                    "analysis": "text:affected|not_affected",
                },
                [(*row, story.ago(3)) for row in affected],
                ["component"],
            ),
            "components": Table(
                "system/bom.cdx.json",
                {"component": "id@bom-ref", "type": "-type", "name": "-name"},
                key=["component"],
                more={"records": "components", "as_of_at": "metadata.timestamp", "control": {"rows": 412}},
                held="document",
            ).with_document(parts),
        },
        {
            "scan.sarif_error_open": count('level == "error" and state == "open"', unit="results", table="results"),
            "scan.critical_components": count(
                'severity == "Critical" and analysis == "affected"', unit="components", table="affected"
            ),
            "scan.high_components": count(
                'severity == "High" and analysis == "affected"', unit="components", table="affected"
            ),
            "scan.components": count(unit="components", table="components"),
        },
        subject=OF_BUILD,
    )


def _access(story: Story) -> Source:
    users = story.number("access.users_planned")
    ready, tested = story.part("access.provisioned_ratio"), story.part("login.tested_ratio")
    failed, cards = story.number("login.failed_unresolved"), story.number("login.piv_exceptions")
    rows = []
    for n in range(users):
        sign_in = "Not tested" if n >= tested else "Failed" if n < failed else "Worked"
        rows.append(
            (
                hashed("person", n),
                ROLES[n % 17],
                yes(n < ready),
                yes(n % 40 == 7),
                yes(True),
                ("None", "Mitigated")[n % 300 == 11],
                sign_in,
                yes(n < cards),
                yes(True),
                story.ago(3),
            )
        )
    columns = {
        "person": "id",
        "role": "-",
        "provisioned": "boolean",
        "privileged": "boolean",
        "reviewed": "boolean",
        "conflict": "text:None|Mitigated|Open",
        "sign_in": "text:Worked|Failed|Not tested",
        "card_exception": "boolean",
        "rules_signed": "boolean",
    }
    return Source(
        "access-list",
        CUSTOMER,
        "Access administrator",
        {"users": Table("system/access_list.csv", columns, rows, ["person"])},
        {
            "access.users_planned": count(unit="people"),
            "access.provisioned_ratio": share("provisioned"),
            "access.sod_conflicts_unmitigated": count('conflict == "Open"', unit="conflicts"),
            "access.privileged_accounts": count("privileged", unit="accounts"),
            "access.privileged_unreviewed": count("privileged and not reviewed", unit="accounts"),
            "login.tested_ratio": share('sign_in != "Not tested"'),
            "login.failed_unresolved": count('sign_in == "Failed"', unit="people"),
            "login.piv_exceptions": count("card_exception", unit="people"),
            "rob.active_without_signature": count("provisioned and not rules_signed", unit="people"),
        },
        personal=True,
    )


def _platform(story: Story) -> Iterator[Source]:
    drift, tested = story.number("env.config_drift_items"), story.number("env.sites_tested")
    compared = [
        (
            f"P-{n:04d}",
            ("Main site", "Second site")[n % 2],
            "Differs" if n <= drift else "Explained" if n % 400 == 0 else "Same",
            story.ago(5),
        )
        for n in range(1, 1205)
    ]
    checks = [
        (f"SM-{n:02d}", ("Main site", "Second site")[n % 2], yes(n % 2 < tested), yes(n % 2 < tested), story.ago(5))
        for n in range(48)
    ]
    yield Source(
        "environments",
        PROVIDER,
        "Engineering of CFSC",
        {
            "compared": Table(
                "system/env_compare.csv",
                {"item": "id", "site": "-", "result": "text:Same|Explained|Differs"},
                compared,
                ["item"],
            ),
            "smoke": Table(
                "system/smoke_tests.csv",
                {"check": "id", "site": "text:Main site|Second site", "run": "boolean", "passed": "boolean"},
                checks,
                ["check"],
            ),
        },
        {
            "env.config_items": count(unit="items", table="compared"),
            "env.config_drift_items": count('result == "Differs"', unit="items", table="compared"),
            "env.sites_required": query(
                "SELECT count(DISTINCT site) FROM smoke", "smoke", type="integer", unit="sites"
            ),
            "env.sites_tested": count("run", unit="sites", table="smoke", per={"column": "site", "need": "every"}),
            "env.smoke_pass_ratio": share("passed", "run", table="smoke"),
        },
        subject={"environment": "production"},
    )
    runs = [
        {"id": f"CR-{n:03d}", "name": name, "head_sha": COMMIT, "status": "completed", "conclusion": "success"}
        for n, name in enumerate(
            ("build", "unit", "integration", "lint", "types", "licenses", "secrets", "sbom", "sign"), 1
        )
    ]
    runs.append(
        {"id": "CR-010", "name": "build", "head_sha": "0" * 39 + "1", "status": "completed", "conclusion": "success"}
    )
    document = {"exported_at": f"{story.ago(1)}T20:00:00Z", "total_count": len(runs), "check_runs": runs}
    commits = [(f"{n:07x}", yes(True), story.ago(1)) for n in range(0xA100, 0xA12A)]
    yield Source(
        "pipeline",
        PROVIDER,
        "Engineering of CFSC",
        {
            "checks": Table(
                "system/checks.json",
                {
                    "check": "id@id",
                    "name": "-name",
                    "head_sha": "id",
                    "status": "text:completed|in_progress",
                    "conclusion": "text:success|failure|skipped",
                },
                key=["check"],
                more={
                    "records": "check_runs",
                    "as_of_at": "exported_at",
                    "control": {"rows_at": "total_count"},
                    "subject": {"head_sha": {"kind": "build"}},
                },
                held="document",
            ).with_document(document)
        },
        {"release.required_checks_passed_ratio": share('conclusion == "success"')},
        subject={"build": COMMIT},
    )
    yield Source(
        "release-contents",
        PROVIDER,
        "Engineering of CFSC",
        {
            "commits": Table("system/commits.csv", {"commit": "text", "reviewed": "boolean"}, commits, ["commit"]),
            "artifacts": Table(
                "system/artifacts.csv",
                {"artifact": "id", "digest_pinned": "boolean", "sbom": "boolean"},
                [("keelfin-r1", yes(True), yes(True), story.ago(1))],
                ["artifact"],
            ),
        },
        {
            "release.unreviewed_commits": count("not reviewed", unit="commits", table="commits"),
            "release.digest_pinned": whether("digest_pinned", how="all", table="artifacts"),
            "release.sbom_present": whether("sbom", how="all", table="artifacts"),
        },
        subject=OF_BUILD,
    )
    manual = [(f"AT-{n:02d}", SITES[n % 9], yes(True), yes(False), story.ago(30)) for n in range(1, 25)]
    yield Source(
        "accessibility",
        PROVIDER,
        "Engineering of CFSC",
        {
            "tasks": Table(
                "system/accessibility_tasks.csv",
                {"task": "id", "site": "-", "tested": "boolean", "blocking": "boolean"},
                manual,
                ["task"],
            )
        },
        {
            "a11y.manual_tasks_tested_ratio": share("tested"),
            "a11y.blocking_barriers": count("blocking", unit="barriers"),
        },
    )
