"""What a heading lets one expect of its column: an identifier, money, a share, or something about a person.

A heading is a hint, never proof: it decides what is suggested and what is not shown, nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from gonogo.collectors.rows.row_words import STATUS_WORDS
from gonogo.first_week.good_words import ANSWERS, ENDED, GOOD, KINDS, OPEN, height_of, plain_word
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.about_people import THINGS, personal_word, why_about_people
from gonogo.text import PERSONAL_NUMBER, SECRET

_ID_LAST: Final = word_set("id ids identifier no nr num code key ref reference ticket uid guid uei ein duns")
_MONEY: Final = word_set("amount amt cost costs price usd dollars budget balance spend paid payment obligation")
_PERCENT: Final = word_set("percent percentage pct")
_RATIO: Final = word_set("ratio rate share fraction")
_DATE: Final = word_set("date day on due start finish end deadline")
_CATEGORY: Final = word_set(
    """
    status state type category priority severity result outcome phase stage unit region site grade level kind class
    domain side flag required passed completed complete probability impact response environment release wave
    estado tipo resultado prioridad fase zustand typ ergebnis prioritat statut etat priorite resultat
    """
)
_EMAIL: Final = re.compile(r"[^@\s]@[^@\s]")
_FEW: Final = 3
_SECRETS: Final = word_set(
    "token tokens secret secrets password passwords passwd passphrase credential credentials apikey"
)
_SECRET_PAIRS: Final = frozenset({("api", "key"), ("access", "key"), ("private", "key")})
_RESOURCES: Final = frozenset({"resource", "resources"})
"""Money in one plan and people in the next."""
_NAME: Final = re.compile(r"[A-Z][\w'’-]+(?:,? (?:[A-Z]\.? )?)[A-Z][\w'’-]+", re.UNICODE)
_SURNAME: Final = re.compile(r"(?:[A-Z]\. ?)?[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)?(?:,? [A-Z]\.?)?", re.UNICODE)
_TOKEN: Final = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z])[A-Za-z0-9_\-]{20,}")
_CODE: Final = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z_/.-])[A-Za-z0-9_/.-]+|0[0-9]+")
_ACCOUNT: Final = re.compile(r"[a-z]{1,20}\.[a-z]{2,30}[0-9]{0,4}|[A-Za-z0-9-]{2,20}\\[A-Za-z0-9._-]{2,30}")
"""A name of an account by its form: ``ada.kirsch``, ``NIWA\\akirsch``."""
_LOWER: Final = re.compile(r"[a-z]{2,20}[0-9]{0,5}|[a-z][0-9]{3,6}")
_KNOWN: Final = frozenset(
    part for word in (*GOOD, *OPEN, *ENDED, *KINDS, *STATUS_WORDS) for part in ascii_words(word)
) | word_set(
    "not yet with by code peer ready test tests user quality fix will wont high low medium severe urgent major"
)
"""Parts of words for a state or a kind: what has one of them is nobody's name."""
LONGEST_SHOWN: Final = 60


def is_id(heading: str) -> bool:
    """Whether a heading is about an identifier: ``Vendor ID``, ``Case No.``, ``Risk #``."""
    words = ascii_words(heading)
    if "#" in heading or (words and (words[-1] in _ID_LAST or words[0] == "id")):
        return True
    return len(words) > 1 and words[-1] == "number"


def is_code(text: str) -> bool:
    """Whether a text could be an identifier by its looks: one word with a letter or a sign, and a digit."""
    return _CODE.fullmatch(text) is not None


def is_money(heading: str) -> bool:
    """Whether a heading is about money."""
    return "$" in heading or bool(_MONEY & set(ascii_words(heading)))


def is_percent(heading: str) -> bool:
    """Whether a heading says percent."""
    return "%" in heading or bool(_PERCENT & set(ascii_words(heading)))


def is_ratio(heading: str) -> bool:
    """Whether a heading is about a share that may be written from 0 to 1."""
    return bool(_RATIO & set(ascii_words(heading)))


def is_date(heading: str) -> bool:
    """Whether a heading is about a day."""
    return bool(_DATE & set(ascii_words(heading)))


def is_personal(heading: str) -> bool:
    """Whether a heading is about a person: who it is, or how they are reached."""
    return bool(personal_word(heading))


def may_be_secret(heading: str, values: Collection[str]) -> bool:
    """Whether a column holds what opens something: its heading says so, or one of its values looks like it."""
    words = ascii_words(heading)
    if _SECRETS & set(words) or not _SECRET_PAIRS.isdisjoint(pairwise(words)):
        return True
    return any(SECRET.search(value) or _TOKEN.fullmatch(value) for value in values)


def may_quote(heading: str, values: Collection[str]) -> bool:
    """Whether a few texts of a column of a file about people may be quoted as examples.

    Codes and words for a state or a kind may. Anything else a person wrote may name somebody.
    """
    if is_personal(heading):
        return False
    return all(is_code(v) or v.isdigit() or is_state_word(v) or is_kind_word(v) for v in values)


def is_state_word(value: str) -> bool:
    """Whether a word says how something stands, or how grave it is: it is nobody's surname here."""
    word = plain_word(value)
    return (
        word in ANSWERS | STATUS_WORDS or word in GOOD or word in OPEN or word in ENDED or height_of(value) is not None
    )


def is_kind_word(value: str) -> bool:
    """Whether a cell says what kind of thing its row is: ``Risk``, ``Test Case``."""
    return plain_word(value) in KINDS


def names_a_person(word: str) -> bool:
    """Whether a word of a column looks like somebody's name or account, and no list of words knows a part of it.

    Under a heading such as Priority any words are shown, and offices write there who sets it: ``Ada Kirsch``.
    """
    if is_state_word(word) or is_kind_word(word):
        return False
    if _EMAIL.search(word) or _ACCOUNT.fullmatch(word):
        return True
    return _NAME.fullmatch(word) is not None and not _KNOWN & set(ascii_words(word))


def says_a_state(text: str) -> bool:
    """Whether a text has a word for a state, and beside it nothing that is written like a name: ``pending legal``."""
    named = any(part[0].isupper() and not part.isupper() for part in text.split()[1:])
    known = is_state_word(text) or bool(_KNOWN & set(ascii_words(text)))
    return known and not named and not names_a_person(text) and may_show("", [text])


def sayable(word: str) -> str:
    """Return a word of a column as it may be shown: one that looks like a person's name by the start of its digest."""
    return digest_of_word(word) if names_a_person(word) else word


def digest_of_word(word: str) -> str:
    """Return the start of the digest of a word, in place of the word."""
    return f"#{hashlib.sha256(word.encode()).hexdigest()[:8]}"


def may_show(heading: str, values: Collection[str]) -> bool:
    """Whether the few different values of a column may be printed: neither they nor the heading are about a person."""
    words = ascii_words(heading)
    named = words[:-1] if words[-1:] in (["name"], ["names"]) else words
    category = bool(named) and (named[-1] in _CATEGORY or named[-1] in THINGS) and _RESOURCES.isdisjoint(words)
    if is_id(heading) or why_about_people(heading, values) or is_personal(heading.rpartition(".")[0]):
        return False  # what stands inside of a person's record, such as author.state, is about the person too
    if any(len(v) > LONGEST_SHOWN or _EMAIL.search(v) or PERSONAL_NUMBER.search(v) or _TOKEN.search(v) for v in values):
        return False
    if 2 * sum(_ACCOUNT.fullmatch(value) is not None for value in values) > len(values):
        return False
    lower = sum(_LOWER.fullmatch(value) is not None and not is_state_word(value) for value in values)
    if not category and 2 * lower > len(values):  # akirsch, u4711: words in lower case under a heading nobody knows
        return False
    names = sum(_NAME.fullmatch(value) is not None for value in values)
    if len(values) < _FEW and not category and any(_NAME.fullmatch(v) and not is_state_word(v) for v in values):
        return False  # of one or two values each may be a person's
    surnames = sum(
        _SURNAME.fullmatch(value) is not None and not (is_state_word(value) or is_kind_word(value)) for value in values
    )
    return category or (names < max(2, 0.6 * len(values)) and 2 * surnames <= len(values))
