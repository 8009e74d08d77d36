"""Trends: facts that gonogo computes from the values of another fact in its record, over a span."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from gonogo.model.base import DottedName, Frozen


class TrendMeasure(StrEnum):
    """How one fact moved over a span. Today's value belongs to the span."""

    SHRINK = "shrink"
    """By what share the whole of a ratio fell from its largest; 0 where it did not fall. A ratio."""
    CHANGE = "change"
    """Today's value less the one with which the span began."""
    HIGHEST = "highest"
    """The largest recorded value."""
    LOWEST = "lowest"
    """The smallest recorded value."""


class Trend(Frozen):
    """From what a fact is computed.

    Attributes:
        of: The fact whose recorded values are compared.
        measure: What is computed.
        over_s: How far back the record is looked at.
    """

    of: DottedName
    measure: TrendMeasure
    over_s: int = Field(ge=1)

    def __str__(self) -> str:
        days = f"{self.over_s // 86400}d" if self.over_s % 86400 == 0 else f"{self.over_s // 3600}h"
        return f"{self.measure} of {self.of} over {days}"
