"""On what kind of file system a log lies, and whether a decision may rest on it.

A lock, a sync or a rename means what it says only on a local file system. Elsewhere the log is still written and
verified, but no decision is taken on it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

CLOUD_DOCS: Final = ("Library", "Mobile Documents", "com~apple~CloudDocs")
"""iCloud Drive, below a home folder."""
MOVABLE: Final = ("Desktop", "Documents")
"""Folders of a home that iCloud Drive may have taken over; then it has a folder of that name."""
_BELOW: Final = (
    (("library", "mobile documents"), "iCloud Drive"),
    (("library", "cloudstorage"), "a cloud folder of macOS"),
)
_IN_HOME: Final = ("Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud Drive", "iCloudDrive", "Box")


def synced_by(path: PurePosixPath, *, home: PurePosixPath | None, moved: Collection[str] = ()) -> str:
    """Return what syncs a resolved path with other machines, judged by its name; empty if nothing is known.

    Case does not count, as it does not on most disks of macOS. ``Dropbox (Agency)`` and ``OneDrive - Agency`` are what
    clients call a folder for an organization.

    Args:
        path: Absolute path, links resolved.
        home: Home folder of the user, links resolved; None where there is none.
        moved: Which of ``MOVABLE`` iCloud Drive has taken over.
    """
    parts = tuple(part.casefold() for part in path.parts)
    for names, what in _BELOW:
        if any(parts[place : place + 2] == names for place in range(len(parts))):
            return what
    if home is None or home not in path.parents:
        return ""
    top = path.relative_to(home).parts[0].casefold()
    if top in {name.casefold() for name in moved}:
        return "iCloud Drive"
    for name in _IN_HOME:
        known = name.casefold()
        if top == known or top.startswith((f"{known} (", f"{known} -", f"{known} sync")):
            return name
    return ""


def sync_of(path: Path) -> str:
    """Return what syncs a path of this machine with other machines; empty if nothing is known."""
    try:
        home = Path.home().resolve()
        moved = [name for name in MOVABLE if home.joinpath(*CLOUD_DOCS, name).exists()]
    except (OSError, RuntimeError):
        return synced_by(PurePosixPath(path.as_posix()), home=None)
    return synced_by(PurePosixPath(path.as_posix()), home=PurePosixPath(home.as_posix()), moved=moved)


UNKNOWN: Final = "unknown"
SYNCED: Final = "synced: "
LOCAL: Final = frozenset(
    {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "overlay", "f2fs", "bcachefs", "jfs"} | {"apfs", "hfs"}
)
MEMORY: Final = frozenset({"tmpfs", "ramfs", "rootfs", "devtmpfs"})
NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "gpfs", "gfs2", "ocfs2"}
    | {"beegfs", "virtiofs", "vboxsf", "prl_fs", "vmhgfs", "drvfs", "davfs", "coda", "orangefs", "pvfs2"}
    | {"afpfs", "webdav", "ftp", "acfs"}
)


FUSE: Final = frozenset({"fuse", "fuseblk", "macfuse", "osxfuse", "osxfusefs", "fuse-t"})


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of ``/proc/self/mountinfo``: where something is mounted, and its type."""

    point: PurePosixPath
    kind: str


def read_mounts(text: str) -> tuple[Mount, ...]:
    """Read ``/proc/self/mountinfo``, in its order; lines of another form are left out."""
    found = []
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if dash and len(fields) >= 6 and kinds[0]:
            point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m.group(1), 8)), fields[4])
            found.append(Mount(PurePosixPath(point), kinds[0]))
    return tuple(found)


def kind_of(path: PurePosixPath, mounts: Iterable[Mount]) -> str:
    """Return the type of the mount that an absolute path lies on: the deepest one, and of equals the latest."""
    latest = {mount.point: mount.kind for mount in mounts}
    return next((latest[place] for place in (path, *path.parents) if place in latest), UNKNOWN)


def file_system(path: str | Path, *, platform: str = sys.platform, library: Any = None) -> str:
    """Return the type of the file system of ``path``, which need not exist yet; ``unknown`` if the system does not say.

    A folder on a local disk that some program syncs with other machines is ``synced: `` and the program.

    Args:
        path: Of the log.
        platform: Another one in tests.
        library: The C library of macOS; another one in tests.
    """
    try:
        place = Path(path).resolve()
        if place.is_symlink():  # it leads to itself; from Python 3.13 on, resolve() does not say so
            return UNKNOWN
        if platform == "darwin":
            from gonogo.audit.macos import kind_at

            kind = kind_at(place, library) or UNKNOWN
        else:
            text = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
            kind = kind_of(PurePosixPath(place.as_posix()), read_mounts(text))
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself, before Python 3.13
        return UNKNOWN
    by = sync_of(place) if kind in LOCAL else ""
    return SYNCED + by if by else kind


def refusal(kind: str) -> str:
    """Return why no decision may rest on a log there, and what to move; empty for a local file system.

    What is not known to be local is refused.
    """
    if kind in LOCAL:
        return ""
    move = "move the audit log (`log:` in gonogo.yaml) to a local disk"
    if kind in MEMORY:
        return f"The audit log lies on {kind}, which a restart empties: {move}."
    if kind in NETWORK:
        return (
            f"The audit log lies on {kind}, a network file system, whose locks and syncs cannot be relied on: {move}."
        )
    if kind.startswith(SYNCED):
        by = kind.removeprefix(SYNCED)
        return f"The audit log lies in a folder that {by} syncs with other machines, and may replace: {move}."
    if kind.endswith(" (not local)"):
        return f"The audit log lies on {kind}, a volume that macOS does not count as local: {move}."
    if kind in FUSE or kind.startswith("fuse."):
        why = "a synced or user-space file system, whose syncs cannot be relied on"
        return f"The audit log lies on {kind}, {why}: {move}."
    if kind == UNKNOWN:
        return f"The file system under the audit log is not known on this host: {move} of a Linux or macOS host."
    hint = "ext4, xfs, btrfs, zfs or apfs"
    return f"The audit log lies on {kind}, which is not known to keep what it syncs: {move} ({hint})."
