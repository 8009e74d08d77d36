"""Whether a text tells a verdict: what stands above one, or in its place, must not read like another. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from gonogo.model.confusables import LOOKALIKES
from gonogo.model.decision import Verdict

_PLAIN: Final = {ord(sign): letter for letter, signs in LOOKALIKES.items() for sign in signs}
_TOLD: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:(NO)[\s\W_]{0,3}GO|(CONDITIONAL)[\s\W_]{0,3}GO|GO)(?![A-Za-z0-9]|-[A-Za-z])"
)
_LIKE: Final = re.compile(r"\bverdict\b|\bnothing blocks\b|\bM3\b\W*Approval", re.IGNORECASE)


def told_verdicts(text: str) -> list[Verdict]:
    """Return every verdict that a text tells in capitals, in its order."""
    return [
        Verdict.NO_GO if found[1] else Verdict.CONDITIONAL_GO if found[2] else Verdict.GO
        for found in _TOLD.finditer(_plain(text))
    ]


def reads_like_a_verdict(text: str) -> bool:
    """Whether somebody could take a text of a program's own for the verdict of a run."""
    return bool(told_verdicts(text)) or _LIKE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Write lookalike letters as the Latin ones, and leave out what nobody sees."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
