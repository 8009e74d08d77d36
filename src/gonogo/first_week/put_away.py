"""Files in a folder of things that nobody uses any more: the present one of the same name or headings stands for them.

Whether the present one can be read does not matter: last month's list never answers because this month's is harder to
read. Where only the old one is there, somebody is asked whether it is the present one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.drafts.draft_terms import side_of
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.mapping import map_file
from gonogo.first_week.prose import ascii_words
from gonogo.first_week.series import InSeries, in_series, newer
from gonogo.first_week.together import belongs_together
from gonogo.profiles.profile import plain as as_compared

TABLES: Final = (FileKind.CSV, FileKind.XLSX, FileKind.JSON)


def headings_of(path: Path) -> frozenset[str]:
    """Return the headings of a table as they are compared; none for what cannot be read as one."""
    try:
        return frozenset(map(as_compared, map_file(path).grid.headings)) - {""}
    except UsageError:
        return frozenset()


def mostly_alike(one: Path, other: Path) -> bool:
    """Whether two tables share as many headings as they do not: one that was renamed makes no other list."""
    mine, theirs = headings_of(one), headings_of(other)
    return bool(mine) and len(mine & theirs) >= len(mine ^ theirs)


def present_ones(
    files: Sequence[Recognized], others: Sequence[str], root: Path
) -> Iterator[tuple[Recognized, str, str]]:
    """Yield each recognized file of such a folder for which a present one stands, that one, and by what it is newer.

    Args:
        files: Recognized ones.
        others: Paths of files that are there and were not recognized.
        root: The program's folder.
    """
    away = [each for each in files if in_series(each.path).aside]
    if not away:
        return
    present = [each for each in files if not in_series(each.path).aside]
    names = [path for path in others if not in_series(path).aside]
    for each in away:
        mine = in_series(each.path)
        beside = [in_series(path) for path in (*(other.path for other in present), *names)]
        same = [other for other in beside if other.series[1] == mine.series[1]]
        same = same or [_by_day(in_series(other.path)) for other in present if _is_alike(each, other, root)]
        if same:
            best = max(same, key=lambda other: (_shared(other.path, each.path), *other.ages.values(), other.path))
            yield each, best.path, newer(best, mine)


def _by_day(one: InSeries) -> InSeries:
    """Return a file without what only tells it apart from others of its name: a month without a year, a version."""
    return replace(one, ages={what: age for what, age in one.ages.items() if what.startswith("day")})


def _shared(one: str, other: str) -> tuple[int, bool]:
    """Return how many words the names of two files share, and whether they are of one side."""
    names = [set(ascii_words(path.rpartition("/")[2])) for path in (one, other)]
    return len(names[0] & names[1]), side_of(one) == side_of(other)


def _is_alike(one: Recognized, other: Recognized, root: Path) -> bool:
    """Whether two files are one kind of list: of the same headings, or of what a collector knows as one document."""
    if side_of(one.path) != side_of(other.path) or belongs_together(one):
        return False
    if one.kind in TABLES and other.kind in TABLES:
        headings = headings_of(root / one.path)
        return bool(headings) and headings == headings_of(root / other.path)
    return one.kind == other.kind and isinstance(one.kind, DeclaredKind) and not one.kind.file.states
