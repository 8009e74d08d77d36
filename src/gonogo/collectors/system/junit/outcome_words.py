"""What the attributes of a case or a suite say of its outcome, beside the marks inside it and the counters.

JUnit XML has no attribute for that, and many producers write one: ``status``, ``result``, ``outcome``, ``success``,
``executed``, ``state``. Whatever is called like an outcome counts, in every namespace and spelling; a value that nobody
knows refuses the report. Other attributes (``file``, ``line``, ``time``, ``id``) are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Final


class StatedOutcome(IntEnum):
    """The classes of outcomes; the smaller is the worse."""

    FAILED = 0
    CUT_OFF = 1
    """It was begun and not finished; a case failed then, and nothing in such a suite is proved."""
    NOT_RUN = 2
    RAN = 3


_WORDS: Final = {
    StatedOutcome.RAN: (
        "run ran passed pass success successful successfully succeeded succeed ok completed complete executed finished "
        "done green fixed true yes passedwithwarnings expected"
    ),
    StatedOutcome.NOT_RUN: (
        "notrun notexecuted norun skipped skip disabled ignored suppressed pending blocked inconclusive undefined "
        "untested todo deferred deselected planned scheduled queued started running inprogress executing notstarted "
        "incomplete notapplicable na n/a none null unknown undetermined xfail xfailed expectedfailure "
        "quarantined excluded"
    ),
    StatedOutcome.FAILED: (
        "failed fail failure failures failing error errors errored broken warning warned warn unstable regression ko "
        "nok notok notpassed unsuccessful red bad false no xpass xpassed unexpectedpass unexpected flaky "
        "exception fatal"
    ),
    StatedOutcome.CUT_OFF: (
        "aborted abort cancelled canceled interrupted stopped terminated killed crashed crash timeout timedout"
    ),
}
_MEANING: Final = {word: said for said, words in _WORDS.items() for word in words.split()}
_WORD_NAMES: Final = frozenset(
    "status result outcome state verdict conclusion disposition evaluation execution".split()  # noqa: SIM905
)
"""Attributes whose value is a word."""
_LOOSE: Final = frozenset({"evaluation", "execution", "run"})
"""Attributes that hold an outcome, or the name or number of something; what nobody knows says nothing there."""
_TRUTHS: Final = {
    name: (true, false)
    for names, true, false in (
        ("success successful succeeded passed pass ok", StatedOutcome.RAN, StatedOutcome.FAILED),
        ("executed ran run completed complete finished", StatedOutcome.RAN, StatedOutcome.NOT_RUN),
        (
            "failed fail failure failures error errors errored broken crashed flaky",
            StatedOutcome.FAILED,
            StatedOutcome.RAN,
        ),
        ("aborted interrupted cancelled canceled timedout", StatedOutcome.CUT_OFF, StatedOutcome.RAN),
        (
            "skipped skip ignored ignore disabled notrun notexecuted pending todo blocked incomplete quarantined",
            StatedOutcome.NOT_RUN,
            StatedOutcome.RAN,
        ),
    )
    for name in names.split()
}
"""Attributes whose value is yes or no, or a count: what is meant when it is so, and when it is not."""
_NAMES: Final = _WORD_NAMES | _TRUTHS.keys()
_BEFORE: Final = re.compile(
    r"is|has|was|num|test|case|run|execution|exec|final|overall"
    r"|xray|zephyr|qtest|testrail|jira|allure|polarion|practitest|squash|azure|alm"
)
"""What habit, or the tool that a result goes to, puts before a name."""
_YES: Final = frozenset({"true", "yes", "y", "t", "on"})
_NO: Final = frozenset({"false", "no", "n", "f", "off", "none", "null", "nil", "-"})
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.0+)?", re.ASCII)
_FIRST_WORD: Final = re.compile(r"\W*(\w+)")
_KEPT: Final = 1024
"""Names of attributes and properties that are kept as they are compared: each case has the same few."""


def stated_of_case(attributes: Mapping[str, str]) -> Iterable[tuple[StatedOutcome, str]]:
    """Yield what each attribute of a case says of its outcome, with the attribute as it is written.

    Raises:
        ValueError: A value is not known; the message is for after the name of the case.
    """
    for written, name, value in _outcomes(attributes):
        known = _word(value) if name in _WORD_NAMES else _truth(name, value)
        if known is None and name in _TRUTHS and _TRUTHS[name][0] is not StatedOutcome.RAN:
            known = _TRUTHS[name][0]  # the reason, or the message
        if known is None and name in _LOOSE:
            continue
        if known is None:
            raise ValueError(f"has {written}={value[:40]!r}, which is not known")
        yield known, f"{written}={value[:40]!r}"


def stated_of_suite(attributes: Mapping[str, str]) -> tuple[StatedOutcome, str] | None:
    """Return the worst that the attributes of a suite say of all of it; its counts are counters and say nothing here.

    Raises:
        ValueError: A value is not known.
    """
    found = []
    for written, name, value in _outcomes(attributes):
        if name in _TRUTHS and _NUMBER.fullmatch(value):
            continue
        known = _word(value) if name in _WORD_NAMES else _truth(name, value)
        if known is None and name in _TRUTHS and _TRUTHS[name][0] is not StatedOutcome.RAN:
            known = _TRUTHS[name][0]
        if known is None and name in _LOOSE:
            continue
        if known is None:
            raise ValueError(f"has {written}={value[:40]!r}, which is not known")
        if known is not StatedOutcome.RAN:
            found.append((known, f"{written}={value[:40]!r}"))
    unproved = [each for each in found if each[0] is not StatedOutcome.FAILED]
    return min(unproved or found, default=None)


def stated_beside_case(properties: Iterable[tuple[str, str]], text: str) -> Iterable[StatedOutcome]:
    """Yield what properties and loose text of a case say against it; there, what nobody knows is no outcome."""
    yield from (known for known, _ in _stated_by(properties))
    first = _FIRST_WORD.match(text)
    known = _MEANING.get(first[1].casefold()) if first else None
    if known is not None and first is not None and len(first[1]) > len("none"):
        yield known


def stated_beside_suite(properties: Iterable[tuple[str, str]]) -> tuple[StatedOutcome, str] | None:
    """Return the worst that the properties of a suite say of all of it; a number there is a count of something."""
    words = ((name, value) for name, value in properties if not _NUMBER.fullmatch(value))
    return min((each for each in _stated_by(words) if each[0] is not StatedOutcome.RAN), default=None)


def _stated_by(properties: Iterable[tuple[str, str]]) -> Iterable[tuple[StatedOutcome, str]]:
    for written, value in properties:
        name = next((name for name in map(_plain, (written, written.rpartition(".")[2])) if name in _NAMES), "")
        known = None if not name or not value else _word(value) if name in _WORD_NAMES else _truth(name, value)
        if known is not None:
            yield known, f"{written[:40]}={value[:40]!r}"


def _outcomes(attributes: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for key, text in attributes.items():
        name = _outcome_name(key)
        if name and (value := text.strip()):
            yield key.rpartition("}")[2], name, value


@lru_cache(maxsize=_KEPT)
def _outcome_name(key: str) -> str:
    """Return the plain name of an attribute that says how something ended; empty for all others."""
    name = _plain(key.rpartition("}")[2])
    return name if name in _NAMES else ""


@lru_cache(maxsize=_KEPT)
def _plain(name: str) -> str:
    """Return a name without what spelling and habit add: ``Test-Status``, ``isFailed``, ``failure_count``."""
    squeezed = re.sub(r"[\W_]", "", name.casefold()).removesuffix("count")
    while squeezed not in _NAMES and (before := _BEFORE.match(squeezed)):
        squeezed = squeezed[before.end() :]
    return squeezed


def _word(value: str) -> StatedOutcome | None:
    return _MEANING.get(re.sub(r"[\s_.-]", "", value.casefold()))


def _truth(name: str, value: str) -> StatedOutcome | None:
    true, false = _TRUTHS[name]
    folded = value.casefold()
    if folded in _YES:
        return true
    if folded in _NO:
        return false
    if _NUMBER.fullmatch(value):
        return true if float(value) else false
    if true is StatedOutcome.RAN and false is StatedOutcome.NOT_RUN and value[0].isdigit():
        return true  # the time at which it ended
    return None
