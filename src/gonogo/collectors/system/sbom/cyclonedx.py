"""CycloneDX 1.2 to 1.7 in JSON: components, and the weaknesses that affect them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final
from urllib.parse import unquote

from gonogo.collectors.known_exploited import NamedCves, cves_in, cves_named, texts_in
from gonogo.collectors.system.sbom.compositions import wholeness
from gonogo.collectors.system.sbom.cvss_vector import base_score
from gonogo.collectors.system.sbom.materials import Materials, Weakness
from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

_VERSIONS: Final = re.compile(r"1\.[2-7]")
_UNHARMED: Final = frozenset(["resolved", "resolved_with_pedigree", "false_positive", "not_affected"])
_STATES: Final = _UNHARMED | {"exploitable", "in_triage"}
_UNMENDED: Final = frozenset(["can_not_fix", "will_not_fix"])
"""Responses by which a weakness that is called resolved is not."""
_SEVERITIES: Final = ("none", "info", "low", "medium", "high", "critical")
_VULNERABILITY: Final = frozenset(
    {"bom-ref", "id", "source", "references", "ratings", "cwes", "description", "detail", "recommendation"}
    | {"workaround", "proofOfConcept", "advisories", "created", "published", "updated", "rejected", "credits", "tools"}
    | {"analysis", "affects", "properties"}
)
_SOFTWARE: Final = frozenset(
    ["application", "framework", "library", "container", "platform", "operating-system", "firmware", "device-driver"]
)
"""Files, data and devices are none: a scanner matches nothing against them, so the share of weak parts gets small."""
_RATING: Final = frozenset(["source", "score", "severity", "method", "vector", "justification"])


def read_cyclonedx(document: JsonObject) -> Materials:
    """Return what a bill of materials in CycloneDX lists.

    Raises:
        StructuralFault: A version that is not known, or a value that the format does not have.
    """
    version = document.text("specVersion")
    if not _VERSIONS.fullmatch(version):
        raise StructuralFault(f"{document.place} is CycloneDX of another version; 1.2 to 1.7 in JSON are read")
    metadata = document.object("metadata")
    about = metadata.object("component") if metadata else None
    parts = _parts(document)
    named = {ref: _name(part) for ref, part in parts.items()}
    software = [part for part in parts.values() if part.text("type") in _SOFTWARE]
    services = {service.text("bom-ref") for service in _nested(document, "services")}
    said = wholeness(document, about.text("bom-ref") if about else "", named.keys() | services)
    known = named | ({about.text("bom-ref"): _name(about)} if about and about.text("bom-ref") else {})
    return Materials(
        components=sum(part.text("scope") != "excluded" for part in software),
        unversioned=sum(not part.text("version") for part in software),
        weaknesses=None if document.items("vulnerabilities") is None else tuple(_weaknesses(document, known)),
        made=metadata.text("timestamp") if metadata else "",
        builds=tuple(_builds(about)) if about else (),
        open_parts=f"its compositions say {said.product!r} of it" if said.product else "",
        open_weaknesses=f"its compositions say {said.weaknesses!r} of its vulnerabilities" if said.weaknesses else "",
        vague=len(said.parts),
    )


def _parts(document: JsonObject) -> dict[str, JsonObject]:
    """Return the components by their reference, each once.

    Raises:
        StructuralFault: One reference for two components.
    """
    parts: dict[str, JsonObject] = {}
    for part in _nested(document, "components"):
        other = parts.setdefault(part.text("bom-ref") or part.place, part)
        if any(other.text(key) != part.text(key) for key in ("type", "group", "name", "version")):
            raise StructuralFault(f"{part.place} has the reference of another component")
    return parts


def _nested(owner: JsonObject, key: str) -> Iterator[JsonObject]:
    open_parts = list(owner.objects(key))
    while open_parts:
        part = open_parts.pop()
        yield part
        open_parts += part.objects(key)


def _name(component: JsonObject) -> str:
    version = component.text("version")
    return component.text("name") + (f"@{version}" if version else "")


def _builds(about: JsonObject) -> Iterator[str]:
    """Yield what the bill calls the thing that it is about: its version, its digests, the digest of its package URL."""
    yield from filter(None, [about.text("version")])
    purl = about.text("purl").partition("?")[0].partition("#")[0]
    if "@" in purl:
        yield unquote(purl.rpartition("@")[2])
    for digest in about.objects("hashes"):
        if digest.text("alg") == "SHA-256":
            yield f"sha256:{digest.text('content').lower()}"


def _weaknesses(document: JsonObject, named: dict[str, str]) -> Iterator[Weakness]:
    for entry in document.objects("vulnerabilities"):
        entry.only(_VULNERABILITY)
        analysis = entry.object("analysis")
        state = analysis.text("state") if analysis else ""
        if state and state not in _STATES:
            raise StructuralFault(f"{entry.place} has a state that CycloneDX does not know")
        unmended = state.startswith("resolved") and analysis and _UNMENDED & set(analysis.texts("response"))
        yield Weakness(
            cves=_cves(entry),
            name=entry.text("id") or entry.place,
            severity=_severity(entry),
            components=tuple(_affected(entry, named)),
            affects=state not in _UNHARMED or bool(unmended),
        )


def _cves(entry: JsonObject) -> NamedCves:
    """Return the CVE numbers of a weakness: its names, or all that is said of it where its id is no CVE.

    What is said of one CVE often names another, such as the one whose mend was not whole. What a scanner calls by a
    number of its own may be several.
    """
    said = dict(entry.values)
    if cves_in(entry.text("id")):
        said = {key: said.get(key) for key in ("id", "bom-ref", "source", "references", "advisories")}
    unread = cves_named([entry.text("id"), *(one.text("id") for one in entry.objects("references"))]).unread
    return NamedCves(cves_named(texts_in(said)).numbers, unread)


def _affected(entry: JsonObject, named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the reference and the name of each component that a weakness affects."""
    for one in entry.objects("affects"):
        versions = [version.text("status", "affected") for version in one.objects("versions")]
        if versions and set(versions) == {"unaffected"}:
            continue
        ref = one.text("ref")
        inside = unquote(ref.partition("#")[2]) if ref.startswith("urn:cdx:") else ref
        # A reference into another document, or to a part that is not listed, is a component all the same.
        yield inside or one.place, named.get(inside) or inside or one.place


def _severity(entry: JsonObject) -> str:
    """Return the worst severity that anybody gives; empty where nobody gives one, or a vector that is not read."""
    found = []
    for rating in entry.objects("ratings"):
        rating.only(_RATING)
        said = rating.text("severity")
        if said and said not in (*_SEVERITIES, "unknown"):
            raise StructuralFault(f"{rating.place} has a severity that CycloneDX does not know")
        if said in _SEVERITIES:
            found.append(said)
        if rating.text("method", "CVSSv").startswith("CVSSv"):
            score = rating.decimal("score")
            score = base_score(rating.text("vector")) if score is None else score
            if score is not None:
                found.append(_of_score(score, rating.place))
            elif rating.has("vector") and said not in _SEVERITIES:
                return ""
    return max(found, key=_SEVERITIES.index, default="")


def _of_score(score: Decimal, place: str) -> str:
    """Return the severity that a CVSS base score means; version 2 has no critical, and 9.0 is taken for it."""
    if not 0 <= score <= 10:
        raise StructuralFault(f"{place} has a score that is not between 0 and 10")
    for least, severity in ((Decimal(9), "critical"), (Decimal(7), "high"), (Decimal(4), "medium")):
        if score >= least:
            return severity
    return "low" if score else "none"
