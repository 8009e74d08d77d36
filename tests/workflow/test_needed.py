"""What would change a verdict stands in its reports: from the log alone, the same again, and marked as hypothetical."""

import json

import pytest

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.report.view import RunView
from gonogo.workflow import needed
from gonogo.workflow.needed import needed_of
from gonogo.workflow.recorded_program import Unreadable


@pytest.fixture
def reported(denied):
    """A NO-GO with its reports, as the run wrote them."""
    files = {name: denied.root / f"report.{name}" for name in ("markdown", "html", "json", "terminal", "full")}
    options = [part for name, path in files.items() for part in ("-o", f"{name}:{path}")]
    assert run([*denied.arguments, *options]) == 1
    return denied, files


def needed_now(history):
    records = history.report_records(history.run())
    return needed_of(history, history.run(), records, RunView.of(records))


def test_each_form_for_a_meeting_says_it_and_the_screen_does_not(reported):
    """Page one answers *what would change it*; the screen of the person who ran it has no room for all of that."""
    _, files = reported
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}

    assert "desk.staffed: true (now false)" in texts["markdown"].replace("\\", "")
    assert "Hypothetical: each line is worked out from this record alone" in texts["markdown"]
    assert "Hypothetical: each line is worked out from this record alone" in texts["html"]
    assert "what would change it" in texts["full"].lower()
    assert "what would change it" not in texts["terminal"].lower()
    [reason] = json.loads(texts["json"])["would_change"]
    assert (reason["criterion"], reason["ways"][0][0]["needed"]) == ("operations.desk.staffed", "true")


def test_a_report_again_has_the_same_bytes(reported, tmp_path):
    """A report that says something else the second time proves nothing, the first time either."""
    small, files = reported
    for name, path in files.items():
        again = tmp_path / path.name
        assert run(["report", str(small.root), "-o", f"{name}:{again}"]) == 0
        assert again.read_bytes() == path.read_bytes(), name


def test_a_go_needs_nothing(stated_run):
    """Nothing would make a GO better."""
    history = open_history(stated_run.log)

    assert needed_now(history) == ()


def test_a_record_that_cannot_be_judged_again_has_no_such_part(reported, monkeypatch):
    """An old record must still be shown; what nobody can work out is left out, and not guessed."""
    small, _ = reported
    history = open_history(small.log)
    assert len(needed_now(history)) == 1

    def unreadable(*_arguments):
        raise Unreadable("the ruleset is not in the log")

    monkeypatch.setattr(needed.RecordedRun, "read", unreadable)

    assert needed_now(history) == ()
