"""What the host learns of gonogo's own collectors before it starts a child."""

from __future__ import annotations

import pytest

from gonogo.model.program import STATEMENTS
from gonogo.plugin.discovery import discover
from gonogo.plugin.preload import takes_names


def test_only_the_collector_of_statements_is_handed_names_of_people():
    """A reader of schedules has no use for the names of a register, and what it never holds it cannot give away."""
    own = [entry for entry in discover().values() if entry.builtin]

    assert [entry.name for entry in own if takes_names(entry.module)] == [STATEMENTS]
    assert len(own) > 3


@pytest.mark.parametrize("module", ["gonogo.collectors.not_there", "json"])
def test_what_declares_nothing_takes_no_names(module):
    """Neither does what cannot be imported: the child turns that into gaps."""
    assert not takes_names(module)
