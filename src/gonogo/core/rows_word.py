"""What a share counts beside the rows that were read: fewer items of a register, or more than there are rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from gonogo.model.evidence import Evidence
from gonogo.model.program import Binding

_COUNTS: Final = re.compile(r"\b(?:count|sum)\s*\(", re.IGNORECASE)
_TAKES: Final = re.compile(r'\b(?:sum|max|min|avg|any_value|first|last)\s*\(\s*(?!case\b)["a-z_]', re.IGNORECASE)


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
    if whole > rows and _multiplied(value.fact, binding):
        read = "1 row was read" if rows == 1 else f"{rows:,} rows were read"
        return f"{binding.id}: {value.fact} counts {whole:,}, although {read} (sql)."
    return ""


def _multiplied(fact: str, binding: Binding) -> bool:
    """Whether a query counts rows, so that more of them are made than read; what takes values of a column does not."""
    facts = binding.settings.get("facts")
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    measure = facts.get(local) if isinstance(facts, Mapping) else None
    query = measure.get("sql") if isinstance(measure, Mapping) else None
    return isinstance(query, str) and _COUNTS.search(query) is not None and _TAKES.search(query) is None
