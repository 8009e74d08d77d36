"""An acceptance that counts for less than its own export says is on page one, in every form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from gonogo.model.acceptance import AcceptanceReview
from gonogo.model.reply import Understated
from gonogo.report.formats import FORMATS
from gonogo.report.formats.text_columns import wrap
from gonogo.report.smaller_shares import understated_forms, understated_row
from gonogo.report.view import RunView


def larger(name: str, part: str = "users", share: str = "0.09", item: str = "D2") -> Understated:
    return Understated(
        acceptance=name, item=item, part=part, share=Decimal(share), granted=Decimal("0.04"), file="desk.csv"
    )


def seen(run: Any, seal_log: Any, *found: Understated, counted: bool = True) -> RunView:
    """A run in which a source's export names these shares."""
    first, *others = run.collectors
    collectors = (first.model_copy(update={"understated": found or None}), *others)
    view = RunView.of(seal_log(replace(run, collectors=collectors).events()))
    reviews = tuple(
        AcceptanceReview(id=name, register_id="desk", item="D2", counted=counted, why="w")
        for name in dict.fromkeys(one.acceptance for one in found)
    )
    decision = view.decision.model_copy(update={"acceptances": reviews or None})
    return replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))


def test_page_one_says_whose_share_is_smaller_and_what_the_export_names(conditional, seal_log):
    """The functional lead signed 4%, and the team's own list said 9%."""
    long, brief, counted = understated_forms(seen(conditional, seal_log, larger("A-1")))

    assert long == (
        "1 acceptance grants a smaller share than its own export names: "
        "A-1 (D2) says 4% of the users, desk.csv says 9%."
    )
    assert brief == "1 acceptance grants a smaller share than its own export names: A-1, 4% and not 9% of the users."
    assert counted.endswith("names: `gonogo report PROGRAM --full` lists them.")


def test_several_are_counted_and_the_first_named(conditional, seal_log):
    """Two dimensions of one acceptance are one acceptance."""
    found = [larger("A-1"), larger("A-1", "money"), larger("A-2"), larger("A-3")]
    long, *brief, _ = understated_forms(seen(conditional, seal_log, *found))

    assert long.startswith(
        "3 acceptances grant a smaller share than their own exports name: A-1 (D2) says 4% of the users"
    )
    assert long.endswith("; and 1 more.")
    assert [form.count(" and not ") for form in brief] == [3, 2, 1]
    assert brief[-1].endswith("A-1, 4% and not 9% of the users; and 3 more.")


@pytest.mark.parametrize("name", ["terminal", "full", "markdown", "html", "json"])
def test_every_form_says_it(conditional, seal_log, name):
    """A sponsor reads one of them."""
    shown = FORMATS[name].render(seen(conditional, seal_log, larger("A-1"))).decode()

    assert ("understated" if name == "json" else "smaller share") in " ".join(shown.split())


def test_a_screen_has_room_for_one_form(conditional, seal_log):
    """However long the items are called."""
    forms = understated_forms(seen(conditional, seal_log, larger("A-1", item="An interface of a long name " * 6)))

    assert any(len(wrap(form, 80)) <= 2 for form in forms)


def test_an_acceptance_that_does_not_count_grants_nothing(conditional, seal_log):
    """It is refused already, for a reason of its own."""
    view = seen(conditional, seal_log, larger("A-1"), counted=False)

    assert (understated_forms(view), understated_row(view, "A-1")) == ((), "")
    assert understated_forms(seen(conditional, seal_log)) == ()


def test_the_entry_of_the_acceptance_says_it_too(conditional, seal_log):
    """Beside what it touches."""
    view = seen(conditional, seal_log, larger("A-1"), larger("A-1", "money", "0.5"), larger("A-2"))

    assert understated_row(view, "A-1") == (
        "9% of the users (desk.csv); 50% of the money (desk.csv); the acceptance counts with its own share"
    )
    assert understated_row(view, "A-9") == ""
