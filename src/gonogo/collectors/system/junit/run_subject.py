"""What the results are about: the build that reports name, and everything else in them that names a subject.

A binding's word never makes one subject of what names several: where reports or plan name two builds, releases,
environments or cycles, that is a gap with the values found, until the binding says which one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from gonogo.collectors.rows.row_subject import BoundSubjects, bound_to, folded
from gonogo.collectors.system.junit.planned_cases import CasePlan
from gonogo.collectors.system.junit.report_model import Report, ReportedCase
from gonogo.collectors.system.junit.settings import JUnitSettings
from gonogo.collectors.system.junit.subject_words import SubjectKind, kind_of, names_the_build, one_shape, same_name
from gonogo.model.build_name import same_build, spellings
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal, Job

NAMED: Final = 5


def cases_that_count(plan: CasePlan, reports: Sequence[Report], only: Mapping[str, str]) -> list[frozenset[int]]:
    """Return, of each report, the numbers of the cases that are about what the binding says that counts.

    Raises:
        CollectorRefusal: Neither plan nor reports have what ``only`` names, or a case does not say what it is about,
            where others do.
    """
    used = [_names(report) for report in reports]
    for name in only:
        if name not in plan.named and not any(name in names for names in used):
            raise CollectorRefusal(f"neither {plan.file_name} nor a report has a column or a property {name!r} (only)")
    return [_counted(report, {name: only[name] for name in only if _any(name, used)}) for report in reports]


def _any(name: str, used: Sequence[set[str]]) -> bool:
    return any(name in names for names in used)


def _counted(report: Report, only: Mapping[str, str]) -> frozenset[int]:
    counted = set(range(len(report.cases)))
    for name, value in only.items():
        look = _Look(report, name)
        for number in sorted(counted):
            found = look(report.cases[number])
            if not found:
                raise _silent(report, report.cases[number], name)
            if found != value.strip():
                counted.discard(number)
    return frozenset(counted)


def bound_of(job: Job) -> BoundSubjects:
    """Return what the evidence is bound to: by the binding, else by the release."""
    environment = job.subject.environment
    release = job.subject.release or job.release
    return bound_to(builds=job.builds, releases=[release], environments=[environment] if environment else [])


def subject_of(
    reports: Sequence[Report], counted: Sequence[frozenset[int]], plan: CasePlan, settings: JUnitSettings, job: Job
) -> Subject | None:
    """Return what reports and plan are about by their own word, or None where they do not say.

    Raises:
        CollectorRefusal: They name several, or a suite does not name its build where the binding says that it does.
    """
    for heading, cells in plan.named.items():
        if heading not in settings.only:
            raise _mixed(f"{plan.file_name}, column {heading!r},", heading, cells)
    found: dict[SubjectKind, dict[str, str]] = defaultdict(dict)
    others: dict[str, str] = {}
    for heading in plan.named:
        found[kind_of(heading)][heading] = settings.only[heading].strip()
    for name, values in _named_values(reports, counted, settings).items():
        if len(values) > 1:
            raise _builds(values) if name == settings.build_property else _mixed(f"the property {name!r}", name, values)
        if name == settings.build_property:
            found[SubjectKind.BUILD] = {name: values[0]}
        elif not settings.build_property or kind_of(name) not in (SubjectKind.BUILD, SubjectKind.NONE):
            found[kind_of(name)][name] = values[0]
        elif names_the_build(name, settings.build_property):
            others[name] = values[0]
    for name, value in others.items():
        chosen = next(iter(found[SubjectKind.BUILD].values()), "")
        pair = {folded(value), folded(chosen)}
        alike = same_name(name, settings.build_property) or one_shape(
            *(min(spellings(each), key=len) for each in (value, chosen))
        )
        if alike and not same_build(value, chosen) and not pair <= set(map(folded, job.builds)):
            raise CollectorRefusal(
                f"reports name their build in two ways, {settings.build_property}={chosen[:64]!r} and "
                f"{name}={value[:64]!r}; say why {name!r} is none (not_subject)",
                GapReason.MIXED_SUBJECTS,
            )
    subject: dict[str, str] = {}
    for kind, named in found.items():
        if kind in (SubjectKind.NONE, SubjectKind.CYCLE):
            continue
        if getattr(job.subject, kind) is None and not (settings.only.keys() | {settings.build_property}) & named.keys():
            _refuse_borrowed(reports, counted, kind, named)
        first = next(iter(named.values()))
        same = same_build if kind is SubjectKind.BUILD else _same
        if not all(same(first, value) for value in named.values()):
            listed = " and ".join(f"{name}={value[:64]!r}" for name, value in list(named.items())[:2])
            settle = "build_property" if kind is SubjectKind.BUILD else "only"
            raise CollectorRefusal(
                f"reports and plan name their {kind} in two ways, {listed}; say which one counts ({settle}) and why "
                "the other is none (not_subject)",
                GapReason.MIXED_SUBJECTS,
            )
        name, value = next(iter(named.items()))
        subject |= _field(kind, value, chosen=name in settings.only, job=job)
    return Subject(**subject) if subject else None


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def _refuse_borrowed(
    reports: Sequence[Report], counted: Sequence[frozenset[int]], kind: SubjectKind, named: Mapping[str, str]
) -> None:
    """Refuse a case that names no build, release or environment where another one does: it would borrow that word."""
    for report, numbers in zip(reports, counted, strict=True):
        looks = [_Look(report, name) for name in named]
        for number in sorted(numbers):
            case = report.cases[number]
            if not any(look(case) for look in looks):
                name, value = next(iter(named.items()))
                raise CollectorRefusal(
                    f"{report.file_name} does not say which {kind} it is about (the case {case.name[:60]!r}, suite "
                    f"{report.suites[case.suite].name[:60]!r}), while others name {name}={value[:64]!r}; add it to the "
                    f"report, say {kind}: in the binding if all are about that one, or why {name} names none "
                    "(not_subject)",
                    GapReason.MIXED_SUBJECTS,
                )


def _field(kind: SubjectKind, value: str, *, chosen: bool, job: Job) -> dict[str, str]:
    """Return one field of a subject, in the spelling of the binding where it has one.

    A release that the binding chose by another name than its id is the one that counts: the binding says so.
    """
    if kind is SubjectKind.BUILD:
        known = sorted(build for build in job.builds if same_build(build, value))
        return {"build": known[0] if known else value}
    if kind is SubjectKind.RELEASE:
        same = folded(value) == folded(job.release)
        return {"release": job.release} if same else {} if chosen else {"release": value}
    bound = job.subject.environment
    return {"environment": bound if bound is not None and folded(bound) == folded(value) else value}


def _named_values(
    reports: Sequence[Report], counted: Sequence[frozenset[int]], settings: JUnitSettings
) -> dict[str, list[str]]:
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for report, numbers in zip(reports, counted, strict=True):
        known, own = _names(report), settings.build_property
        names = {name for name in known if kind_of(name) is not SubjectKind.NONE or name in settings.only}
        names |= {name for name in known if own and same_name(name, own)}
        names -= settings.not_subject.keys()
        if settings.build_property:
            names.add(settings.build_property)
        for name in sorted(names):
            values[name] |= dict.fromkeys(_values(report, numbers, name, settings))
    return {name: list(each) for name, each in values.items() if each}


def _values(report: Report, numbers: frozenset[int], name: str, settings: JUnitSettings) -> Iterable[str]:
    """Return the values that count: of each counted case, and of suites without cases where no value was chosen."""
    look = _Look(report, name)
    for number in sorted(numbers):
        value = look(report.cases[number])
        if value:
            yield value
        elif name == settings.build_property:
            raise _silent(report, report.cases[number], name, "its build")
    if name not in settings.only:
        for suite in report.suites:
            yield from (value for key, value in suite.properties if key == name and value)
    if (
        name == settings.build_property
        and not report.cases
        and not any(key == name and value for suite in report.suites for key, value in suite.properties)
    ):
        raise CollectorRefusal(f"{report.file_name} does not name its build in {name!r}", GapReason.MISSING)


def _names(report: Report) -> set[str]:
    owners: list[tuple[tuple[str, str], ...]] = [suite.properties for suite in report.suites]
    owners += [case.properties for case in report.cases]
    return {name for properties in owners for name, value in properties if value}


class _Look:
    """Finds the value of a property of a case: its own, or that of the nearest suite that has one."""

    def __init__(self, report: Report, name: str) -> None:
        self.report = report
        self.name = name
        self.inherited = cache(self._inherited)

    def __call__(self, case: ReportedCase) -> str:
        own = self._one(case.properties, f"the case {case.name[:60]!r}")
        inherited = self.inherited(case.suite)
        if own and inherited and own != inherited:
            raise CollectorRefusal(
                f"{self.report.file_name}: the case {case.name[:60]!r} names {self.name}={own[:64]!r}, and its suite "
                f"{inherited[:64]!r}",
                GapReason.WRONG_SUBJECT,
            )
        return own or inherited

    def _inherited(self, number: int) -> str:
        suite = self.report.suites[number]
        own = self._one(suite.properties, f"the suite {suite.name[:60]!r}")
        return own or (self.inherited(suite.above) if suite.above is not None else "")

    def _one(self, properties: Iterable[tuple[str, str]], owner: str) -> str:
        found = {value for key, value in properties if key == self.name and value}
        if len(found) > 1:
            listed = " and ".join(repr(value[:64]) for value in sorted(found)[:NAMED])
            raise CollectorRefusal(
                f"{self.report.file_name}: {owner} names {self.name} as {listed}", GapReason.WRONG_SUBJECT
            )
        return found.pop() if found else ""


def _silent(report: Report, case: ReportedCase, name: str, what: str = "what it is about") -> CollectorRefusal:
    suite = report.suites[case.suite].name
    return CollectorRefusal(
        f"{report.file_name} does not name {what} in {name!r}: neither the case {case.name[:60]!r} nor a suite around "
        f"it ({suite[:60]!r}) does",
        GapReason.MISSING,
    )


def _listed(values: Sequence[str]) -> str:
    more = f" and {len(values) - NAMED} more" if len(values) > NAMED else ""
    return ", ".join(repr(value[:64]) for value in values[:NAMED]) + more


def _builds(values: Sequence[str]) -> CollectorRefusal:
    return CollectorRefusal(f"the reports are about {len(values)} builds: {_listed(values)}", GapReason.WRONG_SUBJECT)


def _mixed(place: str, name: str, values: Sequence[str]) -> CollectorRefusal:
    what = (
        "names several things that results are about"
        if len(values) > 1
        else "names something other than the binding does"
    )
    return CollectorRefusal(
        f"{place} {what}: {_listed(values)}; say which one counts "
        f"(only: {{{name}: …}}), or why it is not a subject (not_subject)",
        GapReason.MIXED_SUBJECTS if len(values) > 1 else GapReason.WRONG_SUBJECT,
    )
