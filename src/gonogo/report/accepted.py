"""What rests on acceptance, in words: whose, of which item, how much it touches at most, and against which limits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from gonogo.core.exposure import DIMENSIONS, largest, together
from gonogo.core.one_hand import MANY, most_by_one_hand
from gonogo.core.wording import listing, percent_text
from gonogo.model.acceptance import Acceptance
from gonogo.model.finding import Outcome
from gonogo.model.register import ACCEPTANCES
from gonogo.model.verdict import Verdict
from gonogo.report.page import Block, Entry, Short
from gonogo.report.smaller_shares import understated_row
from gonogo.report.view import RunView
from gonogo.report.words import count, person, seat

_NAMED: Final = 3
"""Items that the sentence on page one names."""


def relied_on(view: RunView) -> tuple[Acceptance, ...]:
    """Return the acceptances on which a criterion rests, in the order of their file."""
    ids = {name for finding in view.findings for name in finding.rests_on or ()}
    return tuple(one for one in view.assessment.acceptances or () if one.id in ids)


def accepted_words(view: RunView) -> list[str]:
    """Return what the verdict rests on, and how much that is in all; nothing where it rests on no acceptance."""
    return [forms[0] for forms in accepted_forms(view)]


def accepted_forms(view: RunView) -> list[tuple[str, ...]]:
    """Return those sentences, each in ever fewer words: at the end items are only counted."""
    used = relied_on(view)
    if not used:
        return []
    resting = [finding for finding in view.findings if finding.rests_on]
    name, share = largest(used)
    met = f"{count(len(resting), 'criterion is', 'criteria are')} met on acceptance alone"
    together = f"together they touch at most {percent_text(Fraction(share))} of the {name}"
    limits = _limits(view)
    over = (f"Over everything: {met}; {together}{f' (limits: {limits})' if limits else ''}.", f"{met}; {together}.")
    return [_lead(view, used), over, *_grouped(used), *((each,) for each in _one_hand(view, used))]


def _lead(view: RunView, used: Sequence[Acceptance]) -> tuple[str, ...]:
    on = "Some criteria are met only on" if view.decision.verdict is Verdict.NO_GO else "Rests on"
    lead = f"{on} {count(len(used), 'acceptance')}"
    named = [item_words(view, one) for one in used[:_NAMED]]
    more = f"; and {len(used) - _NAMED} more" if len(used) > _NAMED else ""
    briefly = [f"{one.item} ({_reach(one)}, {person(view, one.person)}, until {one.until})" for one in used]
    every = [f"{lead}: {'; '.join(each)}." for each in (briefly, [one.item for one in used])]
    fewer = [
        f"{lead}: {'; '.join(one.item for one in used[:most])}; and {len(used) - most} more: {_WHERE}."
        for most in (8, 4, 2, 1)
        if most < len(used)
    ]
    return f"{lead}: {'; '.join(named)}{more}.", *every, *fewer, f"{lead}: {_WHERE}."


_WHERE: Final = "`gonogo report PROGRAM --full` lists them"


def _reach(one: Acceptance) -> str:
    name, share = largest([one])
    return f"{percent_text(Fraction(share))} of the {name}"


def _grouped(used: Sequence[Acceptance]) -> list[tuple[str, ...]]:
    """Say which items were counted once as a group, and what all would touch if each were counted by itself."""
    groups = [f"{listing(list(items), most=_NAMED)} as {name}" for name, items in together(used).items()]
    if not groups:
        return []
    name, share = largest(used, grouped=False)
    apart = f"counted one by one, all items would touch at most {percent_text(Fraction(share))} of the {name}"
    lead, more = "Counted once, as touching the same", len(groups) - _NAMED
    left = f"; and {more} more: {_WHERE}" if more > 0 else ""
    few = f"{lead}: {count(len(groups), 'group')} of items, {_WHERE}; {apart}."
    return [(f"{lead}: {'; '.join(groups[:_NAMED])}{left}; {apart}.", few)]


def _one_hand(view: RunView, used: Sequence[Acceptance]) -> list[str]:
    """Say that one person gave many acceptances within two days; whether they looked at each is for a reader to ask."""
    most = most_by_one_hand(used, lambda one, other, _: one == other)
    if len(most) < MANY:
        return []
    first, last = most[0].on, most[-1].on
    days = f"on {first}" if first == last else f"on {first} and {last}"
    return [f"{person(view, most[0].person)} gave {len(most)} of these {len(used)} acceptances {days}."]


def item_words(view: RunView, one: Acceptance) -> str:
    """Return an acceptance in one breath: item, reach, person, workaround and last day."""
    tried = f" (tried {one.tried_on})" if one.tried_on else ""
    return (
        f"{one.item}, at most {_reach(one)}, accepted {one.on} by "
        f"{person(view, one.person)}, {one.workaround.rstrip('.')}{tried}, until {one.until}"
    )


def accepted_line(view: RunView, ids: tuple[str, ...]) -> str:
    """Return who accepted what, for a condition that the verdict depends on."""
    used = [one for one in view.assessment.acceptances or () if one.id in ids]
    return "; ".join(f"{person(view, one.person)}, until {one.until}: {one.item}" for one in used) or listing(list(ids))


def refused(view: RunView) -> Short | None:
    """Return the acceptances that somebody gave and that do not count; drafted rows are nobody's acceptance yet."""
    given = {one.id for one in view.assessment.acceptances or () if one.person or one.unreadable}
    items = tuple(
        f"{review.id}, {review.item}: {review.why}"
        for review in view.decision.acceptances or ()
        if not review.counted and review.id in given
    )
    return Short("refused", f"Acceptances that do not count ({len(items)})", items) if items else None


def acceptance_entries(view: RunView) -> tuple[Block, ...]:
    """Return an entry for each acceptance: whether it counts, why, and what was accepted."""
    known = {one.id: one for one in view.assessment.acceptances or ()}
    used = {one.id for one in relied_on(view)}
    entries: list[Block] = []
    for review in view.decision.acceptances or ():
        counts = "counts" if review.id in used else "counts, nothing rests on it"
        tag = counts if review.counted else "does not count"
        one = known.get(review.id)
        rows = _rows(view, one) if one is not None else ()
        title = f"{review.id}: {review.item}, register {review.register_id}"
        entries.append(Entry(title, (tag,), review.why, rows, "mixed" if review.counted else "none"))
    return tuple(entries)


def _rows(view: RunView, one: Acceptance) -> tuple[tuple[str, str], ...]:
    shares = {name: share for name in DIMENSIONS if (share := getattr(one, name)) is not None}
    touched = listing([f"{percent_text(Fraction(share))} of the {name}" for name, share in shares.items()])
    group = f", as part of {one.touches}" if one.touches and touched else ""
    given = f"{person(view, one.person)} as {seat(one.role)} on {one.on}" if one.person else ""
    rows = (
        ("Accepted by", given),
        ("Until", f"end of {one.until}" if one.until else ""),
        ("Workaround", one.workaround),
        ("Tried", f"on {one.tried_on} by {one.tried_by}" if one.tried_on else ""),
        ("Touches", f"at most {touched}{group}" if touched else ""),
        ("Its export says", understated_row(view, one.id)),
        ("Build", one.build),
    )
    return tuple((label, value) for label, value in rows if value)


def _limits(view: RunView) -> str:
    """Return how the facts about all acceptances compare with what the ruleset allows."""
    parts = [
        f"{each.left} of at most {each.right}"
        for finding in view.findings
        for each in finding.comparisons
        if each.text.startswith(f"{ACCEPTANCES}.") and each.operator == "<=" and each.outcome is not Outcome.UNKNOWN
    ]
    return listing(list(dict.fromkeys(parts)))
