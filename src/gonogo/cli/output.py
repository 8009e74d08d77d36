"""What commands share: text and bytes on stdout, complaints on stderr, instants from the command line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from gonogo.documents.files import leads_to_itself, real
from gonogo.errors import GonogoError, RecordFault, UsageError
from gonogo.text import did_you_mean

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_COMMAND: Final = re.compile(r":(?=:)|#(?=#)")
_OF_PLUGIN: Final = re.compile(r"[A-Za-z0-9_.-]+/[a-z][a-z0-9_-]*")
"""``plugin/name``: a report format that a plugin brings."""
_YEARS: Final = (2000, 2999)


class Unread(Exception):
    """The reader of stdout has gone: there is no one left to tell."""


def plain(text: str) -> str:
    """Return text that a terminal or CI log shows and never obeys; lines and blanks stay as they are."""
    shown = _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return _COMMAND.sub(lambda found: found.group() + " ", shown)


def complain(error: GonogoError) -> None:
    """Print a refusal on stderr, without a traceback."""
    warn(str(error))


def warn(text: str) -> None:
    """Print text on stderr; that nobody can be told changes nothing."""
    try:
        click.echo(plain(text), err=True)
    except (OSError, ValueError, AttributeError):
        return


def say(text: str) -> None:
    """Print commentary on stderr, only where a person watches."""
    if sys.stderr is not None and sys.stderr.isatty():
        warn(text)


def tell(text: str) -> None:
    """Print text on stdout, as UTF-8 whatever the locale."""
    emit((plain(text) + "\n").encode())


def emit(data: bytes) -> None:
    """Write bytes to stdout and flush them.

    Raises:
        Unread: The reader has gone.
        RecordFault: They cannot be written: the disk is full, or there is no stdout.
    """
    if sys.stdout is None:
        raise RecordFault("there is no standard output to write to")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _forget_stdout()
        raise Unread from None
    except OSError as error:
        _forget_stdout()
        raise RecordFault(
            f"standard output cannot be written: {error.strerror}",
            hint="what is recorded stays recorded: `gonogo report` shows it again",
        ) from error


def _forget_stdout() -> None:
    """Let the rest of the buffer go nowhere, so that the interpreter's end does not fail a second time."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def read_moment(_ctx: click.Context, _param: click.Parameter, text: str | None) -> datetime | None:
    """Read ``--as-of``: an instant with an offset, such as ``2027-04-19T12:00-04:00``, in UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not an instant such as 2027-04-19T12:00-04:00.") from None
    if moment.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no offset; write 2027-04-19T12:00-04:00 or end it with Z.")
    if not _YEARS[0] < moment.year < _YEARS[1]:
        raise click.BadParameter(f"{text!r} is outside the years {_YEARS[0]} to {_YEARS[1]}.")
    return moment.astimezone(UTC)


_ALIKE: Final = {"md": "markdown", "markdown": "md", "htm": "html", "word": "docx", "excel": "xlsx"}
"""What people write for a format, and how a command may call it."""


def targets(
    wanted: Sequence[str], formats: Sequence[str], *, of_plugins: bool = False
) -> list[tuple[str, Path | None]]:
    """Read ``-o FORMAT[:PATH]``, repeatable: each format with its file, or None for stdout.

    Args:
        wanted: As given.
        formats: gonogo's own.
        of_plugins: Whether ``plugin/name`` may be one too; always into a file, for a terminal obeys what it shows.

    Raises:
        UsageError: An unknown format, a path without a folder, two outputs on stdout, or one file twice.
    """
    found: list[tuple[str, Path | None]] = []
    for entry in wanted or ("terminal",):
        given, colon, path = entry.partition(":")
        name = given if given in formats or _ALIKE.get(given) not in formats else _ALIKE[given]
        foreign = of_plugins and _OF_PLUGIN.fullmatch(name) is not None
        if name not in formats and not foreign:
            hint = f"Formats: {', '.join(formats)}."
            raise UsageError(f"There is no report format {name!r}.", hint=did_you_mean(name, formats, otherwise=hint))
        if foreign and not path:
            raise UsageError(f"-o {entry} names no file.", hint=f"The report of a plugin goes to one: -o {name}:PATH")
        if colon and not path:
            raise UsageError(f"-o {entry} names no file.", hint=f"Write -o {name}:PATH, or -o {name} for stdout.")
        found.append((name, _target(Path(path)) if path else None))
    if sum(path is None for _, path in found) > 1:
        raise UsageError("Two reports would be mixed on stdout.", hint="Give all but one a file: -o html:report.html")
    files = [real(path) for _, path in found if path is not None]
    if len(set(files)) < len(files):
        raise UsageError("Two reports would be written to one file.")
    return found


def _target(path: Path) -> Path:
    if leads_to_itself(path):
        raise UsageError(f"{path}: a symbolic link leads to itself.", hint="remove it, or name another file")
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; a report is a file.", hint=f"for example {path / 'report.html'}")
        if not path.parent.is_dir():
            raise UsageError(f"There is no folder {path.parent} for the report.", hint="make it first")
    except OSError as error:
        raise UsageError(
            f"A report cannot be called {path}: {error.strerror}.", hint="choose a shorter name"
        ) from error
    if path.name == "gonogo.yaml":
        raise UsageError(
            f"{path} is a program file; a report must not replace it.",
            hint=f"give the report a name of its own, such as {path.with_name('report.html')}",
        )
    return path
