"""Nothing beside the verdict may read like another one: a marking, a title, or a log of another program."""

import shutil

import pytest

from gonogo.cli import run


@pytest.mark.parametrize(
    "line",
    [
        "marking: GO",
        "marking: Ready for go-live",
        "marking: G O",
        'marking: "M3: Approval. Nothing blocks"',
        "title: The GO of R1",
    ],
)
def test_the_program_file_puts_no_verdict_at_the_head(small, capfd, line):
    """It is line 2 of page one and the line right above verdict=."""
    small.edit("gonogo.yaml", "program: {id: small,", f"program: {{id: small, {line},")

    assert run(small.arguments) == 2
    out, err = capfd.readouterr()
    assert "reads like a verdict, and is at the top of every report" in err
    assert out == ""


def test_an_honest_marking_and_title_stand(small, capfd):
    """Most programs are about a go-live."""
    small.edit("gonogo.yaml", "program: {id: small,", "program: {id: small, marking: CUI//SP-PRVCY, title: Go-live 1,")

    assert run(small.arguments) == 0
    assert "CUI//SP-PRVCY" in capfd.readouterr().out


def test_a_report_of_a_program_is_of_its_own_runs(stated_program, capfd):
    """A NO-GO program with the log of a GO copied in showed that GO."""
    first, other = stated_program(), stated_program(false=["desk.staffed"])
    assert run(first.arguments) == 0
    other.edit("gonogo.yaml", "id: small,", "id: other,")
    shutil.copytree(first.log, other.log)
    capfd.readouterr()

    assert run(["report", str(other.root)]) == 2
    out, err = capfd.readouterr()
    assert "is of the program small, but gonogo.yaml is of other" in " ".join(err.split())
    assert "verdict=" not in out
    assert run(["report", str(other.log)]) == 0
    assert "small" in capfd.readouterr().out

    assert run([*other.arguments]) == 1
    capfd.readouterr()
    assert run(["report", str(other.root)]) == 0
    assert "\nNO-GO\n" in capfd.readouterr().out
