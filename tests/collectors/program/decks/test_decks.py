"""What the collectors of GSA's decks have in common."""

from __future__ import annotations

from gonogo.collectors.program.decks import gonogo_register_collectors


def test_every_fact_is_owed_only_where_the_ruleset_has_it():
    """The engagement's ruleset and the hardened one ask for others; and no deck says when its content held."""
    found = []
    gonogo_register_collectors(found.append)

    assert [each.name for each in found] == ["metrics", "readiness"]
    assert [kind.dated for each in found for kind in each.recognizes] == [False, False]
    assert [fact.name for each in found for fact in each.facts if not fact.if_known] == []
