"""How people of the register and the program's sides are referred to: what a typed name may be taken for."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from gonogo.model.base import Frozen
from gonogo.model.people import M3_OFFICES, PeopleRegister, Side


class Spoken(Frozen):
    """Names, offices and sides by which people write of each other.

    Attributes:
        people: Person id to every name that the register gives.
        offices: Offices in which somebody sits, beside those of M3.
        sides: The side to what the customer and the provider are called: a name may hold any letter, and a key may not.
    """

    people: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    offices: tuple[str, ...] = ()
    sides: Mapping[str, str] = Field(default_factory=dict)


def spoken_of(register: PeopleRegister, *, customer: str = "", provider: str = "") -> Spoken:
    """Return how the people of a register, and the two sides of its program, are referred to."""
    names: dict[str, set[str]] = {}
    for person, name in (
        *((one.person, one.name) for one in register.tenures),
        *((one.to, one.name) for one in register.delegations),
        *((one.person, one.name) for one in register.staff),
    ):
        names.setdefault(person, set()).add(name)
    seats = [*(one.role for one in register.tenures), *(one.role for one in register.delegations)]
    return Spoken(
        people={person: tuple(sorted(variants)) for person, variants in sorted(names.items())},
        offices=tuple(sorted({seat.partition(".")[2] for seat in seats} - set(M3_OFFICES))),
        sides=_sides(customer, provider),
    )


def _sides(customer: str, provider: str) -> dict[str, str]:
    """Return the two sides to their names; none where one name stands for both."""
    if customer.casefold() == provider.casefold():
        return {}
    sides = {Side.CUSTOMER.value: customer, Side.PROVIDER.value: provider}
    return {side: name for side, name in sides.items() if name.strip()}
