"""What a change costs: every change alike, or by the working days that the program states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gonogo.path.dial import Dial


class Cost(Protocol):
    """Says what a change costs, in whole units of at least 1."""

    def change(self, dial: Dial) -> int:
        """Return what it costs to change a fact or a register."""
        ...

    def paper(self, criterion: str) -> int:
        """Return what a new action plan or waiver of a criterion costs."""
        ...


class CountedAlike:
    """Every change costs one."""

    def change(self, dial: Dial) -> int:
        """Return 1."""
        return 1

    def paper(self, criterion: str) -> int:
        """Return 1."""
        return 1


@dataclass(frozen=True, slots=True)
class StatedEffort:
    """A change costs the working days that the program states for its fact, or for an open criterion that reads it.

    What nobody stated is not cheap: it counts as the most that is stated. A paper counts as one day.

    Attributes:
        days: Fact or criterion to working days.
        opened: Open criteria with the facts that they read.
    """

    days: Mapping[str, int]
    opened: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """The most that is stated."""
        return max(self.days.values(), default=1)

    def stated(self, dial: Dial) -> int | None:
        """Return what is stated for a change; None where nothing is."""
        own = [self.days[name] for name in (dial.name, *dial.facts) if name in self.days]
        if own:
            return max(own)
        reading = [name for name, facts in self.opened.items() if not set(facts).isdisjoint(dial.facts)]
        found = [self.days[name] for name in reading if name in self.days]
        return max(found, default=None)

    def change(self, dial: Dial) -> int:
        """Return the days of a change."""
        stated = self.stated(dial)
        return self.most if stated is None else stated

    def paper(self, criterion: str) -> int:
        """Return one day."""
        return 1
