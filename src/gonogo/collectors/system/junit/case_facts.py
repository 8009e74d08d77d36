"""From the outcomes of planned cases to facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from gonogo.collectors.system.junit.case_match import Results
from gonogo.collectors.system.junit.planned_cases import CasePlan
from gonogo.collectors.system.junit.report_model import CaseOutcome, Report
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import FactType
from gonogo.plugin.spec import Answer, LocalFact

NAMED: Final = 5
NAMED_SUITES: Final = 3
"""Disagreements between counters and cases that are reported with the facts."""

PLANNED: Final = LocalFact("planned", FactType.INTEGER, "Cases of the test plan.", "cases")
EXECUTED: Final = LocalFact("executed_ratio", FactType.RATIO, "Planned cases that were run, out of planned cases.")
PASSED: Final = LocalFact("pass_ratio_of_planned", FactType.RATIO, "Planned cases that passed, out of planned cases.")
PASS: Final = LocalFact("pass_ratio", FactType.RATIO, "Planned cases that passed, out of planned cases.")
FAILED: Final = LocalFact("failed", FactType.INTEGER, "Planned cases that were run and failed.", "cases")
SKIPPED: Final = LocalFact(
    "skipped",
    FactType.INTEGER,
    "Planned cases that a report mentions and that did not run, or that cannot be distinguished from cases that did "
    "not.",
    "cases",
)
NOT_RUN: Final = LocalFact("not_run", FactType.INTEGER, "Planned cases that no report mentions.", "cases")
UNPLANNED: Final = LocalFact("unplanned", FactType.INTEGER, "Results in the reports for no planned case.", "cases")
CRITICAL: Final = LocalFact(
    "critical_failed", FactType.INTEGER, "Critical planned cases that failed; known only when all of them ran.", "cases"
)
FACTS: Final = (PLANNED, EXECUTED, PASSED, PASS, FAILED, SKIPPED, NOT_RUN, UNPLANNED, CRITICAL)


def answers(
    plan: CasePlan,
    results: Results,
    reports: Sequence[Report],
    as_of: datetime,
    subject: Subject | None,
    *,
    critical: bool,
    allow_unplanned: bool,
) -> Iterable[Answer]:
    """Yield one answer for each fact."""
    common: dict[str, Any] = {"as_of": as_of, "subject": subject}
    remarks = _remarks(plan, reports)
    yield UNPLANNED.value(results.strays, where=_list("not in the plan", results.unplanned), **common).naming(
        results.unplanned
    )
    if results.strays and not allow_unplanned:
        for fact in FACTS:
            if fact is not UNPLANNED and (critical or fact is not CRITICAL):
                yield fact.missing(_unplanned(plan, results), GapReason.CONFLICT)
        return
    yield PLANNED.value(len(plan.cases), where=_joined(plan.file_name, remarks), **common)
    failed = _of(plan, results, CaseOutcome.FAILED)
    skipped = _of(plan, results, CaseOutcome.NOT_RUN)
    silent = [case for case in plan.cases if case not in results.outcomes]
    passed = len(_of(plan, results, CaseOutcome.PASSED)) - len(results.doubtful) + results.proved
    idle = silent + skipped
    if results.doubtful:
        remarks = [_doubt(plan, results), *remarks]
    whole = len(plan.cases)
    unrun = min(len(failed), sum(report.idle for report in reports))
    notes = [f"{unrun} more that failed are counted as not run", *remarks] if unrun else remarks
    yield EXECUTED.counted(
        part=passed + len(failed) - unrun, whole=whole, where=_joined(_list("not run", idle), notes), **common
    ).naming(_in_order(plan, {*idle, *results.doubtful, *(failed if unrun else ())}))
    for fact in (PASSED, PASS):
        yield fact.counted(part=passed, whole=whole, where=_joined(_list("failed", failed), remarks), **common).naming(
            _in_order(plan, {*idle, *failed, *results.doubtful})
        )
    hidden = sum(report.hidden_failures for report in reports)
    if hidden:
        yield FAILED.missing(f"{_hidden(hidden, reports)}; {_list('failed', failed)}", GapReason.NOT_PROVABLE)
    else:
        yield FAILED.value(len(failed), where=_joined(_list("failed", failed), remarks), **common).naming(failed)
    unsure = len(results.doubtful) - results.proved
    yield SKIPPED.value(len(skipped) + unsure, where=_joined(_list("skipped", skipped), remarks), **common).naming(
        _in_order(plan, {*skipped, *results.doubtful})
    )
    yield NOT_RUN.value(len(silent), where=_joined(_list("in no report", silent), remarks), **common).naming(silent)
    if critical:
        yield _critical(plan, results, failed, idle, _hidden(hidden, reports) if hidden else "", remarks, common)


def without_plan(reports: Sequence[Report]) -> str:
    """Return what reports hold, and why it proves nothing without the list of planned cases."""
    outcomes = [case.outcome for report in reports for case in report.cases]
    failed, idle = outcomes.count(CaseOutcome.FAILED), outcomes.count(CaseOutcome.NOT_RUN)
    hidden = sum(report.hidden_failures for report in reports)
    absent = sum(max(0, report.surplus - report.hidden_failures) for report in reports)
    more = f", and its counters mention {hidden} {'failure' if hidden == 1 else 'failures'} more" if hidden else ""
    if absent:
        were = "case that it does not hold, so it was" if absent == 1 else "cases that it does not hold, so they were"
        more += f", and its counters mention {absent} {were} not run"
    more += "".join(f"; {text}" for text in _asserted_nothing(reports))
    return (
        f"{len(outcomes)} {'case is' if len(outcomes) == 1 else 'cases are'} reported, {failed} of them failed "
        f"and {idle} not run{more}; the binding names no file as 'plan', the list of planned cases, so nobody knows "
        "which cases are not reported"
    )


def _critical(
    plan: CasePlan,
    results: Results,
    failed: Sequence[str],
    idle: Sequence[str],
    hidden: str,
    remarks: Sequence[str],
    common: dict[str, Any],
) -> Answer:
    every = {case for case, is_critical in plan.cases.items() if is_critical}
    broken = [case for case in failed if case in every]
    open_ones = [case for case in idle if case in every]
    unsure = [case for case in _in_order(plan, results.doubtful) if case in every]
    if not every:
        return CRITICAL.missing(f"{plan.file_name} has no critical case", GapReason.NOT_PROVABLE)
    if open_ones:
        return CRITICAL.missing(
            f"{len(open_ones)} of {len(every)} critical cases did not run, {len(broken)} of the others failed; "
            f"{_list('not run', open_ones)}; {_list('failed', broken)}",
            GapReason.NOT_PROVABLE,
        )
    if unsure:
        return CRITICAL.missing(
            f"{len(unsure)} of {len(every)} critical cases look passed but are not proved, {len(broken)} of the others "
            f"failed; {_list('not proved', unsure)}; {_list('failed', broken)}; {'; '.join(remarks)}",
            GapReason.NOT_PROVABLE,
        )
    if hidden:
        return CRITICAL.missing(f"{hidden}; {_list('failed', broken)}", GapReason.NOT_PROVABLE)
    return CRITICAL.value(len(broken), where=_joined(_list("failed", broken), remarks), **common).naming(broken)


def _remarks(plan: CasePlan, reports: Sequence[Report]) -> list[str]:
    """Return what a reader has to know beside the numbers."""
    found = [] if plan.controlled else [f"nothing says how many cases {plan.file_name} must hold (control: rows)"]
    parts = [f"{report.file_name}: {text}" for report in reports for text in report.mismatches]
    more = [f"and {len(parts) - NAMED_SUITES} more suites whose counters disagree"] if len(parts) > NAMED_SUITES else []
    return [*found, *_asserted_nothing(reports), *parts[:NAMED_SUITES], *more]


def _asserted_nothing(reports: Sequence[Report]) -> list[str]:
    """Return which cases passed without an assertion, where the producer writes how many there were."""
    cases = [name for report in reports if report.asserts for name in report.idle_passes]
    if not cases:
        return []
    many = "1 case that passed" if len(cases) == 1 else f"{len(cases)} cases that passed"
    return [_list(f'{many} asserted nothing (assertions="0")', cases)]


def _unplanned(plan: CasePlan, results: Results) -> str:
    return (
        f"the reports hold {results.strays} results for cases that {plan.file_name} does not plan "
        f"({', '.join(name[:60] for name in results.unplanned[:NAMED])}"
        f"{f' and {len(results.unplanned) - NAMED} more' if len(results.unplanned) > NAMED else ''}), as happens when "
        f"a plan was cut off; complete the plan, or say unplanned: allowed"
    )


def _doubt(plan: CasePlan, results: Results) -> str:
    return (
        f"{len(results.doubtful)} look passed; {results.proved} of them count, none by name: "
        f"{_list('any of', _in_order(plan, results.doubtful))}"
    )


def _hidden(hidden: int, reports: Sequence[Report]) -> str:
    mismatch = next(f"{report.file_name}: {report.mismatches[0]}" for report in reports if report.hidden_failures)
    return f"the counters report {hidden} failures that no case shows; {mismatch}"


def _of(plan: CasePlan, results: Results, outcome: CaseOutcome) -> list[str]:
    return [case for case in plan.cases if results.outcomes.get(case) is outcome]


def _in_order(plan: CasePlan, cases: Collection[str]) -> list[str]:
    return [case for case in plan.cases if case in cases]


def _joined(text: str, remarks: Sequence[str]) -> str:
    return "; ".join([text, *remarks])[:1900]


def _list(what: str, cases: Sequence[str]) -> str:
    if not cases:
        return f"{what}: none"
    more = f" and {len(cases) - NAMED} more" if len(cases) > NAMED else ""
    return f"{what}: {', '.join(case[:60] for case in cases[:NAMED])}{more}"
