"""What page one says of acceptances beside what they are: that many came from one hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from gonogo.model.acceptance import Acceptance
from gonogo.model.decision import Verdict
from gonogo.report.accepted import accepted_words
from gonogo.report.view import RunView


def view(*signed: tuple[str, int]) -> RunView:
    """A run whose one criterion rests on acceptances, by person and day."""
    accepted = [
        Acceptance(id=f"A-{n}", register_id="ifs", item=f"i{n}", person=who, on=date(2027, 4, 14) + timedelta(days=day),
                   until=date(2027, 5, 10), workaround="by hand", users=Decimal("0.01"))
        for n, (who, day) in enumerate(signed)
    ]  # fmt: skip
    finding = SimpleNamespace(rests_on=tuple(one.id for one in accepted), comparisons=())
    people = {"amsel": ("Rosa Amsel",), "bird": ("Jo Bird",)}
    return cast(
        RunView,
        SimpleNamespace(
            findings=[finding],
            assessment=SimpleNamespace(acceptances=accepted),
            decision=SimpleNamespace(verdict=Verdict.CONDITIONAL_GO, people=people),
        ),
    )


@pytest.mark.parametrize(("many", "said"), [(4, False), (5, True), (6, True)])
def test_page_one_names_a_hand_that_signed_many_in_two_days(many: int, said: bool):
    """Five in one sitting were hardly tried one by one; a reader should ask."""
    words = accepted_words(view(*[("amsel", n % 2) for n in range(many)], ("bird", 0)))

    sentence = f"Rosa Amsel gave {many} of these {many + 1} acceptances on 2027-04-14 and 2027-04-15."
    assert (sentence in words) is said
    assert len(words) == 2 + said


def test_one_day_is_one_day():
    """The dates are those of the acceptances."""
    assert accepted_words(view(*[("bird", 3)] * 5))[-1] == "Jo Bird gave 5 of these 5 acceptances on 2027-04-17."


@pytest.mark.parametrize(("second", "said"), [("Travel", True), ("Pay", False), ("", False), ("n/a", False)])
def test_page_one_says_which_items_counted_once_and_what_they_add_up_to(second: str, said: bool):
    """At most 1% is true of a group that is one; a reader sees who says so, and what it is otherwise."""
    seen = view(("amsel", 0), ("bird", 0))
    given = seen.assessment.acceptances or ()
    seen.assessment.acceptances = [
        one.model_copy(update={"touches": word}) for one, word in zip(given, ("Travel", second), strict=True)
    ]

    words = accepted_words(seen)

    sentence = (
        "Counted once, as touching the same: i0 and i1 as Travel; counted one by one, all items would touch at most "
        "2% of the users."
    )
    assert (sentence in words) is said
    assert ("together they touch at most 1% of the users" in words[1]) is said
