"""One JSON document: the run as recorded, for programs.

Keys are sorted and only ASCII is written, so that the document is safe on a terminal too: every other character is
its ``\\u`` escape, and ``##``, which CI runners look for anywhere in a line, is written as its escapes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from gonogo.model.evidence import GapReason
from gonogo.model.finding import Status
from gonogo.report.asked import asked_words, purpose_words
from gonogo.report.coming_days import dates_document
from gonogo.report.integrity import integrity_words
from gonogo.report.not_due_yet import not_due_document
from gonogo.report.outcomes import decision_documents, outcome_documents
from gonogo.report.price_of_waiting import waiting_words
from gonogo.report.resting_facts import RestingFacts
from gonogo.report.unread import unread
from gonogo.report.view import RunView
from gonogo.report.would_change import would_change_documents

SUFFIX: Final = ".json"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/json"
SCHEMA: Final = 1


def render(view: RunView) -> bytes:
    """Return the document of one run and a newline."""
    text = json.dumps(document(view), ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.replace("##", "\\u0023\\u0023").encode("ascii") + b"\n"


def _counts(view: RunView) -> dict[str, Any]:
    """How many criteria stand how, every status named, and the unknown ones by what is to be dealt with first."""
    statuses = Counter(finding.status for finding in view.findings)
    causes = Counter(finding.cause for finding in view.findings if finding.cause is not None)
    return {
        "criteria": {status.value: statuses[status] for status in Status},
        "unknown": {cause.value: causes[cause] for cause in GapReason if causes[cause]},
        "facts": RestingFacts.of(view).document(),
    }


def document(view: RunView) -> dict[str, Any]:
    """Return the document: everything that is in the record of the run, in the forms of the model."""
    run = view.started.document()
    return {
        "schema": SCHEMA,
        "kind": run["kind"] | {"sentence": view.started.kind.sentence},
        "marking": view.started.program.marking,
        "verdict": view.decision.verdict.value,
        "exit_code": view.finished.exit_code,
        "accepted_conditional": view.finished.accepted_conditional,
        "program": run["program"],
        "release": run["release"],
        "now": run["now"],
        "milestone": view.started.milestone,
        **({"hold_point": run["hold_point"]} if "hold_point" in run else {}),
        **({"gate": view.gate} if view.gate is not None else {}),
        "ruleset": run["ruleset"],
        **({"ruleset_origin": run["origin"]} if "origin" in run else {}),
        "ruleset_sha256": run["ruleset_sha256"],
        "vocabulary_sha256": run["vocabulary_sha256"],
        "overlays": list(view.overlays),
        "overlay_changes": [change.document() for change in view.changes],
        "decision": view.decision.document(),
        "counts": _counts(view),
        "not_due": not_due_document(view),
        "asked": {"purpose": purpose_words(view), "sentence": asked_words(view)},
        "dates": dates_document(view),
        "integrity": list(integrity_words(view)),
        **({"waiting": list(words)} if (words := waiting_words(view)) else {}),
        **({"would_change": would_change_documents(view)} if view.needed else {}),
        "findings": [finding.document() for finding in view.findings],
        "evidence": [entry.document() for entry in view.evidence],
        "gaps": [gap.document() for gap in view.gaps],
        "waivers": [waiver.document() for waiver in view.waivers],
        "plans": [plan.document() for plan in view.assessment.plans],
        **({"acceptances": [one.document() for one in accepted]} if (accepted := view.assessment.acceptances) else {}),
        "beside": [
            {"binding": reply.binding, **each.document()} for reply in view.collectors for each in reply.beside or ()
        ],
        "left_out": [
            {"binding": reply.binding, **each.document()} for reply in view.collectors for each in reply.left_out or ()
        ],
        "unread": [source.document() for source in unread(view)],
        "changes": None if view.since is None else view.since.document(),
        **({"also": list(view.also)} if view.also else {}),
        **({"outcomes": outcome_documents(view)} if view.outcomes else {}),
        **({"set_back": [each.document() for each in view.set_back]} if view.set_back else {}),
        **({"history": decision_documents(view)} if view.decisions else {}),
        **({"upgrade": view.upgrade.document()} if view.upgrade is not None else {}),
        **({"who": run["who"]} if "who" in run else {}),
        "collectors": [reply.document() for reply in view.collectors],
        "digest": view.finished.assessment,
        "envelope": run["envelope"],
        "record": {
            "log": view.log,
            "run": view.started.envelope.run,
            "first": view.first,
            "last": view.last,
            "head": view.head,
            "signed_by": view.started.signed_by,
        },
    }
