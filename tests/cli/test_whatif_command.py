"""``gonogo whatif`` as one types it: no pipeline passes on it, and nothing is recorded."""

import json

import pytest

from gonogo.cli import run


@pytest.mark.parametrize(("value", "verdict"), [("true", "GO"), ("false", "NO-GO")])
def test_it_ends_with_4_whatever_the_answer(stated_run, capsys, value, verdict):
    """A pipeline that calls it in place of `assess` must never deploy on a supposition, nor read a NO-GO in it."""
    before = {path: path.read_bytes() for path in stated_run.log.iterdir()}

    assert run(["whatif", str(stated_run.root), "--set", f"desk.staffed={value}"]) == 4

    shown = capsys.readouterr().out
    assert f"hypothetical: the verdict would be {verdict} (without waivers {verdict}); both evaluators agree" in shown
    assert all(line.startswith("hypothetical: ") for line in shown.splitlines())
    assert "verdict=" not in shown
    assert {path: path.read_bytes() for path in stated_run.log.iterdir()} == before


def test_programs_read_it_as_json(stated_run, tmp_path):
    """A dashboard can ask too, and cannot take the answer for a verdict by its key."""
    file = tmp_path / "answer.json"

    assert run(["whatif", str(stated_run.root), "--set", "desk.staffed=false", "-o", f"json:{file}"]) == 4

    answer = json.loads(file.read_bytes())
    assert (answer["hypothetical_verdict"], "verdict" in answer) == ("NO-GO", False)


def test_what_cannot_be_read_ends_with_2(stated_run, capsys):
    """A mistake in the question is said, with the nearest name."""
    assert run(["whatif", str(stated_run.root), "--set", "desk.stafed=true"]) == 2

    assert "did you mean `desk.staffed`?" in capsys.readouterr().err
