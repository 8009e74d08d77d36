"""SPDX 2.2 and 2.3 in JSON: the packages, without the ones that the document is about. SPDX lists no weaknesses."""

from __future__ import annotations

from typing import Final

from gonogo.collectors.system.sbom.materials import Materials
from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

_VERSIONS: Final = ("SPDX-2.2", "SPDX-2.3")
_DOCUMENT: Final = "SPDXRef-DOCUMENT"
_UNSAID: Final = "NOASSERTION"
_HOLDS: Final = frozenset(["CONTAINS", "DEPENDS_ON", "HAS_PREREQUISITE", "STATIC_LINK", "DYNAMIC_LINK"])
"""Relationships by which something has parts; with ``NOASSERTION`` the bill says that it does not know which."""

_NO_SOFTWARE: Final = frozenset(["DEVICE", "FILE"])
"""Purposes of what a scanner of software matches nothing against."""


def read_spdx(document: JsonObject) -> Materials:
    """Return what a bill of materials in SPDX lists.

    Raises:
        StructuralFault: Another version, or one identifier for two packages.
    """
    version = document.text("spdxVersion")
    if version not in _VERSIONS:
        raise StructuralFault(f"{document.place} is SPDX of another version; 2.2 and 2.3 in JSON are read")
    about = set(document.texts("documentDescribes"))
    vague = set()
    for relation in document.objects("relationships"):
        kind, one, other = (relation.text(key) for key in ("relationshipType", "spdxElementId", "relatedSpdxElement"))
        if kind == "DESCRIBES" and one == _DOCUMENT:
            about.add(other)
        elif kind == "DESCRIBED_BY" and other == _DOCUMENT:
            about.add(one)
        elif kind in _HOLDS and other == _UNSAID:
            vague.add(one)
    creation = document.object("creationInfo")
    packages = _packages(document)
    parts = [
        package
        for package in packages
        if package.text("SPDXID") not in about and package.text("primaryPackagePurpose") not in _NO_SOFTWARE
    ]
    builds = []
    for package in packages:
        if package.text("SPDXID") in about:
            builds += [package.text("versionInfo")] if package.text("versionInfo") else []
            builds += [
                f"sha256:{checksum.text('checksumValue').lower()}"
                for checksum in package.objects("checksums")
                if checksum.text("algorithm") == "SHA256"
            ]
    return Materials(
        components=len(parts),
        unversioned=sum(package.text("versionInfo") in ("", _UNSAID) for package in parts),
        weaknesses=None,
        made=creation.text("created") if creation else "",
        builds=tuple(builds),
        open_parts="it makes no assertion on what it is about contains" if vague & {*about, _DOCUMENT} else "",
        vague=len(vague & {package.text("SPDXID") for package in parts}),
    )


def _packages(document: JsonObject) -> list[JsonObject]:
    """Return the packages, each once."""
    packages: dict[str, JsonObject] = {}
    for package in document.objects("packages"):
        other = packages.setdefault(package.text("SPDXID") or package.place, package)
        if any(other.text(key) != package.text(key) for key in ("name", "versionInfo")):
            raise StructuralFault(f"{package.place} has the SPDXID of another package")
    return list(packages.values())
