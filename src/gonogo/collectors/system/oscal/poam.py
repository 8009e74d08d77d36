"""Facts about a plan of action and milestones: what is open, overdue, and without a plan.

What grades a weakness is a facet that each agency names. What is not graded, or has no deadline, leaves the counts that
need it unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_moment import local_day
from gonogo.collectors.known_exploited import read_catalog
from gonogo.collectors.system.oscal.oscal_document import read_model
from gonogo.collectors.system.oscal.weaknesses import HIGH, MODERATE, OpenRisk, open_risks
from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings

FacetName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _items(name: str, meaning: str) -> LocalFact:
    return LocalFact(if_known=True, name=name, type=FactType.INTEGER, unit="items", meaning=meaning)


OPEN: Final = _items("open", "Open weaknesses: risks that are not closed, and items that name none.")
HIGH_OVERDUE: Final = _items("high_overdue", "Open high or critical weaknesses past their deadline.")
MODERATE_OVERDUE: Final = _items("moderate_overdue", "Open moderate weaknesses past their deadline.")
UNPLANNED: Final = _items("without_milestones", "Open weaknesses without a milestone, or without anybody responsible.")
EXPLOITED: Final = _items(
    "kev_overdue", "Open weaknesses of CISA's catalog of known exploited ones past CISA's due date."
)


class PoamSettings(Settings):
    """Settings of a binding of a plan of action and milestones.

    Attributes:
        facets: Names of the facets that grade a risk; the first one that a risk has counts.
    """

    facets: tuple[FacetName, ...] = Field(default=("severity", "risk", "risk-level", "impact"), min_length=1)


class PoamCollector:
    """Reads a plan of action and milestones (input ``file``) and CISA's catalog (input ``kev``, may be left out).

    Calls nothing. Under ``as_of: document`` its last change counts.
    """

    name = "poam"
    facts: Sequence[LocalFact] = (OPEN, HIGH_OVERDUE, MODERATE_OVERDUE, UNPLANNED, EXPLOITED)
    settings: type[Settings] = PoamSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="OSCAL plan of action and milestones",
            json_keys=("plan-of-action-and-milestones",),
            binding="poam",
            prefix="poam",
            place=30,
        ),
    )

    def declare(self, settings: PoamSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: PoamSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The plan cannot be read, or nobody knows when it held.
        """
        source = job.input("file")
        plan, as_of = read_model(source, "plan-of-action-and-milestones", "plan of action and milestones", job)
        risks = list(open_risks(plan, settings.facets, job.time_zone))
        yield _named(OPEN, risks, as_of)
        yield _named(UNPLANNED, [risk for risk in risks if not risk.planned], as_of)
        for fact, graded in ((HIGH_OVERDUE, _high), (MODERATE_OVERDUE, _moderate)):
            yield _overdue(fact, risks, graded, as_of, job)
        yield _exploited(risks, as_of, job)


def _high(grade: int) -> bool:
    return grade >= HIGH


def _moderate(grade: int) -> bool:
    return grade == MODERATE


def _named(fact: LocalFact, risks: Sequence[OpenRisk], as_of: datetime) -> Answer:
    return fact.value(len(risks), as_of=as_of).naming(risk.key for risk in risks)


def _overdue(
    fact: LocalFact, risks: Sequence[OpenRisk], graded: Callable[[int], bool], as_of: datetime, job: Job
) -> Answer:
    late = []
    for risk in risks:
        if risk.grade is None:
            return fact.missing(
                f"nobody grades the open weakness {risk.key[:80]!r}; grade it, or name the facet: facets"
            )
        if not graded(risk.grade):
            continue
        if risk.deadline is None:
            return fact.missing(f"the open weakness {risk.key[:80]!r} has no deadline")
        if risk.deadline < job.now:
            late.append(risk)
    return _named(fact, late, as_of)


def _exploited(risks: Sequence[OpenRisk], as_of: datetime, job: Job) -> Answer:
    if not job.inputs("kev"):
        return EXPLOITED.missing("the binding gives no input named 'kev': CISA's catalog of known exploited weaknesses")
    try:
        catalog = read_catalog(job.input("kev"), job)
    except CollectorRefusal as refusal:
        return EXPLOITED.missing(str(refusal), refusal.reason)
    today = local_day(job.now, job.time_zone)
    late = []
    for risk in risks:
        if risk.cves.unread:
            return EXPLOITED.missing(
                f"the open weakness {risk.key[:80]!r} names {risk.cves.unread!r}, which is no CVE number, so it cannot "
                "be looked up in the catalog; write its number"
            )
        due = [catalog.due[cve] for cve in risk.cves.numbers if cve in catalog.due]
        if any(day is None or day < today for day in due):
            late.append(risk)
    return _named(EXPLOITED, late, min(as_of, catalog.as_of))
