"""Who signs has a name."""

from __future__ import annotations

import pytest

from gonogo.model.signed_name import is_name


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "no", "No.", "NO!", "?", "-", "–", "later", "n/a", "not yet", "yes", "x", "XXX", "12", "#12", "TBD"],
        *["no: two words are wrong", "not confirmed", "rejected", "false", "nein", "nobody yet", "TBD - ask Bob"],
        *["me", "Myself", "the PMO", "PMO", "gonogo", "admin", "team", "System owner"],
    ],
)
def test_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "opening",
    [
        *["no", "not", "nope", "never", "nein", "non", "false", "wrong", "incorrect", "reject", "rejected", "refuse"],
        *["refused", "decline", "declined", "deny", "denied", "disagree", "unconfirmed", "yes", "true", "confirmed"],
        *["approved", "agreed", "fine", "correct"],
    ],
)
def test_an_answer_is_no_name_whatever_follows_it(opening: str) -> None:
    """Somebody answers the question whether it is right, and signs nothing."""
    assert not is_name(f"{opening.capitalize()}, Ada Kirsch")
    assert is_name(f"Ada {opening.capitalize()}")


@pytest.mark.parametrize(
    "text",
    [
        *["Ada Kirsch", "Norbert Yesny", "A. Kirsch", "Kirsch", "Nora No", "李娜", "Ida Falsetti", "ada.kirsch", "J"],
        *["I. Calloway", "Theo"],
    ],
)
def test_name(text: str) -> None:
    assert is_name(text)
