"""The HTML page as a PDF: tagged by Chromium where it is installed; where it is not, readable and not accessible."""

from __future__ import annotations

from typing import Final

from gonogo.report.detail import page_of
from gonogo.report.escape import visible
from gonogo.report.formats.html_format import render as page
from gonogo.report.pdf.browser import find_browser, print_page
from gonogo.report.pdf.finishing import finished, pikepdf
from gonogo.report.pdf.without_browser import look_for_weasyprint, print_without_browser
from gonogo.report.view import RunView

SUFFIX: Final = ".pdf"
MEDIA_TYPE: Final = "application/pdf"
FOR_READERS: Final = True
LANGUAGE: Final = "en-US"


def ready() -> None:
    """Look for what a PDF needs, before a run takes place.

    Raises:
        UsageError: Something is missing; the sentence names it.
    """
    pikepdf()
    if find_browser() is None:
        look_for_weasyprint()


def render(view: RunView) -> bytes:
    """Return the PDF.

    Raises:
        PrintFault: The browser made none.
        UsageError: What a PDF needs is not installed.
    """
    browser = find_browser()
    source = page(view)
    printed = print_page(source, browser) if browser else print_without_browser(source)
    title = visible(page_of(view).title)
    return finished(printed, title=title, language=LANGUAGE, made=view.started.now, accessible=browser is not None)
