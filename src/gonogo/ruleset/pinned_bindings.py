"""What the rules pin in the settings of a program's bindings, and which bindings say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonogo.core.pinned_facts import same_value, unpinned_fault
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Program
from gonogo.text import listed


def pins_of(binding: Binding, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what is pinned for the collector of a binding; what is pinned for the collector itself goes first."""
    whole = f"{binding.plugin}:{binding.collector}"
    pins = vocabulary.derivation or ()
    found: dict[str, Any] = {}
    for name in (binding.plugin, whole):
        found.update({key: value for pin in pins if pin.collector == name for key, value in pin.settings.items()})
    return found


def with_pins(program: Program, vocabulary: Vocabulary) -> Program:
    """Return the program with what is pinned in the settings of its bindings; what they say themselves stays."""
    if not vocabulary.derivation:
        return program
    bindings = tuple(
        each.model_copy(update={"settings": pins_of(each, vocabulary) | each.settings}) for each in program.bindings
    )
    return program.model_copy(update={"bindings": bindings})


def disagreements(program: Program, vocabulary: Vocabulary) -> dict[str, str]:
    """Return, for each binding that differs from the rules, both values in a sentence."""
    found = {}
    for binding in program.bindings:
        wrong = [
            f"{key}: {_shown(binding.settings[key])} where the rules pin {_shown(value)}"
            for key, value in pins_of(binding, vocabulary).items()
            if key in binding.settings and not same_value(binding.settings[key], value)
        ]
        if wrong:
            found[binding.id] = f"The binding {binding.id} says {listed(wrong)}."
    return found


def unbound(program: Program, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return, for each binding whose settings name a fact that it may not count by itself, why, a sentence each."""
    found: dict[str, list[str]] = {}
    for binding in program.bindings:
        facts = binding.settings.get("facts")
        for local in facts if isinstance(facts, Mapping) else ():
            name = f"{binding.prefix}.{local}" if binding.prefix else f"{local}"
            if name in vocabulary and (why := unpinned_fault(name, binding, vocabulary.derivation or ())):
                found.setdefault(binding.id, []).append(why)
    return found


def _shown(value: Any) -> str:
    return f"{value}".lower() if isinstance(value, bool) else f"{value}"
