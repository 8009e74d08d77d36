"""What a workbook says of its own calculation: whether the results that it stores may be older than its cells."""

from __future__ import annotations

import html
import re
from typing import Final

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
