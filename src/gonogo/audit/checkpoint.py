"""What a log was at one moment: its id, how many records it had, and the head of the tree over them.

``checkpoint`` in the log's folder is the last one, as the text of a C2SP tlog-checkpoint: three lines, an empty one,
and a line for each signature. It is the watermark of the log: a verdict is printed only once it is on disk. What lies
below it was promised to somebody: any defect there is damage, and nothing is repaired. What lies above it was not.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit.io import READ, unreadable
from gonogo.errors import DocumentError, IntegrityError
from gonogo.signing.checkpoint_text import TreeHead, read_tree_head
from gonogo.signing.note import Note, NoteSignature, read_note

NAME: Final = "checkpoint"
FOLDER: Final = "checkpoints"
ORIGIN: Final = "gonogo/"
"""What the first line of a checkpoint begins with; the log's id follows."""
LARGEST: Final = 2**16
_LOG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one moment.

    Attributes:
        log: Id of the log.
        size: How many records it had, at least one.
        root: Head of the RFC 6962 tree over them, 64 hexadecimal digits.
        head: Hash of the last of them; empty if it was read from a note, which does not say it.
        time: When it was taken; None likewise.
        signatures: Lines of the note, the log's own and those of witnesses; nothing is known of them yet.
    """

    log: str
    size: int
    root: str
    head: str = ""
    time: datetime | None = None
    signatures: tuple[NoteSignature, ...] = field(default=(), compare=False)

    @property
    def origin(self) -> str:
        """The name of the log for others."""
        return ORIGIN + self.log

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return TreeHead(origin=self.origin, size=self.size, root=self.root).text

    @property
    def note(self) -> bytes:
        """The note as its file holds it."""
        return Note(text=self.body, signatures=self.signatures).to_bytes()

    @property
    def own_signatures(self) -> tuple[NoteSignature, ...]:
        """The signature lines of the log itself."""
        return tuple(each for each in self.signatures if each.name == self.origin)


def read_checkpoint(data: bytes, where: str) -> Checkpoint:
    """Return the checkpoint that a note states, whether or not it is signed.

    Raises:
        IntegrityError: It is no checkpoint of a log of gonogo.
    """
    try:
        note = read_note(data, what=where)
        head = read_tree_head(note.text, what=where)
        log = head.origin.removeprefix(ORIGIN)
        if not head.origin.startswith(ORIGIN) or not _LOG.fullmatch(log):
            raise DocumentError(f"{where} is about `{head.origin[:80]}`, which is not an audit log of gonogo")
        if head.extensions or not head.size:
            raise DocumentError(f"{where} has more lines than a checkpoint of gonogo, or covers no record")
    except DocumentError as error:
        hint = "restore the file from a copy"
        raise IntegrityError(f"{error.sentence} (a checkpoint was expected)", hint=hint) from error
    return Checkpoint(log, head.size, head.root, signatures=note.signatures)


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
        if error.errno == errno.ELOOP:
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
        f"{name} of the audit log is not an ordinary file, or has a second name", hint="restore the folder from a copy"
    )
