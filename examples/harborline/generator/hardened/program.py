"""Program: contracts, money, agreements, documents, plans, people, reports, reviews."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import SERVICES
from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"
SEATS = (
    "Executive Sponsor",
    "Business Owner",
    "Program Manager",
    "Functional Lead",
    "Contracting Officer",
    "Risk Manager",
    "PMO Lead",
    "PMO Team",
    "Technical Lead",
)
CONTRACTS = (
    ("NIWA-27-0114", "Change and training support", "2026-10-01", "2027-10-31", 1284611),
    ("NIWA-27-0132", "Data conversion support", "2026-10-01", "2027-10-01", 2140300),
    ("NIWA-27-0140", "Interface build", "2027-01-04", "2027-12-31", 1875250),
    ("NIWA-27-0151", "Independent review", "2026-07-01", "2027-10-15", 990000),
    ("NIWA-27-0158", "Legacy ledger operation", "2026-10-01", "2027-11-30", 1604839),
    ("NIWA-27-0163", "Help desk overflow", "2027-02-01", "2027-12-31", 1787000),
)
REQUIRED, HYPERCARE = 9_400_000, 1_300_000
ELEMENTS = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8")
CLAUSES = ("Roles", "Decision rights", "Key activities", "Reporting", "Disputes and termination")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources of the program domain."""
    yield from _money(story)
    yield _agreement(story)
    yield _documents(story)
    yield from _plans(story)
    yield _responsibilities(story)
    yield _reports(story)
    yield from _reviews(story)
    yield _board(story)


def _money(story: Story) -> Iterator[Source]:
    contracts = [
        (*row[:4], "2027-08-31", yes(False), row[4], "Hypercare" if number == 5 else "Operation", story.ago(10))
        for number, row in enumerate(CONTRACTS)
    ]
    columns = {
        "contract": "id",
        "purpose": "-",
        "start_on": "-",
        "end_on": "date:planned",
        "required_until": "date:planned",
        "bridge_signed": "boolean",
        "obligated": "integer",
        "pays_for": "text:Hypercare|Operation",
    }
    yield Source(
        "support-contracts",
        CUSTOMER,
        "Program office of NIWA",
        {"contracts": Table("program/funding.csv", columns, contracts, ["contract"])},
        {
            "contracts.covering_ratio": share("end_on >= required_until"),
            "contracts.min_runway_days": query(
                "SELECT min(date_diff('day', CAST($go_live AS DATE), end_on)) FROM contracts",
                "contracts",
                type="integer",
                unit="calendar days",
            ),
            "contracts.lapsing_without_bridge": count(
                "end_on < required_until and not bridge_signed", unit="contracts"
            ),
        },
    )
    estimate = [
        ("Operation and maintenance", REQUIRED, 9_682_000, yes(True), 9_588_000, story.ago(12)),
        ("Hypercare", HYPERCARE, 1_340_000, yes(True), 1_326_000, story.ago(12)),
    ]
    columns = {
        "line": "text:Operation and maintenance|Hypercare",
        "estimated": "integer",
        "obligated": "integer",
        "estimate_approved": "boolean",
        "priced": "integer",
    }
    yield Source(
        "life-cycle-cost",
        CUSTOMER,
        "Program office of NIWA",
        {"lines": Table("program/life_cycle_cost.csv", columns, estimate, ["line"])},
        {
            "funding.lcce_om_approved": whether("estimate_approved", how="all"),
            "funding.price_to_lcce_gap_ratio": query(
                "SELECT sum(priced - estimated) AS part, sum(estimated) AS whole FROM lines", "lines", type="ratio"
            ),
            "funding.obligated_ratio": query(
                "SELECT sum(obligated) AS part, sum(estimated) AS whole FROM lines WHERE line <> 'Hypercare'",
                "lines",
                type="ratio",
            ),
            "funding.hypercare_obligated_ratio": query(
                "SELECT sum(obligated) AS part, sum(estimated) AS whole FROM lines WHERE line = 'Hypercare'",
                "lines",
                type="ratio",
            ),
        },
    )
    shares = (18, 16, 15, 14, 12, 10, 8, 7)
    cost = [
        {"wbs": wbs, "bcwp": 171_620 * part, "acwp": 179_000 * part, "bac": 248_000 * part}
        for wbs, part in zip(ELEMENTS, shares, strict=True)
    ]
    yield Source(
        "cost-performance",
        PROVIDER,
        "Program office of CFSC",
        {
            "elements": Table(
                "program/evm_cpd.json",
                {"wbs": "id", "bcwp": "integer", "acwp": "integer", "bac": "-"},
                key=["wbs"],
                more={
                    "records": "elements",
                    "as_of_at": "period.ended",
                    "control": {"rows": 8, "totals": {"acwp": "17900000"}},
                },
                held="document",
            ).with_document({"period": {"ended": story.ago(19)}, "currency": "USD", "elements": cost})
        },
        {
            "cost.variance_ratio": query(
                "SELECT sum(acwp) - sum(bcwp) AS part, sum(bcwp) AS whole FROM elements", "elements", type="ratio"
            ),
            "cost.cpi": query(
                "SELECT CAST(CAST(sum(bcwp) AS DECIMAL(18, 4)) / sum(acwp) AS DECIMAL(6, 2)) FROM elements",
                "elements",
                type="decimal",
                unit="index",
            ),
        },
    )


def _agreement(story: Story) -> Source:
    orders = [
        ("A2602-989-988-000417", "GT&C", yes(True), yes(True), "2030-09-30", "", story.ago(7)),
        ("O2609-989-988-001127 mod .2", "Order", yes(True), yes(True), "2027-09-29", "", story.ago(7)),
        *(
            ("A2602, clause " + clause, "Clause", yes(True), yes(True), "2030-09-30", clause, story.ago(7))
            for clause in CLAUSES
        ),
    ]
    columns = {
        "document": "id",
        "kind": "text:GT&C|Order|Clause",
        "requesting_approved": "boolean",
        "servicing_approved": "boolean",
        "ends_on": "date:planned",
        "clause": "-",
    }
    both = "requesting_approved and servicing_approved"
    return Source(
        "agreements",
        "customer",
        "Program office of NIWA",
        {"orders": Table("program/ginvoicing_orders.csv", columns, orders, ["document"])},
        {
            "agreement.gtc_approved_both": whether(both, 'kind == "GT&C"', how="all"),
            "agreement.order_approved_both": whether(both, 'kind == "Order"', how="all"),
            "agreement.required_clauses_present": count(f'kind == "Clause" and {both}', unit="parts"),
            "agreement.days_to_expiry_after_golive": query(
                "SELECT min(date_diff('day', CAST($go_live AS DATE), ends_on)) FROM orders WHERE kind = 'Order'",
                "orders",
                type="integer",
                unit="calendar days",
            ),
        },
    )


def _documents(story: Story) -> Source:
    both = (("Customer", "Theo Brandvold"), ("Provider", "Ines Calloway"))
    papers = (
        ("Implementation approach", "Approved"),
        ("Contingency plan", "Approved"),
        ("Governance plan", "Approved"),
        ("Single event case", "Not written"),
        ("Catch-up plan", "Approved"),
        ("Rollback authority", "Approved"),
    )
    rows = [
        (f"{title}, {side.lower()}", title, side, status, name if status == "Approved" else "", 2, story.ago(9))
        for title, status in papers
        for side, name in both
    ]
    columns = {
        "entry": "text",
        "document": "text:" + "|".join(title for title, _ in papers),
        "approving_side": "text:Customer|Provider",
        "status": "text:Approved|Draft|Not written",
        "approver": "-",
        "version": "-",
    }

    def approved(title: str, how: str = "all") -> dict[str, object]:
        return whether('status == "Approved"', f'document == "{title}"', how=how)

    def by(side: str) -> dict[str, object]:
        return whether(
            'status == "Approved"', f'document == "Implementation approach" and approving_side == "{side}"', how="all"
        )

    return Source(
        "document-register",
        CUSTOMER,
        "Program office of NIWA",
        {"documents": Table("program/doc_register.csv", columns, rows, ["entry"])},
        {
            "approach.customer_approved": by("Customer"),
            "approach.provider_approved": by("Provider"),
            "contingency.approved": approved("Contingency plan"),
            "phasing.bigbang_case_approved": approved("Single event case"),
            "freeze.catchup_plan_approved": approved("Catch-up plan"),
            "rollback.authority_named": approved("Rollback authority"),
        },
    )


def _plans(story: Story) -> Iterator[Source]:
    services = [
        (
            service,
            "R3" if service == "Fixed assets" else "R2" if service == "Project cost" else "R1",
            "None",
            story.ago(11),
        )
        for service in SERVICES
    ]
    waves = [
        ("Pilot", 38, story.ago(11)),
        ("R1", 1380, story.ago(11)),
        ("R2", 26, story.ago(11)),
        ("R3", 18, story.ago(11)),
    ]
    yield Source(
        "release-plan",
        PROVIDER,
        "Program office of CFSC",
        {
            "services": Table(
                "program/release_plan.csv",
                {"service": "id", "release": "text:R1|R2|R3|None", "readiness_gap": "text:None|Workaround|Open"},
                services,
                ["service"],
                {"not_subject": {"release": "the plan says which release switches a service on"}},
            ),
            "waves": Table(
                "program/waves.csv",
                {"wave": "id", "users": "integer"},
                waves,
                ["wave"],
                {"not_subject": {"wave": "the plan is about every wave"}},
            ),
        },
        {
            "release.in_scope_services": count(unit="services", table="services"),
            "release.services_assigned_once": count('release != "None"', unit="services", table="services"),
            "release.readiness_gaps_open": count('readiness_gap == "Open"', unit="gaps", table="services"),
            "phasing.first_wave_share": query(
                "SELECT sum(users) FILTER (wave = 'Pilot') AS part, sum(users) AS whole FROM waves",
                "waves",
                type="ratio",
            ),
            "phasing.largest_wave_share": query(
                "SELECT max(users) AS part, sum(users) AS whole FROM waves", "waves", type="ratio"
            ),
        },
    )
    parts = [
        (f"{scenario}: {part}", scenario, yes(True), story.ago(10))
        for scenario in ("No-Go", "Rollback")
        for part in ("Effects on systems", "Effects on data", "Effects on the workforce", "Cost", "Migration team")
    ]
    yield Source(
        "contingency-parts",
        CUSTOMER,
        "Program office of NIWA",
        {
            "elements": Table(
                "program/contingency_parts.csv",
                {"element": "id", "scenario": "text:No-Go|Rollback", "written": "boolean"},
                parts,
                ["element"],
            )
        },
        {
            "contingency.scenarios_covered": count("written", unit="of 2", per={"column": "scenario", "need": "every"}),
            "contingency.elements_complete_ratio": share("written"),
        },
    )
    metrics = [
        (
            f"BM-{n:02d}",
            ("Days to close", "Late payments", "Cost per invoice")[n % 3],
            "2026-09-30",
            "2028-05-01",
            story.ago(20),
        )
        for n in range(1, 10)
    ]
    yield Source(
        "benefits",
        CUSTOMER,
        "Program office of NIWA",
        {
            "metrics": Table(
                "program/benefits.csv",
                {"metric": "id", "measures": "-", "baseline_on": "date?based", "target_by": "date:planned?aimed"},
                metrics,
                ["metric"],
            )
        },
        {
            "benefits.metrics": count(unit="metrics"),
            "benefits.metrics_with_baseline_ratio": share("based"),
            "benefits.metrics_with_target_ratio": share("aimed"),
        },
    )
    met = story.part("gates.own_conditions_met_ratio")
    conditions = [
        (
            f"C-{n:02d}",
            ("Design exit", "Build exit", "Test exit", "Launch")[n % 4],
            "Met" if n <= met else "Not met",
            story.ago(6),
        )
        for n in range(1, story.whole("gates.own_conditions_met_ratio") + 1)
    ]
    yield Source(
        "own-conditions",
        CUSTOMER,
        "Program office of NIWA",
        {
            "conditions": Table(
                "program/exit_conditions.csv",
                {"condition": "id", "gate": "-", "status": "text:Met|Not met"},
                conditions,
                ["condition"],
            )
        },
        {"gates.own_conditions_met_ratio": share('status == "Met"')},
    )


def _responsibilities(story: Story) -> Source:
    activities = [
        (f"A-{n:02d}", "R" if n % 3 else "A,R", "A" if n % 3 else "C", 1, story.ago(12)) for n in range(1, 65)
    ]
    seats = [(f"{side} {seat}", side, yes(True), story.ago(12)) for side in ("Customer", "Provider") for seat in SEATS]
    people = []
    for side in ("Customer", "Provider"):
        signed, whole = story.counts(f"roles.ack_ratio_{side.lower()}")
        people += [(f"{side[0]}-{n:03d}", side, yes(n <= signed), story.ago(10)) for n in range(1, whole + 1)]
    functions = [(service, yes(True), story.ago(20)) for service in SERVICES]
    seat = {"seat": "id", "side": "text:Customer|Provider", "held": "boolean"}
    person = {"person": "id", "side": "text:Customer|Provider", "acknowledged": "boolean"}
    return Source(
        "responsibilities",
        CUSTOMER,
        "Program office of NIWA",
        {
            "activities": Table(
                "program/raci.csv",
                {"activity": "id", "customer": "-", "provider": "-", "accountable": "integer"},
                activities,
                ["activity"],
            ),
            "seats": Table("program/raci_seats.csv", seat, seats, ["seat"]),
            "people": Table("program/raci_people.csv", person, people, ["person"]),
            "functions": Table(
                "program/board_seats.csv", {"function": "id", "seated": "boolean"}, functions, ["function"]
            ),
        },
        {
            "raci.single_accountable_ratio": share("accountable == 1", table="activities"),
            "raci.roles_filled_customer": count('held and side == "Customer"', unit="roles", table="seats"),
            "raci.roles_filled_provider": count('held and side == "Provider"', unit="roles", table="seats"),
            "roles.named_people": count(unit="people", table="people"),
            "roles.ack_ratio_customer": share("acknowledged", 'side == "Customer"', table="people"),
            "roles.ack_ratio_provider": share("acknowledged", 'side == "Provider"', table="people"),
            "governance.functions_in_scope": count(unit="functions", table="functions"),
            "governance.functions_with_seat_ratio": share("seated", table="functions"),
        },
        personal=True,
    )


def _reports(story: Story) -> Source:
    worse, yellow = story.number("status.color_mismatches"), story.number("status.yellow_without_dated_recovery")
    highs, quoted = story.number("defects.high_open"), 14 if story.stopped else story.number("defects.high_open")
    items = []
    for n in range(1, 41):
        red = n <= worse
        items.append(
            (
                f"ST-{n:02d}",
                "Green" if n > 4 else "Yellow",
                "Red" if red else "Green" if n > 4 else "Yellow",
                yes(not red),
                16 if n <= 4 and n <= yellow + 1 else 3,
                yes(n > yellow),
                story.ago(3),
            )
        )
    counts = [("Open high defects", quoted, highs, story.ago(3)), ("Open risks and issues", 41, 41, story.ago(3))]
    calendar = []
    for number in range(13):
        week = 13 - number
        calendar += [
            (f"Report, week {week}", "Report", yes(True), story.ago(3)),
            (f"Schedule update, week {week}", "Schedule update", yes(True), story.ago(3)),
            (f"Board, week {week}", "Board", yes(True), story.ago(3)),
        ]
    late, actions = story.counts("status.actions_overdue_ratio")
    calendar += [(f"Action {n:02d}", "Action", yes(n > late), story.ago(3)) for n in range(1, actions + 1)]
    item = {
        "item": "id",
        "color": "text:Green|Yellow|Red",
        "evidence_color": "text:Green|Yellow|Red",
        "paper_corrected": "boolean",
        "days_yellow": "integer",
        "recovery_dated": "boolean",
    }
    better = '((color == "Green" and evidence_color != "Green") or (color == "Yellow" and evidence_color == "Red"))'
    done = {"entry": "id", "kind": "text:Report|Schedule update|Board|Action", "in_time": "boolean"}
    return Source(
        "status-reports",
        CUSTOMER,
        "Program office of NIWA",
        {
            "items": Table("program/status_reports.csv", item, items, ["item"]),
            "quoted": Table(
                "program/status_figures.csv",
                {"figure": "id", "reported": "integer", "in_system": "integer"},
                counts,
                ["figure"],
            ),
            "calendar": Table("program/status_calendar.csv", done, calendar, ["entry"]),
        },
        {
            "status.items_reported": count(unit="items", table="items"),
            "status.color_mismatches": count(better, unit="items", table="items"),
            "status.mismatches_uncorrected": count(f"{better} and not paper_corrected", unit="items", table="items"),
            "status.yellow_without_dated_recovery": count(
                'color == "Yellow" and days_yellow > 14 and not recovery_dated', unit="items", table="items"
            ),
            "status.count_divergence_ratio": query(
                "SELECT abs(reported - in_system) AS part, in_system AS whole FROM quoted "
                "ORDER BY abs(reported - in_system) / in_system DESC LIMIT 1",
                "quoted",
                type="ratio",
            ),
            "status.reports_issued_ratio": share("in_time", 'kind == "Report"', table="calendar"),
            "status.governance_meetings_held_ratio": share("in_time", 'kind == "Board"', table="calendar"),
            "status.actions_overdue_ratio": share("not in_time", 'kind == "Action"', table="calendar"),
            "ims.weekly_updates_missed_90d": count(
                'kind == "Schedule update" and not in_time', unit="weeks", table="calendar"
            ),
        },
    )


def _reviews(story: Story) -> Iterator[Source]:
    ratings = [
        (
            f"Category {n:02d}",
            story.values["m3risk.self_score"],
            story.values["m3risk.independent_score"],
            yes(n > story.number("m3risk.high_categories_unmitigated")),
            story.ago(14),
        )
        for n in range(1, 13)
    ]
    category = {"category": "id", "own": "decimal:2", "independent": "decimal:2", "strategy_accepted": "boolean"}
    mean = "SELECT CAST(CAST(sum({}) AS DECIMAL(9, 3)) / count(*) AS DECIMAL(6, 2)) FROM categories"
    yield Source(
        "risk-profile",
        INDEPENDENT,
        "Bellwether Review Group",
        {"categories": Table("program/m3_risk_tool.csv", category, ratings, ["category"])},
        {
            "m3risk.self_score": query(mean.format("own"), "categories", type="decimal", unit="points"),
            "m3risk.independent_score": query(mean.format("independent"), "categories", type="decimal", unit="points"),
            "m3risk.high_categories_unmitigated": count(
                "independent >= 3.5 and not strategy_accepted", unit="categories"
            ),
        },
    )
    critical = story.number("ivv.critical_findings_open")
    findings = []
    for n in range(1, 28):
        grave = n <= 2
        still = n <= critical or n > 22
        findings.append(
            (
                f"F-{n:02d}",
                "Critical" if grave else "High" if n % 4 == 0 else "Medium",
                "Open" if still else "Closed",
                yes(n > critical),
                yes(n > critical),
                "Both sponsors",
                story.ago(20),
                story.ago(6),
            )
        )
    finding = {
        "finding": "id",
        "severity": "text:Critical|High|Medium|Low",
        "status": "text:Open|Closed",
        "plan_agreed": "boolean",
        "cover_agreed": "boolean",
        "delivered_to": "text:Both sponsors|Program managers",
        "opinion_on": "date",
    }
    yield Source(
        "independent-review",
        INDEPENDENT,
        "Bellwether Review Group",
        {"findings": Table("program/ivv_findings.csv", finding, findings, ["finding"])},
        {
            "ivv.delivered_to_sponsors": whether('delivered_to == "Both sponsors"', how="all"),
            "ivv.critical_findings_open": count('severity == "Critical" and status == "Open"', unit="findings"),
            "ivv.critical_undispositioned": count(
                'severity == "Critical" and status == "Open" and not cover_agreed', unit="findings"
            ),
            "ivv.high_findings_without_plan": count(
                'severity == "High" and status == "Open" and not plan_agreed', unit="findings"
            ),
            "ivv.opinion_age_days": query(
                "SELECT date_diff('day', max(opinion_on), $today) FROM findings",
                "findings",
                type="integer",
                unit="calendar days",
            ),
        },
    )
    recommendations = [(f"OIG-27-{n:02d}", yes(n == 1), yes(True), story.ago(21)) for n in range(1, 5)]
    lessons = [(f"L-{n:02d}", "Pilot", yes(n <= 21), story.ago(21)) for n in range(1, 23)]
    warnings = [(f"W-{n:02d}", ("Union", "Unit head", "Vendor")[n % 3], yes(True), story.ago(4)) for n in range(1, 6)]
    yield Source(
        "oversight",
        CUSTOMER,
        "Program office of NIWA",
        {
            "recommendations": Table(
                "program/oversight.csv",
                {"recommendation": "id", "priority": "boolean", "dispositioned": "boolean"},
                recommendations,
                ["recommendation"],
            )
        },
        {
            "oversight.open_recommendations": count(unit="recommendations"),
            "oversight.dispositioned_ratio": share("dispositioned"),
            "oversight.priority_undispositioned": count("priority and not dispositioned", unit="recommendations"),
        },
    )
    yield Source(
        "lessons",
        CUSTOMER,
        "Program office of NIWA",
        {
            "lessons": Table(
                "program/lessons.csv",
                {"lesson": "id", "wave": "text:Pilot", "dispositioned": "boolean"},
                lessons,
                ["lesson"],
                {"not_subject": {"wave": "lessons are of the waves before this release"}},
            )
        },
        {
            "lessons.dispositioned_ratio": share("dispositioned"),
            "lessons.earlier_waves": count("dispositioned", unit="waves", per={"column": "wave", "need": "any"}),
        },
    )
    yield Source(
        "warnings",
        CUSTOMER,
        "Program office of NIWA",
        {
            "warnings": Table(
                "program/warnings.csv",
                {"warning": "id", "written_by": "-", "answered": "boolean"},
                warnings,
                ["warning"],
            )
        },
        {"warnings.unanswered": count("not answered", unit="items")},
    )
    used = (
        ("Users", 412, 1462),
        ("Volume", 62, 62),
        ("Transaction types", 57, 59),
        ("Interfaces", story.part("interfaces.e2e_passed_ratio"), 23),
        ("Sites", 8, 9),
    )
    coverage = [(what, done, whole, story.ago(8)) for what, done, whole in used]
    names = ("users", "volume", "transaction_types", "interfaces", "sites")
    yield Source(
        "coverage",
        CUSTOMER,
        "Program office of NIWA",
        {
            "coverage": Table(
                "program/coverage.csv",
                {"what": "id", "covered": "integer", "of_release": "integer"},
                coverage,
                ["what"],
            )
        },
        {
            f"coverage.{name}_ratio": query(
                f"SELECT covered AS part, of_release AS whole FROM coverage WHERE what = '{what}'",
                "coverage",
                type="ratio",
            )
            for name, (what, _, _) in zip(names, used, strict=True)
        },
    )


def _board(story: Story) -> Source:
    sure = story.part("decision.quorum_confirmed_ratio")
    sides = ["Customer"] * 5 + ["Provider"] * 3
    voters = [(f"Voter {n}", side, yes(n <= sure), story.ago(4)) for n, side in enumerate(sides, 1)]
    unread = story.number("decision.unread_caveats")
    caveats = [(f"Caveat {n}", yes(n > unread), story.ago(4)) for n in range(1, 7)]
    return Source(
        "decision-meeting",
        CUSTOMER,
        "Program office of NIWA",
        {
            "voters": Table(
                "program/decision_voters.csv",
                {"voter": "id", "side": "text:Customer|Provider", "confirmed": "boolean"},
                voters,
                ["voter"],
            ),
            "caveats": Table(
                "program/decision_caveats.csv", {"caveat": "id", "in_the_paper": "boolean"}, caveats, ["caveat"]
            ),
        },
        {
            "governance.voting_members": count(unit="people", table="voters"),
            "decision.quorum_confirmed_ratio": share("confirmed", table="voters"),
            "decision.provider_voters_confirmed": count(
                'confirmed and side == "Provider"', unit="people", table="voters"
            ),
            "decision.unread_caveats": count("not in_the_paper", unit="items", table="caveats"),
        },
    )
