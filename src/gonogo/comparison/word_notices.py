"""What is different about the program file and the people register, by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.setting_notices import setting_notices
from gonogo.comparison.snapshot import Snapshot
from gonogo.core.wording import listing
from gonogo.model.seats import Seats

_KEYS: Final = {"identity": "program", "bindings": "evidence", "allow": "plugins", "accept_conditional": "accept"}
"""What a part of the program is called in its file, where that is another word."""
_SAME: Final = "The program file was edited but says the same."
_NAMES: Final = "The people register has changed in names or purposes; who holds which seat is the same."


def word_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about the program file, then about the people."""
    old, new = before.started, after.started
    if old.program_sha256 is not None and old.program_sha256 != new.program_sha256:
        yield from _program(before, after)
    elif old.program != new.program:
        yield Notice(kind=NoticeKind.PROGRAM, sentence="The program is described differently.")
    if old.people_sha256 is not None and old.people_sha256 != new.people_sha256:
        yield from (
            Notice(kind=NoticeKind.PEOPLE, subject=who, sentence=sentence) for who, sentence in _people(before, after)
        )


def _program(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    old, new = before.program_file, after.program_file
    if old is None or new is None:
        yield _said("", "The program file says something else.")
        return
    yield from (_said(*each) for each in _authority(old.get("authority", {}), new.get("authority", {})))
    yield from setting_notices(old.get("bindings") or [], new.get("bindings") or [])
    keys = [key for key in dict.fromkeys((*old, *new)) if _placeless(old.get(key)) != _placeless(new.get(key))]
    if rest := [_KEYS.get(key, key) for key in keys if key != "authority"]:
        yield _said("", f"The program file says something else under {listing(rest, most=len(rest))}.")
    elif not keys:
        yield _said("", _SAME)


def _said(what: str, sentence: str) -> Notice:
    return Notice(kind=NoticeKind.PROGRAM, subject=what, sentence=sentence)


def _authority(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, str]]:
    for fact in sorted(old.keys() | new.keys()):
        was, now = old.get(fact), new.get(fact)
        if was == now:
            continue
        if now is None:
            yield fact, f"{fact} is no longer settled by {was} alone (authority)."
        else:
            yield fact, f"{fact} is now settled by {now} alone{f'; it was by {was}' if was else ''} (authority)."


def _placeless(value: Any) -> Any:
    """Leave out where something is in a file: a line added above says nothing else. Settings have no place.

    In them ``where`` is the condition by which rows are counted.
    """
    if isinstance(value, dict):
        return {key: each if key == "settings" else _placeless(each) for key, each in value.items() if key != "where"}
    return [_placeless(each) for each in value] if isinstance(value, list) else value


def _people(before: Snapshot, after: Snapshot) -> Iterator[tuple[str, str]]:
    if before.seats is None or after.seats is None:
        yield "", "The people register says something else."
        return
    changes = list(_seats(before.seats, after.seats))
    yield from changes or [("", _NAMES)]


def _seats(old: Seats, new: Seats) -> Iterator[tuple[str, str]]:
    was, now = _spans(old), _spans(new)
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            yield key[0], f"{key[1]} {_moved(was.get(key), now.get(key))}"
    for word, ones, others in (
        ("among the staff", old.staff, new.staff),
        ("among the organizations", old.organizations, new.organizations),
    ):
        yield from ((one, f"{one} is no longer {word}.") for one in ones if one not in others)
        yield from ((one, f"{one} is new {word}.") for one in others if one not in ones)
    for one, other in sorted({*old.apart} ^ {*new.apart}):
        what = "are said to be two people now" if (one, other) in new.apart else "are no longer said to be two people"
        yield one, f"{one} and {other} {what} (distinct_from)."


def _spans(seats: Seats) -> dict[tuple[str, str], list[str]]:
    """What each person holds or borrows, with the days, by the words for it."""
    found: dict[tuple[str, str], list[str]] = {}
    for held in seats.held:
        found.setdefault((held.person, f"{held.person} as {held.role}"), []).append(_days(held.start, held.end))
    for lent in seats.lent:
        what = f"{lent.to} for {lent.by} as {lent.role} (delegation)"
        found.setdefault((lent.to, what), []).append(_days(lent.start, lent.end))
    return found


def _days(start: date | None, end: date | None) -> str:
    parts = [f"from {start}" if start else "", f"until {end}" if end else ""]
    return " ".join(filter(None, parts)) or "without dates"


def _moved(was: list[str] | None, now: list[str] | None) -> str:
    if was is None or now is None:
        return f"is {'gone' if now is None else 'new'}: {listing(was or now or [], most=3)}."
    return f"is now {listing(now, most=3)} and was {listing(was, most=3)}."
