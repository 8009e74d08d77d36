"""File systems of macOS, as its kernel describes them, and folders that are kept in step with other machines.

Nothing here runs on macOS: what its kernel would tell is written down by its C headers.
"""

import ctypes
import struct
from pathlib import PurePosixPath

import pytest

from gonogo.audit.filesystem import LOCAL, refusal, sync_of, synced_by
from gonogo.audit.macos import MNT_LOCAL, SIZE, kind_at, kind_in

HOME = PurePosixPath("/Users/ada")


class Statfs(ctypes.Structure):
    """``struct statfs`` of <sys/mount.h> with 64-bit inodes, written down apart from the code."""

    _fields_ = (
        ("f_bsize", ctypes.c_uint32),
        ("f_iosize", ctypes.c_int32),
        ("f_blocks", ctypes.c_uint64),
        ("f_bfree", ctypes.c_uint64),
        ("f_bavail", ctypes.c_uint64),
        ("f_files", ctypes.c_uint64),
        ("f_ffree", ctypes.c_uint64),
        ("f_fsid", ctypes.c_int32 * 2),
        ("f_owner", ctypes.c_uint32),
        ("f_type", ctypes.c_uint32),
        ("f_flags", ctypes.c_uint32),
        ("f_fssubtype", ctypes.c_uint32),
        ("f_fstypename", ctypes.c_char * 16),
        ("f_mntonname", ctypes.c_char * 1024),
        ("f_mntfromname", ctypes.c_char * 1024),
        ("f_flags_ext", ctypes.c_uint32),
        ("f_reserved", ctypes.c_uint32 * 7),
    )


def filled(name, *, flags=MNT_LOCAL):
    """Return a structure as the kernel fills it, with all else set to something that may not be mistaken for it."""
    whole = Statfs(f_bsize=4096, f_type=26, f_fssubtype=MNT_LOCAL, f_owner=MNT_LOCAL, f_fstypename=name, f_flags=flags)
    whole.f_mntonname, whole.f_mntfromname = b"/System/Volumes/Data", b"/dev/disk3s5"
    return bytes(whole)


class Kernel:
    """A C library that has some names of the call, and answers with one structure for each path it knows."""

    def __init__(self, answers, names=("statfs",)):
        self.answers, self.names, self.asked = answers, names, []

    def __getitem__(self, name):
        if name not in self.names:
            raise AttributeError(name)
        return lambda path, buffer: self.call(name, path, buffer)

    def call(self, name, path, buffer):
        self.asked.append((name, path.decode()))
        if path.decode() not in self.answers:
            return -1
        ctypes.memmove(buffer, self.answers[path.decode()], SIZE)
        return 0


class TestTheStructure:
    def test_the_type_is_read_where_the_headers_put_it(self):
        """A byte off would call every disk of the world unknown, or worse, local."""
        assert ctypes.sizeof(Statfs) == SIZE
        assert Statfs.f_fstypename.offset == 72
        assert kind_in(filled(b"apfs")) == "apfs"

    @pytest.mark.parametrize("name", [b"apfs", b"hfs"])
    def test_local_disks_carry_decisions(self, name):
        """The two file systems of Apple's own disks."""
        assert refusal(kind_in(filled(name))) == ""

    @pytest.mark.parametrize(
        "name",
        [b"nfs", b"smbfs", b"afpfs", b"webdav", b"macfuse", b"osxfuse", b"fuse-t", b"msdos", b"exfat", b"ntfs", b"udf",
         b"devfs", b"autofs", b"lifs", b"newfs", b""],
    )  # fmt: skip
    @pytest.mark.parametrize("flags", [MNT_LOCAL, 0])
    def test_everything_else_is_refused(self, name, flags):
        """Whatever the flag says: a user-space file system may call itself local."""
        assert "move the audit log" in refusal(kind_in(filled(name, flags=flags)) or "unknown")

    @pytest.mark.parametrize("flags", [0, MNT_LOCAL - 1, 0xFFFFFFFF ^ MNT_LOCAL])
    def test_a_volume_that_is_not_local_is_refused_whatever_its_type(self, flags):
        """Both signs must agree."""
        kind = kind_in(filled(b"apfs", flags=flags))

        assert kind not in LOCAL
        assert "does not count as local" in refusal(kind)

    def test_a_name_without_an_end_is_no_overrun(self):
        """Sixteen letters fill the field."""
        assert kind_in(filled(b"a" * 16).replace(b"/System", b"xxxxxxx")) == "a" * 16


class TestTheCall:
    def test_a_path_that_is_not_there_yet_is_asked_of_the_folder_that_will_hold_it(self, tmp_path):
        """The first run makes the log's folder."""
        kernel = Kernel({str(tmp_path): filled(b"apfs")})

        assert kind_at(tmp_path / "audit" / "deeper", kernel) == "apfs"
        assert kernel.asked == [("statfs", str(tmp_path))]

    def test_on_intel_the_call_of_64_bit_inodes_is_made(self, tmp_path):
        """Under the plain name lies a structure of another layout there."""
        kernel = Kernel({str(tmp_path): filled(b"hfs")}, names=("statfs", "statfs$INODE64"))

        assert kind_at(tmp_path, kernel) == "hfs"
        assert kernel.asked == [("statfs$INODE64", str(tmp_path))]

    def test_a_call_that_is_refused_is_an_error_and_no_type(self, tmp_path):
        """An empty buffer says nothing."""
        with pytest.raises(OSError, match="refused"):
            kind_at(tmp_path, Kernel({}))


class TestSyncedFolders:
    @pytest.mark.parametrize(
        ("path", "by"),
        [
            ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/p/audit", "iCloud Drive"),
            ("/Users/ben/library/mobile documents/x", "iCloud Drive"),
            ("/Users/ada/Library/CloudStorage/OneDrive-Agency/p", "a cloud folder of macOS"),
            ("/Users/ada/Dropbox/p/audit", "Dropbox"),
            ("/Users/ada/Dropbox (Agency)/p", "Dropbox"),
            ("/Users/ada/dropbox", "Dropbox"),
            ("/Users/ada/OneDrive - Agency/p", "OneDrive"),
            ("/Users/ada/Google Drive/p", "Google Drive"),
            ("/Users/ada/Box/p", "Box"),
            ("/Users/ada/Box Sync/p", "Box"),
            ("/Users/ada/Documents/p/audit", "iCloud Drive"),
            ("/Users/ada/Desktop/p", ""),
            ("/Users/ada/p/audit", ""),
            ("/Users/ada/Dropboxes/p", ""),
            ("/Users/ada/Boxes - old/p", ""),
            ("/Users/ada/src/Dropbox/p", ""),
            ("/Users/ada", ""),
            ("/Users/adam/Dropbox", ""),
            ("/srv/Library/p", ""),
            ("/srv/Documents", ""),
        ],
    )
    def test_the_folder_s_name_tells_who_keeps_it_in_step(self, path, by):
        """Such a program replaces files while they are written; the disk below is as local as any."""
        assert synced_by(PurePosixPath(path), home=HOME, moved=["Documents"]) == by

    def test_without_a_home_only_what_holds_for_everybody_is_told(self):
        """A service has none."""
        assert synced_by(PurePosixPath("/Users/ada/Dropbox"), home=None) == ""
        assert synced_by(PurePosixPath("/Users/ada/Library/CloudStorage/Box"), home=None) != ""

    @pytest.mark.parametrize("taken", [True, False])
    def test_documents_are_synced_where_icloud_has_a_folder_of_that_name(self, tmp_path, monkeypatch, taken):
        """It takes over both folders of the desktop when somebody agrees to it."""
        monkeypatch.setenv("HOME", str(tmp_path))
        if taken:
            (tmp_path / "Library/Mobile Documents/com~apple~CloudDocs/Documents").mkdir(parents=True)

        assert sync_of(tmp_path / "Documents" / "p") == ("iCloud Drive" if taken else "")

    def test_a_synced_folder_carries_no_decision_and_says_by_whom(self):
        """The remedy is another folder."""
        assert "Dropbox syncs" in refusal("synced: Dropbox")


def test_the_structure_has_the_size_that_the_headers_give():
    """The kernel writes all of it into the buffer."""
    assert struct.calcsize("=Ii5Q2iIIII16s") == 88
    assert SIZE == 88 + 2 * 1024 + 8 * 4
