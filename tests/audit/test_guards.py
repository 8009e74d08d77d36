"""Each guard of the log by itself: what it lets by would be read, believed or overlooked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from gonogo.audit.chain import Break, ChainFault, data_of, follow, seal, verify
from gonogo.audit.filesystem import (
    FUSE,
    LOCAL,
    MEMORY,
    NETWORK,
    Mount,
    file_system,
    kind_of,
    read_mounts,
    refusal,
    sync_of,
)
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.record import SHAPES

from .test_chain import NOON, resealed
from .test_macos import Kernel, filled

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"
ON_A_DISK = "ext2 ext3 ext4 xfs btrfs zfs overlay f2fs bcachefs jfs apfs hfs"
ON_A_NETWORK = (
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs lustre gpfs gfs2 ocfs2 beegfs virtiofs vboxsf prl_fs vmhgfs drvfs "
    "davfs coda orangefs pvfs2 afpfs webdav ftp acfs"
)
IN_USER_SPACE = "fuse fuseblk macfuse osxfuse osxfusefs fuse-t"


def raw(folder: Path) -> list[bytes]:
    return (folder / SEGMENT).read_bytes().splitlines(keepends=True)


def put(folder: Path, found: list[bytes]) -> None:
    (folder / SEGMENT).write_bytes(b"".join(found))
    (folder / "index.json").unlink(missing_ok=True)


class TestChain:
    def test_a_line_that_is_no_record_has_no_data(self) -> None:
        assert data_of(b"junk\n") == b""

    def test_the_data_of_a_record_is_what_was_sealed(self) -> None:
        """Of a short one and of one that is longer than what is searched for its end."""
        for detail in ("x", "x" * 600):
            entry = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"detail": detail})
            _, line = seal(entry, seq=0, prev=GENESIS, ts=NOON)

            assert json.loads(data_of(line)) == {"detail": detail}

    def test_following_checks_the_form_unless_told_otherwise(self, written: Path) -> None:
        """The stricter way is the one that nobody has to ask for."""
        twice = resealed(raw(written)[0], lambda document: None).replace(b'{"data"', b'{ "data"')
        body = twice[: -len(b',"~h":"') - 64 - len(b'"}\n')] + b"}"
        from hashlib import sha256

        line = body[:-1] + b',"~h":"' + sha256(b"\x00" + body).hexdigest().encode() + b'"}\n'

        [problem] = follow([line])
        assert isinstance(problem, ChainFault)
        assert problem.kind is Break.NOT_CANONICAL
        assert verify([line])[1] == problem
        assert verify([line], strict=False)[1] is None

    @pytest.mark.parametrize("rest", [[], ["next"]], ids=["last", "followed"])
    def test_a_line_without_its_end_is_torn_only_where_nothing_follows(self, written: Path, rest: list[str]) -> None:
        """A crash leaves part of the last line; in the middle it was cut by somebody."""
        found = raw(written)

        _, problem = verify([*found[:2], found[2][:-5], *(found[3:] if rest else [])])

        assert problem is not None
        assert problem.kind is (Break.CHANGED if rest else Break.TORN)

    def test_a_dropped_record_is_told_although_a_later_one_is_damaged(self, written: Path) -> None:
        """The search for it passes over what it cannot read."""
        found = raw(written)

        _, problem = verify([*found[:1], *found[2:4], b"junk\n", *found[5:]])

        assert problem is not None
        assert (problem.kind, problem.seq) == (Break.DROPPED, 1)


class TestEvents:
    def test_these_types_are_about_the_log_itself(self) -> None:
        """All others name a run; one that named none would belong to nobody."""
        assert {kind for kind, shape in SHAPES.items() if not shape.of_run} == {
            EventType.LOG_OPENED,
            EventType.LOG_REPAIRED,
            EventType.CLOCK_REGRESSED,
            EventType.CHECKPOINT_SIGNED,
            EventType.SEGMENT_OPENED,
            EventType.BLOB_REMOVED,
            EventType.DRILL_FINISHED,
            EventType.LOCK_RECORDED,
        }


class TestFileSystems:
    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            *((kind, "a network file system") for kind in ON_A_NETWORK.split()),
            *((kind, "a restart empties") for kind in ("tmpfs", "ramfs", "rootfs", "devtmpfs")),
            *((kind, "user-space file system") for kind in IN_USER_SPACE.split()),
            ("fuse.sshfs", "user-space file system"),
            ("apfs (not local)", "does not count as local"),
            ("synced: Dropbox", "Dropbox syncs"),
            ("unknown", "is not known on this host"),
            ("vfat", "is not known to keep what it syncs"),
            ("fusey", "is not known to keep what it syncs"),
        ],
    )
    def test_each_kind_is_refused_for_its_own_reason(self, kind: str, words: str) -> None:
        """A restart and a network are told apart: the remedy is another one."""
        assert words in refusal(kind)

    def test_the_lists_hold_what_is_known(self) -> None:
        """No kind in two of them, and none was lost."""
        kinds = [*LOCAL, *MEMORY, *NETWORK, *FUSE]

        assert len(kinds) == len(set(kinds))
        assert set(LOCAL) == set(ON_A_DISK.split())
        assert set(NETWORK) == set(ON_A_NETWORK.split())

    @pytest.mark.parametrize(
        ("line", "read"),
        [
            ("21 1 254:0 / / rw shared:1 - ext4 /dev/vda rw", True),
            ("21 1 254:0 / / rw - ext4 /dev/vda rw", True),
            ("21 1 254:0 / / - ext4 /dev/vda rw", False),
            ("21 1 254:0 / / rw shared:1 ext4 /dev/vda rw", False),
            ("21 1 254:0 / / rw - ", False),
            ("", False),
        ],
        ids=["seven", "six", "five", "no dash", "no type", "blank"],
    )
    def test_a_line_is_a_mount_by_its_form(self, line: str, read: bool) -> None:
        """Six fields stand before the dash at least: below, on and above it."""
        assert read_mounts(line) == ((Mount(PurePosixPath("/"), "ext4"),) if read else ())

    @pytest.mark.parametrize(("path", "kind"), [("/srv", "xfs"), ("/srv/a", "xfs"), ("/sr", "ext4"), ("/", "ext4")])
    def test_a_mount_holds_itself_and_what_lies_below(self, path: str, kind: str) -> None:
        """In whatever order they are told."""
        mounts = [Mount(PurePosixPath("/srv"), "xfs"), Mount(PurePosixPath("/"), "ext4")]

        assert kind_of(PurePosixPath(path), mounts) == kind_of(PurePosixPath(path), mounts[::-1]) == kind

    def test_here_the_kernel_is_asked(self, tmp_path: Path) -> None:
        """And on macOS its own call."""
        mounts = read_mounts(Path("/proc/self/mountinfo").read_text(errors="surrogateescape"))

        assert file_system(tmp_path) == kind_of(PurePosixPath(tmp_path.resolve().as_posix()), mounts)

    @pytest.mark.parametrize(
        ("name", "below", "kind"),
        [
            (b"apfs", "p", "apfs"),
            (b"apfs", "Dropbox/p", "synced: Dropbox"),
            (b"smbfs", "Dropbox/p", "smbfs"),
            (b"", "p", "unknown"),
        ],
    )
    def test_a_disk_of_macos_is_local_or_synced_by_somebody(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes, below: str, kind: str
    ) -> None:
        """A name that the kernel leaves out is unknown, and a share is no local disk whatever its folder is called."""
        monkeypatch.setenv("HOME", str(tmp_path))
        kernel = Kernel({str(tmp_path): filled(name)})

        assert file_system(tmp_path / below, platform="darwin", library=kernel) == kind

    def test_a_call_that_is_refused_is_unknown(self, tmp_path: Path) -> None:
        assert file_system(tmp_path, platform="darwin", library=Kernel({})) == "unknown"

    def test_a_home_that_leads_to_itself_is_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A run must not end over the folder of its user."""
        (tmp_path / "home").symlink_to("home")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))

        assert sync_of(tmp_path / "Dropbox") == ""
        assert sync_of(tmp_path / "Library/CloudStorage/Box") == "a cloud folder of macOS"
