"""What an upgrade of gonogo does to the last decision, in words."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.upgrade import UpgradeCompared
from gonogo.report.page import Block, Words
from gonogo.report.view import RunView
from gonogo.report.words import count


def upgrade_words(view: RunView) -> tuple[str, ...]:
    """Return one sentence where this gonogo judges the last decision run otherwise, or cannot; else none."""
    found = view.upgrade
    if found is None or found.same:
        return ()
    under = " The lock freezes the criteria, not gonogo." if view.decision.lock is not None else ""
    return (f"{_sentence(found)}{under}",)


def upgrade_details(view: RunView) -> tuple[Block, ...]:
    """Return each criterion of the last decision run that comes out, or reads, otherwise now."""
    found = view.upgrade
    if found is None or found.same:
        return ()
    version = view.started.envelope.version
    release = f"gonogo {found.version}" if found.version != version else f"another build of gonogo {version}"
    sentences = [f"The last decision run, {found.compared}, was recorded by {release}. {_sentence(found)}"]
    sentences += [f"{each.criterion}: {each.sentence}" for each in found.findings or ()]
    sentences += [f"Also different in the decision: {listing(list(found.decision), most=9)}."] if found.decision else []
    return tuple(Words(sentence) for sentence in sentences)


def _sentence(found: UpgradeCompared) -> str:
    if found.after is None:
        why = (found.why or "nothing says why").rstrip(".")
        return f"This gonogo, which is new here, could not judge the last decision run again: {why}."
    moved = [each.criterion for each in found.findings or () if each.moved]
    criteria = f"{count(len(moved), 'criterion', 'criteria')} otherwise ({listing(moved, most=3)})"
    if found.after is not found.before:
        named = f"; it judges {criteria}" if moved else ""
        return f"This gonogo, which is new here, makes the last decision {found.after}, not {found.before}{named}."
    if moved:
        return f"This gonogo, which is new here, judges {criteria} in the last decision; it stays {found.after}."
    return f"This gonogo, which is new here, words the last decision differently; it stays {found.after}."
