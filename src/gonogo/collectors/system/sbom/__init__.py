"""Facts about a bill of materials: its components, and those with a weakness that affects the product.

A bill that lists no weaknesses was not scanned, and neither was one with an empty list, unless a person says so: tools
write an empty list where they looked for nothing. A bill that says of itself that it is not whole counts nothing.
Imports the readers of JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.document_build import build_named
from gonogo.collectors.document_moment import held_by, read_moment
from gonogo.collectors.known_exploited import read_catalog
from gonogo.collectors.system.sbom.cyclonedx import read_cyclonedx
from gonogo.collectors.system.sbom.materials import Materials, Weakness
from gonogo.collectors.system.sbom.spdx import read_spdx
from gonogo.documents.json_object import read_object
from gonogo.model.build_name import same_build
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Input, Job, LocalFact, Settings, hookimpl

WeaknessId = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=400)]

PRESENT: Final = LocalFact(
    if_known=True,
    name="sbom_present",
    type=FactType.BOOLEAN,
    meaning="Whether the bill of materials lists at least one component.",
)
COMPONENTS: Final = LocalFact(
    if_known=True,
    name="components",
    type=FactType.INTEGER,
    unit="components",
    meaning="Software that the product contains at run time, nested components too; files, data and devices are none.",
)
UNVERSIONED: Final = LocalFact(
    if_known=True,
    name="unversioned_components",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components without a version, which no scanner can match.",
)
CRITICAL: Final = LocalFact(
    if_known=True,
    name="critical_components",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components with a critical weakness that affects the product; a component counts once.",
)
HIGH: Final = LocalFact(
    if_known=True,
    name="high_components",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components with a high weakness that affects the product; a component counts once.",
)
EXPLOITED: Final = LocalFact(
    if_known=True,
    name="kev_components",
    type=FactType.INTEGER,
    unit="components",
    meaning="Components with a weakness of CISA's catalog of known exploited vulnerabilities that affects the product.",
)


class SbomSettings(Settings):
    """Settings of a binding.

    Attributes:
        empty_scan: Why an empty list of weaknesses is a scan that found none; without it nobody knows.
        without_cve: Id of a weakness that has no CVE number, such as ``GHSA-…``, to how you know. Any other one without
            a number cannot be looked up in CISA's catalog, which takes ``kev_components`` away.
    """

    empty_scan: Reason | None = None
    without_cve: dict[WeaknessId, Reason] = Field(default_factory=dict)


class SbomCollector:
    """Reads a bill of materials (input ``file``) and CISA's catalog (input ``kev``, may be left out). Calls nothing.

    CycloneDX 1.2 to 1.7 and SPDX 2.2 and 2.3, in JSON. Under ``as_of: document`` its own time of making counts; what is
    said of exploited weaknesses is as old as the older of bill and catalog. The build is what the bill is about.
    """

    name = "sbom"
    facts: Sequence[LocalFact] = (PRESENT, COMPONENTS, UNVERSIONED, CRITICAL, HIGH, EXPLOITED)
    settings = SbomSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="CycloneDX bill of materials",
            json_keys=("bomFormat", "specVersion"),
            binding="bill-of-materials",
            prefix="scan",
            of_build=True,
            place=23,
        ),
        Recognizes(
            what="SPDX bill of materials",
            json_keys=("spdxVersion", "SPDXID"),
            binding="bill-of-materials",
            prefix="scan",
            of_build=True,
            remarks=("SPDX lists no weaknesses; bind the scanner's CycloneDX too",),
            place=24,
        ),
    )

    def declare(self, settings: SbomSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: SbomSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The bill cannot be read, or nobody knows when it was made.
        """
        source = job.input("file")
        materials = _materials(source)
        moment = read_moment(materials.made, job.time_zone)
        as_of = held_by(source, [moment] if moment else [], job)
        subject = _subject(materials, source, job)
        where = _vague(materials)
        for fact, value in ((COMPONENTS, materials.components), (UNVERSIONED, materials.unversioned)):
            if materials.open_parts:
                yield fact.missing(_not_whole(materials.open_parts, source), GapReason.NOT_PROVABLE)
            else:
                yield fact.value(value, as_of=as_of, subject=subject, where=where)
        yield PRESENT.value(materials.components > 0, as_of=as_of, subject=subject, where=where)
        try:
            weaknesses = _scanned(materials, source, settings)
        except CollectorRefusal as refusal:
            for fact in (CRITICAL, HIGH, EXPLOITED):
                yield fact.missing(str(refusal), refusal.reason)
            return
        exploited = _exploited(weaknesses, job, settings, as_of, subject)
        for answer in (*_graded(weaknesses, source, as_of, subject), exploited):
            yield answer if answer.gap else replace(answer, where=where)


def _materials(source: Input) -> Materials:
    data = source.read()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise StructuralFault(f"{source.file_name} is XML; export the bill of materials as JSON")
    document = read_object(data, source.file_name)
    if document.text("bomFormat") == "CycloneDX":
        return read_cyclonedx(document)
    if document.has("spdxVersion"):
        return read_spdx(document)
    raise StructuralFault(f"{source.file_name} is neither CycloneDX nor SPDX 2 in JSON")


def _subject(materials: Materials, source: Input, job: Job) -> Subject:
    """Return the build that the bill names, by the name that the release knows where one of its names is that."""
    ours = [name for name in materials.builds if any(same_build(name, build) for build in job.builds)]
    names = ours or list(materials.builds)
    return build_named([(names[0] if names else "", source.file_name)], job)


def _scanned(materials: Materials, source: Input, settings: SbomSettings) -> tuple[Weakness, ...]:
    if materials.weaknesses is not None and (said := materials.open_parts or materials.open_weaknesses):
        raise StructuralFault(_not_whole(said, source), GapReason.NOT_PROVABLE)
    if materials.weaknesses is None:
        raise StructuralFault(
            f"{source.file_name} lists no vulnerabilities at all, so it is no scan; bind what the scanner wrote",
            GapReason.NOT_PROVABLE,
        )
    if not materials.weaknesses and settings.empty_scan is None:
        raise StructuralFault(
            f"{source.file_name} has an empty list of vulnerabilities, which tools also write where they looked for "
            "none; if it was scanned, say how you know: empty_scan",
            GapReason.NOT_PROVABLE,
        )
    return materials.weaknesses


def _not_whole(said: str, source: Input) -> str:
    """Return the sentence of a bill that says itself that its list is not whole."""
    return f"{source.file_name} is not whole: {said}; have the tool list everything, or state that it did"


def _vague(materials: Materials) -> str:
    """Return what a reader should know of a bill that does not list all that is in some of its components."""
    if not materials.vague:
        return ""
    which = "1 component" if materials.vague == 1 else f"{materials.vague:,} components"
    return f"it says that it may not list all that is in {which}"


def _graded(weaknesses: Sequence[Weakness], source: Input, as_of: datetime, subject: Subject) -> Iterable[Answer]:
    harmful = [weakness for weakness in weaknesses if weakness.affects]
    nobody = [weakness.name for weakness in harmful if not weakness.severity]
    if nobody:
        more = f" and {len(nobody) - 1} more" if len(nobody) > 1 else ""
        rate = "rate it, or say that it does not affect the product"
        detail = f"{source.file_name}: nobody rates {nobody[0][:60]}{more}; {rate}"
        yield CRITICAL.missing(detail)
        yield HIGH.missing(detail)
        return
    critical = _parts(harmful, "critical")
    high = _parts(harmful, "high")
    yield CRITICAL.value(len(critical), as_of=as_of, subject=subject).naming(critical)
    yield HIGH.value(len(high), as_of=as_of, subject=subject).naming(high)


def _parts(weaknesses: Iterable[Weakness], severity: str) -> list[str]:
    return _named(part for one in weaknesses if one.severity == severity for part in one.parts)


def _named(parts: Iterable[tuple[str, str]]) -> list[str]:
    """Return the name of each part once: two parts of one name are two."""
    return list(dict(parts).values())


def _exploited(
    weaknesses: Sequence[Weakness], job: Job, settings: SbomSettings, as_of: datetime, subject: Subject
) -> Answer:
    if not job.inputs("kev"):
        return EXPLOITED.missing("the binding gives no input named 'kev': CISA's catalog of known exploited weaknesses")
    try:
        catalog = read_catalog(job.input("kev"), job)
    except CollectorRefusal as refusal:
        return EXPLOITED.missing(str(refusal), refusal.reason)
    harmful = [one for one in weaknesses if one.affects]
    if unknown := [one.name for one in harmful if _no_number(one, settings)]:
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        return EXPLOITED.missing(
            f"{unknown[0][:60]}{more} can be looked up by no CVE number; have the scanner name it under references, or "
            "name the weakness under without_cve with how you know that it has none",
            GapReason.NOT_PROVABLE,
        )
    parts = _named(part for one in harmful if one.cves.numbers & catalog.due.keys() for part in one.parts)
    return EXPLOITED.value(len(parts), as_of=min(as_of, catalog.as_of), subject=subject).naming(parts)


def _no_number(weakness: Weakness, settings: SbomSettings) -> bool:
    """Whether nobody can look a weakness up in the catalog: it has no CVE number, or one of them is none."""
    return bool(weakness.cves.unread) or not (weakness.cves.numbers or weakness.name in settings.without_cve)


@hookimpl
def gonogo_register_collectors(register: Callable[[SbomCollector], None]) -> None:
    """Register the collector."""
    register(SbomCollector())
