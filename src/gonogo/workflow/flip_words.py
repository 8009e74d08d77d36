"""What would change a verdict, in words and as one document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.core.wording import listing, seat_words
from gonogo.model.verdict import Verdict
from gonogo.model.what_would_change import FactChange, ReasonPath
from gonogo.path.effort import StatedEffort
from gonogo.report.words import both, count, person_and_seat
from gonogo.report.would_change import change_document, change_line, reason_document
from gonogo.workflow.flipping import FlippableRun, FlippingSet

SUPPOSED: Final = "Everything below is a supposition: nothing is decided by it, and nothing is recorded."


@dataclass(frozen=True, slots=True)
class FlipPath:
    """All that is said of one run.

    Attributes:
        gate: The run.
        sets: The smallest set of changes for each better verdict.
    """

    gate: FlippableRun
    sets: tuple[FlippingSet, ...]

    @property
    def effort(self) -> StatedEffort | None:
        """The effort that the program states; None where every change is counted alike."""
        cost = self.gate.cost
        return cost if isinstance(cost, StatedEffort) else None


def lines(path: FlipPath) -> Iterator[str]:
    """Yield the lines that are shown to people."""
    gate, view = path.gate, path.gate.run.view
    run, zone = view.started, view.started.program.zone
    verdict = view.decision.verdict
    yield f"{verdict}: {run.program.id}, release {run.release.id}, run {gate.run.name}, judged {both(run.now, zone)}."
    yield SUPPOSED
    if verdict is Verdict.GO:
        yield ""
        yield "It is a GO: nothing has to change for a better verdict."
        ahead = view.decision.ahead
        for short in ahead.criteria if ahead is not None else ():
            yield f"By the thresholds of go-live it would not hold: {short.title} ({short.criterion}): {short.sentence}"
        return
    yield ""
    yield f"{'REASONS' if view.decision.blockers else 'CONDITIONS'}, AND WHAT SETTLES EACH ALONE"
    for number, reason in enumerate(gate.reasons, 1):
        yield ""
        yield from _reason(number, reason, gate)
    yield ""
    yield "THE SMALLEST SET OF CHANGES FOR A BETTER VERDICT"
    yield ""
    yield from _sets(path)


def _reason(number: int, reason: ReasonPath, gate: FlippableRun) -> Iterator[str]:
    view = gate.run.view
    finding = view.finding(reason.criterion) if reason.criterion else None
    if finding is None:
        yield f"{number}. {reason.why}"
    else:
        yield f"{number}. {finding.title} ({finding.criterion})"
        yield f"   owner: {person_and_seat(view, finding.owner)}"
        if view.gate is None:
            yield f"   {_left(reason)}"
    yield from _ways(reason.ways, "   ")
    if reason.settled:
        yield f"   settled when {reason.settled}"
    yield from (f"   cannot be changed: {why}" for why in reason.cannot)
    yield from (f"   or: {paper}" for paper in reason.papers)
    if reason.stricter is not None:
        ahead = reason.stricter
        yield f"   stricter from {ahead.rung} ({ahead.day}, in {count(ahead.days, 'day')}):"
        if ahead.ways:
            yield from _ways(ahead.ways, "     ")
        else:
            yield "     nothing that people can show is enough"


def _left(reason: ReasonPath) -> str:
    if reason.days < 0:
        return "go-live is past"
    days = f"{count(reason.days, 'day')} to go-live"
    if reason.stricter is None:
        return f"{days}; no stricter threshold ahead" if reason.ways else days
    return f"{days}; {count(reason.stricter.days, 'day')} until it gets stricter"


def _ways(ways: Sequence[Sequence[FactChange]], indent: str) -> Iterator[str]:
    for number, way in enumerate(ways):
        if len(ways) > 1:
            yield f"{indent}{'either' if number == 0 else 'or'}:"
        inner = indent + ("  " if len(ways) > 1 else "")
        yield from (f"{inner}{change_line(each)}" for each in way)


def _sets(path: FlipPath) -> Iterator[str]:
    gate, verdict = path.gate, path.gate.run.view.decision.verdict
    if not path.sets:
        yield f"No set of changes that gonogo can propose flips the {verdict}."
        yield from (f"- {why}" for why in dict.fromkeys((*gate.model.fixed, *_immovable(gate))))
        return
    for each in path.sets:
        yield from _set(each, path)
        if each.verdict is Verdict.GO and verdict is Verdict.NO_GO and len(path.sets) == 1:
            yield "No smaller set leads to a CONDITIONAL GO."
        yield ""
    if all(each.verdict is not Verdict.GO for each in path.sets):
        yield "No set of changes that gonogo can propose leads to a GO."
        yield from (f"- {why}" for why in _immovable(gate))
    yield from _counted(path)


def _counted(path: FlipPath) -> Iterator[str]:
    """Say what *smallest* means, and what was assumed for it."""
    effort = path.effort
    if effort is None:
        yield "Every change counts alike: the program states no effort (`effort:` in gonogo.yaml)."
        return
    dials = [path.gate.model.bench.dials[number] for one in path.sets for number in one.changes.at]
    unsaid = list(dict.fromkeys(dial.name for dial in dials if effort.stated(dial) is None))
    yield "Counted in working days, as the program states them (`effort:`); a plan or a waiver is one day."
    if unsaid:
        most = count(effort.most, "working day")
        yield f"Nobody states the effort of {listing(unsaid)}: each counts as the most that is stated, {most}."


def _immovable(gate: FlippableRun) -> Iterator[str]:
    for reason in gate.reasons:
        if not reason.ways:
            yield from (f"{reason.criterion or 'the program'}: {why}" for why in reason.cannot)


def _set(one: FlippingSet, path: FlipPath) -> Iterator[str]:
    changes = one.changes
    size = count(changes.size, "change")
    cost = "" if path.effort is None else f" of {count(changes.cost, 'working day')}"
    with_waivers = f" with {count(len(changes.waivers), 'new waiver')}" if changes.waivers else ""
    yield f"{one.verdict} with {size}{cost}{with_waivers}. Both evaluators come to it, hypothetically:"
    for number, (change, criteria) in enumerate(one.facts, 1):
        closes = f" [{listing(list(criteria), most=3)}]" if criteria else ""
        yield f"{number:4}. {change_line(change)}{closes}"
    number = len(one.facts)
    for criterion in changes.plans:
        number += 1
        yield f"{number:4}. a complete action plan for {criterion}"
    for criterion in changes.waivers:
        number += 1
        seats = path.gate.run.loaded.ruleset.get(criterion)
        signers = listing([seat_words(seat) for seat in seats.waivable_by], most=20) if seats is not None else ""
        yield f"{number:4}. a waiver of {criterion} by {signers}"


def document(path: FlipPath) -> dict[str, Any]:
    """Return the same for programs."""
    gate, view = path.gate, path.gate.run.view
    return {
        "schema": 1,
        "hypothetical": True,
        "run": gate.run.name,
        "program": view.started.program.id,
        "release": view.started.release.id,
        "now": view.assessment.document()["now"],
        "verdict": view.decision.verdict.value,
        "reasons": [reason_document(each, _owner(each, gate)) for each in gate.reasons],
        "cost_in": "changes" if path.effort is None else "working days",
        "sets": [_set_document(each) for each in path.sets],
        "short_of_go_live": [each.criterion for each in ahead.criteria] if (ahead := view.decision.ahead) else [],
        "cannot": [] if path.sets else list(dict.fromkeys((*gate.model.fixed, *_immovable(gate)))),
    }


def _owner(reason: ReasonPath, gate: FlippableRun) -> str | None:
    finding = gate.run.view.finding(reason.criterion) if reason.criterion else None
    return None if finding is None else finding.owner


def _set_document(one: FlippingSet) -> dict[str, Any]:
    return {
        "hypothetical_verdict": one.verdict.value,
        "cost": one.changes.cost,
        "facts": [{**change_document(change), "criteria": list(criteria)} for change, criteria in one.facts],
        "plans": list(one.changes.plans),
        "waivers": list(one.changes.waivers),
    }
