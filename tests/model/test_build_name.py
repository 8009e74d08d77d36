"""A leading v makes no other build; a digit more does."""

from __future__ import annotations

import pytest

from gonogo.model.build_name import same_build, spellings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4.2.16", "4.2.16", True),
        ("v4.2.16", "4.2.16", True),
        ("4.2.16", "V4.2.16", True),
        (" v4.2.16 ", "4.2.16", True),
        ("v4.2.16", "V4.2.16", True),
        ("v4.2.16", "4.2.160", False),
        ("v4.2.160", "4.2.16", False),
        ("v4.2.16", "4.2.16.1", False),
        ("v4.2.16.1", "4.2.16", False),
        ("v4.2.1", "4.2.16", False),
        ("vv4.2.16", "4.2.16", False),
        ("vv4.2.16", "v4.2.16", False),
        ("version4", "ersion4", False),
        ("REL-4", "rel-4", True),
        ("vREL-4", "REL-4", False),
        ("v", "", False),
    ],
)
def test_spellings_of_one_build(one, other, same):
    """TestRail says v4.2.16, the release 4.2.16; evidence of 4.2.160 must not pass for either."""
    assert same_build(one, other) is same
    assert same_build(other, one) is same


def test_all_spellings_are_told():
    """Values of a column are looked up among them."""
    assert spellings("V4.2") == {"v4.2", "4.2"} == spellings("4.2")
    assert spellings("abc") == {"abc"}
