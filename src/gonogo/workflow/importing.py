"""An archive of a record becomes a log again: verified first, then taken over or appended."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from gonogo.archive.archive_reader import unpack_log
from gonogo.audit.absorbing import absorb
from gonogo.audit.kept import kept_sources
from gonogo.audit.verification import verify_log
from gonogo.documents.files import open_regular
from gonogo.errors import IntegrityError, RecordFault, UsageError
from gonogo.workflow.publishing import log_folder


def import_log(archive: Path, place: Path) -> list[str]:
    """Take over the log of an archive, and return what to say about it.

    Args:
        archive: What ``gonogo log export`` wrote.
        place: Folder of the program, or of the log; a folder that is not there becomes that of the log.

    Raises:
        UsageError: There is no such archive, or the folder holds something else.
        IntegrityError: The archive was changed, its log is not sound, or it and the log that is here do not continue
            one another. Nothing is changed.
        RecordFault: It cannot be read or written.
    """
    folder = _folder(place)
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {folder.parent}.", hint="make it first")
    try:
        made = tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}.", suffix=".incoming")
    except OSError as error:
        raise RecordFault(f"nothing can be written beside {folder}: {error.strerror or error}") from error
    incoming = Path(made)
    try:
        incoming.chmod(0o750)
        _check_file(archive)
        unpack_log(archive, incoming)
        _check_sound(archive, incoming)
        done = absorb(folder, incoming)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    added = done.records - done.before
    what = f"{added} records added" if added else "nothing to add: it has every record of the archive"
    return [f"log {done.log} in {folder}: {done.records} records, {what}"]


def _check_file(archive: Path) -> None:
    try:
        open_regular(archive).close()
    except FileNotFoundError:
        return  # which unpacking says
    except OSError as error:
        raise RecordFault(
            f"{archive} cannot be unpacked: {error.strerror or error}", hint="give the archive"
        ) from error


def _folder(place: Path) -> Path:
    if (place / "gonogo.yaml").is_file() or place.is_file():
        return log_folder(place)
    return place


def _check_sound(archive: Path, incoming: Path) -> None:
    verified = verify_log(incoming)
    changed = [name for name, sound in kept_sources(incoming) if not sound]
    if verified.sound and not changed:
        return
    first = verified.problem.sentence if verified.problem is not None else [*verified.faults, *changed][0]
    hint = "get the archive again from those who exported it; nothing was imported"
    raise IntegrityError(f"the log in {archive} is not sound: {first}", hint=hint)
