"""Whether a waiver still says what its signers approved: another text is another waiver. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from gonogo.core.wording import day_there, listing
from gonogo.model.waiver import Waiver


@dataclass(frozen=True, slots=True)
class WaiverText:
    """What a waiver said in a recorded run.

    Attributes:
        now: The moment of the run.
        waiver: The waiver as the run read it.
    """

    now: datetime
    waiver: Waiver


def rewritten(bound: WaiverText | None, waiver: Waiver, zone: tzinfo) -> str:
    """Return what a waiver says now that its signers did not approve, as a part of a sentence; empty where nothing.

    A shorter term, and one release where it was any, are less than was approved.

    Args:
        bound: What the approval binds; None where no run recorded it.
        waiver: As it is now.
        zone: In which the program's people count days.
    """
    if bound is None:
        return ""
    was = bound.waiver
    changed = [
        _change_words(name, _plain(old), _plain(new))
        for name, old, new in (
            ("criterion", was.criterion, waiver.criterion),
            ("reason", was.reason, waiver.reason),
            ("residual risk", was.residual_risk, waiver.residual_risk),
            ("compensating control", was.compensating_control, waiver.compensating_control),
            ("owner", was.owner, waiver.owner),
        )
        if _plain(old) != _plain(new)
    ]
    if _later(was.expires_on, waiver.expires_on):
        changed.append(_change_words("expiry date", f"{was.expires_on or ''}", f"{waiver.expires_on or ''}"))
    if was.release is not None and was.release != waiver.release:
        changed.append(_change_words("release", was.release, waiver.release or ""))
    if not changed:
        return ""
    return f"since the run of {day_there(bound.now, zone)} the waiver was rewritten: {listing(changed, most=5)}"


def _later(was: date | None, now: date | None) -> bool:
    return was != now and (was is None or now is None or now > was)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _change_words(name: str, old: str, new: str) -> str:
    return f"its {name} was {_short(old)} and is now {_short(new)}"


def _short(text: str) -> str:
    return "empty" if not text else text if len(text) <= 80 else f"{text[:79]}…"
