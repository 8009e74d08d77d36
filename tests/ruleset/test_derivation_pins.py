"""Settings that the vocabulary pins: how they are written, and every way of writing them wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError, Problem
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import Binding, Program, ProgramIdentity
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.pinned_bindings import disagreements, pins_of, with_pins
from gonogo.ruleset.rule_changes import Editor, ruleset_changes

Files = dict[str, str]
Site = Callable[[Files], Path]


def pinned(good: Files, text: str) -> Files:
    return good | {"tiny/facts.yaml": f"{good['tiny/facts.yaml']}derivation:\n{text}"}


def mistakes(*overlays: str) -> list[Problem]:
    try:
        load_ruleset("tiny", [Path(each) for each in overlays])
    except ConfigurationError as error:
        return list(error.problems)
    return []


def program(plugin: str = "raid", collector: str = "", **settings: object) -> Program:
    binding = Binding(
        id="log", plugin=plugin, collector=collector, side=Side.CUSTOMER, producer="PMO", settings=settings
    )
    identity = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
    return Program(identity=identity, releases=(), ruleset="tiny", bindings=(binding,), log="./audit")


@pytest.fixture
def vocabulary(site: Site, good: Files) -> Vocabulary:
    site(
        pinned(good, "  raid: {high_score: 15, strict: true, late: 0.10}\n  schedule:mspdi: {near_critical_days: 5}\n")
    )
    return load_ruleset("tiny").vocabulary


def test_what_is_pinned_is_handed_to_every_binding_of_the_collector(vocabulary):
    """Which score is high is no choice of who exports the log."""
    (bound,) = with_pins(program(impact_scale="list"), vocabulary).bindings

    assert bound.settings == {"impact_scale": "list", "high_score": 15, "strict": True, "late": "0.10"}
    assert pins_of(program("schedule", "mspdi").bindings[0], vocabulary) == {"near_critical_days": 5}
    assert pins_of(program("schedule", "xer").bindings[0], vocabulary) == {}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"high_score": 15}, ""),
        ({"high_score": 14}, "high_score: 14 where the rules pin 15"),
        ({"high_score": 16}, "high_score: 16 where the rules pin 15"),
        ({"high_score": "15"}, ""),
        ({"late": "0.1"}, ""),  # the same number
        ({"late": "0.11"}, "late: 0.11 where the rules pin 0.10"),
        ({"strict": False}, "strict: false where the rules pin true"),
        ({"strict": 1}, "strict: 1 where the rules pin true"),
        ({"high_score": "many", "other": 3}, "high_score: many where the rules pin 15"),
    ],
)
def test_a_binding_that_says_otherwise_is_named_with_both_values(vocabulary, settings, said):
    """Tighter or looser does not matter: the fact means something else."""
    wrong = disagreements(with_pins(program(**settings), vocabulary), vocabulary)

    assert wrong == ({"log": f"The binding log says {said}."} if said else {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  raid: {}\n", "G117"),
        ("  raid: 15\n", "G112"),
        ("  raid: {high_score: [15]}\n", "G112"),
        ("  raid: {high_score: }\n", "G117"),
        ("  raid: {High Score: 15}\n", "G115"),
        ("  raid:x:y: {high_score: 15}\n", "G115"),
        ("  raid: {high_score: 15, high_score: 16}\n", "G104"),
    ],
)
def test_a_pin_that_is_written_wrong_is_told_at_its_place(site, good, text, code):
    """With line, column and hint, as everything in these files."""
    site(pinned(good, text))

    found = mistakes()

    assert code in {each.code for each in found}
    assert all(each.where.startswith("tiny/facts.yaml:15:") for each in found)


def test_an_overlay_may_pin_more_and_nothing_again(site, good):
    """Otherwise a layer could say what a fact of the base means."""
    head = 'schema: 1\noverlay: a\nversion: "1"\nderivation:\n'
    files = pinned(good, "  raid: {high_score: 15}\n")
    site(
        files
        | {"more.yaml": f"{head}  raid: {{stale_days: 14}}\n", "again.yaml": f"{head}  raid: {{high_score: 16}}\n"}
    )

    assert mistakes("more.yaml") == []
    assert [(each.code, each.where) for each in mistakes("again.yaml")] == [("G123", "again.yaml:5:10")]


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [("15", "20", "15", "20"), ("", "25", "free", "25"), ("15", "", "15", "free")],
    ids=["another value", "pinned at last", "no longer pinned"],
)
def test_a_copy_that_pins_something_else_is_a_change_that_may_loosen(site, good, before, after, was, now):
    """Page one of a program with its own copy says so; a pin that nobody had before can force the weakest value."""

    def rules(value):
        site(pinned(good, f"  raid: {{high_score: {value}}}\n") if value else good)
        return load_ruleset("tiny")

    old, new = rules(before), rules(after)

    told = ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("copy"))

    assert [(each.part, each.old, each.new, each.loosens) for each in told] == [
        ("derivation raid high_score", was, now, True)
    ]
