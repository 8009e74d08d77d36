"""Warnings about who signs and for how long: offices among the people, and waivers without an end in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.bodies import names_a_body
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Program
from gonogo.model.ruleset import DecisionPolicy
from gonogo.model.waiver import Waiver

A_YEAR: Final = 365


def bodies(sheet: CheckedDocument[Document], register: PeopleRegister) -> Iterator[Problem]:
    """Yield a warning for everybody in a register whose name reads like an office or a mailbox."""
    named: list[tuple[Loc, str, str]] = []
    named += [(("people", index, "name"), one.name, one.role) for index, one in enumerate(register.tenures)]
    named += [(("delegations", index, "name"), one.name, one.role) for index, one in enumerate(register.delegations)]
    named += [(("staff", index, "name"), one.name, "staff") for index, one in enumerate(register.staff)]
    for place, name, role in named:
        if names_a_body(name):
            what = (
                f"'{name}' in {role} reads like an office, a mailbox or a service and not like a person: it can "
                "approve no waiver; name the person who signs, and list bodies under organizations"
            )
            yield replace(sheet.problem(place, "G194", what), level="warning")


def long_waivers(
    sheet: CheckedDocument[Document], waivers: tuple[Waiver, ...], program: Program, policy: DecisionPolicy
) -> Iterator[Problem]:
    """Yield a warning for every waiver that runs beyond the policy's limit, or beyond a year where it has none."""
    most = policy.max_waiver_days
    for index, waiver in enumerate(waivers):
        for release in program.releases:
            if waiver.expires_on is None or waiver.release not in (None, release.id):
                continue
            days = (waiver.expires_on - program.identity.local_date(release.go_live)).days
            if days <= (A_YEAR if most is None else most):
                continue
            bears = "the policy sets no limit (max_waiver_days)" if most is None else f"the policy allows {most}"
            runs = f"the waiver {waiver.id} runs until {waiver.expires_on}"
            what = f"{runs}, {days} days after the go-live of {release.id}; {bears}"
            yield replace(sheet.problem(("waivers", index, "expires_on"), "G193", what), level="warning")
