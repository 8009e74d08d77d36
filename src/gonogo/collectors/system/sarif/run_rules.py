"""The rules of a SARIF run: which one a result or an override names, and which level it gives (SARIF 2.1.0, 3.52)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.collectors.system.sarif.sarif_keys import COMPONENT, CONFIGURATION, OVERRIDE, RULE, TOOL
from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

LEVELS: Final = ("none", "note", "warning", "error")
_NO_RULE: Final = "{} names a rule that the run does not have, and no level of its own"


class _Component:
    """The driver of a tool, or one of its extensions, with its rules by each of their names."""

    def __init__(self, component: JsonObject) -> None:
        component.only(COMPONENT)
        self.names: Final = frozenset(filter(None, (component.text("name"), component.text("guid").casefold())))
        self.levels: list[str] = []
        self.by_id: dict[str, int] = {}
        self.by_guid: dict[str, int] = {}
        self.ids: list[str] = []
        rules = [rule.only(RULE) for rule in component.objects("rules")]
        for index, rule in enumerate(rules):
            self.levels.append(level_of(rule, "defaultConfiguration"))
            self.ids.append(rule.text("id"))
            self.by_id.setdefault(rule.text("id"), index)
            self.by_guid.setdefault(rule.text("guid").casefold(), index)
        for index, rule in enumerate(rules):
            for old in rule.texts("deprecatedIds"):
                self.by_id.setdefault(old, index)
            for old in rule.texts("deprecatedGuids"):
                self.by_guid.setdefault(old.casefold(), index)

    def named(self, name: str, guid: str) -> int | None:
        """Return the index of a rule by its GUID, else by its id or the nearest id above it; None if it is not here."""
        if guid and guid in self.by_guid:
            return self.by_guid[guid]
        return next((self.by_id[each] for each in _with_parents(name) if each in self.by_id), None)


class RunRules:
    """Levels of a run's rules: what the tool's rules say, and what an invocation overrides."""

    def __init__(self, run: JsonObject) -> None:
        tool = run.object("tool")
        driver = tool.only(TOOL).object("driver") if tool else None
        if tool is None or driver is None:
            raise StructuralFault(f"{run.place} does not say which tool ran")
        self.tool: Final = driver.text("name")
        self._components = [_Component(one) for one in (driver, *tool.objects("extensions"))]
        self.listed: Final = any(one.levels for one in self._components)
        self._overrides: dict[tuple[int, int] | str, str] = {}
        for invocation in run.objects("invocations"):
            for override in invocation.objects("ruleConfigurationOverrides"):
                descriptor, level = override.only(OVERRIDE).object("descriptor"), level_of(override, "configuration")
                if descriptor is not None and level:
                    self._override(descriptor, level)

    def _override(self, descriptor: JsonObject, level: str) -> None:
        name = descriptor.text("id")
        rule: tuple[int, int] | str | None = self._find(
            descriptor, name, descriptor.whole("index", -1), descriptor.place
        )
        if rule is None and name and not self.listed:
            rule = name
        if rule is not None:
            self._overrides[rule] = max(level, self._overrides.get(rule, "none"), key=LEVELS.index)
        elif not name:
            raise StructuralFault(f"{descriptor.place} names a rule that the run does not have, and changes its level")

    def level(self, result: JsonObject) -> str:
        """Return the level of a result that has none of its own: ``warning`` unless a rule or an override says.

        Raises:
            StructuralFault: The run describes its rules, and not the one that the result names.
        """
        reference, index, name = result.object("rule"), result.whole("ruleIndex", -1), result.text("ruleId")
        if reference is not None:
            index, name = reference.whole("index", index), reference.text("id", name)
        rule = self._find(reference, name, index, result.place)
        if rule is None:
            if self.listed and (name or (reference is not None and reference.text("guid"))):
                raise StructuralFault(_NO_RULE.format(result.place))
            said = (self._overrides[each] for each in _with_parents(name) if each in self._overrides)
            return next(said, "warning")
        return self._overrides.get(rule) or self._components[rule[0]].levels[rule[1]] or "warning"

    def _find(self, reference: JsonObject | None, name: str, index: int | None, place: str) -> tuple[int, int] | None:
        """Return the component and the index of a rule; None if the run does not describe it.

        A rule is looked for in the component that the reference names, else in the driver before the extensions.

        Raises:
            StructuralFault: A component or an index that is not there, or an index and an id that are two rules.
        """
        component = self._component(reference) if reference else None
        if index is not None and index >= 0:
            described = self._components[component or 0]
            if index >= len(described.levels):
                raise StructuralFault(_NO_RULE.format(place))
            other = described.named(name, "")
            if other is not None and described.ids[index] not in _with_parents(name):
                raise StructuralFault(f"{place} names two rules, one by its id and one by its index")
            return component or 0, index
        guid = reference.text("guid").casefold() if reference else ""
        for number in range(len(self._components)) if component is None else (component,):
            found = self._components[number].named(name, guid)
            if found is not None:
                return number, found
        return None

    def _component(self, reference: JsonObject) -> int | None:
        """Return the component that a reference to a rule names: 0 is the driver; None if it names none."""
        component = reference.object("toolComponent")
        if component is None:
            return None
        index = component.whole("index", -1)
        names = {name for name in (component.text("name"), component.text("guid").casefold()) if name}
        found = [number for number, one in enumerate(self._components) if names and names <= one.names]
        if index is not None and index >= 0:
            if index + 1 < len(self._components) and (not names or index + 1 in found):
                return index + 1
        elif len(found) == 1 or not names:
            return found[0] if found else 0
        raise StructuralFault(f"{component.place} names a component that the tool does not have, or several")


def _with_parents(name: str) -> Iterator[str]:
    """Yield an id and the ids above it: ``a/b``, then ``a``."""
    while name:
        yield name
        name = name.rpartition("/")[0]


def level_of(owner: JsonObject, key: str = "") -> str:
    """Return the level that an object, or its configuration under a key, gives; empty if it gives none."""
    holder = owner.object(key) if key else owner
    if holder is None:
        return ""
    return one_of(holder.only(CONFIGURATION) if key else holder, "level", LEVELS)


def one_of(owner: JsonObject, key: str, known: tuple[str, ...]) -> str:
    """Return a word that SARIF knows; empty where there is none.

    Raises:
        StructuralFault: Another word.
    """
    value = owner.text(key)
    if (value or key in owner.values) and value not in known:
        raise StructuralFault(f"{owner.place}.{key} is none of {', '.join(known)}")
    return value
