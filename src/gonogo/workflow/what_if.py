"""What a recorded run would come to under a supposition: marked as hypothetical everywhere, and never recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gonogo.core.wording import age_words, listing, shown
from gonogo.engine.agreement import RuleEngine
from gonogo.model.evidence import Basis, Evidence, Gap
from gonogo.model.finding import Finding, Status
from gonogo.path.possible_values import LOCATOR
from gonogo.report.words import STATUS, both
from gonogo.workflow.flipping import FlippableRun
from gonogo.workflow.hypothesis import Hypothetical, RecordedRun, Supposed, supposing
from gonogo.workflow.supposed_moment import supposed_moment
from gonogo.workflow.supposed_values import supposed_values

MARK: Final = "hypothetical: "
"""Begins every line, so that none of them can be cut out and shown as a decision."""
EXIT_CODE: Final = 4
"""Undecided, whatever the answer: no pipeline passes on a supposition, and none takes it for a NO-GO."""

_AS_MEASURED: Final = f"{Basis.MEASURED.value} in {LOCATOR}, {age_words(0)}"
"""What the sentence of a criterion says of evidence that nobody has shown: the engine takes it as measured."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A supposition and its answer.

    Attributes:
        run: The recorded run.
        supposed: What was supposed.
        closed: Register to the keys that are supposed to be closed.
        at_text: The moment as it was written; empty for that of the run.
        came: What both evaluators came to.
    """

    run: RecordedRun
    supposed: Supposed
    closed: dict[str, tuple[str, ...]]
    at_text: str
    came: Hypothetical

    @property
    def differing(self) -> list[tuple[Finding | None, Finding]]:
        """Criteria and standing holds whose status or weight is another, with what was recorded."""
        view = self.run.view
        then = {each.criterion: each for each in (*view.findings, *(view.decision.holds or ()))}
        now = (*self.came.findings, *(self.came.decision.holds or ()))
        return [(was, each) for each in now if _moved(was := then.get(each.criterion), each)]


def _moved(was: Finding | None, now: Finding) -> bool:
    if was is None:
        return True
    return (was.status, was.severity, bool(was.rests_on)) != (now.status, now.severity, bool(now.rests_on))


def what_if(
    run: RecordedRun,
    *,
    values: Sequence[str] = (),
    at: str | None = None,
    without_waivers: bool = False,
    without_acceptances: bool = False,
    engine: RuleEngine | None = None,
) -> WhatIf:
    """Judge a recorded run under a supposition by both evaluators.

    Raises:
        UsageError: A value, fact or moment cannot be read.
        EngineFault: An evaluator failed, or the two differ.
    """
    moment: datetime | None = None if at is None else supposed_moment(at, run)
    found = supposed_values(values, FlippableRun.of(run), moment or run.view.assessment.now) if values else None
    supposed = Supposed(
        evidence={} if found is None else found.entries,
        at=moment,
        without_waivers=without_waivers,
        without_acceptances=without_acceptances,
    )
    closed = {} if found is None else dict(found.closed)
    return WhatIf(run, supposed, closed, at or "", supposing(run, supposed, engine=engine))


def lines(asked: WhatIf) -> list[str]:
    """Return the lines that are shown to people; each is marked."""
    return [f"{MARK}{line}".rstrip() for line in _lines(asked)]


def _lines(asked: WhatIf) -> Iterator[str]:
    view, decision = asked.run.view, asked.came.decision
    run, zone = view.started, view.started.program.zone
    yield f"{run.program.id}, release {run.release.id}: the run {asked.run.name} recorded {view.decision.verdict}"
    yield f"it was judged at {both(run.now, zone)}"
    for line in _supposed_lines(asked):
        yield f"supposed: {line}"
    yield f"the verdict would be {decision.verdict} ({_without(asked)}); both evaluators agree"
    for was, now in asked.differing:
        before = "not asked" if was is None else _standing(was)
        yield f"{now.title} ({now.criterion}): {before} in the run, would be {_standing(now)}: {_said(now.sentence)}"
    if not asked.differing:
        yield "no criterion would stand otherwise"
    for blocker in decision.blockers:
        yield f"would block: {blocker.criterion or 'the program'}: {_said(blocker.why)}"
    for condition in decision.conditions:
        yield f"would be a condition: {condition.criterion}: {_said(condition.why)}"
    for short in asked.came.judged.ahead.criteria if asked.came.judged.ahead is not None else ():
        yield f"would not hold by the thresholds of go-live: {short.criterion}: {_said(short.sentence)}"
    yield "nothing was decided or recorded; the exit code is 4 whatever the answer"


def _said(sentence: str) -> str:
    """Return a sentence about what is supposed without saying that anybody measured it."""
    return sentence.replace(_AS_MEASURED, "as supposed")


def _without(asked: WhatIf) -> str:
    decision = asked.came.decision
    if asked.supposed.without_waivers:
        return "no waiver counts"
    return f"without waivers {decision.without_waivers}"


def _standing(finding: Finding) -> str:
    words = STATUS[finding.status].lower()
    if finding.rests_on is not None:
        words += " on acceptance"
    return f"{words}, {finding.severity}" if finding.status in (Status.NOT_MET, Status.UNKNOWN) else words


def _supposed_lines(asked: WhatIf) -> Iterator[str]:
    view = asked.run.view
    zone = view.started.program.zone
    recorded = view.assessment.evidence
    for fact, entry in asked.supposed.evidence.items():
        yield f"{fact} is {_entry(entry)} (recorded: {_entry(recorded[fact])})"
    for register, keys in asked.closed.items():
        if keys:
            yield f"closed in the register {register}: {listing(list(keys), most=10)}"
    if asked.supposed.at is not None:
        yield f"judged at {both(asked.supposed.at, zone)} ({asked.at_text}); nothing was recorded since the run"
    if asked.supposed.without_waivers:
        yield "no waiver counts"
    if asked.supposed.without_acceptances:
        yield "no acceptance counts"
    if asked.supposed == Supposed():
        yield "nothing: the run as it was recorded"


def _entry(entry: Evidence | Gap) -> str:
    return shown(entry) if isinstance(entry, Evidence) else f"{entry.reason.value.replace('_', ' ')}"


def document(asked: WhatIf) -> dict[str, Any]:
    """Return the same for programs; no key says ``verdict`` or ``decision`` without *hypothetical* or *recorded*."""
    view, decision = asked.run.view, asked.came.decision
    ahead = asked.came.judged.ahead
    return {
        "schema": 1,
        "hypothetical": True,
        "run": asked.run.name,
        "program": view.started.program.id,
        "release": view.started.release.id,
        "recorded_verdict": view.decision.verdict.value,
        "supposed": {
            "facts": {fact: _entry(entry) for fact, entry in asked.supposed.evidence.items()},
            "closed": {register: list(keys) for register, keys in asked.closed.items()},
            "at": None if asked.supposed.at is None else asked.supposed.at.isoformat(),
            "without_waivers": asked.supposed.without_waivers,
            "without_acceptances": asked.supposed.without_acceptances,
        },
        "hypothetical_verdict": decision.verdict.value,
        "hypothetical_without_waivers": decision.without_waivers.value,
        "hypothetical_blockers": [
            {"criterion": each.criterion, "why": _said(each.why), "missing_evidence": each.missing_evidence}
            for each in decision.blockers
        ],
        "hypothetical_conditions": [
            {"criterion": each.criterion, "why": _said(each.why)} for each in decision.conditions
        ],
        "hypothetical_short_of_go_live": [] if ahead is None else [each.criterion for each in ahead.criteria],
        "hypothetical_findings": [
            {
                "criterion": now.criterion,
                "recorded_status": None if was is None else was.status.value,
                "hypothetical_status": now.status.value,
                "sentence": f"{MARK}{_said(now.sentence)}",
            }
            for was, now in asked.differing
        ],
    }
