"""What a person says of rows that may be no items: they are left out, or each of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gonogo.first_week.drafts.rows_in_question import rows_in_question
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import plain


def said_rows(
    mapping: TableMapping, said: Iterable[tuple[str, str, str]], guessed: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what becomes of such rows, as ``rows:`` writes it. Of a kind that is left blank nobody knows it.

    Args:
        mapping: Of the table.
        said: What each answer is about, the answer, and where it stands.
        guessed: What becomes of the kinds that nobody was asked about.

    Raises:
        WrongAnswerInSheet: An answer is none of those that are offered.
    """
    found = dict(guessed)
    asked = {each.words.about: each for each in rows_in_question(mapping)}
    for about, answer, place in said:
        if (each := asked.get(about)) is None:
            continue
        if answer and answer not in each.offered:
            raise WrongAnswerInSheet(f"{place}: `{plain(answer, most=60)}` is no answer; choose one of the list")
        found.pop(each.kind, None)
        if (rule := each.said(answer)) is not None:
            found[each.kind] = rule
    return found
