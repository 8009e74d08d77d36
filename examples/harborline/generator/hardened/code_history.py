"""The history of the release as a git bundle, object by object: what git itself would write, without git.

Everything is stored and nothing compressed, so that the bytes do not depend on a library.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

WASHINGTON = timezone(timedelta(hours=-5))
FIRST = datetime(2027, 1, 11, 9, tzinfo=WASHINGTON)
BRANCH, BEFORE = "release/r1", "r0.9"
COMMITS = 42
"""Commits of the release; a forge's merge after each six of them is not counted."""
KINDS = {"commit": 1, "tree": 2, "blob": 3}


@dataclass
class Repository:
    """A history that grows by one file."""

    objects: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def put(self, kind: str, content: bytes) -> str:
        """Add an object; return its id."""
        name = hashlib.sha1(b"%s %d\0%s" % (kind.encode(), len(content), content)).hexdigest()  # noqa: S324 - as git
        self.objects[name] = kind, content
        return name

    def commit(self, number: int, message: str, author: int, *parents: str) -> str:
        """Add a commit after its parents, an hour after the one before it."""
        blob = self.put("blob", f"release R1, state {number}\n".encode())
        tree = self.put("tree", b"100644 STATE\0" + bytes.fromhex(blob))
        when = f"{int((FIRST + timedelta(hours=number)).timestamp())} -0500"
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author {_who(author)} {when}", f"committer Forge <forge@cfsc.example> {when}", "", message]
        return self.put("commit", ("\n".join(lines) + "\n").encode())


def made() -> tuple[str, bytes]:
    """Return the commit that is released, and the bundle of its repository.

    Each change has a reviewer in its trailer, or came with a merge that somebody else made.
    """
    repository = Repository()
    start = tip = repository.commit(0, "Release 0.9", 1)
    for number in range(1, COMMITS + 1):
        author, reviewer = number % 7 + 1, (number + 3) % 7 + 1
        trailer = f"\n\nReviewed-by: {_who(reviewer)}" if number % 6 else ""
        change = repository.commit(number, f"HL-{200 + number}: settle one difference{trailer}", author, tip)
        tip = change if trailer else repository.commit(number, f"Merge HL-{200 + number}", reviewer, tip, change)
    refs = {f"refs/heads/{BRANCH}": tip, f"refs/tags/{BEFORE}": start}
    head = "\n".join(["# v2 git bundle", *(f"{name} {ref}" for ref, name in refs.items())])
    return tip, head.encode() + b"\n\n" + _pack(repository)


def _who(number: int) -> str:
    return f"Developer {number} <developer{number}@cfsc.example>"


def _pack(repository: Repository) -> bytes:
    body = b"PACK" + (2).to_bytes(4, "big") + len(repository.objects).to_bytes(4, "big")
    body += b"".join(_entry(KINDS[kind], content) for kind, content in repository.objects.values())
    return body + hashlib.sha1(body).digest()  # noqa: S324 - as git


def _entry(kind: int, content: bytes) -> bytes:
    head, left = [kind << 4 | len(content) & 15], len(content) >> 4
    while left:
        head[-1] |= 128
        head.append(left & 127)
        left >>= 7
    return bytes(head) + _stored(content)


def _stored(content: bytes) -> bytes:
    """Return a zlib stream of one block that is stored, of at most 65,535 bytes."""
    size = len(content)
    block = b"\x01" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + content
    return b"\x78\x01" + block + zlib.adler32(content).to_bytes(4, "big")
