"""A PDF where no browser is: WeasyPrint loses which cells of a table are headings, so it is never called accessible.

WeasyPrint runs in a process of its own: it loads libraries of the system, which gonogo's own process does without.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Final

from gonogo.errors import PrintFault, UsageError
from gonogo.report.pdf.finishing import INSTALL

SECONDS: Final = 120.0
_PROGRAM: Final = """
import logging, sys
import weasyprint
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
class Refused(getattr(weasyprint.urls, "URLFetcher", object)):
    def fetch(self, url, *more, **named):
        raise ValueError(f"{url} is not fetched")
    __call__ = fetch
page = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(weasyprint.HTML(string=page, url_fetcher=Refused()).write_pdf())
"""


def look_for_weasyprint() -> None:
    """Look whether the library is there.

    Raises:
        UsageError: Neither a browser nor the library is there.
    """
    try:
        found = find_spec("weasyprint") is not None
    except ValueError:  # somebody said that it is not to be imported
        found = False
    if not found:
        raise UsageError(
            "A PDF needs Chromium on this machine, or WeasyPrint with the Pango library; neither is here.",
            hint=f"install Chromium, or {INSTALL}",
        )


def print_without_browser(page: bytes, *, seconds: float = SECONDS) -> bytes:
    """Return the page as a PDF. Nothing is fetched for it.

    Raises:
        PrintFault: WeasyPrint fails, for example because the Pango library is missing, or takes too long.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM],
            input=page,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PrintFault(f"WeasyPrint did not end within {seconds:g} seconds") from None
    except OSError as error:
        raise PrintFault(f"WeasyPrint cannot be started: {error.strerror}") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["it printed nothing"])[-1]
        raise PrintFault(f"WeasyPrint failed: {last[:200]}", hint="it needs the Pango library, or install Chromium")
    return done.stdout
