"""The JSON Schema of ``-o json``, made of the classes whose documents it holds.

It refuses no key that it does not know: a later gonogo may add some.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gonogo.comparison.compare import RunComparison
from gonogo.model.acceptance import Acceptance
from gonogo.model.assessment import RunEnvelope, RunKind
from gonogo.model.change import RuleChange
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Decision
from gonogo.model.evidence import Evidence, Gap, GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.origin import RuleOrigin
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeOfRun, OutcomeRecorded
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.run_by import RunBy
from gonogo.model.upgrade import UpgradeCompared
from gonogo.model.waiver import ActionPlan, Waiver

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_CLASSES: Final[tuple[type[BaseModel], ...]] = (
    *(Acceptance, ActionPlan, CollectorFinished, Decision, DecisionWithOutcomes, Evidence, Finding, Gap, OutcomeOfRun),
    *(OutcomeRecorded, ProgramIdentity, Release, RuleChange, RuleOrigin, RunBy, RunComparison, RunEnvelope, RunKind),
    *(UpgradeCompared, Waiver),
)
_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_MOMENT: Final = {"type": "string", "format": "date-time"}

Schema = dict[str, Any]


def report_schema() -> Schema:
    """Return the schema of the document that ``-o json`` writes."""
    _, found = models_json_schema([(each, "validation") for each in _CLASSES], ref_template="#/$defs/{model}")
    properties = _always() | _sometimes()
    return {
        "$schema": DIALECT,
        "title": "report",
        "description": "What `gonogo -o json` writes about one run. A later version may add keys.",
        "type": "object",
        "required": sorted(_always()),
        "properties": properties,
        "$defs": {name: _opened(each) for name, each in found["$defs"].items()},
    }


def _of(kind: type[BaseModel]) -> Schema:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _maybe(part: Schema) -> Schema:
    return {"anyOf": [part, {"type": "null"}]}


def _with(kind: type[BaseModel], **more: Schema) -> Schema:
    """Return the schema of a document with keys beside its own."""
    return {"allOf": [_of(kind), {"type": "object", "required": [*more], "properties": more}]}


def _shape(required: dict[str, Schema], **more: Schema) -> Schema:
    return {"type": "object", "required": [*required], "properties": required | more}


def _always() -> dict[str, Schema]:
    words = {"binding": _TEXT, "path": _TEXT}
    return {
        "schema": {"const": 1},
        "kind": _with(RunKind, sentence=_TEXT),
        "marking": _TEXT,
        "verdict": {"enum": ["GO", "CONDITIONAL GO", "NO-GO"]},
        "exit_code": _COUNT | {"maximum": 5},
        "accepted_conditional": {"type": "boolean"},
        "program": _of(ProgramIdentity),
        "release": _of(Release),
        "now": _MOMENT,
        "milestone": _maybe(_TEXT),
        "ruleset": _TEXT,
        "ruleset_sha256": _DIGEST,
        "vocabulary_sha256": _DIGEST,
        "overlays": _list(_TEXT),
        "overlay_changes": _list(_of(RuleChange)),
        "decision": _of(Decision),
        "counts": _counts(),
        "not_due": _not_due(),
        "findings": _list(_of(Finding)),
        "evidence": _list(_of(Evidence)),
        "gaps": _list(_of(Gap)),
        "waivers": _list(_of(Waiver)),
        "plans": _list(_of(ActionPlan)),
        "beside": _list(_shape(words)),
        "left_out": _list(_shape(words, reason=_TEXT)),
        "unread": _list(
            _shape({"binding": _TEXT, "why": _TEXT, "facts": _list(_TEXT), "criteria": _list(_TEXT)}, wholly={})
        ),
        "changes": _maybe(_of(RunComparison)),
        "collectors": _list(_of(CollectorFinished)),
        "digest": _DIGEST,
        "envelope": _of(RunEnvelope),
        "record": _shape(
            {"log": _TEXT, "run": _TEXT, "first": _COUNT, "last": _COUNT, "head": _DIGEST, "signed_by": _maybe(_DIGEST)}
        ),
        "asked": _shape({"purpose": _TEXT, "sentence": _TEXT}),
        "dates": _list(_shape({"day": _TEXT, "what": _list(_TEXT)}, at=_MOMENT)),
        "integrity": _list(_TEXT),
    }


def _sometimes() -> dict[str, Schema]:
    """Keys that are absent where they would say nothing."""
    return {
        "hold_point": _TEXT,
        "gate": _TEXT,
        "ruleset_origin": _of(RuleOrigin),
        "acceptances": _list(_of(Acceptance)),
        "also": _list(_TEXT),
        "outcomes": _list(_with(OutcomeRecorded, at=_MOMENT)),
        "set_back": _list(_of(OutcomeOfRun)),
        "history": _shape({"decisions": _list(_of(DecisionWithOutcomes)), "older": _COUNT}),
        "upgrade": _of(UpgradeCompared),
        "who": _of(RunBy),
        "waiting": _list(_TEXT),
    }


def _counts() -> Schema:
    facts = dict.fromkeys(("measured", "stated", "stated_by", "prepared_by", "unprepared"), _COUNT)
    causes = {"type": "object", "propertyNames": {"enum": [each.value for each in GapReason]}}
    return _shape(
        {
            "criteria": _shape({each.value: _COUNT for each in Status}),
            "unknown": causes | {"additionalProperties": _COUNT},
            "facts": _shape(dict(facts)),
        }
    )


def _not_due() -> Schema:
    one = {"criterion": _TEXT, "title": _TEXT, "severity": _TEXT, "due_from": _maybe(_TEXT), "due": _maybe(_TEXT)}
    return _shape({"criteria": _list(_shape(dict(one))), "mandatory": _COUNT}, sentence=_TEXT)


def _opened(part: Any) -> Any:
    """Return a schema that lets further keys pass, with the first line of each description."""
    if isinstance(part, list):
        return [_opened(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _opened(value) for key, value in part.items() if key != "additionalProperties" or value is not False}
    if isinstance(kept.get("description"), str):
        kept["description"] = kept["description"].partition("\n")[0]
    return kept
