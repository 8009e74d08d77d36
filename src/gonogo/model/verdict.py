"""The one answer, and how verdicts are ordered."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The one answer."""

    GO = "GO"
    CONDITIONAL_GO = "CONDITIONAL GO"
    NO_GO = "NO-GO"

    @property
    def rank(self) -> int:
        """0 for NO-GO, 1 for CONDITIONAL GO, 2 for GO: what fail-closed tests order by."""
        return {"NO-GO": 0, "CONDITIONAL GO": 1, "GO": 2}[self.value]
