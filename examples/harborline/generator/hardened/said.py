"""What only a person can say: statements by the seats that may make them, and the bindings that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ..statements import Statement
from .source import Settings
from .story import HOME, Story

VOCABULARY = HOME.parents[1] / "rulesets" / "m3-hardened" / "facts.yaml"


@dataclass(frozen=True)
class Said:
    """One file of statements by one seat.

    Attributes:
        path: File below ``evidence/``.
        role: The seat.
        person: Who holds it.
        prepared_by: Who prepared what the person looked at.
        evidence: What that is.
        facts: Fact to what is stated.
        days: How many days before the assessment.
        held_on: When what is stated held, where that is another day.
    """

    path: str
    role: str
    person: str
    prepared_by: str
    evidence: str
    facts: dict[str, str]
    days: int = 3
    held_on: str = ""


def said(story: Story) -> Iterator[Said]:
    """Yield the statements of a program. In NO-GO nobody has the authorization letter."""
    yield Said(
        "program/decision_meeting.yaml",
        "customer.executive_sponsor",
        "marguerite.osei",
        "hana.solberg",
        "Charter of the board, version 1.4; invitation and pre-read of the meeting",
        {
            "governance.quorum_defined": "true",
            "governance.dissent_process_defined": "true",
            "governance.escalation_levels": "3",
            "decision.preread_business_days": story.values["decision.preread_business_days"],
            "decision.evidence_snapshot_hash_present": "true",
            "decision.affected_unseated": "0",
            "ivv.opinion_issued": "true",
        },
    )
    yield Said(
        "program/decision_meeting.yaml",
        "customer.executive_sponsor",
        "marguerite.osei",
        "hana.solberg",
        "Implementation approach, version 3.1, change log; pilot report of 2027-03-30",
        {
            "phasing.pilot_completed": "true",
            "phasing.bigbang_reviewed_independently": "false",
            "phasing.full_volume_trial": "false",
        },
    )
    yield Said(
        "program/decision_meeting.yaml",
        "customer.program_manager",
        "theo.brandvold",
        "hana.solberg",
        "Implementation approach, version 3.1, change log",
        {"approach.open_material_changes": "0"},
    )
    yield Said(
        "program/decision_meeting.yaml",
        "customer.pmo_lead",
        "ada.kirsch",
        "hana.solberg",
        "Estimate of 2026-09 behind the date; history of the master schedule",
        {"date.backed_by_estimate": "true", "date.moves": "1"},
    )
    yield Said(
        "program/decision_meeting.yaml",
        "customer.business_owner",
        "dolores.quintanar",
        "hana.solberg",
        "Pilot report; paper on the cost of waiting; references of CFSC",
        {
            "pilot.targets_missed": "false",
            "pilot.shortfall_retried": "false",
            "track.live_elsewhere": "3",
            "track.same_team": "true",
            "waiting.price_stated": "true",
            "rtm.descope_reapproved": "false",
            "rtm.descope_tried_live": "false",
        },
    )
    yield Said(
        "system/statements.yaml",
        "customer.business_owner",
        "dolores.quintanar",
        "hana.solberg",
        "Test completion report, sections 3 to 6; acceptance certificate",
        {
            "uat.business_signoff": story.values["uat.business_signoff"],
            "test.time_cut": "false",
            "test.coverage_confirmed": "true",
            "test.expected_fixed": "true",
            "test.second_checked": "true",
            "close.required": "true",
            "close.proved": "true",
            "parallel.required": "true",
            "recon.tool_operational": "true",
        },
    )
    yield Said(
        "system/statements.yaml",
        "customer.technical_lead",
        "wes.okafor",
        "greta.nyland",
        "Release notes since the rehearsal; boundary diagram",
        {
            "change.main_since_rehearsal": "false",
            "change.retried_full": "false",
            "attack.public_facing": "false",
        },
    )
    yield Said(
        "system/statements.yaml",
        "customer.functional_lead",
        "ruth.amsel",
        "uma.feld",
        "Accessibility conformance report of KeelFin, edition of March",
        {"a11y.acr_present": "true"},
    )
    if not story.stopped:
        yield Said(
            "system/ato_letter.yaml",
            "customer.authorizing_official",
            "conrad.weld",
            "greta.nyland",
            "Authorization to operate of 2027-02-01, valid to 2030-01-31, with boundary diagram and assessment report",
            {
                "ato.signed": "true",
                "ato.covers_golive_boundary": "true",
                "ato.days_valid_after_golive": "1004",
                "ato.overdue_conditions": "0",
                "ato.controls_unassessed_high": "0",
            },
            days=10,
        )
    yield Said(
        "system/privacy.yaml",
        "customer.privacy_official",
        "tom.ibarra",
        "uma.feld",
        "Privacy impact assessment; notice published 2027-02-18; register of transfer channels",
        {
            "privacy.pia_approved": "true",
            "privacy.sorn_required": "true",
            "privacy.sorn_days_since_publication": "74",
            "privacy.pii_transfers_unprotected": "0",
        },
        days=10,
    )
    yield Said(
        "workforce/labor.yaml",
        "customer.program_manager",
        "theo.brandvold",
        "hal.dwyer",
        "Labor relations register, entries 2027-11 to 2027-19",
        {"labor.units_affected": "2", "labor.notices_given_ratio": "100%", "labor.open_demands": "0"},
        days=7,
    )
    yield Said(
        "workforce/labor.yaml",
        "customer.executive_sponsor",
        "marguerite.osei",
        "hana.solberg",
        "Design of the retained organization, version 2.0",
        {"retained.design_approved": "true"},
        days=20,
    )
    yield Said(
        "operations/om_governance.yaml",
        "customer.executive_sponsor",
        "marguerite.osei",
        "hana.solberg",
        "Governance plan for operations, version 1.2; list of members; invitation of 2027-05-10",
        {
            "om_gov.plan_approved": "true",
            "om_gov.members_named_ratio": "100%",
            "om_gov.first_meeting_days_after_golive": "7",
        },
        days=11,
    )
    yield Said(
        "operations/om_governance.yaml",
        "customer.pmo_team",
        "bea.corrigan",
        "hana.solberg",
        "Protocol of the bridge test of the second rehearsal",
        {"command.bridge_tested": "true"},
    )
    yield Said(
        "operations/om_governance.yaml",
        "customer.business_owner",
        "dolores.quintanar",
        "hana.solberg",
        "Fallback plan, version 1.3; demand forecast from three years of volumes; letter to partners",
        {
            "fallback.other_way_tried": "false",
            "fallback.dismantled_early": "false",
            "partners.old_way_open": "false",
            "demand.basis_measured": "true",
            "demand.forced_day_one": "false",
        },
    )
    yield Said(
        "operations/om_governance.yaml",
        "customer.technical_lead",
        "wes.okafor",
        "uma.feld",
        "Decommission plan, version 2.2; concurrence of the records officer",
        {"decom.updated_after_approach": "true", "records.officer_concurrence": "true"},
    )


def statements(story: Story) -> dict[str, tuple[Statement, ...]]:
    """Return each file with its statements."""
    files: dict[str, tuple[Statement, ...]] = {}
    for each in said(story):
        on = story.ago(each.days)
        one = Statement(each.facts, each.person, each.role, on, each.prepared_by, each.evidence, each.held_on)
        files[each.path] = (*files.get(each.path, ()), one)
    return files


def bindings(story: Story) -> Iterator[Settings]:
    """Yield a binding for each file of statements, the one that is missing in NO-GO too."""
    kinds = {fact["name"]: fact for fact in yaml.safe_load(VOCABULARY.read_text("utf-8"))["facts"]}
    files: dict[str, list[Said]] = {}
    for each in said(Story("go", story.values, story.base, story.milestone)):
        files.setdefault(each.path, []).append(each)
    for path, mine in files.items():
        facts = {
            name: f"{kinds[name]['type']} {kinds[name].get('unit', '')}".strip() for each in mine for name in each.facts
        }
        yield {
            "id": path.removesuffix(".yaml").replace("/", "-").replace("_", "-"),
            "collector": "attestation",
            "path": f"evidence/{path}",
            "side": "customer",
            "producer": "Who prepared it, as each statement says",
            "settings": {"facts": facts, "ask": list(dict.fromkeys(each.role for each in mine))},
        }
