"""What closes an item where the rules name no words: several words, or whatever a condition leaves over. Pure.

One word or one yes reads as what it says. *Met or waived*, *not open* and everything that a count of open items leaves
out is the program's own word for *closed*, and page one shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gonogo.core.closing_words import measure_of, table_words
from gonogo.core.wording import listing
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import AnyOf, Comparison, Condition, Membership, Not, Operator, walk
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.judgement import Scope
from gonogo.model.program import STATEMENTS, Binding
from gonogo.model.register import Register

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


def stated_beside(
    scope: Scope, evidence: EvidenceSet, sources: Sequence[tuple[Evidence, Binding]], registers: Sequence[Register]
) -> Iterator[tuple[str, str]]:
    """Yield each number that a person states beside a register of the same criterion and prefix, with what that means.

    A count of critical items by word of mouth, beside the list that has them, could be another one than the list's.
    """
    stated = {
        value.fact: binding.id for value, binding in sources if binding.plugin == STATEMENTS and value.type.numeric
    }
    found: dict[str, str] = {}
    for case in scope.asked:
        names = case.criterion.facts
        for register in registers:
            prefix = register.fact.rpartition(".")[0]
            if not set(register.computed) & set(names) or isinstance(evidence[register.fact], Gap):
                continue
            for name in names:
                if name in stated and name.rpartition(".")[0] == prefix:
                    found[name] = (
                        f"{name}: a person states it ({stated[name]}) beside the list that {register.fact} is counted "
                        "from: nothing compares the two."
                    )
    yield from found.items()


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
