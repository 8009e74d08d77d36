"""One binding by its id, answered by a person: confirmed, or dropped because its files are no evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.confirming import (
    check_name,
    confirm_binding,
    drop_binding,
    leave_build_open,
    questions_above,
)
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.previewing import preview_in, waits_for_a_day
from gonogo.first_week.adding.program_writing import undo_words, write_lines
from gonogo.first_week.adding.row_choices import CountingChoice, open_choices, without_guess
from gonogo.first_week.adding.said_day import dated_otherwise
from gonogo.first_week.adding.seen_content import changed_words, seen_of
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.text import listed


@dataclass(frozen=True, slots=True)
class BindingLook:
    """What a person sees of one binding before they answer.

    Attributes:
        id: Its id.
        paths: Its files, as the binding names them.
        producer: Who made them.
        side: Whose evidence it is.
        waits: Whether nobody has confirmed it.
        wants_day: Whether a person has to say when the content held.
        reads: What it reads today, a line each.
        asked: Questions that stand above it in the program file.
        seen: Digest of the program file, of the files and of how they are read, as they were looked at.
        choices: Columns of which a person has to say which rows count, each choice with the figures that it gives.
        build: The build whose results they are by a guess, of which a person has to say whether it is so; else None.
    """

    id: str
    paths: tuple[str, ...]
    producer: str
    side: str
    waits: bool
    wants_day: bool
    reads: tuple[str, ...]
    asked: tuple[str, ...]
    seen: str
    choices: tuple[CountingChoice, ...] = ()
    build: str | None = None


def look_at_binding(program: Path, binding: str, now: datetime | None = None) -> BindingLook:
    """Return what one binding reads today, and what is asked about it.

    Raises:
        UsageError: The program has no such binding.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    found = binding_named(opened, binding)
    seen = seen_of(opened, found)
    lines, waits = Adding.begin(opened).lines, found.confirmed is not None and _written(opened, found)
    reply = preview_in(opened, without_guess(opened, lines, found) if waits else found)
    return BindingLook(
        id=found.id,
        paths=tuple(path for entry in found.inputs for path in entry.paths),
        producer=found.producer,
        side=str(found.side),
        waits=found.confirmed is not None,
        wants_day=waits_for_a_day(found) or bool(dated_otherwise(opened, found)),
        reads=(f"nothing: {plain(reply, most=600)}",)
        if isinstance(reply, str)
        else tuple(line.strip() for line in opened.figures.lines(reply)),
        asked=tuple(questions_above(Adding.begin(opened), found.id)) if _written(opened, found) else (),
        seen=seen,
        choices=tuple(open_choices(opened, lines, found)) if waits else (),
        build=found.build if waits else None,
    )


def choices_of(program: Path, binding: str, now: datetime | None = None) -> list[CountingChoice]:
    """Return of which columns a person has to say which rows count, in the order of :class:`BindingLook`.

    Raises:
        UsageError: The program has no such binding.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    found = binding_named(opened, binding)
    if found.confirmed is None or not _written(opened, found):
        return []
    return open_choices(opened, Adding.begin(opened).lines, found, figures=False)


def settle_binding(
    program: Path,
    binding: str,
    *,
    by: str,
    held: str = "",
    no_evidence: str = "",
    seen: str = "",
    rows: Mapping[str, str] | None = None,
    of_build: bool | None = None,
    now: datetime | None = None,
) -> list[str]:
    """Confirm one binding, or drop it; return what a person hears.

    Args:
        program: The program.
        binding: Id of the binding.
        by: Who answers.
        held: The day on which its content held, where neither the file nor its name says so.
        no_evidence: Why its files are no evidence; empty to confirm it.
        seen: What :func:`look_at_binding` gave; empty where nobody looked by it.
        rows: Heading to the rows that count by it, as a person chose them.
        of_build: Whether these are the results of the build that the binding names; None where nobody says it.
        now: What counts as now; the clock by default.

    Raises:
        UsageError: The binding does not wait, was changed since it was looked at, or cannot be confirmed so.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    found = binding_named(opened, binding)
    if not by.strip():
        raise UsageError("Nobody is named.", hint="give the name of the person who has checked it")
    check_name(by.strip(), "in the place of who answers", opened.files.people)
    if found.confirmed is None:
        raise UsageError(f"{found.id} does not wait for anybody: it was confirmed before.")
    if seen and seen != seen_of(opened, found):
        raise UsageError(changed_words(found.id), hint="look at what it reads now, and answer again")
    adding = Adding.begin(opened)
    day = f"{opened.now.astimezone(opened.files.program.identity.zone):%Y-%m-%d}"
    if no_evidence.strip():
        drop_binding(adding, found, f"{no_evidence.strip()} ({by.strip()}, {day})")
    else:
        if found.build is not None and of_build is None:
            raise UsageError(
                f"{found.id} cannot be confirmed: nobody has said whether these are the results of build "
                f"{plain(found.build, most=80)}.",
                hint="the file does not say it; answer yes or no",
            )
        confirm_binding(adding, found, by=by.strip(), day=day, held=held.strip(), rows=rows)
        if found.build is not None and not of_build:
            leave_build_open(adding, found)
    adding.told.append(undo_words(write_lines(opened.root, adding.lines, adding.before), opened.root))
    return adding.told


def binding_named(opened: OpenProgram, name: str) -> Binding:
    """Return a binding by its id.

    Raises:
        UsageError: The program has none.
    """
    for each in opened.bindings:
        if each.id == name:
            return each
    known = listed([each.id for each in opened.bindings], most=20) or "none"
    raise UsageError(f"The program has no binding {plain(name, most=80)}.", hint=f"it has {known}")


def _written(opened: OpenProgram, binding: Binding) -> bool:
    """Whether the binding stands in the program file: that of `attestations:` does not."""
    return binding.id in opened.files.places
