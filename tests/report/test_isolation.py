"""What readers learn of isolation: the levels, and what was not enforced, for all sources in one line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gonogo.model.collected import CollectorFinished
from gonogo.report.isolation import isolation_words, source_words


def source(name: str, level: str, enforced=None, unenforced=None) -> CollectorFinished:
    return CollectorFinished(
        binding=name,
        collector="table:table",
        level=level,
        enforced=enforced,
        unenforced=unenforced,
        declared=1,
        answered=1,
    )


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([], ""),
        ([source("a", "L1")], "L1 for 1 source"),
        ([source("a", "L2", ("reading",), ()), source("b", "L2", ("reading",), ())], "L2 for 2 sources"),
        (
            [source("a", "L2", ("reading",), ()), source("b", "L1", ("reading",), ("network", "scratch"))],
            "L1 for 1 source (b), not enforced: network, scratch; L2 for 1 source (a)",
        ),
        (
            [source("z", "L2", (), ()), *(source(name, "L1", (), ("network",)) for name in "abcde")],
            "L1 for 5 sources (a, b, c and 2 more), not enforced: network; L2 for 1 source (z)",
        ),
    ],
)
def test_the_line_of_page_one(sources, words):
    """The lowest first: it is what a reader has to know."""
    assert isolation_words(SimpleNamespace(collectors=tuple(sources))) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (source("a", "L1"), "L1"),
        (source("a", "L2", ("reading", "network"), ()), "L2; enforced: reading, network"),
        (source("a", "L1", ("reading",), ("network",)), "L1; enforced: reading; not enforced: network"),
    ],
)
def test_the_line_of_a_source(given, words):
    """An older record says no more than it knew."""
    assert source_words(given) == words
