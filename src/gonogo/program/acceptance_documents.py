"""Acceptances as people write them: one row for each open item of a register that somebody takes over."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from gonogo.documents.quantities import Day
from gonogo.documents.scalars import Bare, Id, ScalarType, SchemaOne, Seat, Words, decimal_of, mistake, scalar
from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.acceptance import Acceptance

_NUMERAL: Final = re.compile(r"-?[0-9.]+%?")


def _share(value: object) -> Decimal:
    found = scalar(value)
    if not _NUMERAL.fullmatch(found.text):
        hint = "write the largest percentage that the item may touch, and nothing else: `4%`"
        raise mistake("G112", f"`{found.text[:40]}` is not a share", hint)
    number = decimal_of(found)
    if not 0 <= number <= 1:
        hint = f"write `{found.text}%`" if 0 < number <= 100 and not found.text.endswith("%") else "at most `100%`"
        raise mistake("G115", f"`{found.text[:40]}` is not a share of the whole", hint)
    return number


Share = Annotated[
    Decimal,
    ScalarType(_share, {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[0-9]+(\\.[0-9]+)?%?$"}]}),
]


class AcceptanceDocument(Document):
    """One acceptance. What is left out makes it incomplete, so that it does not count."""

    id: Id
    register_id: Bare = Field(alias="register")
    item: Annotated[Words, Field(max_length=200)]
    person: Id | None = None
    role: Seat | None = None
    on: Day | None = None
    until: Day | None = None
    build: Words = ""
    workaround: Words = ""
    tried_on: Day | None = None
    tried_by: Words = ""
    users: Share | None = None
    volume: Share | None = None
    money: Share | None = None
    touches: Words = ""
    release: Id | None = None


class AcceptancesDocument(Document):
    """All acceptances."""

    schema_: SchemaOne = Field(alias="schema")
    acceptances: Annotated[list[AcceptanceDocument], Field(max_length=5000)]


def build_acceptances(
    sheet: CheckedDocument[AcceptancesDocument],
) -> tuple[tuple[Acceptance, ...], list[Problem]]:
    """Return the acceptances and their mistakes. An incomplete acceptance is no mistake: it does not count."""
    found: list[Acceptance] = []
    problems: list[Problem] = []
    for index, entry in enumerate(sheet.document.acceptances if sheet.document else ()):
        if sheet.faults is None and entry.id in {one.id for one in found}:
            what = f"the acceptance '{entry.id}' appears twice"
            problems.append(sheet.problem(("acceptances", index, "id"), "G123", what, "give each its own id"))
        parts = entry.model_dump() | {"person": entry.person or "", "role": entry.role or ""}
        found.append(Acceptance(**parts, unreadable=(sheet.faults or {}).get(index)))
    return tuple(found), problems
