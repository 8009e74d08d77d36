"""What is drawn on a page: the words of each tag; what has no tag is marked as decoration, as PDF/UA asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gonogo.report.pdf.font_letters import FontLetters, letters_of

_BEGINS: Final = frozenset({"m", "re"})
_SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS: Final = _SHOWS | {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
_UNTAGGED: Final = -1


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows.

    Attributes:
        words: The text of each tagged piece of content, by its number on the page.
        untagged: Text without a tag: a screen reader never comes to it.
    """

    words: Mapping[int, str]
    untagged: str


def mark_decoration(library: Any, page: Any) -> Drawn:
    """Mark everything on a page that has no tag as decoration: backgrounds, borders and blanks.

    Args:
        library: pikepdf.
        page: A page of an open document; its content is written anew.
    """
    fonts = {str(name): letters_of(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    begin = library.ContentStreamInstruction([library.Name.Artifact], library.Operator("BMC"))
    end = library.ContentStreamInstruction([], library.Operator("EMC"))
    made: list[Any] = []
    said: dict[int, list[str]] = {}
    tags: list[int] = []
    font, path = FontLetters(), None
    for each in library.parse_content_stream(page):
        operator = str(each.operator)
        if operator in ("BDC", "BMC"):
            tags.append(_number(each.operands[-1], tags[-1] if tags else _UNTAGGED))
        elif operator == "Tf":
            font = fonts.get(str(each.operands[0]), FontLetters())
        elif operator == "Tm" or operator in _SHOWS:
            text = " " if operator == "Tm" else "".join(map(font.text, _strings(library, each.operands[-1])))
            said.setdefault(tags[-1] if tags else _UNTAGGED, []).append(text)
        if operator in _PAINTS and not tags:
            made.insert(len(made) if path is None else path, begin)
            made += [each, end]
        else:
            made.append(each)
        if operator in _PAINTS or operator == "n":
            path = None
        elif operator in _BEGINS and path is None:
            path = len(made) - 1
        if operator == "EMC" and tags:
            tags.pop()
    page.Contents.write(library.unparse_content_stream(made))
    words = {tag: " ".join("".join(parts).split()) for tag, parts in said.items()}
    return Drawn(words, words.pop(_UNTAGGED, ""))


def _strings(library: Any, shown: Any) -> list[bytes]:
    """Return the strings of what is shown: one, or several with gaps between them."""
    return [
        bytes(part)
        for part in (shown if isinstance(shown, library.Array) else [shown])
        if isinstance(part, library.String)
    ]


def _number(properties: Any, around: int) -> int:
    """Return the number of a piece of content; a piece without one belongs to the piece around it."""
    try:
        return int(properties["/MCID"])
    except (KeyError, TypeError, ValueError):
        return around
