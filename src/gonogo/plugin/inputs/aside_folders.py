"""Folders into which people put what they no longer use, by their names: `old`, `archive`, `previous versions`."""

from __future__ import annotations

import re
from typing import Final

_ASIDE: Final = re.compile(r"old(?:er)?|archived?|archives|superseded|previous|prior|past|history|backups?|bak")
_BESIDE: Final = re.compile(r"versions?|files?|exports?|copies|do|not|use")
"""Words that may stand beside them."""


def is_aside(folder: str) -> bool:
    """Whether a folder is one of them: its name says so, and says nothing else."""
    words = re.findall(r"[a-z]+|[0-9]+", folder.casefold())
    aside = [word for word in words if _ASIDE.fullmatch(word)]
    return bool(aside) and all(_BESIDE.fullmatch(word) for word in words if word not in aside)
