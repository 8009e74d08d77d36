"""What every value has in common."""

from functools import cached_property

import pytest

from gonogo.model.base import Frozen
from gonogo.model.people import PeopleRegister, Tenure


class Sum(Frozen):
    numbers: tuple[int, ...]

    @cached_property
    def total(self) -> int:
        return sum(self.numbers)


@pytest.mark.parametrize("deep", [False, True])
def test_a_copy_remembers_nothing_of_what_it_was_copied_from(deep):
    """A stale sum, or a stale list of names, would judge the new content by the old."""
    first = Sum(numbers=(1, 2))
    assert first.total == 3

    copied = first.model_copy(update={"numbers": (1, 2, 3)}, deep=deep)

    assert (copied.total, first.total) == (6, 3)


def test_a_copied_register_knows_its_new_people():
    """Whether two ids are one person is read from what is remembered."""
    register = PeopleRegister(tenures=(Tenure(role="customer.pmo_lead", person="kirsch", name="Ada Kirsch"),))
    assert register.knows("kirsch")

    assert not register.model_copy(update={"tenures": ()}).knows("kirsch")


def test_a_copy_with_what_the_value_does_not_have_is_refused():
    """A mistyped name would change nothing, and nobody would notice."""
    with pytest.raises(TypeError, match="Sum has no total, totals"):
        Sum(numbers=()).model_copy(update={"totals": 1, "total": 2})
