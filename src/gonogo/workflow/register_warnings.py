"""Bindings that count a register differently from the ruleset, or by words of their own: said before a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from gonogo.core.closing_words import chosen_words, closing_fault
from gonogo.errors import GonogoError, Problem
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding
from gonogo.model.register import Register
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import load_ruleset

OTHER_COUNT: Final = "G186"
OWN_WORDS: Final = "G189"
Declared = Mapping[str, frozenset[str]]


def register_warnings(loaded: ProgramFiles, vocabulary: Vocabulary, declared: Declared | None = None) -> list[Problem]:
    """Return a warning for each binding that answers a register's fact by other words, by none, or by its own.

    Args:
        loaded: The program.
        vocabulary: Declares the registers.
        declared: Binding id to the facts that its collector answers for; None where nobody could ask. Then what the
            settings name is known, and built-in collectors with words of their own are passed over.
    """
    found: list[Problem] = []
    for register in vocabulary.registers or ():
        for fact in (register.fact, *(register.same_items or ())):
            for binding in loaded.program.bindings:
                if _answers(binding, fact, declared):
                    found += _warnings(register, binding, fact)
    return list(dict.fromkeys(found))


def register_sentences(program: Path) -> list[str]:
    """Return the same as sentences; nothing for a program that cannot be loaded, which says so itself."""
    from gonogo.plugin.host import declared_facts

    try:
        loaded = load_program(program)
        rules = load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=loaded.ruleset_place)
        if not rules.vocabulary.registers:
            return []
        try:
            declared = declared_facts(loaded.program, loaded.program.bindings)
        except GonogoError:
            declared = None
        return [problem.what for problem in register_warnings(loaded, rules.vocabulary, declared)]
    except GonogoError:
        return []


def _warnings(register: Register, binding: Binding, fact: str) -> Iterator[Problem]:
    if why := closing_fault(register, binding, fact):
        what = f"{why} Every fact that counts these items is a gap."
        yield Problem(OTHER_COUNT, binding.where, what, level="warning")
    elif own := chosen_words(register, binding, fact):
        yield Problem(OWN_WORDS, binding.where, own, level="warning")


def _answers(binding: Binding, fact: str, declared: Declared | None) -> bool:
    """Whether a binding answers for a fact, as its collector says, or as its settings name it."""
    if declared is not None and binding.id in declared:
        return fact in declared[binding.id]
    facts = binding.settings.get("facts")
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    return isinstance(facts, Mapping) and local in facts
