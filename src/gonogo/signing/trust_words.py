"""What a trust file says, in sentences, and which of its keys lapse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from gonogo.signing.trust_values import KeyKind, Trust, TrustKey
from gonogo.text import listed

SOON_DAYS: Final = 30


def sentences(trust: Trust) -> list[str]:
    """Return what a trust file trusts, one sentence for each key, and what it asks of log and lock."""
    found = [f"{key.id}: {_what(key)}, from {key.start} to {key.until} (UTC)." for key in trust.keys]
    if not any(key.kind is KeyKind.WITNESS for key in trust.keys):
        found.append("No witness: nobody outside can show that the log was not cut or begun anew.")
    if trust.log is not None:
        found.append(f"The log must continue {trust.log.id} from {trust.log.size} records on.")
    if trust.pinned_lock is not None:
        return [*found, f"Only a decision under the lock {trust.pinned_lock} is accepted."]
    unlocked = "is accepted (`lock: none`)" if trust.accepts_unlocked else "is not accepted"
    return [*found, f"A decision without a lock {unlocked}."]


def lapses(trust: Trust, at: datetime) -> list[str]:
    """Return which keys do not count at a moment, or stop within 30 days, and whether anything can be trusted."""
    return list(_lapses(trust, at))


def _lapses(trust: Trust, at: datetime) -> Iterator[str]:
    today = at.astimezone(UTC).date()
    if not any(key.signs_log for key in trust.keys):
        yield "no key signs the log, so no decision can be trusted; add a key of `kind: log` without `bundles`"
    elif trust.expired(at):
        yield f"no key that signs the log counts on {today}, so no decision of that day can be trusted; add a key"
    for key in trust.keys:
        left = (key.until - today).days
        if left < 0:
            yield f"{key.id} lapsed on {key.until}: what it signs later does not count"
        elif key.start > today:
            yield f"{key.id} does not count before {key.start}"
        elif left < SOON_DAYS:
            when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
            yield f"{key.id} lapses {when}, after {key.until}; make a new key and add it before then"


def _what(key: TrustKey) -> str:
    if key.kind is KeyKind.PERSON:
        return f"{key.person} signs as {key.office}"
    if key.kind is KeyKind.WITNESS:
        return f"the {key.side} witnesses the log"
    if key.bundles:
        return f"deposits evidence of the {key.side} for {listed(key.bundles)}"
    return "signs the log and decisions"
