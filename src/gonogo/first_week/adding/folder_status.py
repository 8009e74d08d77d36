"""The files of a program, or of any folder, with how each stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gonogo.errors import UsageError
from gonogo.first_week.adding.program_writing import NAME, read_lines
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.standing_files import FileStanding, HowItStands, standing_files
from gonogo.first_week.adding.unsaid_rows import unsaid_in
from gonogo.first_week.file_kinds import Unrecognized, Why
from gonogo.first_week.folder import look_through
from gonogo.first_week.recognition import Survey, survey
from gonogo.plugin.inputs.match import is_wild
from gonogo.program.program_file import ProgramFiles, load_program

EVIDENCE = "evidence"
_STATED = "attestation"
_REGISTERS = ("people", "plans", "waivers", "acceptances", "attestations")


def folder_status(folder: Path) -> list[FileStanding]:
    """Return how each file of a program or folder stands.

    Raises:
        UsageError: There is no such folder.
        ConfigurationError: Its program has mistakes.
    """
    if folder.is_file() and folder.name == NAME:
        folder = folder.parent
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", hint="give the folder of a program, or any folder of files")
    if not (folder / NAME).is_file():
        return standing_files(survey(folder, "."), folder)
    return program_status(load_program(folder))


def program_status(loaded: ProgramFiles) -> list[FileStanding]:
    """Return how each file of a program stands."""
    return standing_files(
        program_survey(loaded),
        loaded.root,
        loaded.program.bindings,
        loaded.program.not_evidence,
        own_files(loaded),
        FilesRead(loaded),
        unsaid_in(read_lines(loaded.root)),
    )


def standing_by_name(program: Path) -> list[FileStanding]:
    """Return how each file of a program stands by its name alone: no file is opened, and no collector is asked.

    Raises:
        ConfigurationError: The program has mistakes.
    """
    loaded = load_program(program)
    found = [look_through(loaded.root, folder) for folder in evidence_folders(loaded)]
    plain = {path for each in found for path, _ in each.files}
    odd = tuple(entry for each in found for entry in each.odd)
    by_name = Survey((), (*odd, *(Unrecognized(path, Why.UNREADABLE, "") for path in plain)))
    said, own = loaded.program, own_files(loaded)
    standing = standing_files(by_name, loaded.root, said.bindings, said.not_evidence, own, FilesRead(loaded))
    return [
        replace(each, words="nothing has looked into it yet")
        if each.path in plain and each.standing is HowItStands.UNKNOWN
        else each
        for each in standing
    ]


def program_survey(loaded: ProgramFiles) -> Survey:
    """Return what a program's folders of evidence hold: those that bindings name, and ``evidence``."""
    found = [survey(loaded.root, folder) for folder in evidence_folders(loaded)]
    return Survey(
        tuple(entry for each in found for entry in each.recognized),
        tuple(entry for each in found for entry in each.unrecognized),
        sum(each.ignored for each in found),
        any(each.cut for each in found),
    )


def evidence_folders(loaded: ProgramFiles) -> list[str]:
    """Return a program's folders of evidence: those that bindings name, and ``evidence``.

    It is the program's folder itself where a file of it is bound, or settled as no evidence. A workbook of statements,
    which gonogo made there, is none.
    """
    bound = [path for binding in loaded.program.bindings for entry in binding.inputs for path in entry.paths]
    stated = [
        path for each in loaded.program.bindings if each.plugin == _STATED for e in each.inputs for path in e.paths
    ]
    named = {*bound, *(loaded.program.not_evidence or {})} - {*own_files(loaded), *stated}
    if any("/" not in path and not is_wild(path) for path in named):
        return ["."]
    tops = {path.split("/")[0] for path in bound if "/" in path}
    folders = sorted(top for top in {*tops, EVIDENCE} if (loaded.root / top).is_dir())
    return folders or ["."]


def own_files(loaded: ProgramFiles) -> list[str]:
    """Return the files that the program names as registers or statements."""
    document: Any = loaded.sheets["program"].document
    return [str(name) for key in _REGISTERS if isinstance(name := getattr(document, key), str)]
