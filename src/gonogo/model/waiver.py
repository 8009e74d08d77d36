"""Waivers and action plans: what people accept, for how long, and what they will do about it."""

from __future__ import annotations

from datetime import date

from gonogo.model.base import DottedName, Frozen, Identifier
from gonogo.model.people import RoleName
from gonogo.model.placeholder import has_content
from gonogo.model.planned_answers import says_what_is_done


class Approval(Frozen):
    """One person's approval in a seat, on a local date."""

    person: Identifier
    role: RoleName
    on: date


class Waiver(Frozen):
    """A dated, expiring, compensated acceptance of one open criterion. It makes a condition, never *met*.

    Attributes:
        id: Identifier.
        criterion: Id of the criterion.
        reason: Why the criterion cannot be met now.
        residual_risk: What remains.
        compensating_control: What is done instead.
        owner: Seat that answers for it; empty makes the waiver incomplete.
        requested_by: Person id; never an approver.
        approved_by: Approvals by the seats that the criterion names.
        expires_on: Last local date; None makes the waiver incomplete.
        release: Release for which it holds; None for any.
        unreadable: Which of its cells cannot be read; absent where all can. It never counts.
    """

    id: Identifier
    criterion: DottedName
    reason: str = ""
    residual_risk: str = ""
    compensating_control: str = ""
    owner: str = ""
    requested_by: Identifier
    approved_by: tuple[Approval, ...] = ()
    expires_on: date | None = None
    release: Identifier | None = None
    unreadable: str | None = None


class ActionPlan(Frozen):
    """What will be done about one open criterion.

    Attributes:
        criterion: Id of the criterion.
        owner: Seat or person id; empty makes the plan incomplete.
        action: What; empty makes the plan incomplete.
        due: Local date; None makes the plan incomplete.
        unreadable: Which of its cells cannot be read; absent where all can. It never counts.
    """

    criterion: DottedName
    owner: str = ""
    action: str = ""
    due: date | None = None
    unreadable: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the parts that a complete plan still needs."""
        said = {
            "owner": has_content(self.owner),
            "action": says_what_is_done(self.action),
            "due date": self.due is not None,
        }
        return tuple(name for name, there in said.items() if not there)
