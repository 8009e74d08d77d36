"""A PDF where no browser is: WeasyPrint loses which cells of a table are headings, so it is never called accessible."""

from __future__ import annotations

import logging
from typing import Any

from gonogo.errors import UsageError
from gonogo.report.pdf.finishing import INSTALL


def weasyprint() -> Any:
    """Return the library.

    Raises:
        UsageError: Neither a browser nor the library is there.
    """
    try:
        import weasyprint as library
    except (ImportError, OSError) as error:
        raise UsageError(
            "A PDF needs Chromium on this machine, or WeasyPrint with the Pango library; neither is here.",
            hint=f"install Chromium, or {INSTALL}",
        ) from error
    return library


def print_without_browser(page: bytes) -> bytes:
    """Return the page as a PDF. Nothing is fetched for it."""
    library = weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)

    def refused(url: str, *_more: object, **_named: object) -> Any:
        raise ValueError(f"{url} is not fetched")

    return bytes(library.HTML(string=page.decode(), url_fetcher=refused).write_pdf())
