"""System: weaknesses, scans, access."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import ROLES, hashed
from . import weaknesses
from .source import Source, Table, count, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _weaknesses(story)
    yield _access(story)


def _weaknesses(story: Story) -> Source:
    return Source(
        "weaknesses",
        PROVIDER,
        "Engineering of CFSC",
        {
            "file": Table("system/oscal_poam.json", {}, held="document").with_document(weaknesses.plan(story)),
            "kev": Table("system/known_exploited_vulnerabilities.json", {}, held="document").with_document(
                weaknesses.catalog(story)
            ),
        },
        {},
        collector="oscal:poam",
        prefix="poam",
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
