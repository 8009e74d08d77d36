"""The file that a binding workbook was made from: what was seen of it, and whether the answers still are about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.sheet_line import DAYS, ITEMS, LEFT_OUT, SEEN, SheetLine
from gonogo.first_week.adding.subject_rows import EVERY, OWN
from gonogo.first_week.adding.subject_rows import TAG as WHICH_ROWS
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.rows_in_question import ROWS
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.text import listed

_NOTE: Final = "The file as it was looked at: its digest, its headings and its words. Leave this row as it is."
_ASKED: Final = frozenset({"fact", "answers", "reads", "words", WHICH_ROWS, LEFT_OUT, DAYS, ITEMS, ROWS})
"""Tags of questions that follow from what the file holds, beside its columns and its words."""
_ROWS_ASKED: Final = "which rows: blank until a person chooses"
"""What stands beside what was seen since no guess stands in the question which rows count."""
_LONGEST: Final = 30_000
"""Characters that a cell of a workbook surely holds."""
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class SeenFile:
    """What was seen of a file.

    Attributes:
        digest: SHA-256 of its content; empty where there is no file.
        headings: Of the table that is read; nothing where a collector reads the file as it is.
        values: Heading to the words, builds or cycles below it that are asked about.
        asked: Questions that follow from what it holds.
        known: Whether the rest is known beside the digest.
        profile: Digest of the export profile by which it is read; empty for none, None where the sheet does not say.
    """

    digest: str
    headings: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    known: bool = True
    profile: str | None = None


def seen_file(file: Path, mapping: TableMapping | None, rows: Sequence[SheetLine], binding: Binding) -> SeenFile:
    """Return what is seen of a file now.

    Args:
        file: The file.
        mapping: Its table; None where a collector reads it as it is.
        rows: What is asked about it.
        binding: That reads it.
    """
    values: dict[str, list[str]] = {}
    for row in rows:
        if row.tag == "word":
            values.setdefault(row.of, []).append(row.about)
        elif row.tag == WHICH_ROWS:
            values.setdefault(row.about, []).extend(each for each in row.offered if each not in (EVERY, OWN))
    return SeenFile(
        digest_of(file),
        tuple(mapping.grid.headings) if mapping is not None else (),
        {heading: tuple(found) for heading, found in values.items()},
        tuple(sorted({f"{row.tag} {row.about}".strip() for row in rows if row.tag in _ASKED})),
        profile=_profile(binding),
    )


def _profile(binding: Binding) -> str:
    return binding.profile.sha256 if binding.profile is not None else ""


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file; empty where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def seen_line(seen: SeenFile) -> SheetLine:
    """Return the row of a sheet that says what was seen."""
    said = {"headings": seen.headings, "values": seen.values, "asked": seen.asked, "profile": seen.profile}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return SheetLine(SEEN, seen.digest, answer=text if len(text) <= _LONGEST else "", second=_ROWS_ASKED, note=_NOTE)


def seen_before(rows: Sequence[AnsweredRow]) -> SeenFile:
    """Return what a sheet says was seen.

    Raises:
        UsageError: It does not say so.
    """
    row = next((row for row in rows if row.tag == SEEN), None)
    if row is None or not row.about:
        raise UsageError(
            f"its sheet does not say which file it was made from (the row `{SEEN}`), so nobody knows whether the "
            "answers are about this one; make the workbook again: gonogo bind NEW.xlsx --make."
        )
    try:
        said: Any = json.loads(row.answer)
        values = {str(heading): tuple(map(str, found)) for heading, found in said["values"].items()}
        headings, asked = (tuple(map(str, said[key])) for key in ("headings", "asked"))
        return SeenFile(row.about, headings, values, asked, profile=said.get("profile"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return SeenFile(row.about, known=False)


def asks_for_rows(rows: Sequence[AnsweredRow]) -> bool:
    """Whether a sheet asked which rows count without a guess in the place of the answer."""
    return any(row.tag == SEEN and row.second == _ROWS_ASKED for row in rows)


def check_profile(before: SeenFile, binding: Binding) -> None:
    """Refuse answers about what another profile read: the same words may be asked, and count otherwise.

    Args:
        before: What was seen of the file that the workbook was made from.
        binding: That reads it now.

    Raises:
        UsageError: The binding is read by another profile, or by another text of it.
    """
    if before.profile is not None and before.profile != _profile(binding):
        raise UsageError(
            "the export profile by which it is read is not the one that the workbook was made by; make the workbook "
            "again (gonogo bind NEW.xlsx --make), and answer this sheet there."
        )


def check_seen(path: str, before: SeenFile, now: SeenFile) -> str:
    """Return that a file has changed and the answers still count, as a sentence; empty where it is the same file.

    Args:
        path: Of the file that is read now.
        before: What was seen of the one that the workbook was made from.
        now: What is seen of this one.

    Raises:
        UsageError: It is not there, or what is asked about it is not what was answered; with the difference.
    """
    if not now.digest:
        raise UsageError(f"{plain(path)} cannot be read any more; put it back, or make the workbook again.")
    if now.digest == before.digest:
        return ""
    different = list(_different(before, now))
    if different:
        raise UsageError(
            f"{plain(path)} has changed since the workbook was made: {'; '.join(different)}. Make the workbook again "
            "(gonogo bind NEW.xlsx --make), and answer this sheet there."
        )
    return f"{plain(path)} has changed since the workbook was made; its headings and words are the same"


def _different(before: SeenFile, now: SeenFile) -> Iterator[str]:
    if not before.known:
        yield "the workbook does not say which headings and words it had"
        return
    for words, ones, others in (("gone", before, now), ("new", now, before)):
        found = [each for each in dict.fromkeys(ones.headings) if each not in others.headings]
        if found:
            yield f"{_named('column', found)} {'is' if len(found) == 1 else 'are'} {words}"
    for heading, values in now.values.items():
        known = before.values.get(heading)
        found = [each for each in values if known is not None and each not in known]
        if found:
            yield f"the column {plain(heading, most=60)!r} has {_named('the new word', found, plural='the new words')}"
        elif known is None and heading in before.headings:
            yield f"the words of the column {plain(heading, most=60)!r} are asked about now"
    gone = [heading for heading in before.values if heading not in now.values and heading in now.headings]
    if gone:
        yield f"the words of {_named('column', gone)} are not asked about any more"
    asked = [each for each in now.asked if each not in before.asked]
    if asked:
        yield f"{_named('a new question', asked, plural='new questions')}"


def _named(what: str, found: Sequence[str], plural: str = "") -> str:
    words = what if len(found) == 1 else plural or f"{what}s"
    return f"{words} {listed([repr(plain(each, most=60)) for each in found], most=_SHOWN)}"
