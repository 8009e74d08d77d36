"""``carries`` in a ruleset and in an overlay: read strictly, and absent where nobody says it."""

from __future__ import annotations

import pytest

from gonogo.errors import ConfigurationError
from gonogo.ruleset.loader import load_ruleset


def loaded(site, good, *, ruleset=("", ""), overlay=None):
    files = good | {"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace(*ruleset, 1)}
    if overlay is not None:
        files["agency.yaml"] = good["agency.yaml"].replace("parameters: {min_float: 5}", overlay)
    root = site(files)
    return load_ruleset(root / "tiny", [root / "agency.yaml"] if overlay is not None else []).ruleset


def test_it_is_said_of_one_criterion(site, good):
    """The word stands where a reader of the criterion sees it."""
    rules = loaded(site, good, ruleset=("    max_age: 7d", "    max_age: 7d\n    carries: true"))

    assert [criterion.id for criterion in rules.criteria if criterion.carries] == ["program.schedule.float"]


def test_false_is_as_if_nothing_were_said(site, good):
    """Writing out the default changes no digest."""
    said = loaded(site, good, ruleset=("    max_age: 7d", "    max_age: 7d\n    carries: false"))

    assert said.material_sha256 == loaded(site, good).material_sha256


@pytest.mark.parametrize(("word", "carries"), [("true", True), ("false", None)])
def test_an_overlay_may_change_it_with_a_reason(site, good, word, carries):
    """What carries from wave to wave is the agency's to say."""
    rules = loaded(
        site, good, ruleset=("    max_age: 7d", "    max_age: 7d\n    carries: true"), overlay=f"carries: {word}"
    )

    assert rules.criteria[0].carries is carries


@pytest.mark.parametrize("word", ['"true"', "yes", "[pilot]", "1"])
def test_anything_but_true_or_false_is_refused(site, good, word):
    """A guess here would let another release's evidence in."""
    with pytest.raises(ConfigurationError):
        loaded(site, good, ruleset=("    max_age: 7d", f"    max_age: 7d\n    carries: {word}"))
