"""GitLab Code Quality: the verdict and each open criterion as a finding of a merge request."""

from __future__ import annotations

from typing import Any, Final

from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Account, Signal, Standing, accounts, signal
from gonogo.report.machine.notation import (
    PROGRAM_FILE,
    dumped,
    fingerprint,
    name_of,
    place_of,
    reasons,
    sentences,
    title_of,
)
from gonogo.report.view import RunView

SUFFIX: Final = ".codequality.json"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/json"
VERDICT: Final = "gonogo.verdict"
_SIGNALS: Final = {
    Signal.GO: "info",
    Signal.CAUTION: "minor",
    Signal.CONDITIONAL: "critical",
    Signal.STOP: "blocker",
}
_STANDINGS: Final = {
    Standing.BLOCKS: "blocker",
    Standing.WAIVED: "critical",
    Standing.ACCEPTED: "critical",
    Standing.PLANNED: "major",
    Standing.SHADOW: "minor",
    Standing.ADVISORY: "minor",
}
"""GitLab's words, from the loudest: blocker, critical, major, minor, info."""


def render(view: RunView) -> bytes:
    """Return the list of findings. The verdict is always one of them: an empty list looks like success."""
    page = page_of(view)
    text = " ".join((f"{title_of(view, page)}.", *sentences(page), *reasons(view)))
    verdict = _entry(text, VERDICT, fingerprint(view, VERDICT), _SIGNALS[signal(view)], PROGRAM_FILE)
    return dumped(
        [
            {"report": name_of(view, "gitlab"), **verdict},
            *(_finding(view, each) for each in accounts(view) if each.standing.open),
        ]
    )


def _finding(view: RunView, account: Account) -> dict[str, Any]:
    found = account.finding
    text = escape(f"{found.title}: {account.with_owner}")
    severity, place = _STANDINGS[account.standing], escape(place_of(view, account)).lstrip("/")
    return _entry(text, found.criterion, fingerprint(view, found.criterion), severity, place or PROGRAM_FILE)


def _entry(text: str, name: str, digits: str, severity: str, path: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": digits,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": 1}},
    }
