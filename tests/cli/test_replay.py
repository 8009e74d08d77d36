"""``gonogo replay``: what is typed, what is shown, and what it ends with."""

import json

import pytest

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.model.upgrade import Depth
from gonogo.workflow.publishing import view_of
from gonogo.workflow.replay import Replay
from gonogo.workflow.replay_words import document_of


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


class TestDocument:
    """What programs read."""

    def test_a_run_that_is_reproduced(self, assessed, capfd):
        """Both digests and both verdicts are there, so that nobody has to believe a word of ours."""
        assert run(["replay", str(assessed.root), "last", "-o", "json"]) == 0

        found = json.loads(capfd.readouterr().out)
        assert (found["schema"], found["exit_code"], found["ruleset"]) == (1, 0, None)
        assert found["counts"] == {"runs": 1, "as_recorded": 1, "otherwise": 0, "not_judged": 0}
        (one,) = found["runs"]
        assert one["verdict"] == {"then": "GO", "now": "GO"}
        assert one["digest"]["then"] == one["digest"]["now"]
        assert (one["depth"], one["findings"], one["why"]) == ("from recorded facts", [], None)
        assert {each["binding"] for each in one["from_facts"]} >= {"desk"}

    def test_other_rules_name_what_moves(self, assessed, tmp_path, capfd):
        """Written to a file, with the lines on stdout beside it."""
        assessed.edit("rules/ruleset.yaml", "min_response: 50%", "min_response: 100%")
        target = tmp_path / "replay.json"
        words = [
            "replay",
            str(assessed.root),
            "last",
            "--ruleset",
            str(assessed.rules),
            "-o",
            f"json:{target}",
            "-o",
            "text",
        ]

        code = run(words)

        found = json.loads(target.read_text())
        assert (code, found["exit_code"], found["ruleset"]) == (1, 1, "small@1.0.0")
        assert found["counts"]["otherwise"] == 1
        (moved,) = found["runs"][0]["findings"]
        assert (moved["criterion"], moved["before"], moved["after"], moved["moved"]) == (
            "workforce.survey.response", "met", "not_met", True,
        )  # fmt: skip
        assert "workforce.survey.response" in capfd.readouterr().out

    def test_a_run_that_nobody_can_judge_again_says_why(self, assessed):
        """Nothing was reproduced, and nothing differs."""
        history = open_history(assessed.log)
        view = view_of(history, history.run())
        found = Replay(history.run(), view, Depth.RECORD, why="The log does not hold the ruleset.")

        document = document_of([found])

        assert (document["exit_code"], document["counts"]["not_judged"]) == (4, 1)
        assert document["runs"][0]["verdict"] == {"then": "GO", "now": None}
        assert document["runs"][0]["why"] == "The log does not hold the ruleset."

    def test_another_format_is_a_usage_error(self, assessed, capfd):
        """Before anything is judged."""
        assert run(["replay", str(assessed.root), "last", "-o", "xml"]) == 2
        assert "Formats: text, json" in capfd.readouterr().err
