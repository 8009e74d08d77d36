"""Standing holds: what every run of a release must find met, or else every decision on that release is void.

A hold is written like a criterion and judged like one, by both evaluators and in every run. It has no severity, no
milestone and no waiver: what a decision cannot survive is not put off and not accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import Field

from gonogo.documents.quantities import Age
from gonogo.documents.scalars import Bare, Dotted, RequirementLeaf, Seat, Words
from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.position import Position
from gonogo.model.ruleset import HOLD_SOURCE, Criterion, Severity
from gonogo.ruleset.criterion import build_criterion
from gonogo.ruleset.field_rules import CriterionContext
from gonogo.ruleset.ruleset_scalars import Setting

_FIXED: Final = {"severity": Severity.ADVISORY, "source": HOLD_SOURCE}
"""Advisory, so that no evaluator counts it for a domain: that it blocks is the decision's own rule."""


class HoldDocument(Document):
    """One standing hold. Its keys mean what they mean in a criterion."""

    id: Dotted
    title: Words
    why: Words
    require: RequirementLeaf
    parameters: dict[Bare, Setting] = Field(default_factory=dict)
    max_age: Age
    owner: Seat
    attest: Annotated[list[Seat], Field(min_length=1)] | None = None
    remedy: Words


def read_holds(
    sheet: CheckedDocument[Document],
    loc: Loc,
    documents: Sequence[HoldDocument],
    around: CriterionContext,
    held: list[Criterion],
    places: dict[str, Position],
) -> list[Problem]:
    """Add the holds at ``loc`` to those that are known, and return every mistake in them.

    Args:
        sheet: The file.
        loc: Place of the list in it.
        documents: What is written there.
        around: What a hold may refer to.
        held: The holds that are known; grows.
        places: Where each criterion, fact and hold stands, by id or name; grows.
    """
    problems: list[Problem] = []
    for index, document in enumerate(documents):
        place = (*loc, index)
        if document.id in places:
            what = f"'{document.id}' is there already, at {places[document.id]}"
            problems.append(sheet.problem((*place, "id"), "G123", what, "give the hold an id of its own"))
            continue
        places[document.id] = sheet.at(place).position
        fixed = _FIXED | {"statement": document.title}
        hold, wrong = build_criterion(sheet, place, document, around, fixed=fixed)
        problems += wrong
        accepted = [name for name in (hold.facts if hold else ()) if name in around.vocabulary.registers_by_fact]
        if accepted:
            what = f"{document.id}: a standing hold may not read '{accepted[0]}': nobody accepts what voids a decision"
            problems.append(sheet.problem((*place, "require"), "G139", what, "read the strict fact alone"))
        if hold is not None:
            held.append(hold)
    return problems
