"""SARIF 2.1.0: each criterion as a rule, what is open as a result; a waiver is a suppression with its reason.

What is met has no result, because readers that know no ``kind`` show every result as a problem. What is unknown is a
result like what is not met: SARIF's ``open`` has no level, and readers leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gonogo.model.ruleset import Severity
from gonogo.report.detail import page_of
from gonogo.report.escape import escape, markdown
from gonogo.report.machine.machine_standing import Account, Signal, Standing, accounts, signal
from gonogo.report.machine.notation import (
    PROGRAM_FILE,
    dumped,
    fingerprint,
    link,
    moment,
    name_of,
    place_of,
    reasons,
    run_identity,
    sentences,
    title_of,
)
from gonogo.report.page import Page
from gonogo.report.view import RunView

SUFFIX: Final = ".sarif"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/sarif+json"
SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERDICT: Final = "gonogo.verdict"
_LEVEL: Final = {Severity.MANDATORY: "error", Severity.CONDITIONAL: "warning", Severity.ADVISORY: "note"}
_SIGNALS: Final = {Signal.STOP: "error", Signal.CONDITIONAL: "warning", Signal.CAUTION: "note"}
_MEANS: Final = (
    "GO: nothing blocks, and the go-live depends on no condition. CONDITIONAL GO: nothing blocks, and the go-live "
    "depends on waivers, action plans or acceptances. NO-GO: there is a reason against going live."
)
"""GitHub asks each rule for a description and help."""
_ALIVE: Final = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})
"""In SARIF's plain text brackets make links and braces stand for arguments."""


def render(view: RunView) -> bytes:
    """Return the log file of one run."""
    page, told = page_of(view), accounts(view)
    run = {
        "tool": {"driver": _driver(view, told)},
        "automationDetails": {"id": f"gonogo/{view.started.program.id}/{view.started.release.id}/"},
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": view.finished.exit_code,
                "startTimeUtc": moment(view.started.envelope.started),
                "properties": {"verdict": view.decision.verdict.value, "signal": signal(view).value},
            }
        ],
        "artifacts": list(_artifacts(view)),
        "results": [*_verdict(view, page), *(_result(view, each) for each in told if each.standing.open)],
        "properties": _properties(view, page, told),
    }
    return dumped(
        {"$schema": SCHEMA, "version": "2.1.0", "properties": {"report": name_of(view, "sarif")}, "runs": [run]}
    )


def _said(text: str) -> dict[str, str]:
    return {"text": escape(text).translate(_ALIVE) or "nothing is said"}


def _driver(view: RunView, told: tuple[Account, ...]) -> dict[str, Any]:
    verdict = {
        "id": VERDICT,
        "shortDescription": {"text": "The verdict on the release."},
        "fullDescription": {"text": _MEANS},
        "help": {"text": _MEANS, "markdown": _MEANS},
        "defaultConfiguration": {"level": "error"},
    }
    rules = [verdict, *(_rule(view, each) for each in told)]
    return {"name": "gonogo", "version": view.started.envelope.version, "rules": rules}


def _rule(view: RunView, account: Account) -> dict[str, Any]:
    found, about = account.finding, view.about.get(account.finding.criterion, {})
    statement, why = str(about.get("statement") or found.title), str(about.get("why") or "")
    remedy = str(about.get("remedy") or found.remedy)
    parts = [part for part in (statement, why, remedy) if part]
    return {
        "id": found.criterion,
        "shortDescription": _said(found.title),
        "fullDescription": _said(statement),
        "help": {**_said(" ".join(parts)), "markdown": "\n\n".join(map(markdown, parts))},
        "defaultConfiguration": {"level": _LEVEL[found.weight_then]},
        "properties": {"tags": ["readiness", found.domain.value], "owner": escape(found.owner)},
    }


def _verdict(view: RunView, page: Page) -> Iterator[dict[str, Any]]:
    level = _SIGNALS.get(signal(view))
    if level is None:
        return
    text = " ".join((f"{title_of(view, page)}.", *sentences(page), *reasons(view)))
    yield {
        "ruleId": VERDICT,
        "ruleIndex": 0,
        "kind": "fail",
        "level": level,
        "message": _said(text),
        "locations": [_location(PROGRAM_FILE)],
        "partialFingerprints": _prints(fingerprint(view, VERDICT)),
        "guid": run_identity(view, "result", VERDICT),
    }


def _result(view: RunView, account: Account) -> dict[str, Any]:
    found = account.finding
    text = " ".join((account.with_owner, *(f"Open: {each}." for each in account.items)))
    suppressed = list(_suppressions(view, account))
    level = "error" if account.standing is Standing.BLOCKS else _LEVEL[found.severity]
    return {
        "ruleId": found.criterion,
        "kind": "fail",
        "level": level,
        "message": _said(text),
        "locations": [_location(place_of(view, account))],
        "partialFingerprints": _prints(fingerprint(view, found.criterion)),
        "guid": run_identity(view, "result", found.criterion),
        **({"suppressions": suppressed} if suppressed else {}),
        "properties": {
            "status": found.status.value,
            "standing": account.standing.value,
            "owner": escape(found.owner),
            "domain": found.domain.value,
        },
    }


def _prints(digits: str) -> dict[str, str]:
    """Return what tells a result apart; GitHub reads the first, and would compute it from a line that says nothing."""
    return {"primaryLocationLineHash": f"{digits[:16]}:1", "gonogoCriterion/v1": digits}


def _location(path: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": link(path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1},
        }
    }


def _suppressions(view: RunView, account: Account) -> Iterator[dict[str, Any]]:
    """Yield what people decided: a waiver or acceptance that counts as accepted, one that does not as rejected."""
    waiver, criterion = account.waiver, account.finding.criterion
    if waiver is not None:
        until = f", until the end of {waiver.expires_on}" if waiver.expires_on else ""
        yield _suppression(view, criterion, waiver.id, f"Waiver {waiver.id}{until}: {waiver.reason}")
    if account.standing is Standing.ACCEPTED:
        for one in account.accepted:
            text = f"Acceptance {one.id} of {one.item} by {one.person}, until the end of {one.until}: {one.workaround}"
            yield _suppression(view, criterion, one.id, text)
    for refused, why in account.idle:
        yield _suppression(view, criterion, refused.id, f"Waiver {refused.id} does not count: {why}", "rejected")


def _suppression(view: RunView, criterion: str, name: str, why: str, status: str = "accepted") -> dict[str, Any]:
    return {
        "kind": "external",
        "status": status,
        "justification": escape(why),
        "guid": run_identity(view, "suppression", criterion, name),
    }


def _artifacts(view: RunView) -> Iterator[dict[str, Any]]:
    told = set()
    for reply in view.collectors:
        for file in reply.inputs:
            if (file.path, file.sha256) in told:
                continue
            told.add((file.path, file.sha256))
            yield {
                "location": {"uri": link(file.path), "uriBaseId": "%SRCROOT%"},
                "length": file.size,
                "hashes": {"sha-256": file.sha256},
            }


def _properties(view: RunView, page: Page, told: tuple[Account, ...]) -> dict[str, Any]:
    return {
        "title": title_of(view, page),
        "kind": escape(page.kind),
        **({"marking": escape(page.marking)} if page.marking else {}),
        "verdict": view.decision.verdict.value,
        "meaning": list(sentences(page)),
        "criteria": {each.finding.criterion: each.standing.value for each in told},
        "record": {
            "log": view.log,
            "run": escape(view.started.envelope.run),
            "head": view.head,
            "digest": view.finished.assessment,
        },
    }
