"""What a share counts beside the rows that were read: fewer items of a register, or more than there are rows. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gonogo.model.evidence import Evidence
from gonogo.model.program import Binding


def rows_sentence(value: Evidence, binding: Binding, registers: Collection[str]) -> str:
    """Return what a binding leaves out of a register, or counts more than once; empty where it does neither.

    Args:
        value: A share with counts.
        binding: The binding that it is from.
        registers: Facts that count the items of a register.
    """
    whole, rows = value.whole, value.rows_read
    if whole is None or rows is None:
        return ""
    if whole < rows and value.fact in registers:
        left = f"{rows - whole:,} {'is' if rows - whole == 1 else 'are'} left out as no item of the register"
        return f"{binding.id}: {value.fact} counts {whole:,} of {rows:,} rows; {left} (among)."
    if whole > rows and _by_query(value.fact, binding):
        return f"{binding.id}: {value.fact} counts {whole:,}, although {rows:,} rows were read (sql)."
    return ""


def _by_query(fact: str, binding: Binding) -> bool:
    facts = binding.settings.get("facts")
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    measure = facts.get(local) if isinstance(facts, Mapping) else None
    return isinstance(measure, Mapping) and "sql" in measure
