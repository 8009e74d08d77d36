"""Requests: what to ask of whom, by person, the one that closes most first. What is said to close, closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gonogo.core.gap_cause import CONFIRM, FILL_IN_ACT, in_program_file, subject_act, unfilled
from gonogo.core.wording import listing
from gonogo.model.computed_facts import RECORD
from gonogo.model.decision import Request
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.program import STATEMENTS, Binding
from gonogo.model.register import ACCEPTANCES
from gonogo.model.ruleset import Severity
from gonogo.requests.who_to_ask import CriterionNeed, WhoToAsk, called, needs_of

ASK: Final = {
    GapReason.MISSING: "supply {what}",
    GapReason.UNASKED: "name a source for {what}",
    GapReason.STALE: "renew {what}",
    GapReason.FUTURE: "correct the date of {what}",
    GapReason.MALFORMED: "repair {what}",
    GapReason.WRONG_TYPE: "correct {what}",
    GapReason.OUT_OF_RANGE: "correct {what}",
    GapReason.CONFLICT: "settle which source is right for {what}",
    GapReason.COLLECTOR_FAILED: "have the collector for {what} repaired",
    GapReason.DEADLINE: "find out why {what} was not read in time",
    GapReason.UNDECLARED: "have the collector for {what} repaired",
    GapReason.WRONG_SUBJECT: "supply {what} for what is being released",
    GapReason.NOT_PROVABLE: "supply better proof than {what}",
    GapReason.ISOLATION: "have {what} read under isolation",
    GapReason.AMBIGUOUS_ROWS: "say what one row of {what} is",
    GapReason.MIXED_SUBJECTS: "say what the rows of {what} are about",
    GapReason.COUNTED_DIFFERENTLY: "count {what} as the rules say",
    GapReason.UNCONFIRMED: CONFIRM,
}
"""What to do about a gap, as one asks a person to."""

CORRECT_SETTINGS: Final = "correct what gonogo.yaml says about {what}"
COMPLETE: Final = "add what is missing in {what}"
"""Where the source is there: the settings do not fit it, or it does not say everything."""

COMPLETE_ACCEPTANCES: Final = "complete the acceptances behind {what}"
RUN_DAILY: Final = "run `gonogo progress` each day until the record is long enough for {what}"

STATE: Final = {
    GapReason.MISSING: "state {what}",
    GapReason.STALE: "state {what} again",
    GapReason.NOT_PROVABLE: "state {what} again, because the present statement does not count",
    GapReason.COUNTED_DIFFERENTLY: "have a source bound that names the items behind {what}",
}
"""Likewise, where a person has to state it."""


def requests_of(findings: Sequence[Finding], asking: WhoToAsk) -> tuple[Request, ...]:
    """Return what to ask of whom so that the unknown criteria can be judged: one request for each person.

    It counts the criteria that this person alone can close: those that lack nothing from anybody else. Most mandatory
    first, then most criteria.
    """
    needs = needs_of([finding for finding in findings if finding.status is Status.UNKNOWN], asking)
    mine: dict[str, list[CriterionNeed]] = {}
    wanted: dict[str, set[str]] = {}
    for need in needs:
        mine.setdefault(need.to, []).append(need)
        wanted.setdefault(need.finding.criterion, set()).add(need.to)
        if not need.enough:
            wanted[need.finding.criterion].add("")
    order = {finding.criterion: number for number, finding in enumerate(findings)}
    found = [_request(to, needed, wanted, order, asking) for to, needed in mine.items()]
    return tuple(
        sorted(
            found, key=lambda one: (-one.mandatory, -len(one.closes or ()), -len(one.criteria), one.person or one.to)
        )
    )


def _request(
    to: str, needed: Sequence[CriterionNeed], wanted: dict[str, set[str]], order: dict[str, int], asking: WhoToAsk
) -> Request:
    findings = sorted(
        {need.finding.criterion: need.finding for need in needed}.values(), key=lambda f: order[f.criterion]
    )
    closed = [finding for finding in findings if wanted[finding.criterion] == {to}]
    mandatory = sum(finding.severity is Severity.MANDATORY for finding in closed)
    holds = sum(asking.is_hold(finding) for finding in closed)
    seats = list(dict.fromkeys(need.seat for need in needed if need.seat))
    bindings = list(dict.fromkeys(need.binding.id for need in needed if need.binding is not None))
    acts = _acts(needed)
    who = called(to, seats, asking)
    return Request(
        to=seats[0] if seats else to,
        binding=bindings[0] if len(bindings) == 1 and all(need.binding is not None for need in needed) else None,
        cause=Counter(need.gap.reason for need in needed).most_common(1)[0][0],
        facts=tuple(dict.fromkeys(need.gap.fact for need in needed)),
        criteria=tuple(finding.criterion for finding in findings),
        mandatory=mandatory,
        sentence=f"Ask {who} to {listing(acts, most=3)}: {_closes(mandatory, len(closed) - mandatory - holds, holds)}.",
        person=who,
        acts=tuple(acts),
        closes=tuple(finding.criterion for finding in closed),
        bindings=tuple(bindings),
    )


def _acts(needed: Sequence[CriterionNeed]) -> list[str]:
    """What is to be done, once for each source; facts that no source is named for are one act."""
    by_source: dict[tuple[str, bool], list[CriterionNeed]] = {}
    for need in needed:
        source = need.binding.id if need.binding is not None else ""
        by_source.setdefault((source, need.in_program_file), []).append(need)
    acts = []
    for needs in by_source.values():
        cause = Counter(need.gap.reason for need in needs).most_common(1)[0][0]
        stated = needs[0].binding is not None and needs[0].binding.plugin == STATEMENTS
        gap = next(need.gap for need in needs if need.gap.reason is cause)
        asked = STATE[cause] if stated and cause in STATE else verb(gap, needs[0].binding)
        acts.append(asked.format(what=_source(needs)))
    return acts


def verb(gap: Gap, binding: Binding | None) -> str:
    """Return what to do about a gap, with a place for what it is about: by its reason, and by what is at fault."""
    if gap.binding == ACCEPTANCES:
        return COMPLETE_ACCEPTANCES
    if gap.binding == RECORD:
        return RUN_DAILY
    if act := subject_act(gap, binding):
        return act
    if gap.reason is GapReason.UNCONFIRMED:
        return CONFIRM
    if in_program_file(gap, binding):
        return FILL_IN_ACT if binding is not None and unfilled(binding) else CORRECT_SETTINGS
    return COMPLETE if gap.reason is GapReason.MISSING and gap.sources else ASK[gap.reason]


def _source(needs: Sequence[CriterionNeed]) -> str:
    binding = needs[0].binding
    facts = list(dict.fromkeys(need.gap.fact for need in needs))
    if binding is None:
        return listing(facts, most=3)
    paths = [path for entry in binding.inputs for path in entry.paths]
    where = f"{binding.id} ({listing(paths, most=2)})" if paths else binding.id
    return f"{listing(facts, most=3)} in {where}" if binding.plugin == STATEMENTS else where


def _closes(mandatory: int, others: int, holds: int = 0) -> str:
    """Say how many criteria and standing holds this closes when what is asked for is good."""
    if holds:
        held = f"it answers {holds} standing hold{'s' if holds != 1 else ''}"
        return f"{held}; {_closes(mandatory, others)}" if mandatory or others else held
    if not mandatory and not others:
        return "on its own it closes no criterion"
    if not mandatory:
        alone = "1 criterion, which is not mandatory"
        return f"it closes {alone if others == 1 else f'{others} criteria, none of them mandatory'}"
    what = f"it closes {mandatory} mandatory {'criterion' if mandatory == 1 else 'criteria'}"
    return f"{what} and {others} other{'s' if others != 1 else ''}" if others else what
