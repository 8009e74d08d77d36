"""One call of ``gonogo add``: files bound, settled or confirmed, and the program file written once."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from shlex import quote
from typing import Any, Final

from gonogo.documents.files import real
from gonogo.errors import ConfigurationError, GonogoError, UsageError
from gonogo.first_week.adding.adding_files import Adding, add_file
from gonogo.first_week.adding.confirming import Ask, Tell, check_name, confirm_binding, interview, told_figures
from gonogo.first_week.adding.folder_status import program_status
from gonogo.first_week.adding.open_program import OpenProgram, open_program, path_in
from gonogo.first_week.adding.program_writing import new_mistakes, undo_words, write_again, write_lines
from gonogo.first_week.adding.said_day import check_day
from gonogo.first_week.adding.said_renamed import old_binding, take_renamed
from gonogo.first_week.adding.set_aside import settle_as_no_evidence
from gonogo.first_week.adding.standing_files import FileStanding, HowItStands, blamed_first
from gonogo.first_week.adding.taken_files import not_known_by, taken_by_pattern
from gonogo.first_week.adding.unconfirmed_now import waiting_words
from gonogo.first_week.adding.whole_sheets import KeptState
from gonogo.first_week.prose import counted, plain
from gonogo.model.placeholder import plain_words
from gonogo.model.program import Binding
from gonogo.plugin.inputs.likeness import rank
from gonogo.program.program_file import load_program
from gonogo.text import listed

_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Added:
    """What one call did.

    Attributes:
        told: What a person hears, a line each.
        waits: Whether a file that was named is left, and a person has to settle it.
    """

    told: list[str]
    waits: bool


def add(program: Path, files: Sequence[Path], **choices: Any) -> list[str]:
    """Add files as :func:`add_each` does; return what a person hears."""
    return add_each(program, files, **choices).told


def add_each(
    program: Path,
    files: Sequence[Path],
    *,
    confirm: bool = False,
    by: str = "",
    held: str = "",
    reason: str = "",
    replaces: str = "",
    renamed: Sequence[str] = (),
    now: datetime | None = None,
    ask: Ask | None = None,
    tell: Tell | None = None,
) -> Added:
    """Add files to a program, or confirm the bindings of those that are there.

    Of several files each stands for itself: what cannot be taken is told, and the others are.

    Args:
        program: The program.
        files: Files, or folders of which every file is meant that nobody reads yet; none for every binding that nobody
            has confirmed.
        confirm: Whether what is bound for them is confirmed.
        by: Who says so; the account by default.
        held: The day on which they held, where they do not say so.
        reason: Why they are no evidence; empty for evidence.
        replaces: Binding whose file the one file replaces; empty where its name has to tell.
        renamed: Headings that the file has in the place of those of the older one, each as ``OLD=NEW``.
        now: What counts as now; the clock by default.
        ask: How a person is asked; None where nobody can be.
        tell: How a person is shown what is read.

    Raises:
        UsageError: A file is missing or outside, nothing was asked for, the day is none that has come, or the program
            file cannot be changed.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    adding = Adding.begin(opened)
    who = by or _account()
    if by:
        check_name(by, "beside --by", opened.files.people)
    if held:
        check_day(opened, held)
    day = f"{opened.now.astimezone(opened.files.program.identity.zone):%Y-%m-%d}"
    if not files and not confirm:
        raise UsageError("No file is named.", hint="`gonogo status` lists the files that no binding reads")
    if not files and ask is None:
        raise UsageError(
            "Nobody can be asked here, so nothing is confirmed.", hint="name the files that you have checked"
        )
    if not by and (confirm or renamed or ask is not None):
        _check_account(who, opened)
    folders = {file: _inside(opened, file) for file in files}
    named = [path for file, standing in folders.items() for path in _paths(opened, file, standing)]
    if replaces and len(named) != 1:
        raise UsageError("One file replaces another.", hint="name the one file beside --replaces")
    if renamed:
        if len(named) != 1 or reason:
            raise UsageError("Headings of one file are renamed.", hint="name the one file beside --renamed")
        replaces = replaces or old_binding(opened, named[0])
        take_renamed(adding, named[0], replaces, renamed, who, day)
    if reason:
        for standing in folders.values():
            _tell_unsettled(adding, standing, named)
    elif files and not named:
        adding.told.append("Every file there is read, superseded or settled already.")
    said = f"{reason} ({who}, {day})" if reason else ""
    said_on = date.fromisoformat(held) if held and confirm else None
    take_each(adding, named, lambda path: _one(adding, path, said, replaces, said_on))
    if adding.changed:
        _write(adding)
    if not reason:
        _tell_taken(adding, [each for standing in folders.values() for each in standing or ()])
    waiting = _waiting(adding) if files else [each for each in opened.bindings if each.confirmed is not None]
    if ask is not None and waiting and not reason:
        interview(adding, waiting, by=who, day=day, ask=ask, tell=tell or (lambda _line: None), held=held)
    elif confirm:
        # Nobody who names a folder has looked at each draft; a newer version of what was confirmed is another matter.
        whole = any(standing is not None for standing in folders.values())
        before = {each.id for each in opened.bindings if each.confirmed is None}
        chosen = [each for each in waiting if not whole or each.id in before]
        for binding in chosen:
            figures = told_figures(adding, binding)
            try:
                confirm_binding(adding, binding, by=who, day=day, held=held)
                adding.told += figures
            except UsageError as error:
                if len(chosen) == 1:
                    raise
                adding.told.append(f"{_words(error)} {error.hint}".strip())
                adding.waits = True
                continue
            if binding.build is not None:
                adding.told.append(
                    f"{binding.id}: taken as results of build {plain(binding.build)}, as its subject: says; the file "
                    "does not say it. If they are not, remove that line."
                )
    if adding.changed:
        _write(adding)
    adding.told += waiting_words(load_program(opened.root).program.bindings)
    return Added(adding.told, adding.waits)


def _tell_taken(adding: Adding, standing: Sequence[FileStanding]) -> None:
    """Tell which newer files patterns take by themselves, and what nobody knows by any file that was just taken."""
    program = replace(adding.program, files=load_program(adding.program.root))
    by_pattern = taken_by_pattern(program, adding.lines, standing, adding.took.values())
    adding.told += by_pattern.values()
    adding.told += not_known_by(program, {*adding.took, *by_pattern})


def _one(adding: Adding, path: str, reason: str, replaces: str, held: date | None) -> None:
    if reason:
        settle_as_no_evidence(adding, path, reason)
    else:
        add_file(adding, path, replaces, held)


def take_each(adding: Adding, paths: Sequence[str], take: Callable[[str], None]) -> None:
    """Take each file as a whole or not at all, so that the program still loads.

    Raises:
        UsageError: The only file cannot be taken.
    """
    if len(paths) == 1:
        take(paths[0])
        return
    before = KeptState(adding)
    # The newest first: an older version of the same call is compared with it.
    paths = sorted(paths, key=lambda path: rank(path.rpartition("/")[2]), reverse=True)
    _take_all(adding, paths, take, checked=False)
    if adding.changed and new_mistakes(adding.program.root, adding.lines):
        before.restore(adding)
        _take_all(adding, paths, take, checked=True)


def _take_all(adding: Adding, paths: Sequence[str], take: Callable[[str], None], *, checked: bool) -> None:
    for path in paths:
        before = KeptState(adding)
        try:
            take(path)
            if checked and (mistakes := new_mistakes(adding.program.root, adding.lines)):
                raise UsageError(f"with it the program would not load: {mistakes[0].what.rstrip('.')}.")
            adding.go_on()
        except (UsageError, ConfigurationError) as error:
            before.restore(adding)
            adding.told.append(f"{plain(path)}: not added: {_words(error)}")
            adding.waits = True


def _words(error: GonogoError) -> str:
    return str(error.args[0]).partition("\n")[0]


def _paths(opened: OpenProgram, file: Path, standing: Sequence[FileStanding] | None) -> list[str]:
    """Return the paths that a name means: of a folder those that nobody reads yet."""
    if standing is None:
        return [path_in(opened, file)]
    return [each.path for each in blamed_first([each for each in standing if each.standing.asks])]


def _inside(opened: OpenProgram, file: Path) -> list[FileStanding] | None:
    """Return how the files of a folder stand; None for what is no folder of the program."""
    for folder in (file, opened.root / file):
        if folder.is_dir() and real(folder).is_relative_to(real(opened.root)):
            above = real(folder).relative_to(real(opened.root)).as_posix()
            inside = "" if above == "." else f"{above}/"
            return [each for each in program_status(opened.files) if each.path.startswith(inside)]
    return None


_READ: Final = (HowItStands.BOUND, HowItStands.UNCONFIRMED, HowItStands.STOPPED)


def _tell_unsettled(adding: Adding, standing: Sequence[FileStanding] | None, named: Sequence[str]) -> None:
    """Tell of which files of a folder a reason is not written: a binding reads them, or they are settled already."""
    if standing is None:
        return
    left = [each for each in standing if each.standing in _READ and each.path not in named]
    for each in left[:_SHOWN]:
        readers = listed([one.id for one in adding.program.readers(each.path)])
        adding.told.append(
            f"{plain(each.path)}: the reason is not written, because {readers} reads it. If it is no evidence all the "
            f"same: gonogo add PROGRAM {quote(each.path)} --not-evidence REASON"
        )
    if len(left) > _SHOWN:
        adding.told.append(f"The reason is not written for {counted(len(left) - _SHOWN, 'more file')} that are read.")
    elif not left and not named:
        adding.told.append("The reason is not written: every file there is superseded or settled already.")
    adding.waits |= bool(left)


def _write(adding: Adding) -> None:
    if adding.kept is None:
        adding.kept = write_lines(adding.program.root, adding.lines, adding.before)
        adding.told.append(undo_words(adding.kept, adding.program.root))
    else:
        write_again(adding.program.root, adding.lines, adding.before)
    adding.before, adding.changed = adding.lines, False


def _waiting(adding: Adding) -> list[Binding]:
    """Return the bindings that wait for a person, as the file has them by now."""
    found = load_program(adding.program.root).program.bindings if adding.unconfirmed else ()
    return [each for each in found if each.id in adding.unconfirmed]


def _check_account(account: str, opened: OpenProgram) -> None:
    """Refuse an account that is not the name of somebody in the people register where nobody says who confirms.

    Raises:
        UsageError: It is such an account: ``root``, or ``akirsch``.
    """
    if plain_words(account) not in map(plain_words, opened.files.people.names.values()):
        raise UsageError(
            f"The account `{plain(account, most=80)}` is not the name of a person, and nobody says who confirms.",
            hint='say it: --by "Ada Kirsch"',
        )


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
