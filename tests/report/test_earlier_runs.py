"""Of a run before, a line shows the value that its sources agreed on, and none where they did not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import pytest

from gonogo.model.evidence import Evidence
from gonogo.report.earlier_runs import SLIP, one_value


@dataclass(frozen=True)
class Said:
    """What ``one_value`` reads of a piece of evidence."""

    fact: str
    value: Decimal


@pytest.mark.parametrize(
    ("said", "right"),
    [((), None), (("3",), "3"), (("3", "3"), "3"), (("3", "0"), None)],
)
def test_two_schedules_that_disagree_draw_no_point(said, right):
    """The first of two would be drawn, and nobody would know of the worse one."""
    evidence = [Said("ims.bei", Decimal(9)), *(Said(SLIP, Decimal(each)) for each in said)]

    assert one_value(cast("list[Evidence]", evidence), SLIP) == right
