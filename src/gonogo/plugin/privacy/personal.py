"""What of an answer may be recorded when its source holds personal data: numbers, moments and places, no cell of it.

A collector's words may repeat any cell of what it read. So nothing of them is kept but what is known not to come from
there: the binding's own words, counts of rows, and where a person should look. Groups, and people that the register
does not know, are told apart by stand-ins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.model.evidence import Attested, Subject
from gonogo.model.placeholder import is_caveat
from gonogo.plugin.privacy.pseudonyms import Pseudonyms

PERSONAL: Final = "The source holds personal data, so what was found in it is not repeated here"
TEXT: Final = "The source holds personal data, so a text from it counts only if the vocabulary lists it under allowed"
HIDDEN: Final = "(hidden)"
_SHOWN: Final = 5
_NUMBER: Final = r"(?:[A-Z]{1,3})?[0-9]{1,6}"
_PLACE: Final = re.compile(
    rf"(?<![\w-])(?:lines?|rows?|records?|cells?|columns?) {_NUMBER}"
    rf"(?:(?:, | and ){_NUMBER}(?![\w,.-]*[0-9-])(?: more)?)*(?![\w-]|[.,][0-9])"
)
_YAML_PLACE: Final = re.compile(r":([1-9][0-9]{0,5}):[1-9][0-9]{0,3}(?![\w-])")
_PLAIN: Final = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})* (?:rows|activities|members|records|cases)"
    r"|the (?:lowest|highest) of [0-9]{1,6} groups by (?P<ordered>\w+)"
    r"|the groups by (?P<small>\w+) that have fewer than [0-9]{1,6} members(?P<together>)"
    r"|together"
    r"|left out: [0-9]{1,3}(?:,[0-9]{3})* (?:[a-z]+ )+[a-z]+(?: and [0-9]{1,3}(?:,[0-9]{3})* [a-z]+(?: [a-z]+)*)*"
)


@dataclass(frozen=True, slots=True)
class Personal:
    """What is known of one binding without having read its source.

    Attributes:
        pseudonyms: Makes stand-ins.
        files: Names of its inputs, as they may be shown.
        words: Texts of its settings and of the program.
        people: Ids in the people register.
        allowed: Fact to the texts that the vocabulary allows for it.
    """

    pseudonyms: Pseudonyms
    files: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def detail(self, text: str) -> str:
        """Return the detail of a gap: that nothing is repeated, and where to look."""
        places = [match.group() for match in _PLACE.finditer(text)]
        places += [f"line {match[1]}" for match in _YAML_PLACE.finditer(text)]
        shown = "; ".join(list(dict.fromkeys(places))[:_SHOWN])
        return f"{PERSONAL}; look at {shown}." if shown else f"{PERSONAL}."

    def where(self, text: str) -> str:
        """Return the locator of an answer: its files and counts, and a stand-in for the group that it is about."""
        kept = [name for name in self.files if name and name in text]
        for name in sorted(kept, key=len, reverse=True):
            text = text.replace(name, "")
        parts = [part.strip() for part in text.split(", ")]
        plain = [part for part in parts if part and self._is_plain(part)]
        rest = ", ".join(part for part in parts if part and not self._is_plain(part))
        return ", ".join(dict.fromkeys((*kept, *plain, *self._group(rest))))

    def _is_plain(self, part: str) -> bool:
        match = _PLAIN.fullmatch(part)
        if match is not None:
            return all(name in self.words for name in match.groupdict().values() if name)
        sheet = part.removeprefix("sheet ")
        return bool(_PLACE.fullmatch(part)) or part in self.words or (sheet != part and sheet in self.words)

    def _group(self, rest: str) -> list[str]:
        column, blank, key = rest.partition(" ")
        if not blank or column not in self.words:
            return []
        return [f"{column} {key if key in self.words else self.pseudonyms.of(key)}"]

    def attested(self, statement: Attested | None) -> Attested | None:
        """Return who states a fact: people of the register, stand-ins for anybody else, and none of their words."""
        if statement is None:
            return None
        return statement.model_copy(
            update={
                "person": self._person(statement.person),
                "prepared_by": self._person(statement.prepared_by) if statement.prepared_by else None,
                "evidence": HIDDEN if statement.evidence else "",
                "qualified": HIDDEN if is_caveat(statement.qualified) else "",
            }
        )

    def _person(self, person: str) -> str:
        return person if person in self.people else self.pseudonyms.of(person)

    def subject(self, found: Subject | None) -> Subject | None:
        """Return what a document says that it is about; what the program does not name stays a subject, unnamed."""
        if found is None:
            return None
        named = found.document()
        return Subject(**{key: value if value in self.words else HIDDEN for key, value in named.items()})

    def may_say(self, fact: str, value: str) -> bool:
        """Return whether a text may be recorded as the value of a fact."""
        return value in self.allowed.get(fact, frozenset())


def texts_of(document: Any) -> frozenset[str]:
    """Return every text in a document, keys included."""
    found: set[str] = set()
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.add(part)
        elif isinstance(part, Mapping):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, (list, tuple)):
            waiting += part
    return frozenset(found)
