"""Sentences of a criterion that still name a number or day which a change took out of its condition. Pure.

Limits decide and words do not, so a statement that says *ten percent* beside a limit of 5% misleads the people who
sign. A value counts as named only if it is in no limit of the criterion any more. Small numbers in words count only
after *at most* and the like (*the two sides* is no limit), and *no* and *every* only in what the criterion says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from gonogo.core.thresholds import directions
from gonogo.model.fact import Vocabulary
from gonogo.model.ruleset import Criterion, literal_text


class Changed(Protocol):
    """What was changed of a criterion: a change of rules, or a difference from a lock."""

    @property
    def criterion(self) -> str | None:
        """Id of the criterion."""

    @property
    def part(self) -> str:
        """What of it."""

    @property
    def old(self) -> str:
        """What it was, as people read it."""

    @property
    def new(self) -> str:
        """What it is."""


_PARAMETER: Final = "parameter "
_PARTS: Final = frozenset({"max_age", "held", "open_for", "from", "enforce_from", "requirement"})
_RUNG: Final = re.compile(r" from T-\d+")
_VALUE: Final = re.compile(
    r"(?<![\w.-])(?:(?P<day>\d{4}-\d\d-\d\d)|(?:T-(?P<rung>\d+)|(?P<share>\d+(?:\.\d+)?) ?%"
    r"|(?P<days>\d+) ?(?:d|days?)|(?P<number>\d[\d,]*(?:\.\d+)?))(?![\w%]|\.\d))"
)
_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDED: Final = {
    **dict(enumerate(_ONES)),
    **{20 + 10 * n: word for n, word in enumerate(_TENS)},
    **{20 + 10 * n + m: f"{word}-{_ONES[m]}" for n, word in enumerate(_TENS) for m in range(1, 10)},
    100: "(?:a|one) hundred",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SMALL: Final = 3
_LIMITED: Final = r"(?:at (?:most|least)|(?:more|fewer|less|longer|older) than|up to|within|over|under|beyond|past) "
_NONE: Final = r"\b(?:no|none|nobody|nothing|zero)\b(?!-)"
_ALL: Final = r"(?<!nearly )(?<!almost )(?<!not )\b(?:all|every|everybody|everyone|everything)\b"
_TITLE: Final = "the title"
_STATEMENT: Final = "the statement"
_SAYS_WHAT: Final = (_TITLE, _STATEMENT)
_PERCENT: Final = r"(?: ?%| per ?cent\b)"
_UNIT: Final = r"(?! ?%| per ?cent)"


@dataclass(frozen=True, slots=True)
class Stale:
    """A sentence that names what its condition no longer has.

    Attributes:
        part: What was changed, as the change names it.
        sentence: Which sentence says what, what the limit was, and what it is.
    """

    part: str
    sentence: str


def stale_words(criterion: Criterion, changes: Iterable[Changed], vocabulary: Vocabulary) -> tuple[Stale, ...]:
    """Return what there is to say of each sentence of a criterion that names what a change took out of its condition.

    Args:
        criterion: As it is now.
        changes: What was changed, of any criteria.
        vocabulary: Its facts, with the questions that people are asked.
    """
    kept = _kept(criterion)
    found: dict[tuple[str, str], Stale] = {}
    for change in changes:
        if change.criterion != criterion.id or not (change.part.startswith(_PARAMETER) or change.part in _PARTS):
            continue
        gone = {_key(match): match for match in _VALUE.finditer(_RUNG.sub("", change.old))}
        new = {_key(match) for match in _VALUE.finditer(_RUNG.sub("", change.new))}
        for key, match in gone.items():
            if key in new or key in kept:
                continue
            exact, way = [*_forms(match)], _way(criterion, change.part)
            for where, text in _sentences(criterion, vocabulary):
                forms = [*exact, *_absolute(match, way, where)]
                if not forms:
                    continue
                pattern = re.compile("|".join(forms), re.IGNORECASE)
                if named := pattern.search(text):
                    name = change.part.removeprefix(_PARAMETER)
                    said = f'{where} says "{named[0].strip()}", and {name} was {change.old}, is now {change.new}'
                    found.setdefault((where, name), Stale(change.part, said))
    return tuple(found.values())


def _sentences(criterion: Criterion, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    yield _TITLE, criterion.title
    yield _STATEMENT, criterion.statement
    yield "the remedy", criterion.remedy
    yield from (
        (f"the question of {name}", vocabulary[name].question) for name in criterion.facts if name in vocabulary
    )


def _kept(criterion: Criterion) -> set[tuple[str, str]]:
    values = [
        literal_text(value)
        for each in criterion.parameters
        for value in ([each.constant] if each.constant is not None else [rung.value for rung in each.ladder])
    ]
    return {_key(match) for text in (*values, criterion.require.text) for match in _VALUE.finditer(text)}


def _key(match: re.Match[str]) -> tuple[str, str]:
    kind = match.lastgroup or ""
    return kind, match[kind].replace(",", "")


def _way(criterion: Criterion, part: str) -> int:
    return directions(criterion.require).get(part.removeprefix(_PARAMETER), 0)


def _absolute(match: re.Match[str], way: int, where: str) -> Iterator[str]:
    """Yield *none* for a most of nothing, and *all* for a least of everything, which titles only hint at."""
    kind, text = _key(match)
    if way < 0 and text == "0" and where in _SAYS_WHAT:
        yield _NONE
    if way > 0 and (kind, text) == ("share", "100") and where == _STATEMENT:
        yield _ALL


def _forms(match: re.Match[str]) -> Iterator[str]:
    """Yield how a sentence may name a value: in digits and in words."""
    kind, text = _key(match)
    whole = int(text) if text.isdecimal() else -1
    grouped = f"|{whole:,}" if whole > 999 else ""
    digits = rf"(?<![\w.,-])(?:{re.escape(text)}{grouped})(?![\d,]*\d|\.\d)"
    word = _WORDED.get(whole, "")
    if kind == "share":
        yield digits + _PERCENT
        if word:
            yield rf"\b{word}{_PERCENT}"
        if whole == 10:
            yield r"\bone in ten\b"
        if whole == 50:
            yield r"\bhalf\b"
    elif kind == "day":
        day = date.fromisoformat(text)
        month = _MONTHS[day.month - 1]
        yield digits
        yield from (rf"\b{day.day} {month} {day.year}\b", rf"\b{month} {day.day},? {day.year}\b")
        yield from (rf"\b{day.day} {month}\b(?! \d)", rf"\b{month} {day.day}\b(?!,? \d)")
    elif kind in ("rung", "days"):
        yield rf"\bT-{text}\b" if kind == "rung" else digits + r"[ -]days?\b"
        if word:
            yield rf"\b{word}[ -]days?\b"
        if whole % 7 == 0 and whole:
            weeks = whole // 7
            yield rf"\b(?:{weeks}|{_WORDED.get(weeks, weeks)})[ -]weeks?\b"
    elif whole:
        yield digits + _UNIT
        if word:
            yield rf"\b{_LIMITED if whole <= _SMALL else ''}{word}\b{_UNIT}(?! in ten)"
        if whole == 2:
            yield rf"\b{_LIMITED}twice\b"
