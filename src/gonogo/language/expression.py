"""The parser of requirements: one line of text in, a typed tree with columns out.

::

    condition  = condition "or" condition | condition "and" condition | "not" condition
               | operand ("<" | "<=" | ">" | ">=" | "==" | "!=") operand
               | operand ["not"] "in" "[" operand {"," operand} "]" | column "is" ["not"] "blank"
               | name | "(" condition ")"
    operand    = operand ("+" | "-" | "*" | "/") operand | "-" operand | "(" operand ")"
               | number | percentage | duration | text | "true" | "false" | "now" | "go_live" | name
               | "lower" "(" fact "," percentage ")"

From loose to tight: ``or``, ``and``, ``not``, comparison, ``+ -``, ``* /``, unary minus. A dotted name is a fact, a
bare one a parameter. A name that stands alone as a condition means ``name == true``. ``lower``, what a
sample proves, is the only thing that is called.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gonogo.language.asked_blank import asked_blank
from gonogo.language.cursor import Cursor
from gonogo.language.lower_call import lower_bound
from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Condition,
    Duration,
    FactRef,
    Literal,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Node,
    Not,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Requirement,
    Span,
    Text,
    Truth,
    children,
)
from gonogo.language.tokens import KEYWORDS, MAX_LENGTH, ExpressionError, Token, TokenKind, number_of

__all__ = ["KEYWORDS", "MAX_DEPTH", "MAX_LENGTH", "ExpressionError", "parse_literal", "parse_requirement"]

MAX_DEPTH: Final = 64
"""Deepest nesting of a requirement, and the height of its tree."""

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN = range(1, 8)
_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_CONDITIONS = (Comparison, Membership, All, AnyOf, Not)


@lru_cache(maxsize=4096)
def parse_requirement(text: str) -> Requirement:
    """Parse a requirement; one that was parsed before is not parsed again.

    Args:
        text: Of at most ``MAX_LENGTH`` characters. Line ends count as blanks.

    Returns:
        The requirement, on one line; columns of its nodes are those of ``text``.

    Raises:
        ExpressionError: The text is not a requirement; its columns point at the mistake.
    """
    parser = _Parser(text)
    tree = parser.whole()
    _check_height(tree)
    line = text.translate({ord("\n"): " ", ord("\r"): " ", ord("\t"): " "}).rstrip()
    return Requirement(text=line, tree=tree)


def parse_literal(text: str) -> Literal:
    """Parse one literal, such as the value of a parameter: ``3``, ``-0.5``, ``95%``, ``7d``, ``true``, ``"signed"``.

    Raises:
        ExpressionError: The text is anything else.
    """
    return _Parser(text).literal()


def _check_height(tree: Condition) -> None:
    level: list[Node] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise ExpressionError(
        f"the requirement is nested deeper than {MAX_DEPTH} levels",
        level[0].span.start,
        level[0].span.end,
        "split it into several criteria",
    )


class _Parser(Cursor):
    """Precedence climbing over the tokens of one text; recursion is bounded by ``MAX_DEPTH``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def whole(self) -> Condition:
        """Parse the whole text as one condition."""
        if self.done:
            raise ExpressionError("the requirement is empty", 0, 0, "for example `training.completed_ratio >= 95%`")
        tree = _condition(self._expression(_OR))
        if not self.done:
            self.unexpected()
        return tree

    def literal(self) -> Literal:
        """Parse the whole text as one literal."""
        start = self.next.start
        node = self._expression(_SIGN)
        if not self.done or not isinstance(node, (Number, Text, Truth, Duration)):
            raise ExpressionError(
                "one value is expected here, not an expression",
                start,
                self.length,
                'values look like `3`, `95%`, `7d`, `true` or `"signed"`',
            )
        return node

    def _expression(self, floor: int) -> Node:
        """Parse what binds at least as tightly as ``floor``."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(
                f"the requirement is nested deeper than {MAX_DEPTH} levels", hint="split it into several criteria"
            )
        start = self.next.start
        left = self._prefix(floor)
        while (level := self._level()) >= floor:
            left = self._infix(left, level, start)
        self._depth -= 1
        return left

    def _level(self) -> int:
        """Return how tightly the operator that comes next binds; 0 when no operator comes next."""
        token = self.next
        if token.kind is TokenKind.COMPARE or self.sees("in") or (self.sees("not") and self.sees("in", ahead=1)):
            return _COMPARE
        if self.sees("is"):
            return _COMPARE
        if token.kind is TokenKind.KEYWORD:
            return {"or": _OR, "and": _AND}.get(token.text, 0)
        return _ARITHMETIC.get(token.text, 0) if token.kind is TokenKind.SIGN else 0

    def _infix(self, left: Node, level: int, start: int) -> Node:
        if level in (_OR, _AND):
            word = "or" if level == _OR else "and"
            parts = [_condition(left)]
            while self.sees(word):
                self.take()
                parts.append(_condition(self._expression(level + 1)))
            return (AnyOf if level == _OR else All)(tuple(parts), self.span(start))
        if level == _COMPARE:
            return self._relation(_operand(left), start)
        sign = Arithmetic(self.take().text)
        operand = _operand(left)
        right = _operand(self._expression(level + 1))
        return Binary(sign, operand, right, self.span(start))

    def _relation(self, left: Operand, start: int) -> Condition:
        token = self.take()
        relation: Condition
        if token.kind is TokenKind.KEYWORD and token.text == "is":
            relation = asked_blank(self, left, start)
        elif token.kind is TokenKind.COMPARE:
            right = _operand(self._expression(_SUM))
            relation = Comparison(Operator(token.text), left, right, self.span(start))
        else:
            if token.text == "not":
                self.take()
            choices = self._choices()
            relation = Membership(left, choices, self.span(start))
            if token.text == "not":
                relation = Not(relation, relation.span)
        if self._level() == _COMPARE:
            self.fail("comparisons cannot be chained", hint="write `low <= x and x <= high`")
        return relation

    def _choices(self) -> tuple[Operand, ...]:
        if not self.sees("["):
            self.fail("a list in brackets is expected after `in`", hint="write `in [1, 2, 3]`")
        opener = self.take()
        if self.sees("]"):
            raise ExpressionError("the list is empty, so nothing is ever in it", opener.start, self.next.end)
        choices = [_operand(self._expression(_SUM))]
        while self.sees(","):
            self.take()
            choices.append(_operand(self._expression(_SUM)))
        self.close(opener, "]")
        return tuple(choices)

    def _prefix(self, floor: int) -> Node:
        token = self.take()
        span = Span(token.start, token.end)
        if token.kind in (TokenKind.NUMBER, TokenKind.PERCENT, TokenKind.DURATION):
            return _number(token, 1, span)
        if token.kind is TokenKind.TEXT:
            return Text(token.text, span)
        if token.kind is TokenKind.NAME:
            if self.sees("(") and token.text == "lower":
                return lower_bound(self, token, lambda: self._expression(_SUM))
            if self.sees("("):
                raise ExpressionError(
                    f"`{token.text}` cannot be called; there are no functions",
                    token.start,
                    self.next.end,
                    "let the collector compute it and name its fact here",
                )
            return FactRef(token.text, span) if "." in token.text else ParameterRef(token.text, span)
        if token.kind is TokenKind.KEYWORD:
            return self._keyword(token, floor, span)
        if token.kind is TokenKind.SIGN and token.text == "(":
            inner = self._expression(_OR)
            self.close(token, ")")
            return inner
        if token.kind is TokenKind.SIGN and token.text == "-":
            return self._negative(token)
        if token.kind is not TokenKind.END:
            self.back()
        return self.missing_operand()

    def _keyword(self, token: Token, floor: int, span: Span) -> Node:
        if token.text in ("true", "false"):
            return Truth(token.text == "true", span)
        if token.text in ("now", "go_live"):
            return MomentRef(Moment(token.text), span)
        if token.text == "not":
            if floor > _NOT:
                raise ExpressionError(
                    "`not` goes before a condition, not before a value",
                    token.start,
                    token.end,
                    "write `x != y`, or put `not` before the whole comparison",
                )
            part = _condition(self._expression(_NOT))
            return Not(part, self.span(token.start))
        self.back()
        return self.missing_operand()

    def _negative(self, sign: Token) -> Operand:
        """A minus directly before a number is part of the number; else it is an operator."""
        if self.next.kind in (TokenKind.NUMBER, TokenKind.PERCENT, TokenKind.DURATION):
            token = self.take()
            return _number(token, -1, Span(sign.start, token.end))
        operand = _operand(self._expression(_SIGN))
        return Negative(operand, self.span(sign.start))


def _number(token: Token, sign: int, span: Span) -> Number | Duration:
    value = sign * number_of(token)
    if token.kind is TokenKind.DURATION:
        return Duration(value, span)
    return Number(value, token.kind is TokenKind.PERCENT, span)


def _operand(node: Node) -> Operand:
    if isinstance(node, _CONDITIONS):
        raise ExpressionError(
            "there is a condition where a value is expected",
            node.span.start,
            node.span.end,
            "only values can be compared or calculated with; join conditions with `and`, `or`, `not`",
        )
    return node


def _condition(node: Node) -> Condition:
    if isinstance(node, _CONDITIONS):
        return node
    if isinstance(node, (FactRef, ParameterRef, Truth)):
        return Comparison(Operator.EQ, node, Truth(True, node.span), node.span)
    raise ExpressionError(
        "this is a value, not something that is true or false",
        node.span.start,
        node.span.end,
        "compare it: `x >= 3`, `x == y`",
    )
