"""Small pieces of Markdown: paragraphs of docstrings, their ``Attributes:`` sections, tables."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by `make docs` from the registries in the code. Do not edit. -->"
SECTION = re.compile(r"^(Attributes|Args|Returns|Raises|Yields):$", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)


def page(title: str, *parts: str) -> str:
    """Return a whole page."""
    return "\n\n".join([NOTICE, f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars and line ends inside cells are kept from breaking it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines)


def cell(text: str) -> str:
    """Return text that can stand in a table."""
    return re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|").strip()


def prose(text: str | None) -> str:
    """Return a docstring without its sections, as Markdown."""
    return markdown(SECTION.split(inspect.cleandoc(text or ""), maxsplit=1)[0].strip())


def first(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return cell(prose(text).split("\n\n")[0])


def attributes(text: str | None) -> dict[str, str]:
    """Return name to meaning, from the ``Attributes:`` or ``Args:`` section of a docstring."""
    pieces = SECTION.split(inspect.cleandoc(text or ""))
    found: dict[str, str] = {}
    for name, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if name in ("Attributes", "Args"):
            found |= {entry[1]: cell(markdown(entry[2])) for entry in ENTRY.finditer(body.strip("\n"))}
    return found


def markdown(text: str) -> str:
    """Turn the few marks of docstrings into Markdown: double backticks, roles, literal blocks."""
    text = re.sub(r":(?:func|mod|class):`~?([^`]*)`", r"`\1`", text)
    text = text.replace("``", "`")
    return re.sub(r"::\n\n((?:    .*(?:\n|$)|\n)+)", lambda found: f":\n\n```\n{_outdent(found[1])}\n```\n", text)


def _outdent(block: str) -> str:
    return inspect.cleandoc("\n" + block).strip("\n")


def code(text: str) -> str:
    """Return text as code, or nothing for nothing."""
    return f"`{text}`" if text else ""
