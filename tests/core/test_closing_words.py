"""Which words close an item: the ruleset says it, and a binding that says otherwise answers for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.core.closing_words import closing_fault
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.model.register import Register

REGISTER = Register(
    id="interfaces",
    item="one interface",
    fact="ifs.passed_ratio",
    closed=("passed",),
    accept=("customer.functional_lead",),
    open_unaccepted="ifs.open",
)
COLUMNS = {"list": {"columns": {"state": {"type": "text", "allowed": ["passed", "failed", "waived"]}, "site": {}}}}


def fault(measure: dict[str, Any] | None, *, plugin: str = "table", register: Register = REGISTER) -> str:
    settings = {"tables": COLUMNS, "facts": {"passed_ratio": measure}} if measure else {}
    binding = Binding(
        id="list", plugin=plugin, prefix="ifs", side=Side.CUSTOMER, producer="Interface team", settings=settings
    )
    return closing_fault(register, binding, "ifs.passed_ratio")


@pytest.mark.parametrize(
    "where",
    [
        'state == "passed"',
        '"passed" == state',
        'state in ["passed"]',
        'state == "Passed"',
        'state == "passed" and site == "north"',
        'state == "passed" or state == "passed"',
    ],
)
def test_the_words_of_the_ruleset_close_an_item(where: str):
    """However the condition is written."""
    assert fault({"share": {"where": where}}) == ""


@pytest.mark.parametrize(
    "where", ['state in ["passed", "waived"]', 'state == "waived"', 'state == "passed" or state == "waived"']
)
def test_another_word_closes_nothing(where: str):
    """A program that counts *waived* as passed has nothing open."""
    assert 'lets "waived" close an item; the ruleset lets only "passed" close one' in fault({"share": {"where": where}})


@pytest.mark.parametrize(
    "measure",
    [
        {"share": {"where": 'state != "failed"'}},
        {"share": {"where": 'not state == "failed"'}},
        {"share": {"where": 'state == "passed" or site == other'}},
        {"share": {"where": "done"}},
        {"share": {"where": 'state == "passed"', "among": 'state != "waived"'}},
        {"sql": "SELECT 1"},
        {"count": {"where": 'site == "north"'}},
        {"count": {"where": 'state == "failed" and site == "north"'}},
        None,
    ],
)
def test_a_condition_that_does_not_show_its_words_answers_for_nothing(measure: dict[str, Any] | None):
    """What is left over by a negation, or out of the whole, may be what is open."""
    assert "Nothing in the binding list shows which words close an item" in fault(measure)


@pytest.mark.parametrize(("where", "counts"), [('state in ["failed", "waived"]', True), ('state == "failed"', False)])
def test_what_a_count_of_open_items_leaves_out_is_closed(where: str, counts: bool):
    """The column lists its texts: those that the count does not name close an item."""
    assert (fault({"count": {"where": where}}) == "") is counts


@pytest.mark.parametrize(
    ("plugin", "closed", "counts"),
    [("junit", "passed", True), ("junit", "ok", False), ("raid", "closed", False), ("other", "passed", False)],
)
def test_built_in_collectors_have_words_of_their_own(plugin: str, closed: str, counts: bool):
    """A RAID log also closes what is cancelled; of a collector that nobody here knows, nobody can tell."""
    register = REGISTER.model_copy(update={"closed": (closed,)})

    assert (fault(None, plugin=plugin, register=register) == "") is counts


def test_a_register_that_asks_for_no_words_takes_those_of_the_binding():
    """The rule is the ruleset's to make."""
    assert fault(None, register=REGISTER.model_copy(update={"closed": None})) == ""
