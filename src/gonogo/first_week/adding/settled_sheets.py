"""A sheet of a workbook that a person has said is no evidence: the same sheet of the next workbook is none either.

The workbook itself stays bound by its other sheets, so the reason stands in a comment and not under ``not_evidence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gonogo.errors import UsageError
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.profiles.profile import plain as as_compared

if TYPE_CHECKING:
    from gonogo.first_week.adding.adding_files import Adding

_NOTE: Final = re.compile(r"# \S+, which read the sheet (?P<sheet>.+) of (?P<path>.+) too: no evidence: (?P<why>.+)")


def sheet_note(binding: str, sheet: str, path: str, reason: str) -> str:
    """Return the comment by which a sheet of a file is no evidence."""
    of = f"the sheet {plain(sheet, most=40)} of " if sheet else ""
    return f"{binding}, which read {of}{plain(path, most=200)} too: no evidence: {plain(reason, most=300)}"


def sheet_read(binding: Binding) -> str:
    """Return the sheet that a binding of a table reads; empty for what is no workbook."""
    tables = binding.settings.get("tables", {}).values()
    return next((str(table["sheet"]) for table in tables if table.get("sheet")), "")


def sheets_settled(lines: Sequence[str], path: str) -> list[str]:
    """Return the sheets of a file that comments of a program file call no evidence, as they are written there."""
    found = (_NOTE.fullmatch(line) for line in lines)
    return [each["sheet"] for each in found if each is not None and each["path"] == plain(path, most=200)]


def without_settled(adding: Adding, path: str, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals of a file but for sheets of which a person has said that they are no evidence.

    That was said of a workbook in the same folder, and its sheet has the same name and the same headings.

    Args:
        adding: The program file that is being changed.
        path: Of the file.
        proposals: One for each of its sheets that is one.
    """
    said = [found for line in adding.lines.lines if (found := _NOTE.fullmatch(line))]
    for each in proposals:
        before = next((one for one in said if _is_the_same(adding.program.root, one, path, each.sheet)), None)
        if before is None:
            yield each
            continue
        adding.lines = adding.lines.noted(sheet_note(each.id, each.sheet, path, before["why"]))
        adding.changed = True
        adding.told.append(
            f"{plain(path)}: the sheet {plain(each.sheet)} is not drafted, because of {plain(before['path'])} it is no "
            f"evidence: {plain(before['why'], most=200)}. If it is evidence now, delete that comment in gonogo.yaml."
        )


def _is_the_same(root: Path, said: re.Match[str], path: str, sheet: str) -> bool:
    old = said["path"]
    if not sheet or said["sheet"] != plain(sheet, most=40) or old == path:
        return False
    if old.rpartition("/")[0] != path.rpartition("/")[0]:
        return False
    headings = _headings(root / old, sheet)
    return bool(headings) and headings == _headings(root / path, sheet)


def _headings(file: Path, sheet: str) -> frozenset[str]:
    try:
        return frozenset(map(as_compared, map_file(file, sheet=sheet).grid.headings)) - {""}
    except UsageError:
        return frozenset()
