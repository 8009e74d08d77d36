"""System: weaknesses, scans, access."""

from __future__ import annotations

from collections.abc import Iterator

from ..junit import BUILD
from ..names import ROLES, hashed
from .source import Source, Table, count, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
OF_BUILD = {"build": BUILD}


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _security(story)
    yield _access(story)


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
