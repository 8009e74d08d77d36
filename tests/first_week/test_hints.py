"""What a heading and the looks of its cells let one expect: here, whether a few of them may be quoted."""

from __future__ import annotations

import pytest

from gonogo.first_week import hints
from gonogo.first_week.hints import may_be_secret, may_quote, may_show


@pytest.mark.parametrize("heading", ["api_key", "Access Key", "API token", "Client secret", "Password", "apiKey"])
def test_a_heading_of_what_opens_something_is_secret(heading: str) -> None:
    """Whatever stands below it."""
    assert may_be_secret(heading, ["x"])


@pytest.mark.parametrize(
    "value", ["see ghp_0123456789abcdefABCDEF01234567 there", "AKIA0123456789ABCDEF", "a1b2c3d4e5f6g7h8i9j0"]
)
def test_one_cell_that_looks_like_a_token_makes_its_column_secret(value: str) -> None:
    """Among others that do not."""
    assert may_be_secret("Notes", ["closed", value])


@pytest.mark.parametrize(
    ("heading", "value"),
    [("Issue key", "HARB-1"), ("Key", "4711"), ("Primary key", "A-1"), ("Accessibility", "yes"), ("Notes", "a1b2c3d4")],
)
def test_a_key_that_names_a_row_opens_nothing(heading: str, value: str) -> None:
    """A register has keys."""
    assert not may_be_secret(heading, [value])


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Issue key", ["HARB-1", "HARB-2"]),
        ("Case No.", ["4711", "4712"]),
        ("Status", ["Open", "Done"]),
    ],
)
def test_codes_and_states_are_quoted(heading: str, values: list[str]) -> None:
    """A person finds the column by them."""
    assert may_quote(heading, values)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Notes", ["ask Zebulon Quackenbush for the key of the second server before go-live at six", "none"]),
        ("Record ID", ["Zebulon Quackenbush"]),
        ("Employee ID", ["4711"]),
        ("Course", ["ask Ian Ott", "GL basics"]),
        ("Done", ["Zebulon Quackenbush", "Wilhelmina Thistlewood", "Zygmunt Brzeczkowski"]),
    ],
)
def test_what_may_name_somebody_is_not_quoted(heading: str, values: list[str]) -> None:
    """Free text is written by people about people."""
    assert not may_quote(heading, values)


@pytest.mark.parametrize(
    ("heading", "shown"),
    [("author.state", False), ("assignees.0.state", False), ("milestone.state", True), ("state", True)],
)
def test_a_word_inside_of_a_persons_record_is_not_shown(heading: str, shown: bool) -> None:
    """A record of JSON has its keys after the person's."""
    assert may_show(heading, ["active", "blocked"]) is shown


@pytest.mark.parametrize(
    ("word", "person"),
    [
        ("Ada Kirsch", True),
        ("Ott, Ian", True),
        ("Ada B. Kirsch", True),
        ("ada.kirsch", True),
        ("NIWA\\akirsch", True),
        ("ask ada@example.gov", True),
        ("In Progress", False),
        ("Code Review", False),
        ("Not Started", False),
        ("Risk Accepted", False),
        ("Verified", False),
        ("P1", False),
        ("Awaiting sign-off", False),
    ],
)
def test_a_word_that_looks_like_a_name_is_shown_as_a_digest(word: str, person: bool) -> None:
    """Under a heading of a state any words are shown, but for those that only a person is called."""
    assert hints.names_a_person(word) is person
    assert (hints.sayable(word) == word) is not person
    assert hints.sayable(word) in (word, hints.digest_of_word(word))
