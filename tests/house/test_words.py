"""The words that `docs/style.md` rules out: they were here once and are not to come back."""

import re
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
STYLE = ROOT / "docs/style.md"  # shows them
SUFFIXES = {".md", ".py", ".sh", ".toml", ".yaml"}
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "pyproject.toml")
FOLDERS = ("src", "docs", "plugins", "rulesets", "tools", "tests", "benchmarks", "examples")
UNREAD = {"build", ".venv", "__pycache__"}
FILES = [ROOT / name for name in PAGES] + sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in SUFFIXES and path not in (STYLE, Path(__file__).resolve()) and not UNREAD & set(path.parts)
)
INSTEAD = {
    "as far as": "where, if, or say the limit",
    "for want of": "without",
    "luxurious": "say what is meant",
    "borne": "accepted, handled",
    "hitherto": "until now",
    "lest": "so that ... not",
    "reckon": "calculate, count",
    "reckoned": "calculated, counted",
    "reckons": "calculates, counts",
    "speaks of": "is about",
    "thereof": "of it",
    "whereby": "by which, so that",
    "whereof": "whose",
    "wherewith": "with which",
    "whosoever": "anyone who",
    "whoever": "anyone who, a person who",
}
DATA = {
    ("src/gonogo/model/placeholder.py", "whoever"),  # what people type where a name belongs
    ("tests/collectors/attestation/test_attestation.py", "as far as"),  # a qualification
}
WORDS = re.compile(rf"\b({'|'.join(INSTEAD)})\b", re.IGNORECASE)


def worst(text: str) -> list[tuple[int, str]]:
    """Return the line and the word of each word that a native engineer would not write."""
    return [
        (number, match[1].lower()) for number, line in enumerate(text.splitlines(), 1) for match in WORDS.finditer(line)
    ]


def test_nothing_reads_like_a_translation():
    """Federal readers expect plain language, and a stilted sentence makes a reader doubt the tool behind it."""
    found = [
        f"{name}:{number}: {word!r}: write {INSTEAD[word]}"
        for path in FILES
        for name in [path.relative_to(ROOT).as_posix()]
        for number, word in worst(path.read_text(encoding="utf-8"))
        if (name, word) not in DATA
    ]

    assert found == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Numbers are reckoned exactly.",
        "Whoever signs holds the seat.",
        "It is refused for want of a date.",
        "Open rows are borne.",
        "It is read as far as it goes.",
    ],
)
def test_a_sentence_with_such_a_word_is_found(sentence):
    """Or the list above could be wrong and nobody would notice."""
    assert len(worst(sentence)) == 1


def test_words_that_only_contain_one_are_free():
    """`test` and `border` are what they are."""
    assert worst("The latest test of the border: unreckonable.") == []


@pytest.mark.parametrize(("name", "word"), sorted(DATA))
def test_every_exception_is_still_needed(name, word):
    """An exception that nothing needs would hide the next sentence."""
    assert word in [found for _, found in worst((ROOT / name).read_text(encoding="utf-8"))]
