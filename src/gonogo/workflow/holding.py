"""A hold point of the cutover: asked at its hour or later, never before."""

from __future__ import annotations

from datetime import datetime

from gonogo.errors import UsageError
from gonogo.text import did_you_mean, listed
from gonogo.workflow.loaded import LoadedProgram


def check_hold_point(name: str | None, loaded: LoadedProgram, now: datetime) -> None:
    """Return if nothing is asked at a hold point, or the hour of that hold point has come.

    Raises:
        UsageError: The release has no such hold point, or it is too early.
    """
    if name is None:
        return
    release, identity = loaded.release, loaded.program.identity
    point = release.hold_point(name)
    if point is None:
        names = [each.id for each in release.hold_points or ()]
        hint = did_you_mean(name, names, otherwise=f"it has {listed(names)}") if names else "add `hold_points:` to it"
        raise UsageError(f"The release {release.id} has no hold point '{name}'.", hint=hint)
    if now < point.at:
        there = point.at.astimezone(identity.zone)
        raise UsageError(
            f"The hold point {name} is at {there:%Y-%m-%d %H:%M %Z}, so it is too early to ask.",
            hint="run it at that hour, or without --hold-point",
        )
