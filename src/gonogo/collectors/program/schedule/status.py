"""Up to when a schedule tells progress; and when it held, where it does not tell that.

A status date (data date) is what a person reported up to. Without one nothing that compares dates with it can be
judged. Where the binding knows when the file held, the rest is: what is finished, then, is finished by that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.collectors.program.schedule.activities import absent
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input

FUTURE: Final = timedelta(seconds=30)
UNSTATED: Final = (
    "; or let the binding say when the file held (`as_of: document_saved`, or `at` and `by` a person): then logic, "
    "leads, lags, constraints, durations and the WBS are judged, and what needs a status date stays unknown"
)


@dataclass(frozen=True)
class StatusSource:
    """What a file says about its moments.

    Attributes:
        status: The status date or data date, naive and local; None where there is none.
        saved: When the document says that it was saved or exported, naive and local or with its offset; None where it
            does not say so, or where nobody asks.
        set_status: What a person does to set the status date, after "nobody knows the date up to which progress was
            reported: ".
        called: What the two are called in the file, for messages.
    """

    status: datetime | None
    saved: datetime | None
    set_status: str
    called: tuple[str, str]


@dataclass(frozen=True)
class StatusMoment:
    """When a schedule held.

    Attributes:
        local: Naive local moment by which activities count as finished.
        as_of: The instant at which the answers held.
        reported: ``local`` is a status date, up to which progress was reported.
    """

    local: datetime
    as_of: datetime
    reported: bool


def instant_of(moment: datetime, time_zone: str) -> datetime:
    """Return a naive local moment as an instant.

    Of the two instants of an hour that a clock change repeats or skips, the earlier: evidence looks older, not newer.
    """
    zone = ZoneInfo(time_zone)
    candidates = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return min(candidates, key=lambda found: found.timestamp())


def _instant(moment: datetime, time_zone: str) -> datetime:
    return (moment if moment.tzinfo else instant_of(moment, time_zone)).astimezone(UTC)


def moment_of(status_source: StatusSource, source: Input, *, time_zone: str, now: datetime) -> StatusMoment:
    """Return when a schedule held: at its status date, else when the binding says.

    With a status date an earlier moment that the binding knows is when the answers held. Without one, the moment at
    which the document was saved counts only under ``as_of: document_saved``.

    Raises:
        CollectorRefusal: Nobody says; or the moment is in the future.
    """
    by_saving = source.rule.rule is AsOfRule.DOCUMENT_SAVED
    saved = _instant(status_source.saved, time_zone) if by_saving and status_source.saved else None
    known = source.as_of or saved
    status, name = status_source.status, status_source.called[0]
    if status is not None:
        held = instant_of(status, time_zone).astimezone(UTC)
        found = StatusMoment(status, min(held, known or held), reported=True)
    elif known is not None:
        held, name = known, status_source.called[1] if saved else "moment that the binding gives"
        found = StatusMoment(known.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None), known, reported=False)
    elif by_saving:
        raise absent(
            f"there is no {status_source.called[0]} and no {status_source.called[1]}: {status_source.set_status}"
        )
    else:
        raise absent(
            f"there is no {status_source.called[0]}: nobody knows the date up to which progress was reported; "
            f"{status_source.set_status}{UNSTATED}"
        )
    if held > now + FUTURE:
        raise CollectorRefusal(f"the {name} {found.local:%Y-%m-%d %H:%M} is in the future", GapReason.FUTURE)
    return found
