"""Sentences of page one in fewer words, for a screen that has no room for all of them.

What is against the reader is never cut: it is counted instead, with the command that shows it.
"""

from __future__ import annotations

from typing import Final

from gonogo.model.origin import OriginKind
from gonogo.report.accepted import accepted_forms
from gonogo.report.hold_words import hold_forms
from gonogo.report.locked import lock_summary, locked_since
from gonogo.report.not_due_yet import not_due_forms
from gonogo.report.overlay_changes import ruleset_words
from gonogo.report.short_of_go_live import ahead_forms
from gonogo.report.smaller_shares import understated_forms
from gonogo.report.view import RunView
from gonogo.report.words import count


def on_a_screen(view: RunView, meaning: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return each sentence with its shorter forms, the longest first; one that has none stands alone."""
    every = (*accepted_forms(view), understated_forms(view), not_due_forms(view), ahead_forms(view), hold_forms(view))
    shorter = {forms[0]: forms for forms in (*every, rules_forms(view)) if forms}
    return tuple(shorter.get(sentence, (sentence,)) for sentence in meaning)


def rules_forms(view: RunView) -> tuple[str, ...]:
    """Return by which rules a run judged, and which lock holds them; in fewer words it counts who approved the lock."""
    rules = f"Rules: {ruleset_words(view)}"
    if view.decision.lock is None:
        return (f"{rules}{locked_since(view)}.",)
    by, origin = lock_summary(view, names=False), view.started.origin
    brief = rules if origin is None else rules.replace(f", {origin.words}", _WHOSE[origin.kind].format(origin.of), 1)
    counted = f"; with {count(len(view.overlays), 'overlay')}" if view.overlays else ""
    briefest = brief.partition("; with ")[0] + counted
    return (f"{rules}{locked_since(view)}.", *(f"{each}; {by}." for each in (rules, brief, briefest)))


_WHOSE: Final = {
    OriginKind.SHIPPED: "",
    OriginKind.CARRIED: ", of another distribution",
    OriginKind.COPY: ", the program's own copy",
    OriginKind.EDITED: ", edited from {}",
    OriginKind.OWN: ", the program's own",
}
"""Whose rules they are in the fewest words that are true."""
