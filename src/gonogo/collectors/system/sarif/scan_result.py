"""Results of a SARIF run: their levels, and whether somebody set them aside (SARIF 2.1.0, 3.27 and 3.35)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.system.sarif.sarif_keys import (
    COMPONENT,
    CONFIGURATION,
    OVERRIDE,
    RESULT,
    RULE,
    SUPPRESSION,
    TOOL,
)
from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

LEVELS: Final = ("none", "note", "warning", "error")
_STATES: Final = ("new", "unchanged", "updated", "absent")
_NO_RULE: Final = "{} names a rule that the run does not have, and no level of its own"
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


class RunRules:
    """Levels of a run's rules: what the tool's rules say, and what an invocation overrides."""

    def __init__(self, run: JsonObject) -> None:
        tool = run.object("tool")
        driver = tool.only(TOOL).object("driver") if tool else None
        if tool is None or driver is None:
            raise StructuralFault(f"{run.place} does not say which tool ran")
        self.tool: Final = driver.text("name")
        components = [one.only(COMPONENT) for one in (driver, *tool.objects("extensions"))]
        self._by_index = [
            [_level_of(rule, "defaultConfiguration") for rule in one.objects("rules")] for one in components
        ]
        self._by_id: dict[str, str] = {}
        for one in components:
            for rule in one.objects("rules"):
                self._by_id.setdefault(rule.only(RULE).text("id"), _level_of(rule, "defaultConfiguration"))
        self.listed: Final = any(self._by_index)
        self._overrides: dict[str, str] = {}
        for invocation in run.objects("invocations"):
            for override in invocation.objects("ruleConfigurationOverrides"):
                descriptor, level = override.only(OVERRIDE).object("descriptor"), _level_of(override, "configuration")
                if descriptor is not None and level:
                    name = descriptor.text("id") or self._name(descriptor)
                    self._overrides[name] = max(level, self._overrides.get(name, "none"), key=LEVELS.index)

    def _name(self, descriptor: JsonObject) -> str:
        return f"{_component(descriptor)}/{descriptor.whole('index', -1)}"

    def level(self, result: JsonObject) -> str:
        """Return the level of a result that has none of its own: ``warning`` unless a rule or an override says.

        Raises:
            StructuralFault: The run describes its rules, and not the one that the result names.
        """
        reference = result.object("rule")
        index = result.whole("ruleIndex", -1)
        name = result.text("ruleId")
        component = 0
        if reference is not None:
            index, name = reference.whole("index", index), reference.text("id", name)
            component = _component(reference)
        index = -1 if index is None else index
        override = self._overrides.get(name) or self._overrides.get(f"{component}/{index}")
        if override:
            return override
        if index >= 0:
            if component >= len(self._by_index) or index >= len(self._by_index[component]):
                raise StructuralFault(_NO_RULE.format(result.place))
            return self._by_index[component][index] or "warning"
        parent = name
        while parent and parent not in self._by_id:
            parent = parent.rpartition("/")[0]
        if name and not parent and self._by_id:
            raise StructuralFault(_NO_RULE.format(result.place))
        return self._by_id.get(parent) or "warning"


def results_of(run: JsonObject, rules: RunRules) -> Iterator[ScanResult]:
    """Yield every result of a run.

    Raises:
        StructuralFault: A level, state or status that SARIF does not know.
    """
    for result in run.objects("results"):
        if not result.only(RESULT).has("message"):
            raise StructuralFault(f"{result.place} has no message, so it is no result of SARIF")
        level = _level_of(result) or ("none" if result.text("kind", "fail") != "fail" else rules.level(result))
        yield ScanResult(
            _key(result), level, _suppressed(result), _one_of(result, "baselineState", _STATES) == "absent"
        )


def _component(reference: JsonObject) -> int:
    component = reference.object("toolComponent")
    index = component.whole("index", -1) if component else -1
    return 0 if index is None or index < 0 else index + 1


def _level_of(owner: JsonObject, key: str = "") -> str:
    holder = owner.object(key) if key else owner
    if holder is None:
        return ""
    return _one_of(holder.only(CONFIGURATION) if key else holder, "level", LEVELS)


def _one_of(owner: JsonObject, key: str, known: tuple[str, ...]) -> str:
    value = owner.text(key)
    if (value or key in owner.values) and value not in known:
        raise StructuralFault(f"{owner.place}.{key} is none of {', '.join(known)}")
    return value


def _suppressed(result: JsonObject) -> bool:
    statuses = []
    for entry in result.objects("suppressions"):
        if not entry.only(SUPPRESSION).has("kind"):
            raise StructuralFault(f"{entry.place} has no kind, so it is no suppression of SARIF")
        statuses.append(_one_of(entry, "status", _STATUSES) or "accepted")
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
