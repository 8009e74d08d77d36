"""How each file of a folder stands: bound, superseded, ignored with the reason, or known to nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from gonogo.first_week.adding.another_list import another_list
from gonogo.first_week.adding.hidden_sheets import hidden_sheets
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.unread_sheets import settled_in, unread_sheets
from gonogo.first_week.bindable import only_match
from gonogo.first_week.drafts.fit_told import fit_words
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.recognition import Survey
from gonogo.first_week.series import put_away_and_later
from gonogo.first_week.superseding import SUPERSEDED, sort_out
from gonogo.model.program import Binding
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import rank, stem
from gonogo.text import listed


class HowItStands(StrEnum):
    """How a file stands, in the order in which they are shown."""

    BOUND = "Bound"
    UNCONFIRMED = "Bound, and not read until a person has confirmed the binding"
    STOPPED = "Named by a binding, and not read until a person has settled it"
    SUPERSEDED = "Superseded"
    IGNORED = "Ignored"
    UNKNOWN = "Read by no binding, and not settled"

    @property
    def asks(self) -> bool:
        """Whether a person has to say what becomes of the file."""
        return self in (HowItStands.STOPPED, HowItStands.UNKNOWN)


@dataclass(frozen=True, slots=True)
class FileStanding:
    """One file.

    Attributes:
        path: Relative to the program's folder.
        standing: How it stands.
        words: By what, or why.
    """

    path: str
    standing: HowItStands
    words: str


_TABLES: Final = (FileKind.CSV, FileKind.XLSX, FileKind.JSON)
_OWN: Final = "it is the program's own"


def standing_files(
    survey: Survey,
    root: Path,
    bindings: Sequence[Binding] = (),
    settled: Mapping[str, str] | None = None,
    own: Sequence[str] = (),
    reading: FilesRead | None = None,
    lacks: Mapping[str, str] | None = None,
) -> list[FileStanding]:
    """Return how each file stands, those of one standing together, in the order of their names.

    Args:
        survey: Of the folder.
        root: The program's folder.
        bindings: Of the program; none where there is no program.
        settled: What the program says to be no evidence, with the reason.
        own: Files that the program names otherwise, such as a workbook of statements.
        reading: What the bindings read today.
        lacks: Id of a binding to what it was signed without.
    """
    known = {each.path: each for each in survey.recognized}
    odd = {each.path: f"{each.why}. {each.detail}" for each in survey.unrecognized}
    paths = sorted({*known, *odd})
    evidence = [path for path in paths if not any(only_match(words, [path]) for words in settled or {})]
    left = set(evidence)  # what is no evidence is newer than nothing
    recognized = [each for each in survey.recognized if each.path in left]
    newest = _newest(evidence) | sort_out(recognized, root, [path for path in odd if path in left]).by
    folder = _Folder(root, bindings, settled or {}, own, newest, evidence, reading or FilesRead(None), lacks or {})
    found = [_standing(path, known.get(path), odd.get(path, ""), folder) for path in paths]
    return sorted(found, key=lambda each: (list(HowItStands).index(each.standing), each.path))


@dataclass(frozen=True, slots=True)
class _Folder:
    root: Path
    bindings: Sequence[Binding]
    settled: Mapping[str, str]
    own: Sequence[str]
    newest: Mapping[str, tuple[str, str]]
    evidence: Sequence[str]
    reading: FilesRead
    lacks: Mapping[str, str]

    def readers(self, path: str) -> list[Binding]:
        return [each for each in self.bindings if _reads(each, path)]


def _reads(binding: Binding, path: str) -> bool:
    return any(only_match(pattern, [path]) for entry in binding.inputs for pattern in entry.paths)


def _names(binding: Binding, path: str) -> bool:
    """Whether a binding reads a file beside newer ones: as an earlier update of what it compares."""
    several = sum(len(entry.paths) for entry in binding.inputs) > 1
    return several and any(path in entry.paths for entry in binding.inputs)


def _standing(path: str, entry: Recognized | None, odd: str, folder: _Folder) -> FileStanding:
    reason = next((why for words, why in folder.settled.items() if only_match(words, [path])), None)
    if reason is not None:
        superseded = reason.startswith(SUPERSEDED)
        standing = HowItStands.SUPERSEDED if superseded else HowItStands.IGNORED
        return FileStanding(path, standing, f"not_evidence: {plain(reason, most=300)}")
    if path in folder.own:
        return FileStanding(path, HowItStands.IGNORED, _OWN)
    readers = folder.readers(path)
    if strange := next((found for each in readers if (found := another_list(each, path, folder.evidence))), None):
        return FileStanding(path, HowItStands.UNKNOWN, strange.why)
    later, by = folder.newest.get(path, ("", ""))
    if later and (itself := [each for each in readers if _names(each, path)]):
        return _bound(path, itself, entry, folder)
    how = [folder.reading.how(each, path) for each in readers]
    if stopped := next((each for each in how if each.why), None):
        return FileStanding(path, HowItStands.STOPPED, stopped.said)
    if how and not later and not any(each.reads for each in how):
        return FileStanding(path, HowItStands.SUPERSEDED, how[0].said)
    if readers and not (later and _reads(readers[0], later)):
        return _bound(path, readers, entry, folder)
    bound = [each for each in folder.evidence if each != path and folder.readers(each)]
    if not readers and (why := next((why for each in bound if (why := put_away_and_later(path, each))), "")):
        return FileStanding(path, HowItStands.UNKNOWN, f"{why}; say which counts")
    if later:
        return FileStanding(path, HowItStands.SUPERSEDED, f"{plain(later)} is newer by {by}")
    if entry is None:
        return FileStanding(path, HowItStands.UNKNOWN, odd)
    older = next((old for old, (new, _) in folder.newest.items() if new == path and folder.readers(old)), "")
    if older:
        words = (
            f"newer than {plain(older)}, which {folder.readers(older)[0].id} reads; `gonogo add` takes it if it fits"
        )
        return FileStanding(path, HowItStands.UNKNOWN, f"{entry.kind}; {words}")
    alone = "" if entry.kind is FileKind.KEV else ", which no collector reads"
    use = "" if entry.kind.use.collector else f"{alone}. {entry.kind.use.advice}"
    words = fit_words(folder.root / path, folder.root) if entry.kind in _TABLES else ""
    return FileStanding(path, HowItStands.UNKNOWN, f"{entry.kind}{use}{f'; {words}' if words else ''}")


def _bound(path: str, readers: Sequence[Binding], entry: Recognized | None, folder: _Folder) -> FileStanding:
    root = folder.root
    confirmed = [each.id for each in readers if each.confirmed is None]
    waiting = [each.id for each in readers if each.confirmed is not None]
    names = ", ".join(confirmed or waiting)
    if confirmed and waiting:
        words = "waits for a person and reads" if len(waiting) == 1 else "wait for a person and read"
        names += f"; {listed(waiting)} {words} nothing yet"
    standing = HowItStands.BOUND if confirmed else HowItStands.UNCONFIRMED
    by = next((each for each in readers if each.profile is not None), None)
    unfit = ""
    if by is not None and (used := by.profile) is not None:
        unfit = fit_words(root / path, root, reference=f"{used.name}@{used.version}", settings=by.settings)
    sheets: list[str] = []
    if entry is not None and path.lower().endswith(".xlsx"):
        sheets = [*hidden_sheets(root / path), unread_sheets(root / path, readers, settled_in(root, path))]
    lacks = [f"{each}: {folder.lacks[each]}" for each in confirmed if each in folder.lacks]
    return FileStanding(path, standing, "; ".join(each for each in (names, *lacks, unfit, *sheets) if each))


def _newest(paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return each path that another one of the same folder supersedes, to the newest of them, and by what."""
    groups: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if (same := stem(name)) is not None:
            groups.setdefault((folder, same[0]), []).append(path)
    found: dict[str, tuple[str, str]] = {}
    for group in groups.values():
        latest = max(group, key=lambda path: rank(path.rpartition("/")[2]))
        top = rank(latest.rpartition("/")[2])
        how = "the date in its name" if dated(latest.rpartition("/")[2]) is not None else "the version in its name"
        found |= {path: (latest, how) for path in group if rank(path.rpartition("/")[2]) < top}
    return found


def blamed_first(files: Sequence[FileStanding]) -> list[FileStanding]:
    """Return the files that a person has to settle, without those that are not read only because of one of these."""
    blamed = [
        each for each in files if each.standing is HowItStands.UNKNOWN or each.path.rpartition("/")[2] in each.words
    ]
    return blamed or list(files)


def standing_lines(files: Sequence[FileStanding], quote: Callable[[str], str]) -> list[str]:
    """Return the list as lines, a heading for each standing.

    Args:
        files: In the order of their standing.
        quote: Writes a path as a shell takes it.
    """
    if not files:
        return ["The folder holds no file."]
    lines: list[str] = []
    for standing in HowItStands:
        mine = [each for each in files if each.standing is standing]
        if mine:
            lines.append(f"{standing}: {counted(len(mine), 'file')}")
            lines += [f"  {plain(each.path)}: {plain(each.words, most=400)}" for each in mine]
    unknown = [each for each in files if each.standing is HowItStands.UNKNOWN]
    if unknown:
        first = quote(unknown[0].path)
        lines.append(f"To bind one: gonogo add PROGRAM {first}. To settle that it is no evidence, so that nobody")
        lines.append(f"asks again: gonogo add PROGRAM {first} --not-evidence REASON")
    return lines
