"""Bindings that count a register differently from the ruleset: what a run makes a gap of, said by lint before it."""

from __future__ import annotations

from collections.abc import Mapping

from gonogo.core.closing_words import closing_fault
from gonogo.errors import Problem
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding
from gonogo.program.program_file import ProgramFiles


def register_warnings(loaded: ProgramFiles, vocabulary: Vocabulary) -> list[Problem]:
    """Return a warning for each binding whose settings answer a register's fact by other words, or by none."""
    found = []
    for register in vocabulary.registers or ():
        for fact in (register.fact, *(register.same_items or ())):
            for binding in loaded.program.bindings:
                why = closing_fault(register, binding, fact) if _answers(binding, fact) else ""
                if why:
                    what = f"{why} Every fact that counts these items is a gap."
                    found.append(Problem("G186", binding.where, what, level="warning"))
    return list(dict.fromkeys(found))


def _answers(binding: Binding, fact: str) -> bool:
    """Whether the settings of a table or of statements name the fact; built-in collectors have words of their own."""
    facts = binding.settings.get("facts")
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    return isinstance(facts, Mapping) and local in facts
