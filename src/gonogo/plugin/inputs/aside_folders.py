"""Folders into which people put what they no longer use, by their names: `old`, `archive 2026-10`, `last month`."""

from __future__ import annotations

import re
from typing import Final

_ASIDE: Final = re.compile(
    r"old(?:er)?|archived?|archives|supers?[ce]eded|obsolete|outdated|replaced|former|prev(?:ious)?|prior|past|history"
    r"|backups?|bak|last (?:s )?(?:week|month|quarter|year|cycle|period)(?: s)?"
)
_BESIDE: Final = re.compile(
    r"versions?|files?|exports?|copies|do|not|use|evidence|reports?|v|z|[0-9]+"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
"""Words that may stand beside them, and days, months and versions."""


def is_aside(folder: str) -> bool:
    """Whether a folder is one of them: its name says so, and says nothing else. `Old Town office` is none."""
    words = " ".join(re.findall(r"[a-z]+|[0-9]+", folder.casefold()))
    aside = re.search(rf"(?<![a-z])(?:{_ASIDE.pattern})(?![a-z])", words)
    if aside is None:
        return False
    rest = f"{words[: aside.start()]} {words[aside.end() :]}".split()
    return all(_BESIDE.fullmatch(word) or _ASIDE.fullmatch(word) for word in rest)
