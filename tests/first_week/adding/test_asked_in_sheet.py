"""Questions in a sheet: who does not write settings is sent to a row, or told that none settles it."""

from __future__ import annotations

import pytest

from gonogo.first_week.adding.asked_in_sheet import NO_ROW, in_sheet

BUILD = "Which build was tested? The grid does not say it; say it under subject."
RELEASE = "Does it name other releases? Then the facts are gaps until subject says which rows count."
WORDS = "Column Status: what does Waiting mean: final or pending? Say it under answers."

_NAMES = "column Place: names 2 environments (SIT, UAT); "
PLACES = (
    f"{_NAMES}say which rows count, subject: {{place: {{kind: environment, counts: [...]}}}}, or why it does not "
    "matter, not_subject: {Place: reason}"
)
_DOUBT = "no key tells every row apart as an item of its own, so one item could count twice; "
NO_KEY = (
    f"{_DOUBT}name the columns that do (unique: [...]), or say in words what one row is (one_row: ...); call tells "
    "every row apart: unique: [call], if it names what a row is"
)
TWO_KEYS = (
    "id is taken for the key, and call would tell the rows apart as well; say another one under unique: if it names "
    "what one row is"
)


@pytest.mark.parametrize(
    ("question", "tags", "asked"),
    [
        (
            NO_KEY,
            {"key"},
            f"{_DOUBT}choose in the row `key` the column, or the two, that do; call tells every row apart: choose it "
            "in the row `key`, if it names what a row is",
        ),
        (NO_KEY, {"fact"}, f"{NO_KEY}. {NO_ROW}"),
        (
            TWO_KEYS,
            {"key"},
            "id is taken for the key, and call would tell the rows apart as well; choose another one in the row `key` "
            "if it names what one row is",
        ),
        (BUILD, {"of build"}, "Which build was tested? The grid does not say it; the row `of build` says it."),
        (BUILD, {"which rows"}, f"{BUILD} {NO_ROW}"),
        (
            "path: add `plan:` with the CSV of planned cases; without it nobody knows what was not run",
            {"held"},
            "It says what ran, and no list of the planned cases is bound with it, so nobody knows what was not run. It "
            "answers nothing until the person who keeps gonogo.yaml binds such a list.",
        ),
        (
            RELEASE,
            {"which rows"},
            "Does it name other releases? Then the facts are gaps until the row `which rows` says which rows count.",
        ),
        (PLACES, {"which rows"}, f"{_NAMES}say in the row `which rows` which rows count, or that every row does"),
        (PLACES, {"key"}, f"{PLACES}. {NO_ROW}"),
        (RELEASE, {"of build"}, f"{RELEASE} {NO_ROW}"),
        (WORDS, {"word"}, "Column Status: what does Waiting mean: final or pending? The rows `word` say it."),
        (
            WORDS,
            {"word", "words"},
            "Column Status: what does Waiting mean: final or pending? The rows `word` and `words` say it.",
        ),
        (WORDS, {"fact"}, f"{WORDS} {NO_ROW}"),
        (
            "row 9: struck through; say rows: {struck: left_out}",
            {"fact"},
            f"row 9: struck through; say rows: {{struck: left_out}}. {NO_ROW}",
        ),
        (
            "put all on one sheet, or say other_sheets: {NAME: reason}",
            set(),
            f"put all on one sheet, or say other_sheets: {{NAME: reason}}. {NO_ROW}",
        ),
        ("Is it about cutover, or about ims?", {"group"}, "Is it about cutover, or about ims?"),
        (
            "When did its content hold? Neither its name nor a column says so.",
            {"held"},
            "When did its content hold? Neither its name nor a column says so.",
        ),
    ],
)
def test_a_question_names_the_row_that_answers_it(question: str, tags: set[str], asked: str) -> None:
    """`say it under subject` sent a program office to a file that it does not write."""
    assert in_sheet(question, tags) == asked
