"""OHDF, the form of results that MITRE's Heimdall shows: each criterion as a control, its evidence as its results.

Heimdall shows a control that is *skipped due to a waiver* as not applicable. So a waiver never skips here: the control
stays failed, and its waiver stands beside it. What is unknown is an error, which Heimdall calls a profile error.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Account, Signal, Standing, accounts, signal
from gonogo.report.machine.notation import dumped, moment, name_of, reasons, sentences, title_of
from gonogo.report.page import Page
from gonogo.report.view import RunView

SUFFIX: Final = ".ohdf.json"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/json"
VERDICT: Final = "gonogo.verdict"
_IMPACT: Final = {Severity.MANDATORY: 0.7, Severity.CONDITIONAL: 0.5, Severity.ADVISORY: 0.3}
"""Heimdall's high, medium and low. At 0 it shows a control as not applicable, so only what is that has it."""
_SIGNALS: Final = {Signal.GO: "passed", Signal.CAUTION: "skipped", Signal.CONDITIONAL: "failed", Signal.STOP: "failed"}


def render(view: RunView) -> bytes:
    """Return the document of one run."""
    page, told, run = page_of(view), accounts(view), view.started
    controls = [_verdict(view, page), *(_control(view, each) for each in told)]
    document = {
        "platform": {
            "name": "gonogo",
            "release": run.envelope.version,
            "target_id": escape(f"{run.program.id}, release {run.release.id}"),
        },
        "version": run.envelope.version,
        "statistics": {"controls": _counted(controls)},
        "profiles": [
            {
                "name": name_of(view, "ohdf"),
                "title": title_of(view, page),
                "version": escape(run.ruleset),
                "summary": " ".join(sentences(page)),
                "maintainer": escape(run.program.customer),
                "sha256": run.ruleset_sha256,
                "supports": [],
                "attributes": _attributes(view),
                "groups": _groups(told),
                "controls": controls,
                "status": "loaded",
            }
        ],
    }
    return dumped(document)


def _attributes(view: RunView) -> list[dict[str, Any]]:
    values = {
        "verdict": view.decision.verdict.value,
        "kind": escape(view.started.kind.sentence),
        "marking": escape(view.started.program.marking),
        "log": view.log,
        "run": escape(view.started.envelope.run),
        "head": view.head,
        "digest": view.finished.assessment,
    }
    return [{"name": name, "options": {"value": value}} for name, value in values.items() if value]


def _groups(told: tuple[Account, ...]) -> list[dict[str, Any]]:
    groups = []
    for domain in Domain:
        names = [each.finding.criterion for each in told if each.finding.domain is domain]
        groups.append({"id": domain.value, "title": domain.value.capitalize(), "controls": names})
    return [{"id": "verdict", "title": "Verdict", "controls": [VERDICT]}, *groups]


def _verdict(view: RunView, page: Page) -> dict[str, Any]:
    status = _SIGNALS[signal(view)]
    text = " ".join((*sentences(page), *reasons(view)))
    return {
        "id": VERDICT,
        "title": title_of(view, page),
        "desc": text,
        "descriptions": [],
        "impact": 0.9,
        "refs": [],
        "tags": {"severity": "critical", "signal": signal(view).value},
        "source_location": {},
        "results": [_result(view, status, title_of(view, page), text)],
    }


def _control(view: RunView, account: Account) -> dict[str, Any]:
    found, about = account.finding, view.about.get(account.finding.criterion, {})
    weight = found.weight_then
    applies = account.standing is not Standing.NOT_APPLICABLE
    texts = {"check": about.get("require"), "rationale": about.get("why"), "fix": about.get("remedy") or found.remedy}
    control = {
        "id": found.criterion,
        "title": escape(found.title),
        "desc": escape(str(about.get("statement") or found.title)),
        "descriptions": [{"label": label, "data": escape(str(text))} for label, text in texts.items() if text],
        "impact": _IMPACT[weight] if applies else 0,
        "refs": [],
        "tags": {
            "severity": weight.m3_criticality.lower() if applies else "none",
            "domain": found.domain.value,
            "owner": escape(found.owner),
            "status": found.status.value,
            "standing": account.standing.value,
        },
        "source_location": {"ref": escape(view.started.ruleset)},
        "results": _results(view, account),
    }
    return control | _waived(account)


def _results(view: RunView, account: Account) -> list[dict[str, Any]]:
    compared = [escape(each.text) for each in account.finding.comparisons]
    what = "; ".join(compared) or escape(account.finding.title)
    text = escape(" ".join((account.with_owner, *(f"Open: {each}." for each in account.items))))
    return [_result(view, _status(account), what, text)]


def _status(account: Account) -> str:
    if account.standing is Standing.MET:
        return "passed"
    if not account.standing.open:
        return "skipped"
    return "error" if account.finding.status is Status.UNKNOWN else "failed"


def _result(view: RunView, status: str, what: str, text: str) -> dict[str, Any]:
    said = {"skipped": "skip_message", "error": "exception"}.get(status, "message")
    return {
        "status": status,
        "code_desc": what,
        "start_time": moment(view.started.now),
        "message": text,
        said: text,
    }


def _waived(account: Account) -> dict[str, Any]:
    """Return the waiver or the acceptances of a control, which stays what it is."""
    if account.waiver is not None:
        day, why = account.waiver.expires_on, f"Waiver {account.waiver.id}: {account.waiver.reason}"
    elif account.standing is Standing.ACCEPTED:
        day = min((one.until for one in account.accepted if one.until is not None), default=None)
        why = "; ".join(f"{one.item}, accepted by {one.person}: {one.workaround}" for one in account.accepted)
    else:
        return {}
    until = None if day is None else day.isoformat()
    data = {"justification": escape(why), "expiration_date": until, "run": True, "skipped_due_to_waiver": False}
    return {"waiver_data": data | {"message": escape(account.head)}}


def _counted(controls: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many controls came out how; OHDF has no count of errors, so they count as failed."""
    counts = Counter(each["results"][0]["status"] for each in controls)
    totals = {"passed": counts["passed"], "failed": counts["failed"] + counts["error"], "skipped": counts["skipped"]}
    return {name: {"total": total} for name, total in totals.items()}
