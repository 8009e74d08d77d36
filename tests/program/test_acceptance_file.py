"""The file of acceptances: strict where something is written, and silent about what a person has yet to fill in."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from tests.ruleset.test_declared_registers import files

from gonogo.errors import ConfigurationError
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import load_ruleset

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]
PATH = "program/acceptances.yaml"
GOOD = """\
schema: 1
acceptances:
  - {id: A-1, register: tests, item: SIT-7, person: uhead, role: customer.unit_head, on: 2027-04-14, until: 2027-05-10,
     workaround: keyed by hand, tried_on: 2027-04-12, tried_by: uhead, users: 4%, volume: 0.03, money: 1%}
  - {id: A-2, register: tests, item: SIT-9}
"""


def loaded(good: Files, site: Site, old: str = "", new: str = "") -> ProgramFiles:
    """The small good program with acceptances, of which ``old`` is replaced by ``new``."""
    assert old in GOOD
    program = good["program/gonogo.yaml"] + "acceptances: acceptances.yaml\n"
    site({**files(good), "program/gonogo.yaml": program, PATH: GOOD.replace(old, new, 1)})
    return check_program(load_program(Path("program")), load_ruleset("tiny", [Path("agency.yaml")]))


def test_every_cell_of_a_row_is_read(good: Files, site: Site):
    """Nothing of what a person signs for may be lost on the way."""
    first, second = loaded(good, site).acceptances

    assert (first.register_id, first.item, first.users, first.volume) == (
        "tests",
        "SIT-7",
        Decimal("0.04"),
        Decimal("0.03"),
    )
    assert (second.id, second.person, second.on, second.users) == ("A-2", "", None, None)


SLIPS = {
    "a misspelt key": ("users: 4%", "user: 4%", "G110", "did you mean `users`?"),
    "a share above everything": ("users: 4%", "users: 4", "G115", "write `4%`"),
    "a share of more than all": ("users: 4%", "users: 104%", "G115", "at most `100%`"),
    "a share in words": ("users: 4%", "users: few", "G112", "the largest percentage"),
    "a limit as a share": ("users: 4%", "users: up to 5%", "G112", "the largest percentage"),
    "an amount as a share": ("money: 1%", "money: $100", "G112", "the largest percentage"),
    "a share in quotes": ("users: 4%", 'users: "0.04"', "G112", "without quotes"),
    "a day that is none": ("on: 2027-04-14", "on: 14 April", "G116", "2027-05-03"),
    "a seat that is none": ("customer.unit_head", "customer.unit_haed", "G124", "did you mean"),
    "a person who is not there": ("person: uhead", "person: uhed", "G143", "did you mean"),
    "a register that is not there": ("register: tests", "register: test", "G143", "did you mean"),
    "a release that is not there": ("users: 4%", "users: 4%, release: r9", "G143", "the program has"),
    "no item": (", item: SIT-7", "", "G111", ""),
    "an item that is a number": ("item: SIT-7", "item: 7", "G113", "in quotes"),
    "an id twice": ("id: A-2", "id: A-1", "G123", "its own id"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_at_its_place(name: str, good: Files, site: Site):
    """With a hint, so that the person who typed it can mend it."""
    old, new, code, hint = SLIPS[name]

    with pytest.raises(ConfigurationError) as caught:
        loaded(good, site, old, new)

    assert any(
        problem.code == code and problem.where.startswith(f"{PATH}:") and hint in problem.hint
        for problem in caught.value.problems
    ), caught.value.problems


@pytest.mark.parametrize(
    ("several", "release", "warned"),
    [
        (False, "", []),
        (True, "", ["acceptances.yaml:3:10"]),
        (True, ", release: second", []),
        (True, ", release: r1", []),
    ],
)
def test_an_acceptance_that_names_no_release_of_several_is_warned_of(
    several: bool, release: str, warned: list[str], good: Files, site: Site
):
    """It counts for none of them; a draft that nobody signed is no acceptance yet."""
    program = good["program/gonogo.yaml"]
    if several:
        program = program.replace("releases:\n", "releases:\n  - {id: second, go_live: 2027-06-03T06:00}\n", 1)
    changed = {**good, "program/gonogo.yaml": program}

    found = loaded(changed, site, "users: 4%", f"users: 4%{release}").warnings

    places = [one.where.removeprefix("program/") for one in found if one.code == "G187"]
    assert places == warned


def test_a_program_without_registers_knows_no_acceptance(good: Files, site: Site):
    """Otherwise people would sign what nobody reads."""
    program = good["program/gonogo.yaml"] + "acceptances: acceptances.yaml\n"
    site({**good, "program/gonogo.yaml": program, PATH: GOOD})

    with pytest.raises(ConfigurationError) as caught:
        check_program(load_program(Path("program")), load_ruleset("tiny", [Path("agency.yaml")]))

    assert {problem.hint for problem in caught.value.problems} == {"its registers are none"}
