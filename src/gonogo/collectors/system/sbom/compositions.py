"""What a bill of materials in CycloneDX says of itself: whether its lists are whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from gonogo.documents.json_object import JsonObject
from gonogo.model.refusal import StructuralFault

_WHOLE: Final = frozenset(["complete", "not_specified"])
"""``not_specified`` says what a bill without compositions says: nothing."""
_OPEN: Final = frozenset(
    ["incomplete", "unknown"]
    + [
        f"incomplete_{whose}_party_{which}only"
        for whose in ("first", "third")
        for which in ("", "proprietary_", "opensource_")
    ]
)


@dataclass(frozen=True, slots=True)
class Wholeness:
    """What a bill says of itself.

    Attributes:
        product: What it says of the components of the product where they are not whole: ``incomplete``; else empty.
        weaknesses: The same of its weaknesses.
        parts: References of components of which it says that what is in them is not all listed.
    """

    product: str
    weaknesses: str
    parts: frozenset[str]


def wholeness(document: JsonObject, root: str, parts: Collection[str]) -> Wholeness:
    """Return what a bill says of itself.

    What names neither a component nor a weakness is about the bill as a whole, as is what names something unknown.

    Args:
        document: The bill.
        root: Reference of what the bill is about; empty where it has none.
        parts: References of its components and services.

    Raises:
        StructuralFault: A word that CycloneDX does not know.
    """
    product = weaknesses = ""
    vague: set[str] = set()
    for entry in document.objects("compositions"):
        said = entry.text("aggregate")
        if said not in _WHOLE | _OPEN:
            raise StructuralFault(f"{entry.place} has an aggregate that CycloneDX does not know")
        if said in _WHOLE:
            continue
        named = [*entry.texts("assemblies"), *entry.texts("dependencies")]
        about = entry.texts("vulnerabilities")
        weaknesses = weaknesses or (said if about else "")
        within = {ref for ref in named if ref in parts and ref != root}
        vague |= within
        if len(within) < len(set(named)) or not (named or about):
            product = product or said
    return Wholeness(product, weaknesses, frozenset(vague))
