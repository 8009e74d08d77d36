"""A log that this process has followed is followed again as soon as anything about it is not as it was."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gonogo.audit import just_followed
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.errors import IntegrityError
from gonogo.model.event import AuditEvent

Make = Callable[..., AuditEvent]


@pytest.fixture
def cloned(written: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log without an index, as a clone of a repository has it, that nobody has changed for a while."""
    with AuditLog.open(written, clock=clock) as log:
        log.checkpoint()
    (written / "index.json").unlink()
    monkeypatch.setattr(just_followed, "_SETTLED_NS", -1)
    monkeypatch.setattr(just_followed, "refusal", lambda kind: "")
    return written


def test_what_is_recalled_is_what_following_gives(cloned):
    """The lock, the past and the writer must see one log."""
    followed = open_history(cloned)
    assert just_followed.recall(cloned) is not None
    assert open_history(cloned).ledger == followed.ledger


def test_a_writer_goes_on_from_it_and_leaves_an_index(cloned, clock, gap):
    """What it writes is what it would have written after reading everything."""
    before = open_history(cloned).ledger.head.records
    with AuditLog.open(cloned, clock=clock) as log:
        log.append([gap("c", run="r2")])
    assert open_history(cloned).ledger.head.records > before
    assert (cloned / "index.json").exists()
    (cloned / "index.json").unlink()
    assert open_history(cloned).ledger.head == log.head


def test_what_a_writer_adds_does_not_reach_what_somebody_was_given(cloned, clock, gap):
    """A history is a moment's: a run that is judged by it must not see itself in it."""
    history = open_history(cloned)
    known = history.ledger.head
    with AuditLog.open(cloned, clock=clock) as log:
        log.append([gap("c", run="r2")])
    assert history.ledger.head == known


@pytest.mark.parametrize("how", ["changed", "cut", "replaced", "renamed"])
def test_a_log_that_was_touched_is_followed_again(cloned, how):
    """Somebody may write to the folder while a run is under way."""
    open_history(cloned)
    time.sleep(0.05)  # the clock of a file system ticks in steps, and the wait that the code asks for is left out here
    segment = cloned / "000001.jsonl"
    data = segment.read_bytes()
    lines = data.splitlines(keepends=True)
    if how == "changed":
        segment.write_bytes(data.replace(b'"a"', b'"z"'))
    elif how == "cut":
        segment.write_bytes(b"".join(lines[:-1]))
    else:
        other = cloned / "other"
        other.write_bytes(b"".join([*lines[:-2], lines[-1]]))
        os.replace(other, segment)
        if how == "renamed":
            os.utime(segment, ns=(0, 0))
    with pytest.raises(IntegrityError):
        open_history(cloned)


def test_a_log_that_was_changed_just_now_is_not_kept(written, monkeypatch):
    """A clock ticks in steps: a second change in the same step could not be seen."""
    (written / "index.json").unlink()
    monkeypatch.setattr(just_followed, "refusal", lambda kind: "")
    monkeypatch.setattr(just_followed, "_SETTLED_NS", 3_600_000_000_000)
    open_history(written)
    assert just_followed.recall(written) is None


def test_a_file_system_that_keeps_no_times_is_not_believed(cloned, monkeypatch):
    """There a file may change without a sign of it, so there is no index on disk either."""
    monkeypatch.setattr(just_followed, "refusal", lambda kind: "The audit log lies on a network file system.")
    open_history(cloned)
    assert just_followed.recall(cloned) is None


def test_one_log_is_never_taken_for_another(cloned, tmp_path):
    """A run reads the logs beside its own too."""
    open_history(cloned)
    assert just_followed.recall(tmp_path / "another") is None
