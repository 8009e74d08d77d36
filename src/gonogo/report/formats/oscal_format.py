"""OSCAL assessment results: each criterion as a finding, its evidence as observations, what is open as risks."""

from __future__ import annotations

from typing import Any, Final

from gonogo.report.detail import page_of
from gonogo.report.machine.machine_standing import Account, accounts
from gonogo.report.machine.notation import dumped, moment, run_identity, title_of
from gonogo.report.machine.oscal_findings import finding, risk
from gonogo.report.machine.oscal_parts import (
    back_matter,
    components,
    filled,
    marked,
    metadata,
    observations,
    summary,
)
from gonogo.report.view import RunView

SUFFIX: Final = ".oscal-ar.json"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/oscal+json"


def render(view: RunView) -> bytes:
    """Return the document of one run, valid against NIST's schema of OSCAL 1.2.1."""
    page, told = page_of(view), accounts(view)
    judged = tuple(account for account in told if account.standing.judged)
    result = {
        "uuid": run_identity(view, "result"),
        "title": marked(title_of(view, page)),
        "description": summary(view, page),
        "start": moment(view.started.now),
        "end": moment(view.started.now),
        "local-definitions": {"components": components(view)},
        "reviewed-controls": {"control-selections": [_selection(told)]},
        "observations": observations(view, judged),
        "risks": [risk(view, account) for account in judged if account.standing.open],
        "findings": [finding(view, account) for account in judged],
        "remarks": _left_out(told),
    }
    document = {
        "uuid": run_identity(view, "assessment-results"),
        "metadata": metadata(view, page, "oscal"),
        "import-ap": {
            "href": f"#{run_identity(view, 'ruleset')}",
            "remarks": "There is no assessment plan in OSCAL; the ruleset says what was assessed, and how.",
        },
        "local-definitions": {"objectives-and-methods": [_objective(view, each) for each in told]} if told else None,
        "results": [filled(result)],
        "back-matter": back_matter(view),
    }
    return dumped({"assessment-results": filled(document)})


def _objective(view: RunView, account: Account) -> dict[str, Any]:
    """Return what a criterion asks: the objective that its finding is about."""
    found = account.finding
    statement = str(view.about.get(found.criterion, {}).get("statement") or found.title)
    objective = {"id": found.criterion, "name": "assessment-objective", "title": marked(found.title)}
    return {"control-id": found.criterion, "parts": [objective | {"prose": marked(statement)}]}


def _selection(told: tuple[Account, ...]) -> dict[str, Any]:
    asked = [{"control-id": each.finding.criterion} for each in told if each.standing.judged]
    left = [{"control-id": each.finding.criterion} for each in told if not each.standing.judged]
    words = f"Judged: {len(asked)}. Not asked in this run, so that nothing is known about them: {len(left)}."
    included: dict[str, Any] = {"include-controls": asked} if asked else {"include-all": {}}
    return {"description": words, **included, **({"exclude-controls": left} if left else {})}


def _left_out(told: tuple[Account, ...]) -> str:
    lines = [
        f"{each.finding.title} ({each.finding.criterion}): {each.head}" for each in told if not each.standing.judged
    ]
    return "\n\n".join(map(marked, lines)) or "Every criterion was judged."
