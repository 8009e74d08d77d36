"""Whether a part of a workbook holds any formula that gives reason to follow formulas: a quick look at its bytes."""

from __future__ import annotations

import re
from typing import Final

from gonogo.xlsxsource.functions import FOREIGN, STEADY, VOLATILE

_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(?:f|definedName)(?:\s[^>]*)?>([^<]+)<")
_WORD: Final = re.compile(rb"([A-Za-z_\\\x80-\xff][\w.?\\\x80-\xff]*)(\s*\()?")
_PREFIX: Final = re.compile(r"^(?:_+XL\w+\.)+")
_ODD: Final = re.compile(rb"<!\[CDATA\[|<!--|<\?(?!xml\s)|\s(?:function|vbProcedure|xlm)\s*=")
"""What may stand inside a formula without being text of it, and the marks of macros."""
_OUTSIDE: Final = re.compile(rb"&#|\||\[(?!0\])[^\[\]]*\][^\[\]\n]*!|\[[1-9][0-9]*\]")
"""Characters that stand for others, programs and other workbooks."""


def suspect(xml: bytes) -> bool:
    """Return whether a formula uses anything but cells, tables, names and functions that are known to be steady.

    What is written in an unusual way is suspect too, so that nobody can hide a word from this look.
    """
    if _ODD.search(xml):
        return True
    formulas = _FORMULA.findall(xml)
    if not formulas:
        return False
    text = b"\n".join(formulas)
    return _OUTSIDE.search(text) is not None or any(map(_unsteady, set(_WORD.findall(text))))


def _unsteady(word: tuple[bytes, bytes]) -> bool:
    name = word[0].decode("utf-8", "replace").upper()
    if name.startswith("_XLPM."):
        return False
    plain = _PREFIX.sub("", name)
    if plain in VOLATILE or name.startswith("_XLETA.") or plain == "QUERY":
        return True
    return bool(word[1]) and (plain not in STEADY or (name.startswith("_XLUDF.") and plain != FOREIGN))
