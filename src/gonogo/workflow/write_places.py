"""Where gonogo may write: the log of a decision on a disk to rely on; no report over what a program reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from gonogo.audit.filesystem import file_system, refusal
from gonogo.documents.files import real
from gonogo.errors import GonogoError, RecordFault, UsageError
from gonogo.model.assessment import Purpose
from gonogo.plugin.inputs.leftovers import composed
from gonogo.workflow.loaded import LoadedProgram

if TYPE_CHECKING:
    from gonogo.program.program_file import ProgramFiles

WRITTEN_BY_PEOPLE: Final = frozenset({".yaml", ".yml", ".xlsx", ".lock", ".pem"})
"""Suffixes of registers, rulesets, workbooks, locks and keys; no report replaces one."""


def check_report_files(place: Path, reports: Iterable[Path], *, rewrites: Collection[str] = ()) -> None:
    """Check, before anything runs, that no report replaces a file of the program at ``place`` or lies in its log.

    Of a program that cannot be loaded nobody knows what it binds: what people write is safe all the same.

    Args:
        place: Folder of the program, or its file.
        reports: What is to be written.
        rewrites: Suffixes of files that the command writes anew each time: one is replaced if the program does not
            name it.

    Raises:
        UsageError: A report would; it names the file.
    """
    file = place / "gonogo.yaml" if place.is_dir() else place
    root = real(file.parent)
    inside = [path for path in reports if root in real(path).parents]
    if not inside or not file.is_file():
        return
    for path in inside:
        _check_suffix(path, file, rewrites)
    from gonogo.program.program_file import load_program  # most reports lie elsewhere

    try:
        loaded = load_program(file)
    except GonogoError:
        return
    for path in inside:
        _check(path, loaded, root)


def _check_suffix(path: Path, file: Path, rewrites: Collection[str]) -> None:
    target = real(path)
    suffix = target.suffix.lower()
    if not target.exists() or suffix not in WRITTEN_BY_PEOPLE:
        return
    if suffix not in rewrites or target.name.encode() in file.read_bytes():
        raise UsageError(f"The report {path} would replace a file that people write.", hint=_elsewhere(path))


def _elsewhere(path: Path) -> str:
    return f"write it elsewhere, for example {path.with_name('report' + path.suffix)}"


def _check(path: Path, loaded: ProgramFiles, root: Path) -> None:
    target = real(path)
    log = real(root / loaded.program.log)
    if log in target.parents and log != root:
        raise UsageError(f"The report {path} would lie in the folder of the audit log.", hint="write it elsewhere")
    if not target.exists():
        return
    name = composed(target.relative_to(root).as_posix())
    for binding in loaded.program.bindings:
        named = (PurePosixPath(entry).as_posix() for given in binding.inputs for entry in given.paths)
        patterns = [composed(entry) for entry in named]
        if any(name == pattern or fnmatchcase(name, pattern) for pattern in patterns):
            raise UsageError(
                f"The report {path} would replace evidence of the binding {binding.id}.", hint=_elsewhere(path)
            )


def check_place(loaded: LoadedProgram, purpose: Purpose) -> None:
    """Check, before anything is collected, that the log of a decision lies where a record can be relied on.

    Raises:
        RecordFault: It lies on a network, synced, memory or unknown file system.
    """
    if purpose is not Purpose.DECISION:
        return
    why = refusal(file_system(loaded.root / loaded.program.log))
    if why:
        raise RecordFault(
            f"the audit log of a decision may not be here: {why}",
            hint="name a folder on a local disk in gonogo.yaml (log:), and move the audit folder there",
        )
