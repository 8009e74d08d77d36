"""Word lists put into settings: a word is a word, whatever signs are in it, and what nobody answered is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gonogo.collectors.table.row_checks import row_mistakes
from gonogo.collectors.table.settings import Table
from gonogo.profiles.expanding import Expanded, better, expanded, facts_of, merged, named_words, prefixes_of
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


def test_word_lists_are_found_in_whatever_holds_them() -> None:
    """A list that is overlooked would be read as the word ``$final`` itself."""
    assert named_words({"a": ["$one", {"b": ("x $two", 3)}], "c": None}) == {"one", "two"}
    assert named_words({}) == named_words([]) == named_words(()) == named_words(7) == set()
    assert named_words("$now $today $go_live $nowhere $x1_y") == {"nowhere", "x1_y"}


def test_a_list_takes_the_words_in_their_place_once_each() -> None:
    """A word of two lists is one word, and what is no list stays as it is."""
    profile = tool({"all": {"count": {}}}, allowed=["Own", "$a", "$b", 1], a=("X", "Y"), b=("Y", "Z"))
    profile = replace(profile, tables={"t": {"columns": profile.tables["t"]["columns"] | {"n": {"also": ["p", "q"]}}}})
    columns = made(profile).settings["tables"]["t"]["columns"]

    assert columns["state"]["allowed"] == ["Own", "X", "Y", "Z", 1]
    assert columns["n"] == {"also": ["p", "q"]}


@pytest.mark.parametrize(
    ("place", "closed"),
    [
        ({"columns": {"s": {"allowed": ["$kinds"]}}}, True),
        ({"columns": {"s": {"pick": ["$kinds"]}}}, True),
        ({"columns": {"s": {"known": ["$kinds"]}}}, False),
        ({"columns": {}, "kind": {"begins": ["$kinds"]}}, True),
        ({"columns": {}, "rows": {"total": {"values": ["$kinds"]}}}, True),
    ],
)
def test_only_words_that_are_known_leave_a_table_readable(place: dict[str, Any], closed: bool) -> None:
    """Of a status that nobody explained the fact is left out; of a kind the whole table."""
    profile = replace(tool({"all": {"count": {}}}, kinds=()), tables={"t": place})

    found = made(profile)
    assert (found.settings == {}) is closed
    assert found.unanswered == ("kinds",)


def test_what_nobody_asks_for_is_not_unanswered_and_the_rest_is_in_the_order_of_the_profile() -> None:
    """A person is asked for what some fact needs, and for nothing else."""
    facts = {"x": {"count": {"where": "state in $second"}}, "y": {"count": {"where": "state in $first"}}}

    assert made(tool(facts, first=(), idle=(), second=())).unanswered == ("first", "second")


def test_answers_take_the_place_of_the_usual_words_and_an_empty_one_is_none() -> None:
    """Half of the old words and half of the new ones would be a third list."""
    profile = tool({"open": {"count": {"where": "state in $final"}}}, final=("Done",))

    assert made(profile, final=("Over",)).settings["facts"]["open"]["count"]["where"] == 'state in ["Over"]'
    assert made(profile, final=()).unanswered == ("final",)
    assert expanded(profile, prefix="tests").settings["facts"]["open"]["count"]["where"] == 'state in ["Done"]'


def test_own_settings_that_are_no_mapping_take_the_place_of_one_that_is() -> None:
    """``facts`` of the binding itself win fact by fact, and new keys are added."""
    assert merged({"a": {"b": 1}}, {"a": 2}) == {"a": 2}
    assert merged({"a": 2}, {"a": {"b": 1}}) == {"a": {"b": 1}}
    assert merged({"facts": {"f": 1}}, {"facts": 2}) == {"facts": 2}
    assert merged({"facts": 1}, {"facts": {"f": 2}}) == {"facts": {"f": 2}}
    assert merged({}, {"a": {"b": 1}}) == {"a": {"b": 1}}
    assert merged({"t": {"facts": {"f": {"x": 1}}}}, {"t": {"facts": {"f": {"y": 2}}}}) == {
        "t": {"facts": {"f": {"y": 2}}}
    }


def test_which_way_is_better_is_known_for_the_facts_that_say_so() -> None:
    """A drill that makes evidence worse has to know which way worse is."""
    facts = {"a": {"better": "lower", "count": {}}, "b": {"count": {}}}
    profile = tool(facts, prefixes=("tests", "sit"))

    assert better(profile.facts) == {"a": "lower"}
    assert prefixes_of(profile) == ["tests", "sit"]
    assert made(profile).settings["facts"] == {"a": {"count": {}}, "b": {"count": {}}}


@pytest.mark.parametrize("tables", [None, [], {"t": {}}, {}])
def test_facts_are_said_to_be_of_their_table_only_where_the_binding_adds_one(tables: object) -> None:
    """The settings that are recorded of all other bindings stay what they are."""
    profile = tool({"open": {"count": {}}})

    found = expanded(profile, prefix="tests", own={} if tables is None else {"tables": tables}).settings
    assert found["facts"]["open"] == {"count": {}}


def test_a_fact_that_names_its_table_keeps_it_and_a_profile_of_two_tables_says_it_itself() -> None:
    """Nothing is put over what is said."""
    named = tool({"open": {"table": "t", "count": {}}, "all": {"count": {}}})
    own = {"tables": {"plan": {"input": "plan"}}}
    found = expanded(named, prefix="tests", own=own).settings["facts"]
    two = replace(named, tables={"t": {"columns": {}}, "u": {"columns": {}}})

    assert found == {"open": {"table": "t", "count": {}}, "all": {"table": "t", "count": {}}}
    assert expanded(two, prefix="tests", own=own).settings["facts"]["all"] == {"count": {}}


class TestWhatRowsAreAbout:
    """A profile says that a column does not matter, and a person says that it does."""

    @pytest.mark.parametrize("said", ["fix_versions", "Fix versions", "Fix Version/s", "Lösungsversionen"])
    def test_a_column_that_the_program_goes_by_is_none_that_does_not_matter(self, said: str) -> None:
        profile = next(each for each in shipped_profiles() if each.name == "jira-issues")
        assert "fix_versions" in profile.tables["issues"]["not_subject"]

        own = {"tables": {"issues": {"subject": {said: {"kind": "release"}}}}}
        table = expanded(profile, prefix="defects", own=own).settings["tables"]["issues"]

        assert "fix_versions" not in table["not_subject"]
        assert "Sprint" in table["not_subject"]
        assert table["subject"] == {said: {"kind": "release"}}


@pytest.mark.parametrize("name", ["jira-issues", "jira-issues-json"])
@pytest.mark.parametrize("rule", [{"kind": "release"}, {"kind": "cycle", "counts": ["R1"]}])
def test_the_rows_that_a_binding_says_count_stand_instead_of_what_the_profile_says(
    name: str, rule: dict[str, object]
) -> None:
    """Beside it the program would not load, and the one answer left would be that every row counts."""
    [profile] = [each for each in shipped_profiles() if each.name == name]
    said = profile.tables["issues"]["not_subject"]
    own = {"subject": {"fix_versions": rule}, "columns": {"fix_versions": {"may_be_absent": False}}}

    table = expanded(profile, prefix="defects", own={"tables": {"issues": own}}).settings["tables"]["issues"]

    assert table["subject"] == {"fix_versions": rule}
    assert table["not_subject"] == {key: why for key, why in said.items() if "fix" not in key}
    assert list(row_mistakes((), Table.model_validate_json(json.dumps(table)))) == []


@pytest.mark.parametrize(
    ("ours", "own", "subject", "not_subject"),
    [
        ({"not_subject": {"Old name": "why"}}, {"subject": {"x": {}}}, {"x": {}}, {}),
        ({"not_subject": {"Y": "why"}}, {"subject": {"x": {}}}, {"x": {}}, {"Y": "why"}),
        ({"subject": {"x": {}, "y": {}}}, {"not_subject": {"Old name": "every"}}, {"y": {}}, {"Old name": "every"}),
        ({"subject": {"x": {}}}, {"not_subject": {"Z": "every"}}, {"x": {}}, {"Z": "every"}),
    ],
)
def test_a_side_is_given_up_by_every_name_of_its_column_and_by_no_other(
    ours: dict[str, Any], own: dict[str, Any], subject: dict[str, Any], not_subject: dict[str, str]
) -> None:
    """A binding says a heading of the file, and a profile the name of the column or another heading of it."""
    columns = {name: {"header": name.upper(), "type": "text", "allowed": "any"} for name in "xy"}
    columns["x"]["also"] = ["Old name"]  # type: ignore[assignment]
    profile = replace(tool({}), tables={"t": {"columns": columns, **ours}})

    table = expanded(profile, prefix="tests", own={"tables": {"t": own}}).settings["tables"]["t"]

    assert table.get("subject", {}) == subject
    assert table.get("not_subject", {}) == not_subject
