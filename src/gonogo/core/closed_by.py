"""What closes an item where the rules name no words: several words, or whatever a condition leaves over. Pure.

One word or one yes reads as what it says. *Met or waived*, *not open* and everything that a count of open items leaves
out is the program's own word for *closed*, and page one shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonogo.core.closing_words import measure_of, table_words
from gonogo.core.wording import listing
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import AnyOf, Comparison, Condition, Membership, Not, Operator, walk
from gonogo.model.program import Binding

_LONGEST = 160


def closed_by(fact: str, item: str, binding: Binding) -> str:
    """Return in a sentence by what a binding closes the items of a register without words; empty where it is plain.

    Args:
        fact: By which the register counts.
        item: What one item is, in words.
        binding: Answers the fact.
    """
    if binding.plugin != "table":
        return ""
    measure = measure_of(binding, fact)
    how = _share(measure.get("share")) or _count(binding, fact, measure.get("count"))
    return f"{fact}: the rules name no words that close {item}, and {binding.id} {how}." if how else ""


def _share(share: Any) -> str:
    where = share.get("where") if isinstance(share, Mapping) else None
    if not isinstance(where, str) or not _several(where):
        return ""
    return f"counts as closed: {_shown(where)}"


def _count(binding: Binding, fact: str, count: Any) -> str:
    words = sorted(table_words(binding, fact) or ()) if isinstance(count, Mapping) else []
    return f"counts as closed what is {listing([f'“{word}”' for word in words])}" if len(words) > 1 else ""


def _several(where: str) -> bool:
    """Whether a condition holds by more than one word, or by what something is not."""
    try:
        tree: Condition = parse_requirement(where).tree
    except ExpressionError:
        return False
    return any(
        isinstance(node, (AnyOf, Not))
        or (isinstance(node, Membership) and len(node.choices) > 1)
        or (isinstance(node, Comparison) and node.operator is Operator.NE)
        for node in walk(tree)
    )


def _shown(where: str) -> str:
    text = " ".join(where.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
