"""Words that a condition counts on the other side of what they say: *Failed* among the rows that passed.

Where the name of the fact contradicts the word, the settings are refused. Where it does not, the words stand with
the figure, because a reader of the report does not see the condition; *executed* says by itself that some failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.absent import words_of
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.language.expression import parse_requirement
from gonogo.model.counted_too import counts_too


def _listed(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(","))


_FAILED: Final = _listed("""
    failed, fail, failure, error, errored, unsuccessful, not passed, nok, not ok, rejected, denied, disapproved,
    refused, declined, aborted, not approved, not met, fehlgeschlagen, abgelehnt, nicht bestanden
""")
_UNFINISHED: Final = _listed("""
    in progress, in work, to do, todo, not started, not run, no run, not executed, blocked, overdue, unresolved, draft,
    pending, incomplete, not complete, not completed, not done, reopened, re-opened, in review, offen, in arbeit
""")
_NOT_YET_FORMAL: Final = _listed("draft, pending, in review")
"""Words of offices that take a thing as approved before it is signed: who says so is told with the figure."""
_WENT_WELL: Final = _listed("""
    pass, passed, passing, success, successful, approved, accepted, met, validated, verified, signed, certified,
    reconciled, ready, qualified
""")
"""Words of the name of a fact that is about what went well."""
_IS_OVER: Final = _listed("complete, completed, done, resolved, closed, finished, executed")
"""Words of the name of a fact that is about what is over, well or not."""
_TURNS: Final = _listed("not, un, non, no, without, failed, open, rejected, missing, incomplete")
_COUNTS_AGAINST: Final = {
    "open": _listed("open, reopened, re-opened, in progress, unresolved, outstanding, offen"),
    "unresolved": _listed("open, reopened, re-opened, in progress, unresolved, offen"),
    "failed": _listed("failed, fail, not passed, fehlgeschlagen"),
    "failures": _listed("failed, fail, not passed, fehlgeschlagen"),
}
"""A word of the name of a fact that counts what stands against go-live, to the words that it may not leave out."""
_SAYS_BOTH: Final = _listed("executed, run, tested, tried, held, judged, assessed, finished")
"""Words of the name of a fact that say already that it counts what failed too."""
_NAMED: Final = 5


def contradicting_words(
    name: str, measure: RowMeasure, columns: Mapping[str, Column]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the setting and the sentence for the words of a condition that the name of its fact contradicts.

    Args:
        name: Of the fact.
        measure: Of the fact; its conditions can be read.
        columns: Of the table.
    """
    said = _words_of_name(name)
    if measure.where is None:
        return
    if not measure.better_by_where:
        against = frozenset().union(*(_COUNTS_AGAINST.get(word, frozenset()) for word in said))
        told = f"{name} counts what stands against go-live, and leaves out rows whose"
        yield from _found(measure, "where", told, _left_out(measure.where, {}), against)
    elif not said & _TURNS and said & (_WENT_WELL | _IS_OVER):
        wrong = (_FAILED | _UNFINISHED if said & _WENT_WELL else _UNFINISHED) - _NOT_YET_FORMAL
        about = f"{name} is about what is {min(said & (_WENT_WELL | _IS_OVER))}, and"
        yield from _found(measure, "where", f"{about} counts rows whose", _counted(measure.where, columns), wrong)
        if measure.among and said & _WENT_WELL:
            same = {column for column, _ in _counted(measure.where, columns)}
            left = [each for each in _left_out(measure.among, columns) if each[0] in same]
            yield from _found(measure, "among", f"{about} asks about no rows whose", left, _FAILED)


def _found(
    measure: RowMeasure, setting: str, told: str, said: Iterable[tuple[str, str]], wrong: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    first = next(((column, word) for column, word in said if _plain(word) in wrong), None)
    if first is not None:
        yield (
            (measure.name, setting),
            f"{told} {first[0]!r} is {first[1]!r}; ask for the words that the name means, or name the fact otherwise",
        )


def _counted(where: str, columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """Yield each column and word that a condition asks for; over one column also what it does not exclude."""
    return _sides(where, columns, counted=True)


def _left_out(where: str, columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """Yield each column and word that a condition excludes; over one column also what it does not ask for."""
    return _sides(where, columns, counted=False)


def _sides(where: str, columns: Mapping[str, Column], *, counted: bool) -> Iterator[tuple[str, str]]:
    found = list(words_of(parse_requirement(where).tree, asked=True))
    yield from ((column, word) for column, words, asked in found if asked is counted for word in words)
    named = {column for column, _, _ in found}
    if len(named) == 1 and all(asked is not counted for _, _, asked in found):
        (column,) = named
        listed = columns[column].allowed if column in columns else ()
        other = {word for _, words, _ in found for word in words}
        yield from ((column, word) for word in listed if isinstance(listed, tuple) and word not in other)


def words_counted(name: str, measure: RowMeasure, table: Table) -> str:
    """Return, for the end of a place, which words of what failed or is unfinished a measure counts; empty for none.

    Args:
        name: Of the fact; one that says so itself is told nothing.
        measure: Of the fact.
        table: Settings of its table.
    """
    if measure.where is None or not measure.better_by_where or _words_of_name(name) & _SAYS_BOTH:
        return ""
    found = [
        f"{heading_of(table, column)!r} {word!r}"
        for column, words, asked in words_of(parse_requirement(measure.where).tree, asked=True)
        if asked
        for word in words
        if _plain(word) in _FAILED | _UNFINISHED
    ]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return counts_too(f"{', '.join(found[:_NAMED])}{more}") if found else ""


def _words_of_name(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z]+", name.rpartition(".")[2].lower()))


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
