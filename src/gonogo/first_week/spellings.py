"""One word in several spellings: other capitals, blanks around it, signs that nobody sees, another form of a letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from gonogo.first_week.prose import plain
from gonogo.text import listed


def as_one(word: str) -> str:
    """Return a word as words are compared: no spelling of it differs for a person who reads it."""
    if not word.isascii():
        composed = unicodedata.normalize("NFKC", word)
        word = unicodedata.normalize("NFC", "".join(char for char in composed if unicodedata.category(char) != "Cf"))
    return " ".join(word.split()).casefold()


def by_word(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the spellings of each word, each once and in their order, by the first one that a condition can name."""
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        found.setdefault(as_one(word), []).append(word)
    return {next((each for each in spelt if writable(each)), spelt[0]): spelt for spelt in found.values()}


def writable(word: str) -> bool:
    """Whether a condition can name a word: it has no sign that nobody sees, and no blank that counts as a letter."""
    return word.isprintable()


def unwritable(word: str) -> str:
    """Return why a word cannot be given a meaning, and what to do."""
    shown = plain(word, most=60)
    return f"no condition can name `{shown}`, which has a sign that nobody sees; write it anew in the file"


def spelt_words(spellings: Sequence[str]) -> str:
    """Return how a word is written: in several ways, and in such that nothing reads as it is meant."""
    unseen = [word for word in spellings if not writable(word)]
    padded = [word for word in spellings if writable(word) and word != word.strip()]
    good = len(spellings) - len(unseen) - len(padded)
    said = f", written in {good} ways that count as one word" if good > 1 else ""
    if unseen:
        said += f"; {_shown(unseen)} has a sign that nobody sees, and counts as the worse until the file is corrected"
    if padded:
        said += f"; {_shown(padded)} has a blank beside it, so the column is not read until the file is corrected"
    return said


def _shown(words: Sequence[str]) -> str:
    return listed([f"`{plain(word, most=40)}`" for word in words], most=3)
