"""Findings and risks of OSCAL: what is open stays not satisfied, whatever people accepted about it.

A waiver, an action plan or an acceptance is a deviation from it: a risk with a deadline, never a finding that is
satisfied.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from gonogo.model.finding import Status
from gonogo.report.front import plan_words
from gonogo.report.machine.machine_standing import Account, Standing
from gonogo.report.machine.notation import last_second, moment, run_identity, subject_identity
from gonogo.report.machine.oscal_parts import (
    NAMESPACE,
    Part,
    filled,
    marked,
    observation_ids,
    origins,
    prop,
    tool,
)
from gonogo.report.view import RunView
from gonogo.report.words import seat, stopped

_STATES: Final = {
    Standing.WAIVED: "deviation-approved",
    Standing.ACCEPTED: "deviation-approved",
    Standing.PLANNED: "remediating",
}
"""The status of a risk; of any other open criterion it is ``open``."""
_REASON: Final = {Status.MET: "pass", Status.NOT_MET: "fail"}


def finding(view: RunView, account: Account) -> Part:
    """Return the finding of a criterion that was asked."""
    found = account.finding
    met = account.standing is Standing.MET
    props = [
        prop("criterion", found.criterion),
        prop("domain", found.domain.value),
        prop("severity", found.weight_then.value),
        prop("status", found.status.value),
        prop("standing", account.standing.value),
        prop("owner", found.owner),
        *([prop("standing-hold", "true")] if account.hold else []),
    ]
    state = {
        "state": "satisfied" if met else "not-satisfied",
        "reason": "pass" if met else "fail" if found.status is Status.NOT_MET else "other",
        "remarks": marked(account.head),
    }
    return filled(
        {
            "uuid": run_identity(view, "finding", found.criterion),
            "title": marked(found.title),
            "description": described(account),
            "props": props,
            "origins": origins(view),
            "target": {
                "type": "objective-id",
                "target-id": found.criterion,
                "title": marked(found.title),
                "status": state,
            },
            "related-observations": observation_ids(view, account),
            "related-risks": [{"risk-uuid": risk_id(view, account)}] if account.standing.open else [],
        }
    )


def described(account: Account) -> str:
    """Return how a criterion stands and why, then what counts against it, a paragraph each."""
    return "\n\n".join(map(marked, (account.with_owner, *(f"Open: {each}" for each in account.items))))


def risk_id(view: RunView, account: Account) -> str:
    """Return the id of a criterion's risk: the same in every run of the release."""
    return subject_identity(view, "risk", account.finding.criterion)


def risk(view: RunView, account: Account) -> Part:
    """Return what is at risk because a criterion is open, and what people decided about it until when."""
    found, end = account.finding, deadline(account)
    about = view.about.get(found.criterion, {})
    return filled(
        {
            "uuid": risk_id(view, account),
            "title": marked(f"{found.title} ({account.head})"),
            "description": marked(account.line),
            "statement": _statement(account, str(about.get("why", ""))),
            "props": [prop("criterion", found.criterion), prop("standing", account.standing.value), *_refused(account)],
            "status": _STATES.get(account.standing, "open"),
            "origins": origins(view),
            "characterizations": [_weight(view, account)],
            "mitigating-factors": _factors(view, account),
            "deadline": moment(last_second(view, end)) if end is not None else None,
            "remediations": _remediations(view, account),
            "related-observations": observation_ids(view, account),
        }
    )


def deadline(account: Account) -> date | None:
    """Return the last local day of what people decided about an open criterion; None where nobody decided anything."""
    if account.standing is Standing.WAIVED and account.waiver is not None:
        return account.waiver.expires_on
    if account.standing is Standing.ACCEPTED:
        return min((one.until for one in account.accepted if one.until is not None), default=None)
    return account.plan.due if account.plan is not None else None


def _statement(account: Account, why: str) -> str:
    parts = [stopped(why)] if why else []
    waiver = account.waiver
    if waiver is not None:
        approvals = [f"{each.person} as {seat(each.role)} on {each.on}" for each in waiver.approved_by]
        parts += [
            f"Residual risk of waiver {waiver.id}: {stopped(waiver.residual_risk or 'not said')}",
            f"Reason: {stopped(waiver.reason or 'not said')}",
            f"Asked for by {waiver.requested_by}; approved by {'; '.join(approvals) or 'nobody'}.",
        ]
    for one in account.accepted:
        parts.append(f"{one.item}: accepted by {one.person} as {seat(one.role)} on {one.on}, until {one.until}.")
    return marked(" ".join(parts) or account.finding.sentence)


def _refused(account: Account) -> list[Part]:
    return [prop("waiver-that-does-not-count", f"{waiver.id}: {why}") for waiver, why in account.idle]


def _weight(view: RunView, account: Account) -> Part:
    actor = {"type": "tool", "actor-uuid": tool(view)}
    weight = account.finding.weight_then
    facets = (("severity", weight.value), ("m3-criticality", weight.m3_criticality))
    return {
        "origin": {"actors": [actor]},
        "facets": [{"name": name, "system": NAMESPACE, "value": value} for name, value in facets],
    }


def _factors(view: RunView, account: Account) -> list[Part]:
    told = [(one.id, one.workaround) for one in account.accepted]
    if account.waiver is not None:
        told.append((account.waiver.id, account.waiver.compensating_control))
    criterion = account.finding.criterion
    return [
        {"uuid": subject_identity(view, "factor", criterion, name), "description": marked(text)}
        for name, text in told
        if text
    ]


def _remediations(view: RunView, account: Account) -> list[Part]:
    found, plan = account.finding, account.plan
    parts: list[Part] = []
    if found.remedy:
        parts.append(
            {
                "uuid": subject_identity(view, "remedy", found.criterion),
                "lifecycle": "recommendation",
                "title": "What the rules recommend",
                "description": marked(found.remedy),
            }
        )
    if plan is not None:
        task = {
            "uuid": subject_identity(view, "task", found.criterion),
            "type": "milestone",
            "title": marked(plan.action),
            "description": marked(f"By {seat(plan.owner)}."),
            "timing": {"on-date": {"date": moment(last_second(view, plan.due))}} if plan.due is not None else None,
        }
        parts.append(
            {
                "uuid": subject_identity(view, "plan", found.criterion),
                "lifecycle": "planned",
                "title": "The action plan",
                "description": marked(plan_words(plan)),
                "tasks": [filled(task)],
            }
        )
    return parts
