"""Each call that the log makes does what it is there for, and nothing that was opened stays open."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit import index
from gonogo.audit.io import APPEND, CREATE, DIRECTORY, READ, PosixIo, write_all
from gonogo.audit.kept import keep_source, kept_sources
from gonogo.audit.log import AuditLog
from gonogo.errors import RecordFault
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import AuditEvent

Make = Callable[..., AuditEvent]
SAFE = os.O_CLOEXEC | os.O_NOFOLLOW
HALF = b'{"data":{"half'


class Diary(PosixIo):
    """The system, noting each call that changes a disk, and what each descriptor is."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.names: dict[int, str] = {}
        self.open_ones: set[int] = set()

    def make_directory(self, name: str, within: int | None) -> bool:
        made = super().make_directory(name, within)
        if made:
            self.said.append(f"make {Path(name).name}")
        return made

    def open(self, name: str, flags: int, within: int | None) -> int:
        descriptor = super().open(name, flags, within)
        self.names[descriptor] = Path(name).name
        self.open_ones.add(descriptor)
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        self.said.append(f"write {self.names[descriptor]}")
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self.said.append(f"sync {self.names[descriptor]}")
        super().sync(descriptor)

    def sync_directory(self, descriptor: int) -> None:
        self.said.append(f"sync folder {self.names[descriptor]}")
        super().sync_directory(descriptor)

    def truncate(self, descriptor: int, size: int) -> None:
        self.said.append(f"cut {self.names[descriptor]}")
        super().truncate(descriptor, size)

    def rename(self, before: str, after: str, within: int) -> None:
        self.said.append(f"rename {Path(before).suffix} {Path(after).suffix}")
        super().rename(before, after, within)

    def close(self, descriptor: int) -> None:
        self.open_ones.remove(descriptor)
        super().close(descriptor)

    def told(self) -> list[str]:
        """Return what was noted, without the index, and begin anew."""
        said, self.said = self.said, []
        return [entry for entry in said if "index" not in entry and entry != "rename .partial .json"]


class TestFlags:
    @pytest.mark.parametrize(
        ("flags", "wanted"),
        [
            (DIRECTORY, os.O_RDONLY | os.O_DIRECTORY | SAFE),
            (READ, os.O_RDONLY | os.O_NONBLOCK | SAFE),
            (APPEND, os.O_RDWR | os.O_APPEND | os.O_CREAT | SAFE),
            (CREATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | SAFE),
        ],
        ids=["folder", "read", "append", "create"],
    )
    def test_every_way_to_open_follows_no_link(self, flags: int, wanted: int) -> None:
        """One flag that is lost is a file written where somebody planted a link, or a record written over."""
        assert flags == wanted


class TestCalls:
    def test_a_folder_is_made_once(self, tmp_path: Path) -> None:
        """Only one that is new has to reach the disk."""
        made = [PosixIo().make_directory(str(tmp_path / "x"), None) for _ in range(2)]

        assert made == [True, False]
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) & ~0o750 == 0

    @pytest.mark.parametrize("call", ["sync", "sync_directory", "close", "unlock"])
    def test_a_call_on_what_is_closed_fails(self, tmp_path: Path, call: str) -> None:
        """A call that did nothing would succeed; the log would then promise what no disk holds."""
        descriptor = os.open(tmp_path, os.O_RDONLY)
        os.close(descriptor)

        with pytest.raises(OSError, match="Bad file descriptor"):
            getattr(PosixIo(), call)(descriptor)

    @pytest.mark.parametrize(("size", "calls"), [(0, 0), (1, 1), (7, 1), (8, 2), (15, 3)])
    def test_all_is_written_however_little_is_taken(self, tmp_path: Path, size: int, calls: int) -> None:
        """Seven bytes at a time: below, on and above it."""

        class Short(PosixIo):
            count = 0

            def write(self, descriptor: int, data: memoryview) -> int:
                self.count += 1
                return super().write(descriptor, data[:7])

        io, data = Short(), bytes(range(65, 65 + size))
        descriptor = io.open(str(tmp_path / "x"), CREATE, None)
        write_all(io, descriptor, data)
        io.close(descriptor)

        assert (io.count, (tmp_path / "x").read_bytes()) == (calls, data)

    @pytest.mark.parametrize("answer", [0, -1])
    def test_a_system_that_takes_nothing_is_asked_once(self, tmp_path: Path, answer: int) -> None:
        """It may answer so for ever."""

        class Full(PosixIo):
            def write(self, descriptor: int, data: memoryview) -> int:
                return answer

        with pytest.raises(OSError, match=f"wrote {answer} of 3 bytes"):
            write_all(Full(), 0, b"abc")


class TestOrder:
    """What is promised is on disk before it is promised."""

    def test_a_new_log_is_on_disk_with_its_names(self, folder: Path, clock: object) -> None:
        """The folder in its parent, the segment in the folder, the record in the segment; then the first checkpoint."""
        io = Diary()

        with AuditLog.open(folder, clock=clock, io=io):
            assert io.told() == [
                "make audit",
                f"sync folder {folder.parent.name}",
                "sync folder audit",
                "write 000001.jsonl",
                "sync 000001.jsonl",
                "write checkpoint.partial",
                "sync checkpoint.partial",
                "rename .partial ",
                "sync folder audit",
            ]

        assert io.open_ones == set()

    def test_an_old_one_is_only_read(self, written: Path, clock: object, gap: Make) -> None:
        """And one record is one write and one sync."""
        io = Diary()

        with AuditLog.open(written, clock=clock, io=io) as log:
            assert io.told() == []
            log.append([gap("a"), gap("b")])
            assert io.told() == ["write 000001.jsonl", "sync 000001.jsonl"]

        assert io.open_ones == set()

    @pytest.mark.parametrize("there", [False, True])
    def test_a_torn_tail_is_safe_before_it_is_cut(self, written: Path, clock: object, there: bool) -> None:
        """Cut first, a power cut would lose what the crash had left."""
        io = Diary()
        if there:
            (written / "quarantine").mkdir(mode=0o750)
        with (written / "000001.jsonl").open("ab") as stream:
            stream.write(HALF)

        AuditLog.open(written, clock=clock, io=io).close()

        told = io.told()
        name = next(entry for entry in told if entry.endswith(".partial")).removeprefix("write ")
        assert told == [
            *([] if there else ["make quarantine", "sync folder audit"]),
            f"write {name}",
            f"sync {name}",
            "rename .partial .torn",
            "sync folder quarantine",
            "cut 000001.jsonl",
            "sync 000001.jsonl",
            "write 000001.jsonl",
            "sync 000001.jsonl",
        ]
        assert io.open_ones == set()

    def test_a_source_is_safe_before_it_has_its_name(self, tmp_path: Path) -> None:
        """A record that names it may follow at once."""
        (tmp_path / "audit").mkdir()
        said = []
        for content in (b"one", b"two", b"one"):
            (tmp_path / "source").write_bytes(content)
            source, io = os.open(tmp_path / "source", os.O_RDONLY), Diary()
            keep_source(tmp_path / "audit", digest_of_bytes(content), source, io=io)
            os.close(source)
            half = next((entry[6:] for entry in io.said if entry.startswith("write")), "")
            said.append([entry.replace(half, "half") for entry in io.said] if half else io.said)
            assert io.open_ones == set()

        first, second = digest_of_bytes(b"one")[:2], digest_of_bytes(b"two")[:2]
        kept = ["write half", "sync half", "rename .partial ", "sync half"]
        assert said == [
            ["make blobs", "sync folder audit", f"make {first}", "sync folder blobs", *kept, f"sync folder {first}"],
            [f"make {second}", "sync folder blobs", *kept, f"sync folder {second}"],
            [],
        ]

    def test_a_source_that_cannot_be_kept_leaves_nothing_open(self, tmp_path: Path) -> None:
        """A run of a thousand bindings would run out of descriptors."""
        io = Diary()
        (tmp_path / "source").write_bytes(b"one")
        source = os.open(tmp_path / "source", os.O_RDONLY)

        with pytest.raises(RecordFault):
            keep_source(tmp_path / "audit", "0" * 64, source, io=io)
        os.close(source)

        assert io.open_ones == set()

    def test_looking_at_sources_leaves_nothing_open(self, tmp_path: Path) -> None:
        """What is no plain file is closed too."""
        place = tmp_path / "blobs" / "00"
        place.mkdir(parents=True)
        for number in range(3):
            os.mkfifo(place / f"{number:064x}")
        before = len(os.listdir("/dev/fd"))

        assert [sound for _, sound in kept_sources(tmp_path)] == [False] * 3

        assert len(os.listdir("/dev/fd")) == before


class TestSources:
    def test_one_in_the_folder_of_another_is_not_found_by_its_record(self, tmp_path: Path) -> None:
        """Its bytes are right, and nobody would look for them there."""
        name = digest_of_bytes(b"one")
        for folder in (name[:2], "zz"):
            (tmp_path / "blobs" / folder).mkdir(parents=True)
            (tmp_path / "blobs" / folder / name).write_bytes(b"one")

        assert list(kept_sources(tmp_path)) == [(name, True), (name, False)]

    def test_a_file_beside_the_folders_is_passed_over(self, tmp_path: Path) -> None:
        """A note that somebody left is no source."""
        (tmp_path / "blobs").mkdir()
        (tmp_path / "blobs" / "README").write_text("x")

        assert list(kept_sources(tmp_path)) == []

    def test_a_fault_without_a_word_of_the_system_is_told(self, tmp_path: Path) -> None:
        """Not every refusal has a number."""

        class Full(PosixIo):
            def write(self, descriptor: int, data: memoryview) -> int:
                return 0

        (tmp_path / "source").write_bytes(b"one")
        source = os.open(tmp_path / "source", os.O_RDONLY)
        with pytest.raises(RecordFault, match="the system wrote 0 of 3 bytes"):
            keep_source(tmp_path / "audit", digest_of_bytes(b"one"), source, io=Full())
        os.close(source)


class TestIndexFile:
    @pytest.mark.parametrize(("more", "read"), [(1, True), (0, True), (-1, False)])
    def test_an_index_is_read_up_to_a_size(self, written: Path, more: int, read: bool) -> None:
        """Below, on and above it: somebody may have left a file of any size there."""
        size = (written / "index.json").stat().st_size

        assert (index.load(written, kind="ext4", largest=size + more) is not None) is read

    @pytest.mark.parametrize("kind", ["tmpfs", "nfs4", "unknown"])
    def test_where_times_mean_nothing_there_is_none(self, written: Path, kind: str) -> None:
        """It is believed by the times of change of the segments."""
        assert index.load(written, kind="xfs") is not None
        assert index.load(written, kind=kind) is None

    def test_an_index_that_cannot_be_written_leaves_the_old_one(self, written: Path, clock: object, gap: Make) -> None:
        """Half an index does not count, and costs the next run its time."""

        class Full(Diary):
            def write(self, descriptor: int, data: memoryview) -> int:
                return 0 if "index" in self.names[descriptor] else super().write(descriptor, data)

        before, io = (written / "index.json").read_bytes(), Full()

        with AuditLog.open(written, clock=clock, io=io) as log:
            assert log.append([gap()]) == (7,)

        assert (written / "index.json").read_bytes() == before
        assert io.open_ones == set()

    def test_what_a_crash_left_of_one_is_replaced(self, written: Path, clock: object, gap: Make) -> None:
        """Or no index would ever be written again."""
        (written / "index.partial").write_bytes(b"half")

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap()])

        found = index.load(written, kind="ext4")
        assert found is not None
        assert found.ledger.head.records == 8

    def test_opening_a_log_that_nobody_touched_leaves_its_index_alone(self, written: Path, clock: object) -> None:
        """The index says of it what it said."""
        before = (written / "index.json").stat().st_ino

        AuditLog.open(written, clock=clock).close()

        assert (written / "index.json").stat().st_ino == before

    def test_what_opening_adds_is_in_the_index(self, written: Path, clock: object, started: Make) -> None:
        """A run that was closed as aborted is one record more."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([started("r2")])
        AuditLog.open(written, clock=clock).close()

        found = index.load(written, kind="ext4")
        assert found is not None
        assert found.ledger.head.records == 9
        assert found.ledger.open_runs == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("code", "step"),
        [
            (errno.ENOENT, "make the folder"),
            (errno.ELOOP, "none of them is a link"),
            (errno.ENOTDIR, "none of them is a link"),
            (errno.EISDIR, "none of them is a link"),
            (errno.ENOSPC, "make room"),
            (errno.EDQUOT, "make room"),
            (errno.EMFILE, "make room"),
            (errno.ENFILE, "make room"),
            (errno.ENOMEM, "make room"),
            (errno.EACCES, "let this user write"),
            (errno.EROFS, "let this user write"),
        ],
    )
    def test_each_refusal_has_its_own_next_step(self, folder: Path, clock: object, code: int, step: str) -> None:
        """`Permission denied` and `No space left` are mended by two people."""
        io = PosixIo()

        def refuse(*_: object) -> int:
            raise OSError(code, os.strerror(code))

        io.open = refuse  # type: ignore[method-assign]

        with pytest.raises(RecordFault) as caught:
            AuditLog.open(folder, clock=clock, io=io)

        assert step in (caught.value.hint or "")
        assert os.strerror(code) in caught.value.sentence

    def test_a_log_of_another_user_is_refused(self, written: Path, clock: object, reader: Callable[[], Any]) -> None:
        """Who may write to it may have written to it."""
        if os.geteuid() != 0:
            return  # nobody but root can give a file away
        with reader():
            os.seteuid(0)
            os.chown(written, 12345, -1)
            written.chmod(0o755)
            os.seteuid(65534)
            with pytest.raises(RecordFault, match="audit of the audit log belongs to another user"):
                AuditLog.open(written, clock=clock)
            os.seteuid(0)
            os.chown(written, 0, -1)
            os.seteuid(65534)
            AuditLog.open(written, clock=clock).close()  # root may do anything already
