"""Evidence as JSON lines: what ``gonogo collect`` prints and ``gonogo assess --evidence`` judges again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from gonogo.documents.files import open_regular
from gonogo.errors import ConfigurationError, DocumentError, Problem
from gonogo.model.canonical import canonical_bytes, read_json
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason, Subject
from gonogo.model.fact import write_value
from gonogo.model.program import Binding
from gonogo.model.reply import Item, Reply
from gonogo.plugin.replies import subject_of

LEVEL = "supplied"
MAX_BYTES = 32 * 2**20


def evidence_lines(evidence: EvidenceSet) -> bytes:
    """Return one canonical JSON line for each fact: ``{"evidence": …}`` or ``{"gap": …}``, in order of name."""
    lines = [
        canonical_bytes({"evidence" if isinstance(entry, Evidence) else "gap": entry.document()})
        for entry in sorted(evidence, key=lambda entry: entry.fact)
    ]
    return b"".join(line + b"\n" for line in lines)


def supplied_replies(path: Path, bindings: Sequence[Binding] = ()) -> list[Reply]:
    """Read evidence lines back as replies, so that they pass the same admission as collected ones.

    Args:
        path: The file.
        bindings: Those of the program: a line that is about something else than its binding says is a gap.

    Raises:
        ConfigurationError: The file is missing, or lines are not evidence or gaps; all are named.
    """
    try:
        with open_regular(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            [
                Problem(
                    "G210",
                    str(path),
                    f"The evidence file cannot be read: {error.strerror}.",
                    hint="`gonogo collect PROGRAM > FILE` writes one",
                )
            ]
        ) from error
    if len(data) > MAX_BYTES:
        raise ConfigurationError([Problem("G210", str(path), f"The evidence file is larger than {MAX_BYTES} bytes.")])
    problems: list[Problem] = []
    entries: list[Evidence | Gap] = []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(line))
        except (DocumentError, ValidationError, ValueError) as error:
            what = f"This line is not evidence or a gap: {_why(error)}."
            problems.append(Problem("G211", f"{path}:{number}", what, hint="Run `gonogo collect` again; edit nothing."))
    if not entries and not problems:
        problems.append(Problem("G212", str(path), "The evidence file is empty.", hint="Run `gonogo collect` first."))
    if problems:
        raise ConfigurationError(problems)
    return _replies(entries, {binding.id: subject_of(binding) for binding in bindings})


def _entry(line: bytes) -> Evidence | Gap:
    document = read_json(line, what="the line")
    if not isinstance(document, dict) or len(document) != 1:
        raise ValueError("an object with the one key evidence or gap is expected")
    if "evidence" in document:
        return Evidence.from_document(document["evidence"])
    if "gap" in document:
        return Gap.from_document(document["gap"])
    raise ValueError("an object with the one key evidence or gap is expected")


def _why(error: Exception) -> str:
    reason = error.sentence if isinstance(error, DocumentError) else str(error).splitlines()[0]
    return reason.rstrip(".")


def _replies(entries: list[Evidence | Gap], bound: Mapping[str, Subject]) -> list[Reply]:
    groups: dict[str, list[Evidence | Gap]] = {}
    for entry in entries:
        binding = entry.source.binding if isinstance(entry, Evidence) else entry.binding
        groups.setdefault(binding or "unbound", []).append(entry)
    return [
        Reply(
            binding=binding,
            collector=LEVEL,
            level=LEVEL,
            declared=tuple(dict.fromkeys(entry.fact for entry in group)),
            items=tuple(_item(entry, bound.get(binding, Subject())) for entry in group),
        )
        for binding, group in groups.items()
    ]


def _item(entry: Evidence | Gap, bound: Subject) -> Item:
    if isinstance(entry, Gap):
        return Item(fact=entry.fact, gap=entry.reason, detail=entry.detail)
    ours, theirs = bound.document(), entry.subject.document()
    other = next((key for key in ours if theirs.get(key, ours[key]) != ours[key]), None)
    if other is not None:
        detail = f"The line is about the {other} {theirs[other]}, but its binding is about {ours[other]}."
        return Item(fact=entry.fact, gap=GapReason.WRONG_SUBJECT, detail=detail)
    counted = entry.part is not None
    return Item(
        fact=entry.fact,
        value=None if counted else write_value(entry.value),
        part=entry.part,
        whole=entry.whole,
        as_of=entry.as_of,
        where=entry.source.locator,
        subject=entry.subject,
        attested=entry.attested[0] if entry.attested else None,
        open_items=entry.open_items,
        open_left_out=entry.open_left_out,
        rows_read=entry.rows_read,
    )
