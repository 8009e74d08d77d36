"""Upgrading a program's copy of its ruleset: the difference in words first, then, if wanted, the new copy."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from gonogo.documents.files import real
from gonogo.errors import UsageError
from gonogo.first_week.difference import Difference, difference
from gonogo.first_week.ruleset_copy import edited_files, read_origin, write_copy
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset, ruleset_by_name
from gonogo.ruleset.locate import REFERENCE, find_ruleset, named_ruleset


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade would do.

    Attributes:
        folder: The program's copy.
        program: The program.
        new: The ruleset that would take its place.
        difference: In words.
        edited: Files of the copy that were edited since it was made.
        known: Whether anything says where the copy came from.
    """

    folder: Path
    program: ProgramFiles
    new: LoadedRuleset
    difference: Difference
    edited: tuple[str, ...]
    known: bool

    def lines(self) -> list[str]:
        """Return what a person hears before anything is replaced."""
        lines = self.difference.lines()
        if not self.known:
            lines.append("Nothing says where this copy came from, so nobody can tell whether it was edited here.")
        if self.edited:
            lines.append(f"Edited in this program since it was copied: {', '.join(self.edited)}.")
        return lines


def look_up(program: Path, *, to: str | None = None) -> Upgrade:
    """Return what an upgrade of a program's ruleset would change. Nothing is written.

    Args:
        program: Folder of the program.
        to: Another ruleset than the shipped one of the same name: ``name@version`` or a path.

    Raises:
        ConfigurationError: The program or a ruleset has mistakes.
        UsageError: The program has no copy of its own, or no ruleset of that name is shipped.
    """
    loaded = load_program(program)
    reference = loaded.program.ruleset
    if REFERENCE.fullmatch(reference):
        raise UsageError(
            f"The program names {reference}, as it comes with gonogo, and has no copy of its own.",
            hint="it changes only with the version that gonogo.yaml names; `gonogo init` makes programs with a copy",
        )
    folder = find_ruleset(reference, root=loaded.root, where=loaded.ruleset_place)
    if not real(folder).is_relative_to(real(loaded.root)):
        raise UsageError(f"The ruleset {reference} is outside the program's folder; it is replaced there.")
    old = load_ruleset(folder)
    new = _newer(old.ruleset.name, to)
    origin = read_origin(folder)
    edited = edited_files(folder, origin) if origin else []
    return Upgrade(folder, loaded, new, difference(old, new), tuple(edited), origin is not None)


def _newer(name: str, to: str | None) -> LoadedRuleset:
    if to is None and named_ruleset(name) is None:
        raise UsageError(
            f"No ruleset named {name} is installed.",
            hint="say which one it should become: --to PATH",
        )
    return ruleset_by_name(to or name)


def replace_copy(upgrade: Upgrade, *, discard_edits: bool) -> None:
    """Put the new ruleset in place of the copy, whole or not at all.

    Raises:
        ConfigurationError: The program, or an overlay of it, does not fit the new ruleset; nothing was replaced.
        UsageError: The copy was edited here and ``discard_edits`` is not said, or files cannot be written.
    """
    if (upgrade.edited or not upgrade.known) and not discard_edits:
        raise UsageError(
            "What was edited in the program's copy would be lost; nothing was replaced.",
            hint="put it into an overlay, or say --discard-edits as well",
        )
    check_program(upgrade.program, load_ruleset(upgrade.new.folder, upgrade.program.overlay_paths))
    folder = upgrade.folder
    fresh, aside = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    try:
        for left in (fresh, aside):
            if left.exists():
                shutil.rmtree(left)
        write_copy(upgrade.new, fresh)
        folder.rename(aside)
        try:
            fresh.rename(folder)
        except OSError:
            aside.rename(folder)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise UsageError(f"{folder} cannot be replaced: {error.strerror or error}.") from error
