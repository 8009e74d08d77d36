"""Action plans and waivers as they would be if people wrote and signed them: complete, and nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.ruleset import Criterion
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.workflow.loaded import LoadedProgram

_ASKS: Final = "supposed.requester"
_NAMES: Final = (
    *("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima"),
    *("Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey"),
)
"""One for each seat that signs; a ruleset has fewer seats than these."""


def supposed_plan(criterion: str, loaded: LoadedProgram, today: date) -> ActionPlan:
    """Return a complete action plan that is due on the day of go-live, or today after it."""
    question = loaded.ruleset.get(criterion)
    owner = "customer.program_manager" if question is None else question.owner
    return ActionPlan(
        criterion=criterion, owner=owner, action="Close the criterion in time.", due=max(_go_live(loaded), today)
    )


def supposed_waivers(
    criteria: Sequence[str], loaded: LoadedProgram, today: date
) -> tuple[tuple[Waiver, ...], PeopleRegister]:
    """Return a waiver of each criterion that every named seat signed today, and the people who would have signed."""
    asked = [question for each in criteria if (question := loaded.ruleset.get(each)) is not None]
    seats = dict.fromkeys(seat for question in asked for seat in question.waivable_by)
    names = dict(zip(seats, _NAMES, strict=False))
    ids = {seat: f"supposed.{name.lower()}" for seat, name in names.items()}
    known = {*ids.values(), _ASKS, *loaded.people.parties}
    tenures = tuple(
        Tenure(
            role=seat,
            person=person,
            name=f"Signer {names[seat]}",
            distinct_from=tuple(sorted(known - {person})),
        )
        for seat, person in ids.items()
    )
    waivers = tuple(_waiver(number, question, loaded, ids, today) for number, question in enumerate(asked, 1))
    return waivers, PeopleRegister(tenures=tenures)


def _waiver(number: int, question: Criterion, loaded: LoadedProgram, ids: dict[str, str], today: date) -> Waiver:
    return Waiver(
        id=f"supposed-{number}",
        criterion=question.id,
        reason="It is supposed that the criterion cannot be met in time.",
        residual_risk="It is supposed that the risk that remains is written down.",
        compensating_control="It is supposed that a control is in place instead.",
        owner=question.owner,
        requested_by=_ASKS,
        approved_by=tuple(
            Approval(person=ids[seat], role=seat, on=today) for seat in question.waivable_by if seat in ids
        ),
        expires_on=max(_go_live(loaded), today),
        release=loaded.release.id,
    )


def _go_live(loaded: LoadedProgram) -> date:
    return loaded.program.identity.local_date(loaded.release.go_live)
