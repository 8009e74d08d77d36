"""Thresholds as offices write them: ``≥ 95 percent``, ``3,5%``, ``7 days``, ``T–14``; read if one thing is meant.

A word such as *at least* is read only if the criterion compares so. A cell that says *at most* where the criterion asks
for at least is a mistake that a reader must see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gonogo.documents.written_percent import written_percent
from gonogo.language.requirement import (
    Arithmetic,
    Binary,
    Comparison,
    Duration,
    FactRef,
    Node,
    Not,
    Number,
    Operator,
    ParameterRef,
    Text,
    Truth,
    children,
    walk,
)
from gonogo.language.requirement import Literal as Value
from gonogo.model.canonical import decimal_text
from gonogo.model.fact import Vocabulary
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import Criterion
from gonogo.text import plain_dashes

_MILESTONE: Final = re.compile(r"t ?(?:-|minus) ?0*([0-9]{1,4})(?: ?(?:d|days?))?|t0*(0)", re.ASCII)
_SPELLED: Final[dict[Operator, str]] = {
    Operator.GE: r">=|=>|\u2265|at least|not? less than|not? fewer than|minimum(?: of)?|min\.?",
    Operator.LE: r"<=|=<|\u2264|at most|not? more than|not? greater than|up to|maximum(?: of)?|max\.?",
    Operator.LT: r"<|less than|fewer than|below|under",
    Operator.GT: r">|more than|greater than|above|over",
}
_BEHIND: Final[dict[Operator, str]] = {
    Operator.GE: r"or (?:more|higher|greater|above|better)|\+|minimum|min\.?",
    Operator.LE: r"or (?:less|fewer|lower|below)|maximum|max\.?",
}
_WORDS: Final = {
    Operator.GE: "at least",
    Operator.LE: "at most",
    Operator.LT: "less than",
    Operator.GT: "more than",
}
_TURNED: Final = {
    Operator.GE: Operator.LE,
    Operator.LE: Operator.GE,
    Operator.GT: Operator.LT,
    Operator.LT: Operator.GT,
}
_COMMA: Final = re.compile(r"(-?[0-9]{1,9}),([0-9]{1,2})", re.ASCII)
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(?:[,' \u00a0][0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_MEASURE: Final = re.compile(r"(-?[0-9]+(?:[.,][0-9]{1,2})?) ?([A-Za-z][A-Za-z -]*)", re.ASCII)
_DAYS: Final = {"d": "d", "day": "d", "days": "d", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h"}
_WEEKS: Final = frozenset({"w", "wk", "wks", "week", "weeks"})


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """How a criterion uses a parameter.

    Attributes:
        operators: Each way in which a side that a fact gives is compared with the parameter.
        units: Units of the facts that it is compared with.
        text: These comparisons.
    """

    operators: frozenset[Operator] = frozenset()
    units: frozenset[str] = frozenset()
    text: str = ""


class Unclear(Exception):
    """A cell that means nothing, two things, or something else than the criterion: the message says it.

    Attributes:
        hint: How to write it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def rule_of(criterion: Criterion, name: str, vocabulary: Vocabulary) -> ThresholdRule:
    """Return how a criterion uses one of its parameters."""
    operators: set[Operator] = set()
    units: set[str] = set()
    said: list[str] = []
    for comparison, turned in _comparisons(criterion.require.tree, turned=False):
        for own, other, operator in (
            (comparison.right, comparison.left, comparison.operator),
            (comparison.left, comparison.right, _TURNED.get(comparison.operator, comparison.operator)),
        ):
            if _is(own, name):
                said.append(criterion.require.text[comparison.span.start : comparison.span.end])
                operators.add(operator.opposite if turned else operator)
                facts = {node.name for node in walk(other) if isinstance(node, FactRef)}
                units |= {vocabulary[fact].unit for fact in facts if fact in vocabulary} if _plain(own) else set()
    return ThresholdRule(frozenset(operators), frozenset(units) - {""}, "; ".join(dict.fromkeys(said)))


def _comparisons(node: Node, *, turned: bool) -> Iterable[tuple[Comparison, bool]]:
    if isinstance(node, Comparison):
        yield node, turned
        return
    for child in children(node):
        yield from _comparisons(child, turned=turned is not isinstance(node, Not))


def _plain(node: Node) -> bool:
    return isinstance(node, ParameterRef)


def _is(node: Node, name: str) -> bool:
    """Whether a side is the parameter, or so many times something."""
    if isinstance(node, Binary) and node.operator is Arithmetic.MULTIPLY:
        return _is(node.left, name) or _is(node.right, name)
    return isinstance(node, ParameterRef) and node.name == name


def milestone_of(text: str, names: Iterable[str]) -> str:
    """Return the milestone that a cell names, as the policy writes it; the cell where it names none: ``T–14``."""
    plain = " ".join(plain_dashes(text).casefold().split())
    known = {name.casefold(): name for name in names}
    found = _MILESTONE.fullmatch(plain)
    return known.get(f"t-{int(found[1] or found[2])}" if found else plain, text)


def value_text(text: str, old: Value, rule: ThresholdRule) -> str:
    """Return the value that a cell writes, in the form of the rules; the cell itself where it is in that form, or none.

    Raises:
        Unclear: It means nothing yet, two things, or something else than the criterion.
    """
    if isinstance(old, Text):
        return text
    if not any(map(str.isdigit, text)) and text.casefold() not in ("true", "false", "yes", "no"):
        if not has_content(text):
            raise Unclear("which says nothing yet", f"write a value such as {_example(old)}, or leave the row out")
        return text
    if isinstance(old, Truth):
        return {"yes": "true", "no": "false"}.get(text.casefold(), text.casefold())
    return _number(_bare(text, rule), old, rule)


def _bare(text: str, rule: ThresholdRule) -> str:
    """Return a value without the words that say how it is compared, if the criterion compares so."""
    for operator, spelled in _SPELLED.items():
        before = re.fullmatch(rf"(?:{spelled})\s*([-0-9].*)", text, re.IGNORECASE)
        behind = re.fullmatch(rf"(.*?)\s*(?:{_BEHIND[operator]})", text, re.IGNORECASE) if operator in _BEHIND else None
        found = before or behind
        if found is None:
            continue
        if rule.operators != {operator}:
            asked = " and ".join(sorted(_WORDS.get(each, each.value) for each in rule.operators)) or "something else"
            sentence = f"which says {_WORDS[operator]}, and the criterion asks for {asked}: `{rule.text}`"
            raise Unclear(
                sentence, f"write {found[1].strip()} alone, if that is meant; the comparison is the rules' own"
            )
        return found[1].strip()
    return text


def _number(text: str, old: Value, rule: ThresholdRule) -> str:
    if (percent := written_percent(text)) is not None:
        return f"{decimal_text(percent)}%"
    if comma := _COMMA.fullmatch(text):
        return f"{comma[1]}.{comma[2]}"
    if _GROUPED.fullmatch(text):
        plain = re.sub(r"[,' \u00a0]", "", text)
        raise Unclear("which could be thousands or a decimal comma", f"write {plain}, or a point for the decimals")
    measure = _MEASURE.fullmatch(text)
    if measure is None:
        return text
    amount, word = measure[1].replace(",", "."), measure[2].casefold().strip()
    if isinstance(old, Duration):
        if word in _WEEKS and amount.isdigit():
            return f"{int(amount) * 7}d"
        return f"{amount}{_DAYS[word]}" if word in _DAYS else text
    own = {form for unit in rule.units for form in (unit, unit.removesuffix("s"), *_short(unit))}
    if word in own and isinstance(old, Number) and not old.percent:
        return amount
    if word in ("d", "h"):
        return text  # a duration as the rules write it, where none belongs
    if isinstance(old, Number) and old.percent:
        raise Unclear("where a percentage belongs", "write it with the sign, such as 95%")
    units = " or ".join(sorted(rule.units))
    hint = f"write {amount} alone, in {units}" if units else f"write {amount} alone, if that is meant"
    raise Unclear(f"and the criterion counts {units}" if units else "and the criterion knows no unit", hint)


def _short(unit: str) -> tuple[str, ...]:
    return tuple(short for short, letter in _DAYS.items() if unit in ("days", "hours") and letter == unit[0])


def _example(old: Value) -> str:
    if isinstance(old, Number):
        return "95%" if old.percent else "3"
    return "7d" if isinstance(old, Duration) else "true"
