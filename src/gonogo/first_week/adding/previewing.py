"""What a binding reads from its file today, asked of its collector as a run asks it, and judged by nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.told_figures import UNSAID_YEAR
from gonogo.first_week.prose import in_short
from gonogo.model.evidence import GapReason
from gonogo.model.fact import Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import AsOfRule, Binding, InputPath, Program, Release
from gonogo.model.reply import NOTHING_COUNTED, Item, Reply
from gonogo.model.spoken import spoken_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect

UNKNOWN: Final = "unknown"


def preview_in(program: OpenProgram, binding: Binding) -> Reply | str:
    """Return what a collector answers for a binding of an open program, as :func:`preview` does.

    Args:
        program: The program, with the moment and the release that count.
        binding: One of its bindings, as it is or as it would be.
    """
    return preview(
        program.files.program,
        binding,
        root=program.root,
        release=program.release,
        now=program.now,
        people=program.files.people,
    )


def preview(
    program: Program,
    binding: Binding,
    *,
    root: Path,
    release: Release,
    now: datetime,
    vocabulary: Vocabulary | None = None,
    people: PeopleRegister | None = None,
) -> Reply | str:
    """Return what a collector answers for one binding, confirmed or not; why it refuses the settings, in words.

    Args:
        program: The program; its other bindings are not asked.
        binding: The binding.
        root: The program's folder.
        release: The release.
        now: The moment.
        vocabulary: Facts of the ruleset; None where none is known.
        people: Who is who.
    """
    read = binding.model_copy(
        update={"confirmed": None, "inputs": tuple(_as_of_now(each, now) for each in binding.inputs)}
    )
    alone = program.model_copy(update={"bindings": (read,), "authority": {}})
    register = people or PeopleRegister()
    request = CollectionRequest(
        alone,
        root=root,
        release=release,
        now=now,
        earlier=[each.id for each in program.releases],
        vocabulary=vocabulary,
        people=register.parties,
        spoken=spoken_of(register, customer=program.identity.customer, provider=program.identity.provider),
    )
    try:
        [reply] = collect(request)
    except ConfigurationError as error:
        return "; ".join(problem.what for problem in error.problems)
    reply = reply.model_copy(update={"items": tuple(_as_judged(item) for item in reply.items)})
    if read.inputs == binding.inputs:
        return reply
    unsaid = next(each.as_of.at for each in binding.inputs if is_unsaid(each))
    items = tuple(item.model_copy(update={"as_of": unsaid}) if item.as_of == now else item for item in reply.items)
    return reply.model_copy(update={"items": items})


def _as_judged(item: Item) -> Item:
    """Return an answer as a run takes it: counts of nothing are a gap and no share."""
    if item.whole != 0:
        return item
    nothing = {"part": None, "whole": None, "as_of": None, "gap": GapReason.MISSING, "detail": NOTHING_COUNTED}
    return item.model_copy(update=nothing)


def said_by_fact(program: OpenProgram, binding: Binding, *, dated: bool = True) -> dict[str, str]:
    """Return what a binding comes to today, by fact: the figure, or why it is unknown.

    Args:
        program: The program.
        binding: One of its bindings.
        dated: Whether it says when each figure held.
    """
    reply = preview_in(program, binding)
    if isinstance(reply, str):
        return {"every fact": f"{UNKNOWN} ({in_short(reply, most=200)})"}
    if reply.failure is not None:
        return {"every fact": f"{UNKNOWN} ({in_short(reply.failure.detail, most=200)})"}
    return {
        each.fact: (program.figures.dated(each) if dated else program.figures.alone(each))
        if each.gap is None
        else f"{UNKNOWN} ({in_short(each.detail, most=200)})"
        for each in reply.items
    }


def is_unsaid(entry: InputPath) -> bool:
    """Whether nobody has said when the content of an input held."""
    said = entry.as_of
    return said.rule is AsOfRule.SAID and said.at is not None and said.at.year <= UNSAID_YEAR


def waits_for_a_day(binding: Binding) -> bool:
    """Whether nobody has said when the content of a binding held."""
    return any(is_unsaid(entry) for entry in binding.inputs)


def _as_of_now(entry: InputPath, now: datetime) -> InputPath:
    """Return an input whose day nobody has said as one of now: its collector would take its days for future ones."""
    if not is_unsaid(entry):
        return entry
    return entry.model_copy(update={"as_of": entry.as_of.model_copy(update={"at": now})})
