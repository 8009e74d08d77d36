"""The forms of the criteria document by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gonogo.paper import paper_docx, paper_markdown, paper_xlsx
from gonogo.paper.criteria_paper import Agreed
from gonogo.paper.paper_page import Paper


def _markdown(_agreed: Agreed, paper: Paper) -> bytes:
    return paper_markdown.render(paper)


def _document(_agreed: Agreed, paper: Paper) -> bytes:
    return paper_docx.render(paper)


FORMATS: Final[dict[str, Callable[[Agreed, Paper], bytes]]] = {
    "md": _markdown,
    "docx": _document,
    "xlsx": paper_xlsx.render,
}
"""Name to what makes its bytes."""
