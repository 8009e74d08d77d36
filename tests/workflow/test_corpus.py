"""Logs that earlier forms of gonogo wrote: each is read, verified, reported and judged again for ever."""

import shutil
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.audit.verification import verify_log
from gonogo.model.upgrade import Depth
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView
from gonogo.workflow.replay import replay
from gonogo.workflow.replay_words import exit_code, lines
from gonogo.workflow.replaying import check_sound

CORPUS = Path(__file__).parent / "corpus"
LOGS = sorted(path.parent for path in CORPUS.glob("*/000001.jsonl"))
VERDICTS = ["NO-GO", "CONDITIONAL GO", "NO-GO"]
DEEP = [log for log in LOGS if log.name >= "2026-11-29-morning"]
"""Those that hold all that judging needs; earlier ones name neither the program file nor the register."""

every_log = pytest.mark.parametrize("log", LOGS, ids=lambda path: path.name)


def test_the_corpus_is_there():
    """A corpus that was moved would let every test below pass over nothing."""
    assert len(LOGS) >= 4


@every_log
def test_an_old_log_is_sound(log):
    """An inspector general asks in five years what was decided today."""
    found = verify_log(log)

    assert found.sound, found.faults
    assert [run.verdict for run in found.runs] == VERDICTS


@every_log
def test_an_old_run_is_reported_in_every_format(log):
    """A report is made from the record alone, whatever release wrote it."""
    history = open_history(log)
    for run in history.runs:
        view = RunView.of(history.report_records(run), run.run)
        assert all(FORMATS[name].render(view) for name in FORMATS if name != "pdf")  # a browser prints the HTML page


@every_log
def test_an_old_run_is_judged_again_or_says_why_it_cannot_be(log, tmp_path):
    """No release may lose what an earlier one decided by, claim a depth that the record does not give, or write."""
    copy = Path(shutil.copytree(log, tmp_path / "audit"))
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    check_sound(copy)
    history = open_history(copy)

    found = [replay(history, run) for run in history.runs]

    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*")} == before
    assert [each.depth is Depth.RECORD for each in found] == [log not in DEEP] * 3
    assert [bool(each.why) for each in found] == [log not in DEEP] * 3
    assert [each.now.decision.verdict for each in found if each.now] == (VERDICTS if log in DEEP else [])
    assert exit_code(found) in ((0, 1) if log in DEEP else (4,))
    told = [line for each in found for line in lines(each) if line.startswith("  differs: ")]
    assert len(told) == sum(each.differs for each in found)
    assert all("recorded it" in line and "the same code" not in line for line in told)


def test_a_lock_of_an_old_log_is_still_the_lock():
    """What both sides signed in this form must hold in every later one: a lock that is not read locks nothing."""
    history = open_history(CORPUS / "2026-11-29-with-lock")
    (recorded,) = history.locks("small")

    assert {one.person for one in recorded.lock.approved_by} == {"ada.kirsch", "bo.lind"}
    view = RunView.of(history.report_records(history.runs[0]), history.runs[0].run)
    assert view.started.lock_sha256 == recorded.lock.digest()
    assert view.decision.lock is not None
    assert not view.decision.lock.broken
