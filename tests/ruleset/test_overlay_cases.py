"""Cases of an overlay: they stand in its own file, and take the place of those that its changes make untrue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.finding import Status
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset

Files = dict[str, str]
Site = Callable[[Files], Path]
FORMS, FLOAT, ATO = "workforce.niwa.forms", "program.schedule.float", "operations.security.ato"
CASES = f"""\
cases:
  - {{criterion: {FORMS}, name: Enough, at: T-0, facts: {{niwa.forms_done: 80%}}, expect: met}}
  - {{criterion: {FLOAT}, name: Nothing known of it, at: T-0, facts: {{}}, expect: unknown}}
  - {{criterion: {FLOAT}, name: Too little for us, at: T-0, facts: {{ims.float_days: 4}}, expect: not_met}}
"""


def cases_of(good: Files, site: Site, more: str = CASES) -> list[tuple[str, str, Status]]:
    site({**good, "agency.yaml": good["agency.yaml"] + more})
    found = load_cases(load_ruleset("tiny", [Path("agency.yaml")]))
    return [(case.criterion, case.name, case.expect) for case in found]


def test_the_cases_of_an_overlay_come_after_those_of_the_ruleset(good: Files, site: Site):
    """What it leaves alone is still proved by the ruleset; what it changes is proved by its own cases."""
    assert cases_of(good, site) == [
        (ATO, "Long enough", Status.MET),
        (FORMS, "Enough", Status.MET),
        (FLOAT, "Nothing known of it", Status.UNKNOWN),
        (FLOAT, "Too little for us", Status.NOT_MET),
    ]


def test_without_cases_of_its_own_the_rulesets_are_run_by_the_merged_rules(good: Files, site: Site):
    """A threshold that an overlay moves shows as a case that fails, until somebody writes what is meant."""
    assert [name for _, name, _ in cases_of(good, site, "")] == ["Long enough", "Nothing known"]


def test_what_a_layer_took_out_needs_no_case_and_has_none(good: Files, site: Site):
    """Nothing is judged there, so nothing can come out as the ruleset says."""
    gone = f"  - {{criterion: {ATO}, not_applicable: {{approved_by: Ada Kirsch}}, reason: No system is ours.}}\n"

    assert [name for name, _, _ in cases_of(good, site, gone + CASES)] == [FORMS, FLOAT, FLOAT]
    rules = load_ruleset("tiny", [Path("agency.yaml")])
    assert ATO not in untested(rules, load_cases(rules))


def test_cases_are_no_part_of_the_digest(good: Files, site: Site):
    """An example decides nothing, so that a new one is no change of the rules."""
    site(good)
    without = load_ruleset("tiny", [Path("agency.yaml")]).ruleset.material_sha256
    site({**good, "agency.yaml": good["agency.yaml"] + CASES})

    assert load_ruleset("tiny", [Path("agency.yaml")]).ruleset.material_sha256 == without


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("niwa.forms_done: 80%", "niwa.forms_done: many", "G136", "many"),
        (f"criterion: {FORMS}", "criterion: workforce.niwa.froms", "G136", "workforce.niwa.froms"),
        ("name: Too little for us", "name: Nothing known of it", "G123", "there is another case named"),
        ("at: T-0, facts: {niwa", "at: T-999, facts: {niwa", "G126", "T-999"),
    ],
)
def test_a_mistake_stands_at_its_line_in_the_overlay(good: Files, site: Site, old, new, code, words):
    """As in a file of cases."""
    with pytest.raises(ConfigurationError) as caught:
        cases_of(good, site, CASES.replace(old, new, 1))

    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in problem.what
    assert str(problem.where).startswith("agency.yaml:")
