"""Files that people name: their paths, and reading them whole, with an error that says what to do."""

from __future__ import annotations

import errno
import functools
import operator
import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Final

from gonogo.errors import ConfigurationError, Problem

MAX_BYTES: Final = 1_000_000
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_CHECKOUT: Final = _PACKAGE.parents[1] / "rulesets"


def refusal(code: str, where: str, what: str, hint: str = "") -> ConfigurationError:
    """Return one mistake as an error."""
    return ConfigurationError([Problem(code, where, what, hint=hint)])


def shown(path: Path) -> str:
    """Return a path as a person would write it from the working folder; never a host's path to a shipped file."""
    name = Path(os.path.normpath(path))
    for start, before in ((Path.cwd(), Path()), (_PACKAGE, Path("gonogo")), (_CHECKOUT, Path("rulesets"))):
        if name.is_relative_to(start):
            return str(before / name.relative_to(start))
    return str(name)


def read_file(path: Path, *, hint: str = "", most: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file of at most ``most`` bytes, by default 1 MB.

    Raises:
        ConfigurationError: There is none, it is not a regular file, it is too large, or it may not be read.
    """
    name = shown(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise refusal("G101", name, f"this is {kind}", hint or "name the file itself")
        if status.st_size > most:
            raise refusal("G101", name, f"the file has {status.st_size} bytes; the limit is {most}", "split it")
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError as error:
        raise refusal("G140", name, "there is no such file", hint or "check the path and the working folder") from error
    except NotADirectoryError as error:
        raise refusal("G140", name, "there is no such file: a part of the path is not a folder", hint) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refusal("G101", name, f"the file cannot be read: {reason}", hint) from error


def open_regular(path: Path) -> IO[bytes]:
    """Open a file that a person named; a pipe or a device is refused, because to open one may wait for ever.

    Raises:
        OSError: It cannot be opened, or is no regular file.
        ValueError: The path holds NUL.
    """
    flags = (getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_BINARY"))
    descriptor = os.open(path, functools.reduce(operator.or_, flags, os.O_RDONLY))
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        number = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(number, "Is a directory" if number == errno.EISDIR else "it is not a regular file", str(path))
    return os.fdopen(descriptor, "rb")


def path_mistake(text: str, *, upward: bool = False) -> str:
    """Return what is wrong with a path as written, or nothing.

    Args:
        text: The path or pattern.
        upward: Whether it may leave the program's folder with ``..``.
    """
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive or text.startswith(("\\", "~")):
        return "is absolute; paths are relative to the program's folder"
    if "\\" in text:
        return "has a backslash; parts of a path are separated by `/`"
    if any(not character.isprintable() for character in text):
        return "has a character that cannot be printed"
    if not upward and ".." in PurePosixPath(text).parts:
        return "leaves the program's folder"
    return ""


def inside(root: Path, text: str) -> Path | None:
    """Return the path of a file beneath ``root``; None where a symbolic link leads out of it."""
    path = root / text
    try:
        return path if real(path).is_relative_to(real(root)) else None
    except (OSError, ValueError):
        return None


def real(path: Path) -> Path:
    """Return an absolute path with its symbolic links followed; one that leads to itself is left as it is.

    Whether a path lies in a folder must be known of every path that a person may name; ``Path.resolve`` ends with an
    error of its own there. What is to be read or written then says that it cannot be.
    """
    return Path(os.path.realpath(path))


def leads_to_itself(path: Path) -> bool:
    """Return whether a symbolic link in a path leads to itself, at once or over others."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False
