"""Registers that are counted differently from the rules: why, on page one, in the first run as in any later one."""

from __future__ import annotations

from gonogo.model.evidence import GapReason
from gonogo.report.view import RunView


def miscounted_words(view: RunView) -> list[str]:
    """Return one sentence for each source that counts a register otherwise; what is computed from it adds none."""
    asked = (*view.findings, *(view.decision.holds or ()))
    found = [gap for finding in asked for gap in finding.gaps if gap.reason is GapReason.COUNTED_DIFFERENTLY]
    plain: dict[str | None, str] = {}
    for gap in found:  # a computed fact names the fact before the same sentence
        if gap.binding not in plain or len(gap.detail) < len(plain[gap.binding]):
            plain[gap.binding] = gap.detail
    return list(dict.fromkeys(plain.values()))
