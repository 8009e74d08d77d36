"""For whom a copy of a report is: a seat, a side, people outside. The default reader gets the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gonogo.model.people import Side


class CopyFor(StrEnum):
    """How much a copy leaves out."""

    PARTNER = "partner"
    """For the other organizations of the migration: no keys of open items, no paths, no places in sources."""
    PUBLIC = "public"
    """For anybody: also no names of people, and nothing that people wrote."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader.

    Attributes:
        seat: Shows what this seat answers for; empty for every seat.
        side: Shows what the seats of this side answer for; None for both.
        redact: What a copy leaves out; None for nothing.
    """

    seat: str = ""
    side: Side | None = None
    redact: CopyFor | None = None

    @property
    def partial(self) -> bool:
        """Whether the copy shows only what some seats answer for."""
        return bool(self.seat) or self.side is not None

    def answers(self, seat: str) -> bool:
        """Whether something that ``seat`` answers for is shown; what nobody alone answers for is."""
        if not seat:
            return True
        if self.seat and seat != self.seat:
            return False
        return self.side is None or seat.startswith(f"{self.side}.")
