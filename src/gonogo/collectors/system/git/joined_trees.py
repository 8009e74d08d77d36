"""Whether the files of a merge are what joining its lines of work gives, or hold a change that somebody made in it.

A file that one line changed is as that line has it. Of a file that several changed, the changes are put together line
by line, as git does it; where they meet, a person decided, and that is a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from gonogo.collectors.system.git.commit_graph import CommitGraph
from gonogo.collectors.system.git.tree_difference import FOLDER, Node, TreeDifference
from gonogo.model.refusal import StructuralFault

_MOST_LINES: Final = 4_000
"""Lines of a file from which on nobody puts its changes together here."""
_Sides = tuple[Node | None, ...]


def only_joins(graph: CommitGraph, identity: str) -> bool:
    """Return whether a merge has the files that joining its parents gives, by one of the commits at which they parted.

    Where nobody can tell, because the bundle lacks folders or contents of files, it has not.

    Args:
        graph: The history.
        identity: The merge.
    """
    commit = graph.commit(identity)
    trees = [graph.commit(parent).tree for parent in commit.parents]
    bases = graph.parted_at(commit.parents[0], commit.parents[1]) if len(commit.parents) == 2 else ()
    if not bases:
        return commit.tree in trees and len(set(trees)) == 1
    try:
        return any(_joined(graph, graph.commit(base).tree, trees, commit.tree) for base in bases)
    except StructuralFault:
        return False


def _joined(graph: CommitGraph, base: str, trees: Sequence[str], result: str) -> bool:
    difference = TreeDifference(graph.pack, graph.place)
    return all(_follows(graph, each) for each in _unmoved(list(_undecided(difference, base, trees, result))))


def _unmoved(undecided: Sequence[_Sides]) -> Iterator[_Sides]:
    """Yield the files, without those that one side moved as they were and that have the other side's content now."""
    gone = {sides[0]: sides for sides in undecided if sides[0] and not sides[-1] and None in sides[1:-1]}
    moved: set[Node] = set()
    for sides in undecided:
        new = [each for each in sides[1:-1] if each] if sides[0] is None else []
        old = gone.get(new[0]) if len(new) == 1 else None
        if old is not None and sides[-1] in old[1:-1] and sides[-1] is not None:
            moved.add(new[0])
        elif sides not in gone.values():
            yield sides
    yield from (sides for content, sides in gone.items() if content not in moved)


def _undecided(difference: TreeDifference, base: str, trees: Sequence[str], result: str) -> Iterator[_Sides]:
    """Yield base, sides and result of each file of which not every side is the same, and result with it."""
    ahead: list[_Sides] = [tuple((FOLDER, tree) for tree in (base, *trees, result))]
    while ahead:
        sides = ahead.pop()
        if _by_whole(sides):
            continue
        below = [difference.entries(side[1]) if side and side[0] == FOLDER else {} for side in sides]
        files = tuple(None if side and side[0] == FOLDER else side for side in sides)
        if any(files):
            yield files
        ahead.extend(tuple(each.get(name) for each in below) for name in set().union(*below))


def _by_whole(sides: _Sides) -> bool:
    """Whether a file or folder is as the one side has it that changed it, or as it was."""
    base, *changed, result = sides
    ways = {each for each in changed if each != base}
    return result == (next(iter(ways)) if ways else base) if len(ways) < 2 else False


def _follows(graph: CommitGraph, sides: _Sides) -> bool:
    """Whether the changes of two sides to one file, put together line by line, give its content in the merge."""
    base, one, other, result = sides
    if _by_whole(sides):
        return True
    if not (base and one and other and result) or len({each[0] for each in (one, other, result)}) > 1:
        return False
    contents = [graph.pack.blob(each[1]) for each in (base, one, other, result)]
    known = [each.split(b"\n") for each in contents if each is not None]
    if len(known) < len(contents) or max(map(len, known)) > _MOST_LINES:
        return False
    return _together(*known[:3]) == known[3]


def _together(base: Sequence[bytes], one: Sequence[bytes], other: Sequence[bytes]) -> list[bytes] | None:
    """Return the lines with the changes of both sides; None where two of them meet and differ."""
    changes = sorted({*_changes(base, one), *_changes(base, other)})
    found: list[bytes] = []
    at, free = 0, -1
    for start, end, lines in changes:
        if start <= free:
            return None
        found += [*base[at:start], *lines]
        at, free = end, end
    return [*found, *base[at:]]


def _changes(base: Sequence[bytes], side: Sequence[bytes]) -> Iterator[tuple[int, int, tuple[bytes, ...]]]:
    for kind, start, end, first, last in SequenceMatcher(None, base, side, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, tuple(side[first:last])
