"""The value that a cell gives a parameter: of the kind that the parameter has, and never near it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from gonogo.documents.xlsx.cell_values import UnfitCell, decimal_in, described
from gonogo.errors import Problem
from gonogo.first_week.threshold_rows import SaidCell
from gonogo.first_week.written_thresholds import ThresholdRule, Unclear, value_text
from gonogo.language.expression import ExpressionError, parse_literal
from gonogo.language.requirement import Literal, Number, Span, Text, Truth
from gonogo.model.canonical import decimal_text
from gonogo.model.parameter import literal_text

NO_RULE: Final = ThresholdRule()
_KINDS: Final = {Number: "a number such as 3 or 95%", Text: "text", Truth: "true or false"}


def value_of(cell: SaidCell, old: Literal, problems: list[Problem], rule: ThresholdRule = NO_RULE) -> Literal | None:
    """Return the value of a cell, of the kind that the parameter has."""
    share = isinstance(old, Number) and old.percent
    hint = f"it is {literal_text(old)} at go-live now"
    try:
        text = _written(cell, old, rule)
        value = (
            Text(text, Span(0, len(text)))
            if isinstance(old, Text) and not text.startswith('"')
            else parse_literal(text)
        )
    except UnfitCell as error:
        problems.append(cell.problem("G112", f"value: it {error}", hint))
        return None
    except Unclear as error:
        problems.append(cell.problem("G112", f"value: it {holds(cell)}, {error}", f"{error.hint}; {hint}"))
        return None
    except ExpressionError as error:
        problems.append(cell.problem("G112", f"value: it {holds(cell)}, which is not a value: {error.sentence}", hint))
        return None
    if type(value) is not type(old):
        kind = _KINDS.get(type(old), "a duration such as 7d")
        problems.append(cell.problem("G103", f"value: it {holds(cell)}, where {kind} belongs", hint))
        return None
    if share and isinstance(value, Number) and not value.percent:
        what = f"value: it {holds(cell)} without a percent sign, where a percentage belongs"
        problems.append(cell.problem("G103", what, f"write it with the sign; {hint}"))
        return None
    return value


def _written(cell: SaidCell, old: Literal, rule: ThresholdRule) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        number = decimal_in(value)
        if not cell.percent:
            return number
        return f"{decimal_text(Decimal(number) * 100)}%"
    if not isinstance(value, str) or not value:
        raise UnfitCell(f"holds {described(value)}, where a value belongs")
    return value_text(value, old, rule)


def holds(cell: SaidCell) -> str:
    """Return what a cell holds, for a sentence."""
    return f"holds {described(cell.value)}"
