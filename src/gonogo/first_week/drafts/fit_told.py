"""What a file is an export of, and how it differs from its profile, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gonogo.first_week.drafts.profiled import changed_of, other_of, shelf_of
from gonogo.first_week.profile_heads import fits_of
from gonogo.profiles.fitting import Confidence, Fit
from gonogo.profiles.profile import Profile

_ENOUGH: Final = (Confidence.SURE, Confidence.LIKELY)
_FEW: Final = "few of its columns are there"
LOOKS_LIKE: Final = "It looks like an export of"
"""How the sentence begins that says that a file nearly is a known export."""


def fit_words(path: Path, root: Path, *, reference: str = "", settings: Mapping[str, Any] | None = None) -> str:
    """Return what a file is an export of, or that it looks like one that it is not; empty where nothing tells.

    Args:
        path: Of the file.
        root: The program's folder, which may carry profiles of its own.
        reference: The profile by which it is bound; then only what it has otherwise is told.
        settings: Of that binding, which may name other columns than the profile does.
    """
    fits = fits_of(path, shelf_of(root))
    if reference:
        bound = next((each for each in fits if each.profile.reference == reference), None)
        difference = bound.difference if bound is not None else _FEW
        if (
            bound is not None
            and bound.lacking
            and set(bound.lacking) <= _named_otherwise(bound.profile, settings or {})
        ):
            return ""
        return f"it does not fit {reference}: {difference}" if difference else ""
    best = next((each for each in fits if each.confidence in _ENOUGH), None)
    if best is not None:
        return f"{best.profile.title} ({best.profile.reference}, {best.confidence})"
    if (other := other_of(fits)) is not None:
        return (
            f"a list like that of {other.profile.title}, which {other.profile.reference} does not read: {other.other}"
        )
    changed = changed_of(fits)
    if changed is None:
        return ""
    return f"like {changed.profile.title}, which {changed.profile.reference} does not read: {changed.difference}"


def _named_otherwise(profile: Profile, settings: Mapping[str, Any]) -> set[str]:
    """Return the usual headings of the columns that a binding reads under another heading."""
    said = {name: each for table in settings.get("tables", {}).values() for name, each in table["columns"].items()}
    return {
        each.headings[0]
        for each in profile.columns()
        if str(said.get(each.name, {}).get("header", each.headings[0])) not in each.headings
    }


def changed_words(fit: Fit) -> str:
    """Return in one sentence that a file looks like an export and does not fit its profile."""
    profile = fit.profile
    return (
        f"{LOOKS_LIKE} {profile.title}, and {profile.reference} does not read it: {fit.difference}; "
        "export it again with these columns, or bind it as any table"
    )


def other_words(fit: Fit) -> str:
    """Return in one sentence that a file is another list of a tool than the one that its profile reads."""
    profile = fit.profile
    return f"It has the columns of {profile.title}, and {profile.reference} does not read it: {fit.other}"
