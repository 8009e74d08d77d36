"""Facts about test execution, read from JUnit XML and the test plan that it answers to.

A planned case that no report tells of is not executed, and a skipped one is not executed either; what a report adds
to the plan counts for nothing but ``unplanned``. Of several results of one case the worst counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import Field

from gonogo.collectors.moment import check_past
from gonogo.collectors.system.junit_match import CaseId, PatternId, compiled, match_results, moment_of
from gonogo.collectors.system.junit_plan import Plan, read_plan
from gonogo.collectors.system.junit_report import Outcome, Report, read_report
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import FactType
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import (
    Answer,
    CollectorRefusal,
    Input,
    Job,
    LocalFact,
    Settings,
    SettingsRefusal,
    hookimpl,
)

NAMED: Final = 5

_PLANNED: Final = LocalFact("planned", FactType.INTEGER, "Cases of the test plan.", "cases")
_EXECUTED: Final = LocalFact("executed_ratio", FactType.RATIO, "Planned cases that were run, out of planned cases.")
_PASSED: Final = LocalFact("pass_ratio_of_planned", FactType.RATIO, "Planned cases that passed, out of planned cases.")
_PASS: Final = LocalFact("pass_ratio", FactType.RATIO, "Planned cases that passed, out of planned cases.")
_FAILED: Final = LocalFact("failed", FactType.INTEGER, "Planned cases that were run and failed.", "cases")
_SKIPPED: Final = LocalFact(
    "skipped", FactType.INTEGER, "Planned cases that a report tells of but did not run.", "cases"
)
_NOT_RUN: Final = LocalFact("not_run", FactType.INTEGER, "Planned cases that no report tells of.", "cases")
_UNPLANNED: Final = LocalFact("unplanned", FactType.INTEGER, "Results in the reports for no planned case.", "cases")
_CRITICAL: Final = LocalFact(
    "critical_failed", FactType.INTEGER, "Critical planned cases that failed; known only when all of them ran.", "cases"
)


class Critical(Settings):
    """Which planned cases are critical. Every value of the column must be in one of the lists.

    Attributes:
        column: Heading in the plan.
        values: Values that mean critical, whatever their case.
        others: Values that mean not critical.
    """

    column: str = Field(min_length=1)
    values: tuple[str, ...] = Field(min_length=1)
    others: tuple[str, ...] = ()


class JUnitSettings(Settings):
    """Settings of a binding.

    Attributes:
        id_column: Heading of the case ids in the plan.
        case_id: What of a test case is the plan's id: its ``name``, ``classname.name``, a property, or a pattern.
        critical: Which cases are critical; without it nothing is said about critical cases.
        reruns: Of several results of one case the ``worst`` counts, or the ``latest`` by the suites' times.
        build_property: Property of suites that names the build under test; without it the binding must say.
    """

    id_column: str = Field(default="case_id", min_length=1)
    case_id: CaseId = "name"
    critical: Critical | None = None
    reruns: Literal["worst", "latest"] = "worst"
    build_property: str = ""


class JUnitCollector:
    """Reads JUnit XML reports (inputs ``reports``) and the test plan (input ``plan``). Calls nothing.

    A binding ``as: sit`` makes ``sit.executed_ratio`` of it. Under ``as_of: document`` the oldest time of a suite
    counts; the plan then has no date of its own.
    """

    name = "junit"
    facts: Sequence[LocalFact] = (
        _PLANNED,
        _EXECUTED,
        _PASSED,
        _PASS,
        _FAILED,
        _SKIPPED,
        _NOT_RUN,
        _UNPLANNED,
        _CRITICAL,
    )
    settings = JUnitSettings
    network: Sequence[str] = ()

    def declare(self, settings: JUnitSettings) -> Sequence[LocalFact]:
        """Return all facts, without ``critical_failed`` where the settings do not say what is critical.

        Raises:
            SettingsRefusal: The pattern is no regular expression with one group, or a value is in both lists.
        """
        if isinstance(settings.case_id, PatternId):
            compiled(settings.case_id.pattern)
        if settings.critical is None:
            return tuple(fact for fact in self.facts if fact is not _CRITICAL)
        both = _lower(settings.critical.values) & _lower(settings.critical.others)
        if both:
            raise SettingsRefusal([(("critical", "others"), f"{min(both)!r} is in both lists")])
        return self.facts

    def collect(self, job: Job, settings: JUnitSettings) -> Iterable[Answer]:
        """Yield one answer for each declared fact.

        Raises:
            CollectorRefusal: Plan or a report cannot be read, they do not belong together, nobody knows when a report
                held, or the reports speak of several builds.
        """
        critical = settings.critical
        plan = read_plan(
            job.input("plan"),
            id_column=settings.id_column,
            critical_column=critical.column if critical else "",
            critical=_lower(critical.values) if critical else frozenset(),
            others=_lower(critical.others) if critical else frozenset(),
        )
        sources = job.inputs("reports")
        if not sources:
            raise CollectorRefusal("the binding gives no input named 'reports'", GapReason.MISSING)
        reports = []
        for source in sources:
            with source.open() as stream:
                reports.append(read_report(stream, source.file_name))
        moments = [_held(source, report, job) for source, report in zip(sources, reports, strict=True)]
        known = job.input("plan").as_of
        as_of = min(moments if known is None else [*moments, known])
        subject = _subject(reports, settings.build_property)
        results, unplanned = match_results(
            plan, reports, settings.case_id, latest=settings.reruns == "latest", time_zone=job.time_zone
        )
        yield from _answers(plan, results, unplanned, as_of, subject, critical=critical is not None)


def _answers(
    plan: Plan, results: dict[str, Outcome], unplanned: int, as_of: datetime, subject: Subject | None, *, critical: bool
) -> Iterable[Answer]:
    whole = len(plan.cases)
    passed = _of(plan, results, Outcome.PASSED)
    failed = _of(plan, results, Outcome.FAILED)
    skipped = _of(plan, results, Outcome.NOT_RUN)
    silent = [case for case in plan.cases if case not in results]
    said: dict[str, Any] = {"as_of": as_of, "subject": subject}
    yield _PLANNED.value(whole, where=plan.file_name, **said)
    executed = len(passed) + len(failed)
    yield _EXECUTED.counted(part=executed, whole=whole, where=_list("not run", silent + skipped), **said)
    for fact in (_PASSED, _PASS):
        yield fact.counted(part=len(passed), whole=whole, where=_list("failed", failed), **said)
    yield _FAILED.value(len(failed), where=_list("failed", failed), **said)
    yield _SKIPPED.value(len(skipped), where=_list("skipped", skipped), **said)
    yield _NOT_RUN.value(len(silent), where=_list("in no report", silent), **said)
    yield _UNPLANNED.value(unplanned, where="reports", **said)
    if not critical:
        return
    all_critical = {case for case, is_critical in plan.cases.items() if is_critical}
    open_ones = [case for case in silent + skipped if case in all_critical]
    broken = [case for case in failed if case in all_critical]
    if not all_critical:
        yield _CRITICAL.missing(f"{plan.file_name} has no critical case", GapReason.NOT_PROVABLE)
    elif open_ones:
        yield _CRITICAL.missing(
            f"{len(open_ones)} of {len(all_critical)} critical cases did not run, {len(broken)} of the others failed; "
            f"{_list('not run', open_ones)}",
            GapReason.NOT_PROVABLE,
        )
    else:
        yield _CRITICAL.value(len(broken), where=_list("failed", broken), **said)


def _of(plan: Plan, results: dict[str, Outcome], outcome: Outcome) -> list[str]:
    return [case for case in plan.cases if results.get(case) is outcome]


def _held(source: Input, report: Report, job: Job) -> datetime:
    """Return when a report held: what the host knows, or the oldest of its times."""
    if source.as_of is not None:
        return source.as_of
    if source.rule.rule is not AsOfRule.DOCUMENT or report.undated or not report.timestamps:
        raise CollectorRefusal(
            f"{report.file_name} has suites without a timestamp; state as_of in the binding", GapReason.MISSING
        )
    moments = [moment_of(text, report, job.time_zone) for text in report.timestamps]
    check_past(max(moments), job.now, report.file_name)
    return min(moments)


def _subject(reports: Iterable[Report], name: str) -> Subject | None:
    """Return the one build that all reports name, or None where none is asked for."""
    if not name:
        return None
    builds = set()
    for report in reports:
        found = {value for key, value in report.properties if key == name and value}
        if not found:
            raise CollectorRefusal(f"{report.file_name} does not name its build in {name!r}", GapReason.MISSING)
        builds |= found
    if len(builds) > 1:
        listed = ", ".join(repr(build[:64]) for build in sorted(builds)[:NAMED])
        raise CollectorRefusal(f"the reports speak of {len(builds)} builds: {listed}", GapReason.WRONG_SUBJECT)
    return Subject(build=builds.pop())


def _lower(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.strip().casefold() for value in values)


def _list(what: str, cases: Sequence[str]) -> str:
    if not cases:
        return f"{what}: none"
    more = f" and {len(cases) - NAMED} more" if len(cases) > NAMED else ""
    return f"{what}: {', '.join(case[:60] for case in cases[:NAMED])}{more}"


@hookimpl
def gonogo_register_collectors(register: Callable[[JUnitCollector], None]) -> None:
    """Register the collector."""
    register(JUnitCollector())
