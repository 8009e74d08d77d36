"""Weaknesses of a plan of action and milestones: what is open, how grave it is, by when it is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import read_moment
from gonogo.collectors.known_exploited import NamedCves, cves_named, texts_in
from gonogo.collectors.system.oscal.oscal_document import by_id, known
from gonogo.documents.json_object import JsonObject
from gonogo.model.look_alike import near
from gonogo.model.placeholder import plain_words
from gonogo.model.refusal import StructuralFault

STATUSES: Final = frozenset(
    ["open", "investigating", "remediating", "deviation-requested", "deviation-approved", "closed"]
)
GRADES: Final[Mapping[str, int]] = {
    "none": 0,
    "info": 0,
    "informational": 0,
    "very-low": 1,
    "low": 1,
    "medium": 2,
    "moderate": 2,
    "high": 3,
    "very-high": 3,
    "critical": 4,
}
"""Words of severity, and how grave each is; 3 and above is high or critical."""
MODERATE: Final = 2
HIGH: Final = 3
_RISK: Final = frozenset(
    {"uuid", "title", "description", "statement", "props", "links", "status", "origins", "threat-ids"}
    | {"characterizations", "mitigating-factors", "deadline", "remediations", "risk-log", "related-observations"}
)


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """One open weakness.

    Attributes:
        key: Its title, for people.
        grade: How grave it is; None where nobody says.
        deadline: By when it is to be mended; None where nobody says.
        planned: Whether a remediation has a milestone, and somebody who is responsible.
        cves: The CVE numbers that it names, or that an item, finding, observation or resource of it names.
    """

    key: str
    grade: int | None
    deadline: datetime | None
    planned: bool
    cves: NamedCves


def open_risks(plan: JsonObject, facets: Sequence[str], time_zone: str) -> Iterator[OpenRisk]:
    """Yield what is open: each open risk once, and each item that names no risk of the document.

    An item whose risks are all closed is closed. One without a risk has no status, so it is open; so is a finding that
    is not satisfied, where no risk and no item says more about it. A risk is closed if its status and the last change
    of status in its log say so.

    Args:
        plan: The plan of action and milestones.
        facets: Names of the facets that grade a risk, the one that counts first.
        time_zone: Of the program, for a deadline without an offset.

    Raises:
        StructuralFault: A status that OSCAL does not know, or two risks with one UUID.
    """
    risks = by_id((risk.only(_RISK) for risk in plan.objects("risks")), "uuid")
    closed = {uuid for uuid, risk in risks.items() if _closed(risk, time_zone)}
    named = _Named(plan)
    for uuid, risk in risks.items():
        if uuid not in closed:
            yield _open(risk, facets, time_zone, named.cves(risk))
    for item in plan.objects("poam-items"):
        of = [entry.text("risk-uuid") for entry in item.objects("related-risks")]
        if not of or any(uuid not in risks for uuid in of):
            yield OpenRisk(item.text("title"), None, None, planned=False, cves=named.cves(item))
    told = {
        entry.text("finding-uuid") for item in plan.objects("poam-items") for entry in item.objects("related-findings")
    }
    for finding in plan.objects("findings"):
        about = {entry.text("risk-uuid") for entry in finding.objects("related-risks")}
        if _fails(finding) and finding.text("uuid") not in told and not about & risks.keys():
            yield OpenRisk(finding.text("title"), None, None, planned=False, cves=named.cves(finding))


def _closed(risk: JsonObject, time_zone: str) -> bool:
    """Return whether the status of a risk says that it is closed, and so does what its log says last."""
    status = known(risk, "status", STATUSES)
    log = risk.object("risk-log")
    changes: list[tuple[datetime, str]] = []
    for entry in log.objects("entries") if log else ():
        if not entry.has("status-change"):
            continue
        moment = read_moment(entry.text("start"), time_zone)
        if moment is None:
            raise StructuralFault(f"{entry.place}.start is not a date with a time")
        changes.append((moment, known(entry, "status-change", STATUSES)))
    last = max((moment for moment, _ in changes), default=None)
    return {status, *(word for moment, word in changes if moment == last)} == {"closed"}


def _fails(finding: JsonObject) -> bool:
    target = finding.object("target")
    status = target.object("status") if target else None
    return status is not None and status.text("state") == "not-satisfied"


def _open(risk: JsonObject, facets: Sequence[str], time_zone: str, cves: NamedCves) -> OpenRisk:
    deadline = None
    if risk.has("deadline"):
        deadline = read_moment(risk.text("deadline"), time_zone)
        if deadline is None:
            raise StructuralFault(f"{risk.place}.deadline is not a date with a time")
    return OpenRisk(risk.text("title"), _grade(risk, facets), deadline, _planned(risk), cves)


def _grade(risk: JsonObject, facets: Sequence[str]) -> int | None:
    """Return the worst grade that a facet of the first name gives that any characterization has.

    Raises:
        StructuralFault: A value is no grade, or a name looks like one of ``facets`` and is another.
    """
    given = [
        (facet.text("name"), facet)
        for characterization in risk.objects("characterizations")
        for facet in characterization.objects("facets")
    ]
    names = {plain_words(wanted): wanted for wanted in facets}
    for name, facet in given:
        like = next((each for each in facets if near(each, name)), None)
        if like is not None and plain_words(name) not in names:
            raise StructuralFault(
                f"{facet.place}.name is {name[:60]!r}, which looks like the facet {like!r} and is another; "
                "correct it, or name it in the setting facets"
            )
    for wanted in names:
        grades = []
        for name, facet in given:
            if plain_words(name) != wanted:
                continue
            word = facet.text("value").strip().lower().replace(" ", "-")
            if word not in GRADES:
                raise StructuralFault(f"{facet.place}.value is no grade such as low, moderate, high or critical")
            grades.append(GRADES[word])
        if grades:
            return max(grades)
    return None


def _planned(risk: JsonObject) -> bool:
    for remediation in risk.objects("remediations"):
        for task in remediation.objects("tasks"):
            if task.text("type") == "milestone" and (task.items("responsible-roles") or remediation.items("origins")):
                return True
    return False


class _Named:
    """CVE numbers of a plan: of an entry, of what it refers to, and of the items and findings that refer to it.

    People and tools put the number into any of them.
    """

    def __init__(self, plan: JsonObject) -> None:
        self._texts: dict[str, list[str]] = {}
        self._about: dict[str, list[str]] = defaultdict(list)
        resources = plan.object("back-matter")
        beside = {kind: list(plan.objects(kind)) for kind in ("observations", "poam-items", "findings")}
        beside["resources"] = list(resources.objects("resources")) if resources else []
        for kind, entries in beside.items():
            for entry in entries:
                self._texts.setdefault(entry.text("uuid"), []).extend(texts_in(entry.values))
                if kind in ("poam-items", "findings"):
                    for risk in entry.objects("related-risks"):
                        self._about[risk.text("risk-uuid")].append(entry.text("uuid"))

    def cves(self, owner: JsonObject) -> NamedCves:
        """Return the numbers of an entry."""
        texts = list(texts_in(owner.values))
        ahead, seen = [*texts, *self._about.get(owner.text("uuid"), ())], {owner.text("uuid")}
        while ahead:
            uuid = ahead.pop().rpartition("#")[2]
            if uuid in self._texts and uuid not in seen:
                seen.add(uuid)
                texts += self._texts[uuid]
                ahead += self._texts[uuid]
        return cves_named(texts)
