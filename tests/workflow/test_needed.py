"""What would change a verdict stands in its reports: from the log alone, the same again, and marked as hypothetical."""

import json
from dataclasses import replace

import pytest

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.report.report_reader import Reader
from gonogo.report.view import RunView
from gonogo.report.would_change import reasons_for
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


def test_a_seat_reads_what_settles_its_own_reason_however_late_it_comes(reported, monkeypatch):
    """The sponsor's reason was the eleventh, ten were worked out, and her copy said that none of them was hers."""
    small, _ = reported
    history = open_history(small.log)
    records = history.report_records(history.run())
    view = RunView.of(records)
    owner = view.finding(view.decision.ranked[0].criterion).owner
    other = Reader(seat="customer.nobody_at_all")
    monkeypatch.setattr(needed, "MOST", 1)
    first = view.decision.ranked[0].model_copy(update={"criterion": None, "why": "Whose is this?"})
    two = view.decision.model_copy(update={"blockers": (first, *view.decision.blockers)})
    both = replace(view, assessment=view.assessment.model_copy(update={"decision": two}))

    assert reasons_for(view, other) == ()
    assert reasons_for(view, Reader(seat=owner)) == view.decision.ranked == reasons_for(view, None)
    assert len(reasons_for(both, other)) == 1  # nobody answers for it alone, so everybody reads it
    assert needed_of(history, history.run(), records, view, other) == ()
    [mine] = needed_of(history, history.run(), records, view, Reader(seat=owner))
    assert mine.criterion == view.decision.ranked[0].criterion


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
