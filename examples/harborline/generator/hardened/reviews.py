"""Program: risk profile, independent review, oversight, lessons, warnings, what was covered."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, query, register, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _reviews(story)


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
    decided = ("Planned", story.ago(40), "Program office", "2027-07-30", "")
    recommendations = [(f"OIG-27-{n:02d}", "Open", yes(n == 1), *decided, story.ago(21)) for n in range(1, 5)]
    lessons = [(f"L-{n:02d}", "Pilot", yes(n <= 21), story.ago(21)) for n in range(1, 23)]
    warnings = [(f"W-{n:02d}", ("Union", "Unit head", "Vendor")[n % 3], yes(True), story.ago(4)) for n in range(1, 6)]
    yield register(
        (CUSTOMER, "Program office of NIWA"),
        "program/oversight.csv",
        "recommendations",
        "Recommendation ID,Status,Priority recommendation,Disposition,Decided on,Owner,Due date,Reason for declining",
        recommendations,
        "oversight-register@1 as oversight",
        owned=True,
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
                {"warning": "id", "origin": "-", "answered": "boolean"},
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
