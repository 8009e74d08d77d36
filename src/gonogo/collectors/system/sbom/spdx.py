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


def read_spdx(document: JsonObject) -> Materials:
    """Return what a bill of materials in SPDX lists.

    Raises:
        StructuralFault: Another version.
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
    packages = list(document.objects("packages"))
    parts = [package for package in packages if package.text("SPDXID") not in about]
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
