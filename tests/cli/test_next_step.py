"""Typical mistakes: each message says where, what, and what to do next, in one sentence of each."""

import pytest

from gonogo.cli import run


def told(capfd, *arguments):
    code = run(list(arguments))
    return code, capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["report", "{empty}"], "give the folder that holds gonogo.yaml"),
        (["log", "verify", "{empty}"], "`gonogo init FOLDER` starts a program"),
        (["lint", "{empty}"], "`gonogo init FOLDER` starts a program"),
        (["collect", "{program}", "--only", "zzz"], "the bindings are "),
        (["assess", "{program}", "--evidence", "{empty}/none.jsonl"], "`gonogo collect PROGRAM > FILE` writes one"),
        (["assess", "{program}", "-o", "json:{program}/gonogo.yaml"], "give the report a name of its own"),
        (["facts", "trainin"], "did you mean training?"),
    ],
)
def test_a_mistake_names_the_next_step(arguments, hint, small, tmp_path, capfd):
    """A reader who learns only that something is wrong asks a programmer, and the office has none."""
    empty = tmp_path / "empty"
    empty.mkdir()

    code, err = told(capfd, *(each.format(empty=empty, program=small.root) for each in arguments))

    assert code == 2
    assert f"hint: {hint}" in err or f"; {hint}" in err


def test_a_matrix_that_is_no_workbook_is_named_once(tmp_path, capfd):
    matrix = tmp_path / "raci.xlsx"
    matrix.write_text("Activity,Customer Program Manager\n", encoding="utf-8")

    code, err = told(capfd, "raci", str(matrix))

    assert code == 2
    assert err.count(str(matrix)) == 1


@pytest.mark.parametrize("group", ["plugins", "log", "ruleset"])
def test_what_a_command_of_a_group_does_is_told_whole(group, capfd):
    """A sentence that ends in dots is not read."""
    run([group, "--help"])

    assert "..." not in capfd.readouterr().out.partition("Commands:")[2]
