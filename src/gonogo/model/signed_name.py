"""Who signs: one person's name, and what people write in its place and is nobody's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from gonogo.model.bodies import names_a_body
from gonogo.model.look_alike import latin
from gonogo.model.machine_name import only_machine, says_machine
from gonogo.model.person_name import same_name
from gonogo.model.placeholder import has_content, plain_words

_REFUSES: Final = {
    *("no", "not", "nope", "never", "nein", "non", "false", "wrong", "incorrect", "reject", "rejected", "refuse"),
    *("refused", "decline", "declined", "deny", "denied", "disagree", "unconfirmed"),
    *("yes", "true", "confirmed", "approved", "agreed", "fine", "correct"),
}
"""First words of an answer to the question whether it is right. A person called so puts another name first."""
_NOBODYS: Final = {
    *("nobody", "noone", "none", "somebody", "someone", "anybody", "anyone", "everybody", "everyone", "unknown"),
    *("me", "myself", "self", "us", "our", "the", "all", "team", "group", "office", "pmo"),
    *("gonogo", "admin", "administrator", "user", "system", "root", "owner", "manager", "sponsor", "lead"),
}
"""First words of what stands for a person, a role or a program and names none of them."""
_SHARED: Final = ("service account", "shared account", "do not reply")
"""What nobody has alone."""
_BETWEEN: Final = re.compile(r"[;/|\n\r\u2028\u2029+&＆；／]|\b(?:and|und|et al)\b\.?", re.IGNORECASE)
"""What stands between two people."""
_COMMAS: Final = re.compile(r"[,،，、]")
_AFTER_NAME: Final = re.compile(
    r"(?:jr|sr|i{2,3}|iv|v|esq|m\.?d|ph\.?d|pmp|cpa|cissp|mba|ms|ma|msc|jd|j\.d|pe|p\.e|cgfm|fac[- ]?p/?pm)\.?",
    re.IGNORECASE,
)
"""What stands behind a comma and belongs to the name before it."""
MAY_BE_SEVERAL: Final = "may name several people, because a comma stands between its parts"
"""Why a name is none that only those who know the people can tell."""


def _mixes_scripts(word: str) -> bool:
    """Whether a word has Latin letters and letters of another script that look like them."""
    letters = filter(str.isalpha, word)
    foreign = [char for char in letters if latin(char) != char and not unicodedata.name(char, "").startswith("LATIN")]
    return bool(foreign) and any(char.isascii() and char.isalpha() for char in word)


def is_name(text: str, known: Iterable[str] = ()) -> bool:
    """Whether a text can be the name of who signs: ``no``, ``?``, ``later``, ``x`` and ``12`` are nobody's.

    Args:
        text: What was written.
        known: Names of people who are known.
    """
    return not why_no_name(text, known)


def why_no_name(text: str, known: Iterable[str] = ()) -> str:
    """Return why a text is not the name of one person, as what it is; empty where it may be one.

    ``Kirsch, Ada`` may be two people: it is one where somebody of that name is known.

    Args:
        text: What was written.
        known: Names of people who are known.
    """
    words = plain_words(text)
    opening = words.partition(" ")[0]
    if not has_content(text) or re.search(r"[^\W\d_]", words) is None or opening in _REFUSES | _NOBODYS:
        return "is nobody's name"
    split = words.split()
    if says_machine(split) or only_machine(split) or any(f" {each} " in f" {words} " for each in _SHARED):
        return "may be a service or a shared account, and no person"
    if names_a_body(text):
        return "names a group or an office, and no person"
    name = unicodedata.normalize("NFC", text).strip()
    if any(_mixes_scripts(word) for word in name.split()):
        return f"mixes letters of two scripts; it reads {latin(name)!r}"
    if _BETWEEN.search(name):
        return "names several people"
    first, *rest = (part.strip() for part in _COMMAS.split(name))
    rest = [part for part in rest if part and not _AFTER_NAME.fullmatch(part)]
    if first and rest and (len(rest) > 1 or not any(same_name(f"{rest[0]} {first}", each) for each in known)):
        return MAY_BE_SEVERAL
    return ""
