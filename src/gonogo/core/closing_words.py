"""Which words of a source close an item, as its binding says, against those that the ruleset lets close one. Pure.

A program that counts *waived* as passed has nothing open. So the ruleset says which words close an item, and a binding
that lets another one, or of which nobody can tell, answers neither for the open items nor for how many there are. If
the ruleset names no words, the binding chooses its condition; it must still count rows, each once: a share that
somebody states or computes hides what is open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gonogo.core.wording import listing
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Membership,
    Operator,
    ParameterRef,
    Text,
    walk,
)
from gonogo.model.program import Binding
from gonogo.model.register import Register

_BUILT_IN: Final = {"junit": frozenset({"passed"}), "raid": frozenset({"Closed", "Cancelled"})}
"""Collectors for which the binding does not choose the words, as their files write them."""
_DOUBTFUL: Final = frozenset(
    """
waived|waiver|deferred|defer|accepted|cancelled|canceled|postponed|hold|applicable|na|excluded|descoped|withdrawn
open|progress|failed|blocked|known|partial|partially|partly|pending|rejected|duplicate|superseded|transferred|retired
exempt|exempted|skipped|ignored|won|wont|not|without|overdue|new
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Words of states that may leave an item open: *Waived*, *Risk accepted*, *Won't fix*."""
_MEASURES: Final = frozenset({"sql", "sum", "mean", "min", "max", "only", "any", "all", "none"})
"""Measures of a table that name no open items."""


def closing_fault(register: Register, binding: Binding | None, fact: str) -> str:
    """Return why a binding may not say which items of a register are open; empty where it may."""
    if binding is None:
        return ""
    if register.closed is None:
        return _names_nothing(register, binding, fact) or _other_count(binding, fact)
    words = _BUILT_IN.get(binding.plugin) or (table_words(binding, fact) if binding.plugin == "table" else None)
    allowed = {word.casefold() for word in register.closed}
    named = listing([f'"{word}"' for word in register.closed])
    if words is None and binding.plugin == "attestation":
        stated = f"{fact} is a person's statement in the binding {binding.id}, which names no items"
        return f"{stated}; the ruleset lets only {named} close one."
    if words is None:
        unknown = f"Nothing in the binding {binding.id} shows which words close an item"
        return f"{unknown}; the ruleset lets {named} close one."
    others = sorted(word for word in words if word.casefold() not in allowed)
    if not others:
        return _other_count(binding, fact)
    wrong = listing([f'"{word}"' for word in others])
    return f"The binding {binding.id} lets {wrong} close an item; the ruleset lets only {named} close one."


def chosen_words(register: Register, binding: Binding, fact: str) -> str:
    """Return what a reader should check where the ruleset names no words that close an item; empty for nothing.

    The binding's condition then decides, so that a word such as *waived* can close one.
    """
    if register.closed is not None or not (binding.plugin == "table" or binding.plugin in _BUILT_IN):
        return ""
    measure = measure_of(binding, fact)
    words = _BUILT_IN.get(binding.plugin) or table_words(binding, fact)
    unnamed = f"The ruleset names no words that close an item of {register.id}"
    if words is None and _opened(measure) is not None:
        listed = "list every word of the column under allowed, so that a new one stops the source"
        return f"{unnamed}, and nothing in the binding {binding.id} shows them either: {listed}."
    doubtful = sorted(word for word in words or () if _DOUBTFUL & set(re.findall(r"[a-z]+", word.casefold())))
    if not doubtful:
        return ""
    said = listing([f'"{word}"' for word in doubtful])
    return (
        f"{unnamed}, so the binding {binding.id} decides, and lets {said} close one. Check that it does, or have the "
        "ruleset name the words (closed)."
    )


def _opened(measure: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the words that leave an item open, where a fact counts by them alone; None where it counts otherwise."""
    count = measure.get("count")
    tree = _tree(count["where"]) if isinstance(count, Mapping) and isinstance(count.get("where"), str) else None
    return None if tree is None or isinstance(tree, All) else _words(tree)


def _names_nothing(register: Register, binding: Binding, fact: str) -> str:
    """Return why no row of a source can show what is open; empty where rows can."""
    add = f"bind the list itself, with a row and a key for each item ({register.item})"
    if binding.plugin == "attestation":
        return f"{fact} is a person's statement in the binding {binding.id}, which names no items; {add}."
    measure = measure_of(binding, fact)
    if measure and not {"share", "count"} & set(measure):
        by = listing(sorted(str(key) for key in measure if key in _MEASURES)) or "no count of rows"
        return f"The binding {binding.id} answers {fact} by {by}, which counts no items; use share or count."
    return ""


def counted_alike(binding: Binding, fact: str) -> frozenset[str]:
    """Return ``fact`` and the facts of a table's binding that count the same rows by the same column."""
    facts = binding.settings.get("facts")
    mine = measure_of(binding, fact)
    if binding.plugin != "table" or not isinstance(facts, Mapping) or not mine:
        return frozenset({fact})
    read = _condition_columns(mine)
    alike = {
        f"{binding.prefix}.{name}" if binding.prefix else f"{name}"
        for name, other in facts.items()
        if isinstance(other, Mapping)
        and _table(binding, other) == _table(binding, mine)
        and _condition_columns(other) & read
    }
    return frozenset(alike | {fact})


def _condition_columns(measure: Mapping[str, Any]) -> set[str]:
    """Return the columns of the condition by which a fact counts rows; nothing where it counts none."""
    counts = [measure.get(kind) for kind in ("share", "count", "all", "any", "none")]
    wheres = [each.get("where") for each in counts if isinstance(each, Mapping)]
    trees = [_tree(where) for where in wheres if isinstance(where, str)]
    return set().union(*(_columns(tree) for tree in trees if tree is not None))


def _other_count(binding: Binding, fact: str) -> str:
    """Return why a table counts something else than each item once; empty where it does not."""
    measure = measure_of(binding, fact)
    share = measure.get("share")
    if isinstance(share, Mapping) and share.get("weigh"):
        return (
            f"The binding {binding.id} adds up {share['weigh']} for {fact}; a register counts each item once (weigh)."
        )
    for kind, better in (("share", "any"), ("count", "every")):
        asked = measure.get(kind)
        per = asked.get("per") if isinstance(asked, Mapping) else None
        if isinstance(per, Mapping) and per.get("need") == better:
            return f"The binding {binding.id} lets one row of several close an item of {fact} (per, need: {better})."
    if measure.get("by"):
        return f"The binding {binding.id} answers {fact} for one group alone; a register counts every item (by)."
    return ""


def _table(binding: Binding, measure: Mapping[str, Any]) -> Any:
    """Return the name of the table that a fact is made of: the first where it names none."""
    tables = binding.settings.get("tables")
    return measure.get("table") or next(iter(tables if isinstance(tables, Mapping) else ()), None)


def measure_of(binding: Binding, fact: str) -> Mapping[str, Any]:
    """Return how a table measures a fact, as its settings say; empty for any other source."""
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    declared = binding.settings.get("facts")
    measure = declared.get(local) if isinstance(declared, Mapping) and binding.plugin == "table" else None
    return measure if isinstance(measure, Mapping) else {}


def table_words(binding: Binding, fact: str) -> frozenset[str] | None:
    """Return the words that close an item in a table; None where its settings do not show it in one column."""
    measure = measure_of(binding, fact)
    share, count = measure.get("share"), measure.get("count")
    if isinstance(share, Mapping) and isinstance(share.get("where"), str):
        tree = _tree(share["where"])
        among = _tree(share["among"]) if isinstance(share.get("among"), str) else None
        if tree is None or (among is not None and _columns(among) & _columns(tree)):
            return None  # what it leaves out of the whole may be what is open
        return _words(tree)
    if isinstance(count, Mapping) and isinstance(count.get("where"), str):
        tree = _tree(count["where"])
        opened = _words(tree) if tree is not None else None
        texts = _allowed(binding, measure, _columns(tree)) if tree is not None else None
        return None if opened is None or texts is None or isinstance(tree, All) else texts - opened
    return None


def _tree(text: str) -> Condition | None:
    try:
        return parse_requirement(text).tree
    except ExpressionError:
        return None


def _columns(tree: Condition) -> set[str]:
    return {node.name for node in walk(tree) if isinstance(node, ParameterRef)}


def _words(tree: Condition) -> frozenset[str] | None:
    """Return the texts of one column by which a condition can hold; None where anything else makes it hold."""
    if isinstance(tree, Comparison) and tree.operator is Operator.EQ:
        sides = (tree.left, tree.right)
        texts = [side.value for side in sides if isinstance(side, Text)]
        return frozenset(texts) if len(texts) == 1 and any(isinstance(side, ParameterRef) for side in sides) else None
    if isinstance(tree, Membership) and isinstance(tree.operand, ParameterRef):
        texts = [choice.value for choice in tree.choices if isinstance(choice, Text)]
        return frozenset(texts) if len(texts) == len(tree.choices) else None
    if isinstance(tree, AnyOf):
        parts = [_words(part) for part in tree.parts]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if isinstance(tree, All):  # what else must hold only closes fewer
        known = [words for part in tree.parts if (words := _words(part)) is not None]
        return known[0] if known else None
    return None


def _allowed(binding: Binding, measure: Mapping[str, Any], columns: set[str]) -> frozenset[str] | None:
    """Return every text that the one column of a table may hold; None where its declaration does not list them."""
    tables = binding.settings.get("tables")
    table = tables.get(_table(binding, measure)) if isinstance(tables, Mapping) else None
    own = table.get("columns") if isinstance(table, Mapping) else None
    column = own.get(next(iter(columns))) if isinstance(own, Mapping) and len(columns) == 1 else None
    texts = column.get("allowed") if isinstance(column, Mapping) else None
    return frozenset(map(str, texts)) if isinstance(texts, (list, tuple)) else None
