"""What is not as a reader would expect of a sound record: one sentence for each, for page one."""

from __future__ import annotations

from gonogo.model.verdict import Verdict
from gonogo.report.changed import upgrade_words
from gonogo.report.hold_words import hold_words
from gonogo.report.isolation import isolation_words
from gonogo.report.locked import lock_words
from gonogo.report.miscounted import miscounted_words
from gonogo.report.outcomes import set_back_words
from gonogo.report.overlay_changes import loosened_words
from gonogo.report.shadowed import shadow_words
from gonogo.report.signature import signature_words
from gonogo.report.view import RunView


def integrity_words(view: RunView) -> tuple[str, ...]:
    """Return the findings, the gravest first; none where there is nothing to say."""
    found = [
        *lock_words(view),
        *hold_words(view),
        *set_back_words(view),
        *loosened_words(view),
        *miscounted_words(view),
        *shadow_words(view),
        *upgrade_words(view),
        *signature_words(view),
        *_accepted(view),
        *_weakly_isolated(view),
    ]
    return tuple(found)


def _accepted(view: RunView) -> tuple[str, ...]:
    if view.finished.accepted_conditional and view.decision.verdict is Verdict.CONDITIONAL_GO:
        return ("The CONDITIONAL GO was accepted on the command line: the process ended with exit code 0.",)
    return ()


def _weakly_isolated(view: RunView) -> tuple[str, ...]:
    words = isolation_words(view)
    weak = any(reply.unenforced or reply.level in ("L0", "L1") for reply in view.collectors)
    return (f"Isolation of the sources: {words}.",) if words and weak else ()
