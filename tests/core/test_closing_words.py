"""Which words close an item: the ruleset says it, and a binding that says otherwise answers for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.core.closing_words import closing_fault, counted_alike
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


UNWORDED = REGISTER.model_copy(update={"closed": None})


@pytest.mark.parametrize("kind", ["share", "count"])
def test_a_register_that_asks_for_no_words_takes_those_of_the_binding(kind: str):
    """The rule is the ruleset's to make."""
    assert fault({kind: {"where": "done"}}, register=UNWORDED) == ""


@pytest.mark.parametrize("plugin", ["junit", "raid", "schedule", "other"])
def test_without_words_a_collector_that_reads_items_answers(plugin: str):
    """Whether it names them is seen in its value."""
    assert fault(None, plugin=plugin, register=UNWORDED) == ""


def test_without_words_a_statement_closes_no_item_either():
    """A person who states 100% hides what is open as well as one who lets *waived* close it."""
    assert fault(None, plugin="attestation", register=UNWORDED) == (
        "ifs.passed_ratio is a person's statement in the binding list, which names no items; bind the list itself, "
        "with a row and a key for each item (one interface)."
    )


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ({"sql": "SELECT 1"}, "by sql, which counts no items; use share or count."),
        ({"only": "reported"}, "by only, which counts no items; use share or count."),
        ({"max": {"of": "reported"}}, "by max, which counts no items; use share or count."),
        ({"share": {"where": "done", "weigh": "dollars"}}, "adds up dollars"),
        ({"share": {"where": "done", "per": {"column": "site", "need": "any"}}}, "lets one row of several close"),
        ({"share": {"where": "done"}, "by": {"column": "site", "take": "highest"}}, "for one group alone"),
    ],
)
def test_without_words_a_table_counts_each_item_once(measure: dict[str, Any], says: str):
    """A cell that says 100%, or a weight of nothing, is a statement in a file."""
    assert says in fault(measure, register=UNWORDED)


def test_a_person_who_states_a_share_closes_no_item():
    """A statement of 100% names no item, so no row shows what is open."""
    found = fault(None, plugin="attestation")

    assert found == (
        "ifs.passed_ratio is a person's statement in the binding list, which names no items; the ruleset lets only "
        '"passed" close one.'
    )


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"share": {"where": 'state == "passed"', "weigh": "dollars"}}, "adds up dollars"),
        ({"share": {"where": 'state == "passed"'}, "by": {"column": "site", "take": "highest"}}, "for one group alone"),
        (
            {"count": {"where": 'state in ["failed", "waived"]'}, "by": {"column": "site", "take": "lowest"}},
            "one group",
        ),
    ],
)
def test_a_register_counts_each_item_once_and_every_item(more: dict[str, Any], says: str):
    """What weighs nothing would be closed, and so would every item outside the best group."""
    assert says in fault(more)


@pytest.mark.parametrize(
    ("kind", "need", "counts"),
    [("share", "any", False), ("share", "every", True), ("count", "every", False), ("count", "any", True)],
)
def test_one_row_of_several_closes_no_item(kind: str, need: str, counts: bool):
    """An interface with a row *passed* and a row *failed* is not closed."""
    where = 'state == "passed"' if kind == "share" else 'state in ["failed", "waived"]'
    found = fault({kind: {"where": where, "per": {"column": "site", "need": need}}})

    assert (found == "") is counts
    assert counts or "lets one row of several close an item" in found


@pytest.mark.parametrize(("table", "counts"), [("list", True), ("other", False)])
def test_the_words_of_a_column_are_those_of_its_own_table(table: str, counts: bool):
    """Another table may have a column of the same name that knows fewer words."""
    closed = REGISTER.model_copy(update={"closed": ("passed",)})
    settings = {
        "tables": {
            "list": {"columns": {"state": {"allowed": ["passed", "failed"]}}},
            "other": {"columns": {"state": {"allowed": ["passed", "failed", "waived"]}}},
        },
        "facts": {"passed_ratio": {"table": table, "count": {"where": 'state == "failed"'}}},
    }
    binding = Binding(id="list", plugin="table", prefix="ifs", side=Side.CUSTOMER, producer="x", settings=settings)
    first = settings | {"facts": {"passed_ratio": {"count": {"where": 'state == "failed"'}}}}

    assert (closing_fault(closed, binding, "ifs.passed_ratio") == "") is counts
    assert closing_fault(closed, binding.model_copy(update={"settings": first}), "ifs.passed_ratio") == ""


def test_facts_that_count_the_same_rows_by_the_same_column_are_counted_alike():
    """Whatever lets another word close an item says so in each of them; a count by another column does not."""
    settings = {
        "tables": COLUMNS,
        "facts": {
            "passed_ratio": {"share": {"where": 'state != "failed"'}},
            "failed": {"count": {"where": 'state == "failed"'}},
            "clean": {"table": "list", "none": {"where": 'state == "failed"'}},
            "north": {"count": {"where": 'site == "north"'}},
            "elsewhere": {"table": "other", "count": {"where": 'state == "failed"'}},
        },
    }
    binding = Binding(id="list", plugin="table", prefix="ifs", side=Side.CUSTOMER, producer="x", settings=settings)
    bare = binding.model_copy(update={"prefix": None})

    assert counted_alike(binding, "ifs.passed_ratio") == {"ifs.passed_ratio", "ifs.failed", "ifs.clean"}
    assert counted_alike(bare, "passed_ratio") == {"passed_ratio", "failed", "clean"}
    assert counted_alike(binding, "ifs.unknown") == {"ifs.unknown"}
