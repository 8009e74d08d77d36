"""The cells that people fill in: number format, drop-down or range, and what is said beside them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from gonogo.documents.xlsx.form import NO, YES, ColumnKind, FormColumn
from gonogo.documents.xlsx.workbook import Cell
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.fact import FactDeclaration, FactType
from gonogo.workbook.drop_downs import Lists
from gonogo.workbook.looks import DAY_FORMAT, DURATION_FORMAT, MOMENT_FORMAT, PLAIN_FORMAT, TEXT_FORMAT
from gonogo.workbook.questions import DAY_S, Question

_EARLIEST: Final = date(2000, 1, 1)
_TITLE: Final = 32
_MESSAGE: Final = 255
_FORMATS: Final = {
    FactType.INTEGER: "0",
    FactType.DECIMAL: PLAIN_FORMAT,
    FactType.RATIO: "0.00######%",
    FactType.MONEY: "#,##0.00####",
    FactType.INSTANT: MOMENT_FORMAT,
}


def format_of(column: FormColumn, question: Question | None = None) -> str:
    """Return the number format of a column, for the fact of its row where that decides."""
    if column.kind is ColumnKind.VALUE and question is not None:
        return _FORMATS.get(question.fact.type, TEXT_FORMAT)
    if column.kind is ColumnKind.MOMENT:
        return MOMENT_FORMAT if question is not None and question.max_age_s % DAY_S else DAY_FORMAT
    if column.kind is ColumnKind.SHARE:
        return _FORMATS[FactType.RATIO]
    return DAY_FORMAT if column.kind is ColumnKind.DAY else TEXT_FORMAT


def format_of_kept(value: Cell, usual: str, *, share: bool) -> str:
    """Return the number format under which a cell of an earlier workbook stays what it was.

    A date in a cell for numbers would otherwise come back as the number behind it, and 0.5 as 50 %.

    Args:
        value: What the cell held.
        usual: Number format of the column.
        share: Whether the cell was shown as a percentage.
    """
    dated = usual in (DAY_FORMAT, MOMENT_FORMAT)
    if isinstance(value, (bool, str)):
        return usual
    if isinstance(value, (time, timedelta)):
        return DURATION_FORMAT
    if isinstance(value, date):
        at_midnight = not isinstance(value, datetime) or value.time() == time.min
        return (
            usual if dated and (at_midnight or usual == MOMENT_FORMAT) else DAY_FORMAT if at_midnight else MOMENT_FORMAT
        )
    if usual == _FORMATS[FactType.RATIO]:
        return usual if share else PLAIN_FORMAT
    return PLAIN_FORMAT if dated or usual == TEXT_FORMAT else usual


def rule_of_column(column: FormColumn, offered: tuple[str, ...], lists: Lists) -> dict[str, Any]:
    """Return the rule of a column that is the same in every row; empty for none."""
    rule: dict[str, Any] = {}
    if column.kind in (ColumnKind.DAY, ColumnKind.MOMENT):
        rule = _days("Type a date such as 2027-04-12.")
    elif column.kind is ColumnKind.SHARE:
        prompt = "Type a percentage with its sign, such as 4%."
        bounds = {"criteria": "between", "minimum": 0, "maximum": 1}
        rule = {"validate": "decimal", **bounds, "error_message": prompt}
    elif offered:
        rule = {"validate": "list", "source": lists.reference(offered), "error_message": "Choose from the list."}
    elif column.hint:
        rule = {"validate": "any"}
    return _with_prompt(rule, column.heading, column.hint)


def rule_of_value(fact: FactDeclaration, allowed: str, lists: Lists) -> dict[str, Any]:
    """Return the rule of the cell that takes the value of a fact."""
    return _with_prompt(_value_rule(fact, lists), "Value", f"{fact.question} {fact.unit} ({allowed})")


def write_cell(sheet: Any, row: int, column: int, value: Cell, looks: Any) -> None:
    """Write a value as what it is; 0-based row and column."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, looks)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, looks)
    elif isinstance(value, (date, datetime, time, timedelta)):
        sheet.write_datetime(row, column, value, looks)
    elif value == "":
        sheet.write_blank(row, column, None, looks)
    else:
        sheet.write_string(row, column, value, looks)


def _value_rule(fact: FactDeclaration, lists: Lists) -> dict[str, Any]:
    if fact.type is FactType.BOOLEAN:
        return {"validate": "list", "source": [YES, NO], "error_message": f"Choose {YES} or {NO}."}
    if fact.allowed:
        return {"validate": "list", "source": lists.reference(fact.allowed), "error_message": "Choose from the list."}
    if fact.type is FactType.INSTANT:
        return _days("Type a date such as 2027-04-12, with a time where it counts.")
    if fact.type is FactType.TEXT:
        return {"validate": "any"}
    low, high = fact.lowest, fact.highest
    whole = fact.type is FactType.INTEGER
    prompt = {
        FactType.INTEGER: "Type a whole number, without its unit",
        FactType.RATIO: "Type a percentage with its sign, such as 93.2%",
    }.get(fact.type, "Type a number, without its unit")
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": _number(low, -MAX_INTEGER),
        "maximum": _number(high, MAX_INTEGER),
        "error_message": f"{prompt}.",
    }


def _number(bound: Decimal | None, otherwise: int) -> int | float:
    if bound is None:
        return otherwise
    return int(bound) if bound == bound.to_integral_value() else float(bound)


def _days(prompt: str) -> dict[str, Any]:
    return {"validate": "date", "criteria": ">=", "value": _EARLIEST, "error_message": prompt}


def _with_prompt(rule: dict[str, Any], title: str, hint: str) -> dict[str, Any]:
    if not rule:
        return {}
    # A name, a title, Yes or a day in words may be right too: the reader takes more than a rule can say, and checks.
    words = {"error_title": "gonogo", "ignore_blank": True, "error_type": "warning"}
    if hint.strip():
        words |= {"input_title": title[:_TITLE], "input_message": _cut(hint)}
    return rule | words


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MESSAGE else text[: _MESSAGE - 1] + "…"
