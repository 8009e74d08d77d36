"""Attestations: what named people state about agreements, privacy, security and continuity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .figures import Figures
from .files import write_text


@dataclass(frozen=True)
class Statement:
    """One person's statement of facts that share person, seat, date and proof."""

    facts: dict[str, str]
    person: str
    role: str
    on: str
    prepared_by: str
    evidence: str
    held_on: str = ""


APPROVALS = {
    "program/om_governance.yaml": (
        Statement(
            {"om_gov.plan_approved": "true"},
            "lionel.farrant",
            "provider.executive_sponsor",
            "2027-04-08",
            "noel.bracken",
            "Governance plan for operations, version 1.2, signed by both sponsors",
        ),
    ),
    "program/contingency.yaml": (
        Statement(
            {"contingency.approved": "true"},
            "theo.brandvold",
            "customer.program_manager",
            "2027-04-09",
            "ada.kirsch",
            "Contingency plan, version 2.0, signatures of both program managers on page 2",
        ),
    ),
    "program/agreements.yaml": (
        Statement(
            {"agreement.gtc_approved_both": "true", "agreement.order_approved_both": "true"},
            "samir.dattani",
            "customer.contracting_officer",
            "2027-04-12",
            "hana.solberg",
            "GT&C A2602-989-988-000417 and order O2609-989-988-001127 mod .2, approval pages",
        ),
    ),
    "workforce/labor.yaml": (
        Statement(
            {"labor.units_affected": "2", "labor.notices_given_ratio": "100%", "labor.open_demands": "0"},
            "theo.brandvold",
            "customer.program_manager",
            "2027-04-12",
            "hal.dwyer",
            "Labor relations register, entries 2027-11 to 2027-19",
        ),
    ),
    "operations/privacy.yaml": (
        Statement(
            {
                "privacy.sorn_required": "true",
                "privacy.sorn_days_since_publication": "74",
                "privacy.pii_transfers_unprotected": "0",
            },
            "tom.ibarra",
            "customer.privacy_official",
            "2027-04-09",
            "uma.feld",
            "Notice published 2027-02-18; register of transfer channels of 2027-04-07",
        ),
    ),
}
LETTER = Statement(
    {"ato.signed": "true", "ato.covers_golive_boundary": "true", "ato.days_valid_after_golive": "1004"},
    "conrad.weld",
    "customer.authorizing_official",
    "2027-04-09",
    "greta.nyland",
    "Authorization to operate of 2027-02-01, valid to 2030-01-31, with boundary diagram",
    held_on="2027-02-01",
)


def write(target: Path, figures: Figures) -> None:
    """Write the attestations of a program. In NO-GO there is no letter, and a plan is attested by its author."""
    files: dict[str, tuple[Statement, ...]] = dict(APPROVALS)
    if not figures.stopped:
        files["operations/ato_letter.yaml"] = (LETTER,)
    author = "lin.marchetti" if figures.stopped else "wes.okafor"
    recovery = Statement(
        {"dr.rto_hours": "8", "dr.rpo_minutes": "15"},
        "felix.arno",
        "provider.risk_manager",
        "2027-04-06",
        "lin.marchetti",
        "Disaster recovery plan, version 3.1, section 4",
    )
    continuity = Statement(
        {"bcp.updated": "true"},
        "lin.marchetti",
        "provider.technical_lead",
        "2027-04-06",
        author,
        "Continuity plan of NIWA, version 5.0",
    )
    files["operations/continuity.yaml"] = (continuity, recovery)
    for path, statements in files.items():
        write_text(target / "evidence" / path, render(statements))


def render(statements: tuple[Statement, ...]) -> str:
    """Return a file of statements."""
    lines = ["schema: 1", "attestations:"]
    for said in statements:
        for fact, value in said.facts.items():
            entries = {"fact": fact, "value": value, "person": said.person, "role": said.role, "on": said.on}
            entries |= {"held_on": said.held_on} if said.held_on else {}
            entries |= {"prepared_by": said.prepared_by, "evidence": f'"{said.evidence}"'}
            rows = [f"{key}: {entry}" for key, entry in entries.items()]
            lines += ["  - " + rows[0], *("    " + row for row in rows[1:])]
    return "\n".join(lines) + "\n"
