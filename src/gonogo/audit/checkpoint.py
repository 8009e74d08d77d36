"""What a log was at one moment: its id, how many records it had, and the head of the tree over them.

``checkpoint`` in the log's folder is the last one, as the text of a C2SP tlog-checkpoint: three lines, an empty one,
and a line for each signature. It is the watermark of the log: a verdict is printed only once it is on disk. What lies
below it was promised to somebody: any defect there is damage, and nothing is repaired. What lies above it was not.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit.io import READ, unreadable
from gonogo.errors import IntegrityError

NAME: Final = "checkpoint"
FOLDER: Final = "checkpoints"
ORIGIN: Final = "gonogo/"
"""What the first line of a checkpoint begins with; the log's id follows."""
LARGEST: Final = 2**16
_BODY: Final = re.compile(
    rf"{ORIGIN}(?P<log>[A-Za-z0-9][A-Za-z0-9._-]{{0,79}})\n(?P<size>[1-9][0-9]{{0,15}})\n(?P<root>[A-Za-z0-9+/]{{43}}=)\n",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one moment.

    Attributes:
        log: Id of the log.
        size: How many records it had, at least one.
        root: Head of the RFC 6962 tree over them, 64 hexadecimal digits.
        head: Hash of the last of them; empty where it was read from a note, which does not say it.
        time: When it was taken; None likewise.
    """

    log: str
    size: int
    root: str
    head: str = ""
    time: datetime | None = None

    @property
    def origin(self) -> str:
        """The name of the log for others."""
        return ORIGIN + self.log

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"

    @property
    def note(self) -> bytes:
        """The text of a note without a signature; signatures are lines added at its end."""
        return f"{self.body}\n".encode()


def read_checkpoint(data: bytes, where: str) -> Checkpoint:
    """Return the checkpoint that a note states, whether or not it is signed.

    Raises:
        IntegrityError: It is no checkpoint of a log of gonogo.
    """
    body, gap, _ = data.partition(b"\n\n")
    try:
        found = _BODY.fullmatch((body + b"\n").decode("ascii"))
        root = base64.b64decode(found["root"], validate=True) if found else b""
    except (UnicodeDecodeError, binascii.Error):
        found, root = None, b""
    if found is None or not gap or base64.b64encode(root).decode() != found["root"]:
        raise IntegrityError(
            f"{where} is not a checkpoint of an audit log: it has no line for the log, the size and the root",
            hint="put back the file as it was written",
        )
    return Checkpoint(found["log"], int(found["size"]), root.hex())


def read_plain(name: str, folder: Path, *, within: int | None = None, largest: int = LARGEST) -> bytes | None:
    """Return the bytes of a small file of a log; None where there is none.

    Args:
        name: Of the file, in the folder.
        folder: Folder that it is in.
        within: Descriptor of that folder, where it is open.
        largest: How many bytes it may have.

    Raises:
        IntegrityError: It is a link, a pipe, a file with a second name, or larger.
        RecordFault: It cannot be read.
    """
    try:
        descriptor = os.open(name if within is not None else folder / name, READ, dir_fd=within)
    except FileNotFoundError:
        return None
    except OSError as error:
        if (folder / name).is_symlink():
            raise _not_plain(name) from error
        raise unreadable(folder / name, error) from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1 or found.st_size > largest:
            raise _not_plain(name)
        return os.read(descriptor, found.st_size)
    except OSError as error:
        raise unreadable(folder / name, error) from error
    finally:
        os.close(descriptor)


def load_checkpoint(folder: Path, *, within: int | None = None) -> Checkpoint | None:
    """Return the last checkpoint of a log; None where no run of it has written one.

    Raises:
        IntegrityError: The file is not a plain one, or not a checkpoint.
        RecordFault: It cannot be read.
    """
    data = read_plain(NAME, folder, within=within)
    return None if data is None else read_checkpoint(data, f"{NAME} in the folder of the audit log")


def _not_plain(name: str) -> IntegrityError:
    return IntegrityError(
        f"{name} of the audit log is not a plain file of its own", hint="put the folder back as it was written"
    )
