"""The column that says how what stands against go-live stands: open or done, however it is headed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from gonogo.first_week.drafts.draft_columns import TROUBLES, WordsOfColumn, grades_only, says_whether
from gonogo.first_week.drafts.fact_asks import FactAsk
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.row_outcomes import STANDING, explained_by, says_otherwise
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration

_OF_STATE: Final = STANDING | word_set("current open closed resolution")
_WITH_TROUBLE: Final = re.compile(rf"\bwith an? (?:[a-z]+ )*(?:{'|'.join(sorted(TROUBLES))})\b")
_OF_TROUBLE: Final = _OF_STATE | word_set("critical")


def is_of_another(heading: str, fact: FactDeclaration) -> bool:
    """Whether a heading says how something else stands than the trouble that a fact counts things with.

    An approved control document closes no problem of its interface.
    """
    own = stems(ascii_words(heading))
    return bool(_WITH_TROUBLE.search(fact.meaning)) and not own & TROUBLES and bool(own - stems(_OF_TROUBLE))


def nearest_state(
    states: Mapping[str, WordsOfColumn], fact: FactDeclaration, ask: FactAsk, taken: Collection[str]
) -> Sequence[str]:
    """Return the column that says how what stands against go-live stands, by its heading; nothing for none.

    Each word of the heading must be one of the fact's, or say that it is a state.
    """
    named, meant = stems(ascii_words(fact.name.rpartition(".")[2])), explained_by(fact)
    lacked = stems(ascii_words(fact.name.partition("without")[2]))
    scored: list[tuple[float, int, str]] = []
    for order, (name, state) in enumerate(states.items()):
        words = set(ascii_words(state.heading))
        heading, stands = stems(words), bool(STANDING & words)
        fits, says = bool(state.meaning(ask.counts)), says_whether(state)
        fits = fits or (stands and any(means is not None for means in state.words.values()))
        strange = heading - meant - _OF_STATE
        if name in taken or heading & lacked or grades_only(state, ask) or not (fits or (says and heading & named)):
            continue
        if is_of_another(state.heading, fact):
            continue
        if (strange and not heading & named) or (says_otherwise(state.heading) and not heading & named):
            continue
        if stands or heading & (named | meant):
            score = 4.0 * len(heading & named) + 2.0 * len(heading & meant) + float(fits) + 1.5 * stands
            scored.append((-score, order, name))
    return (min(scored)[2],) if scored else ()
