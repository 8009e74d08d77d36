"""Chromium as a printer: a process of its own with an empty profile, no network, and a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from gonogo.errors import PrintFault

SECONDS: Final = 90.0
"""How long a browser may print; a page of 5,000 criteria takes a third of it on a slow machine."""
_LONGEST: Final = 40
"""Bytes of the folder for scratch files that leave room for the browser's own names below it."""
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--no-proxy-server",
)


def find_browser() -> str | None:
    """Return the program of a browser that prints, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def print_page(page: bytes, browser: str, *, seconds: float = SECONDS) -> bytes:
    """Return the page as a tagged PDF.

    Args:
        page: A whole HTML page as UTF-8, without outside resources.
        browser: The program, as :func:`find_browser` names it.
        seconds: After which it is ended, with every process that it started.

    Raises:
        PrintFault: The browser does not start, takes too long, or prints nothing.
    """
    with tempfile.TemporaryDirectory(prefix="gonogo-print-", dir=_place(), ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        # Chromium refuses its own sandbox to root; the page has no script, and its policy allows none.
        rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
        asked = [browser, *_OPTIONS, *rooted, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        _run([*asked, source.as_uri()], folder, browser, seconds)
        try:
            printed = target.read_bytes()
        except OSError:
            printed = b""
    if not printed.startswith(b"%PDF-") or not printed.rstrip().endswith(b"%%EOF"):
        raise PrintFault(f"{browser} ended without a whole PDF", hint="open the page in it: `-o html:PATH`")
    return printed


def _place(usual: str | None = None, short: str = "/tmp") -> str | None:
    """Return where the browser keeps its files, as its socket needs a short path; None for the usual place."""
    usual = tempfile.gettempdir() if usual is None else usual
    return short if len(os.fsencode(usual)) > _LONGEST and os.path.isdir(short) else None


def _run(command: list[str], folder: str, browser: str, seconds: float) -> None:
    kept = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
    surroundings = {name: os.environ[name] for name in kept if name in os.environ}
    surroundings |= {"HOME": folder, "TMPDIR": folder, "TZ": "UTC", "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise PrintFault(f"{browser} cannot be started: {error.strerror}") from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise PrintFault(f"{browser} did not end within {seconds:g} seconds") from None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
