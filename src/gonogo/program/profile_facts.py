"""Facts of an export profile that a ruleset does not have: the profile serves many rulesets, so they are left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Program
from gonogo.program.program_file import ProgramFiles


def without_foreign_facts(loaded: ProgramFiles, vocabulary: Vocabulary) -> Program:
    """Return the program without what its profiles could answer and its ruleset does not know.

    A fact that the binding writes itself stays, so that a slip in its name is a mistake as everywhere.
    """
    document: Any = loaded.sheets["program"].document
    own = {entry.id: frozenset(entry.settings.get("facts") or ()) for entry in document.evidence}
    bindings = tuple(_known(each, own.get(each.id, frozenset()), vocabulary) for each in loaded.program.bindings)
    same = all(new is old for new, old in zip(bindings, loaded.program.bindings, strict=True))
    return loaded.program if same else loaded.program.model_copy(update={"bindings": bindings})


def _known(binding: Binding, own: Collection[str], vocabulary: Vocabulary) -> Binding:
    facts = binding.settings.get("facts")
    if binding.profile is None or not isinstance(facts, dict):
        return binding
    full = {name: f"{binding.prefix}.{name}" if binding.prefix else name for name in facts}
    kept = {name: fact for name, fact in facts.items() if name in own or full[name] in vocabulary}
    if len(kept) == len(facts):
        return binding
    return binding.model_copy(update={"settings": {**binding.settings, "facts": kept}})
