"""What the rules of a program change against the ruleset that everybody has: signers see first what is looser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.core.change_words import loosest_first, reason_words
from gonogo.model.change import Effect, RuleChange
from gonogo.paper.paper_page import PaperBlock, PaperTable, Paragraph, Title
from gonogo.report.words import count

TITLE: Final = "Changed rules"
CAPTION: Final = "What these rules change, what loosens first"
_EFFECTS: Final = {
    Effect.LOOSENS: "loosens",
    Effect.MAY_LOOSEN: "may loosen",
    Effect.TIGHTENS: "tightens",
    Effect.NEITHER: "loosens nothing",
}


def changed_rules(changes: Sequence[RuleChange]) -> Iterator[PaperBlock]:
    """Yield the part of the paper that lists every change; nothing where nothing was changed."""
    if not changes:
        return
    yield Title(1, TITLE)
    yield Paragraph(
        f"{loosened_count(changes)} This is what overlays, or the program's own copy of the rules, change against the "
        "ruleset that everybody has."
    )
    rows = tuple(
        (
            _EFFECTS[each.effect],
            each.criterion or "the ruleset as a whole",
            each.part,
            each.old,
            each.new,
            reason_words(each),
            each.by,
        )
        for each in loosest_first(changes)
    )
    yield PaperTable(CAPTION, ("Effect", "Criterion", "Part", "Was", "Is now", "Reason", "Changed by"), rows)


def loosened_count(changes: Sequence[RuleChange]) -> str:
    """Return how many changes loosen the rules, or may, as a sentence; empty where nothing was changed."""
    if not changes:
        return ""
    sure = sum(each.effect is Effect.LOOSENS for each in changes)
    unsure = sum(each.effect is Effect.MAY_LOOSEN for each in changes)
    return f"{count(len(changes), 'change')}: {sure} looser, {unsure} that may be looser."
