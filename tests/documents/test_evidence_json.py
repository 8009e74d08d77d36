"""JSON of tools is read strictly: as deep as it may be, and not one level deeper."""

from __future__ import annotations

import json

import pytest

from gonogo.documents.evidence_json import MAX_DEPTH, read_evidence
from gonogo.model.refusal import StructuralFault


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1], ids=["below", "equal", "above"])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")])
def test_a_document_is_at_most_so_deep(depth: int, opening: str, closing: str):
    """A deeper one would end the process that reads it."""
    text = opening * depth + "1" + closing * depth
    if depth <= MAX_DEPTH:
        assert read_evidence(text.encode(), "x", number=float) == json.loads(text, parse_int=float)
    else:
        with pytest.raises(StructuralFault, match="deeper than 64 levels"):
            read_evidence(text.encode(), "x", number=float)


def test_brackets_in_texts_are_no_levels_and_hide_none():
    """A message of a scanner holds code, with brackets and quotes of its own."""
    assert read_evidence(json.dumps(["[{" * 100, 'a " [' * 100]).encode(), "x", number=float)
    deep = '["]]]", ' + "[" * MAX_DEPTH + '"\\" ]"' + "]" * MAX_DEPTH + "]"
    with pytest.raises(StructuralFault, match="deeper"):
        read_evidence(deep.encode(), "x", number=float)


def test_levels_that_are_closed_count_no_more():
    """A hundred thousand records stand beside one another."""
    assert len(read_evidence(b"[" + b",".join([b"[[]]"] * 200) + b"]", "x", number=float)) == 200


@pytest.mark.parametrize("pairs", [3, 8, 9, 31, 32, 33])
def test_objects_in_lists_are_counted_as_levels_too(pairs: int):
    """A list of rows is taken for flat without counting; what only begins like one is not."""
    text = '[{"a":' * pairs + '"]]"' + "}]" * pairs
    if 2 * pairs <= MAX_DEPTH:
        assert read_evidence(text.encode(), "x", number=float)
    else:
        with pytest.raises(StructuralFault, match="deeper than 64 levels"):
            read_evidence(text.encode(), "x", number=float)
