"""JaCoCo's XML report: counters of packages, which the report's own counters must add up to.

A package counts what its source files count, and each class that has none. Reports of old versions name the source
file of no class; their classes are in the source files that are there. Lines of a source file that several classes
share are counted for each of them, so classes count at least what their package does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
        StructuralFault: Its own totals or those of a group are not those of its packages, those of a package are not
            those of its source files and classes, or it has no packages.
    """
    found = Covered()
    total: dict[str, list[int]] = {}
    summed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    inside = _Inside()
    groups: list[tuple[dict[str, list[int]], dict[str, list[int]]]] = []
    path: list[str] = []
    for event, element in events:
        if event == "start":
            path.append(element.tag)
            if element.tag == "group":  # its own counters, and those of the packages before it
                groups.append(({}, dict(summed)))
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
        elif element.tag == "group":
            own, before = groups.pop()
            for kind in _KINDS:
                if _sum(own.get(kind, [0, 0]), before.get(kind, [0, 0])) != summed[kind]:
                    called = f"{place}: the group {element.get('name', '')[:80]!r}"
                    raise StructuralFault(f"{called} does not count the {kind.lower()}s of its packages; measure again")
        elif element.tag == "package":
            name = element.get("name", "")
            inside.check(f"{place}: the package {name[:80]!r}")
            inside = _Inside()
            found.packages.add(name)
            element.clear()
        elif element.tag == "line" and parent == "sourcefile":
            inside.line(element, place)
        elif element.tag == "sourcefile":
            inside.end_file(element.get("name", ""), f"{place}: the source file {element.get('name', '')[:80]!r}")
        elif element.tag == "class":
            inside.end_class(element.get("sourcefilename"))
        elif element.tag == "counter" and element.get("type") in _KINDS:
            kind, counts = element.get("type", ""), _counts(element, place)
            if parent == "report":
                total[kind] = counts
            elif parent == "group":
                groups[-1][0][kind] = counts
            elif parent == "package":
                summed[kind] = _sum(summed[kind], counts)
                inside.own[kind] = counts
            elif parent in ("class", "sourcefile"):
                inside.part[kind] = counts
    for kind in _KINDS:
        if total.get(kind, [0, 0]) != summed[kind]:
            raise StructuralFault(
                f"{place}: its packages do not add up to its own total of {kind.lower()}s; it may be cut"
            )
    found.lines, found.lines_covered = sum(summed["LINE"]), summed["LINE"][1]
    found.branches, found.branches_covered = sum(summed["BRANCH"]), summed["BRANCH"][1]
    return found


@dataclass(slots=True)
class _Inside:
    """What the parts of one package count, each as missed and covered.

    Attributes:
        own: The package's own counters.
        part: Those of the class or source file that is being read.
        lines: Lines of the source file that is being read; None where it lists none.
        files: By kind, those of its source files together.
        named: Names of its source files.
        classes: Name of the source file of each class, and its counters.
    """

    own: dict[str, list[int]] = field(default_factory=dict)
    part: dict[str, list[int]] = field(default_factory=dict)
    lines: list[int] | None = None
    files: dict[str, list[int]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    classes: list[tuple[str | None, dict[str, list[int]]]] = field(default_factory=list)

    def line(self, element: Element, place: str) -> None:
        covered = _numbers(element, ("mi", "ci"), place)[1] > 0
        self.lines = _sum(self.lines or [0, 0], [not covered, covered])

    def end_file(self, name: str, called: str) -> None:
        if self.lines is not None and self.lines != self.part.get("LINE", [0, 0]):
            raise StructuralFault(f"{called} does not count the lines that it lists; measure again")
        for kind, counts in self.part.items():
            self.files[kind] = _sum(self.files.get(kind, [0, 0]), counts)
        self.named.add(name)
        self.part, self.lines = {}, None

    def end_class(self, file: str | None) -> None:
        self.classes.append((file, self.part))
        self.part = {}

    def check(self, called: str) -> None:
        inside = bool(self.named) and all(file is None for file, _ in self.classes)  # as old versions wrote it
        for kind in _KINDS:
            own, files, every = self.own.get(kind, [0, 0]), self.files.get(kind, [0, 0]), [0, 0]
            for file, counts in self.classes:
                every = _sum(every, counts.get(kind, [0, 0]))
                if file not in self.named and not inside:
                    files = _sum(files, counts.get(kind, [0, 0]))
            if own != files or (self.classes and (own[1] > every[1] or sum(own) > sum(every))):
                what = f"the {kind.lower()}s that its source files and classes count"
                raise StructuralFault(f"{called} does not count {what}; measure again")


def _sum(one: list[int], other: list[int]) -> list[int]:
    return [one[0] + other[0], one[1] + other[1]]


def _counts(element: Element, place: str) -> list[int]:
    return _numbers(element, ("missed", "covered"), place)


def _numbers(element: Element, names: tuple[str, str], place: str) -> list[int]:
    texts = [element.get(name, "") for name in names]
    if not all(text.isdecimal() and text.isascii() and len(text) <= 10 for text in texts):
        raise StructuralFault(f"{place} has a {element.tag} without the numbers of {' and '.join(names)}")
    return [int(text) for text in texts]
