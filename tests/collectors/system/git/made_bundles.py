"""Bundles made object by object, without git: also those that git would not write."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from gonogo.collectors.system.git import GitCollector
from gonogo.testing.jobs import answers_of, job_of

KINDS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}


def day(number: int, hour: int = 12) -> datetime:
    """Return a moment of April 2027."""
    return datetime(2027, 4, number, hour, tzinfo=UTC)


def packed(kind: int, content: bytes, more: bytes = b"", size: int | None = None) -> bytes:
    """Return one entry of a pack; ``more`` stands between its head and its content."""
    left = len(content) if size is None else size
    head, left = [kind << 4 | left & 15], left >> 4
    while left:
        head[-1] |= 128
        head.append(left & 127)
        left >>= 7
    return bytes(head) + more + zlib.compress(content)


def sealed(entries: Sequence[bytes], algorithm: str = "sha1", count: int | None = None) -> bytes:
    """Return a pack of entries, with its digest."""
    body = b"PACK" + (2).to_bytes(4, "big") + (len(entries) if count is None else count).to_bytes(4, "big")
    body += b"".join(entries)
    return body + hashlib.new(algorithm, body).digest()


class Made:
    """A history that grows."""

    def __init__(self, algorithm: str = "sha1") -> None:
        self.algorithm = algorithm
        self.objects: dict[str, tuple[str, bytes]] = {}
        self.refs: dict[str, str] = {}

    def put(self, kind: str, content: bytes) -> str:
        """Add an object; return its id."""
        name = hashlib.new(self.algorithm, b"%s %d\0%s" % (kind.encode(), len(content), content)).hexdigest()
        self.objects[name] = kind, content
        return name

    def tree(self, files: Mapping[str, str]) -> str:
        """Add the folders of some files."""
        below: dict[str, dict[str, str]] = {}
        entries = []
        for path, text in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = text
            else:
                entries.append((first, "100644", self.put("blob", text.encode())))
        entries += [(name, "40000", self.tree(inside)) for name, inside in below.items()]
        return self.put("tree", b"".join(f"{m} {n}\0".encode() + bytes.fromhex(i) for n, m, i in sorted(entries)))

    def commit(
        self,
        *parents: str,
        at: datetime = datetime(2027, 4, 1, tzinfo=UTC),
        files: Mapping[str, str] | None = None,
        message: str = "HARB-1 work",
        by: str = "ada@agency.example",
        authored: datetime | None = None,
    ) -> str:
        """Add a commit."""
        first = f"{int((authored or at).timestamp())} -0400"
        when = f"{int(at.timestamp())} -0400"
        lines = [f"tree {self.tree(files or {'a.txt': 'a'})}", *(f"parent {parent}" for parent in parents)]
        name = "Ada Kirsch" if by.startswith("ada") else by.partition("@")[0].title()
        lines += [f"author {name} <{by}> {first}", f"committer Forge <forge@agency.example> {when}", "", message]
        return self.put("commit", "\n".join(lines).encode())

    def chain(self, *moments: datetime, start: str | None = None, **more) -> list[str]:
        """Add one commit after another."""
        made: list[str] = []
        for moment in moments:
            above = made[-1:] or ([start] if start else [])
            made.append(self.commit(*above, at=moment, message=f"HARB-{len(self.objects)}", **more))
        return made

    def tag(self, name: str, target: str, text: str = "Release\n") -> str:
        """Add the object of an annotated tag."""
        tagger = "tagger Ada Kirsch <ada@agency.example> 1808000040 -0400"
        kind = self.objects[target][0]
        return self.put("tag", f"object {target}\ntype {kind}\ntag {name}\n{tagger}\n\n{text}".encode())

    def pack(self, without: Iterable[str] = ()) -> bytes:
        """Return the objects, but for some."""
        left = [each for name, each in self.objects.items() if name not in set(without)]
        return sealed([packed(KINDS[kind], content) for kind, content in left], self.algorithm)

    def bundle(self, refs: Mapping[str, str] | None = None, *, without: Iterable[str] = (), head: str = "") -> bytes:
        """Return the bundle; ``head`` stands in place of its first line."""
        first = head or ("# v2 git bundle" if self.algorithm == "sha1" else "# v3 git bundle\n@object-format=sha256")
        lines = [first, *(f"{identity} {name}" for name, identity in (refs or self.refs).items())]
        return "\n".join(lines).encode() + b"\n\n" + self.pack(without)


def on_main(made: Made, head: str, **tags: str) -> bytes:
    """Return the bundle of a branch ``main``, and of tags."""
    return made.bundle({"refs/heads/main": head} | {f"refs/tags/{name}": target for name, target in tags.items()})


def read(data: bytes, build: str | Sequence[str] = "", *, as_of=None, more: Mapping | None = None, **settings):
    """Return the answers by their names."""
    names = [build] if isinstance(build, str) else build
    known = as_of if as_of is not None or not more else {"file": None, "approved": day(19)}
    job = job_of({"file": ("history.bundle", data)} | dict(more or {}), as_of=known)
    wanted = GitCollector.settings.model_validate_json(json.dumps({"branch": "main"} | settings))
    collector = GitCollector()
    owed = sorted(fact.name for fact in collector.declare(wanted))
    found = answers_of(collector, replace(job, builds=frozenset(filter(None, names))), wanted)
    assert sorted(found) == owed
    return found
