"""A lock, and what it would freeze, in words for the people who approve it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Final

from pydantic import ValidationError

from gonogo.core.adopted_words import NOTHING_DECIDED, adopted_words, left_out_words
from gonogo.core.change_words import loosened_lines, loosest_first
from gonogo.core.lock_rules import LockRules
from gonogo.core.stale_words import stale_words
from gonogo.core.wording import listing, seat_words
from gonogo.errors import GonogoError
from gonogo.governance.lock_history import LockHistory
from gonogo.model.change import RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.lock import LockChange, LockDifference, LockedContent
from gonogo.model.people import PeopleRegister
from gonogo.model.program import AllowedPlugin
from gonogo.model.ruleset import Ruleset, Severity
from gonogo.model.waiver import Approval
from gonogo.text import any_of


def content_words(content: LockedContent) -> Iterator[str]:
    """Yield what a lock freezes, a line each: every part is named, and what the criteria document lists is counted."""
    one, rules = content.identity, content.ruleset
    closed = f", closed on {len(one.closures)} more days" if one.closures else ""
    yield f"program {one.id}: {one.customer} and {one.provider}, {one.time_zone}, calendar {one.calendar}{closed}"
    if one.offerings:
        yield f"offerings of the provider: {listing([*one.offerings], most=9)}"
    for each in content.releases:
        local = each.go_live.astimezone(one.zone)
        window = f", window {each.window}" if each.window else ""
        where = f", in {each.environment}" if each.environment else ""
        scope = f": {each.scope}" if each.scope else ""
        yield f"release {each.id}, go-live {local:%Y-%m-%d %H:%M %Z}{window}{where}{scope}"
    severities = Counter(each["severity"] for each in rules["criteria"])
    counts = listing([f"{severities[each.value]} {each.value}" for each in Severity if severities[each.value]])
    laid = f", with {listing(list(rules['overlays']), most=9)}" if rules.get("overlays") else ""
    spared = sum(each.get("not_applicable") is not None for each in rules["criteria"])
    tried = sum(each.get("mode") is not None for each in rules["criteria"])
    out = [
        f"{n} of them {what}" for n, what in ((spared, "not applicable"), (tried, "in shadow, deciding nothing")) if n
    ]
    aside = f"; {listing(out)}" if out else ""
    yield f"ruleset {rules['name']}@{rules['version']}{laid}: {counts} criteria{aside}"
    yield from _policy(rules.get("policy", {}))
    changes = loosest_first(RuleChange.from_document(each) for each in rules.get("changes", ()))
    yield from (f"loosened: {' '.join(line.split())}" for line in loosened_lines(changes))
    yield from stale_lines(content)
    yield from _adoption(content)
    holds = [each["id"] for each in rules.get("policy", {}).get("holds") or ()]
    if holds:
        yield f"standing holds: {listing(holds, most=9)}"
    yield f"vocabulary: {len(content.vocabulary['facts'])} facts"
    if content.authority:
        yield f"authority: {len(content.authority)} facts that one source settles; `gonogo criteria` lists them"
    if content.plugins:
        yield f"plugins: {listing([plugin_words(each) for each in content.plugins], most=9)}"
    if content.accept_conditional:
        yield ACCEPTED


ACCEPTED: Final = "accept: with --accept conditional, a CONDITIONAL GO ends with exit code 0, as a GO does"


def plugin_words(allowed: AllowedPlugin) -> str:
    """Return a plugin that may run, with its version, and whether it may use the network."""
    return f"{allowed.distribution} {allowed.version}{' with the network' if allowed.network else ''}"


def _policy(policy: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of the policy makes a GO mean something else."""
    if policy.get("gate"):
        yield f"decides on {policy['gate']}: a GO is no permission to go live"
    if policy.get("mode"):
        yield "the whole gate is in shadow: it is tried out, and no decision can be taken by it"


def _adoption(content: LockedContent) -> Iterator[str]:
    adopt, rules = content.adopt, content.ruleset
    if adopt is None:
        return
    named = f"{rules['name']}@{rules['version']}"
    yield f"adopted: {adopted_words(adopt, named)}"
    left = left_out_words(adopt, {each["id"]: Severity(each["severity"]) for each in rules["criteria"]})
    if left:
        yield f"not adopted: {left}; `gonogo criteria` lists them"
    yield NOTHING_DECIDED


def difference_lines(differences: Sequence[LockDifference]) -> Iterator[str]:
    """Yield what differs, a line each, what loosens first."""
    yield from (f"{each.sentence}." for each in differences)


def stale_lines(content: LockedContent, differences: Sequence[LockDifference] = ()) -> Iterator[str]:
    """Yield each sentence of the rules that names what a change took out of a condition: who signs reads the sentence.

    Args:
        content: What is to be locked.
        differences: From the last agreed lock; what overlays or an edited copy changed is in the content itself.
    """
    try:
        rules, facts = Ruleset.from_document(content.ruleset), Vocabulary.from_document(content.vocabulary)
    except (ValidationError, GonogoError):
        return
    changes: tuple[RuleChange | LockDifference, ...] = (*(rules.changes or ()), *differences)
    for criterion in rules.questions:
        for each in stale_words(criterion, changes, facts):
            yield f"wording: {criterion.id}: {each.sentence}; the limit decides, not the sentence"


def seats_asked(rules: LockRules, people: PeopleRegister, today: date) -> list[tuple[str, str]]:
    """Return each seat that approves, with the id of who holds it; empty where nobody does, or several do."""
    return [(seat, _holder(seat, people, today)) for seat in rules.approve]


def reviewer_asked(rules: LockRules, people: PeopleRegister, today: date) -> tuple[str, str]:
    """Return the seat that reviews what loosens, one that somebody holds if there is one, and who holds it."""
    asked = [(seat, _holder(seat, people, today)) for seat in rules.review]
    return next((each for each in asked if each[1]), asked[0])


def _holder(seat: str, people: PeopleRegister, today: date) -> str:
    held = [each.person for each in people.tenures if each.role == seat and each.covers(today)]
    return held[0] if len(held) == 1 else ""


def unfit_lines(rules: LockRules, people: PeopleRegister, today: date, *, review: bool = False) -> Iterator[str]:
    """Yield why a form could not be signed as it stands: seats that nobody holds, and one person in two of them.

    Args:
        rules: Who approves, and who reviews.
        people: Who holds which seat.
        today: The program's local day.
        review: Whether a reviewer is needed.
    """
    held = {seat: [*people.holders(seat, today)] for seat in rules.approve}
    step = "enter somebody in the people register first"
    yield from (f"nobody holds the seat of {seat_words(seat)} today: {step}" for seat, by in held.items() if not by)
    if review and not any(people.holders(seat, today) for seat in rules.review):
        yield f"nobody holds a seat that reviews today ({any_of([seat_words(seat) for seat in rules.review])}): {step}"
    for (seat, one), (other_seat, other) in combinations(held.items(), 2):
        if len(one) == len(other) == 1 and people.one_person(one[0], other[0], today):
            who = one[0] if one == other else f"{one[0]}, who counts as one person with {other[0]},"
            seats = f"{seat_words(seat)} and {seat_words(other_seat)}"
            yield f"{who} holds the seats of {seats}: each seat that approves needs its own person"


def approval_words(approvals: Sequence[Approval]) -> str:
    """Return who approved, in which seat, on which day."""
    named = [f"{each.person} as {seat_words(each.role)} on {each.on}" for each in approvals]
    return listing(named, most=18) or "nobody"


def history_lines(history: LockHistory) -> Iterator[str]:
    """Yield the locks of a program, oldest first, with every change."""
    for each in history.locks:
        lock = each.lock
        yield (
            f"lock {lock.number} of {lock.locked_at:%Y-%m-%d %H:%M} UTC, {lock.ruleset}, "
            f"approved by {approval_words(lock.approved_by)}{'' if each.signature else ', not signed'}"
        )
        if each.change is not None:
            yield from (f"  {line}" for line in change_lines(each.change))


def change_lines(change: LockChange) -> Iterator[str]:
    """Yield one change: request, reason, people, what was and what is."""
    asked = f", asked for by {change.requested_by}" if change.requested_by else ""
    yield f"request {change.request or 'none'}{asked}: {change.reason or 'no reason'}"
    if change.reviewed_by is not None:
        yield f"reviewed by {approval_words([change.reviewed_by])}"
    if change.in_freeze:
        yield "it loosens inside the freeze"
    yield from (f"uncontrolled: {each}" for each in change.lacks or ())
    yield from difference_lines(change.differences)
