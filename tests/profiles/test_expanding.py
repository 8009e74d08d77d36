"""Word lists put into settings: a word is a word, whatever signs are in it, and what nobody answered is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gonogo.profiles.expanding import Expanded, expanded, facts_of
from gonogo.profiles.profile import FactsOf, Profile, WordList
from gonogo.profiles.shelf import shipped_profiles

_ANY = shipped_profiles()[0]


def tool(
    facts: dict[str, Any], *, allowed: object = "any", prefixes: tuple[str, ...] = ("tests",), **words: tuple[str, ...]
) -> Profile:
    """A profile of one table with these facts and word lists."""
    return replace(
        _ANY,
        tables={"t": {"columns": {"state": {"type": "text", "allowed": allowed}}}},
        words={name: WordList("meaning", usual) for name, usual in words.items()},
        facts=(FactsOf(prefixes, facts),),
    )


def made(profile: Profile, **answers: tuple[str, ...]) -> Expanded:
    """The settings under the usual prefix."""
    return expanded(profile, prefix="tests", answers=answers)


@pytest.mark.parametrize(
    ("word", "condition", "sql"),
    [
        ("Done", 'state in ["Done"]', "state IN ('Done')"),
        ("Won't fix", 'state in ["Won\'t fix"]', "state IN ('Won''t fix')"),
        ('so "done"', 'state in ["so \\"done\\""]', "state IN ('so \"done\"')"),
        ("a\\b", 'state in ["a\\\\b"]', "state IN ('a\\b')"),
        ("\\", 'state in ["\\\\"]', "state IN ('\\')"),
    ],
)
def test_a_word_ends_where_it_ends(word: str, condition: str, sql: str) -> None:
    """A quote in it would make the rest of the word a part of the question."""
    facts = {"open": {"count": {"where": "state in $final"}}, "sum": {"sql": "state IN $final"}}
    found = made(tool(facts, final=("x",)), final=(word,))

    assert found.settings["facts"]["open"]["count"]["where"] == condition
    assert found.settings["facts"]["sum"]["sql"] == sql


def test_a_moment_of_a_query_is_no_word_list() -> None:
    """``$go_live`` is what the run knows."""
    query = "SELECT count(*) FROM t WHERE a < $now AND b < $today AND c < $go_live"
    found = made(tool({"late": {"sql": query}}))

    assert found.settings["facts"]["late"]["sql"] == query


def test_a_fact_whose_words_nobody_knows_is_left_out_and_the_others_stand() -> None:
    """An empty list would count everything, or nothing."""
    facts = {"open": {"count": {"where": "state not in $final"}}, "both": {"count": {"where": "$final or $bad"}}}
    profile = tool(facts | {"all": {"count": {}}}, final=("Done",), bad=())

    assert set(made(profile).settings["facts"]) == {"open", "all"}
    assert made(profile).unanswered == ("bad",)
    assert set(made(profile, bad=("Failed",)).settings["facts"]) == {"open", "both", "all"}
    assert made(profile, bad=("Failed",)).unanswered == ()


def test_where_a_table_needs_words_that_nobody_knows_there_are_no_settings() -> None:
    """A table without its closed list takes any word."""
    profile = tool({"all": {"count": {}}}, allowed=["$kinds"], kinds=())

    assert made(profile) == Expanded({}, ("kinds",))
    assert made(profile, kinds=("Bug", "Bug", "Story")).settings["tables"]["t"]["columns"]["state"]["allowed"] == [
        "Bug",
        "Story",
    ]


def test_every_prefix_of_a_profile_has_its_facts_and_no_other_one() -> None:
    """Defects of a mock conversion are those of a release, under another name."""
    profile = tool({"open": {"count": {}}}, prefixes=("defects", "mock"))

    assert [set(facts_of(profile, prefix)) for prefix in ("defects", "mock", "tests", None)] == [
        {"open"},
        {"open"},
        set(),
        {"defects.open"},
    ]


def test_facts_of_a_profile_stay_of_its_table_where_a_binding_adds_one() -> None:
    """A list laid beside an export is no reason to describe the export by hand; what the binding says itself stands."""
    profile = tool({"open": {"count": {"where": 'state == "x"'}}, "sum": {"inputs": ["t"], "sql": "SELECT 1"}})
    added = {"tables": {"t": {"input": "t"}, "plan": {"input": "plan"}}, "facts": {"all": {"table": "plan"}}}

    found = expanded(profile, prefix="tests", own=added).settings["facts"]
    alone = expanded(profile, prefix="tests", own={"tables": {"t": {"input": "t"}}}).settings["facts"]

    assert (found["open"]["table"], found["all"]) == ("t", {"table": "plan"})
    assert "table" not in found["sum"]
    assert "table" not in alone["open"], "what is recorded of other bindings does not change"
