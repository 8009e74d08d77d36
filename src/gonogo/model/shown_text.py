"""A text as its reader sees it: what rich-text fields, workbooks and trackers wrap around it is taken away. Pure.

``<p>&nbsp;</p>`` shows nothing, ``<s>yes</s>`` takes its word back, and ``="A-1"``, ``A&#45;1`` and ``<b>A-1</b>`` all
show A-1. Brackets that are no tag of a rich-text field, such as ``<REQ-7>``, stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKED: Final = re.compile(r"[<&{=]|_x[0-9A-Fa-f]{4}_")
_INLINE: Final = "a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strike strong sub sup u del"
_BLOCK: Final = (
    "address article aside base blockquote body br button caption center col colgroup dd div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input label li link main meta nav object ol option p "
    "param picture pre script section select style table tbody td template textarea tfoot th thead title tr tt ul video"
)
_TOKEN: Final = re.compile(
    rf"<!--|-->|<!\[CDATA\[|\]\]>|<(/?)({'|'.join((_INLINE + ' ' + _BLOCK).split())}|[ovw]:[a-z]{{1,12}})"
    r"(/|\s[^<>]*)?>",
    re.IGNORECASE,
)
"""A tag with its attributes, or either end of a comment."""
_NO_BREAK: Final = frozenset(_INLINE.split())
_UNSEEN: Final = frozenset(("s", "strike", "del", "style", "script", "head", "title", "template"))
"""Tags whose text is struck through, or is not shown."""
_UNSEEN_BY_STYLE: Final = re.compile(r"line-through|display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMPTY: Final = frozenset(("base", "br", "col", "hr", "img", "input", "link", "meta", "param"))
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};|nbsp\b)", re.IGNORECASE)
_FORMULA: Final = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MACRO: Final = re.compile(r"\{(?:color|noformat|code|quote|panel|html|anchor|toc|adf)(?::[^{}]*)?\}", re.IGNORECASE)
"""What trackers such as Jira put around words."""
_COMMENT: Final = "!--"


def shown_text(text: str) -> str:
    """Return what a text shows: without tags, macros and struck words, and with its entities and escapes read."""
    if not text.isascii():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    if not _MARKED.search(text):
        return text
    if formula := _FORMULA.fullmatch(text):
        text = formula[1].replace('""', '"')
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    for _ in range(3):  # an entity may hide a tag, and a field that was exported twice has entities of entities
        plain = _ENTITY.sub(_read, _untagged(text))
        if plain == text:
            break
        text = plain
    return _MACRO.sub("", text)


def _read(entity: re.Match[str]) -> str:
    from html import unescape

    return unescape(entity[0])


def _untagged(text: str) -> str:
    """Return a text without its tags, and without what they hide."""
    if "<" not in text:
        return text
    parts: list[str] = []
    hidden_by: list[str] = []
    end = 0
    for found in _TOKEN.finditer(text):
        attributes = (found[3] or "").strip(" \t\r\n/")
        if attributes and "=" not in attributes:
            continue  # <a 1> is no tag
        if not hidden_by:
            parts.append(text[end : found.start()])
        end = found.end()
        name = (found[2] or "").casefold()
        if not name:
            if found[0] == "<!--" and not hidden_by:
                hidden_by.append(_COMMENT)
            elif found[0] == "-->" and hidden_by == [_COMMENT]:
                hidden_by.pop()
            continue
        if hidden_by:
            if name == hidden_by[-1]:
                hidden_by.pop() if found[1] else hidden_by.append(name)
        elif not found[1] and name not in _EMPTY and (name in _UNSEEN or _UNSEEN_BY_STYLE.search(attributes)):
            hidden_by.append(name)
        if name not in _NO_BREAK and ":" not in name:
            parts.append(" ")
    if not hidden_by:
        parts.append(text[end:])
    return "".join(parts)
