"""A condition in words: who reads the report never opens the program file."""

from __future__ import annotations

import pytest

from gonogo.core.condition_words import MOST_PARTS, MOST_WORDS, ColumnWords, operand_words, other_rows, rows_words

COLUMNS = {
    "status": ColumnWords("End to end"),
    "who": ColumnWords("Assigned To", personal=True),
    "opened": ColumnWords("Opened", dated=True),
    "due": ColumnWords("Due", dated=True, given="dated"),
    "amount": ColumnWords("Amount"),
    "signed": ColumnWords("Signed"),
}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('status == "Passed"', "whose 'End to end' is \"Passed\""),
        ('"Passed" == status', "whose 'End to end' is \"Passed\""),
        ('status != "Passed"', "whose 'End to end' is not \"Passed\""),
        ('status in ["A", "B", "C"]', 'whose \'End to end\' is "A", "B" or "C"'),
        ('status not in ["A"]', "whose 'End to end' is not \"A\""),
        ('status not in ["A", "B"]', 'whose \'End to end\' is neither "A" nor "B"'),
        ('status not in ["A", "B", "C"]', 'whose \'End to end\' is none of "A", "B" and "C"'),
        ("signed", "whose 'Signed' is yes"),
        ("not signed", "whose 'Signed' is no"),
        ("signed != true", "whose 'Signed' is no"),
        ("status is blank", "whose 'End to end' is blank"),
        ("status is not blank", "whose 'End to end' is not blank"),
        ("dated", "whose 'Due' is not blank"),
        ("amount < 3", "whose 'Amount' is below 3"),
        ("amount <= 3.5", "whose 'Amount' is at most 3.5"),
        ("amount > 80%", "whose 'Amount' is above 80%"),
        ("1250 <= amount", "whose 'Amount' is at least 1,250"),
        ("due < now", "whose 'Due' is before the assessment"),
        ("due <= go_live", "whose 'Due' is at or before go-live"),
        ("go_live < due", "whose 'Due' is after go-live"),
        ("due >= held", "whose 'Due' is at or after the day of the evidence"),
        ("due < now - 1d", "whose 'Due' is before 1 day before the assessment"),
        ("now - opened > 30d", "for which the time from 'Opened' to the assessment is longer than 30 days"),
        ("now - opened < 12h", "for which the time from 'Opened' to the assessment is shorter than 12 hours"),
        ("amount - 2 * amount > 0", "for which 'Amount' minus (2 times 'Amount') is above 0"),
        ('who == "Jo Doe"', "whose 'Assigned To' is a word that is not shown"),
        ('who not in ["Jo Doe", "Al Roe"]', "whose 'Assigned To' is not one of 2 words that are not shown"),
        (
            'status == "A" and (signed or amount == 1)',
            "whose 'End to end' is \"A\" and (whose 'Signed' is yes or whose 'Amount' is 1)",
        ),
        ("not (signed or amount < 1)", "whose 'Signed' is no and whose 'Amount' is at least 1"),
        ("not (signed and amount < 1)", "whose 'Signed' is no or whose 'Amount' is at least 1"),
        ("status ==", "for which a condition holds that this gonogo cannot read"),
    ],
)
def test_a_condition_is_said_in_words(condition, words):
    """As a manager would say it, and with what it means."""
    assert rows_words(condition, COLUMNS) == words


@pytest.mark.parametrize(("number", "end"), [(MOST_WORDS, '"w7"'), (MOST_WORDS + 1, "or one of 1 more")])
def test_words_beyond_the_most_are_counted(number, end):
    """A list that ends in silence would look like a shorter one."""
    listed = ", ".join(f'"w{each}"' for each in range(number))

    assert rows_words(f"status in [{listed}]", COLUMNS).endswith(end)


@pytest.mark.parametrize(
    ("number", "end"),
    [(MOST_PARTS, "above 7"), (MOST_PARTS + 1, "(and 1 more condition)"), (MOST_PARTS + 2, "(and 2 more conditions)")],
)
def test_conditions_beyond_the_most_are_counted(number, end):
    """What is left out decides the figure too."""
    assert rows_words(" and ".join(f"amount > {each}" for each in range(number)), COLUMNS).endswith(end)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('status != "Retired"', "whose 'End to end' is \"Retired\""),
        ('status not in ["Retired", "Old"]', 'whose \'End to end\' is "Retired" or "Old"'),
        ('status == "Live"', ""),
        ('status != "Retired" and signed', ""),
        ("status !=", ""),
    ],
)
def test_rows_that_are_left_out_are_said_by_those(condition, words):
    """*All rows but those* is read at once."""
    assert other_rows(condition, COLUMNS) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("amount", "'Amount'"),
        ("go_live - due", "the time from 'Due' to go-live"),
        ("-amount", "minus 'Amount'"),
        ("amount +", "a value that this gonogo cannot read"),
    ],
)
def test_a_value_is_said_in_words(value, words):
    """A sum is of something."""
    assert operand_words(value, COLUMNS) == words
