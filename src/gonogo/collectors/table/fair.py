"""Settings that make a fact good by themselves: a condition that every row meets, a blank cell that counts as good.

Pure, over settings. Words for yes and no are judged with their column (:func:`turned_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.steady import always, nobody
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Membership,
    Not,
    Operator,
    ParameterRef,
    Truth,
)
from gonogo.language.requirement import Text as Quoted

_YES: Final = frozenset(["yes", "y", "true", "t", "ja", "si", "sí", "oui", "sim"])
_NO: Final = frozenset(["no", "n", "false", "f", "nein", "non", "não"])

Mistake = tuple[tuple[str, ...], str]


def turned_words(column: Column) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the words of a boolean column, with the setting that says it."""
    yes, no = ({word.strip().casefold() for word in words} for words in (column.yes_words, column.no_words))
    if yes & no:
        yield "yes_words", "a word cannot mean both yes and no"
    for setting, words, turned, meant in (("yes_words", yes, _NO, "no"), ("no_words", no, _YES, "yes")):
        for word in sorted(words & turned):
            yield setting, f"{word!r} means {meant}, whatever the settings say; turn the condition of the fact around"


def unfair(measure: RowMeasure, columns: Mapping[str, Column]) -> Iterator[Mistake]:
    """Yield what makes a fact good whatever the rows hold, with the setting of the fact that does."""
    where, among = measure.where, measure.among
    if among is not None and nobody(among, columns):
        yield (measure.name, "among"), "no row can be among these, by the words that the columns allow"
    elif where is not None:
        outcome = always(where, among, columns)
        if outcome or (outcome is False and not measure.better_by_where):
            rows = "every row that is among" if among else "every row"
            yield (
                (measure.name, "where"),
                f"this is {'true' if outcome else 'false'} of {rows}, by the words that the columns allow, so no "
                "evidence can change it; list under allowed: what else the column may hold, or ask something else",
            )
    if measure.asks_whether:
        texts = [text for text in (where, among) if text]
        for name in sorted({name for text in texts for name in _good_blanks(text, text is among, measure, columns)}):
            yield (
                (measure.name,),
                f"a blank cell of {name} is read as {columns[name].blank!r}, which makes this fact better, and a cell "
                f"that says nothing is not an answer; say why by blank_reason: ... beside blank: of {name}",
            )


def _good_blanks(text: str, among: bool, measure: RowMeasure, columns: Mapping[str, Column]) -> Iterator[str]:
    """Yield the columns whose blank cells a condition takes as good, without a reason."""
    for name, holds in _outcomes(parse_requirement(text).tree, columns, asked=True):
        good = not holds if among or not measure.better_by_where else holds
        if good and columns[name].blank_reason is None:
            yield name


def _outcomes(node: Condition, columns: Mapping[str, Column], *, asked: bool) -> Iterator[tuple[str, bool]]:
    """Yield each column whose blank cells mean a word, and whether one helps the condition to be true."""
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _outcomes(part, columns, asked=asked)
    elif isinstance(node, Not):
        yield from _outcomes(node.part, columns, asked=not asked)
    elif isinstance(node, Membership):
        yield from _outcome(node.operand, list(node.choices), columns, asked)
    elif isinstance(node, Comparison) and node.operator in (Operator.EQ, Operator.NE):
        same = asked is (node.operator is Operator.EQ)
        yield from _outcome(node.left, [node.right], columns, same)
        yield from _outcome(node.right, [node.left], columns, same)


def _outcome(
    node: object, choices: list[object], columns: Mapping[str, Column], asked: bool
) -> Iterator[tuple[str, bool]]:
    column = columns.get(node.name) if isinstance(node, ParameterRef) else None
    words = [choice.value for choice in choices if isinstance(choice, (Quoted, Truth))]
    if not isinstance(node, ParameterRef) or column is None or column.blank is None or not words:
        return
    means: object = column.blank in column.yes_words if column.type is ColumnType.BOOLEAN else column.blank
    yield node.name, (means in words) is asked
