"""Kept sources go by a schedule; the log keeps that they were there."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from gonogo.audit.events import event
from gonogo.audit.kept import FOLDER, keep_source, kept_sources
from gonogo.audit.log import AuditLog
from gonogo.audit.prune import outdated, remove_kept
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError, RecordFault
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.collected import CollectorFinished
from gonogo.model.event import EventType
from gonogo.model.reply import InputRead

READ = datetime(2027, 1, 10, 12, tzinfo=UTC)
DATA = b"case;outcome\n1;passed\n"
SHA = digest_of_bytes(DATA)


@pytest.fixture
def folder(tmp_path):
    """A log whose one run read a source that is kept."""
    place = tmp_path / "audit"
    source = tmp_path / "source.csv"
    source.write_bytes(DATA)
    with AuditLog.open(place, clock=lambda: READ) as log:
        read = InputRead(name="file", path="source.csv", size=len(DATA), sha256=SHA)
        done = CollectorFinished(
            binding="tests", collector="table:table", level="L1", declared=1, answered=1, inputs=(read,)
        )
        log.append([event(EventType.COLLECTOR_FINISHED, done, run="r1")])
    descriptor = os.open(source, os.O_RDONLY)
    keep_source(place, SHA, descriptor)
    os.close(descriptor)
    return place


@pytest.mark.parametrize(("later", "count"), [(-1, 0), (0, 0), (1, 1)])
def test_a_source_is_outdated_once_its_last_use_lies_before_the_day(folder, later, count):
    """One that was read at that very moment is not older than it."""
    assert len(outdated(folder, before=READ + timedelta(seconds=later))) == count


def test_the_last_use_counts(folder):
    """A source that is read every day stays."""
    with AuditLog.open(folder, clock=lambda: READ + timedelta(days=30)) as log:
        read = InputRead(name="file", path="source.csv", size=len(DATA), sha256=SHA)
        done = CollectorFinished(
            binding="tests", collector="table:table", level="L1", declared=1, answered=1, inputs=(read,)
        )
        log.append([event(EventType.COLLECTOR_FINISHED, done, run="r2")])

    assert outdated(folder, before=READ + timedelta(days=30)) == []


def test_a_source_that_no_run_names_goes_by_the_day_it_was_written(folder):
    """A killed run may have left personal data."""
    other = b"left over"
    name = digest_of_bytes(other)
    place = folder / FOLDER / name[:2] / name
    place.parent.mkdir()
    place.write_bytes(other)
    os.utime(place, (READ.timestamp(), READ.timestamp()))

    found = outdated(folder, before=READ + timedelta(seconds=1))

    assert {each.sha256: each.named for each in found} == {SHA: True, name: False}


def test_a_removed_source_is_gone_and_the_log_says_so(folder):
    """Nobody can take it for one that somebody made away with."""
    with AuditLog.open(folder) as log:
        count = remove_kept(log, folder, outdated(folder, before=READ + timedelta(1)), older_than=timedelta(days=400))

    last = json.loads((folder / "000001.jsonl").read_text().splitlines()[-1])
    assert count == 1
    assert list(kept_sources(folder)) == []
    assert last["type"] == "blob.removed"
    assert last["data"]["sha256"] == SHA
    assert last["data"]["older_than_days"] == 400
    assert verify_log(folder).ok


def test_the_record_comes_before_the_removal(folder, monkeypatch):
    """Killed in between, the source is still there, and the next call removes it."""
    monkeypatch.setattr("pathlib.Path.unlink", _refused)
    chosen = outdated(folder, before=READ + timedelta(1))
    with AuditLog.open(folder) as log, pytest.raises(RecordFault, match="cannot be removed"):
        remove_kept(log, folder, chosen, older_than=timedelta(days=1))
    monkeypatch.undo()

    assert b"blob.removed" in (folder / "000001.jsonl").read_bytes()
    assert [name for name, _ in kept_sources(folder)] == [SHA]
    assert [each.sha256 for each in outdated(folder, before=READ + timedelta(1))] == [SHA]


def test_nothing_is_chosen_from_a_broken_log(folder):
    """What it says about use cannot be believed."""
    file = folder / "000001.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"binding":"tests"', b'"binding":"texts"'))

    with pytest.raises(IntegrityError):
        outdated(folder, before=READ + timedelta(1))


def _refused(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")
