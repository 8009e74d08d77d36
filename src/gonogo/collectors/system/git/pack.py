"""Objects of git's pack format, versions 2 and 3, read without git: each is named by the digest of its content.

The formats are those of git's documentation (gitformat-pack). Nothing of a repository is run: no hook, filter, pager or
configuration. The contents of files are passed over; sizes, counts and depths have limits.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from gonogo.collectors.system.git.object_delta import patched
from gonogo.model.refusal import StructuralFault

COMMIT: Final = "commit"
TREE: Final = "tree"
TAG: Final = "tag"
_BLOB: Final = "blob"
_KINDS: Final = {1: COMMIT, 2: TREE, 3: _BLOB, 4: TAG}
_OFFSET_DELTA: Final = 6
_ID_DELTA: Final = 7
_SMALLER: Final = "make the bundle with --filter=blob:none, which leaves the contents of files out"
MOST_OBJECTS: Final = 500_000
LARGEST_OBJECT: Final = 32 * 2**20
MOST_INFLATED: Final = 2**30
MOST_OF_FILES: Final = 2**29
"""Bytes of the contents of files that are looked through for merges in which both lines changed one file."""
LARGEST_FILE: Final = 4 * 2**20
_DEEPEST: Final = 4096
_CACHED: Final = 48 * 2**20
_STEP: Final = 64 * 2**10


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an object is.

    Attributes:
        kind: What it is; a delta is what its base is.
        size: Bytes of its content, or of its delta.
        at: Where the compressed bytes begin.
        base: For a delta, the place of the object that it changes.
    """

    kind: str
    size: int
    at: int
    base: int | None = None


class Pack:
    """The objects of a pack.

    Attributes:
        named: Ids of commits and tags to their place.
    """

    def __init__(self, data: bytes, start: int, algorithm: str, place: str) -> None:
        """Read the pack that begins at ``start`` and ends with the data.

        Raises:
            StructuralFault: It is cut, damaged or too large.
        """
        self._data, self._place, self._algorithm = memoryview(data), place, algorithm
        self._end = len(data) - hashlib.new(algorithm, usedforsecurity=False).digest_size
        self._inflated = 0
        self._entries: dict[int, _Entry] = {}
        self._held: OrderedDict[int, bytes] = OrderedDict()
        self._held_bytes = 0
        self._trees: dict[str, int] | None = None
        self._blobs: dict[str, tuple[int, int]] | None = None
        self._scan(start)
        self.named = self._named(COMMIT, TAG)

    def kind(self, at: int) -> str:
        """Return what an object is."""
        return self._entries[at].kind

    def tree(self, identity: str) -> bytes | None:
        """Return a tree by its id; None if it is not there."""
        if self._trees is None:
            self._trees = self._named(TREE)
        at = self._trees.get(identity)
        return None if at is None else self.content(at)

    def blob(self, identity: str) -> bytes | None:
        """Return the content of a file by its id; None if it is not there, is large, or all of them take too much."""
        if self._blobs is None:
            self._blobs = dict(self._files())
            if sum(size for _, size in self._blobs.values()) > MOST_OF_FILES:
                self._blobs = {}
        at, _ = self._blobs.get(identity, (None, 0))
        return None if at is None else self.content(at)

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the id of each file that is not large, with its place and its size, until they are too much."""
        made = 0
        for at, entry in self._entries.items():
            first = entry
            while first.base is not None:
                first = self._entries[first.base]
            if entry.kind != _BLOB or max(entry.size, first.size) > LARGEST_FILE or made > MOST_OF_FILES:
                continue
            name, size = self._name(at)
            made += size
            yield name, (at, size)

    def content(self, at: int) -> bytes:
        """Return an object's content, made of the deltas that lead to it."""
        chain: list[int] = []
        found: int = at
        while found not in self._held:
            entry = self._entries[found]
            if entry.base is None:
                self._hold(found, self._inflate(entry, keep=True)[0])
                break
            chain.append(found)
            found = entry.base
            if len(chain) > _DEEPEST:
                raise self._fault("has a chain of changes that is too long")
        content = self._held[found]
        for each in reversed(chain):
            made = patched(content, self._inflate(self._entries[each], keep=True)[0], LARGEST_OBJECT)
            if made is None:
                raise self._fault("has an object that does not come out of its parts; it may be damaged")
            content = made
            self._hold(each, content)
        return content

    def _hold(self, at: int, content: bytes) -> None:
        self._held[at] = content
        self._held_bytes += len(content)
        while self._held_bytes > _CACHED and len(self._held) > 1:
            self._held_bytes -= len(self._held.popitem(last=False)[1])

    def _named(self, *kinds: str) -> dict[str, int]:
        return {self._name(at)[0]: at for at, entry in self._entries.items() if entry.kind in kinds}

    def _name(self, at: int) -> tuple[str, int]:
        """Return the id of an object, and how long its content is."""
        content = self.content(at)
        head = b"%s %d\0" % (self._entries[at].kind.encode(), len(content))
        return hashlib.new(self._algorithm, head + content, usedforsecurity=False).hexdigest(), len(content)

    def _scan(self, start: int) -> None:
        data, end = self._data, self._end
        head = bytes(data[start : start + 12])
        if head[:4] != b"PACK" or int.from_bytes(head[4:8], "big") not in (2, 3) or end < start + 12:
            raise self._fault("has no objects of git's pack format; it may be cut")
        if hashlib.new(self._algorithm, data[start:end], usedforsecurity=False).digest() != bytes(data[end:]):
            raise self._fault("does not end with the digest of its objects; it may be cut or damaged")
        count = int.from_bytes(head[8:], "big")
        if count > MOST_OBJECTS:
            raise StructuralFault(f"{self._place} holds {count:,} objects, more than {MOST_OBJECTS:,}; {_SMALLER}")
        at = start + 12
        for _ in range(count):
            entry = self._entry(at)
            self._entries[at] = entry
            at = self._inflate(entry, keep=False)[1]
        if at != end:
            raise self._fault("holds more than its objects")

    def _entry(self, start: int) -> _Entry:
        """Return what stands at ``start``."""
        numbers = self._bytes(start)
        at, byte = next(numbers)
        kind, size, shift = byte >> 4 & 7, byte & 15, 4
        while byte & 128:
            at, byte = next(numbers)
            size |= (byte & 127) << shift
            shift += 7
        base: int | None = None
        name = _KINDS.get(kind, "")
        if kind == _OFFSET_DELTA:
            at, byte = next(numbers)
            back = byte & 127
            while byte & 128:
                at, byte = next(numbers)
                back = (back + 1 << 7) | (byte & 127)
            base = start - back
            if base not in self._entries:
                raise self._fault("has an object that is made of one that is not there")
            name = self._entries[base].kind
        elif kind == _ID_DELTA:
            raise self._fault("has objects that are made of others by their id; make it with `git bundle create`")
        elif not name:
            raise self._fault("has an object of a kind that git does not have")
        if size > LARGEST_OBJECT and name != _BLOB:
            raise self._fault(f"has an object of {size:,} bytes, more than {LARGEST_OBJECT:,}")
        return _Entry(name, size, at + 1, base)

    def _bytes(self, start: int) -> Iterator[tuple[int, int]]:
        """Yield the bytes of an object's head with their place."""
        for at in range(start, min(self._end, start + 20)):
            yield at, self._data[at]
        raise self._fault("has an object without its size")

    def _inflate(self, entry: _Entry, *, keep: bool) -> tuple[bytes, int]:
        """Return what is compressed at a place, and where it ends."""
        self._inflated += entry.size
        if self._inflated > MOST_INFLATED:
            raise StructuralFault(f"{self._place} holds more than {MOST_INFLATED >> 20:,} MB; {_SMALLER}")
        stream: Any = zlib.decompressobj()
        pieces: list[bytes] = []
        at, made, full = entry.at, 0, False
        step = min(_STEP, entry.size + (entry.size >> 9) + 64)
        try:
            while not stream.eof:
                fed = stream.unconsumed_tail
                if not fed:
                    fed = self._data[at : min(self._end, at + step)]
                    at += len(fed)
                    if not fed and not full:
                        raise self._fault("ends within an object; it may be cut")
                piece = stream.decompress(fed, _STEP)
                full = len(piece) == _STEP
                made += len(piece)
                if made > entry.size:
                    raise self._fault("has an object that is longer than it says")
                if keep:
                    pieces.append(piece)
        except zlib.error as error:
            raise self._fault("has an object that cannot be unpacked; it may be damaged") from error
        if made != entry.size:
            raise self._fault("has an object that is shorter than it says")
        return b"".join(pieces), at - len(stream.unused_data)

    def _fault(self, sentence: str) -> StructuralFault:
        return StructuralFault(f"{self._place} {sentence}")
