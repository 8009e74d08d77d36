"""What `gonogo lint` warns of: rules that are allowed and probably not meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.language.expression import parse_requirement
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.ruleset.feasible import possible, together, ways
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.rule_warnings import rule_warnings

Files = dict[str, str]
Site = Callable[[Files], Path]
VOCABULARY = Vocabulary(
    facts=(
        FactDeclaration(name="a.share", type=FactType.RATIO, meaning="m", question="q"),
        FactDeclaration(name="a.count", type=FactType.INTEGER, unit="items", min="0", meaning="m", question="q"),
        FactDeclaration(name="a.days", type=FactType.DECIMAL, unit="days", meaning="m", question="q"),
        FactDeclaration(name="a.flag", type=FactType.BOOLEAN, meaning="m", question="q"),
        FactDeclaration(name="a.word", type=FactType.TEXT, allowed=("yes", "no"), meaning="m", question="q"),
    )
)


def reachable(text: str, *, holds: bool = True) -> bool:
    found = ways(parse_requirement(text).tree, {}, holds=holds)
    assert found is not None
    return any(possible(way, VOCABULARY) for way in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.count > 2 and a.count < 3", False),  # it counts: there is nothing between
        ("a.count > 2 and a.count < 4", True),
        ("a.count >= 3 and a.count <= 3", True),
        ("a.count >= 3 and a.count < 3", False),
        ("a.days > 2 and a.days < 3", True),
        ("a.days >= 3 and a.days <= 2", False),
        ("3 <= a.days and 2 >= a.days", False),
        ("a.share >= 90% and a.share < 90%", False),
        ("a.share >= 90% and not a.share >= 90%", False),
        ("a.share > 0% or a.share >= 90% and a.share < 80%", True),
        ("a.flag and not a.flag", False),
        ("a.flag or not a.flag", True),
        ('a.word == "yes" and a.word == "no"', False),
        ('a.word in ["yes"] and a.word != "yes"', False),
        ('a.word not in ["yes", "no"]', False),
        ('a.word not in ["yes"]', True),
        ("a.count == 3 and a.count != 3", False),
        ("a.count + 1 >= 3 and a.count + 1 < 3", True),  # arithmetic is not looked through
    ],
)
def test_what_no_evidence_could_meet_is_seen(text, expected):
    """At each threshold and beside it; a doubt says that it is possible."""
    assert reachable(text) is expected


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        ("a.share >= 50% or a.share < 60%", False),
        ("a.share >= 50% or a.share <= 50%", False),
        ("a.share > 50% or a.share < 50%", True),
        ("a.flag or not a.flag", False),
        ('a.word in ["yes", "no"]', False),
        ("a.count >= 3 and a.flag", True),
    ],
)
def test_what_always_holds_is_seen(text, fails):
    """A requirement that cannot fail asks nothing."""
    assert reachable(text, holds=False) is fails


@pytest.mark.parametrize(("limit", "alike"), [("79%", False), ("80%", False), ("81%", True)])
def test_two_requirements_that_no_value_meets_contradict_each_other(limit, alike):
    """One asks for at least 80%, the other for less than the limit."""
    one, other = (ways(parse_requirement(text).tree, {}) for text in ("a.share >= 80%", f"a.share < {limit}"))

    assert together(one, other, VOCABULARY) is alike


def test_a_requirement_with_too_many_alternatives_is_taken_as_possible():
    """Lint answers in half a second, whatever it is given."""
    text = " and ".join(f"(a.count == {number} or a.flag)" for number in range(12))

    assert ways(parse_requirement(text).tree, {}) is None


def warned(site: Site, good: Files, old: str, new: str, file: str = "tiny/ruleset.yaml") -> list[str]:
    """Return the warnings of the tiny ruleset after one change, by code and sentence."""
    assert old in good[file]
    site(good | {file: good[file].replace(old, new)})
    return [f"{each.code} {each.what}" for each in rule_warnings(load_ruleset("tiny"))]


FLOAT = "parameters: {min_float: {T-60: 10, T-0: 0.5}}"


@pytest.mark.parametrize(("rungs", "warns"), [("{T-60: 10, T-0: 9}", True), ("{T-60: 10, T-0: 10}", False),
                                              ("{T-60: 10, T-0: 11}", False)])  # fmt: skip
def test_a_ladder_that_loosens_toward_go_live_is_named(site, good, rungs, warns):
    """Most were meant the other way round; for float to go-live it is meant, so it is no mistake."""
    found = warned(site, good, FLOAT, f"parameters: {{min_float: {rungs}}}")

    assert bool([line for line in found if line.startswith("G181 program.schedule.float: the ladder")]) is warns


@pytest.mark.parametrize(
    ("meaning", "more", "warns"),
    [
        ("Largest variance of a task.", "", True),
        ("Cost forecast relative to the plan.", "", True),
        ("Largest variance of a task.", ", max: 3", False),
        ("Cases run out of planned.", "", False),
    ],
)
def test_a_ratio_that_can_exceed_one_needs_a_range(site, good, meaning, more, warns):
    """A peak load of 1.2 would be a gap, and nobody would know why."""
    old = "meaning: Cases run out of planned., question: What share?"
    found = warned(site, good, old, f"meaning: {meaning}, question: What share?{more}", "tiny/facts.yaml")

    assert bool([line for line in found if line.startswith("G180 sit.executed_ratio")]) is warns


STALE = """\
schema: 1
overlay: ours
version: "1"
title: Ours
set:
  - criterion: program.schedule.golive_tasks
    parameters: {max_variance: 5%}
    reason: Five percent is late here.
"""


def test_a_sentence_that_names_the_limit_before_an_overlay_is_named_where_the_overlay_changes_it(site):
    """*Ten percent* above a limit of 5% is what people read and sign."""
    site({"ours.yaml": STALE})
    rules = load_ruleset("m3-baseline@1.0.0", (Path("ours.yaml"),))

    (found,) = [each for each in rule_warnings(rules) if each.code == "G188"]
    assert (found.where, found.level) == ("ours.yaml:6:5", "warning")
    assert found.what == (
        'program.schedule.golive_tasks: the statement says "ten percent", and max_variance was 10%, is now 5%; '
        "the limit decides, so tell the people who sign"
    )


def test_a_milestone_at_which_no_go_is_possible_is_named(site, good):
    """The only mandatory criterion of the domain falls due at T-30: every verdict at T-60 is NO-GO."""
    (found,) = [line for line in warned(site, good, "max_age: 12h", "max_age: 12h") if line.startswith("G182")]

    assert "no GO is possible at T-60: nothing mandatory is due and enforced then in system" in found


def test_a_criterion_that_is_not_enforced_yet_answers_for_no_domain(site, good):
    """Enforced from T-0, it leaves two milestones without anything mandatory."""
    found = warned(site, good, "    from: T-30\n", "    from: T-30\n    enforce_from: T-0\n")

    assert [line for line in found if line.startswith("G182")]


def test_requirements_that_contradict_each_other_are_named(site, good):
    """Each is sound, and no program can meet both."""
    rules = good["tiny/ruleset.yaml"].replace(
        "ato.expires >= go_live + window and ato.signed", "sit.executed_ratio < min_share"
    )
    rules = rules.replace("parameters: {window: 30d}", "parameters: {min_share: 95%}")
    site(good | {"tiny/ruleset.yaml": rules.replace("    not_applicable_when: sit.planned == 0\n", "")})

    found = [each.what for each in rule_warnings(load_ruleset("tiny")) if each.code == "G183"]

    what = "it contradicts operations.security.ato at T-30: no value of sit.executed_ratio meets both"
    assert found == [f"system.testing.executed: {what}"]


def test_a_good_ruleset_has_no_such_warning(site, good):
    """A warning that everybody has is one that nobody reads."""
    site(good)

    assert {each.code for each in rule_warnings(load_ruleset("tiny"))} == {"G181", "G182"}
    assert {each.code for each in rule_warnings(load_ruleset(Path(__file__).parents[2] / "rulesets/m3-baseline"))} <= {
        "G182"
    }


def test_one_parameter_in_two_units_is_refused_with_the_split_written_out(site, good):
    """*Use two parameters* left the author to find out which is which."""
    rules = good["tiny/ruleset.yaml"].replace(
        "require: ims.float_days >= min_float", "require: ims.float_days >= min_float and sit.planned >= min_float"
    )
    site(good | {"tiny/ruleset.yaml": rules.replace("{T-60: 10, T-0: 0.5}", "3")})

    with pytest.raises(ConfigurationError) as caught:
        load_ruleset("tiny")

    (found,) = caught.value.problems
    assert found.hint == (
        "use a parameter for each: `parameters: {min_float_working_days: 3, min_float_cases: 3}`, and "
        "`ims.float_days >= min_float_working_days and sit.planned >= min_float_cases`"
    )
