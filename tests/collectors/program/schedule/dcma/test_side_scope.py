"""Deliverables of both sides in the work breakdown structure."""

from __future__ import annotations

import pytest


def covered(answer):
    return (answer.part, answer.whole, list(answer.open_items or ()))


@pytest.mark.parametrize("side", ["customer", "provider"])
def test_a_deliverable_is_found_by_code_or_name_of_element_or_activity(ask, project, side):
    """As people write them: upper case and spaces do not matter."""
    answers = ask(project, facts=None, scope={side: ["W.1", "deploy", "W.5", " Go-Live ", "Interfaces"]})

    assert covered(answers[f"{side}_scope_in_wbs_ratio"]) == (4, 5, ["Interfaces"])
    other = "provider" if side == "customer" else "customer"
    assert f"{other}_scope_in_wbs_ratio" not in answers


def test_an_element_without_work_is_not_in_it(ask, project, row):
    """A heading without activities is a promise, not a plan."""
    project["Tasks"]["Task"].append(row(9, "Training", 1, "04-27T08", "05-24T17", 160, Summary=1, Baseline=[]))

    answer = ask(project, facts=None, scope={"customer": ["Training", "Build"]})["customer_scope_in_wbs_ratio"]

    assert covered(answer) == (1, 2, ["Training"])


def test_an_element_above_an_element_with_work_is_in_it(ask_xer, tables):
    """XER names elements, and activities say in which they are."""
    tables["PROJWBS"][1]["wbs_name"] = "Payroll interfaces"

    answer = ask_xer(tables, facts=None, scope={"provider": ["payroll interfaces"]})["provider_scope_in_wbs_ratio"]

    assert covered(answer) == (1, 1, [])


@pytest.mark.parametrize("wanted", ["W", "Buil", "Go", "Build 2"])
def test_a_part_of_a_name_is_not_the_deliverable(ask, project, wanted):
    """*Payroll* is not delivered because *Payroll training* is planned."""
    answer = ask(project, facts=None, scope={"customer": [wanted]})["customer_scope_in_wbs_ratio"]

    assert covered(answer) == (0, 1, [wanted])
