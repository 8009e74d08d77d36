"""Declarative facts as SQL over one table, and their results as answers.

Every measure is made of rows with five parts: whether a row is *among* those that are asked about, whether it *holds*
(satisfies ``where``), its value, its group, and the thing it speaks for. A row of which one of these is unknown,
because a cell is blank, makes the whole fact a gap: dropping it could only make the answer better.
"""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.no_item import left_out_words
from gonogo.collectors.table.absent import refuse_absent
from gonogo.collectors.table.asked_rows import AskedRows, RowsInDatabase
from gonogo.collectors.table.counted_words import words_counted
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.fact_measures import MeanOf, OnlyOf, RowMeasure, ShareOf, TruthMeasure, ValueMeasure
from gonogo.collectors.table.fact_type import is_duration
from gonogo.collectors.table.group import Group, chosen
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.moments import oldest, to_instant
from gonogo.collectors.table.no_answer import refuse_no_answers, refuse_unnamed
from gonogo.collectors.table.parts import Rows, rows_parts
from gonogo.collectors.table.promised_facts import Planned
from gonogo.collectors.table.reads import columns_read, heading_of
from gonogo.collectors.table.spoilt import refuse_spoilt
from gonogo.collectors.table.unknown_words import refuse_unknown_words
from gonogo.collectors.table.where import columns_of
from gonogo.model.canonical import MAX_INTEGER, fraction_text
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType, Value
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Answer, Job
from gonogo.text import listed

if TYPE_CHECKING:
    import duckdb

_UNITS: Final = {"days": 86_400_000_000, "calendar days": 86_400_000_000, "hours": 3_600_000_000}
_BY: Final = 3
"""So many columns are named by which rows are not asked about."""


def answer_rows(
    connection: duckdb.DuckDBPyConnection, planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job
) -> Answer:
    """Return the answer for one declarative fact.

    Raises:
        CollectorRefusal: A row is unknown, there is nothing to answer from, or a number is beyond what facts hold.
        duckdb.Error: Arithmetic overflowed.
    """
    rows = rows_parts(connection, planned, measure, loaded, job)
    _refuse_unknown(connection, planned, rows, loaded)
    refuse_unnamed(connection, measure, loaded, rows)
    refuse_absent(connection, measure, loaded)
    refuse_no_answers(connection, measure, loaded, rows, job)
    refuse_unknown_words(connection, measure, loaded, rows, job)
    asked = RowsInDatabase(connection, rows, loaded)
    answer = answer_asked(asked, planned, measure, loaded, job)
    which = f"({rows.among}) AND ({rows.holds})" if isinstance(measure, (OnlyOf, ValueMeasure)) else rows.among
    first = oldest(connection, loaded.name, loaded.dated_by, which, loaded.as_of, job.time_zone)
    return replace(answer, rows_from=first)


def answer_asked(rows: AskedRows, planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job) -> Answer:
    """Return the answer for one declarative fact by the rows that it asks about, none of which is unknown.

    Raises:
        CollectorRefusal: There is nothing to answer from, or a number is beyond what facts hold.
    """
    answer = _answer_of(rows, planned, measure, loaded, job)
    return replace(answer, where=answer.where + words_counted(planned.local.name, measure, loaded.table))


def _answer_of(rows: AskedRows, planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job) -> Answer:
    if isinstance(measure, OnlyOf):
        return _only(rows, planned, loaded, job)
    if isinstance(measure, TruthMeasure):
        return _naming(_whether(rows, planned, measure, loaded), rows, planned, measure)
    groups = rows.groups(measure, grouped=planned.fact.by is not None)
    group = chosen(groups, planned.fact.by, loaded.table.columns, measure)
    where = loaded.place_words + (f", {group.label}" if group.label else "")
    local = planned.local
    if isinstance(measure, ShareOf):
        part, whole = exact_counts(group.value, group.whole)
        read = _rows_read(planned, measure, whole, loaded.rows)
        where += "" if read is None or measure.weigh else _not_asked(measure, loaded, loaded.rows - whole)
        answer = replace(local.counted(part=part, whole=whole, as_of=loaded.as_of, where=where), rows_read=read)
        return _naming(answer, rows, planned, measure, group.key)
    value = _value(group, measure)
    if value is None:
        raise StructuralFault(
            f"{loaded.source.place}: no row satisfies where, so there is no {measure.name}", GapReason.MISSING
        )
    if is_duration(measure, loaded.table):
        value = Fraction(value) / _UNITS[local.unit]
    answer = local.value(fact_value(value, local.type, job.time_zone), as_of=loaded.as_of, where=where)
    return _naming(answer, rows, planned, measure, group.key)


def _naming(
    answer: Answer, rows: AskedRows, planned: Planned, measure: RowMeasure, group: object | None = None
) -> Answer:
    """Return the answer with the keys of what counts against it, where rows have keys and no group hides people."""
    by = planned.fact.by
    if not measure.against or (by is not None and (by.min_group > 1 or group is None)):
        return answer
    found = rows.against(measure, group)
    return answer if found is None else answer.naming(*found)


def _rows_read(planned: Planned, measure: ShareOf, whole: int, rows: int) -> int | None:
    """Return how many rows were read, where the whole counts others; None where it counts things, or one group."""
    if whole == rows or measure.per is not None or planned.fact.by is not None:
        return None
    return rows if measure.weigh is None or whole > rows else None


def _not_asked(measure: RowMeasure, loaded: LoadedTable, rows: int) -> str:
    """Return how many rows a measure does not ask about and by which columns, as the end of a place."""
    if not measure.among or not rows:
        return ""
    columns = loaded.table.columns
    by = listed([repr(heading_of(loaded.table, name)) for name in columns_of(measure.among, columns)], most=_BY)
    return f", {rows:,} {'is' if rows == 1 else 'are'} not asked about by {by}"


def fact_value(value: Any, kind: FactType, time_zone: str) -> Value:
    """Return a value of the database as a value of a fact.

    Raises:
        CollectorRefusal: It is of another type, or beyond what facts hold.
    """
    if kind is FactType.INSTANT and hasattr(value, "year"):
        return to_instant(value, time_zone)
    if kind is FactType.BOOLEAN and isinstance(value, bool):
        return value
    if kind is FactType.TEXT and isinstance(value, str) and 1 <= len(value) <= 2000:
        return value
    if kind.numeric and not isinstance(value, bool) and isinstance(value, (int, Decimal, Fraction)):
        return _number(Fraction(value), kind)
    raise StructuralFault(f"the answer is not a {kind}", GapReason.WRONG_TYPE)


def _number(value: Fraction, kind: FactType) -> Value:
    if kind is FactType.INTEGER:
        if value.denominator != 1:
            raise StructuralFault("the answer is not a whole number", GapReason.WRONG_TYPE)
        if abs(value) > MAX_INTEGER:
            raise StructuralFault("the answer is beyond 2**53 - 1", GapReason.OUT_OF_RANGE)
        return value.numerator
    if abs(value) >= 10**18:
        raise StructuralFault("the answer has more than 18 digits before the point", GapReason.OUT_OF_RANGE)
    return Decimal(fraction_text(value))


def exact_counts(part: Any, whole: Any) -> tuple[int, int]:
    """Return part and whole as whole numbers, both multiplied by as much as it takes.

    Raises:
        CollectorRefusal: One is negative, not a number, or too large.
    """
    if isinstance(part, bool) or isinstance(whole, bool):
        raise StructuralFault("part and whole are numbers", GapReason.WRONG_TYPE)
    if not isinstance(part, (int, Decimal)) or not isinstance(whole, (int, Decimal)):
        raise StructuralFault("part and whole are numbers; cast them to INTEGER or DECIMAL", GapReason.WRONG_TYPE)
    first, second = Fraction(part), Fraction(whole)
    common = math.lcm(first.denominator, second.denominator)
    numbers = [(entry * common).numerator for entry in (first, second)]
    if min(numbers) < 0:
        raise StructuralFault("part or whole is negative, so there is no share", GapReason.OUT_OF_RANGE)
    if max(numbers) > MAX_INTEGER:
        divisor = math.gcd(*numbers)
        numbers = [number // divisor for number in numbers]
    if max(numbers) > MAX_INTEGER:
        raise StructuralFault("part or whole is beyond 2**53 - 1", GapReason.OUT_OF_RANGE)
    return numbers[0], numbers[1]


def _refuse_unknown(connection: duckdb.DuckDBPyConnection, planned: Planned, rows: Rows, loaded: LoadedTable) -> None:
    if not rows.unknown:
        return
    read = columns_read(planned.fact, planned.measure, loaded.table.columns)
    refuse_spoilt(connection, loaded.name, loaded.source.place, loaded.spoilt, read, rows.unknown)
    found = rows_of(
        connection,
        f"SELECT rowid, count(*) OVER () FROM {named(loaded.name)} WHERE {rows.unknown} ORDER BY rowid LIMIT {SHOWN}",
    )
    if found:
        source = loaded.source
        shown = first_few([str(source.number(index)) for index, _ in found], found[0][1])
        raise StructuralFault(
            f"{source.place}: nobody can tell whether {source.row_word} {shown} counts, because a cell that is needed "
            f"is blank{_blank_in(connection, rows, loaded, read)}; say in the settings what a blank means (blank: or "
            "given:)",
            GapReason.MISSING,
        )


def _blank_in(connection: duckdb.DuckDBPyConnection, rows: Rows, loaded: LoadedTable, read: frozenset[str]) -> str:
    """Return under which headings a cell is blank of a row of which nobody can tell whether it counts."""
    asked = [name for name, column in loaded.table.columns.items() if name in read and column.may_be_blank]
    if not asked:
        return ""
    counts = ", ".join(f"count(*) FILTER (WHERE {named(name)} IS NULL)" for name in asked)
    found = row_of(connection, f"SELECT {counts} FROM {named(loaded.name)} WHERE {rows.unknown}")
    headings = [repr(heading_of(loaded.table, name)) for name, count in zip(asked, found, strict=True) if count]
    return f" under {' or '.join(headings)}" if headings else ""


def _value(group: Group, measure: RowMeasure) -> Any:
    if isinstance(measure, MeanOf):
        return None if not group.whole else Fraction(group.value) / group.whole
    return group.value


def _whether(rows: AskedRows, planned: Planned, measure: TruthMeasure, loaded: LoadedTable) -> Answer:
    members, holding = rows.tally()
    if not members:
        raise StructuralFault(
            f"{loaded.source.place}: no row is among those that are asked about, which proves nothing",
            GapReason.MISSING,
        )
    where = f"{loaded.source.place}, {members:,} rows{left_out_words(loaded.source.left_out)}"
    where += _not_asked(measure, loaded, loaded.rows - members)
    return planned.local.value(measure.holds(holding, members), as_of=loaded.as_of, where=where)


def _only(rows: AskedRows, planned: Planned, loaded: LoadedTable, job: Job) -> Answer:
    found = rows.only()
    if len(found) != 1:
        detail = "several values" if found else "no row that satisfies where"
        reason = GapReason.CONFLICT if found else GapReason.MISSING
        raise StructuralFault(f"{loaded.source.place}: there should be one value, and there is {detail}", reason)
    value = fact_value(found[0], planned.local.type, job.time_zone)
    return planned.local.value(value, as_of=loaded.as_of, where=loaded.place_words)
