"""What tests cover, as one report counts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Covered:
    """Lines and branches of a report.

    Attributes:
        lines: Lines that can run.
        lines_covered: Those that ran.
        branches: Branches that can be taken; 0 where the tool counts none.
        branches_covered: Those that were taken.
        packages: Names of the packages that the report covers.
        made: When it was made; None where it does not say.
    """

    lines: int = 0
    lines_covered: int = 0
    branches: int = 0
    branches_covered: int = 0
    packages: set[str] = field(default_factory=set)
    made: datetime | None = None
