"""A log takes over what a copy of it has beyond itself, and never replaces what it has."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.audit.absorbing import absorb
from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.event import AuditEvent
from gonogo.signing.private_key import new_private_key

Make = Callable[..., AuditEvent]


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that copies the log as it stands to another folder."""
    return lambda name: Path(shutil.copytree(written, tmp_path / name))


@pytest.fixture
def grow(clock: object, gap: Make) -> Callable[..., None]:
    """Return a function that lets a log grow, with a checkpoint."""

    def add(folder: Path, name: str = "more", **options: object) -> None:
        with AuditLog.open(folder, clock=clock, **options) as log:
            log.append([gap(name)], checkpoint=True)

    return add


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("0*.jsonl")}


def test_where_there_is_no_log_the_whole_one_is_taken(copy, tmp_path):
    """An ephemeral runner starts with nothing."""
    incoming = copy("incoming")
    before = content(incoming)

    done = absorb(tmp_path / "new", incoming)

    assert content(tmp_path / "new") == before
    assert (done.before, done.records) == (0, len(read_log(tmp_path / "new")))


def test_records_that_the_copy_has_beyond_are_appended(written, copy, grow):
    """Another job went on with the copy; this one continues after it."""
    incoming = copy("incoming")
    grow(incoming, signer=new_private_key())

    done = absorb(written, incoming)

    assert done.records > done.before
    assert content(written) == content(incoming)
    assert load_checkpoint(written) == load_checkpoint(incoming)
    assert sorted(path.name for path in (written / "checkpoints").iterdir()) == sorted(
        path.name for path in (incoming / "checkpoints").iterdir()
    )


def test_segments_begin_where_they_begin_in_the_copy(written, copy, grow):
    """Otherwise the two logs would differ in their files, and the link between segments would not hold."""
    incoming = copy("incoming")
    for number in range(3):
        grow(incoming, f"m{number}", segment_bytes=600)
    assert len(content(incoming)) > 1

    absorb(written, incoming)

    assert content(written) == content(incoming)
    grow(written)
    assert verify_log(written).ok


def test_a_copy_that_has_less_changes_nothing(written, copy, grow):
    """An old archive is a beginning of this log."""
    incoming = copy("incoming")
    grow(written)
    before, own = content(written), load_checkpoint(written)

    done = absorb(written, incoming)

    assert (content(written), load_checkpoint(written)) == (before, own)
    assert done.records == done.before


def test_the_same_log_changes_nothing(written, copy):
    """Importing twice is importing once."""
    before = content(written)

    done = absorb(written, copy("incoming"))

    assert content(written) == before
    assert done.records == done.before


def test_two_histories_are_refused(written, copy, grow):
    """Each has a record that the other lacks: nobody can say which one was decided on."""
    incoming = copy("incoming")
    grow(incoming, "theirs")
    grow(written, "ours")
    before = content(written)

    with pytest.raises(IntegrityError, match="two histories"):
        absorb(written, incoming)
    assert content(written) == before


def test_two_histories_of_different_length_are_refused(written, copy, grow):
    """The longer one is no continuation of the shorter."""
    incoming = copy("incoming")
    grow(incoming, "theirs")
    grow(incoming, "theirs again")
    grow(written, "ours")

    with pytest.raises(IntegrityError, match="two histories"):
        absorb(written, incoming)


def test_another_log_is_refused(written, tmp_path, clock, gap):
    """It belongs into a folder of its own."""
    with AuditLog.open(tmp_path / "other", clock=clock, new_id=lambda: "other") as log:
        log.append([gap("x")], checkpoint=True)

    with pytest.raises(IntegrityError, match="folder of its own"):
        absorb(written, tmp_path / "other")


def test_a_folder_of_something_else_is_left_alone(copy, tmp_path):
    """A misspelt path must not mix a log into a program's evidence."""
    place = tmp_path / "place"
    place.mkdir()
    (place / "plan.xml").write_text("x")

    with pytest.raises(UsageError, match="something else"):
        absorb(place, copy("incoming"))
    assert [entry.name for entry in place.iterdir()] == ["plan.xml"]


@pytest.mark.parametrize("left", ["checkpoint", "checkpoints"])
def test_what_is_left_of_a_log_is_no_empty_folder(written, copy, left, grow):
    """Its segments were removed: to fill it with an older copy would be a fresh start."""
    incoming = copy("incoming")
    grow(written, signer=new_private_key())
    for segment in written.glob("*.jsonl"):
        segment.unlink()
    for name in {"checkpoint", "checkpoints"} - {left}:
        shutil.rmtree(written / name) if (written / name).is_dir() else (written / name).unlink()

    with pytest.raises(IntegrityError, match="gone"):
        absorb(written, incoming)
