"""Which ruleset that everybody has a program's own one is a copy of: by its name, or criterion by criterion.

A copy under other ids is a copy. Two criteria are one where they have one id; otherwise where they ask the same of the
same facts, have one title, or are the only two that read just these facts, in this order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gonogo.errors import ConfigurationError
from gonogo.model.change import COMPARED_WITH
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.locate import named_ruleset, newest_shipped, shipped_named


def namesake(name: str, version: str) -> Path | None:
    """Return the folder of the ruleset of that name that everybody has: in that version, otherwise the newest shipped.

    Raises:
        ConfigurationError: Two distributions carry one of that name.
    """
    return named_ruleset(name, version) or newest_shipped(name)


def shipped_alike(criteria: Sequence[Criterion], read: Callable[[Path], Sequence[Criterion]]) -> Path | None:
    """Return the folder of the shipped ruleset that most criteria are taken from, or None.

    At least half of them, or of those of the shipped one, are: an agency's own rules are nobody's copy.

    Args:
        criteria: Of the program's own ruleset.
        read: Returns the criteria of the ruleset in a folder.
    """
    best: tuple[int, Path] | None = None
    for folder in shipped_named():
        try:
            theirs = read(folder)
        except ConfigurationError:
            continue
        both = len(pairs(theirs, criteria))
        if both and 2 * both >= min(len(criteria), len(theirs)) and (best is None or both >= best[0]):
            best = both, folder
    return None if best is None else newest_shipped(best[1].name.partition("@")[0])


def pairs(old: Sequence[Criterion], new: Sequence[Criterion]) -> dict[str, Criterion]:
    """Return for the id of each old criterion the new one that it has become; without those that became none."""
    found: dict[str, Criterion] = {}
    for sign in (_id, _asks, _title, _facts):
        taken = {one.id for one in found.values()}
        ours = _by(sign, [one for one in new if one.id not in taken])
        theirs = _by(sign, [one for one in old if one.id not in found])
        found.update((theirs[key].id, ours[key]) for key in theirs if key in ours)
    return found


def _by(sign: Callable[[Criterion], object], criteria: Sequence[Criterion]) -> dict[object, Criterion]:
    """Return criteria by a sign that no two of them share."""
    shared = Counter(map(sign, criteria))
    return {key: one for key, one in _signed(sign, criteria) if shared[key] == 1}


def _signed(sign: Callable[[Criterion], object], criteria: Sequence[Criterion]) -> Iterator[tuple[object, Criterion]]:
    yield from ((sign(one), one) for one in criteria)


def _id(criterion: Criterion) -> object:
    return criterion.id


def _asks(criterion: Criterion) -> object:
    return " ".join(criterion.require.text.split()), criterion.facts


def _title(criterion: Criterion) -> object:
    return " ".join(criterion.title.casefold().split())


def _facts(criterion: Criterion) -> object:
    return criterion.facts


def copy_words(mine: str, shipped: str) -> str:
    """Return who made a change, by the names and versions of both rulesets."""
    if mine == shipped:
        return f"the program's own copy of {mine}"
    return f"the program's {mine}, {COMPARED_WITH}{shipped}"
