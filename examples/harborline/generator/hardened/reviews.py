"""Program: risk profile, independent review, oversight, lessons, warnings, what was covered."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, query, register, whether, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _reviews(story)


def _reviews(story: Story) -> Iterator[Source]:
    yield Source(
        "risk-profile",
        INDEPENDENT,
        "Bellwether Review Group",
        {"file": Table("program/m3_risk_tool-@.xlsx", {}, on=story.ago(14))},
        {},
        collector="m3:risk",
        prefix="m3risk",
        settings={"phase": 4},
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
    settled = story.part("lessons.dispositioned_ratio")
    lessons = [
        (
            f"L-{n:02d}",
            "Pilot",
            f"What the pilot taught, {n}",
            "Done" if n <= settled - 3 else "Planned" if n <= settled else "Noted",
            "Program office",
            "2027-04-30" if settled - 3 < n <= settled else "",
            "",
            story.ago(21),
        )
        for n in range(1, story.whole("lessons.dispositioned_ratio") + 1)
    ]
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
    yield register(
        (CUSTOMER, "Program office of NIWA"),
        "program/lessons.csv",
        "lessons",
        "Lesson ID,Wave,Lesson,Disposition,Owner,Due date,Reason",
        lessons,
        "lessons-register@1 as lessons",
        owned=True,
        answers={"last_wave": ["Pilot"]},
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
