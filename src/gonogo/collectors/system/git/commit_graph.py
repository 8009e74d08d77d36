"""Commits and how they follow one another: what a branch holds, and what came to it later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from typing import Final

from gonogo.collectors.system.git.contributors import Contributor
from gonogo.collectors.system.git.git_bundle import AGAIN, BundleHead
from gonogo.collectors.system.git.pack import COMMIT, TAG, Pack
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

_PERSON: Final = re.compile(rb"([^\n]*)<([^<>\n]{0,400})> (-?[0-9]{1,12}) [+-][0-9]{4}")
_LATEST: Final = 253_402_300_799
_DEEPEST_TAG: Final = 8
_BOTH: Final = 3
_OLD: Final = 4
"""Marks of a commit: that both of two commits hold it, and that one of these that was found holds it too."""
SHOWN: Final = 12
"""Digits of an id that a sentence or a list shows."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit.

    Attributes:
        identity: Its id.
        tree: Id of its tree.
        parents: Ids of its parents, in their order.
        committed: When it was made, by the committer's clock.
        latest: The later of that and the author's time. Git writes no author's time that is later, but for clocks that
            differ; a time that was set back is.
        at: Its place in the pack.
    """

    identity: str
    tree: str
    parents: tuple[str, ...]
    committed: datetime
    latest: datetime
    at: int

    @property
    def key(self) -> str:
        """Its id as it is shown."""
        return self.identity[:SHOWN]


class CommitGraph:
    """The history that a bundle holds.

    Attributes:
        pack: Its objects.
        refs: Full names of branches and tags to ids of objects.
        place: What the file is called.
    """

    def __init__(self, head: BundleHead, pack: Pack, place: str) -> None:
        self.pack, self.refs, self.place = pack, head.refs, place
        self._read: dict[str, Commit] = {}
        self._depths: dict[str, int] = {}

    def commit(self, identity: str) -> Commit:
        """Return a commit by its id.

        Raises:
            StructuralFault: It is not there, or cannot be read.
        """
        known = self._read.get(identity)
        if known is None:
            at = self.pack.named.get(identity)
            if at is None or self.pack.kind(at) != COMMIT:
                raise StructuralFault(
                    f"the history in {self.place} ends where commit {identity[:SHOWN]} should be, as in a shallow "
                    f"clone, a graft or a damaged repository; {AGAIN}",
                    GapReason.NOT_PROVABLE,
                )
            known = self._read[identity] = _commit(identity, at, self.pack.content(at), self.place)
        return known

    def reach(self, start: str | None, known: Iterable[str] = ()) -> set[str]:
        """Return the ids of a commit and all its ancestors, without those in ``known``.

        Raises:
            StructuralFault: An ancestor is not there.
        """
        known = known if isinstance(known, set) else set(known)
        found: set[str] = set()
        ahead = [start] if start else []
        while ahead:
            each = ahead.pop()
            if each not in found and each not in known:
                found.add(each)
                ahead.extend(self.commit(each).parents)
        return found

    def holds(self, identity: str, other: str) -> bool:
        """Return whether a commit is another one, or has it among its ancestors."""
        depth = self._depth(other)
        ahead, seen = [identity], {identity}
        while ahead:
            each = ahead.pop()
            if each == other:
                return True
            below = [one for one in self.commit(each).parents if one not in seen and self._depth(one) >= depth]
            seen.update(below)
            ahead.extend(below)
        return False

    def parted_at(self, one: str, other: str) -> list[str]:
        """Return the last commits that both of two commits hold: those at which their lines parted."""
        marks = {one: 1, other: 2} if one != other else {one: 3}
        ahead = [(-self._depth(each), each) for each in marks]
        heapify(ahead)
        found: list[str] = []
        while ahead and any(marks[each] < _OLD for _, each in ahead):
            _, each = heappop(ahead)
            mark = marks[each]
            if mark == _BOTH:
                found.append(each)
                mark |= _OLD
            for parent in self.commit(each).parents:
                if marks.get(parent, 0) | mark != marks.get(parent, 0):
                    if parent not in marks:
                        heappush(ahead, (-self._depth(parent), parent))
                    marks[parent] = marks.get(parent, 0) | mark
        return found

    def _depth(self, identity: str) -> int:
        """Return how many commits the longest way from a commit to the beginning has."""
        ahead = [identity]
        while ahead:
            each = ahead[-1]
            parents = self.commit(each).parents
            below = [one for one in parents if one not in self._depths]
            if each not in self._depths and below:
                ahead.extend(below)
                continue
            ahead.pop()
            self._depths[each] = 1 + max((self._depths[one] for one in parents), default=0)
        return self._depths[identity]

    def tip(self, name: str) -> str | None:
        """Return the id of the commit that a branch or tag names; None if it names none, or is not there."""
        identity = self.refs.get(name)
        for _ in range(_DEEPEST_TAG):
            at = self.pack.named.get(identity or "")
            if at is None:
                return None
            if self.pack.kind(at) == COMMIT:
                return identity
            identity = tag_target(self.pack.content(at))
        return None

    def is_commit(self, identity: str) -> bool:
        """Return whether the pack holds a commit of that id."""
        at = self.pack.named.get(identity)
        return at is not None and self.pack.kind(at) == COMMIT

    def tag_object(self, name: str) -> bytes | None:
        """Return the content of the object of an annotated tag; None for a tag that has none."""
        at = self.pack.named.get(self.refs[name])
        return self.pack.content(at) if at is not None and self.pack.kind(at) == TAG else None

    def moved_tag(self, name: str) -> str:
        """Return that a tag is the object of another one, as after somebody moved it; empty where it is its own."""
        content = self.tag_object(f"refs/tags/{name}") if f"refs/tags/{name}" in self.refs else None
        said = next((line[4:] for line in (content or b"").split(b"\n\n")[0].split(b"\n") if line[:4] == b"tag "), b"")
        own = said.decode("utf-8", "replace").removeprefix("refs/tags/")
        if not own or own == name:
            return ""
        return f"{self.place} holds under the name {name} a tag that calls itself {own[:80]}; name that one"

    def newest(self) -> datetime:
        """Return when the newest commit was made that a branch or a tag names.

        Raises:
            StructuralFault: None names a commit.
        """
        tips = [tip for name in self.refs if (tip := self.tip(name))]
        if not tips:
            raise StructuralFault(f"no branch and no tag of {self.place} names a commit that it holds; {AGAIN}")
        return max(self.commit(tip).committed for tip in tips)

    def frozen_before(self, head: str, moment: datetime) -> str | None:
        """Return the last commit on a branch that no commit after a moment is part of; None if there is none.

        A commit that names an older time than its ancestors counts as late as they do.
        """
        late: set[str] = set()
        done: set[str] = set()
        ahead = [head]
        while ahead:
            each = ahead[-1]
            commit = self.commit(each)
            below = [] if each in done else [parent for parent in commit.parents if parent not in done]
            if below:
                ahead.extend(below)
                continue
            ahead.pop()
            done.add(each)
            if commit.latest > moment or not late.isdisjoint(commit.parents):
                late.add(each)
        at: str | None = head
        while at is not None and at in late:
            at = next(iter(self.commit(at).parents), None)
        return at


def _commit(identity: str, at: int, content: bytes, place: str) -> Commit:
    fields: dict[bytes, bytes] = {}
    parents = []
    for line in content.partition(b"\n\n")[0].split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == b"parent" and b"author" not in fields:
            parents.append(value.decode("ascii", "replace"))
        fields.setdefault(name, value)
    tree = fields.get(b"tree", b"").decode("ascii", "replace")
    seconds, others = (_seconds(fields.get(name, b"")) for name in (b"committer", b"author"))
    if not tree or not 0 <= seconds <= _LATEST:
        raise StructuralFault(f"commit {identity[:SHOWN]} in {place} has no tree, or no time at which it was made")
    committed, authored = (datetime.fromtimestamp(each, UTC) for each in (seconds, min(max(others, 0), _LATEST)))
    return Commit(identity, tree, tuple(parents), committed, max(committed, authored), at)


def _seconds(line: bytes) -> int:
    written = _PERSON.fullmatch(line)
    return int(written[3]) if written else -1


def author(content: bytes) -> Contributor:
    """Return the author of a commit; without an address if it gives none."""
    for line in content.partition(b"\n\n")[0].split(b"\n"):
        if line.startswith(b"author ") and (written := _PERSON.fullmatch(line[7:])):
            return contributor(written[1], written[2])
    return Contributor("", "")


def contributor(name: bytes, address: bytes) -> Contributor:
    """Return who a name and an address in a commit say."""
    return Contributor(name.decode("utf-8", "replace").strip(), address.decode("utf-8", "replace").strip().lower())


def tag_target(content: bytes) -> str:
    """Return the id of the object that an annotated tag names."""
    first = content.partition(b"\n")[0]
    return first[7:].decode("ascii", "replace") if first.startswith(b"object ") else ""
