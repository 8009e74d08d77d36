"""``gonogo.yaml`` written anew: only what loads is written, at once, and the file before is kept beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from gonogo.documents.files import read_file
from gonogo.documents.whole_files import replace_file, set_aside
from gonogo.errors import ConfigurationError, IsolationFault, Problem, RecordFault, UsageError
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.plugin.declarations import WARNINGS
from gonogo.plugin.host import checked_bindings
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import load_ruleset

NAME: Final = "gonogo.yaml"
_FAULTY: Final = "faulty"


def read_lines(root: Path) -> ProgramLines:
    """Return the lines of a program's file.

    Raises:
        ConfigurationError: It cannot be read.
    """
    return ProgramLines.of(read_file(root / NAME).decode("utf-8"))


def write_lines(root: Path, lines: ProgramLines, before: ProgramLines) -> Path:
    """Write the program's file and return where the one before is kept.

    It is kept as ``gonogo.earlier.yaml`` if it loads, and as ``gonogo.faulty.yaml`` if somebody broke it by hand.

    Args:
        root: The program's folder.
        lines: What is written.
        before: What it was made of.

    Raises:
        UsageError: What would be written does not load, or the file is another one by now; nothing is changed then.
        RecordFault: It cannot be written.
    """
    _refuse_mistakes(root, lines)
    faulty = bool(_mistakes(root, before))
    _refuse_another(root, before)
    aside = set_aside(root / NAME, _FAULTY if faulty else "earlier")
    replace_file(root / NAME, lines.text.encode("utf-8"))
    return aside


def write_again(root: Path, lines: ProgramLines, before: ProgramLines) -> None:
    """Write the program's file once more in the same change: the one before the change stays the one that is kept.

    Raises:
        UsageError: What would be written does not load, or the file is another one by now; nothing is changed then.
        RecordFault: It cannot be written.
    """
    _refuse_mistakes(root, lines)
    _refuse_another(root, before)
    replace_file(root / NAME, lines.text.encode("utf-8"))


def _refuse_another(root: Path, before: ProgramLines) -> None:
    """Refuse to write over what somebody else wrote meanwhile: a person may have answered for minutes."""
    if read_lines(root) != before:
        raise UsageError(
            f"{NAME} is left as it is, because it was changed since it was read: by the local page, another command or "
            "by hand.",
            hint="do it again; it is read anew",
        )


def undo_words(aside: Path, root: Path) -> str:
    """Say how a change is taken back."""
    where = "this folder" if root == Path() else root
    if f".{_FAULTY}" in aside.name:
        return f"{NAME} did not load before this change; that text is kept as {aside.name} in {where}."
    return f"To undo: move {aside.name} over {NAME} in {where}."


def new_mistakes(root: Path, lines: ProgramLines) -> list[Problem]:
    """Return why the program would not load with these lines, but for what is wrong in the file that is there.

    The checks are those of ``gonogo lint``: the file, its ruleset, and what each collector says of its settings.

    Raises:
        RecordFault: The lines cannot be written for a trial.
    """
    found = _mistakes(root, lines)
    known = {(each.code, each.what) for each in _mistakes(root, read_lines(root))} if found else set()
    return [each for each in found if (each.code, each.what) not in known]


def load_lines(root: Path, lines: ProgramLines) -> ProgramFiles:
    """Return the program as it would be with these lines.

    Raises:
        ConfigurationError: With every mistake.
        RecordFault: They cannot be written for a trial.
    """
    try:
        number, name = tempfile.mkstemp(dir=root, prefix=f".{NAME}.", suffix=".partial")
    except OSError as error:
        raise RecordFault(f"{root} cannot be written: {error.strerror or error}", hint="free some space") from error
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(lines.text.encode("utf-8"))
        return load_program(Path(name))
    finally:
        Path(name).unlink(missing_ok=True)


def _refuse_mistakes(root: Path, lines: ProgramLines) -> None:
    if found := new_mistakes(root, lines):
        raise UsageError(
            f"{NAME} is left as it is, because what would be written does not load: {found[0].what.rstrip('.')}.",
            hint="change it by hand; `gonogo lint` checks the file",
        )


def _mistakes(root: Path, lines: ProgramLines) -> list[Problem]:
    """Load the program under another name, so that nothing is written that ``lint`` would refuse."""
    try:
        loaded = load_lines(root, lines)
        place = loaded.ruleset_place
        rules = load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=place)
        checked = check_program(loaded, rules)
        found, _ = checked_bindings(checked.program, rules.vocabulary)
    except ConfigurationError as error:
        return list(error.problems)
    except IsolationFault:
        return []  # no collector can be started here; `lint` says so too
    return [each for each in found if each.code not in WARNINGS]
