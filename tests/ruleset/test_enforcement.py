"""``enforce_from`` and ``mode``: every way of writing them wrong, and which way a change goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError, Problem
from gonogo.ruleset.loader import load_ruleset

Files = dict[str, str]
Site = Callable[[Files], Path]


def with_keys(good: Files, keys: str) -> Files:
    """Return the good files with more keys in the criterion on tests, which is mandatory and due from T-30."""
    return good | {
        "tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("    from: T-30\n", f"    from: T-30\n{keys}")
    }


def mistakes(*overlays: str) -> list[Problem]:
    try:
        load_ruleset("tiny", [Path(each) for each in overlays])
    except ConfigurationError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("    enforce_from: T-60\n", "G162"),
        ("    enforce_from: T-29\n", "G126"),
        ("    enforce_from: T-1000\n", "G116"),
        ("    enforce_from: 2027-02-30\n", "G116"),
        ("    enforce_from: soon\n", "G116"),
        ("    enforce_from: 14\n", "G113"),
        ("    enforce_from: [T-0]\n", "G112"),
        ("    enforce_form: T-0\n", "G110"),
        ("    mode: shadow\n", "G162"),
        ("    mode: shadows\n", "G114"),
        ("    mode: true\n", "G113"),
        ("    mode: shadow\n    enforce_from: T-0\n", "G162"),
    ],
)
def test_a_mistake_is_told_at_its_line(site: Site, good: Files, keys, code):
    """Among them the mandatory criterion that would never be enforced before go-live."""
    site(with_keys(good, keys))

    (found,) = mistakes()

    assert found.code == code
    assert found.where.startswith("tiny/ruleset.yaml:30:")
    assert found.column
    assert found.hint or code in ("G110", "G112")


@pytest.mark.parametrize("said", ["T-30", "T-0", "2027-04-01"])
def test_a_milestone_or_a_date_before_go_live_is_fine(site: Site, good: Files, said):
    """From the milestone at which it is due, at the earliest."""
    site(with_keys(good, f"    enforce_from: {said}\n"))

    assert mistakes() == []
    assert load_ruleset("tiny").ruleset.criteria[1].enforce_from == said


@pytest.mark.parametrize(
    ("before", "change", "effect"),
    [
        ("", "enforce_from: T-0", "loosens"),
        ("    enforce_from: T-0\n", "enforce_from: T-30", "tightens"),
        ("    enforce_from: T-30\n", "enforce_from: T-0", "loosens"),
        ("    enforce_from: T-30\n", "enforce_from: 2027-04-01", "may loosen"),
        ("    enforce_from: 2027-03-01\n", "enforce_from: 2027-04-01", "loosens"),
        ("    enforce_from: 2027-03-01\n", "enforce_from: 2027-02-01", "tightens"),
    ],
)
def test_later_enforcement_loosens(site: Site, good: Files, before, change, effect):
    """Enforcement that begins late is a gate that stood open."""
    overlay = 'schema: 1\noverlay: a\nversion: "1"\nset:\n'
    overlay += f"  - {{criterion: system.testing.executed, {change}, reason: The board asked for it.}}\n"
    site(with_keys(good, before) | {"a.yaml": overlay})

    (told,) = load_ruleset("tiny", [Path("a.yaml")]).ruleset.changes or ()

    assert (told.part, told.effect) == ("enforce_from", effect)


def test_an_overlay_makes_nothing_mandatory_that_stays_in_shadow(site: Site, good: Files):
    """Two layers could otherwise do together what neither may do alone."""
    text = good["tiny/ruleset.yaml"].replace(
        "    severity: conditional\n", "    severity: conditional\n    mode: shadow\n"
    )
    overlay = 'schema: 1\noverlay: a\nversion: "1"\nset:\n'
    overlay += "  - {criterion: operations.cost.forecast, severity: mandatory, reason: The board asked for it.}\n"
    site(good | {"tiny/ruleset.yaml": text, "a.yaml": overlay})

    assert [(each.code, each.where) for each in mistakes("a.yaml")] == [("G162", "a.yaml:5:43")]


def test_a_gate_in_shadow_is_a_change_that_loosens(site: Site, good: Files):
    """A copy of a ruleset that only adds `mode: shadow` decides nothing any more."""
    text = good["tiny/ruleset.yaml"].replace("  rule: caps\n", "  rule: caps\n  mode: shadow\n")
    site(good | {"tiny/ruleset.yaml": text})

    assert load_ruleset("tiny").ruleset.policy.mode == "shadow"
