"""The key ``confirmed`` of a binding: absent is confirmed, and `no` is recorded and warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.program.unconfirmed_bindings import unconfirmed_problems

HEAD = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  - id: raid
    collector: raid
    path: evidence/our raid.xlsx
    side: customer
    producer: PMO
"""


@pytest.mark.parametrize(("word", "said"), [("", None), ("yes", None), ("true", None), ("no", False), ("false", False)])
def test_only_no_is_recorded(tmp_path: Path, word: str, said: bool | None):
    """A program whose bindings are all confirmed keeps the digest that it had before there was the key."""
    (tmp_path / "gonogo.yaml").write_text(HEAD + (f"    confirmed: {word}\n" if word else ""), encoding="utf-8")

    program = load_program(tmp_path).program

    assert program.bindings[0].confirmed is said
    assert ("confirmed" in program.bindings[0].document()) is (said is False)


@pytest.mark.parametrize("word", ["maybe", '""', "No", "1"])
def test_any_other_word_is_a_mistake(tmp_path: Path, word: str):
    """What is not understood must not count as confirmed."""
    (tmp_path / "gonogo.yaml").write_text(HEAD + f"    confirmed: {word}\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"gonogo\.yaml:12:16"):
        load_program(tmp_path)


def test_lint_names_the_binding_and_the_command_as_a_shell_takes_it(tmp_path: Path):
    """A blank in a file's name must not break the command that is copied."""
    (tmp_path / "gonogo.yaml").write_text(HEAD + "    confirmed: no\n", encoding="utf-8")

    [problem] = unconfirmed_problems(load_program(tmp_path).program)

    assert (problem.code, problem.where, problem.level) == ("G199", "gonogo.yaml:7:5", "warning")
    assert "`gonogo add PROGRAM 'evidence/our raid.xlsx' --confirm`" in problem.what


def test_a_program_of_confirmed_bindings_has_nothing_to_confirm(tmp_path: Path):
    """A warning that is always there is one that nobody reads."""
    (tmp_path / "gonogo.yaml").write_text(HEAD, encoding="utf-8")

    assert list(unconfirmed_problems(load_program(tmp_path).program)) == []
