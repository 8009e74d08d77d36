"""OSCAL plan of action and milestones: an item for each open criterion, with its risk, its plan and its deadline."""

from __future__ import annotations

from typing import Any, Final

from gonogo.report.detail import page_of
from gonogo.report.machine.machine_standing import Account, accounts
from gonogo.report.machine.notation import dumped, run_identity, subject_identity
from gonogo.report.machine.oscal_findings import described, finding, risk, risk_id
from gonogo.report.machine.oscal_parts import (
    back_matter,
    components,
    filled,
    marked,
    metadata,
    observation_ids,
    observations,
    prop,
)
from gonogo.report.view import RunView

SUFFIX: Final = ".oscal-poam.json"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/oscal+json"
NOTHING: Final = "Nothing that was judged is open"
"""The title of the only item where there is none to name: OSCAL wants one at least."""


def render(view: RunView) -> bytes:
    """Return the document of one run, valid against NIST's schema of OSCAL 1.2.1."""
    page = page_of(view)
    opened = tuple(account for account in accounts(view) if account.standing.open)
    items = [_item(view, account) for account in opened]
    document = {
        "uuid": run_identity(view, "plan-of-action-and-milestones"),
        "metadata": metadata(view, page, "oscal-poam"),
        "system-id": {"identifier-type": "urn:gonogo:program", "id": view.started.program.id},
        "local-definitions": {"components": components(view)},
        "observations": observations(view, opened),
        "risks": [risk(view, account) for account in opened],
        "findings": [finding(view, account) for account in opened],
        "poam-items": [*items, *_whole(view)] or [_none(view)],
        "back-matter": back_matter(view),
    }
    return dumped({"plan-of-action-and-milestones": filled(document)})


def _item(view: RunView, account: Account) -> dict[str, Any]:
    found = account.finding
    return filled(
        {
            "uuid": subject_identity(view, "poam-item", found.criterion),
            "title": marked(found.title),
            "description": described(account),
            "props": [
                prop("criterion", found.criterion),
                prop("standing", account.standing.value),
                prop("owner", found.owner),
            ],
            "related-findings": [{"finding-uuid": run_identity(view, "finding", found.criterion)}],
            "related-observations": observation_ids(view, account),
            "related-risks": [{"risk-uuid": risk_id(view, account)}],
        }
    )


def _whole(view: RunView) -> list[dict[str, Any]]:
    """Return an item for each reason that is no single criterion's: caps, a domain that was not judged, the lock."""
    return [
        {
            "uuid": subject_identity(view, "poam-reason", blocker.why),
            "title": marked(f"{blocker.domain.value if blocker.domain else 'The whole program'}"),
            "description": marked(blocker.why),
            "props": [prop("standing", "blocks")],
        }
        for blocker in view.decision.ranked
        if blocker.criterion is None
    ]


def _none(view: RunView) -> dict[str, Any]:
    return {
        "uuid": subject_identity(view, "poam-none"),
        "title": NOTHING,
        "description": "OSCAL asks for an item at least. There is none: this one stands for no work.",
        "props": [prop("standing", "none")],
    }
