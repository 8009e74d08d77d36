"""Results of a SARIF run: their levels, and whether somebody set them aside (SARIF 2.1.0, 3.27 and 3.35)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.system.sarif.run_rules import RunRules, level_of, one_of
from gonogo.collectors.system.sarif.sarif_keys import RESULT, SUPPRESSION
from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

_STATES: Final = ("new", "unchanged", "updated", "absent")
_STATUSES: Final = ("accepted", "underReview", "rejected")


@dataclass(frozen=True, slots=True)
class ScanResult:
    """One result.

    Attributes:
        key: Rule and place, for people: ``js/sql-injection at src/pay.js:12``.
        level: ``none``, ``note``, ``warning`` or ``error``.
        suppressed: Whether each of its suppressions is accepted, and there is one.
        gone: Whether the run says that it is no longer there (``baselineState: absent``).
    """

    key: str
    level: str
    suppressed: bool
    gone: bool


def results_of(run: JsonObject, rules: RunRules) -> Iterator[ScanResult]:
    """Yield every result of a run.

    Raises:
        StructuralFault: A level, state or status that SARIF does not know.
    """
    for result in run.objects("results"):
        if not result.only(RESULT).has("message"):
            raise StructuralFault(f"{result.place} has no message, so it is no result of SARIF")
        level = level_of(result) or ("none" if result.text("kind", "fail") != "fail" else rules.level(result))
        yield ScanResult(_key(result), level, _suppressed(result), one_of(result, "baselineState", _STATES) == "absent")


def _suppressed(result: JsonObject) -> bool:
    statuses = []
    for entry in result.objects("suppressions"):
        if not entry.only(SUPPRESSION).has("kind"):
            raise StructuralFault(f"{entry.place} has no kind, so it is no suppression of SARIF")
        statuses.append(one_of(entry, "status", _STATUSES) or "accepted")
    return bool(statuses) and set(statuses) == {"accepted"}


def _key(result: JsonObject) -> str:
    rule = result.object("rule")
    name = result.text("ruleId") or (rule.text("id") if rule else "") or "a rule without an id"
    for location in result.objects("locations"):
        physical = location.object("physicalLocation")
        artifact = physical.object("artifactLocation") if physical else None
        if physical is None or artifact is None or not artifact.text("uri"):
            continue
        region = physical.object("region")
        line = region.whole("startLine") if region else None
        return f"{name} at {artifact.text('uri')}" + (f":{line}" if line else "")
    return name


def accepted(names: Mapping[str, str], notification: JsonObject) -> bool:
    """Return whether a person said that a tool's own error leaves its results whole, and why."""
    descriptor = notification.object("descriptor")
    return descriptor is not None and descriptor.text("id") in names
