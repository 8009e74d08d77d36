"""Sources that are kept beside the log: on disk before the record, under their digest, never overwritten."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.audit.io import PosixIo
from gonogo.audit.kept import keep_source, kept_sources
from gonogo.cli import run
from gonogo.errors import IntegrityError, RecordFault

CONTENT = b"person,status\n" + b"P1,done\n" * 200_000
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def source(tmp_path: Path):
    """An open source whose position somebody has moved."""
    (tmp_path / "source.csv").write_bytes(CONTENT)
    descriptor = os.open(tmp_path / "source.csv", os.O_RDONLY)
    os.lseek(descriptor, 1000, os.SEEK_SET)
    yield descriptor
    os.close(descriptor)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "audit" / "blobs" / SHA[:2] / SHA


class TestKeeping:
    def test_the_bytes_lie_under_their_digest_and_nobody_may_write_them(self, tmp_path, source, place):
        """Found by what the record says, years later."""
        keep_source(tmp_path / "audit", SHA, source)

        assert place.read_bytes() == CONTENT
        assert stat.S_IMODE(place.stat().st_mode) == 0o440
        assert list(kept_sources(tmp_path / "audit")) == [(SHA, True)]

    def test_a_second_time_they_are_only_checked(self, tmp_path, source, place):
        """The same file in the next run costs nothing, and replaces nothing."""
        keep_source(tmp_path / "audit", SHA, source)
        before = place.stat().st_ino

        keep_source(tmp_path / "audit", SHA, source)

        assert place.stat().st_ino == before

    def test_others_under_that_name_are_damage(self, tmp_path, source, place):
        """Nothing is put right in silence."""
        keep_source(tmp_path / "audit", SHA, source)
        place.chmod(0o640)
        place.write_bytes(CONTENT[:-1])

        with pytest.raises(IntegrityError, match="was changed"):
            keep_source(tmp_path / "audit", SHA, source)
        assert list(kept_sources(tmp_path / "audit")) == [(SHA, False)]

    def test_bytes_that_are_not_what_they_are_known_by_are_not_kept(self, tmp_path, source, place):
        other = hashlib.sha256(b"else").hexdigest()

        with pytest.raises(RecordFault, match="changed while it was being kept"):
            keep_source(tmp_path / "audit", other, source)

        assert list(kept_sources(tmp_path / "audit")) == []

    @pytest.mark.parametrize("call", ["make_directory", "open", "write", "sync", "sync_directory", "rename"])
    def test_a_disk_that_refuses_is_a_fault(self, tmp_path, source, place, call):
        """No record without what it promises to keep; and what is half written is nobody's source."""
        io = PosixIo()

        def refuse(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        setattr(io, call, refuse)

        with pytest.raises(RecordFault, match=r"cannot be kept in .*No space left") as caught:
            keep_source(tmp_path / "audit", SHA, source, io=io)

        assert "keep: digest" in caught.value.hint
        assert [name for name, _ in kept_sources(tmp_path / "audit")] == ([SHA] if place.exists() else [])
        assert list((tmp_path / "audit").rglob("*.partial")) == []

    def test_a_run_that_keeps_the_same_bytes_at_the_same_time_does_not_disturb(self, tmp_path, source, place):
        """Two people assess one program at once: neither may take the other's half-written copy for its own."""
        io = PosixIo()
        rename = io.rename

        def beside(old: str, new: str, directory: int) -> None:
            if os.fork() == 0:
                try:
                    keep_source(tmp_path / "audit", SHA, source)
                finally:
                    os._exit(0 if place.exists() else 1)
            assert os.waitstatus_to_exitcode(os.wait()[1]) == 0
            rename(old, new, directory)

        io.rename = beside  # type: ignore[method-assign]

        keep_source(tmp_path / "audit", SHA, source, io=io)

        assert list(kept_sources(tmp_path / "audit")) == [(SHA, True)]
        assert [entry.name for entry in place.parent.iterdir()] == [SHA]

    def test_what_a_crash_left_unfinished_is_not_closed_to_the_next_run(self, tmp_path, source, place):
        """A user who is not root may not write to a file that is read-only already."""
        io = PosixIo()
        modes = []

        def crash(_old: str, _new: str, directory: int) -> None:
            modes.extend(stat.S_IMODE(entry.stat().st_mode) for entry in place.parent.iterdir())
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        io.rename = crash  # type: ignore[method-assign]

        with pytest.raises(RecordFault):
            keep_source(tmp_path / "audit", SHA, source, io=io)

        assert [mode & stat.S_IWUSR for mode in modes] == [stat.S_IWUSR]

    @pytest.mark.parametrize("what", ["audit", "blobs", "prefix"])
    def test_no_link_is_followed(self, tmp_path, source, place, what):
        """Somebody plants a link where the copy will be written."""
        at = {"audit": place.parents[2], "blobs": place.parents[1], "prefix": place.parent}[what]
        at.parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "elsewhere").mkdir()
        at.symlink_to(tmp_path / "elsewhere")

        with pytest.raises(RecordFault):
            keep_source(tmp_path / "audit", SHA, source)

        assert list((tmp_path / "elsewhere").iterdir()) == []


class TestVerifying:
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda place: (place.chmod(0o640), place.write_bytes(b"")),
            lambda place: place.rename(place.with_name("notes.txt")),
            lambda place: (place.unlink(), place.symlink_to("/dev/null")),
            lambda place: (place.unlink(), os.mkfifo(place)),
            lambda place: (place.unlink(), place.mkdir()),
        ],
        ids=["emptied", "renamed", "a link", "a pipe", "a folder"],
    )
    def test_what_is_not_what_was_read_is_found(self, tmp_path, source, place, spoil: Callable[[Path], object]):
        keep_source(tmp_path / "audit", SHA, source)
        spoil(place)

        assert [sound for _, sound in kept_sources(tmp_path / "audit")] == [False]

    @pytest.mark.parametrize("closed", ["a source", "its folder", "all of them"])
    def test_what_this_user_may_not_read_is_neither_sound_nor_changed(self, tmp_path, source, place, reader, closed):
        """A log that others may read, beside sources that they may not: nobody can tell, and that is said."""
        keep_source(tmp_path / "audit", SHA, source)
        at = {"a source": place, "its folder": place.parent, "all of them": place.parents[1]}[closed]
        at.chmod(0)

        with reader(), pytest.raises(RecordFault, match="cannot be read") as caught:
            list(kept_sources(tmp_path / "audit"))

        at.chmod(0o700)
        assert str(at) in caught.value.sentence

    def test_what_a_crash_left_is_not_a_source(self, tmp_path, source, place):
        keep_source(tmp_path / "audit", SHA, source)
        place.with_name(f"{SHA}.partial").write_bytes(b"half")

        assert list(kept_sources(tmp_path / "audit")) == [(SHA, True)]


class TestInARun:
    def test_a_binding_that_asks_for_it_has_its_files_kept(self, small, capfd):
        """And no other binding; and `collect`, which records nothing, keeps nothing."""
        small.edit("gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    keep: bytes\n")
        assert run(["collect", str(small.root), "--as-of", small.as_of]) == 0
        assert list(kept_sources(small.log)) == []

        assert run(small.arguments) == 0

        [(name, sound)] = kept_sources(small.log)
        assert sound
        assert name == hashlib.sha256((small.root / "evidence" / "desk.csv").read_bytes()).hexdigest()
        capfd.readouterr()
        assert run(["log", "verify", str(small.root)]) == 0
        assert "sources kept: 1, as they were read: 1" in capfd.readouterr().out

    def test_a_kept_source_that_was_changed_breaks_the_log(self, small, capfd):
        """A replay would judge another decision."""
        small.edit("gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    keep: bytes\n")
        assert run(small.arguments) == 0
        [(name, _)] = kept_sources(small.log)
        place = small.log / "blobs" / name[:2] / name
        place.chmod(0o640)
        place.write_bytes(place.read_bytes().replace(b"filled", b"open"))
        capfd.readouterr()

        assert run(["log", "verify", str(small.root)]) == 5
        assert f"BROKEN: the source that is kept as {name}" in capfd.readouterr().out

    def test_where_it_cannot_be_kept_there_is_no_verdict(self, small, capfd):
        """The record would promise what is not there."""
        small.edit("gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    keep: bytes\n")
        small.log.mkdir(mode=0o750)
        (small.log / "blobs").write_text("a file where the folder should be")

        assert run(small.arguments) == 4

        out, err = capfd.readouterr()
        assert "verdict=" not in out
        assert "cannot be kept" in err
