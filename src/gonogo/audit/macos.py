"""What macOS says about the file system under a path: ``statfs``, by its C structure of 64-bit inodes.

``f_fstypename`` is ``apfs`` or ``hfs`` on local disks, and ``smbfs``, ``nfs``, ``afpfs``, ``webdav``, ``macfuse`` and
the like elsewhere; the flag MNT_LOCAL says the same in another way, and both must.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path
from typing import Any, Final

SIZE: Final = 2168
"""Bytes of the structure; a buffer may be larger."""
_HEAD: Final = struct.Struct("=Ii5Q2iIIII16s")
"""f_bsize, f_iosize, five counts, f_fsid, f_owner, f_type, f_flags, f_fssubtype, f_fstypename."""
MNT_LOCAL: Final = 0x1000


def kind_in(buffer: bytes) -> str:
    """Return the type in a filled structure; ``NAME (not local)`` where the flag contradicts, empty without a name."""
    fields = _HEAD.unpack_from(buffer)
    flags, name = fields[11], fields[13].partition(b"\0")[0].decode("ascii", "replace")
    return name if not name or flags & MNT_LOCAL else f"{name} (not local)"


def kind_at(path: Path, library: Any = None) -> str:
    """Return the type of the file system of ``path`` or, where it does not exist yet, of the folder that will hold it.

    Args:
        path: Absolute path, links resolved.
        library: The C library; another one in tests.

    Raises:
        OSError: The kernel does not say.
    """
    place = next(place for place in (path, *path.parents) if place.exists())  # the root does
    found = ctypes.CDLL(None, use_errno=True) if library is None else library
    try:  # on Intel the plain name is a structure of an older kind
        statfs = found["statfs$INODE64"]
    except AttributeError:
        statfs = found["statfs"]
    buffer = ctypes.create_string_buffer(2 * SIZE)
    if statfs(os.fsencode(place), buffer) != 0:
        raise OSError(ctypes.get_errno(), "statfs was refused")
    return kind_in(buffer.raw)
