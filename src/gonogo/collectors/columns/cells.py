"""What one cell must look like, and the SQL that turns its text into a value once it does.

A database casts kindly: ``10.005`` to 10.01, ``95.6`` to 96, ``' 95 '``, ``0x10`` and ``1_000`` to numbers. So every
cell is text until it has matched its column's pattern as a whole; only then is it cast. Instants become timestamps
in UTC, percents become ratios, and the rest what its type says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType, PercentForm
from gonogo.collectors.columns.date_format import english_month_sql, format_pattern, has_hours, human
from gonogo.model.canonical import decimal_text

DIGITS: Final = 15
"""Most digits of a number before the point."""

_ISO_DATE: Final = "(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_ISO_TIME: Final = _ISO_DATE + r"[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_RATIO_LIKE: Final = r"0[0-9]*\.[0-9]*[1-9][0-9]*|0*1(?:\.0*)?"
_OFFSET: Final = r"(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"


@dataclass(frozen=True, slots=True)
class CellShape:
    """How the cells of one column are checked and read.

    Attributes:
        expected: What a cell should be, in words for a person.
        matches: SQL, with ``{v}`` for the cell's text, that is true where the text is as expected.
        value: SQL, with ``{v}``, that gives the value where it is; NULL where the calendar has no such day.
        stored: SQL type of the value.
        pattern: Regular expression that ``matches`` stands on; empty where a list decides.
    """

    expected: str
    matches: str
    value: str
    stored: str
    pattern: str = ""

    def accepts(self, text: str, column: Column) -> bool:
        """Whether ``text``, written by a person as the meaning of a blank, is as expected."""
        if not self.pattern:
            words = column.yes_words + column.no_words if column.type is ColumnType.BOOLEAN else column.allowed
            return text in words
        return re.fullmatch(self.pattern, text, re.ASCII) is not None


def quoted(text: str) -> str:
    """Return an SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """Return an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def plain_number(column: Column, text: str) -> str:
    """Return SQL of the text with a decimal point where the column writes a comma; what mixes the two stays unfit."""
    if column.decimal is None:
        return text
    group = re.escape(column.thousands) if column.thousands else ""
    whole = f"[0-9]{{1,3}}(?:{group}[0-9]{{3}})*" if group else "[0-9]+"
    fits = f"regexp_full_match({text}, {quoted(f'[^0-9.,]*{whole}(?:,[0-9]+)?[^0-9.,]*')})"
    digits = f"replace({text}, {quoted(column.thousands)}, '')" if column.thousands else text
    return f"CASE WHEN {fits} THEN replace({digits}, ',', '.') ELSE concat({text}, '?') END"


def shape_of(column: Column) -> CellShape:
    """Return how the cells of ``column`` are checked and read, with a decimal point in every number."""
    if column.decimal is not None:
        shape = shape_of(column.model_copy(update={"decimal": None, "thousands": None}))
        grouped = f", grouped by {column.thousands!r}" if column.thousands else ""
        return replace(shape, expected=f"{shape.expected}{grouped}, written with a decimal comma")
    kind = column.type
    if kind in (ColumnType.TEXT, ColumnType.ID):
        return _text(column)
    if kind is ColumnType.BOOLEAN:
        yes, no = (", ".join(map(quoted, words)) for words in (column.yes_words, column.no_words))
        words = "one of its words for yes and no"
        return CellShape(words, f"{{v}} IN ({yes}, {no})", f"{{v}} IN ({yes})", "BOOLEAN")
    if kind is ColumnType.DATE:
        return _date(column)
    if kind is ColumnType.INSTANT:
        return _instant(column)
    return _number(column)


def _text(column: Column) -> CellShape:
    if isinstance(column.allowed, tuple) and column.allowed:
        listed = ", ".join(map(quoted, column.allowed))
        words = f"one of the {len(column.allowed)} allowed texts, with the same capitals and no blanks around it"
        return CellShape(words, f"{{v}} IN ({listed})", "{v}", "VARCHAR")
    if column.type is ColumnType.ID:
        pattern = "[!-~](?:[ -~]*[!-~])?"
        return _matching("an identifier of printable ASCII characters, no blanks around it", pattern, "{v}", "VARCHAR")
    edge = r"[^\s\p{Z}\x{feff}]"
    matches = f"regexp_full_match({{v}}, {quoted(f'(?s){edge}(?:.*{edge})?')})"
    return CellShape("text without blanks around it", matches, "{v}", "VARCHAR", r"\S(?:[\s\S]*\S)?")


def _number(column: Column) -> CellShape:
    group = re.escape(column.thousands) if column.thousands else ""
    whole = f"(?:0|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}}){{0,4}})"  # 15 digits, grouped or not
    scale = column.decimals
    fraction = f"(?:\\.[0-9]{{1,{scale}}})?" if scale else ""
    symbol = re.escape(column.symbol) if column.symbol else ""
    stored = f"DECIMAL({DIGITS + scale},{scale})" if scale else "BIGINT"
    digits = "{v}"
    for unwanted in (column.thousands, column.symbol):
        if unwanted:
            digits = f"replace({digits}, {quoted(unwanted)}, '')"
    shape = f"up to {DIGITS} digits" + (f" and at most {scale} decimals" if scale else "")
    if column.thousands:
        shape += ", grouped by commas" if column.thousands == "," else f", grouped by {column.thousands!r}"
    if column.symbol:
        shape += f", after {column.symbol}"
    if column.type is ColumnType.PERCENT:
        return _percent(column, fraction)
    name = {ColumnType.INTEGER: "a whole number", ColumnType.DECIMAL: "a number", ColumnType.MONEY: "an amount"}
    return _matching(
        f"{name[column.type]} of {shape}", f"-?{symbol}{whole}{fraction}", f"TRY_CAST({digits} AS {stored})", stored
    )


def _percent(column: Column, fraction: str) -> CellShape:
    shape = _percent_as_written(column, fraction, "-?" if column.lowest is not None and column.lowest < 0 else "")
    if column.lowest is None and column.highest is None:
        return shape
    low = "0" if column.lowest is None else decimal_text(column.lowest)
    high = "1" if column.highest is None else decimal_text(column.highest)
    return replace(
        shape,
        expected=f"{shape.expected}; as a ratio from {low} to {high}",
        matches=f"{shape.matches} AND ({shape.value}) BETWEEN {low} AND {high}",
    )


def _percent_as_written(column: Column, fraction: str, minus: str) -> CellShape:
    scale = column.decimals
    if column.written is PercentForm.RATIO:
        stored = f"DECIMAL({DIGITS + scale},{scale})"
        value = f"TRY_CAST({{v}} AS {stored})"
        if column.lowest is not None or column.highest is not None:
            words = f"a ratio with at most {scale} decimals, such as 0.932"
            return _matching(words, f"{minus}(?:0|[1-9][0-9]{{0,2}}){fraction}", value, stored)
        zeros = f"(?:\\.0{{1,{scale}}})?" if scale else ""
        words = f"a ratio from 0 to 1 with at most {scale} decimals, such as 0.932"
        return _matching(words, f"(?:0{fraction}|1{zeros})", value, stored)
    stored = f"DECIMAL({DIGITS + scale + 2},{scale + 2})"
    cast = f"CAST(TRY_CAST({{n}} AS DECIMAL({DIGITS + scale},{scale})) * 0.01 AS {stored})"
    zeros = f"(?:\\.0{{1,{scale}}})?" if scale else ""
    bounded = column.lowest is not None or column.highest is not None
    figure = f"{minus}[0-9]{{1,3}}{fraction}" if bounded else f"(?:0?[0-9]{{1,2}}{fraction}|100{zeros})"
    most = "" if bounded else "; more than 100% only where `highest` says how much"
    if column.written is PercentForm.SIGN:
        words = f"a percentage with its sign and at most {scale} decimals, such as 93.2%{most}"
        return _matching(words, f"{figure} ?%", cast.replace("{n}", "rtrim({v}, ' %')"), stored)
    words = f"a percentage without sign and with at most {scale} decimals, such as 93.2; up to 1 it may be a ratio"
    shape = _matching(words + most, figure, cast.replace("{n}", "{v}"), stored)
    # 0 is the same in every convention; above it nothing that could be meant as a ratio is let through.
    return replace(
        shape, matches=f"{shape.matches} AND NOT regexp_full_match(ltrim({{v}}, '-'), {quoted(_RATIO_LIKE)})"
    )


def _date(column: Column) -> CellShape:
    if column.format is None:
        return _matching("a date such as 2027-04-19", _ISO_DATE, "TRY_CAST({v} AS DATE)", "DATE")
    value = f"CAST(try_strptime({_as_english('{v}', column.format)}, {quoted(column.format)}) AS DATE)"
    pattern = _pattern(column.format)
    return _on_its_day(column, _matching(f"a date written {human(column.format)}", pattern, value, "DATE"))


def _instant(column: Column) -> CellShape:
    written = column.zone == "written"
    words = f"a time written {human(column.format)}" if column.format else "a time such as 2027-04-19T16:00:00"
    pattern = (_pattern(column.format) if column.format else _ISO_TIME) + (" ?" + _OFFSET if written else "")
    local = f"rtrim(regexp_replace({{v}}, {quoted(_OFFSET + '$')}, ''))" if written else "{v}"
    parsed = f"TRY_CAST({local} AS TIMESTAMP)"
    if column.format:
        parsed = f"try_strptime({_as_english(local, column.format)}, {quoted(column.format)})"
    value = parsed
    if written:
        words += " with Z or an offset"
        offset = f"regexp_extract({{v}}, {quoted('([+-])([0-9]{2}):?([0-9]{2})$')}, {{g}})"
        parts = [f"TRY_CAST({offset.replace('{g}', str(group))} AS BIGINT)" for group in (2, 3)]
        minutes = f"coalesce({parts[0]} * 60 + {parts[1]}, 0)"
        sign = f"CASE WHEN {offset.replace('{g}', '1')} = '-' THEN -1 ELSE 1 END"
        value = f"make_timestamp(epoch_us({parsed}) - {sign} * {minutes} * 60000000)"
    return _on_its_day(column, _matching(words, pattern, value, "TIMESTAMP"), parsed)


def _pattern(form: str) -> str:
    return format_pattern(form, day_only=not has_hours(form))


def _as_english(value: str, form: str) -> str:
    return english_month_sql(value, quoted) if "%b" in form else value


def _on_its_day(column: Column, shape: CellShape, parsed: str = "") -> CellShape:
    """Return the shape of cells whose weekday, where they have one, is that of the date beside it."""
    if "%a" not in (column.format or "").lower():
        return shape
    day = f"dayname({parsed or shape.value})"
    name = f"left({day}, 3)" if "%a" in (column.format or "") else day
    agrees = f"coalesce(contains({{v}}, {name}), TRUE)"
    return replace(shape, expected=f"{shape.expected}, on its weekday", matches=f"{shape.matches} AND {agrees}")


def _matching(expected: str, pattern: str, value: str, stored: str) -> CellShape:
    return CellShape(expected, f"regexp_full_match({{v}}, {quoted(pattern)})", value, stored, pattern)
