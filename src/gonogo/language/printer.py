"""The printer of requirements: a typed tree in, the one line that parses to the same tree out."""

from __future__ import annotations

from fractions import Fraction

from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Duration,
    FactRef,
    LowerBound,
    Membership,
    MomentRef,
    Negative,
    Node,
    Not,
    Number,
    ParameterRef,
    Text,
    Truth,
)

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN = range(1, 8)


def requirement_text(node: Node) -> str:
    """Write a tree, or a part of one, with the fewest parentheses: ``a.b >= x and not c.d == true``.

    Raises:
        ValueError: A number of the tree has no finite decimal form, which no text can mean.
    """
    return _write(node, 0)


def _write(node: Node, floor: int) -> str:
    text, level = _bare(node)
    return f"({text})" if level < floor else text


def _bare(node: Node) -> tuple[str, int]:
    """Return the text of a node and how tightly its outermost operator binds."""
    if isinstance(node, AnyOf):
        return " or ".join(_write(part, _AND) for part in node.parts), _OR
    if isinstance(node, All):
        return " and ".join(_write(part, _NOT) for part in node.parts), _AND
    if isinstance(node, Not):
        if isinstance(node.part, Membership):
            return _membership(node.part, "not in"), _COMPARE
        return f"not {_write(node.part, _NOT)}", _NOT
    if isinstance(node, Comparison):
        return f"{_write(node.left, _SUM)} {node.operator} {_write(node.right, _SUM)}", _COMPARE
    if isinstance(node, Membership):
        return _membership(node, "in"), _COMPARE
    if isinstance(node, Binary):
        level = _SUM if node.operator in (Arithmetic.ADD, Arithmetic.SUBTRACT) else _PRODUCT
        return f"{_write(node.left, level)} {node.operator} {_write(node.right, level + 1)}", level
    if isinstance(node, Negative):
        inner = _write(node.operand, _SIGN)
        unsigned = isinstance(node.operand, (Number, Duration)) and not inner.startswith("-")
        return f"-({inner})" if unsigned else f"-{inner}", _SIGN
    return _atom(node), _SIGN + 1


def _membership(node: Membership, word: str) -> str:
    choices = ", ".join(_write(choice, _SUM) for choice in node.choices)
    return f"{_write(node.operand, _SUM)} {word} [{choices}]"


def _atom(node: Number | Text | Truth | Duration | FactRef | ParameterRef | MomentRef | LowerBound) -> str:
    if isinstance(node, LowerBound):
        return f"lower({node.fact.name}, {_atom(node.confidence)})"
    if isinstance(node, Number):
        return f"{_decimal(node.value * 100)}%" if node.percent else _decimal(node.value)
    if isinstance(node, Duration):
        hours = node.seconds / 3600
        return f"{_decimal(hours / 24)}d" if (hours / 24).denominator == 1 else f"{_decimal(hours)}h"
    if isinstance(node, Truth):
        return "true" if node.value else "false"
    if isinstance(node, Text):
        return '"' + node.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(node, MomentRef):
        return node.moment.value
    return node.name


def _decimal(value: Fraction) -> str:
    scaled = value * 10**18
    if scaled.denominator != 1:
        raise ValueError(f"{value} has no finite decimal form")
    whole, rest = divmod(abs(scaled.numerator), 10**18)
    digits = f"{rest:018d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}"
