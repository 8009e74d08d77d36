"""A file of acceptances to sign: those that stand, and a draft for each open item of the last recorded run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from gonogo.exports.export_cells import UnreadCell
from gonogo.model.acceptance import Acceptance
from gonogo.model.canonical import decimal_text
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset
from gonogo.workbook.accepted_rows import accepted_and_drafted, needed_registers
from gonogo.workbook.making import chosen_release

_HEAD: Final = """\
# Drafts count for nothing. The person who bears the consequence of an item fills in person, role and on, checks the
# rest, and copies the entry into the file that gonogo.yaml names under `acceptances:`.
schema: 1
acceptances:"""
_SIGNED: Final = ("person", "role", "on")
_BLANK: Final = ("until", "workaround", "tried_on", "tried_by", "users", "volume", "money")
_SHARES: Final = ("users", "volume", "money")


def drafted_file(program: Path, *, release: str | None = None) -> tuple[str, list[str]]:
    """Return a file of drafts for every open item that nobody has answered, and what a person should know.

    Args:
        program: Its folder or gonogo.yaml.
        release: Release; needed where there are several.

    Raises:
        ConfigurationError: With every mistake of the program and its ruleset.
        UsageError: The release is unknown or not named.
    """
    loaded = load_program(program)
    rules = load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=loaded.ruleset_place)
    loaded = check_program(loaded, rules)
    needed = needed_registers(rules.ruleset, rules.vocabulary, loaded.program.adopt)
    made = accepted_and_drafted(loaded, rules.vocabulary, chosen_release(loaded.program, release), needed=needed)
    remarks = made.remarks
    there = {one.id for one in loaded.acceptances}
    drafts = [one for one in made.rows if one.id not in there]
    if not rules.vocabulary.registers:
        remarks = [f"The ruleset {rules.ruleset.name} has no registers, so nobody can accept an open item of it."]
    elif not drafts and not remarks:
        remarks = ["No item is open that nobody has answered."]
    lines = [
        _HEAD + ("" if drafts else " []"),
        *(line for one in drafts for line in _entry(one, made.unread.get(one.id, {}))),
    ]
    return "\n".join(lines) + "\n", remarks


def _entry(draft: Acceptance, unread: Mapping[str, UnreadCell]) -> Iterator[str]:
    """Yield the lines of one draft; what nobody has said yet, or no cell says clearly, is a comment to fill in."""
    yield f"  - id: {json.dumps(draft.id)}"
    yield f"    register: {draft.register_id}"
    yield f"    item: {json.dumps(draft.item, ensure_ascii=False)}"
    if draft.release:
        yield f"    release: {json.dumps(draft.release)}"
    if draft.build:
        yield f"    build: {json.dumps(draft.build, ensure_ascii=False)}"
    for key in _SIGNED:
        yield f"    # {key}:"
    for key in (*_BLANK, *(["touches"] if draft.touches or "touches" in unread else [])):
        value = getattr(draft, key)
        cell = (
            f"  # not read: {json.dumps(unread[key].text, ensure_ascii=False)}: {unread[key].how}"
            if key in unread
            else ""
        )
        yield f"    # {key}:{cell}" if value in ("", None) else f"    {key}: {_text(key, value)}"


def _text(key: str, value: str | date | Decimal) -> str:
    if key in _SHARES and isinstance(value, Decimal):
        return f"{decimal_text(value * 100)}%"
    return value.isoformat() if isinstance(value, date) else json.dumps(str(value), ensure_ascii=False)
