"""Which values of a register's facts cannot be believed: its share and its counts, not only what is open. Pure.

A binding that lets *waived* close an item has nothing open, and says 100% too. So what spoils the open items spoils
every fact that counts the same rows, and a value that is better than its own open items allow proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from gonogo.core.closing_words import closing_fault, counted_alike
from gonogo.core.register_items import open_count
from gonogo.core.wording import listing, shown
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.program import Binding
from gonogo.model.register import Register


def believed_registers(evidence: EvidenceSet, vocabulary: Vocabulary, bindings: Mapping[str, Binding]) -> EvidenceSet:
    """Return the evidence with a gap for each fact that counts the items of a register differently from the ruleset.

    Args:
        evidence: What was admitted.
        vocabulary: Declares the registers.
        bindings: The program's bindings by their ids.
    """
    wrong: dict[str, Gap] = {}
    for register in vocabulary.registers or ():
        for name in (register.fact, *(register.same_items or ())):
            entry = evidence[name]
            for value in entry.values if isinstance(entry, Evidence) else ():
                binding = bindings.get(value.source.binding)
                spoilt = closing_fault(register, binding, name)
                why = spoilt or too_good(value) or (unnamed(register, value) if binding is not None else "")
                alike = counted_alike(binding, name) if spoilt and binding is not None else {name}
                for fact in sorted(alike) if why else ():
                    wrong.setdefault(fact, _gap(fact, why, value))
    if not wrong:
        return evidence
    kept = tuple(entry for entry in evidence.evidence if not _spoilt(entry, wrong))
    gaps = (*evidence.gaps, *(wrong[entry.fact] for entry in evidence.evidence if _spoilt(entry, wrong)))
    return EvidenceSet(evidence=kept, gaps=tuple(sorted(gaps, key=lambda gap: gap.fact)))


def too_good(value: Evidence) -> str:
    """Return why a value is better than the open items that it names allow; empty where it is not."""
    named, left = value.open_count, open_count(value)
    if not named:
        return ""
    if left is None:
        left = 0 if value.type is FactType.RATIO and value.exact >= 1 else named
    if left >= named:
        return ""
    which = listing(list(value.open_items or ()), most=3)
    return f"It says {shown(value)}, which leaves {left:,} open, but names {named:,} open: {which}."


def unnamed(register: Register, value: Evidence) -> str:
    """Return why a value that leaves nothing open proves nothing: its source counted no items; empty if it did.

    What is left open without names is a gap of the open items already (:mod:`gonogo.core.register_items`).
    """
    if value.open_items is not None or value.part is not None or open_count(value) != 0:
        return ""
    return (
        f"It says {shown(value)}, but its source counts no items, so nobody can tell that none is open; "
        f"bind a list with a key for each item ({register.item})."
    )


def _spoilt(entry: Evidence, wrong: Mapping[str, Gap]) -> bool:
    """Whether a source of it is the binding at fault."""
    return entry.fact in wrong and any(value.source.binding == wrong[entry.fact].binding for value in entry.values)


def _gap(fact: str, why: str, value: Evidence) -> Gap:
    source = value.source
    return Gap(
        fact=fact, reason=GapReason.COUNTED_DIFFERENTLY, detail=why, binding=source.binding, sources=(source.locator,)
    )
