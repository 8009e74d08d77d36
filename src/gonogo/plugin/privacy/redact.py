"""What of a child's words may reach a record: one line, no secret, no machine detail, nothing personal."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, quote_plus

from gonogo.model.open_items import BLANK_KEY, MAX_KEY
from gonogo.plugin.privacy.key_columns import MAIL, TICKET, KeysAbout
from gonogo.plugin.privacy.personal import HIDDEN, PERSONAL, Personal
from gonogo.plugin.privacy.pseudonyms import Pseudonyms
from gonogo.text import PERSONAL_NUMBER, SECRET

_SHORTEST_SECRET: Final = 4
_SHORTEST_LINE: Final = 8
"""Characters from which one line of a secret of several, such as a private key, is hidden by itself."""
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:#-]{0,79}")
"""A key that needs no cleaning; what leaks a secret is refused before."""
_WRITTEN_TO: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
"""A mail address, without the quotes around it."""
_ADDRESS: Final = re.compile(r"\b0x[0-9a-fA-F]+\b")


@dataclass(frozen=True, slots=True)
class Redaction:
    """How one binding's words are cleaned.

    Attributes:
        secrets: Texts that must not appear, the longest first.
        machine: Texts that differ from run to run, such as the scratch folder, and what stands for them.
        personal: What may be shown of a source that is marked as personal data; None for any other.
        builtin: Whether the collector is gonogo's own, whose words name places in a form that is known.
        pseudonyms: Makes stand-ins for keys.
        keys_about: What its keys are about, by the headings of their columns.
        unmarked: Whether a person said, with a reason, that the source names nobody.
    """

    secrets: tuple[str, ...] = ()
    machine: tuple[tuple[str, str], ...] = ()
    personal: Personal | None = None
    builtin: bool = False
    pseudonyms: Pseudonyms = field(default_factory=lambda: Pseudonyms(Path()))
    keys_about: KeysAbout = KeysAbout.UNKNOWN
    unmarked: bool = False

    def detail(self, text: str, *, told: str = "", limit: int = 1000) -> str:
        """Return the detail of a gap or failure, fit for a record; never empty.

        Args:
            text: The collector's sentence.
            told: The same without anything that a cell holds; believed of gonogo's own collectors only.
            limit: Most characters.
        """
        if self.personal is None:
            line = self.line(text, limit=limit)
            if not self.unmarked:  # a cell that is quoted may be about somebody whom the binding does not mark
                line = PERSONAL_NUMBER.sub(HIDDEN, _WRITTEN_TO.sub(HIDDEN, line))
            return line or "It gave no reason."
        if told and told == text and self.builtin:  # nothing of it comes from a cell, so nothing is left out
            return self.line(told, limit=limit)
        if told and self.builtin:
            return f"{self.personal.detail(told).rstrip('.')}: {self.line(told, limit=limit).rstrip('.')}."
        return self.personal.detail(text) if self.builtin else f"{PERSONAL}."

    def where(self, text: str) -> str:
        """Return the locator of an answer, fit for a record."""
        if self.personal is None:
            return self.line(text)
        return self.line(self.personal.where(text)) if self.builtin else ""

    def keys(self, found: Sequence[str]) -> tuple[str, ...]:
        """Return keys of rows, fit for a record: as they are, or stand-ins where they are, or may be, about people.

        Without a place for the key none of those is named: an account without a home can judge all the same.
        """
        made = self.pseudonyms if self.personal is None else self.personal.pseudonyms
        people = {key for key in found if self._is_person(key)}
        named = found if not people or made.ready else [key for key in found if key not in people]
        return tuple(made.of(key) if key in people else self._key(key) for key in named)

    def _is_person(self, key: str) -> bool:
        """Whether a key may be about somebody: by the source's marking, the heading of its column, and its own look."""
        if self.personal is not None:
            return self.keys_about is not KeysAbout.THINGS or not TICKET.fullmatch(key)
        return not self.unmarked and (self.keys_about is KeysAbout.PEOPLE or MAIL.search(key) is not None)

    def _key(self, key: str) -> str:
        return key if _KEY.fullmatch(key) and not SECRET.search(key) else self.line(key, limit=MAX_KEY) or BLANK_KEY

    def line(self, text: str, *, limit: int = 1000) -> str:
        """Return ``text`` as one printable line without secrets or machine details."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        text = SECRET.sub(HIDDEN, self._without_cut_secret(text))
        for found, stand_in in self.machine:
            text = text.replace(found, stand_in)
        text = _ADDRESS.sub("0x…", text)
        text = "".join(" " if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp") else mark for mark in text)
        text = " ".join(text.split())
        return text if len(text) <= limit else text[: limit - 1] + "…"

    def _without_cut_secret(self, text: str) -> str:
        """Hide the beginning of a secret at the end of a text that was cut to its length."""
        for secret in self.secrets:
            for length in range(min(len(secret) - 1, len(text)), _SHORTEST_SECRET - 1, -1):
                if text.endswith(secret[:length]):
                    return text[:-length] + HIDDEN
        return text

    def leaks(self, text: str) -> bool:
        """Return whether a value holds a secret."""
        return any(secret in text for secret in self.secrets)


def redaction_of(
    env: Mapping[str, str],
    *,
    machine: Iterable[tuple[str, str]] = (),
    personal: Personal | None = None,
    builtin: bool = False,
    pseudonyms: Pseudonyms | None = None,
    keys_about: KeysAbout = KeysAbout.UNKNOWN,
    unmarked: bool = False,
) -> Redaction:
    """Return the redaction for a child that was given ``env``: each value in every form that it commonly takes."""
    secrets: set[str] = set()
    for value in env.values():
        lines = [line.strip() for line in value.splitlines()] if "\n" in value else []
        for part in (value, value.strip(), *(line for line in lines if len(line) >= _SHORTEST_LINE)):
            if len(part) >= _SHORTEST_SECRET:
                secrets |= _forms(part)
    longest_first = tuple(sorted(secrets, key=lambda secret: (-len(secret), secret)))
    made = pseudonyms or (personal.pseudonyms if personal is not None else Pseudonyms(Path()))
    return Redaction(longest_first, tuple(machine), personal, builtin, made, keys_about, unmarked)


def _forms(secret: str) -> set[str]:
    """Return a secret plain, URL-encoded, in JSON, in hexadecimal, and in base64 by itself or inside of other text."""
    data = secret.encode("utf-8", "surrogateescape")
    quoted = quote(data, safe="")
    found = {secret, quoted, quoted.lower(), quote_plus(data), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    found |= {data.hex(), data.hex().upper()}
    for lead in range(3):
        # What is before it shifts the code; the first and last signs depend on the neighbours and are left out.
        coded = base64.b64encode(b"\0" * lead + data)[-(-lead * 8 // 6) :]
        whole = coded.rstrip(b"=")
        inner = whole if (lead + len(data)) % 3 == 0 else whole[:-1]
        for text in (coded, whole, inner):
            plain = text.decode("ascii")
            found |= {plain, plain.replace("+", "-").replace("/", "_")}
    return {form for form in found if len(form) >= _SHORTEST_SECRET}
