"""A word of which nobody has said what it means is a gap that names it, and only where it would change the fact."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

COLUMNS: dict[str, Any] = {
    "k": {"header": "Key", "type": "id"},
    "p": {"header": "Priority", "type": "text", "allowed": ["High", "Low"]},
    "s": {"header": "Status", "type": "text", "allowed": "any", "known": ["Done", "Closed", "Open"], "optional": True},
}
ENDED = '["Done", "Closed"]'


def settings(*facts: dict[str, Any], known: Any = None) -> dict[str, Any]:
    columns = COLUMNS if known is None else {**COLUMNS, "s": {**COLUMNS["s"], "known": known}}
    named = {f"f{number}": fact for number, fact in enumerate(facts)}
    return {"tables": {"t": {"unique": ["k"], "columns": columns}}, "facts": named}


def ask(collect: Any, fact: dict[str, Any], *rows: str, known: Any = None) -> Any:
    data = {"f.csv": "\n".join(("Key,Priority,Status", *rows, "")).encode()}
    return collect(data, settings(fact, known=known))["f0"]


def count(where: str) -> dict[str, Any]:
    return {"count": {"where": where}, "unit": "defects"}


OPEN = count(f"s not in {ENDED}")
SQL = {
    "sql": "SELECT count(*) AS value FROM t WHERE s NOT IN ('Done', 'Closed')",
    "inputs": ["t"],
    "type": "integer",
    "unit": "defects",
}
ROWS = ("D-1,High,Done", "D-2,High,Cerrada", "D-3,Low,Open", "D-4,Low,Listo", "D-5,Low,Cerrada")


@pytest.mark.parametrize(
    "fact",
    [
        OPEN,
        count(f"s in {ENDED}"),
        {"share": {"where": f"s in {ENDED}"}},
        {"share": {"where": f"s not in {ENDED}"}},
        {"share": {"where": 'p == "Low"', "among": f"s not in {ENDED}"}},
        {"none": {"where": f"s not in {ENDED}"}},
        SQL,
    ],
)
def test_a_word_that_nobody_has_explained_is_a_gap_that_names_it(collect, fact):
    """As open it is a number that may not be true; as done it may be a better one."""
    answer = ask(collect, fact, *ROWS)

    assert (answer.value, answer.part, answer.gap) == (None, None, GapReason.MISSING)
    assert answer.detail == (
        "f.csv: nobody has said what 'Cerrada' or 'Listo' means in column 'Status' (line 3, 5, 6); say it under "
        "answers: of the profile, or under known: of the column"
    )
    assert answer.told.startswith("f.csv: nobody has said what a word means in column 'Status' (line 3, 5, 6)")


@pytest.mark.parametrize(
    ("where", "value"),
    [(f'p == "High" and s not in {ENDED}', 0), (f'p == "Low" or s in {ENDED}', 2), ('p == "Low"', 1)],
)
def test_a_row_that_counts_or_not_whatever_the_word_means_stops_nothing(collect, where, value):
    """A stop for a word that changes no number is a stop for something that does not matter."""
    answer = ask(collect, count(where), "D-1,High,Done", "D-3,Low,Listo")

    assert answer.gap is None, answer.detail
    assert answer.value == value


def test_a_word_that_the_lists_say_counts_as_they_say(collect):
    assert ask(collect, OPEN, "D-1,High,Done", "D-2,High,Open").value == 1
    assert ask(collect, OPEN, *ROWS, known=["Done", "Closed", "Open", "Cerrada", "Listo"]).value == 4
    assert ask(collect, SQL, "D-1,High,Done", "D-2,High,Open").value == 1


def test_where_every_word_is_known_none_is_none(collect):
    """With ``allowed: any`` alone a word that no row holds may be called otherwise; here no word is unexplained."""
    assert ask(collect, count(f"s in {ENDED}"), "D-1,High,Open").value == 0
    assert ask(collect, count(f"s in {ENDED}"), "D-1,High,Open", known=[]).gap is GapReason.NOT_PROVABLE


@pytest.mark.parametrize("word", ["done", "Done ", "DONE", "D\u043ene"])
def test_another_spelling_of_a_word_is_not_that_word(collect, word):
    assert ask(collect, OPEN, f'D-1,High,"{word}"').gap is not None


def test_a_blank_cell_is_a_blank_cell(collect):
    """It is no word, and has a sentence of its own."""
    assert "because a cell that is needed is blank" in ask(collect, OPEN, "D-1,High,").detail


def test_more_words_than_fit_a_sentence_are_counted(collect):
    answer = ask(collect, OPEN, *(f"D-{number},High,Word {number}" for number in range(1, 8)))

    assert "'Word 1' or 'Word 2' or 'Word 3' or 'Word 4' or 3 other words means" in answer.detail
    assert "and 4 more)" in answer.detail


@pytest.mark.parametrize(
    "column",
    [
        {"header": "Status", "type": "text", "allowed": ["Done"], "known": ["Done"]},
        {"header": "Status", "type": "text", "known": ["Done"]},
        {"header": "Status", "type": "integer", "known": ["Done"]},
    ],
)
def test_known_is_for_texts_that_take_any_word(column):
    said = settings(count('p == "High"'))
    said["tables"]["t"]["columns"] = {**COLUMNS, "s": column}

    with pytest.raises(SettingsRefusal) as refused:
        plan(TableSettings.model_validate(said, strict=False))
    assert "known" in str(refused.value)
