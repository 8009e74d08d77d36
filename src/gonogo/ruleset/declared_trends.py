"""Trends of the vocabulary: what a fact says of another one over a span, with every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final

from gonogo.documents.quantities import Age
from gonogo.documents.scalars import Dotted, choice
from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.trend import Trend, TrendMeasure
from gonogo.text import did_you_mean

UNFIT: Final = "G138"

MeasureLeaf = Annotated[TrendMeasure, choice(TrendMeasure)]


class TrendDocument(Document):
    """What gonogo computes of another fact from its record: by which share its whole shrank, or how it changed."""

    of: Dotted
    measure: MeasureLeaf
    over: Age


def made_trend(document: TrendDocument | None) -> Trend | None:
    """Return the value of a document."""
    return None if document is None else Trend(of=document.of, measure=document.measure, over_s=document.over)


def trend_problems(
    vocabulary: Vocabulary, sheets: Sequence[tuple[CheckedDocument[Document], Sequence[str]]]
) -> Iterator[Problem]:
    """Yield the mistakes of all trends, when every fact is known.

    Args:
        vocabulary: Every declared fact and register.
        sheets: Each file with the names of its facts, in their order.
    """
    known = {fact.name: fact for fact in vocabulary.facts}
    for sheet, names in sheets:
        for index, name in enumerate(names):
            declared = known.get(name)
            if declared is not None and declared.trend is not None:
                yield from _problems(sheet, ("facts", index), declared, declared.trend, vocabulary, known)


def _problems(
    sheet: CheckedDocument[Document],
    place: Loc,
    declared: FactDeclaration,
    trend: Trend,
    vocabulary: Vocabulary,
    known: Mapping[str, FactDeclaration],
) -> Iterator[Problem]:
    of = known.get(trend.of)
    where = (*place, "trend", "of")
    if of is None:
        hint = did_you_mean(trend.of, known, otherwise="declare it under `facts:`")
        yield sheet.problem(where, "G120", f"'{trend.of}' is not a fact of the vocabulary", hint)
        return
    if vocabulary.computed(of.name):
        what = f"'{of.name}' is computed by gonogo, so no source says how it moved"
        yield sheet.problem(where, UNFIT, what, "name the fact that a source answers")
        return
    if trend.measure is TrendMeasure.SHRINK:
        fits, wanted = of.type is FactType.RATIO, "a ratio, whose whole can shrink"
        same, makes = declared.type is FactType.RATIO, "type: ratio"
    else:
        ratio = trend.measure is not TrendMeasure.CHANGE
        fits = of.type.numeric and (ratio or of.type is not FactType.RATIO)
        wanted = "a number" if ratio else "an integer, a decimal or money"
        same = (declared.type, declared.unit) == (of.type, of.unit)
        makes = f"type: {of.type}" + (f"` and `unit: {of.unit}" if of.unit else "")
    if not fits:
        yield sheet.problem(where, UNFIT, f"'{of.name}' has the type {of.type}, and `{trend.measure}` needs {wanted}")
    elif not same:
        what = f"'{declared.name}' is not what `{trend.measure}` of '{of.name}' makes"
        yield sheet.problem((*place, "type"), UNFIT, what, f"declare it with `{makes}`")
    if declared.sample or declared.bound is not None:
        what = f"'{declared.name}' is computed from the record, and is neither a sample nor bound to a build"
        yield sheet.problem((*place, "trend"), UNFIT, what, "remove `sample:` or `bound:` from it")
