"""What page one says of acceptances beside what they are: that many came from one hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from gonogo.model.acceptance import Acceptance
from gonogo.model.verdict import Verdict
from gonogo.report.accepted import accepted_forms, accepted_words
from gonogo.report.formats.text_columns import wrap
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


@pytest.mark.parametrize("many", [1, 2, 3, 4, 9, 40])
@pytest.mark.parametrize("words", ["i", "An interface whose name somebody wrote out at length, with its partner "])
def test_a_screen_counts_and_names_accepted_items_in_whole_sentences(many: int, words: str):
    """The sentence was cut after two lines: how many items there were, and which, stood behind the ellipsis."""
    seen = view(*[("amsel", 0)] * many)
    given = seen.assessment.acceptances or ()
    seen.assessment.acceptances = [one.model_copy(update={"item": f"{words}{n}"}) for n, one in enumerate(given)]
    lead, over, *_ = accepted_forms(seen)
    shown = next(form for form in lead if len(wrap(form, 80)) <= 2)
    named = [one for one in seen.assessment.acceptances if one.item in shown]

    assert shown.startswith(f"Rests on {many} acceptance")
    assert len(named) == many or "`gonogo report PROGRAM --full` lists them" in shown
    assert not named or len(named) == many or f"and {many - len(named)} more" in shown
    assert any(len(wrap(form, 80)) <= 2 for form in over)
    assert lead[0] == accepted_words(seen)[0]


def test_a_screen_says_of_few_items_how_much_each_touches_whose_it_is_and_until_when():
    """The fewest words that a sponsor can ask about."""
    (lead, *_) = accepted_forms(view(("amsel", 0), ("bird", 0)))

    assert lead[1] == (
        "Rests on 2 acceptances: i0 (1% of the users, Rosa Amsel, until 2027-05-10); "
        "i1 (1% of the users, Jo Bird, until 2027-05-10)."
    )
    assert lead[2] == "Rests on 2 acceptances: i0; i1."
    assert lead[-1] == "Rests on 2 acceptances: `gonogo report PROGRAM --full` lists them."
