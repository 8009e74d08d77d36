"""What a key begins with tells what it is the key of."""

from __future__ import annotations

import pytest

from gonogo.model.key_beginning import begins_with


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("INC0010101", "INC"),
        ("inc0010101", "INC"),
        ("TASK0010001", "TASK"),
        ("SCTASK0010001", "SCTASK"),
        ("T5101", "T"),
        ("TR-11", "TR-"),
        ("TR11", ""),
        ("INCIDENT1", ""),
        ("INC", ""),
        ("0INC1", ""),
        ("", ""),
    ],
)
def test_a_beginning_stands_right_before_a_digit(key: str, found: str) -> None:
    """TASK is no beginning of SCTASK, and T none of TASK."""
    assert begins_with(key, ["T", "TASK", "INC", "SCTASK", "TR-"]) == found


def test_signs_in_a_beginning_are_taken_as_they_are() -> None:
    """A dot is a dot."""
    assert begins_with("A.1", ["A."]) == "A."
    assert begins_with("AB1", ["A."]) == ""
