"""Whether the record of a decision is signed, in words."""

from __future__ import annotations

from gonogo.model.assessment import Purpose
from gonogo.report.view import RunView


def signature_words(view: RunView) -> tuple[str, ...]:
    """Return one sentence where a decision is recorded without a signature; else none."""
    if view.started.signed_by is not None or view.started.kind.purpose is not Purpose.DECISION:
        return ()
    return ("The record is not signed: somebody who may write to it could replace it.",)
