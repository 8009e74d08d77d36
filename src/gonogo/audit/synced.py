"""Folders that a program copies to and from elsewhere: the disk is local, the files on it are not only ours."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Final

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
    """Return what keeps a resolved path in step with other machines, as far as its name tells; empty for nothing known.

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
    """Return what keeps a path of this machine in step with other machines; empty for nothing known."""
    try:
        home = Path.home().resolve()
        moved = [name for name in MOVABLE if home.joinpath(*CLOUD_DOCS, name).exists()]
    except (OSError, RuntimeError):
        return synced_by(PurePosixPath(path.as_posix()), home=None)
    return synced_by(PurePosixPath(path.as_posix()), home=PurePosixPath(home.as_posix()), moved=moved)
