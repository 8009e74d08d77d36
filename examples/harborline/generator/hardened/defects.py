"""System: the defect tracker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from ..junit import BUILD
from ..names import SERVICES
from .source import Row, Source, Table, column, count, exported, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
JIRA_TIME = "%d/%b/%y %I:%M %p"
UPGRADED = 60
"""Closed defects that were raised to high."""


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
    reopened = round((total - still) * story.part("defects.reopen_ratio") / story.whole("defects.reopen_ratio"))
    open_ones = range(mediums, still)
    end = still + raised - len(open_ones)
    down_ones = range(end - lowered, end)
    done_highs = [n for n in range(still, end + UPGRADED) if n not in down_ones]
    fresh = {*open_ones[:came], *done_highs[: max(0, came - len(open_ones))]}
    rows = []
    for n in range(total):
        is_open, grave, high = n < still, mediums + highs <= n < still, mediums <= n < mediums + highs
        severity = "Critical" if grave else "High" if high or n in done_highs else "Medium"
        first = "High" if n in down_ones else "Medium" if end <= n else severity
        lacks = grave or (high and n < mediums + bare)
        raised_on = story.ago(100 + n % 40) if n not in fresh else story.ago(3 + n % 20 if is_open else 27)
        resolved_on = "" if is_open else story.ago(5 + n % 20 if n in done_highs[:went] else 35 + n % 60)
        rows.append(
            _issue(
                n,
                severity,
                ("Open", "In Progress", "Reopened")[n % 3] if is_open else ("Closed", "Verified")[n % 2],
                raised_on,
                resolved_on,
                {
                    "Workaround approved": "" if lacks else "Yes",
                    "Workaround tried": yes(not lacks),
                    "First severity": first,
                    "Lowered on": jira_day(story.ago(9)) if n in down_ones else "",
                    "Lowering approved": yes(n not in down_ones[:alone]),
                    "Reopened": yes(not is_open and n < still + reopened),
                },
            )
        )
    headings = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Created,Updated,Resolved"
    own = ("Workaround approved", "Workaround tried", "First severity", "Lowered on", "Lowering approved", "Reopened")
    live = 'status not in ["Closed", "Verified"]'
    rate = (
        "SELECT CAST(CAST((SELECT count(*) FROM issues WHERE priority = '{}' AND status NOT IN "
        "('Closed', 'Verified')) AS DECIMAL(12, 2)) * 1000 / count(*) AS DECIMAL(12, 2)) FROM cases"
    )
    cases = [(f"SIT-{n:04d}", story.ago(2)) for n in range(1, 643)] + [
        (f"UAT-{n:03d}", story.ago(2)) for n in range(1, 389)
    ]
    custom = "Custom field ({})".format
    yield Source(
        "jira-issues",
        PROVIDER,
        "Engineering of CFSC",
        {
            "issues": Table(
                "system/jira-@.csv",
                exported([*headings.split(","), *map(custom, own)]),
                rows,
                on=story.ago(2),
                adds={
                    "tried": column(f"boolean@{custom('Workaround tried')}"),
                    "first_severity": column(f"text:Critical|High|Medium|Low@{custom('First severity')}"),
                    "lowered_on": column(f"instant:local?lowered@{custom('Lowered on')}") | {"format": JIRA_TIME},
                    "lowering_approved": column(f"boolean@{custom('Lowering approved')}"),
                    "reopened": column(f"boolean@{custom('Reopened')}"),
                },
            ),
            "cases": Table("system/planned_cases.csv", {"case": "id"}, cases, ["case"]),
        },
        {
            "defects.high_workarounds_tried_ratio": share("tried", f'priority == "High" and {live}'),
            "defects.high_per_thousand": query(
                rate.format("High"), "issues", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.critical_per_thousand": query(
                rate.format("Critical"), "issues", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.downgraded_unapproved": count("lowered and not lowering_approved", unit="defects"),
            "defects.downgrade_ratio": share("lowered", 'first_severity in ["Critical", "High"]'),
            "defects.reopen_ratio": share("reopened", f"not ({live})"),
        },
        subject={"build": BUILD},
        also={"answers": {"final": ["Closed", "Verified"]}},
        profile="jira-issues@1 as defects",
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


def _issue(number: int, severity: str, status: str, raised_on: str, resolved_on: str, own: Mapping[str, str]) -> Row:
    """Return an issue as Jira exports it, with the fields that the program added."""
    summary = f"{SERVICES[number % 14]}: a figure differs"
    key = (f"HL-{number + 1}", 20_001 + number, "Bug", status, "HL", "Harborline", severity)
    changed = jira_day(resolved_on or raised_on)
    return summary, *key, jira_day(raised_on), changed, jira_day(resolved_on) if resolved_on else "", *own.values()


def jira_day(day: str) -> str:
    """Return a day as Jira writes it."""
    moment = datetime.fromisoformat(f"{day}T09:15")
    return moment.strftime("%d/%b/%y ") + f"{moment:%I:%M %p}".lstrip("0")
