"""Workforce: surveys and communications."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import GROUPS, hashed
from .source import Source, Table, count, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
ELEMENTS = ("awareness", "desire", "knowledge", "ability", "reinforcement")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _surveys(story)
    yield from _communications(story)


def _surveys(story: Story) -> Iterator[Source]:
    answered, trained = story.counts("evaluation.response_ratio")
    evaluation = [
        (
            hashed("evaluation", n),
            f"KF-{101 + n % 17}",
            4 + (n % 10 == 3) if n < answered else "",
            yes(n < answered),
            story.ago(6),
        )
        for n in range(trained)
    ]
    rating = {"sheet": "id", "course": "text", "rating": "integer?blank", "answered": "boolean"}
    yield Source(
        "training-evaluation",
        PROVIDER,
        "Training and staffing of CFSC",
        {"sheets": Table("workforce/training_eval.csv", rating, evaluation, ["sheet"])},
        {
            "evaluation.response_ratio": share("answered"),
            "evaluation.mean_score": query(
                "SELECT CAST(CAST(sum(coalesce(rating, 0)) AS DECIMAL(12, 4)) / count(*) AS DECIMAL(6, 1)) FROM sheets "
                "WHERE answered",
                "sheets",
                type="decimal",
                unit="points",
            ),
            "evaluation.courses_below_3": query(
                "SELECT count(*) FROM (SELECT course FROM sheets WHERE answered GROUP BY course "
                "HAVING sum(coalesce(rating, 0)) < 3 * count(*))",
                "sheets",
                type="integer",
                unit="courses",
            ),
        },
        personal=True,
    )
    replies, affected = story.counts("adkar.response_ratio")
    silent = story.number("adkar.groups_without_response")
    lowest = round(10 * float(story.values["adkar.min_group_element"]))
    quiet = [n for n in range(affected) if n % 14 < silent]
    loud = [n for n in range(affected) if n % 14 >= silent]
    answering = set(loud[:replies])
    seen: dict[int, int] = {}
    survey = []
    for n in range(affected):
        group, replied = n % 14, n in answering and n not in quiet
        place = seen[group] = seen.get(group, -1) + replied if group in seen else (0 if replied else -1)
        marks = [0, 0, 0, 0, 0]
        if replied:
            marks = [4, 4, 4, 4, 4]
            if group == 2:  # Gulf: ability is the lowest, exactly as low as the story says over each ten replies
                marks[3] = lowest // 10 + (place % 10 < lowest % 10)
        survey.append(
            (
                hashed("survey", n),
                GROUPS[group],
                yes(replied),
                *(mark if replied else "" for mark in marks),
                story.ago(8),
            )
        )
    columns = {"sheet": "id", "group": "text", "answered": "boolean"} | dict.fromkeys(ELEMENTS, "integer?blank")
    least = ", ".join(f"sum(coalesce({name}, 0))" for name in ELEMENTS)
    yield Source(
        "readiness-survey",
        CUSTOMER,
        "Change office of NIWA",
        {"sheets": Table("workforce/readiness_survey.csv", columns, survey, ["sheet"])},
        {
            "adkar.response_ratio": share("answered"),
            "adkar.min_group_element": query(
                f"SELECT CAST(min(mark) AS DECIMAL(6, 1)) FROM (SELECT least({least}) / "
                'CAST(count(*) AS DECIMAL(12, 4)) AS mark FROM sheets WHERE answered GROUP BY "group")',
                "sheets",
                type="decimal",
                unit="points",
            ),
            "adkar.groups_without_response": query(
                'SELECT count(*) FROM (SELECT "group" FROM sheets GROUP BY "group" '
                "HAVING count(*) FILTER (answered) * 10 < 3 * count(*))",
                "sheets",
                type="integer",
                unit="groups",
            ),
        },
        personal=True,
    )
    aware, asked = story.counts("pulse.aware_ratio")
    pulse = [(hashed("pulse", n), "Help desk" if n < aware else "Colleague", story.ago(7)) for n in range(asked)]
    yield Source(
        "pulse-survey",
        CUSTOMER,
        "Change office of NIWA",
        {
            "replies": Table(
                "workforce/pulse_survey.csv",
                {"respondent": "id", "channel": "text:Help desk|Colleague|Old hotline"},
                pulse,
                ["respondent"],
            )
        },
        {"pulse.aware_ratio": share('channel == "Help desk"'), "pulse.responses": count(unit="people")},
        personal=True,
    )


def _communications(story: Story) -> Iterator[Source]:
    cover = {"cell": "Cover!B5"}
    group = {
        "group": "id@Group",
        "told": "-Told On",
        "acknowledged_on": "date?acknowledged@Acknowledged On",
        "contact": "-Contact",
    }
    yield Source(
        "communications",
        CUSTOMER,
        "Change office of NIWA",
        {"messages": Table("workforce/comms_plan.xlsx", {}, more={"control": {"rows": 80}}, held=cover)},
        {},
        also={"handling": {"marking": "internal", "reason": "who prepares a message is an office"}},
        profile="gsa-communications-plan@1 as comms",
    )
    yield Source(
        "cutover-groups",
        CUSTOMER,
        "Change office of NIWA",
        {
            "groups": Table(
                "workforce/comms_plan.xlsx",
                group,
                key=["group"],
                more={"sheet": "Cutover Groups", "control": {"rows": 14}},
                held=cover,
            )
        },
        {"cutover_comms.reached_ratio": share("acknowledged")},
        also={"handling": {"marking": "internal", "reason": "Contact holds offices and no person"}},
    )
    told, vendors = story.counts("cutover_comms.vendors_notified_ratio")
    notified = [(f"V-{n:04d}", yes(n <= told), story.ago(4)) for n in range(1, vendors + 1)]
    feedback = [(f"FB-{n:02d}", "Open" if n == 1 else "Answered", story.ago(4)) for n in range(1, 20)]
    yield Source(
        "vendor-notices",
        CUSTOMER,
        "Change office of NIWA",
        {
            "vendors": Table(
                "workforce/vendor_notices.csv", {"vendor": "id", "notified": "boolean"}, notified, ["vendor"]
            ),
            "feedback": Table(
                "workforce/feedback.csv", {"entry": "id", "state": "text:Open|Answered"}, feedback, ["entry"]
            ),
        },
        {
            "cutover_comms.vendors_notified_ratio": share("notified", table="vendors"),
            "comms.feedback_received": count(unit="items", table="feedback"),
            "comms.feedback_open": count('state == "Open"', unit="items", table="feedback"),
        },
    )
