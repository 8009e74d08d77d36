"""How a program file differs from what was locked of it: identity, scope, authority, plugins, adoption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.model.change import Effect
from gonogo.model.lock import LockDifference, LockedContent, LockedRelease
from gonogo.model.program import AllowedPlugin

_LOOSER, _UNSURE, _TIGHTER, _NEITHER = Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_IDENTITY: Final = ("id", "customer", "provider", "offerings", "time_zone", "calendar", "closures")
_RELEASE: Final = {
    "go_live": ("go-live", _UNSURE),
    "scope": ("scope", _UNSURE),
    "environment": ("environment", _UNSURE),
    "window": ("window", _NEITHER),
}


def program_differences(old: LockedContent, new: LockedContent) -> Iterator[LockDifference]:
    """Yield what differs in what the program file says, without the rules."""
    was, now = old.identity.document(), new.identity.document()
    for key in _IDENTITY:
        if was.get(key) != now.get(key):
            yield _difference(key.replace("_", " "), _shown(was.get(key)), _shown(now.get(key)), _UNSURE)
    yield from _releases(old.releases, new.releases)
    yield from _authority(old.authority or {}, new.authority or {})
    yield from _plugins(old.plugins or (), new.plugins or ())
    if old.adopt != new.adopt:
        narrower = new.adopt is not None and not set(old.adopt or new.adopt) < set(new.adopt)
        effect = _LOOSER if narrower or old.adopt is None else _TIGHTER
        if old.adopt is not None and new.adopt is not None and set(old.adopt) == set(new.adopt):
            effect = _NEITHER
        yield _difference("adopted criteria", _adopted(old.adopt), _adopted(new.adopt), effect)
    if old.accept_conditional != new.accept_conditional:
        might, may = (
            f"a CONDITIONAL GO {'may' if each.accept_conditional else 'may not'} end with exit code 0"
            for each in (old, new)
        )
        yield _difference("accept", might, may, _LOOSER if new.accept_conditional else _TIGHTER)


def _difference(part: str, old: str, new: str, effect: Effect) -> LockDifference:
    return LockDifference(part=part, old=old, new=new, effect=effect)


def _releases(old: Sequence[LockedRelease], new: Sequence[LockedRelease]) -> Iterator[LockDifference]:
    before, after = ({each.id: each for each in releases} for releases in (old, new))
    called = _renamed(old, new)
    for name in dict.fromkeys((*before, *after)):
        if name in called.values():
            continue
        if name in called:
            yield _difference(f"renamed, id of the release {name}", name, called[name], _UNSURE)
        elif name not in after or name not in before:
            was_there, is_there = ("there" if name in each else "not there" for each in (before, after))
            yield _difference(f"release {name}", was_there, is_there, _UNSURE)
            continue
        was, now = before[name].document(), after[called.get(name, name)].document()
        for key, (part, effect) in _RELEASE.items():
            if was.get(key) != now.get(key):
                yield _difference(f"{part} of the release {name}", _shown(was.get(key)), _shown(now.get(key)), effect)


def _renamed(old: Sequence[LockedRelease], new: Sequence[LockedRelease]) -> dict[str, str]:
    """Return releases that are gone to those that are new: by their go-live, or where there is one of each."""
    gone = [each for each in old if each.id not in {other.id for other in new}]
    fresh = [each for each in new if each.id not in {other.id for other in old}]
    if len(gone) == len(fresh) == 1:
        return {gone[0].id: fresh[0].id}
    found = {}
    for each in gone:
        alike = [other for other in fresh if other.go_live == each.go_live]
        if len(alike) == 1 and sum(other.go_live == each.go_live for other in gone) == 1:
            found[each.id] = alike[0].id
    return found


def _authority(old: dict[str, str], new: dict[str, str]) -> Iterator[LockDifference]:
    for fact in sorted(old.keys() | new.keys()):
        was, now = old.get(fact, "no source alone"), new.get(fact, "no source alone")
        if was != now:
            yield _difference(f"authority for {fact}", was, now, _UNSURE)


def _plugins(old: Sequence[AllowedPlugin], new: Sequence[AllowedPlugin]) -> Iterator[LockDifference]:
    before, after = ({each.distribution: each for each in plugins} for plugins in (old, new))
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        effect = _LOOSER if was is None else _TIGHTER if now is None else _UNSURE
        yield _difference(f"plugin {name}", _plugin(was), _plugin(now), effect)


def _plugin(allowed: AllowedPlugin | None) -> str:
    if allowed is None:
        return "not allowed"
    return f"allowed in version {allowed.version}{' with the network' if allowed.network else ''}"


def _adopted(adopt: Sequence[str] | None) -> str:
    return "all" if adopt is None else f"{len(adopt)} ({', '.join(adopt)})"


def _shown(value: object) -> str:
    """Write a value as people read it; an instant to the minute, in UTC."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return f"{value[:10]} {value[11:16]} UTC"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value not in (None, "") else "nothing"
