"""Coverage: which of met, not met and unknown the cases of a ruleset prove for each criterion. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.model.finding import Status
from gonogo.text import listed

WANTED: Final = (Status.MET, Status.NOT_MET, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cases came out as expected for each status of each criterion.

    Attributes:
        criteria: Ids of all criteria and standing holds, in their order.
        proved: (Criterion, status) to the number of cases that expect it and came out so; what is not there has none.
    """

    criteria: tuple[str, ...]
    proved: Mapping[tuple[str, Status], int]

    @property
    def whole(self) -> int:
        """How many statuses there are to prove."""
        return len(self.criteria) * len(WANTED)

    @property
    def covered(self) -> int:
        """How many of them are proved by at least one case."""
        return sum(self._count(name, status) > 0 for name in self.criteria for status in WANTED)

    def reaches(self, least: int) -> bool:
        """Whether at least this percentage is proved; compared exactly."""
        return self.covered * 100 >= least * self.whole

    @property
    def line(self) -> str:
        """The sum in one line; the percentage is rounded down, so that 100% means all."""
        percent = self.covered * 100 // self.whole if self.whole else 100
        return (
            f"coverage {percent}%: {self.covered} of {self.whole} statuses of {len(self.criteria)} criteria and holds"
        )

    def table(self) -> Iterator[str]:
        """Yield a line for each criterion with the number of cases for each status."""
        for name in self.criteria:
            numbers = ", ".join(f"{status.replace('_', ' ')} {self._count(name, status)}" for status in WANTED)
            yield f"     {name}: {numbers}"

    def missing(self, word: str) -> Iterator[str]:
        """Yield a line, with ``word`` first, for each criterion that lacks a case for one of the statuses."""
        for name in self.criteria:
            lacking = [status.value for status in WANTED if not self._count(name, status)]
            if lacking:
                yield f"{word} {name}: no case proves {listed(lacking)}"

    def _count(self, name: str, status: Status) -> int:
        return self.proved.get((name, status), 0)
