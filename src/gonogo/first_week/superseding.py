"""Files that are one export at different days: the newest is bound, or one question asks which it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.dating import dating
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.first_week.put_away import TABLES, headings_of, present_ones
from gonogo.first_week.series import InSeries, in_series, newer
from gonogo.plugin.inputs.likeness import rank, stem

SUPERSEDED: Final = "superseded by "
"""How the reason begins why a file is no evidence beside a newer one."""


@dataclass(slots=True)
class Superseding:
    """Which files stand for others.

    Attributes:
        by: Path of each superseded file to the newer one, and by what one can tell.
        instead: Path of each file of which nobody can tell whether it is newer, to the one that is asked about.
    """

    by: dict[str, tuple[str, str]] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)

    def left(self, files: Sequence[Recognized]) -> list[Recognized]:
        """Return the files that may be bound."""
        return [each for each in files if each.path not in self.by and each.path not in self.instead]

    def tell(self, proposals: Sequence[Proposal], root: Path) -> None:
        """Say in each proposal which files it stands for, and why; ask where nobody can tell."""
        for proposal in proposals:
            mine = set(proposal.paths)
            for path, (newest, why) in self.by.items():
                if self.stands(newest) in mine:
                    proposal.superseded[path] = f"{SUPERSEDED}{newest}: newer by {why}"
                    proposal.remarks.append(f"newer than {plain(path)} by {why}; that one is listed under not_evidence")
            others = sorted(path for path, bound in self.instead.items() if bound in mine)
            if others:
                [bound] = {self.instead[path] for path in others}
                named = [f"{plain(path)} ({_held(root, path)})" for path in (bound, *others)]
                proposal.questions.append(
                    f"Which one counts: {' or '.join(named)}? Nothing surely says which is newer. {plain(bound)} is "
                    "bound here; if another one counts, `gonogo add PROGRAM FILE --replaces` this binding, and settle "
                    "the rest as no evidence."
                )
            if aside := in_series(proposal.paths[-1]).aside:
                proposal.questions.insert(
                    0,
                    f"It lies in the folder {plain(aside)!r}: is this still the present one? If not, settle it as no "
                    "evidence.",
                )

    def stands(self, path: str) -> str:
        """Return the file that stands for a superseded one or its rivals."""
        seen: set[str] = set()
        while path not in seen and (path in self.by or path in self.instead):
            seen.add(path)
            path = self.by[path][0] if path in self.by else self.instead[path]
        return path


def sort_out(files: Sequence[Recognized], root: Path, others: Sequence[str] = ()) -> Superseding:
    """Return which files are superseded by others of their series, and of which nobody can tell.

    Files of one folder whose names differ in one day or version alone are told apart elsewhere, by the same names.

    Args:
        files: Recognized ones.
        root: The program's folder.
        others: Paths of files that are there and were not recognized: one of them may stand for an old one.
    """
    found = Superseding()
    series: dict[tuple[FileKind | DeclaredKind, tuple[str, str]], list[InSeries]] = defaultdict(list)
    for each in files:
        if each.kind.use.collector:
            mine = in_series(each.path)
            series[each.kind, mine.series].append(mine)
    for (kind, _), group in series.items():
        versions = _versions(group)
        if len(versions) > 1:
            for alike in _alike(versions, root) if kind in TABLES else [versions]:
                _compare(alike, found, ask=kind in TABLES)
    for each, present, why in present_ones(found.left(files), others, root):
        if why:
            found.by[each.path] = present, why
        else:
            found.instead[each.path] = found.stands(present)
    return found


def _versions(group: Sequence[InSeries]) -> list[list[InSeries]]:
    """Return the files of each folder that differ in one day or version alone, the newest of them last."""
    found: dict[tuple[str, str], list[InSeries]] = defaultdict(list)
    for each in group:
        folder, _, name = each.path.rpartition("/")
        same = stem(name)
        found[folder, same[0] if same is not None else name].append(each)
    return [sorted(some, key=lambda each: rank(each.path.rpartition("/")[2])) for some in found.values()]


def _alike(versions: Sequence[list[InSeries]], root: Path) -> Iterator[list[list[InSeries]]]:
    """Yield those that have the same headings."""
    found: dict[frozenset[str], list[list[InSeries]]] = defaultdict(list)
    for each in versions:
        headings = headings_of(root / each[-1].path)
        if headings:
            found[headings].append(each)
    yield from found.values()


def _compare(versions: Sequence[list[InSeries]], found: Superseding, *, ask: bool) -> None:
    newest = [each[-1] for each in versions]
    left: list[InSeries] = []
    for each, some in zip(newest, versions, strict=True):
        later = [(other, why) for other in newest if other is not each and (why := newer(other, each))]
        # Two files that are newer than each other by different things cannot be: what tells must agree.
        if later:
            best, why = max(later, key=lambda one: sum(bool(newer(one[0], other)) for other, _ in later))
            found.by |= {one.path: (best.path, why) for one in some}
        else:
            left.append(each)
    if ask and len(left) > 1:
        bound, *others = sorted(left, key=lambda each: (bool(each.aside), each.path))
        for other, some in ((each[-1], each) for each in versions):
            if other in others:
                found.instead |= {one.path: bound.path for one in some}


def _held(root: Path, path: str) -> str:
    """Return the date of a file in words: what its path says, else its newest row."""
    said = in_series(path).said
    if said:
        return said
    try:
        days = dating(map_file(root / path)).newest.values()
    except UsageError:
        return "it says no date"
    return f"its newest row is of {max(days):%Y-%m-%d}" if days else "it says no date"
