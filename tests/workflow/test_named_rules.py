"""Rules as people name them, and the words in which two of them differ."""

from __future__ import annotations

import shutil

import pytest

from gonogo.cli import run
from gonogo.errors import ConfigurationError
from gonogo.ruleset.locate import shipped_folder
from gonogo.workflow.named_rules import difference_lines, rules_named

OVERLAY = """\
schema: 1
overlay: board
version: "3"
extends: rules
set:
  - {criterion: workforce.training.completion, parameters: {min_completion: 99%}, reason: The board wants it.}
"""


@pytest.fixture
def layered(small):
    """A program with an overlay, and a second copy of its rules."""
    (small.root / "board.yaml").write_text(OVERLAY, encoding="utf-8")
    small.edit("gonogo.yaml", "ruleset: ./rules\n", "ruleset: ./board.yaml\n")
    shutil.copytree(small.rules, small.root / "other")
    return small


def test_a_folder_an_overlay_and_a_program_are_rules(layered):
    """A program that names an overlay is judged by the rules below it too."""
    bare, laid, own = (rules_named(str(layered.root / name)) for name in ("rules", "board.yaml", "."))

    assert bare.ruleset.overlays == ()
    assert laid.ruleset.overlays == ("board@3",)
    assert own.ruleset.material_sha256 == laid.ruleset.material_sha256


def test_a_program_that_names_an_overlay_is_judged_by_it(layered, capfd):
    """From loading to the verdict, as by `overlays:`."""
    assert run(layered.arguments) == 0
    assert "small@1.0.0" in " ".join(capfd.readouterr().out.split())


def test_an_overlay_is_checked_on_what_it_extends(layered, capfd):
    """Its keeper needs no program to see the mistakes."""
    assert run(["lint", str(layered.root / "board.yaml")]) == 0
    assert "small@1.0.0 with board@3: 5 criteria" in capfd.readouterr().out
    layered.edit("board.yaml", "min_completion", "min_completed")
    assert run(["lint", str(layered.root / "board.yaml")]) == 2
    assert "did you mean `min_completion`?" in capfd.readouterr().err


def test_two_rulesets_that_decide_alike_are_said_to(layered):
    """Whatever their folders are called."""
    lines = list(difference_lines(*(rules_named(str(layered.root / name)) for name in ("rules", "other"))))

    assert lines == ["small@1.0.0 and small@1.0.0 decide alike at every milestone."]


def test_a_difference_is_told_once_and_referred_to_where_it_is_the_same(layered):
    """With what facts mean at the top, since it counts at every milestone."""
    layered.edit("other/facts.yaml", "{name: desk.open_posts, type: integer, unit: posts, min: 0,",
                 "{name: desk.open_posts, type: integer, unit: posts, min: -1,")  # fmt: skip
    layered.edit("other/ruleset.yaml", "{min_response: 50%}", "{min_response: 60%}")
    layered.edit("other/ruleset.yaml", "{T-30: 60%, T-0: 98%}", "{T-30: 60%, T-0: 97%}")

    lines = list(difference_lines(*(rules_named(str(layered.root / name)) for name in ("rules", "other"))))

    stricter = "  stricter: workforce.survey.response: parameter min_response was 50%, becomes 60%"
    assert lines == [
        "From small@1.0.0 to small@1.0.0:",
        "At every milestone:",
        "  may be looser: fact desk.open_posts: min: was 0, becomes -1",
        "T-30:",
        stricter,
        "T-0:",
        "  looser: workforce.training.completion: parameter min_completion was 98%, becomes 97%",
        stricter,
    ]


def test_what_is_no_ruleset_is_refused_with_the_nearest_name(capfd):
    """As in a program file."""
    with pytest.raises(ConfigurationError, match="there is no ruleset 'm3-basline'"):
        rules_named("m3-basline")
    assert run(["ruleset", "diff", "m3-basline", "m3-baseline"]) == 2
    assert "did you mean `m3-baseline`?" in capfd.readouterr().err


TAKES_RULES = (
    ("lint", "{}"),
    ("test", "{}"),
    ("ruleset", "show", "{}"),
    ("ruleset", "diff", "{}", "m3-baseline"),
    ("facts", "--ruleset", "{}"),
    ("explain", "--ruleset", "{}", "program.agreement.terms"),
)


@pytest.mark.parametrize("command", TAKES_RULES, ids=" ".join)
def test_every_command_that_takes_rules_takes_the_name_of_an_overlay_that_ships(command, capfd, tmp_path, monkeypatch):
    """`gonogo lint m3-services` knew no such file, where `gonogo test m3-services` ran its cases."""
    monkeypatch.chdir(tmp_path)

    assert run([part.format("m3-services") for part in command]) == 0
    capfd.readouterr()
    assert run([part.format("m3-servics") for part in command]) == 2
    assert "did you mean `m3-services`?" in capfd.readouterr().err


def test_lint_takes_the_folder_of_an_overlay_a_version_and_an_overlay_by_name(capfd, tmp_path, monkeypatch):
    """The three other ways in which people name it."""
    folder = shipped_folder() / "m3-services"
    monkeypatch.chdir(tmp_path)
    for words in (["m3-services@1.0.0"], [str(folder)], ["m3-engagement", "--overlay", "m3-services"]):
        assert run(["lint", *words]) == 0
        assert "m3-engagement@1.0.0 with m3-services@1.0.0: 52 criteria" in capfd.readouterr().out
    assert run(["lint", "m3-baseline@9"]) == 2
    assert "m3-baseline@1.0.0" in capfd.readouterr().err


def test_a_folder_of_that_name_is_linted_before_what_ships(layered, capfd, monkeypatch):
    """Somebody who has an edited copy there means the copy."""
    (layered.root / "rules").rename(layered.root / "m3-baseline")
    monkeypatch.chdir(layered.root)

    assert run(["lint", "m3-baseline"]) == 0
    assert "small@1.0.0: 5 criteria" in capfd.readouterr().out


@pytest.mark.parametrize("command", ["criteria", "lock", "assess", "progress"])
def test_a_ruleset_in_place_of_a_program_is_named_as_one(command, capfd, tmp_path, monkeypatch):
    """*There is no such file* sent people to look for their working folder."""
    monkeypatch.chdir(tmp_path)

    assert run([command, "m3-hardened"]) == 2
    assert "m3-hardened is a ruleset, and a program's folder is needed" in capfd.readouterr().err
