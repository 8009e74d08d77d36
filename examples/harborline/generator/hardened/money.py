"""Program: contracts, life-cycle cost, cost performance, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"
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
    """Yield the sources."""
    yield from _money(story)
    yield _agreement(story)


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
