"""OpenMetrics for Prometheus and Grafana: the verdict and each criterion as state sets, dated as of the assessment.

Every series says what purpose the run had, so that a rehearsal is never in the series of a decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactType
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Signal, Standing, accounts, signal
from gonogo.report.machine.notation import name_of, title_of
from gonogo.report.view import RunView

SUFFIX: Final = ".openmetrics.txt"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"
_NUMBERS: Final = (FactType.INTEGER, FactType.DECIMAL, FactType.RATIO)

Labels = Mapping[str, str]


def render(view: RunView) -> bytes:
    """Return the exposition of one run."""
    return "\n".join([*lines(view, "openmetrics"), "# EOF", ""]).encode()


def lines(view: RunView, name: str) -> Iterator[str]:
    """Yield the lines of a report of this name, without the end."""
    told, decision, run = accounts(view), view.decision, view.started
    base = {"program": run.program.id, "release": run.release.id, "purpose": run.kind.purpose.value}
    at = _seconds(run.now)
    info = base | {
        "report": name_of(view, name),
        "title": title_of(view, page_of(view)),
        "kind": run.kind.sentence,
        "marking": run.program.marking,
        "ruleset": run.ruleset,
        "milestone": run.milestone or "",
        "gate": view.gate or "",
        "digest": view.finished.assessment,
    }
    yield from _family("gonogo_run", "info", "What was assessed, by which rules.")
    yield _sample("gonogo_run_info", info, "1", at)
    yield from _family("gonogo_verdict", "stateset", "The verdict; a GO of a rehearsal is no decision.")
    yield from _states("gonogo_verdict", base, Verdict, decision.verdict, at)
    yield from _family("gonogo_signal", "stateset", "How the run looks as a whole; go is a decision to go live.")
    yield from _states("gonogo_signal", base, Signal, signal(view), at)
    yield from _family("gonogo_criterion", "stateset", "How each criterion stands.")
    for each in told:
        found = each.finding
        labels = base | {
            "criterion": found.criterion,
            "domain": found.domain.value,
            "severity": found.weight_then.value,
        }
        yield from _states("gonogo_criterion", labels, Standing, each.standing, at)
    yield from _family("gonogo_criteria", "gauge", "How many criteria stand how.")
    counts = Counter((each.finding.domain, each.standing) for each in told)
    for domain in Domain:
        for standing in Standing:
            labels = base | {"domain": domain.value, "standing": standing.value}
            yield _sample("gonogo_criteria", labels, str(counts[domain, standing]), at)
    yield from _family("gonogo_blockers", "gauge", "How many reasons there are against a go.")
    yield _sample("gonogo_blockers", base, str(len(decision.blockers)), at)
    yield from _family("gonogo_conditions", "gauge", "How many conditions a go depends on.")
    yield _sample("gonogo_conditions", base, str(len(decision.conditions)), at)
    yield from _moment("gonogo_assessed", "As of when the run judged.", base, run.now, at)
    yield from _moment("gonogo_go_live", "When the release goes live.", base, run.release.go_live, at)
    if decision.valid_until is not None:
        yield from _moment("gonogo_valid_until", "When the verdict ends at the latest.", base, decision.valid_until, at)
    yield from _facts(view, base, at)


def _facts(view: RunView, base: Labels, at: str) -> Iterator[str]:
    numbers = [entry for entry in view.evidence if entry.type in _NUMBERS]
    if numbers:
        yield from _family("gonogo_fact", "gauge", "The value of each fact that is a number, in its own unit.")
    for entry in numbers:
        labels = {"fact": entry.fact, "unit": entry.unit, "basis": entry.basis.value}
        yield _sample("gonogo_fact", {**base, **labels}, _value(entry), at)
    if view.evidence:
        yield from _family("gonogo_evidence_as_of_timestamp_seconds", "gauge", "When each fact held.", "seconds")
    for entry in view.evidence:
        labels = {**base, "fact": entry.fact}
        yield _sample("gonogo_evidence_as_of_timestamp_seconds", labels, _seconds(entry.as_of), at)


def _moment(name: str, words: str, labels: Labels, when: datetime, at: str) -> Iterator[str]:
    yield from _family(f"{name}_timestamp_seconds", "gauge", words, "seconds")
    yield _sample(f"{name}_timestamp_seconds", labels, _seconds(when), at)


def _states(name: str, labels: Labels, states: Iterable[StrEnum], now: StrEnum, at: str) -> Iterator[str]:
    for state in states:
        yield _sample(name, {**labels, name: state.value}, "1" if state is now else "0", at)


def _family(name: str, kind: str, words: str, unit: str = "") -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    if unit:
        yield f"# UNIT {name} {unit}"
    yield f"# HELP {name} {words}"


def _sample(name: str, labels: Labels, value: str, at: str) -> str:
    told = ",".join(f'{key}="{_label(text)}"' for key, text in labels.items() if text)
    return f"{name}{{{told}}} {value} {at}"


def _label(text: str) -> str:
    return escape(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _value(entry: Evidence) -> str:
    return repr(float(entry.exact))


def _seconds(when: datetime) -> str:
    exact = Fraction(str(when.timestamp()))
    return str(int(exact)) if exact.denominator == 1 else f"{float(exact):.3f}"
