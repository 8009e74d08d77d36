"""A file of a folder such as ``old`` that is added beside the present one: it is listed as superseded, not drafted."""

from __future__ import annotations

from gonogo.first_week.adding.folder_status import program_survey
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.prose import plain
from gonogo.first_week.series import in_series
from gonogo.first_week.superseding import SUPERSEDED, sort_out


def put_away_beside(program: OpenProgram, path: str) -> tuple[str, str] | None:
    """Return why a file is no evidence beside the present one, and that in words; None for any other file.

    Args:
        program: The program.
        path: Of the file.
    """
    if not in_series(path).aside:
        return None
    found = program_survey(program.files)
    settled = program.files.program.not_evidence or {}
    known = [each for each in found.recognized if each.path == path or each.path not in settled]
    others = [each.path for each in found.unrecognized if each.path not in settled]
    newest, why = sort_out(known, program.root, others).by.get(path, ("", ""))
    if not newest:
        return None
    return (
        f"{SUPERSEDED}{newest}: newer by {why}",
        f"{plain(path)}: not bound. {plain(newest)} is newer by {plain(why)}, so it is listed under not_evidence. "
        "If it is the present one all the same, take that line out of gonogo.yaml and add it with --replaces.",
    )
