"""``gonogo replay``: what is typed, what is shown, and what it ends with."""

import pytest

from gonogo.cli import run


def test_the_last_line_sums_up(assessed, capfd):
    """A job reads the exit code, and a person the last line."""
    assert run(["replay", str(assessed.root), "last"]) == 0

    lines = capfd.readouterr().out.splitlines()
    assert lines[1].startswith("  depth: from recorded facts")
    assert lines[-1] == "reproduced: 1 of 1 run"


def test_the_run_alone_is_one_of_the_current_folder(assessed, capfd, monkeypatch):
    """An auditor works in the folder that was handed over."""
    monkeypatch.chdir(assessed.root)

    assert run(["replay", "last"]) == 0


def test_every_run_is_judged_again(assessed, capfd):
    """The folder of the log is enough, and may be the current one."""
    assert run(["replay", "--all", str(assessed.log)]) == 0
    assert capfd.readouterr().out.endswith("reproduced: 1 of 1 run\n")


def test_a_broken_record_ends_with_5(assessed, capfd):
    """Nothing is judged on a record that was changed."""
    segment = assessed.log / "000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b"Ada Kirsch", b"Eve Kirsch", 1))

    assert run(["replay", str(assessed.root), "last"]) == 5
    assert "log verify" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["."], "No run is named", id="no run"),
        pytest.param([], "No run is named", id="nothing"),
        pytest.param([".", "last", "--all"], "no RUN", id="a run and all"),
        pytest.param(["nowhere", "last"], "There is no nowhere", id="no such folder"),
        pytest.param(["last"], "neither a program nor an audit log", id="no log here"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(arguments, told, capfd):
    """Each with the next step."""
    assert run(["replay", *arguments]) == 2
    assert told in capfd.readouterr().err
