"""Before other people's code runs: everything that the host will still need is loaded, and then nothing more is.

Where the kernel lets a third-party collector write to the installation (below level L2), a module or a template that
the host reads after it has run is whatever that collector wants it to be. So before the first one starts the host
imports all of itself, calls ``before_others`` of every module that has one, and closes: an import of anything new, or
opening a file of the installation, is then a defect that ends the run with 4.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any, Final

from gonogo.errors import IsolationFault

_APART: Final = ("gonogo.__main__", "gonogo.isolate.__main__", "gonogo.testing", "gonogo.web")
"""Modules that do something when they are imported, that only tests need, or that `gonogo open` has loaded before."""
LATE: Final = (
    *("jinja2", "markupsafe", "structlog", "duckdb", "holidays", "xlsxwriter", "icalendar", "python_calamine", "re2"),
    *("sqlite3", "jsonschema_rs"),
    *("pikepdf", "pptx", "pptx.dml.color", "pptx.util"),
    *("httpx2", "stamina"),
    *("pysat.card", "pysat.examples.rc2", "pysat.formula"),
    *("durable_rules_engine", "defusedxml.ElementTree", "click.shell_completion", "fcntl"),
    *("zoneinfo", "tzdata", "traceback", "unicodedata", "stringprep", "linecache"),
    *("encodings.ascii", "encodings.idna", "encodings.latin_1", "encodings.utf_8_sig", "encodings.cp1252"),
    *("encodings.cp437", "encodings.utf_16", "encodings.utf_16_le", "encodings.utf_16_be"),
    *("encodings.unicode_escape", "encodings.raw_unicode_escape", "encodings.punycode"),
)
"""What gonogo's own modules import while they work, and the libraries that they do it for."""

_NAMED: Final = getattr(os, "O_PATH", 0)
"""What is opened so is named, as for a rule of Landlock, and not read."""

_session: list[str] | None = None
"""Where the command that this process runs keeps what was loaded too late; None where it runs none."""
_closed = False
_guarded: tuple[str, ...] = ()


@contextlib.contextmanager
def session() -> Iterator[list[str]]:
    """Guard one command: yields what was loaded too late, which stays empty; afterwards anything may be loaded."""
    global _session, _closed
    before, _session = _session, []
    try:
        yield _session
    finally:
        _session, _closed = before, False


def close() -> None:
    """Load everything; within a :func:`session` nothing may be loaded from now on. A second time costs nothing."""
    global _closed
    if _closed:
        return
    for name in (*_own(), *LATE):
        with contextlib.suppress(ImportError):
            prepare = getattr(importlib.import_module(name), "before_others", None)
            if prepare is not None:
                prepare()
    if _session is not None:
        _watch()
        _closed = True


def _own() -> Iterator[str]:
    """Yield the names of gonogo's own modules."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder, _, files in os.walk(home):
        package = ".".join(["gonogo", *os.path.relpath(folder, home).replace(".", "").split(os.sep)]).rstrip(".")
        for file in files:
            name = package if file == "__init__.py" else f"{package}.{file.removesuffix('.py')}"
            if file.endswith(".py") and not name.startswith(_APART):
                yield name


def _watch() -> None:
    """Add the hook that hears of imports and files; it stays as long as the process, and does nothing while open."""
    global _guarded
    if _guarded:
        return
    from gonogo.isolate import installation

    folders = [path for path in installation.libraries() if os.path.isdir(path)]
    apart = ("/sys", "/dev", "/usr/share/locale")
    _guarded = tuple(os.path.join(os.path.realpath(path), "") for path in folders if not path.startswith(apart))
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _closed or event not in ("import", "open"):
        return
    path = arguments[0]
    if event == "open":
        if not isinstance(path, str | bytes | os.PathLike) or arguments[2] & _NAMED:
            return
        path = os.path.realpath(os.fsdecode(path))
        if not path.startswith(_guarded):
            return
    if _session is not None:
        _session.append(str(path))
    raise IsolationFault(
        f"after other people's code had run, {path} was to be loaded, which that code may have changed",
        hint="this is a defect of gonogo; please report it",
    )
