"""What a policy says of the lock: who approves, who reviews what loosens, and from which milestone that is flagged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import Field

from gonogo.documents.scalars import Milestone, Seat
from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.people import Side
from gonogo.model.ruleset import LockPolicy
from gonogo.text import did_you_mean

Seats = Annotated[list[Seat], Field(min_length=1, max_length=18)]


class LockPolicyDocument(Document):
    """Who locks the criteria, and what a change of them needs."""

    approve: Seats | None = None
    review: Seats | None = None
    freeze: Milestone | None = None


def lock_policy_of(document: LockPolicyDocument | None) -> LockPolicy | None:
    """Return what a policy says of the lock; None where it says nothing."""
    if document is None:
        return None
    return LockPolicy(
        approve=tuple(document.approve) if document.approve else None,
        review=tuple(document.review) if document.review else None,
        freeze=document.freeze,
    )


def lock_policy_problems(
    sheet: CheckedDocument[Document], document: LockPolicyDocument | None, seats: Collection[str]
) -> Iterator[Problem]:
    """Yield the mistakes of it: unknown and doubled seats, one side alone, a reviewer who approves."""
    if document is None:
        return
    for key in ("approve", "review"):
        named = getattr(document, key) or []
        for index, seat in enumerate(named):
            place = ("policy", "lock", key, index)
            if seat not in seats:
                hint = did_you_mean(seat, seats, otherwise="declare it under `offices:`")
                yield sheet.problem(place, "G124", f"'{seat}' is not a seat", hint)
            if seat in named[:index]:
                yield sheet.problem(place, "G123", f"'{seat}' appears twice", "keep one")
    approve = document.approve or []
    missing = [side for side in (Side.CUSTOMER, Side.PROVIDER) if not any(s.startswith(f"{side}.") for s in approve)]
    if document.approve is not None and missing:
        what = f"both sides approve a lock, and no seat of the {missing[0]} is named"
        hint = f"add one, such as `{missing[0]}.executive_sponsor`"
        yield sheet.problem(("policy", "lock", "approve"), "G137", what, hint)
    for index, seat in enumerate(document.review or []):
        if seat in approve:
            what = f"'{seat}' approves the lock, so it cannot review a change of it as an independent seat"
            yield sheet.problem(("policy", "lock", "review", index), "G137", what, "name another seat")
