"""One criterion of one run: the whole way from the bytes that were read to what it does to the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.core.wording import age_words
from gonogo.model.evidence import Evidence
from gonogo.model.finding import ComparisonReading, FactReading, Finding
from gonogo.report.counted import counted_by
from gonogo.report.machine.machine_standing import accounts
from gonogo.report.page import Heading, Pairs, Words
from gonogo.report.view import RunView
from gonogo.report.words import REASON, STATUS, both, count, local, stopped

Step = Heading | Pairs | Words


def way_of(view: RunView, finding: Finding) -> tuple[Step, ...]:
    """Return the steps in the order in which they were taken; everything is in the record.

    Args:
        view: The run.
        finding: One of its findings or standing holds.
    """
    return tuple(_steps(view, finding))


def _steps(view: RunView, finding: Finding) -> Iterator[Step]:
    run, zone = view.started, view.started.program.zone
    yield Words(f"{run.kind.sentence} Run {run.envelope.run}, assessed {local(run.now, zone)}, {run.ruleset}.")
    for reading in finding.facts:
        yield Heading(f"Fact {reading.fact}")
        entry = next((each for each in view.evidence if each.fact == reading.fact), None)
        yield Pairs(tuple((label, text) for label, text in _fact(view, reading, entry) if text))
    yield Heading("Judgement")
    yield Pairs(tuple((label, text) for label, text in _judged(view, finding) if text))
    yield Heading("Effect on the verdict")
    yield Pairs(tuple(_effect(view, finding)))
    yield Heading("In the record")
    yield Pairs((("Records", f"{view.first} to {view.last} of log {view.log}"), ("Head hash", view.head)))


def _fact(view: RunView, reading: FactReading, entry: Evidence | None) -> Iterator[tuple[str, str]]:
    gap, zone = reading.gap, view.started.program.zone
    bindings = (
        [value.source.binding for value in entry.values] if entry else [gap.binding] if gap and gap.binding else []
    )
    for reply in view.collectors:
        if reply.binding not in bindings:
            continue
        for file in reply.inputs:
            yield "Bytes", f"{file.path}, {count(file.size, 'byte')}, SHA-256 {file.sha256}"
        read = f"{reply.collector} ({reply.distribution})" if reply.distribution else reply.collector
        yield (
            "Read by",
            f"{read}, binding {reply.binding}, {reply.answered} of {count(reply.declared, 'fact')} answered",
        )
        if reply.failure is not None:
            yield "It failed", stopped(reply.failure.detail)
    for value in entry.values if entry else ():
        yield "Answer", f"{value.source.locator}: {_value(value)}, {value.basis.value}, held {both(value.as_of, zone)}"
        yield from counted_by(view, value)
    if gap is not None:
        yield "No value", f"{REASON[gap.reason]}: {stopped(gap.detail)}"
        return
    by = f" by {reading.stated_by}" if reading.stated_by else ""
    basis = f", {reading.basis.value}{by}" if reading.basis else ""
    age = f", {age_words(reading.age_days)}" if reading.age_days is not None else ""
    yield "Used", f"{reading.shown}{basis}{age}"
    if reading.stale_at is not None:
        yield "Good until", both(reading.stale_at, zone)


def _value(value: Evidence) -> str:
    counts = f" ({value.part} of {value.whole})" if value.whole is not None else ""
    return f"{value.value}{counts}{f' {value.unit}' if value.unit else ''}"


def _judged(view: RunView, finding: Finding) -> Iterator[tuple[str, str]]:
    about = view.about.get(finding.criterion, {})
    yield "Requirement", str(about.get("require", ""))
    for reading in finding.comparisons:
        yield "Comparison", _comparison(reading)
    yield "Status", STATUS[finding.status]
    yield "In a sentence", finding.sentence
    yield "Holds until", both(finding.turns_at, view.started.program.zone) if finding.turns_at else ""


def _comparison(reading: ComparisonReading) -> str:
    compared = f"{reading.left} {reading.operator} {reading.right}" if reading.left and reading.right else "no value"
    margin = f", margin {reading.margin}" if reading.margin else ""
    return f"{reading.text}: {compared}{margin}: {reading.outcome.value.replace('_', ' ')}"


def _effect(view: RunView, finding: Finding) -> Iterator[tuple[str, str]]:
    account = next((each for each in accounts(view) if each.finding.criterion == finding.criterion), None)
    if account is not None:
        yield "Stands", account.head
    for review in view.decision.waivers:
        if review.criterion == finding.criterion:
            yield (
                "Waiver",
                f"{review.id}: {'counts' if review.counted else 'does not count'}. {stopped(review.why)}",
            )
    plan = view.plan(finding.criterion)
    if plan is not None:
        yield "Plan", f"{plan.action}, by {plan.owner}, due {plan.due}"
    blocks = [blocker for blocker in view.decision.blockers if blocker.criterion == finding.criterion]
    conditions = [each for each in view.decision.conditions if each.criterion == finding.criterion]
    yield (
        "So",
        "it is a reason against going live"
        if blocks
        else "the go-live depends on it"
        if conditions
        else ("it neither blocks nor is a condition"),
    )
    yield "Verdict", view.decision.verdict.value
