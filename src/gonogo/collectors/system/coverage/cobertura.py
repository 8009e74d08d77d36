"""Cobertura's XML report, as coverage.py, gcovr, Istanbul, coverlet and others write it: one entry a line.

Tools count their own totals in different ways, so lines are counted here: a line of a file once, and covered if any
entry of it says so. A total that is more than a hundredth away from that is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.collectors.system.coverage.covered import Covered
from gonogo.model.refusal import StructuralFault

_BRANCHES: Final = re.compile(r"[0-9.]{1,8}% ?\(([0-9]{1,6})/([0-9]{1,6})\)", re.ASCII)
_SLACK: Final = Decimal("0.01")


def read_cobertura(root: Element, events: Iterable[tuple[str, Element]], place: str) -> Covered:
    """Return what a report counts.

    Args:
        root: The root, as it started.
        events: ``start`` and ``end`` of each element, the root's first and last.
        place: What the file is called.

    Raises:
        StructuralFault: Another kind of report, a line without its hits, or a total that its lines do not give.
    """
    if root.get("clover") is not None or root.get("generated") is not None:
        raise StructuralFault(f"{place} is a Clover report; have the tool write Cobertura or JaCoCo")
    found = Covered(made=_made(root.get("timestamp", ""), place))
    claimed = [_number(root.get(name, ""), name, place) for name in ("line-rate", "lines-covered", "lines-valid")]
    lines, of_methods = _Lines(), _Lines()
    path: list[Element] = []
    file = ""
    for event, element in events:
        if event == "start":
            path.append(element)
            if element.tag == "class":
                file = element.get("filename", "")
            continue
        path.pop()
        if element.tag == "package":
            found.packages.add(element.get("name", ""))
            element.clear()
        elif element.tag == "line":
            below = of_methods if any(above.tag == "method" for above in path) else lines
            below.add((file, element.get("number", "")), element, place)
    lines.add_missing(of_methods)
    found.lines, found.lines_covered = len(lines.hit), sum(lines.hit.values())
    found.branches = sum(whole for _, whole in lines.branches.values())
    found.branches_covered = sum(part for part, _ in lines.branches.values())
    _check(claimed, found, place)
    return found


@dataclass(slots=True)
class _Lines:
    """Lines by file and number.

    Attributes:
        hit: Whether they ran.
        branches: How many of their branches were taken, and how many there are.
    """

    hit: dict[tuple[str, str], bool] = field(default_factory=dict)
    branches: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, key: tuple[str, str], element: Element, place: str) -> None:
        """Add an entry of a line.

        Raises:
            StructuralFault: It lacks its number, its hits or the number of its conditions.
        """
        hits = element.get("hits", "")
        if not (key[1].isdecimal() and hits.isdecimal()):
            raise StructuralFault(f"{place} has a line without its number and its hits")
        self.hit[key] = self.hit.get(key, False) or int(hits[:18]) > 0
        condition = element.get("condition-coverage")
        if element.get("branch", "").lower() == "true" or condition:
            taken = _BRANCHES.fullmatch(condition or "")
            if taken is None:
                raise StructuralFault(f"{place} has a branch without the number of its conditions")
            was = self.branches.get(key, (0, 0))
            self.branches[key] = max(was[0], int(taken[1])), max(was[1], int(taken[2]))

    def add_missing(self, of_methods: _Lines) -> None:
        """Add the lines of methods that their class does not list once more, as most tools do."""
        for key in of_methods.hit.keys() - self.hit.keys():
            self.hit[key] = of_methods.hit[key]
            if key in of_methods.branches:
                self.branches[key] = of_methods.branches[key]


def _check(claimed: Sequence[Decimal | None], found: Covered, place: str) -> None:
    """Refuse totals of the report that its lines do not give."""
    rate, covered, valid = claimed
    if not found.lines:
        if valid or covered:
            raise StructuralFault(f"{place} gives totals and lists none of its lines; have the tool write each line")
        return
    if rate is not None and abs(rate - Decimal(found.lines_covered) / found.lines) > _SLACK:
        raise StructuralFault(f"{place} gives a line-rate that its lines do not; it may be cut, or made by hand")
    if covered is not None and valid is not None:
        off = abs(covered * found.lines - valid * found.lines_covered)
        if not valid or off > _SLACK * valid * found.lines:
            raise StructuralFault(
                f"{place} gives lines-covered and lines-valid that its lines do not; it may be cut, or made by hand"
            )


def _number(text: str, name: str, place: str) -> Decimal | None:
    """Return what an attribute of the root says; None where it is not there."""
    if not text:
        return None
    try:
        number = Decimal(text[:40])
    except InvalidOperation:
        raise StructuralFault(f"{place} gives a {name} that is no number") from None
    if not number.is_finite():
        raise StructuralFault(f"{place} gives a {name} that is no number")
    return number


def _made(text: str, place: str) -> datetime | None:
    """Return the time of the report: seconds or milliseconds since 1970, told apart by their length."""
    digits = text.partition(".")[0]
    if digits in ("", "0"):
        return None
    if not (digits.isdecimal() and digits.isascii() and 9 <= len(digits) <= 14):
        raise StructuralFault(f"{place} has a timestamp that is no time")
    return datetime.fromtimestamp(int(digits) // (1000 if len(digits) >= 12 else 1), UTC)
