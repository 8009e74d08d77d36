"""What the collectors of GSA's own files have in common."""

from __future__ import annotations

from gonogo.collectors.program.m3 import gonogo_register_collectors


def test_every_fact_is_owed_only_where_the_ruleset_has_it():
    """A ruleset of Phase 3 asks for other facts of one file than that of go-live does."""
    found = []
    gonogo_register_collectors(found.append)

    assert [each.name for each in found] == ["risk", "tracker", "tailoring"]
    assert [kind.dated for each in found for kind in each.recognizes] == [False, False, False]
    assert [fact.name for each in found for fact in each.facts if not fact.if_known] == []
