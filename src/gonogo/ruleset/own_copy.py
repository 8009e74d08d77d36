"""Which ruleset that everybody has a program's own one is a copy of: by its name, or criterion by criterion.

A copy under other ids is a copy. Two criteria are one where they have one id; otherwise where they ask the same of the
same facts, have one title, or are the only two that read just these facts, in this order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from gonogo.errors import ConfigurationError
from gonogo.model.change import COMPARED_WITH
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.locate import named_ruleset, newest_shipped, shipped_named
from gonogo.ruleset.shipped_signs import Signs, shipped_signs, signs_of


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
        read: Returns the criteria of the ruleset in a folder; asked only where their signs are not written down.
    """
    ours = [signs_of(one) for one in criteria]
    best: tuple[int, Path] | None = None
    for folder in shipped_named():
        theirs: Sequence[Signs] | None = shipped_signs(folder)
        if theirs is None:
            try:
                theirs = [signs_of(one) for one in read(folder)]
            except ConfigurationError:
                continue
        both = len(_pairs(theirs, ours))
        if both and 2 * both >= min(len(ours), len(theirs)) and (best is None or both >= best[0]):
            best = both, folder
    return None if best is None else newest_shipped(best[1].name.partition("@")[0])


def pairs(old: Sequence[Criterion], new: Sequence[Criterion]) -> dict[str, Criterion]:
    """Return for the id of each old criterion the new one that it has become; without those that became none."""
    by_id = {one.id: one for one in new}
    return {
        before: by_id[after]
        for before, after in _pairs([signs_of(one) for one in old], [signs_of(one) for one in new]).items()
    }


def _pairs(old: Sequence[Signs], new: Sequence[Signs]) -> dict[str, str]:
    """Return for the id of each old criterion that of the new one that it has become."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for sign in (_id, _asks, _title, _facts):
        ours = _by(sign, [one for one in new if one.id not in taken])
        theirs = _by(sign, [one for one in old if one.id not in found])
        found.update((theirs[key].id, ours[key].id) for key in theirs if key in ours)
        taken.update(found.values())
    return found


def _by(sign: Callable[[Signs], object], criteria: Sequence[Signs]) -> dict[object, Signs]:
    """Return criteria by a sign that no two of them share."""
    shared = Counter(map(sign, criteria))
    return {key: one for one in criteria if shared[key := sign(one)] == 1}


def _id(signs: Signs) -> object:
    return signs.id


def _asks(signs: Signs) -> object:
    return signs.asks, signs.facts


def _title(signs: Signs) -> object:
    return signs.title


def _facts(signs: Signs) -> object:
    return signs.facts


def copy_words(mine: str, shipped: str) -> str:
    """Return who made a change, by the names and versions of both rulesets."""
    if mine == shipped:
        return f"the program's own copy of {mine}"
    return f"the program's {mine}, {COMPARED_WITH}{shipped}"
