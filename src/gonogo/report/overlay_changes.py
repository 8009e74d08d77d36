"""What was changed in the rules: what loosens them on page one, every change after it."""

from __future__ import annotations

from gonogo.core.change_words import reason_words
from gonogo.core.wording import listing
from gonogo.model.change import Effect, RuleChange, shipped_in
from gonogo.model.origin import OriginKind
from gonogo.model.ruleset import ApprovalRule
from gonogo.report.page import Block, Entry, Section, Words
from gonogo.report.view import RunView
from gonogo.report.words import count

_M3 = "m3-baseline@"
_TONES = {Effect.LOOSENS: "bad", Effect.MAY_LOOSEN: "mixed"}
_WORDS = {
    Effect.LOOSENS: "loosens",
    Effect.MAY_LOOSEN: "may loosen",
    Effect.TIGHTENS: "tightens",
    Effect.NEITHER: "loosens nothing",
}


def ruleset_words(view: RunView) -> str:
    """Return the ruleset with its overlays."""
    whose = f", {view.started.origin.words}" if view.started.origin is not None else ""
    laid = f"; with {listing(list(view.overlays), most=9)}" if view.overlays else ""
    return f"{view.started.ruleset}{whose}{laid}"


def judged_by_m3(view: RunView) -> bool:
    """Whether M3's own words may be shown beside a verdict: its rule, its criteria, and no loosening."""
    if view.rule is not ApprovalRule.M3 or any(change.loosens for change in view.changes):
        return False
    origin = view.started.origin
    if origin is None or origin.kind is OriginKind.SHIPPED:
        return view.started.ruleset.startswith(_M3)
    return origin.of.startswith(_M3)


def loosened_words(view: RunView) -> list[str]:
    """Return the sentence that says how often the rules were loosened, and by what; none where they were not."""
    loose = [change for change in view.changes if change.loosens]
    if not loose:
        return []
    by = listing(list(dict.fromkeys(change.by for change in loose)), most=3)
    sure = sum(change.effect is Effect.LOOSENS for change in loose)
    unsure = len(loose) - sure
    parts = [f"{count(sure, 'change')} {'loosens' if sure == 1 else 'loosen'} them"] if sure else []
    parts += [f"{count(unsure, 'change')} may loosen them"] if unsure else []
    copied = next(filter(None, (shipped_in(change.by) for change in loose)), "")
    shipped = f"the shipped {copied}" if copied else f"{view.started.ruleset} alone"
    return [f"The rules are not those of {shipped}: {' and '.join(parts)} (by {by})."]


def loosened(view: RunView) -> tuple[Block, ...]:
    """Return what page one says: each change that loosens the rules, or may."""
    return tuple(_entry(change) for change in view.changes if change.loosens)


def changes_section(view: RunView) -> tuple[Section, ...]:
    """Return the section that lists every change; none where nothing was changed."""
    if not view.changes:
        return ()
    heading = Words(f"{count(len(view.changes), 'change')} of the ruleset {view.started.ruleset}.")
    return (Section("changes", "Every change of the rules", (heading, *map(_entry, view.changes))),)


def _entry(change: RuleChange) -> Entry:
    rows = (("Changed by", change.by), ("Why", reason_words(change)))
    text = f"{change.part}: was {change.old}, is now {change.new}"
    title = change.criterion or "The ruleset as a whole"
    return Entry(title, (_WORDS[change.effect],), text, rows, _TONES.get(change.effect, "none"))
