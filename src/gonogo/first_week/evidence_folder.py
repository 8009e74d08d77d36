"""In which folder the evidence is: what a person answers, what is offered, and files that are somewhere else."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Final

from gonogo.documents.files import real
from gonogo.first_week.folder import look_through
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.recognition import Survey
from gonogo.first_week.seat_interview import WrongAnswer

EVIDENCE: Final = "evidence"


def usual_folder(root: Path) -> str:
    """Return what is offered: the program's folder itself where it has files and no evidence folder yet."""
    return "." if not (root / EVIDENCE).exists() and root.is_dir() and look_through(root, ".").files else EVIDENCE


def evidence_folder(text: str, root: Path) -> str:
    """Return the folder that an answer names, relative to the program's folder.

    Raises:
        WrongAnswer: There is no such folder, or it is outside.
    """
    name = text.strip() or EVIDENCE
    inside = real(root)
    for candidate in (root / name, Path(name)):
        try:
            if not candidate.is_dir():
                continue
            found = real(candidate)
        except (OSError, ValueError):
            continue
        if not found.is_relative_to(inside):
            raise WrongAnswer(
                f"{plain(name)} is outside {plain(str(root))}; evidence must be in the program's folder: move it "
                "there, or start the program in the folder above"
            )
        return found.relative_to(inside).as_posix()
    if name == EVIDENCE:
        return EVIDENCE
    raise WrongAnswer(
        f"there is no folder {plain(name)} in {plain(str(root))}; make it, or leave the answer at `{EVIDENCE}`; "
        f"`.` is {plain(str(root))} itself"
    )


def files_elsewhere(root: Path, evidence: str, found: Survey) -> list[str]:
    """Return that the evidence folder is empty and where files are, as a line; none where it is not, or none are."""
    if found.recognized or found.unrecognized or evidence == ".":
        return []
    beside = len(look_through(root, ".").files)
    folder = plain(quote(str(root)))
    move = f"move them into {plain(evidence)}, then: gonogo add {folder} {plain(quote(str(root / evidence)))}"
    return [f"No file is in {plain(evidence)}, and {counted(beside, 'file')} beside it: {move}"] if beside else []
