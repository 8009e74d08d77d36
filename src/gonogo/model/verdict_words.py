"""Whether a text tells a verdict: what stands above one, or in its place, must not read like another. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from gonogo.model.confusables import LOOKALIKES
from gonogo.model.verdict import Verdict

_PLAIN: Final = {ord(sign): letter for letter, signs in LOOKALIKES.items() for sign in signs}
_TOLD: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:(NO)[\s\W_]{0,3}GO|(CONDITIONAL)[\s\W_]{0,3}GO|GO)(?![A-Za-z0-9]|-[A-Za-z])"
)
_LIKE: Final = re.compile(r"\bverdict\b|\bnothing blocks\b|\bM3\b\W*Approval", re.IGNORECASE)
_SPACED: Final = re.compile(r"(?<!\w)\w(?:[\s._-]+\w(?!\w))+")
"""Letters with gaps between them: ``G O``."""
_DONE: Final = r"(?:met|satisfied|fulfilled|passed|pass|complete|completed|closed|green|done)"
_START: Final = r"(?:go(?:[\s-]?live)?|cut[\s-]?over|production|deploy(?:ment)?|launch|proceed|switch)"
_APPROVED: Final = re.compile(
    rf"\A\W*(?:approved|authorized|cleared|accepted|ready|go\s+ahead)\W*(?:\Z|(?:for|to)\s+{_START}\b)"
    rf"|\b{_START}\W+(?:(?:is|was|has\s+been|now)\s+)*(?:approved|authorized|cleared|granted|confirmed)\b"
    rf"|\b(?:approved|authorized|cleared)\s+(?:for|to)\s+{_START}\b",
    re.IGNORECASE,
)
"""A title that tells a decision which was not taken: ``Go-live approved``; ``Getting ready for go-live`` tells none."""
_READY: Final = re.compile(
    r"\bready\b(?!\s+for\s+(?:review|comments?|discussion|distribution|publication|signature)\b)"
    rf"|\b(?:all|every|[0-9]+)\b.{{0,40}}\b(?:criteri(?:a|on)|gates?|checks?|tests?|items?)\b.{{0,20}}\b{_DONE}\b"
    rf"|\bcriteri(?:a|on)\b.{{0,10}}\b{_DONE}\b"
    rf"|\b(?:approved|cleared|good|fit|authorized|safe|ok|okay)\s+(?:for|to)\s+{_START}\b"
    r"|\bno\s+(?:open\s+)?(?:blockers?|show[\s-]?stoppers?|issues?|risks?)\b"
    r"|\b(?:all|status|rag|overall)\b\W*(?:is\s+|are\s+|systems\s+)?(?:green|go)\b"
    rf"|\A\W*(?:{_START}|{_DONE}|go\s+ahead|approved|accepted|yes|ok|okay|amber|red)\W*\Z",
    re.IGNORECASE,
)
"""A text that tells how far the program is, where its readers expect who may see it; ``TLP:GREEN`` tells that."""


def verdicts_in(text: str) -> list[Verdict]:
    """Return every verdict that a text tells in capitals, in its order."""
    return [
        Verdict.NO_GO if found[1] else Verdict.CONDITIONAL_GO if found[2] else Verdict.GO
        for found in _TOLD.finditer(_plain(text))
    ]


def reads_like_a_verdict(text: str) -> bool:
    """Whether somebody could take a text of a program's own for the verdict of a run."""
    return any(verdicts_in(each) or _LIKE.search(each) or _APPROVED.search(each) for each in _read(text))


def reads_like_readiness(text: str) -> bool:
    """Whether somebody could take a marking for a word about the program's state: ``Ready for go-live``, ``Green``."""
    return any(_READY.search(each) is not None for each in _read(text))


def _read(text: str) -> tuple[str, str]:
    """Return a text as a reader sees it, and the same with the gaps between single letters closed."""
    plain = _plain(text)
    return plain, _SPACED.sub(lambda found: re.sub(r"[\s._-]", "", found[0]), plain)


def _plain(text: str) -> str:
    """Write lookalike letters as the Latin ones, and leave out what nobody sees."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
