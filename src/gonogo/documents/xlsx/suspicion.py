"""Quick looks at a workbook: does a formula give reason to follow formulas, and may stored results be old?"""

from __future__ import annotations

import html
import re
from typing import Final

from gonogo.documents.xlsx.functions import FOREIGN, STEADY, VOLATILE
from gonogo.documents.xlsx.yearless import may_be_yearless

_FORMULA: Final = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(?:f|definedName)(?:\s[^>]*)?>([^<]+)<")
_WORD: Final = re.compile(rb"[A-Za-z_\\\x80-\xff][\w.?\\\x80-\xff]*")
_CALLED: Final = re.compile(rb"(" + _WORD.pattern + rb")\s*\(")
_PREFIX: Final = re.compile(r"^(?:_+XL\w+\.)+")
_ODD: Final = re.compile(rb"<!\[CDATA\[|<!--|<\?(?!xml\s)|\s(?:function|vbProcedure|xlm)\s*=")
"""What may stand inside a formula without being text of it, and the marks of macros."""
_OUTSIDE: Final = re.compile(rb"&#|\||\[(?!0\])[^\[\]]*\][^\[\]\n]*!|\[[1-9][0-9]*\]")
"""Characters that stand for others, programs and other workbooks."""

_HANDED: Final = (b"_XLETA.", *sorted(name.encode() for name in VOLATILE))
"""Of a function that is handed over without brackets."""


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
    if may_be_yearless(text) or _OUTSIDE.search(text) or any(map(_unsteady, set(_CALLED.findall(text)))):
        return True
    upper = text.upper()  # a plain search is quick, and mostly the answer
    return any(word in upper for word in _HANDED) and any(map(_volatile, set(_WORD.findall(text))))


def _unsteady(word: bytes) -> bool:
    name = word.decode("utf-8", "replace").upper()
    if name.startswith("_XLPM."):
        return False
    plain = _PREFIX.sub("", name)
    return plain not in STEADY or plain == "QUERY" or (name.startswith("_XLUDF.") and plain != FOREIGN)


def _volatile(word: bytes) -> bool:
    name = word.decode("utf-8", "replace").upper()
    return not name.startswith("_XLPM.") and (name.startswith("_XLETA.") or _PREFIX.sub("", name) in VOLATILE)


STALE: Final = "old results"
"""Cause of a formula whose stored result may be old."""

_SETTINGS: Final = re.compile(rb"<(?:[A-Za-z0-9_]+:)?calcPr\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NO: Final = frozenset({"0", "false"})


def may_be_stale(book: bytes) -> bool:
    """Return whether formulas are calculated by hand only, and were not when the workbook was saved.

    A workbook that is calculated by hand is calculated when it is saved unless it says ``calcOnSave="0"``, and says
    ``calcCompleted="0"`` where that did not come to an end.

    Args:
        book: The XML of ``xl/workbook.xml``.
    """
    for found in _SETTINGS.finditer(book):
        attributes = {
            name: html.unescape(one or other).strip()
            for name, one, other in _ATTRIBUTE.findall(found[1].decode("utf-8", "replace"))
        }
        if (
            attributes.get("calcMode") == "manual"
            and {attributes.get("calcOnSave"), attributes.get("calcCompleted")} & _NO
        ):
            return True
    return False
