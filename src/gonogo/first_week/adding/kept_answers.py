"""What a person answered on a sheet, kept as comments of the binding: its settings show only what counts by it. Pure.

A word that counts as the worse stands in no condition, whatever it was said to mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.hints import sayable
from gonogo.first_week.proposal import Proposal

WORD: Final = "word"
ONLY: Final = "only rows"
FACT: Final = "fact"
_KEPT: Final = re.compile(r"^\s+# answered: (word|only rows|fact) (\{.*\})$")
_SIGNED: Final = re.compile(r"^\s+# (?:confirmed|corrected) by ")
_MORE: Final = re.compile(r"^\s+#   ")


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What was answered when a binding was confirmed or corrected.

    Attributes:
        words: Heading to what each word of its column was said to mean; empty for one that was left blank.
        only: Column and words of the rows that alone count; None where the row was not asked or not kept.
        facts: Fact to the column, or the two, that answer it.
    """

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    only: tuple[str, str] | None = None
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def as_answered(self, row: SheetLine) -> tuple[str, str] | None:
        """Return what was answered to a row, a second answer beside it; None where nothing is kept of it."""
        if row.tag == WORD:
            said = self.words.get(row.of, {}).get(sayable(row.about))
            return None if said is None else (said, "")
        return self.only if row.tag == ONLY else None


def kept_answers(lines: ProgramLines, binding: str) -> KeptAnswers:
    """Return what was answered of a binding; nothing where no comment tells, or somebody wrote over it."""
    if not lines.has(binding):
        return KeptAnswers()
    start, end = lines.block(lines.line_of(binding))
    words: dict[str, Mapping[str, str]] = {}
    only: tuple[str, str] | None = None
    facts: dict[str, tuple[str, str]] = {}
    for found in filter(None, map(_KEPT.match, lines.lines[start:end])):
        for about, said in _read(found[2]).items():
            if found[1] == WORD and isinstance(said, Mapping):
                words[about] = {str(word): str(means) for word, means in said.items()}
            elif found[1] == ONLY and isinstance(said, str):
                only = about, said
            elif found[1] == FACT and isinstance(said, list) and len(said) == 2:
                facts[about] = str(said[0]), str(said[1])
    return KeptAnswers(words, only, facts)


def with_kept_answers(
    lines: ProgramLines, binding: str, rows: Sequence[AnsweredRow], proposal: Proposal | None
) -> ProgramLines:
    """Return the program file with what a sheet answered beside who confirmed its binding, in the place of before.

    Args:
        lines: The file.
        binding: Id of a binding that is confirmed.
        rows: Its sheet as it was read, in which a word that looks like a name stands as its digest.
        proposal: What was asked about; only of a table without a profile the settings do not show all answers.
    """
    if proposal is None or proposal.draft is None or not lines.has(binding):
        return lines
    start, end = lines.block(lines.line_of(binding))
    block = [line for line in lines.lines[start:end] if not _KEPT.match(line)]
    signed = [at for at, line in enumerate(block) if _SIGNED.match(line)]
    if not signed:
        return lines
    place = signed[-1] + 1
    while place < len(block) and _MORE.match(block[place]):
        place += 1
    pad = " " * (len(block[signed[-1]]) - len(block[signed[-1]].lstrip()))
    new = [f"{pad}# answered: {tag} {_written(said)}" for tag, said in _answered(rows)]
    return lines.replaced(start, end, [*block[:place], *new, *block[place:]])


def _answered(rows: Sequence[AnsweredRow]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    only = next((row for row in rows if row.tag == ONLY), None)
    if only is not None:
        yield ONLY, {only.answer: only.second}
    facts = {row.about: [row.answer, row.second] for row in rows if row.tag == FACT and row.answer}
    if facts:
        yield FACT, facts
    for heading in dict.fromkeys(row.of for row in rows if row.tag == WORD and row.answer):
        yield WORD, {heading: {row.about: row.answer for row in rows if row.tag == WORD and row.of == heading}}


def _written(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
