"""The keys of a JSON document's outermost object, from its end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.first_week.outer_keys import first_keys, last_keys

DOCUMENT = {"a": {"in": [1, {"x": 'quoted " \\ {['}]}, 'b"': "text \\\\", "c": [], "d": {"e": {"c2": '\\"'}}}
TEXT = json.dumps(DOCUMENT)


@pytest.mark.parametrize("cut", range(len(TEXT)))
def test_wherever_the_end_begins_its_keys_are_those_of_the_document(cut: int) -> None:
    """The end of a long file begins anywhere: in a string, behind a backslash, in an inner object."""
    whole = [key.replace('\\"', '"') for key in first_keys(TEXT)]
    found = [key.replace('\\"', '"') for key in last_keys(TEXT[cut:])]

    assert whole == list(DOCUMENT)
    assert found == whole[len(whole) - len(found) :]


def test_only_a_key_that_the_cut_goes_through_is_left_out() -> None:
    """Of the first quotation mark nobody knows whether a backslash stands before it; every key behind it is found."""
    at = TEXT.index('"d"')

    assert last_keys(TEXT[at - 1 :]) == ["d"]
    assert last_keys(TEXT[at:]) == []
    assert last_keys(TEXT[at + 1 :]) == []


@pytest.mark.parametrize("text", ["", '{"a": 1', "[1, 2]", "}"])
def test_what_does_not_end_as_an_object_has_no_last_keys(text: str) -> None:
    """A file that is cut, a list, nothing."""
    assert last_keys(text) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('ab"\\{}[]:, \n', max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\{}[]:', max_size=4), inner, max_size=4),
    max_leaves=24,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text('abc"\\{}[]:', max_size=5), JSON, max_size=5), st.sampled_from([None, 1]))
def test_the_keys_are_those_that_a_parser_finds_whatever_is_inside(document: dict[str, object], indent: int) -> None:
    """Inner objects are passed over whole; a brace or a quotation mark in a string must not end one."""
    text = json.dumps(document, indent=indent)

    assert [json.loads(f'"{key}"') for key in first_keys(text)] == list(document)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text("abc", max_size=3), JSON, min_size=1, max_size=5), st.integers(0, 400))
def test_a_head_that_is_cut_anywhere_shows_the_first_keys(document: dict[str, object], cut: int) -> None:
    """A file's head ends in the middle of an inner object."""
    found = [json.loads(f'"{key}"') for key in first_keys(json.dumps(document)[:cut])]

    assert found == list(document)[: len(found)]
