"""JaCoCo's XML report: counters of packages, which the report's own counters must add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.collectors.system.coverage.covered import Covered
from gonogo.model.refusal import StructuralFault

_KINDS: Final = ("LINE", "BRANCH")


def read_jacoco(events: Iterable[tuple[str, Element]], place: str) -> Covered:
    """Return what a report counts.

    Args:
        events: ``start`` and ``end`` of each element, the root's first and last.
        place: What the file is called.

    Raises:
        StructuralFault: Its own totals are not those of its packages, or it has no packages.
    """
    found = Covered()
    total: dict[str, list[int]] = {}
    summed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    path: list[str] = []
    for event, element in events:
        if event == "start":
            path.append(element.tag)
            continue
        path.pop()
        parent = path[-1] if path else ""
        if element.tag == "sessioninfo":
            dumped = element.get("dump", "")
            if not (dumped.isdecimal() and dumped.isascii() and 12 <= len(dumped) <= 14):
                raise StructuralFault(f"{place} has a session without the time of its dump")
            moment = datetime.fromtimestamp(int(dumped) // 1000, UTC)
            # Sessions of several days are merged into one report; it is as old as the first of them.
            found.made = moment if found.made is None else min(found.made, moment)
        elif element.tag == "package":
            found.packages.add(element.get("name", ""))
            element.clear()
        elif element.tag == "counter" and element.get("type") in _KINDS:
            kind, counts = element.get("type", ""), _counts(element, place)
            if parent == "report":
                total[kind] = counts
            elif parent == "package":
                summed[kind] = [one + other for one, other in zip(summed[kind], counts, strict=True)]
    for kind in _KINDS:
        if total.get(kind, [0, 0]) != summed[kind]:
            raise StructuralFault(
                f"{place}: its packages do not add up to its own total of {kind.lower()}s; it may be cut"
            )
    found.lines, found.lines_covered = sum(summed["LINE"]), summed["LINE"][1]
    found.branches, found.branches_covered = sum(summed["BRANCH"]), summed["BRANCH"][1]
    return found


def _counts(element: Element, place: str) -> list[int]:
    texts = [element.get(name, "") for name in ("missed", "covered")]
    if not all(text.isdecimal() and text.isascii() and len(text) <= 10 for text in texts):
        raise StructuralFault(f"{place} has a counter without the numbers of missed and covered")
    return [int(text) for text in texts]
