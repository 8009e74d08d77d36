"""How well evidence must have been kept from other hands, by what rests on it. Pure.

A fact that several criteria read needs the highest level that one of them asks for: what is too little for a mandatory
criterion is admitted for none, so that a fact has one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from gonogo.model.reply import Reply
from gonogo.model.ruleset import Criterion, DecisionPolicy, IsolationLevel, Severity

_RANK: Final = {"L0": 0, "L1": 1, "L2": 2}


def asked_levels(criteria: Iterable[Criterion], policy: DecisionPolicy) -> dict[str, IsolationLevel]:
    """Return the level that a criterion or a hold asks for, for each fact with such a level.

    A hold asks for what a mandatory criterion does: a decision rests on it no less.
    """
    asked = {each.severity: each.level for each in policy.min_isolation or ()}
    found: dict[str, IsolationLevel] = {}
    weighed = [(criterion.severity, criterion.facts) for criterion in criteria]
    weighed += [(Severity.MANDATORY, hold.facts) for hold in policy.holds or ()]
    for severity, facts in weighed:
        level = asked.get(severity)
        if level is None:
            continue
        for fact in facts:
            found[fact] = max(level, found.get(fact, level), key=lambda each: _RANK[each])
    return found


def too_little(fact: str, reply: Reply, asked: Mapping[str, IsolationLevel]) -> str:
    """Return one sentence on why a reply may not count for a fact; empty where it may.

    Evidence that was supplied in a file was read by no collector: such a run is a rehearsal, whatever it says.
    """
    level = asked.get(fact)
    if level is None or reply.level not in _RANK or _RANK[reply.level] >= _RANK[level]:
        return ""
    missing = f": not enforced: {', '.join(reply.unenforced)}" if reply.unenforced else ""
    return f"It was read at isolation level {reply.level}, but the ruleset requires {level}{missing}."
