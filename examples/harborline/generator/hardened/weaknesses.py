"""The plan of action and milestones in OSCAL, and CISA's catalog of known exploited weaknesses as CISA publishes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from .story import Story

WITHIN = UUID("6f1d3a52-88b0-4f5e-9c27-2a1b0c4d7e63")
WEAKNESSES = 27


def plan(story: Story) -> dict[str, Any]:
    """Return the plan: a risk for each weakness, with a deadline and a milestone that somebody owns."""
    risks = [_risk(number, story) for number in range(1, WEAKNESSES + 1)]
    items = [
        {
            "uuid": uuid("item", number),
            "title": f"V-{number:02d}",
            "description": f"Weakness V-{number:02d} of the last assessment",
            "related-risks": [{"risk-uuid": risk["uuid"]}],
        }
        for number, risk in enumerate(risks, 1)
    ]
    about = {
        "title": "KeelFin for NIWA, plan of action and milestones",
        "last-modified": f"{story.ago(9)}T12:00:00Z",
        "version": "14",
        "oscal-version": "1.1.2",
        "roles": [{"id": "remediation-owner", "title": "Who mends it"}],
        "parties": [{"uuid": uuid("party"), "type": "organization", "name": "Engineering of CFSC"}],
    }
    system = {"identifier-type": "http://ietf.org/rfc/rfc4122", "id": uuid("system")}
    found = {"uuid": uuid("plan"), "metadata": about, "system-id": system, "risks": risks, "poam-items": items}
    return {"plan-of-action-and-milestones": found}


def _risk(number: int, story: Story) -> dict[str, Any]:
    late = 2 * story.number("poam.moderate_overdue")
    severity = "high" if number > 24 else "moderate" if number % 2 else "low"
    due = story.ago(11) if number % 2 and number <= late else "2027-07-30"
    origin = {"actors": [{"type": "party", "actor-uuid": uuid("party")}]}
    facet = {"name": "severity", "system": "https://cfsc.example/ns/severity", "value": severity}
    mended = {
        "uuid": uuid("task", number),
        "type": "milestone",
        "title": f"Mend V-{number:02d} and scan again",
        "timing": {"on-date": {"date": f"{due}T00:00:00-04:00"}},
        "responsible-roles": [{"role-id": "remediation-owner"}],
    }
    remedy = {
        "uuid": uuid("remedy", number),
        "lifecycle": "planned",
        "title": f"Mend V-{number:02d}",
        "description": "A release of the platform mends it",
        "tasks": [mended],
    }
    found = {
        "uuid": uuid("risk", number),
        "title": f"V-{number:02d}",
        "description": f"Weakness V-{number:02d} of the last assessment",
        "statement": "Reached by the jump host only",
        "status": "open",
        "characterizations": [{"origin": origin, "facets": [facet]}],
        "deadline": f"{due}T00:00:00-04:00",
        "remediations": [remedy],
    }
    if number == 4:
        found["threat-ids"] = [{"system": "http://fedramp.gov", "id": "https://nvd.nist.gov/vuln/detail/CVE-2099-0003"}]
    return found


def catalog(story: Story) -> dict[str, Any]:
    """Return the catalog: three entries, one of which is in the plan and not yet due."""
    entries = [
        {
            "cveID": f"CVE-2099-000{number}",
            "vendorProject": "Keel",
            "product": "Ledger",
            "vulnerabilityName": "Keel Ledger improper access control",
            "dateAdded": added,
            "shortDescription": "An invented weakness of an invented product.",
            "requiredAction": "Apply mitigations per vendor instructions.",
            "dueDate": due,
            "knownRansomwareCampaignUse": "Unknown",
            "notes": "",
            "cwes": ["CWE-284"],
        }
        for number, (added, due) in enumerate(
            (("2027-01-11", "2027-02-01"), ("2027-02-08", "2027-03-01"), ("2027-02-26", "2027-06-30")), 1
        )
    ]
    day = story.ago(3)
    return {
        "title": "CISA Catalog of Known Exploited Vulnerabilities (made up)",
        "catalogVersion": day.replace("-", "."),
        "dateReleased": f"{day}T12:00:00.0000Z",
        "count": len(entries),
        "vulnerabilities": entries,
    }


def uuid(kind: str, number: int = 0) -> str:
    """Return a UUID of version 5, as NIST's schema allows; the same in every run."""
    return str(uuid5(WITHIN, f"{kind}/{number}"))
