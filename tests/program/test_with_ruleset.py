"""The program that is read where another ruleset is named: the same migration, or an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.program.with_ruleset import for_ruleset

Site = Callable[[dict[str, str]], Path]
OURS = """\
schema: 1
program: {id: p, customer: A, provider: B, time_zone: UTC}
releases: [{id: r, go_live: 2027-05-03T06:00-04:00}]
ruleset: m3-baseline@1.0.0
with_ruleset: {m3-hardened: hard}
"""
THEIRS = OURS.replace("m3-baseline@1.0.0", "m3-hardened@0.1.0-experimental").replace(
    "with_ruleset: {m3-hardened: hard}", "log: record"
)


@pytest.mark.parametrize("named", ["m3-hardened", "m3-hardened@0.1.0-experimental"])
def test_the_program_for_a_ruleset_is_read_in_place_of_the_one_that_names_it(site: Site, named):
    """Other criteria ask for other evidence and other papers, and a program has one folder that people know."""
    site({"gonogo.yaml": OURS, "hard/gonogo.yaml": THEIRS})

    found, path = for_ruleset(load_program(Path()), named)

    assert (found.program.log, found.root, path) == ("record", Path("hard"), "hard")


@pytest.mark.parametrize("named", ["m3-baseline", "m3-services", "rulesets/m3-hardened"])
def test_any_other_ruleset_is_tried_on_the_program_itself(site: Site, named):
    """A rehearsal with other rules on the same evidence stays possible."""
    site({"gonogo.yaml": OURS})
    program = load_program(Path())

    assert for_ruleset(program, named) == (program, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: p", "id: q", "its id is q"),
        ("customer: A", "customer: C", "its customer is C"),
        ("provider: B", "provider: C", "its provider is C"),
        ("time_zone: UTC", "time_zone: America/Chicago", "its time_zone is America/Chicago"),
        ("id: r", "id: s", "it has no release r"),
        ("2027-05-03", "2027-05-04", "its r goes live on 2027-05-04"),
        ("m3-hardened@0.1.0-experimental", "m3-baseline@1.0.0", "its ruleset is m3-baseline@1.0.0"),
    ],
)
def test_another_migration_never_stands_for_this_one(site: Site, old, new, said):
    """A GO of another program must not be had by naming it here."""
    site({"gonogo.yaml": OURS, "hard/gonogo.yaml": THEIRS.replace(old, new)})

    with pytest.raises(ConfigurationError, match=said) as raised:
        for_ruleset(load_program(Path()), "m3-hardened")
    [problem] = raised.value.problems
    assert (problem.code, problem.where) == ("G143", "gonogo.yaml:5:29")


def test_a_program_that_is_not_there_is_an_error_that_names_it(site: Site):
    """The wrong evidence would be read in silence otherwise."""
    site({"gonogo.yaml": OURS})

    with pytest.raises(ConfigurationError, match="hard"):
        for_ruleset(load_program(Path()), "m3-hardened")


def test_its_path_stays_relative(site: Site):
    """A path that is absolute holds on one machine."""
    site({"gonogo.yaml": OURS.replace("hard}", "/hard}")})

    with pytest.raises(ConfigurationError, match="G142"):
        load_program(Path())
