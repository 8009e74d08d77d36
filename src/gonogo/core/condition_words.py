"""A condition over the columns of a table as a manager reads it: *whose 'Status' is "Passed" or "Failed"*. Pure.

Every page, preview and comparison writes conditions by this module alone. A word that a column about people holds is
never written; how many there are is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gonogo.core.wording import listing
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.printer import requirement_text
from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Condition,
    Duration,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    ParameterRef,
    Text,
    Truth,
)
from gonogo.model.canonical import fraction_text
from gonogo.text import any_of

_MOMENTS: Final = {Moment.NOW: "the assessment", Moment.GO_LIVE: "go-live"}
_HELD: Final = "held"
_OF_NUMBERS: Final = {
    Operator.LT: "is below",
    Operator.LE: "is at most",
    Operator.GT: "is above",
    Operator.GE: "is at least",
}
_OF_MOMENTS: Final = {
    Operator.LT: "is before",
    Operator.LE: "is at or before",
    Operator.GT: "is after",
    Operator.GE: "is at or after",
}
_OF_SPANS: Final = {
    Operator.LT: "is shorter than",
    Operator.LE: "is at most",
    Operator.GT: "is longer than",
    Operator.GE: "is at least",
}
_TURNED: Final = {
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.EQ: Operator.EQ,
    Operator.NE: Operator.NE,
}
_SIGNS: Final = {Arithmetic.ADD: "plus", Arithmetic.SUBTRACT: "minus", Arithmetic.MULTIPLY: "times"}
MOST_WORDS: Final = 8
"""Most words of one column that are written one by one."""
MOST_PARTS: Final = 8
"""Most conditions that are written one by one."""
_LONGEST: Final = 80  # characters of a word


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """How a column is spoken of.

    Attributes:
        heading: What the file calls it.
        dated: Whether it holds days or moments.
        personal: Whether what it holds may be about somebody, so that no word of it is written.
        given: Name of the boolean that says whether a cell of it says something; empty for none.
    """

    heading: str
    dated: bool = False
    personal: bool = False
    given: str = ""


Columns = Mapping[str, ColumnWords]


def rows_words(text: str, columns: Columns) -> str:
    """Return which rows satisfy a condition: ``whose 'Status' is "Closed" and whose 'Due' is before go-live``.

    Args:
        text: The condition as it is written.
        columns: By the names that conditions call them.
    """
    try:
        tree = parse_requirement(text).tree
    except ExpressionError:
        return "for which a condition holds that this gonogo cannot read"
    return _Writer(columns).rows(tree)


def other_rows(text: str, columns: Columns) -> str:
    """Return which rows a condition leaves out, where it is said more shortly by those; else empty.

    *All rows but those whose 'Status' is "Retired"* is read at once.
    """
    try:
        tree = parse_requirement(text).tree
    except ExpressionError:
        return ""
    excludes = (isinstance(tree, Not) and isinstance(tree.part, Membership)) or (
        isinstance(tree, Comparison) and tree.operator is Operator.NE
    )
    return _Writer(columns).rows(_negated(tree)) if excludes else ""


def operand_words(text: str, columns: Columns) -> str:
    """Return a value of a row in words: ``'Legacy' minus 'Target'``, ``the time from 'Opened' to the assessment``."""
    try:
        tree = parse_requirement(f"({text}) == 0").tree
    except ExpressionError:
        return "a value that this gonogo cannot read"
    return _Writer(columns).operand(tree.left) if isinstance(tree, Comparison) else "a condition"


def shown_word(word: str) -> str:
    """Return a word of a cell as sentences show it."""
    text = " ".join(word.split())
    return f'"{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'


def _negated(node: Condition) -> Condition:
    """Return the condition that holds exactly where another one does not; what is unknown stays so."""
    if isinstance(node, Not):
        return node.part
    if isinstance(node, All):
        return AnyOf(tuple(_negated(part) for part in node.parts), node.span)
    if isinstance(node, AnyOf):
        return All(tuple(_negated(part) for part in node.parts), node.span)
    if isinstance(node, Comparison):
        return Comparison(node.operator.opposite, node.left, node.right, node.span)
    return Not(node, node.span)


class _Writer:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._given = {each.given: each for each in columns.values() if each.given}
        self._left = MOST_PARTS

    def rows(self, node: Condition) -> str:
        """Return the whole condition; what is beyond the most that is written is counted."""
        words = self._condition(node)
        more = -self._left
        return words if more <= 0 else f"{words} (and {more} more condition{'s' if more > 1 else ''})"

    def _condition(self, node: Condition, inner: bool = False) -> str:
        if isinstance(node, Not) and not isinstance(node.part, Membership):
            return self._condition(_negated(node.part), inner)
        if isinstance(node, (All, AnyOf)):
            word = " and " if isinstance(node, All) else " or "
            parts = [part for each in node.parts if (part := self._condition(each, True))]
            text = word.join(parts)
            return f"({text})" if inner and len(parts) > 1 else text
        self._left -= 1
        return self._leaf(node) if self._left >= 0 else ""

    def _leaf(self, node: Comparison | Membership | Not) -> str:
        if isinstance(node, Not):
            assert isinstance(node.part, Membership), "any other is turned before"
            return self._among(node.part, asked=False)
        if isinstance(node, Membership):
            return self._among(node, asked=True)
        left, right, operator = node.left, node.right, node.operator
        if isinstance(right, ParameterRef) and not isinstance(left, (ParameterRef, Binary, Negative)):
            left, right, operator = right, left, _TURNED[operator]
        if isinstance(right, Truth) and operator in (Operator.EQ, Operator.NE):
            return self._truth(left, right.value is (operator is Operator.EQ))
        return f"{self._subject(left)} {self._verb(operator, left, right)} {self._words(left, [right])}"

    def _among(self, node: Membership, *, asked: bool) -> str:
        subject, choices = self._subject(node.operand), list(node.choices)
        words = self._words(node.operand, choices)
        if asked:
            return f"{subject} is {words}"
        if len(choices) == 1 or self._hidden(node.operand, choices):
            return f"{subject} is not {words}"
        shown = [self.operand(each) for each in choices]
        if len(shown) == 2:
            return f"{subject} is neither {shown[0]} nor {shown[1]}"
        return f"{subject} is none of {listing(shown, most=MOST_WORDS)}"

    def _truth(self, node: Node, value: bool) -> str:
        if isinstance(node, ParameterRef):
            blank = self._columns.get(node.asked_blank) if node.asked_blank else self._given.get(node.name)
            if blank is not None:
                return f"whose {blank.heading!r} is {'not blank' if value else 'blank'}"
        return f"{self._subject(node)} is {'yes' if value else 'no'}"

    def _subject(self, node: Node) -> str:
        return f"{'whose' if self._column(node) else 'for which'} {self.operand(node)}"

    def _verb(self, operator: Operator, left: Node, right: Node) -> str:
        if operator is Operator.EQ:
            return "is"
        if operator is Operator.NE:
            return "is not"
        if isinstance(right, Duration) or self._span(left):
            return _OF_SPANS[operator]
        return (_OF_MOMENTS if self._moment(left) or self._moment(right) else _OF_NUMBERS)[operator]

    def _words(self, column: Node, values: Sequence[Node]) -> str:
        """Return values that a column is compared with; of a column about people only how many there are."""
        if self._hidden(column, values):
            number = len(values)
            return "a word that is not shown" if number == 1 else f"one of {number} words that are not shown"
        shown = [self.operand(each) for each in values]
        if len(shown) <= MOST_WORDS:
            return any_of(shown)
        return f"{', '.join(shown[:MOST_WORDS])} or one of {len(shown) - MOST_WORDS} more"

    def _hidden(self, column: Node, values: Sequence[Node]) -> bool:
        known = self._column(column)
        return known is not None and known.personal and any(isinstance(each, Text) for each in values)

    def operand(self, node: Node) -> str:
        """Return a value in words."""
        column = self._column(node)
        if column is not None:
            return repr(column.heading)
        if isinstance(node, ParameterRef):
            return "the day of the evidence" if node.name == _HELD else repr(node.name)
        if isinstance(node, MomentRef):
            return _MOMENTS[node.moment]
        if isinstance(node, Text):
            return shown_word(node.value)
        if isinstance(node, Truth):
            return "yes" if node.value else "no"
        if isinstance(node, Duration):
            return _span_text(node.seconds)
        if isinstance(node, Negative):
            return f"minus {self.operand(node.operand)}"
        if isinstance(node, Binary):
            return self._binary(node)
        return _plain_number(node) if isinstance(node, Number) else requirement_text(node)

    def _binary(self, node: Binary) -> str:
        if node.operator is Arithmetic.SUBTRACT and self._moment(node.left) and self._moment(node.right):
            return f"the time from {self.operand(node.right)} to {self.operand(node.left)}"
        if isinstance(node.right, Duration) and self._moment(node.left):
            way = "after" if node.operator is Arithmetic.ADD else "before"
            return f"{self.operand(node.right)} {way} {self.operand(node.left)}"
        parts = [
            f"({self.operand(each)})" if isinstance(each, Binary) else self.operand(each)
            for each in (node.left, node.right)
        ]
        return f" {_SIGNS.get(node.operator, 'divided by')} ".join(parts)

    def _column(self, node: Node) -> ColumnWords | None:
        return self._columns.get(node.name) if isinstance(node, ParameterRef) else None

    def _moment(self, node: Node) -> bool:
        """Return whether a value is a day or a moment."""
        column = self._column(node)
        if isinstance(node, Binary):
            return self._moment(node.left) and isinstance(node.right, Duration)
        held = isinstance(node, ParameterRef) and column is None and node.name == _HELD
        return isinstance(node, MomentRef) or held or (column is not None and column.dated)

    def _span(self, node: Node) -> bool:
        """Return whether a value is a length of time."""
        return isinstance(node, Duration) or (
            isinstance(node, Binary)
            and node.operator is Arithmetic.SUBTRACT
            and self._moment(node.left)
            and self._moment(node.right)
        )


def _span_text(seconds: Fraction) -> str:
    days = seconds / 86400
    number, unit = (days, "day") if days.denominator == 1 else (seconds / 3600, "hour")
    text = _decimal(number)
    return f"{text} {unit}{'' if text == '1' else 's'}"


def _plain_number(node: Number) -> str:
    return f"{_decimal(node.value * 100)}%" if node.percent else _decimal(node.value)


def _decimal(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else fraction_text(value)
