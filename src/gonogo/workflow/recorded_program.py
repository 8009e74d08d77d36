"""A program as the audit log holds it: what a recorded run can be judged by again, without any file of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from gonogo.core.names import holders
from gonogo.errors import GonogoError
from gonogo.model.base import Frozen
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Delegation, Organization, PeopleRegister, Staff, Tenure
from gonogo.model.program import Program
from gonogo.model.record import MaterialRecorded
from gonogo.model.ruleset import Ruleset
from gonogo.model.seats import Seats
from gonogo.report.view import RunView
from gonogo.workflow.loaded import LoadedProgram

_Value = TypeVar("_Value", bound=Frozen)


class Unreadable(Exception):
    """The record lacks what judging needs, or this release does not read it; the text says what, as a sentence."""


def recorded_program(records: Sequence[SealedRecord], view: RunView, folder: Path) -> LoadedProgram:
    """Return what a run was judged by, from the material in the log.

    Args:
        records: What a report of the run is made of.
        view: The run.
        folder: Folder of the log; no file of it is read.

    Raises:
        Unreadable: The material is not in the log, or is of a schema that this release does not read.
    """
    started = view.started
    ruleset = _material(records, "ruleset", started.ruleset_sha256, Ruleset)
    vocabulary = _material(records, "vocabulary", started.vocabulary_sha256, Vocabulary)
    if vocabulary.digest() != started.vocabulary_sha256:
        raise Unreadable("the recorded vocabulary is read differently by this release of gonogo")
    return LoadedProgram(
        program=_program(records, view),
        release=started.release,
        people=_people(records, view),
        waivers=view.assessment.waivers,
        plans=view.assessment.plans,
        root=folder,
        ruleset=ruleset,
        vocabulary=vocabulary,
        origin=started.origin,
        earlier=view.decision.follows,
        acceptances=view.assessment.acceptances or (),
        lock=view.decision.lock,
    )


def recorded_settings(records: Sequence[SealedRecord], view: RunView) -> dict[str, str] | None:
    """Return settings of bindings in the order in which they were written; None where the record does not hold it."""
    wanted = view.started.program_sha256
    own = [each.data for each in records if each.type is EventType.MATERIAL_RECORDED]
    found = [MaterialRecorded.from_document(each) for each in own if each["sha256"] == wanted]
    return next((each.settings for each in found if each.kind == "program"), None)


def _program(records: Sequence[SealedRecord], view: RunView) -> Program:
    wanted = view.started.program_sha256
    if wanted is None:  # earlier versions did not name it; the program that was recorded beside the run is the one
        own = [each.data for each in records if each.type is EventType.MATERIAL_RECORDED]
        wanted = next((MaterialRecorded.from_document(each).sha256 for each in own if each["kind"] == "program"), None)
    if wanted is None:
        raise Unreadable("the run does not say which program file it read")
    return _material(records, "program", wanted, Program)


def _people(records: Sequence[SealedRecord], view: RunView) -> PeopleRegister:
    """Return the register by ids and days, with the names that the decision records."""
    if not view.assessment.waivers and not view.assessment.acceptances:  # nobody signed: names come from the record
        return PeopleRegister()
    if view.started.people_sha256 is None:
        raise Unreadable("the people register is not in the log, so the waivers cannot be judged again")
    seats = _material(records, "people", view.started.people_sha256, Seats)
    ids = _register(seats, {})
    names: dict[str, str] = {}
    day = view.started.program.local_date(view.started.now)
    for who, called in (view.decision.people or {}).items():
        names.update(zip([who] if who in ids.names else holders(ids, who, day), called, strict=False))
    return _register(seats, names)


def _register(seats: Seats, names: Mapping[str, str]) -> PeopleRegister:
    """Return a register in which all ids are different people, as in each register that gonogo accepts."""
    ids = {one.person for one in seats.held} | {one.to for one in seats.lent} | set(seats.staff)

    def named(person: str) -> dict[str, Any]:
        return {"name": names.get(person, person), "distinct_from": tuple(sorted(ids - {person}))}

    return PeopleRegister(
        tenures=tuple(
            Tenure(
                role=each.role,
                person=each.person,
                start=each.start,
                end=each.end,
                unit=each.unit,
                **named(each.person),
            )
            for each in seats.held
        ),
        delegations=tuple(
            Delegation(
                role=each.role,
                by=each.by,
                to=each.to,
                purpose="not recorded",
                start=each.start,
                end=each.end,
                **named(each.to),
            )
            for each in seats.lent
        ),
        staff=tuple(Staff(person=person, **named(person)) for person in seats.staff),
        organizations=tuple(Organization(id=each, name=each) for each in seats.organizations),
    )


def _material(records: Sequence[SealedRecord], kind: str, sha256: str | None, shape: type[_Value]) -> _Value:
    found = None
    for record in records:
        if record.type is EventType.MATERIAL_RECORDED and record.data.get("sha256") == sha256:
            material = MaterialRecorded.from_document(record.data)
            found = material.content if material.kind == kind else found
    if found is None:
        raise Unreadable(f"the {_NAMES[kind]} is not in the log")
    try:
        return shape.from_document(found)
    except (ValidationError, GonogoError) as error:
        raise Unreadable(
            f"the recorded {_NAMES[kind]} is of a schema that this release of gonogo does not read"
        ) from error


_NAMES = {"ruleset": "ruleset", "vocabulary": "vocabulary", "program": "program file", "people": "people register"}
