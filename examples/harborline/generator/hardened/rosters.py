"""Workforce: rosters of the cutover and of operation, and the workload that they must bear."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import SITES, hashed
from .source import Source, Table, count, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _rosters(story)
    yield _workload(story)


def _rosters(story: Story) -> Source:
    sure, slots = story.counts("sme.confirmed_ratio")
    backed = story.part("sme.backup_ratio")
    shifts = [
        (f"Slot {n:02d}", yes(n <= sure), yes(n <= backed), yes(False), yes(True), story.ago(6))
        for n in range(1, slots + 1)
    ]
    shift = {
        "slot": "id",
        "confirmed": "boolean",
        "backup": "boolean",
        "on_leave": "boolean",
        "backup_rehearsed": "boolean",
    }
    staff = []
    for side, prefix in (("Customer", "customer_om"), ("Provider", "provider_staff")):
        placed, whole = story.counts(f"{prefix}.onboard_ratio")
        trained = story.part(f"{prefix}.trained_ratio")
        staff += [
            (f"{side[0]}-{n:02d}", side, yes(n <= placed), yes(n <= trained), story.ago(4)) for n in range(1, whole + 1)
        ]
    post = {"post": "id", "side": "text:Customer|Provider", "in_place": "boolean", "trained": "boolean"}
    released, whole = story.counts("superusers.released_ratio")
    helpers = [
        (hashed("superuser", n), SITES[n % 9], yes(n < released), 1462 // 64 + (n < 10), story.ago(9))
        for n in range(whole)
    ]
    helper = {"superuser": "id", "site": "text", "released": "boolean", "users": "integer"}
    return Source(
        "rosters",
        CUSTOMER,
        "Change office of NIWA",
        {
            "shifts": Table("workforce/rosters.csv", shift, shifts, ["slot"]),
            "staff": Table("workforce/staffing.csv", post, staff, ["post"]),
            "superusers": Table("workforce/superusers.csv", helper, helpers, ["superuser"]),
            "sites": Table(
                "workforce/sites.csv",
                {"site": "id", "users": "integer"},
                [(site, 163 if n < 4 else 162, story.ago(9)) for n, site in enumerate(SITES)],
                ["site"],
            ),
        },
        {
            "sme.confirmed_ratio": share("confirmed", table="shifts"),
            "sme.backup_ratio": share("backup", table="shifts"),
            "sme.leave_conflicts": count("on_leave", unit="conflicts", table="shifts"),
            "sme.conflicts_uncovered": count(
                "on_leave and (not backup or not backup_rehearsed)", unit="slots", table="shifts"
            ),
            "customer_om.onboard_ratio": share("in_place", 'side == "Customer"', table="staff"),
            "customer_om.trained_ratio": share("trained", 'side == "Customer"', table="staff"),
            "provider_staff.onboard_ratio": share("in_place", 'side == "Provider"', table="staff"),
            "provider_staff.trained_ratio": share("trained", 'side == "Provider"', table="staff"),
            "superusers.released_ratio": share("released", table="superusers"),
            "superusers.ratio_users": query(
                "SELECT CAST(CAST((SELECT sum(users) FROM sites) AS DECIMAL(12, 3)) / count(*) AS DECIMAL(6, 1)) "
                "FROM superusers",
                "sites",
                "superusers",
                type="decimal",
                unit="people",
            ),
            "superusers.sites_uncovered": query(
                "SELECT count(*) FROM sites WHERE site NOT IN (SELECT site FROM superusers)",
                "sites",
                "superusers",
                type="integer",
                unit="sites",
            ),
        },
        personal=True,
    )


def _workload(story: Story) -> Source:
    today = round(100 * float(story.values["backlog.days_of_work"]))
    peak = round(100 * float(story.values["backlog.modelled_peak_days"]))
    days = [
        (
            f"Day {n:02d}",
            today if n == 0 else min(peak, today + n * max(1, (peak - today) // 12)) if n < 13 else peak - 3 * (n - 12),
            100,
            story.ago(7),
        )
        for n in range(40)
    ]
    secured, whole = story.counts("backlog.surge_fte_secured_ratio")
    surge = [(f"Surge {n:02d}", yes(n <= secured), story.ago(7)) for n in range(1, whole + 1)]
    did, forecast = story.counts("backlog.measured_throughput_ratio")
    rehearsed = [("Payments", did, forecast, story.ago(7))]
    day = {"day": "id", "backlog": "integer", "done_a_day": "integer"}
    cast = "SELECT CAST(CAST({} AS DECIMAL(12, 3)) AS DECIMAL(8, 1)) FROM days {}"
    return Source(
        "workload-model",
        PROVIDER,
        "Training and staffing of CFSC",
        {
            "days": Table("workforce/workload_model.csv", day, days, ["day"]),
            "surge": Table("workforce/surge_staff.csv", {"post": "id", "secured": "boolean"}, surge, ["post"]),
            "measured": Table(
                "workforce/throughput.csv",
                {"work": "id", "done": "integer", "forecast": "integer"},
                rehearsed,
                ["work"],
            ),
        },
        {
            "backlog.days_of_work": query(
                cast.format("CAST(backlog AS DECIMAL(12, 3)) / done_a_day", "WHERE day = 'Day 00'"),
                "days",
                type="decimal",
                unit="working days",
            ),
            "backlog.modelled_peak_days": query(
                cast.format("max(CAST(backlog AS DECIMAL(12, 3)) / done_a_day)", ""),
                "days",
                type="decimal",
                unit="working days",
            ),
            "backlog.surge_fte_secured_ratio": share("secured", table="surge"),
            "backlog.measured_throughput_ratio": query(
                "SELECT sum(done) AS part, sum(forecast) AS whole FROM measured", "measured", type="ratio"
            ),
        },
    )
