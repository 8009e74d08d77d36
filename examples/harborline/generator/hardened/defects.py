"""System: the defect tracker."""

from __future__ import annotations

from collections.abc import Iterator

from ..junit import BUILD
from ..names import SERVICES
from .source import Source, Table, count, query, share
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _defects(story)


def _defects(story: Story) -> Iterator[Source]:
    graves, highs = story.number("defects.critical_open"), story.number("defects.high_open")
    bare, mediums = story.number("defects.high_without_workaround"), story.number("defects.medium_open")
    came, went = story.number("defects.arrivals_28d"), story.number("defects.closures_28d")
    lowered, raised = story.counts("defects.downgrade_ratio")
    alone = story.number("defects.downgraded_unapproved")
    still, total = graves + highs + mediums, 486
    end = still + raised - graves - highs
    reopened = round((total - still) * story.part("defects.reopen_ratio") / story.whole("defects.reopen_ratio"))
    issues = []
    for n in range(total):
        is_open, grave, high = n < still, mediums + highs <= n < still, mediums <= n < mediums + highs
        severity = "Critical" if grave else "High" if high else "Medium"
        down = end - lowered <= n < end
        first = severity
        if still <= n < end:
            first, severity = "High", "Medium" if down else "High"
        lacks = grave or (high and n < mediums + bare)
        recent = n < came
        closed = "" if is_open else story.ago(5 + n % 20) if total - n <= went else story.ago(35 + n % 60)
        created = story.ago(2 + n % 24) if recent else story.ago(100 + n % 40)
        fields = {
            "summary": f"{SERVICES[n % 14]}: a figure differs",
            "severity": severity,
            "first_severity": first,
            "status": ("Open", "In Progress", "Reopened")[n % 3] if is_open else ("Closed", "Verified")[n % 2],
            "workaround": None if lacks else "Approved",
            "workaround_tried": not lacks,
            "created": created,
            "closed": closed or None,
            "reopened": not is_open and n < still + reopened,
            "lowered_on": story.ago(9) if down else None,
            "lowering_approved": not (down and n < end - lowered + alone),
        }
        issues.append({"key": f"HL-{n + 1}", "fields": fields})
    document = {"meta": {"exported_at": f"{story.ago(2)}T22:00:00Z", "total": total}, "issues": issues}
    columns = {
        "key": "id",
        "severity": "text:Critical|High|Medium|Low@fields.severity",
        "first_severity": "text:Critical|High|Medium|Low@fields.first_severity",
        "status": "text:Open|In Progress|Reopened|Closed|Verified@fields.status",
        "workaround": "text:Approved|Proposed|None?named@fields.workaround",
        "tried": "boolean@fields.workaround_tried",
        "created_on": "date@fields.created",
        "closed_on": "date?closed@fields.closed",
        "reopened": "boolean@fields.reopened",
        "lowered_on": "date?lowered@fields.lowered_on",
        "lowering_approved": "boolean@fields.lowering_approved",
        "summary": "-fields.summary",
    }
    live = 'status not in ["Closed", "Verified"]'
    rate = (
        "SELECT CAST(CAST((SELECT count(*) FROM defects WHERE severity = '{}' AND status NOT IN "
        "('Closed', 'Verified')) AS DECIMAL(12, 2)) * 1000 / count(*) AS DECIMAL(12, 2)) FROM cases"
    )
    cases = [(f"SIT-{n:04d}", story.ago(2)) for n in range(1, 643)] + [
        (f"UAT-{n:03d}", story.ago(2)) for n in range(1, 389)
    ]
    yield Source(
        "defect-tracker",
        PROVIDER,
        "Engineering of CFSC",
        {
            "defects": Table(
                "system/jira_defects.json",
                columns,
                key=["key"],
                more={"records": "issues", "as_of_at": "meta.exported_at", "control": {"rows_at": "meta.total"}},
                held="document",
            ).with_document(document),
            "cases": Table("system/planned_cases.csv", {"case": "id"}, cases, ["case"]),
        },
        {
            "defects.critical_open": count(f'severity == "Critical" and {live}', unit="defects", table="defects"),
            "defects.high_open": count(f'severity == "High" and {live}', unit="defects", table="defects"),
            "defects.high_without_workaround": count(
                f'severity == "High" and {live} and not named', unit="defects", table="defects"
            ),
            "defects.high_workarounds_tried_ratio": share("tried", f'severity == "High" and {live}', table="defects"),
            "defects.high_per_thousand": query(
                rate.format("High"), "defects", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.critical_per_thousand": query(
                rate.format("Critical"), "defects", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.downgraded_unapproved": count(
                "lowered and not lowering_approved", unit="defects", table="defects"
            ),
            "defects.downgrade_ratio": share("lowered", 'first_severity in ["Critical", "High"]', table="defects"),
            "defects.arrivals_28d": count("created_on >= now - 28d", unit="defects", table="defects"),
            "defects.closures_28d": count("closed and closed_on >= now - 28d", unit="defects", table="defects"),
            "defects.reopen_ratio": share("reopened", "closed", table="defects"),
        },
        subject={"build": BUILD},
    )
    hours = [("Key card lines by hand", 4, 30, story.ago(4)), ("Print the aging list", 2, 14, story.ago(4))]
    yield Source(
        "workarounds",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "workarounds": Table(
                "system/workarounds.csv",
                {"workaround": "id", "hours_a_day": "integer", "spare_hours_a_day": "integer"},
                hours,
                ["workaround"],
            )
        },
        {
            "defects.workaround_load_ratio": query(
                "SELECT sum(hours_a_day) AS part, sum(spare_hours_a_day) AS whole FROM workarounds",
                "workarounds",
                type="ratio",
            )
        },
    )
