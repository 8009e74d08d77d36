"""`verify-decision` answers in five lines on every path: a deploy job that reads the last one never reads nothing."""

import click
import pytest

from gonogo.cli import run
from gonogo.cli.five_lines import FiveLines


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param([], "Missing argument 'STATEMENT'", id="nothing"),
        pytest.param(["d.json", "--require", "go"], "Missing option '--trust'", id="no trust file"),
        pytest.param(["d.json", "--trust", "t.yaml"], "Missing option '--require'", id="nothing required"),
        pytest.param(["d.json", "--trust", "t", "--require", "maybe"], "'maybe' is not one of", id="another word"),
        pytest.param(["d.json", "--trust", "t", "--require", "go", "--max-age", "1s"], "not an age", id="no age"),
        pytest.param(["d.json", "--trust", "t", "--bogus"], "No such option '--bogus'", id="no such option"),
        pytest.param(["d.json", "e.json", "--trust", "t", "--require", "go"], "e.json", id="two statements"),
        pytest.param(["d.json", "--nonce", "a", "--nonce", "b"], "--nonce is given 2 times", id="two nonces"),
        pytest.param(["d.json", "--trust", "t", "--require", "go"], "t: there is no such file", id="no such file"),
    ],
)
def test_whatever_is_wrong_with_the_call_is_an_answer(arguments, why, capfd):
    """With the reason, the next step, and never the code of a yes."""
    assert run(["verify-decision", *arguments]) == 2

    out, err = capfd.readouterr()
    first, owner, step, checked, last = out.splitlines()
    assert first.startswith("May not be deployed: ")
    assert why in first
    assert (checked, last) == ("checked: nothing", "verdict=USAGE")
    assert owner == "owner: the people who keep the job that deploys, and its trust file"
    assert step.startswith("next: ")
    assert err == ""


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (RuntimeError("boom"), "gonogo itself failed (RuntimeError), so nothing is known."),
        (KeyboardInterrupt(), "The check was interrupted, so nothing is known."),
    ],
)
def test_a_defect_and_an_interruption_are_answers_too(capfd, failure, why):
    """The process ends with 4 as before; a job that reads stdout must not find it empty."""

    def callback():
        raise failure

    with pytest.raises((RuntimeError, click.exceptions.Abort)):
        FiveLines("verify-decision", callback=callback).main([], standalone_mode=False)

    first, *_, last = capfd.readouterr().out.splitlines()
    assert (first, last) == (f"May not be deployed: {why}", "verdict=UNDECIDED")


def test_help_is_help(capfd):
    """And nothing that looks like an answer."""
    assert run(["verify-decision", "--help"]) == 0
    assert "verdict=USAGE" not in capfd.readouterr().out
