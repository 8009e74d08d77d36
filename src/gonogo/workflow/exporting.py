"""The record of a program as one archive: the log, its rules, who is trusted, what was shown, and how to check it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gonogo.archive.archive_writer import pack
from gonogo.archive.contents import Contents
from gonogo.audit.history import open_history
from gonogo.audit.ledger import RunState
from gonogo.audit.verification import verify_log
from gonogo.documents.files import real
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.report.words import count
from gonogo.signing.trust_file import named_key_files, read_trust
from gonogo.signing.trust_values import Trust
from gonogo.workflow.publishing import log_folder, render_again

_REPORTS: Final = {"html": "html", "markdown": "md", "json": "json"}
"""Formats that are packed, and the ending of their files."""


def export_log(place: Path, target: Path, *, trust_file: Path | None = None, sources: bool = False) -> list[str]:
    """Pack the record of a program into an archive, and return what to say about it.

    Args:
        place: Folder of the program, or of the log.
        target: File to make; never replaced.
        trust_file: Which keys the program trusts; by default the one that the program file names.
        sources: Whether sources whose bytes are kept beside the log are packed too.

    Raises:
        UsageError: There is no log, or the target cannot be made.
        IntegrityError: The log is not sound. Nothing is written.
        RecordFault: Something cannot be read or written.
    """
    folder = log_folder(place)
    if real(folder) in real(target).parents:
        raise UsageError(f"{target} would lie in the folder of the audit log.", hint="name a file elsewhere")
    verified = verify_log(folder)
    if not verified.sound:
        first = verified.problem.sentence if verified.problem is not None else verified.faults[0]
        hint = "`gonogo log verify` says everything that is wrong; copy the folder as it is, nothing was exported"
        raise IntegrityError(f"the audit log is not sound: {first}", hint=hint)
    trusted, data, keys = _trust(place, trust_file)
    reports = _reports(folder)
    log = open_history(folder).ledger.log
    contents = Contents(folder, verified, log, trusted, data, keys, reports, sources=sources)
    files = pack(target, contents.members())
    return [
        f"{target}: {files} files; {verified.records} records of the log {log}, head {verified.head}",
        f"reports of the last decision: {len(reports)}" if reports else "no run in this log is a decision: no report",
        f"trust file of {trusted.program}, {count(len(trusted.keys), 'key')}" if trusted else "no trust file is in it",
        "CHECK.md in it says how to check it with sha256sum and openssl.",
    ]


def _trust(place: Path, given: Path | None) -> tuple[Trust | None, bytes, dict[str, bytes]]:
    """Return the trust file, its bytes, and the files of keys that it names, without which it cannot be read."""
    path = given or _named(place)
    if path is None:
        return None, b"", {}
    trusted = read_trust(path)
    return trusted, path.read_bytes(), named_key_files(path)


def _named(place: Path) -> Path | None:
    """Return the trust file that the program file names; None where there is no program file, or it names none."""
    from gonogo.program.program_file import load_program

    file = place / "gonogo.yaml" if place.is_dir() else place
    if not file.is_file():
        return None
    program = load_program(file).program
    return None if program.trust is None else file.parent / program.trust


def _reports(folder: Path) -> dict[str, bytes]:
    """Return the reports of the last decision of each release."""
    last = {
        (run.program, run.release): run.run
        for run in open_history(folder).runs
        if run.state is RunState.FINISHED and run.purpose is Purpose.DECISION
    }
    return {
        f"{run}.{ending}": render_again(folder, name, run=run)
        for run in last.values()
        for name, ending in _REPORTS.items()
    }
