"""How many items one person accepted within two days: many by one hand deserve a look of their own. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from gonogo.model.acceptance import Acceptance

WITHIN: Final = timedelta(days=1)
"""Two days: the day of an acceptance and the next."""
MANY: Final = 5
"""So many by one hand are said on page one."""

OnePerson = Callable[[str, str, date], bool]


def most_by_one_hand(accepted: Iterable[Acceptance], one_person: OnePerson) -> tuple[Acceptance, ...]:
    """Return the acceptances of the person who gave most within two days, in the order of their days.

    Args:
        accepted: Acceptances that count.
        one_person: Whether two ids are one person on a day; a doubt counts as yes.
    """
    dated = sorted(((one.on, one) for one in accepted if one.on is not None), key=lambda pair: (pair[0], pair[1].id))
    most: tuple[Acceptance, ...] = ()
    for start, first in dated:
        near = [
            one
            for on, one in dated
            if timedelta(0) <= on - start <= WITHIN and one_person(first.person, one.person, on)
        ]
        most = max(most, tuple(near), key=len)
    return most
