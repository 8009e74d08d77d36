"""Facts about test execution, read from JUnit XML and the test plan that it answers to.

A planned case that no report mentions is not executed, and a skipped one is not executed either; what a report adds
to the plan counts for nothing but ``unplanned``. Of several results of one case the worst counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from gonogo.collectors.listed_rows import listed_moment
from gonogo.collectors.system.junit.case_facts import CRITICAL, FACTS, answers, without_plan
from gonogo.collectors.system.junit.case_id import PatternId, compiled
from gonogo.collectors.system.junit.case_match import match_results
from gonogo.collectors.system.junit.planned_cases import folded, read_plan
from gonogo.collectors.system.junit.report_model import Report
from gonogo.collectors.system.junit.run_moment import held
from gonogo.collectors.system.junit.run_subject import bound_of, cases_that_count, subject_of
from gonogo.collectors.system.junit.settings import JUnitSettings
from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.model.evidence import GapReason
from gonogo.plugin.recognizes import Plan, Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Input, Job, LocalFact, SettingsRefusal, hookimpl

REPORT_FILES: Final = (
    Recognizes(
        what="JUnit test results",
        xml_root=("testsuites", "testsuite"),
        binding="tests",
        prefixes={
            "uat": "uat",
            "acceptance": "uat",
            "sit": "sit",
            "integration": "sit",
            "regression": "regression",
        },
        input="reports",
        of_build=True,
        plan=Plan(
            element="testcase",
            attributes=("classname", "name"),
            column="id_column",
            rule="case_id",
            absent="add `plan:` with the CSV of planned cases; without it nobody knows what was not run",
        ),
        missing=("as: which tests these are: sit, uat or regression",),
        place=20,
    ),
)


class JUnitCollector:
    """Reads JUnit XML reports (inputs ``reports``) and the test plan (input ``plan``). Calls nothing.

    A binding ``as: sit`` makes ``sit.executed_ratio`` of it. Under ``as_of: document`` the oldest time of a suite
    or case counts, and no other rule makes reports younger; the plan then has no date of its own.
    """

    name = "junit"
    facts: Sequence[LocalFact] = FACTS
    settings = JUnitSettings
    network: Sequence[str] = ()
    recognizes = REPORT_FILES

    def declare(self, settings: JUnitSettings) -> Sequence[LocalFact]:
        """Return all facts, without ``critical_failed`` where the settings do not say what is critical.

        Raises:
            SettingsRefusal: The pattern is no regular expression with one group, a value is in both lists, or a name
                is a subject and none.
        """
        if isinstance(settings.case_id, PatternId):
            compiled(settings.case_id.pattern)
        for name in settings.not_subject:
            if name == settings.build_property or name in settings.only:
                raise SettingsRefusal([(("not_subject", name), "it is named as a subject elsewhere in these settings")])
        if settings.critical is None:
            return tuple(fact for fact in self.facts if fact is not CRITICAL)
        both = folded(settings.critical.values) & folded(settings.critical.others)
        if both:
            raise SettingsRefusal([(("critical", "others"), f"{min(both)!r} is in both lists")])
        return self.facts

    def collect(self, job: Job, settings: JUnitSettings) -> Iterable[Answer]:
        """Yield one answer for each declared fact.

        Raises:
            CollectorRefusal: Plan or a report cannot be read, they do not belong together, nobody knows when a report
                held, or plan and reports are not about one thing.
        """
        sources = job.inputs("reports")
        if sources and not job.inputs("plan"):
            raise CollectorRefusal(without_plan(_read(sources)))
        plan = read_plan(job.input("plan"), settings, bound_of(job))
        if not sources:
            raise CollectorRefusal("the binding gives no input named 'reports'", GapReason.MISSING)
        reports = _read(sources)
        time_zone = "UTC" if settings.timestamps == "utc" else job.time_zone
        moments = [held(source, report, job, time_zone) for source, report in zip(sources, reports, strict=True)]
        known = listed_moment(job.input("plan"), job.time_zone)
        counted = cases_that_count(plan, reports, settings.only)
        yield from answers(
            plan,
            match_results(
                plan, reports, counted, settings.case_id, latest=settings.reruns == "latest", time_zone=time_zone
            ),
            reports,
            min(moments if known is None else [*moments, known]),
            subject_of(reports, counted, plan, settings, job),
            critical=settings.critical is not None,
            allow_unplanned=settings.unplanned == "allowed",
        )


def _read(sources: Sequence[Input]) -> list[Report]:
    reports = []
    for source in sources:
        with source.open() as stream:
            reports.append(read_report(stream, source.file_name))
    return reports


@hookimpl
def gonogo_register_collectors(register: Callable[[JUnitCollector], None]) -> None:
    """Register the collector."""
    register(JUnitCollector())
