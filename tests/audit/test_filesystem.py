"""A decision rests only on a file system that keeps what it syncs."""

from pathlib import Path, PurePosixPath

import pytest

from gonogo.audit.filesystem import file_system, kind_of, read_mounts, refusal

MOUNTS = r"""21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
22 21 0:20 / /tmp rw - tmpfs tmpfs rw
23 21 0:21 / /home/ada/Cloud\040Drive rw - fuse.rclone remote rw
24 21 0:22 / /srv rw - xfs /dev/vdb rw
25 24 0:23 / /srv/share rw master:2 propagate_from:1 - nfs4 host:/x rw
26 25 0:24 / /srv/share rw - ext4 /dev/vdc rw
not a mount
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/work", "ext4"),
        ("/tmp/audit", "tmpfs"),
        ("/tmpfiles", "ext4"),
        ("/home/ada/Cloud Drive/p/audit", "fuse.rclone"),
        ("/srv/p", "xfs"),
        ("/srv/share/p", "ext4"),
    ],
)
def test_the_deepest_and_latest_mount_counts(path: str, kind: str) -> None:
    """A mount hides what was mounted there before."""
    assert kind_of(PurePosixPath(path), read_mounts(MOUNTS)) == kind


def test_nothing_mounted_is_unknown() -> None:
    assert kind_of(PurePosixPath("/x"), ()) == "unknown"


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "overlay"])
def test_local_file_systems_carry_decisions(kind: str) -> None:
    assert refusal(kind) == ""


@pytest.mark.parametrize("kind", ["tmpfs", "nfs4", "cifs", "9p", "fuse.sshfs", "fuse", "unknown", "newfs", "vfat", ""])
def test_everything_else_is_refused_and_says_what_to_move(kind: str) -> None:
    """Unknown is refused too: a lock that lies loses records silently."""
    assert "move the audit log" in refusal(kind)


def test_a_path_that_does_not_exist_yet_has_a_file_system(tmp_path: Path) -> None:
    assert file_system(tmp_path / "not" / "yet") == file_system(tmp_path)


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        *((kind, False) for kind in ("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "overlay", "apfs", "hfs")),
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "vboxsf", "afpfs", "webdav")),
        *((kind, True) for kind in ("tmpfs", "ramfs", "fuse", "fuseblk", "macfuse", "fuse.sshfs", "unknown", "")),
    ],
)
def test_the_kinds_by_name(kind: str, refused: bool) -> None:
    """The lists themselves: one that had lost its words would still agree with itself."""
    assert bool(refusal(kind)) is refused


def test_a_link_that_leads_to_itself_is_no_place_for_a_log(tmp_path):
    """`ln -s audit audit` ended a decision run with a traceback."""
    (tmp_path / "audit").symlink_to("audit")

    assert file_system(tmp_path / "audit") == "unknown"
