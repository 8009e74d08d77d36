"""What holds by the thresholds of the milestone that is reached, and would not by those of go-live."""

from __future__ import annotations

from typing import Final

from gonogo.model.base import DottedName, Frozen
from gonogo.model.finding import Status
from gonogo.model.ruleset import Severity

GO_LIVE: Final = "T-0"
"""The last milestone of every ruleset: its thresholds are those of go-live."""


def before_go_live(milestone: str | None) -> bool:
    """Return whether other thresholds than those of go-live may be in force: before its milestone, or before any."""
    return milestone is None or (milestone.startswith("T-") and milestone != GO_LIVE)


class ShortOfGoLive(Frozen):
    """One criterion, or standing hold, that holds now and would not by the thresholds of go-live.

    Attributes:
        criterion: Its id.
        title: Its title.
        severity: What it weighs at go-live.
        status: What it would be on the same evidence: not met or unknown; met where it would rest on acceptance.
        sentence: That finding in one sentence, with the value and the threshold of go-live.
        owner: Seat that answers for it.
    """

    criterion: DottedName
    title: str
    severity: Severity
    status: Status
    sentence: str
    owner: str


class RungAhead(Frozen):
    """The same evidence judged by the thresholds of go-live.

    Attributes:
        milestone: The milestone whose thresholds go-live has.
        criteria: What holds now and would not then; none where everything that holds would hold.
    """

    milestone: str
    criteria: tuple[ShortOfGoLive, ...] = ()
