"""A placeholder where a condition asks for a word: ``severity == "Critical"`` is not *no* for a defect that says TBD.

A row without an answer must not make a fact better. It does where the condition, taken as unknown for that row, would
have decided: by ``!=`` in a share, by ``==`` in a count. There the fact is a gap that names the rows; where the row
makes the fact worse, or another part of the condition decides, it is judged as it stands. A list under ``allowed`` that
holds the placeholder, or a condition that names it, says what it means. So it is with a word that is asked for and
written another way: ``open`` beside ``Open``, or with a sign that nobody sees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.table.absent import any_word, words_of
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.look_alikes import alike
from gonogo.collectors.table.parts import Rows, scope_of
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.where import condition_sql
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import GapReason
from gonogo.model.placeholder import is_unfilled, plain_words
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Job

if TYPE_CHECKING:
    import duckdb

_LISTED: Final = """
tbd tba tbc tbs na notapplicable notavailable notspecified unknown undetermined undecided undefined unspecified unclear
tobedetermined tobedecided tobedefined tobeconfirmed tobeannounced tobediscussed tofollow xx xxx
nan nat null blank empty leer vide vacio enblanco vuoto vazio leeg пусто 待定 未定
"""
_NO_ANSWERS: Final = frozenset(_LISTED.split())
"""Without blanks and marks. Words such as Open, None, No and Pending are answers of many a column of states."""
LONGEST: Final = 80


def is_no_answer(text: str) -> bool:
    """Return whether a cell holds a placeholder instead of a word: marks only, ``TBD``, ``n/a``, ``Choose an item.``"""
    squeezed = plain_words(text).replace(" ", "")
    return not squeezed or squeezed in _NO_ANSWERS or is_unfilled(text)


def unanswered(texts: Iterable[str], asked: Collection[str]) -> tuple[str, ...]:
    """Return the texts that do not say whether they are one of the words asked for: placeholders, and other spellings.

    Args:
        texts: What the cells of a column hold.
        asked: Words that conditions name.
    """
    spelt = set(map(alike, asked))
    return tuple(text for text in texts if text not in asked and (is_no_answer(text) or alike(text) in spelt))


def refuse_no_answers(
    connection: duckdb.DuckDBPyConnection, measure: RowMeasure, loaded: LoadedTable, rows: Rows, job: Job
) -> None:
    """Refuse a fact that a row without an answer would make better.

    Raises:
        CollectorRefusal: There is such a row; rows are named, and columns.
    """
    among, where = measure.among, measure.where
    no_answers = _no_answers(connection, loaded, [text for text in (among, where) if text])
    if not no_answers:
        return
    scope = replace(scope_of(connection, loaded, job), no_answers=no_answers)
    by_absence = measure.better_by_where
    better = []
    if among:
        inside = f" OR {rows.holds}" if by_absence else ""
        better.append(f"({condition_sql(among, scope)}) IS NULL AND (NOT {rows.among}{inside})")
    if where:
        holds = rows.holds if by_absence else f"NOT {rows.holds}"
        better.append(f"{rows.among} AND ({condition_sql(where, scope)}) IS NULL AND {holds}")
    found = rows_of(
        connection,
        f"SELECT rowid, count(*) OVER () FROM {named(loaded.name)} WHERE {' OR '.join(f'({each})' for each in better)} "
        f"ORDER BY rowid LIMIT {SHOWN}",
    )
    if found:
        source = loaded.source
        shown = first_few([str(source.number(index)) for index, _ in found], found[0][1])
        columns = " or ".join(repr(heading_of(loaded.table, column)) for column in no_answers)
        placeholders = all(is_no_answer(text) for texts in no_answers.values() for text in texts)
        what = "a placeholder such as TBD or N/A" if placeholders else "a placeholder, or a word in another spelling,"
        raise StructuralFault(
            f"{source.place}: column {columns} has {what} in {source.row_word} {shown}, "
            "which is not an answer and would make the fact better; fill it in, name it in the condition, or list it "
            "with the other words by allowed: [...]",
            GapReason.MISSING,
        )


def names_nothing(texts: Iterable[str], loaded: LoadedTable, column: str) -> set[str]:
    """Return the texts of a column of things that name none, such as ``-`` or ``TBD``; a listed word names one."""
    settings = loaded.table.columns[column]
    if settings.type not in (ColumnType.TEXT, ColumnType.ID):
        return set()
    return {text for text in texts if is_no_answer(text)} - (
        {*settings.allowed} if settings.allowed != "any" else set()
    )


def refuse_unnamed(connection: duckdb.DuckDBPyConnection, measure: RowMeasure, loaded: LoadedTable, rows: Rows) -> None:
    """Refuse a fact that counts people or other things where a row names none: ``-`` is no person.

    Raises:
        CollectorRefusal: There is such a row; rows are named, and the column.
    """
    if measure.per is None or loaded.table.columns[measure.per.column].type not in (ColumnType.TEXT, ColumnType.ID):
        return
    cell, table = named(measure.per.column), named(loaded.name)
    short = f"SELECT DISTINCT {cell} FROM {table} WHERE length({cell}) <= {LONGEST} AND {rows.among}"
    empty = sorted(names_nothing((text for (text,) in rows_of(connection, short)), loaded, measure.per.column))
    if empty:
        given = {f"t{number}": text for number, text in enumerate(empty)}
        listed = ", ".join(f"${name}" for name in given)
        found = rows_of(
            connection,
            f"SELECT rowid, count(*) OVER () FROM {table} WHERE {rows.among} AND {cell} IN ({listed}) "
            f"ORDER BY rowid LIMIT {SHOWN}",
            given,
        )
        source = loaded.source
        shown = first_few([str(source.number(index)) for index, _ in found], found[0][1])
        raise StructuralFault(
            f"{source.place}: column {heading_of(loaded.table, measure.per.column)!r} has a placeholder such as - or "
            f"TBD in {source.row_word} {shown}, which names nobody and nothing to count by; fill it in, or list it by "
            "allowed: [...] if it is a name",
            GapReason.MISSING,
        )


def _no_answers(
    connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, texts: list[str]
) -> dict[str, tuple[str, ...]]:
    """Return the placeholders of each column whose words are asked for and that nobody listed or named."""
    asked: dict[str, set[str]] = {}
    for text in texts:
        for column, words, _ in words_of(parse_requirement(text).tree, asked=True):
            asked.setdefault(column, set()).update(words)
    no_answers = {}
    for column, named_words in asked.items():
        if not any_word(loaded.table.columns[column]):
            continue
        cell = named(column)
        short = f"SELECT DISTINCT {cell} FROM {named(loaded.name)} WHERE length({cell}) <= {LONGEST} ORDER BY 1"
        cells = [text for (text,) in rows_of(connection, short)]
        placeholders = unanswered(cells, named_words)
        if placeholders:
            no_answers[column] = placeholders
    return no_answers
