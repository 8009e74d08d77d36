"""Whether a fact about the last of several things, such as mock conversions, is answered by an earlier one.

A list of the exit criteria of *Mock 2* says nothing of the last mock conversion once a log in the folder says that
*Mock 3* has begun. By the words of the fact and of the rows; what has begun is told by a day that has come, or a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Marking, Program
from gonogo.model.reply import InputRead
from gonogo.plugin.inputs.aside_folders import is_aside
from gonogo.plugin.inputs.beside import means
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.overlooked import evidence_files
from gonogo.plugin.inputs.rows_of_file import rows_of_file

_LAST: Final = re.compile(r"\b(?:last|latest|most recent)\s+((?:[a-z-]+\s+){0,3}[a-z-]+)", re.IGNORECASE)


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KINDS: Final = _listed(
    "mock conversion cycle round rehearsal iteration trial exercise drill test run restore failover"
)
"""What comes in turn."""
_GENERAL: Final = _listed("conversion cycle round iteration trial test run")
"""Words of these that are said of many things, so that one more word has to say which."""
_IDLE: Final = _listed("full complete whole dress successful the a an of in or and before at to was used did")
_COUNT: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ROMAN: Final = {
    word: n for n, word in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)
}
_COUNTED: Final = {word: n for n, word in enumerate(_COUNT, 1)}
_TURN: Final = re.compile(
    r"(?<![^\W\d_])([A-Za-z]{3,})(?:[ _.#-]*(?:no|nr|number|cycle|run|round|conversion|migration|test)\b)?[ _.#:-]*"
    r"([0-9]{1,2}|[IVX]{1,4})(?![\w.,]*[0-9])(?![^\W_])"
)
_COUNTED_TURN: Final = re.compile(
    rf"(?i)\b(?:([0-9]{{1,2}})(?:st|nd|rd|th)|({'|'.join(_COUNTED)}))[ _-]+([a-z]{{3,}})(?:[ _-]+([a-z]{{3,}}))?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_NOT_YET: Final = re.compile(
    r"(?i)\b(?:not (?:yet )?(?:started|begun|run|done|executed)|to be \w+|planned|scheduled|upcoming|future|tentative"
    r"|postponed|cancell?ed|tbd|tbc|geplant|offen)\b"
)
_BEGUN: Final = re.compile(
    r"(?i)\b(?:in progress|started|begun|began|running|underway|under way|ongoing|completed?|done|finished|executed|ran"
    r"|passed|failed|(?:not )?met|aborted|stopped|reconciled|begonnen|abgeschlossen|in arbeit)\b"
)
_ISO: Final = re.compile(r"\b(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_SLASH: Final = re.compile(r"\b([0-9]{1,2})[/.]([0-9]{1,2})[/.](20[0-9]{2})\b")
_SERIAL: Final = re.compile(r"4[3-9][0-9]{3}|5[0-4][0-9]{3}")
_EPOCH: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class LastOf:
    """What a fact asks the last of.

    Attributes:
        fact: Its name.
        paths: The files that answer it.
        kinds: What comes in turn: ``mock``, ``conversion``.
        telling: Words that say which of that kind: ``mock``, ``load``.
    """

    fact: str
    paths: tuple[str, ...]
    kinds: frozenset[str]
    telling: frozenset[str]


@dataclass
class LaterTurns:
    """The rows of a program's files, as they are looked through for a later turn; each file is read once."""

    _rows: dict[str, list[list[str]]] = field(default_factory=dict)

    def why_not(
        self, binding: Binding, read: Sequence[InputRead], program: Program, root: Path, today: date, facts: Vocabulary
    ) -> dict[str, str]:
        """Return the facts that a binding does not answer, because it is about an earlier turn, each with the sentence.

        Args:
            binding: A binding.
            read: What it reads.
            program: The program.
            root: Its folder.
            today: The local day.
            facts: The vocabulary, which says what each fact means.
        """
        found: dict[str, str] = {}
        for asked in _asked(binding, read, facts):
            mine = max((n for path in asked.paths for n in self._turns(root, path, asked, None)), default=0)
            for path in _others(program, root, asked.paths) if mine else ():
                later = max(self._turns(root, path, asked, today), default=0)
                if later > mine:
                    kind = min(asked.telling & asked.kinds or asked.kinds)
                    file = composed(path) if _may_be_named(program, path) else "another file of the evidence"
                    found[asked.fact] = (
                        f"It asks about the last {kind}, and {', '.join(asked.paths)} is about number {mine}; {file} "
                        f"says that number {later} has begun. Bind what says it of that one."
                    )
        return found

    def _turns(self, root: Path, path: str, asked: LastOf, today: date | None) -> Iterator[int]:
        """Yield the numbers of the turns that a file is about; with a day, of those alone that have begun by then."""
        name = path.rpartition("/")[2].rpartition(".")[0].replace("_", " ")
        context = _words(name)
        if path not in self._rows:
            self._rows[path] = rows_of_file(root / path)
        heads: Sequence[str] = ()
        of_name = list(_numbers(name, asked, frozenset()))
        if today is None:
            yield from of_name
        for row in self._rows[path]:
            if sum(bool(cell) for cell in row) > 1 and not heads:
                heads = row
            found = [n for cell in row for n in _numbers(cell, asked, context)]
            found += [
                int(cell)
                for head, cell in zip(heads, row, strict=False)
                if cell.isascii() and cell.isdecimal() and len(cell) < 3 and _numbers_head(head, asked, context)
            ]
            if today is None:
                yield from found
            elif (found or of_name) and _has_begun(row, today):
                yield from (*found, *of_name)


def _asked(binding: Binding, read: Sequence[InputRead], facts: Vocabulary) -> Iterator[LastOf]:
    """Yield what the facts of a binding ask the last of."""
    named, tables = (binding.settings.get(key) for key in ("facts", "tables"))
    if not isinstance(named, Mapping) or not isinstance(tables, Mapping):
        return
    for local, how in named.items():
        whole = f"{binding.prefix}.{local}" if binding.prefix else str(local)
        full = whole if whole in facts else str(local)
        for found in _LAST.finditer(facts[full].meaning) if full in facts else ():
            words = [_one(word) for word in _WORD.findall(found[1].lower())]
            at = next((n for n, word in enumerate(words) if word in _KINDS), None)
            if at is None:
                continue
            kinds = frozenset(words[: at + 2]) & _KINDS
            telling = (frozenset(words[: at + 1]) | kinds) - _IDLE - _GENERAL
            if telling:
                yield LastOf(whole, _paths(how, tables, read), kinds, telling)


def _paths(how: object, tables: Mapping[str, object], read: Sequence[InputRead]) -> tuple[str, ...]:
    """Return the files of the tables that a fact is made of."""
    said = how if isinstance(how, Mapping) else {}
    names = [said["table"]] if "table" in said else list(said.get("inputs", tables))
    inputs = {table.get("input") or "file" for name in names if isinstance(table := tables.get(name), Mapping)}
    of_these = [each.path for each in read if each.name in inputs]
    return tuple(of_these or [each.path for each in read])


def _may_be_named(program: Program, path: str) -> bool:
    """Whether the name of a file may be shown: a binding spells it out, or nobody says that its kind is personal."""
    readers = [
        each for each in program.bindings if any(means(words, path) for entry in each.inputs for words in entry.paths)
    ]
    return not any(each.handling.marking is Marking.PII for each in readers)


def _others(program: Program, root: Path, read: Sequence[str]) -> Iterator[str]:
    bound = [path for each in program.bindings for entry in each.inputs for path in entry.paths]
    settled = program.not_evidence or {}
    for path in evidence_files(root, bound):
        aside = any(map(is_aside, path.split("/")[:-1])) or any(means(words, path) for words in settled)
        if path not in read and not aside:
            yield path


def _numbers(text: str, asked: LastOf, context: Iterable[str]) -> Iterator[int]:
    """Yield the numbers that a text gives to things of the kind that is asked about."""
    near = _words(text) | set(context)
    for word, number in _TURN.findall(text):
        if _is_asked(word, asked, near):
            yield _ROMAN.get(number) or (int(number) if number.isdecimal() else 0)
    for digits, spoken, first, second in _COUNTED_TURN.findall(text):
        if _is_asked(first, asked, near) or _is_asked(second, asked, near):
            yield int(digits) if digits else _COUNTED[spoken.lower()]


def _numbers_head(head: str, asked: LastOf, context: Iterable[str]) -> bool:
    near = _words(head) | set(context)
    rest = _words(head) - {"no", "nr", "number", "id", "cycle", "run", "round"} - asked.telling - asked.kinds
    return not rest and any(_is_asked(word, asked, near) for word in _words(head))


def _is_asked(word: str, asked: LastOf, near: Iterable[str]) -> bool:
    one = _one(word.lower())
    return one in asked.telling & asked.kinds or (one in _KINDS | asked.telling and bool(asked.telling & set(near)))


def _words(text: str) -> set[str]:
    return {_one(word) for word in _WORD.findall(text.lower())}


def _one(word: str) -> str:
    return word.removesuffix("s") if len(word) > 4 else word


def _has_begun(row: Sequence[str], today: date) -> bool:
    """Whether a row says of a thing that it has begun: by a word, or by a day that has come where no word denies it."""
    text = " | ".join(row)
    if _BEGUN.search(_NOT_YET.sub(" ", text)):
        return True
    return _NOT_YET.search(text) is None and any(day <= today for cell in row for day in _days(cell))


def _days(cell: str) -> Iterator[date]:
    try:
        for year, month, day in _ISO.findall(cell):
            yield date(int(year), int(month), int(day))
        for one, other, year in _SLASH.findall(cell):
            first, second = int(one), int(other)
            yield date(int(year), first, second) if first <= 12 else date(int(year), second, first)
    except ValueError:
        return
    if _SERIAL.fullmatch(cell):
        yield _EPOCH + timedelta(int(cell))
