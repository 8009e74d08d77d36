"""Program: documents, releases, contingency, benefits, the conditions that the program set itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import SERVICES
from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _documents(story)
    yield from _plans(story)


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
        "signature": "-",
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
                {"service": "id", "release": "text:R1|R2|R3|None"},
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
    yield Source(
        "business-readiness",
        CUSTOMER,
        "Program office of NIWA",
        {"file": Table("program/business_readiness-@.pptx", {}, on=story.ago(11))},
        {},
        collector="decks:readiness",
        prefix="release",
        settings={"releases": ["R1", "R2", "R3"]},
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
    yield Source(
        "success-metrics",
        CUSTOMER,
        "Program office of NIWA",
        {"file": Table("program/success_metrics-@.pptx", {}, on=story.ago(20))},
        {},
        collector="decks:metrics",
        prefix="benefits",
        settings={"rows": 9, "targets_agreed": "Both sponsors, 2027-01-14"},
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
