"""Registers of the vocabulary: from ``facts.yaml`` and overlays to declarations, with every mistake at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Final

from pydantic import Field

from gonogo.documents.scalars import Bare, Dotted, Seat, Words
from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.fact import FactDeclaration, FactType
from gonogo.model.register import (
    ACCEPTANCES,
    BY_ONE_HAND,
    CRITERIA_RESTING,
    EXPOSURE,
    ITEMS_RESTING,
    Register,
    may_never_accept,
)
from gonogo.ruleset.gathering import Gathering
from gonogo.text import did_you_mean, listed

UNFIT: Final = "G138"
_MADE: Final = {
    CRITERIA_RESTING: FactType.INTEGER,
    ITEMS_RESTING: FactType.INTEGER,
    BY_ONE_HAND: FactType.INTEGER,
    EXPOSURE: FactType.RATIO,
}


class RegisterDocument(Document):
    """One register: a source that names its open items by key, so that people can accept them one by one."""

    item: Words
    fact: Dotted
    same_items: Annotated[list[Dotted], Field(min_length=1)] | None = None
    closed: Annotated[list[Words], Field(min_length=1, max_length=50)] | None = None
    accept: Annotated[list[Seat], Field(min_length=1, max_length=50)]
    open_unaccepted: Dotted
    open_exposure: Dotted | None = None


RegisterDocuments = Annotated[dict[Bare, RegisterDocument], Field(max_length=200)]
RegisterSheet = tuple[CheckedDocument[Document], Mapping[str, RegisterDocument]]


def read_registers(
    sheets: Sequence[RegisterSheet], facts: Sequence[FactDeclaration], seats: Collection[str]
) -> tuple[tuple[Register, ...], list[Problem]]:
    """Return the registers of all files, and every mistake in them.

    Args:
        sheets: Each file with what stands under its ``registers``.
        facts: Every declared fact.
        seats: Every seat.
    """
    known = {fact.name: fact for fact in facts}
    found: dict[str, Register] = {}
    problems: list[Problem] = []
    for sheet, documents in sheets:
        for name, document in documents.items():
            place: Loc = ("registers", name)
            if name in found:
                what = f"the register '{name}' is declared already"
                problems.append(sheet.key_problem(place, "G123", what, "use another name"))
                continue
            wrong = [
                *_unknown_facts(sheet, place, document, known),
                *_unfit_facts(sheet, place, document, known),
                *_taken(sheet, place, document, found),
                *_seats(sheet, place, document.accept, seats),
            ]
            problems += wrong
            if not wrong:
                found[name] = _register(name, document)
    return tuple(found.values()), problems


def registers_in(desk: Gathering, sheets: Sequence[RegisterSheet]) -> tuple[Register, ...] | None:
    """Gather the registers of every file, when its facts and seats are known; None where there is none."""
    found, problems = read_registers(sheets, desk.facts, desk.seats)
    desk.problems += problems
    desk.unread["facts"] |= bool(problems)
    return found or None


def made_fact_problems(sheet: CheckedDocument[Document], place: Loc, fact: FactDeclaration) -> list[Problem]:
    """Return the mistake of a fact below ``acceptances.``, which gonogo makes while it judges, if it has one."""
    if fact.name.partition(".")[0] != ACCEPTANCES:
        return []
    if fact.name not in _MADE:
        what = f"gonogo makes the facts below `{ACCEPTANCES}.` itself, and '{fact.name}' is not one of them"
        hint = did_you_mean(fact.name, _MADE, otherwise=f"it makes {listed(list(_MADE))}")
        return [sheet.problem((*place, "name"), UNFIT, what, hint)]
    if fact.type is not _MADE[fact.name]:
        what = f"'{fact.name}' is made by gonogo and has the type {_MADE[fact.name]}, not {fact.type}"
        return [sheet.problem((*place, "type"), UNFIT, what, f"write `type: {_MADE[fact.name]}`")]
    return []


def _register(name: str, document: RegisterDocument) -> Register:
    return Register(
        id=name,
        item=document.item,
        fact=document.fact,
        same_items=tuple(document.same_items) if document.same_items else None,
        closed=tuple(document.closed) if document.closed else None,
        accept=tuple(document.accept),
        open_unaccepted=document.open_unaccepted,
        open_exposure=document.open_exposure,
    )


def _named(document: RegisterDocument) -> Iterator[tuple[Loc, str]]:
    yield ("fact",), document.fact
    yield from ((("same_items", index), name) for index, name in enumerate(document.same_items or ()))
    yield ("open_unaccepted",), document.open_unaccepted
    if document.open_exposure is not None:
        yield ("open_exposure",), document.open_exposure


def _unknown_facts(
    sheet: CheckedDocument[Document], place: Loc, document: RegisterDocument, known: Mapping[str, FactDeclaration]
) -> Iterator[Problem]:
    for loc, name in _named(document):
        if name not in known:
            hint = did_you_mean(name, known, otherwise="declare it under `facts:`")
            yield sheet.problem((*place, *loc), "G120", f"'{name}' is not a fact of the vocabulary", hint)


def _unfit_facts(
    sheet: CheckedDocument[Document], place: Loc, document: RegisterDocument, known: Mapping[str, FactDeclaration]
) -> Iterator[Problem]:
    fact, count = known.get(document.fact), known.get(document.open_unaccepted)
    share = known.get(document.open_exposure or "")
    if fact is not None and fact.type not in (FactType.RATIO, FactType.INTEGER):
        what = f"'{fact.name}' has the type {fact.type}, which names no items"
        hint = "name a ratio of items that are closed, or an integer that counts the open ones"
        yield sheet.problem((*place, "fact"), UNFIT, what, hint)
    for loc, name in _named(document):
        if (sampled := known.get(name)) is not None and sampled.sample:
            what = f"'{name}' is declared as a sample, but a register names every item"
            yield sheet.problem((*place, *loc), UNFIT, what, "remove `sample: true` from the fact")
    if count is not None and count.type is not FactType.INTEGER:
        what = f"'{count.name}' has the type {count.type}, but gonogo counts open items into it"
        yield sheet.problem((*place, "open_unaccepted"), UNFIT, what, "declare it with `type: integer`")
    if share is not None and share.type is not FactType.RATIO:
        what = f"'{share.name}' has the type {share.type}, but gonogo adds up shares into it"
        yield sheet.problem((*place, "open_exposure"), UNFIT, what, "declare it with `type: ratio`")
    for loc, name in _named(document):
        if name.partition(".")[0] == ACCEPTANCES:
            what = f"'{name}' is a fact about all registers together"
            yield sheet.problem((*place, *loc), UNFIT, what, "a register names facts of its own")


def _taken(
    sheet: CheckedDocument[Document], place: Loc, document: RegisterDocument, found: Mapping[str, Register]
) -> Iterator[Problem]:
    """A fact is computed for one register only, and no register counts by what another computes."""
    computed = {name: register.id for register in found.values() for name in register.computed}
    read = {name: register.id for register in found.values() for name in (register.fact, *(register.same_items or ()))}
    own: set[str] = set()
    for loc, name in _named(document):
        makes = loc[0] in ("open_unaccepted", "open_exposure")
        if name in own:
            what = f"'{name}' is named twice in this register"
            yield sheet.problem((*place, *loc), "G123", what, "name a fact of its own for each")
        elif name in computed or (makes and name in read):
            other = computed.get(name) or read[name]
            what = f"'{name}' belongs to the register '{other}' already"
            yield sheet.problem((*place, *loc), "G123", what, "name a fact of its own")
        own.add(name)


def _seats(
    sheet: CheckedDocument[Document], place: Loc, accept: Sequence[str], seats: Collection[str]
) -> Iterator[Problem]:
    for index, seat in enumerate(accept):
        where = (*place, "accept", index)
        if seat not in seats:
            hint = did_you_mean(seat, seats, otherwise="declare it under `offices:` of the ruleset")
            yield sheet.problem(where, "G124", f"'{seat}' is not a seat", hint)
        elif why := may_never_accept(seat):
            yield sheet.problem(where, UNFIT, f"'{seat}' accepts nothing: {why}", "name the seat that does")
        if seat in accept[:index]:
            yield sheet.problem(where, "G123", f"'{seat}' appears twice", "keep one")
