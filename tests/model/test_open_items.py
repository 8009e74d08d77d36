"""The keys of what counts against a fact: bounded, and never shorter without a word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from gonogo.model.evidence import Basis, Evidence, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.open_items import MAX_KEY, MAX_KEYS, bounded, listed
from gonogo.model.reply import Item

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
ROOM = 10**9


def evidence(**more: object) -> Evidence:
    made: dict[str, object] = {
        "fact": "a.count",
        "type": FactType.INTEGER,
        "unit": "items",
        "value": 1,
        "as_of": NOON,
        "basis": Basis.MEASURED,
        "source": Source(binding="b", locator="f.csv"),
    }
    return Evidence.model_validate(made | more)


@pytest.mark.parametrize(("given", "kept", "left_out"), [(9_999, 9_999, 0), (10_000, 10_000, 0), (10_001, 10_000, 1)])
def test_a_list_beyond_its_limit_says_how_many_it_leaves_out(given: int, kept: int, left_out: int):
    """A register that is cut without a word looks as if fewer items were open."""
    assert MAX_KEYS == 10_000

    keys, more = bounded((f"K-{n}" for n in range(given)), ROOM)

    assert (len(keys), more) == (kept, left_out)


@pytest.mark.parametrize(("length", "ends"), [(199, "x"), (200, "x"), (201, "…")])
def test_a_key_beyond_its_limit_shows_that_it_was_cut(length: int, ends: str):
    """Two long keys could otherwise be taken for one whole key."""
    [key], left_out = bounded(["x" * length], ROOM)

    assert (len(key), key[-1], left_out) == (min(length, MAX_KEY), ends, 0)


@pytest.mark.parametrize(("room", "kept"), [(5, ("K-1",)), (6, ("K-1", "K-2")), (7, ("K-1", "K-2"))])
def test_keys_take_no_more_room_than_they_are_given(room: int, kept: tuple[str, ...]):
    """An answer must not be lost because the names of its rows fill the channel."""
    assert bounded(["K-1", "K-2"], room) == (kept, 2 - len(kept))


def test_what_comes_after_a_key_that_does_not_fit_is_left_out_too():
    """A list with holes would have no useful order: the first keys are shown, the rest is counted."""
    assert bounded(["long", "b"], 3) == ((), 2)


def test_a_blank_key_is_told_as_blank():
    """A row whose key nobody filled in counts like any other."""
    assert bounded(["", "  "], ROOM) == (("(blank)", "(blank)"), 0)


@pytest.mark.parametrize(("count", "more"), [(19, ""), (20, ""), (21, " and 1 more")])
def test_twenty_keys_are_shown_and_the_rest_is_counted(count: int, more: str):
    """A finding must stay readable, and must not look as if these were all."""
    keys = tuple(f"K{n}" for n in range(count))

    assert listed(keys, count) == ", ".join(keys[:20]) + more


def test_items_that_are_counted_and_not_named_are_told():
    """ "None" would be untrue where the keys had no room."""
    assert listed((), 3) == "3 that are not named"
    assert listed((), 0) == "none"


def test_evidence_that_names_no_rows_keeps_the_form_of_earlier_versions():
    """An older log must keep its digests."""
    assert evidence().document().keys() & {"open_items", "open_left_out"} == set()


def test_a_list_that_is_empty_differs_from_one_that_is_absent():
    """ "Nothing is open" is a statement; silence is none."""
    assert evidence(open_items=()).document()["open_items"] == []
    assert evidence(open_items=()).open_count == 0
    assert evidence().open_count is None
    assert evidence(open_items=("K-1",), open_left_out=4).open_count == 5


def test_nothing_is_left_out_of_a_list_that_is_not_there():
    """A count without a list would be read as a whole register."""
    with pytest.raises(ValidationError):
        evidence(open_left_out=1)
    with pytest.raises(ValidationError):
        Item(fact="a.count", value=1, as_of=NOON, open_left_out=1)


def test_a_gap_names_no_rows():
    """A fact without a value has nothing that counts against it."""
    with pytest.raises(ValidationError):
        Item(fact="a.count", gap=GapReason.MISSING, detail="none", open_items=("K-1",))
