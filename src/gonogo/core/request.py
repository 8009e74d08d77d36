"""Requests: the gaps grouped by the one thing to ask for, the request that closes most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.core.wording import listing, seat_words
from gonogo.model.decision import Request
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.program import Binding
from gonogo.model.ruleset import Severity


@dataclass(frozen=True, slots=True)
class _Owed:
    gap: Gap
    finding: Finding


ASK: Final = {
    GapReason.MISSING: "supply {what}",
    GapReason.UNASKED: "name a source for {what}",
    GapReason.STALE: "renew {what}",
    GapReason.FUTURE: "correct the date of {what}",
    GapReason.MALFORMED: "repair {what}",
    GapReason.WRONG_TYPE: "correct {what}",
    GapReason.OUT_OF_RANGE: "correct {what}",
    GapReason.CONFLICT: "settle which source is right for {what}",
    GapReason.COLLECTOR_FAILED: "have the collector of {what} repaired",
    GapReason.DEADLINE: "have {what} read in time",
    GapReason.UNDECLARED: "have the collector of {what} repaired",
    GapReason.WRONG_SUBJECT: "supply {what} for what is being released",
    GapReason.NOT_PROVABLE: "supply better proof than {what}",
    GapReason.ISOLATION: "have {what} read under isolation",
}
"""What to do about a gap, as one asks a person to."""


def requests_of(findings: Sequence[Finding], bindings: Sequence[Binding]) -> tuple[Request, ...]:
    """Return what to ask of whom so that the unknown criteria can be judged.

    One request for each source that is owed (binding, or for facts without one the owner's seat). It counts the
    criteria that it would close alone: those with no gap elsewhere. Most mandatory first, then most criteria.
    """
    known = {binding.id: binding for binding in bindings}
    groups: dict[tuple[str, str], list[_Owed]] = {}
    for finding in findings:
        if finding.status is Status.UNKNOWN:
            for gap in finding.gaps:
                key = ("binding", gap.binding) if gap.binding in known else ("owner", finding.owner)
                groups.setdefault((key[0], str(key[1])), []).append(_Owed(gap, finding))
    found = [_request(key, owed, known) for key, owed in groups.items()]
    return tuple(sorted(found, key=lambda request: (-request.mandatory, -len(request.criteria), request.to)))


def _request(key: tuple[str, str], owed: Sequence[_Owed], known: Mapping[str, Binding]) -> Request:
    kind, name = key
    binding = known[name] if kind == "binding" else None
    facts = tuple(dict.fromkeys(entry.gap.fact for entry in owed))
    findings = list(dict.fromkeys(entry.finding for entry in owed))
    alone = [finding for finding in findings if {gap.fact for gap in finding.gaps} <= set(facts)]
    mandatory = sum(finding.severity is Severity.MANDATORY for finding in alone)
    cause = Counter(entry.gap.reason for entry in owed).most_common(1)[0][0]
    owner = Counter(entry.finding.owner for entry in owed).most_common(1)[0][0] if binding else name
    what = f"{_source(binding)}" if binding else listing(list(facts), most=3)
    closes = _closes(mandatory, len(alone) - mandatory)
    return Request(
        to=owner,
        binding=binding.id if binding else None,
        cause=cause,
        facts=facts,
        criteria=tuple(finding.criterion for finding in findings),
        mandatory=mandatory,
        sentence=f"Ask {seat_words(owner)} to {ASK[cause].format(what=what)}: {closes}.",
    )


def _closes(mandatory: int, others: int) -> str:
    """Say how many criteria could be judged once these gaps are closed."""
    if not mandatory and not others:
        return "it closes no criterion alone, because each lacks something else too"
    if not mandatory:
        alone = "1 criterion, which is not mandatory"
        return f"it closes {alone if others == 1 else f'{others} criteria, none of them mandatory'}"
    told = f"it closes {mandatory} mandatory {'criterion' if mandatory == 1 else 'criteria'}"
    return f"{told} and {others} other{'s' if others != 1 else ''}" if others else told


def _source(binding: Binding) -> str:
    paths = [path for entry in binding.inputs for path in entry.paths]
    return f"{binding.id} ({listing(paths, most=2)})" if paths else binding.id
