"""Hold points of a release: read in the program's time zone, each later than the one before."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.program import HoldPoint
from gonogo.program.local_times import instant_of
from gonogo.program.program_documents import ReleaseDocument


def hold_points(
    sheet: CheckedDocument[Document], index: int, entry: ReleaseDocument, zone: ZoneInfo, problems: list[Problem]
) -> tuple[HoldPoint, ...]:
    """Return the hold points of a release, and note their mistakes: doubled, out of order, no moment."""
    found: list[HoldPoint] = []
    for number, each in enumerate(entry.hold_points):
        place = ("releases", index, "hold_points", number)
        if each.id in {other.id for other in found}:
            what = f"the hold point '{each.id}' appears twice"
            problems.append(sheet.problem((*place, "id"), "G123", what, "give each its own id"))
            continue
        try:
            at = instant_of(each.at, zone)
        except PydanticCustomError as error:
            context = error.context or {}
            problems.append(sheet.problem((*place, "at"), context["code"], context["what"], context["hint"]))
            continue
        if found and at <= found[-1].at:
            what = f"the hold point '{each.id}' is not after '{found[-1].id}'"
            problems.append(sheet.problem((*place, "at"), "G126", what, "list them in the order in which they come"))
        found.append(HoldPoint(id=each.id, at=at))
    return tuple(found)
