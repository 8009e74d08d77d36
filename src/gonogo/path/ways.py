"""The ways in which one requirement can come out: which dials must stand where, found along its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from gonogo.model.finding import Outcome
from gonogo.model.judgement import Leaf
from gonogo.path.bench import Bench

Way = Mapping[int, frozenset[int]]
"""Number of a dial to the positions of it that do."""
MOST_WAYS: Final = 12
"""More ways of one requirement are not followed: the shortest are kept."""
_MOST_TRIED: Final = 256
_MOST_MOVED: Final = 3
_MOST_SEARCHED: Final = 3000


def ways(bench: Bench, node: str, wanted: Outcome) -> list[Way]:
    """Return the ways in which a leaf or gate comes out as wanted, the shortest first; one that is empty: it does."""
    leaf = bench.leaves.get(node)
    if leaf is not None:
        return _of_leaf(bench, leaf, wanted)
    gate = bench.gates[node]
    inner = wanted if not gate.negate else _other(wanted)
    parts = [ways(bench, child, inner) for child in gate.children]
    every = (gate.k == len(gate.children)) == (inner is Outcome.MET)
    return _together(parts) if every or len(parts) == 1 else _shortest(way for part in parts for way in part)


def settling(bench: Bench, node: str, wanted: Outcome) -> list[dict[int, int]]:
    """Return the nearest positions of each way in which a node comes out as wanted, the shortest first.

    Where its tree shows no way, because one fact is pulled at from two sides, all small sets of dials are tried.
    """
    found = [at for way in ways(bench, node, wanted) if way and (at := chosen(bench, node, wanted, way)) is not None]
    return found or ([] if bench.node(node, {}) is wanted else list(_tried(bench, node, wanted)))


def _tried(bench: Bench, node: str, wanted: Outcome) -> Iterator[dict[int, int]]:
    """Yield the first positions of few dials at which a node comes out as wanted."""
    dials = sorted(_dials(bench, node))
    tried = 0
    for size in range(1, _MOST_MOVED + 1):
        for some in combinations(dials, size):
            for positions in product(*(_moved(bench, dial) for dial in some)):
                tried += 1
                at = dict(zip(some, positions, strict=True))
                if tried <= _MOST_SEARCHED and bench.node(node, at) is wanted:
                    yield at
                    return


def _dials(bench: Bench, node: str) -> set[int]:
    leaf = bench.leaves.get(node)
    if leaf is not None:
        return set(bench.read_by(leaf))
    return {dial for child in bench.gates[node].children for dial in _dials(bench, child)}


def chosen(bench: Bench, node: str, wanted: Outcome, way: Way) -> dict[int, int] | None:
    """Return the nearest positions of a way at which the whole of it comes out as wanted; None where none do."""
    dials = list(way)
    for number, positions in enumerate(product(*(sorted(way[dial]) for dial in dials))):
        if number >= _MOST_TRIED:
            break
        at = dict(zip(dials, positions, strict=True))
        if bench.node(node, at) is wanted:
            return _without_idle(bench, node, wanted, at)
    return None


def _without_idle(bench: Bench, node: str, wanted: Outcome, at: dict[int, int]) -> dict[int, int]:
    """Return the positions without those of dials that the others can do without."""
    for dial in list(at):
        rest = {other: there for other, there in at.items() if other != dial}
        if bench.node(node, rest) is wanted:
            at = rest
    return at


def _of_leaf(bench: Bench, leaf: Leaf, wanted: Outcome) -> list[Way]:
    if bench.outcome(leaf, {}) is wanted:
        return [{}]
    dials = bench.read_by(leaf)
    found: list[Way] = []
    for dial in dials:
        does = [each for each in _moved(bench, dial) if bench.outcome(leaf, {dial: each}) is wanted]
        if does:
            found.append({dial: frozenset(does)})
    return found or _of_several(bench, leaf, wanted, dials)


def _of_several(bench: Bench, leaf: Leaf, wanted: Outcome, dials: Sequence[int]) -> list[Way]:
    """Return ways in which several dials of one comparison move together, because none alone is enough."""
    found: list[Way] = []
    if len(dials) < 2:
        return found
    for number, positions in enumerate(product(*(_moved(bench, dial) for dial in dials))):
        if number >= _MOST_TRIED or len(found) >= MOST_WAYS:
            break
        at = dict(zip(dials, positions, strict=True))
        if bench.outcome(leaf, at) is wanted:
            found.append({dial: frozenset([there]) for dial, there in at.items()})
    return found


def _moved(bench: Bench, dial: int) -> range:
    return range(1, len(bench.dials[dial].positions))


def _together(parts: Sequence[Sequence[Way]]) -> list[Way]:
    """Return each way of the first part with each of the second, and so on: a dial that several name suits all."""
    found: list[Way] = [{}]
    for part in sorted(parts, key=len):
        merged = (_merged(one, other) for one in found for other in part)
        found = _shortest(each for each in merged if each is not None)
    return found


def _merged(one: Way, other: Way) -> Way | None:
    found = dict(one)
    for dial, positions in other.items():
        both = found.get(dial, positions) & positions
        if not both:
            return None
        found[dial] = both
    return found


def _shortest(found: Iterable[Way]) -> list[Way]:
    """Return the shortest ways; one that needs all that another one needs, and more, is left out."""
    kept: list[Way] = []
    for way in sorted(found, key=len):
        if not any(_within(other, way) for other in kept):
            kept.append(way)
        if len(kept) == MOST_WAYS:
            break
    return kept


def _within(one: Way, other: Way) -> bool:
    return all(dial in other and other[dial] <= positions for dial, positions in one.items())


def _other(outcome: Outcome) -> Outcome:
    return Outcome.NOT_MET if outcome is Outcome.MET else Outcome.MET
