"""Where the rules name no closing words, page one shows what a binding closes by, if it is not one plain word."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.core.closed_by import closed_by
from gonogo.model.people import Side
from gonogo.model.program import Binding

FACT, ITEM = "gates.met_ratio", "one exit condition"


def told(
    measure: dict[str, Any], *, plugin: str = "table", allowed: tuple[str, ...] = ("met", "waived", "open")
) -> str:
    tables = {"list": {"columns": {"state": {"type": "text", "allowed": list(allowed)}, "built": {}}}}
    settings = {"tables": tables, "facts": {"met_ratio": measure}}
    binding = Binding(id="list", plugin=plugin, prefix="gates", side=Side.CUSTOMER, producer="PMO", settings=settings)
    return closed_by(FACT, ITEM, binding)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ('state == "met"', False),
        ('state in ["met"]', False),
        ("built", False),
        ("built and tested", False),
        ("legacy == target", False),
        ('state in ["met", "waived"]', True),
        ('state == "met" or state == "waived"', True),
        ('state != "open"', True),
        ('not state == "open"', True),
        ("built or deferred", True),
        ("built and (", False),
    ],
)
def test_a_share_that_closes_by_more_than_one_word_is_shown(where: str, says: bool):
    """*Waived* counts as met, and the rules have no word against it."""
    found = told({"share": {"where": where}})

    assert (found != "") is says
    assert not says or found == (
        f"{FACT}: the rules name no words that close {ITEM}, and list counts as closed: {where}."
    )


@pytest.mark.parametrize(("allowed", "says"), [(("met", "open"), False), (("met", "waived", "open"), True)])
def test_a_count_of_open_items_shows_what_it_leaves_out(allowed: tuple[str, ...], says: bool):
    """Whatever it does not name is closed."""
    found = told({"count": {"where": 'state == "open"'}}, allowed=allowed)

    assert (found != "") is says
    assert not says or found.endswith("counts as closed what is “met” and “waived”.")


def test_a_long_condition_is_cut():
    """A page has lines."""
    found = told({"share": {"where": " or ".join(f'state == "word {each}"' for each in range(20))}})

    assert found.endswith("….")
    assert len(found) == 260


@pytest.mark.parametrize("measure", [{"sql": "SELECT 1"}, {"share": {}}, {"count": {}}, {}])
def test_what_has_no_condition_closes_by_none(measure: dict[str, Any]):
    """It is a gap already, or counts every row."""
    assert told(measure) == ""


def test_other_collectors_have_words_of_their_own():
    """A test report closes by what passed."""
    assert told({"share": {"where": 'state != "open"'}}, plugin="junit") == ""
