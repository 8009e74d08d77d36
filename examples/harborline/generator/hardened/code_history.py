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
        name = hashlib.sha1(b"%s %d\0%s" % (kind.encode(), len(content), content)).hexdigest()
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


def bundle(day: str) -> bytes:
    """Return the bundle of the repository as it was on a day: the release is quiet, and the work after it goes on."""
    repository = Repository()
    start, tip = _release(repository)
    hours = (datetime.fromisoformat(f"{day}T17:00").replace(tzinfo=WASHINGTON) - FIRST) // timedelta(hours=1)
    later = repository.commit(hours, "HL-400: prepare release 2", 2, tip)
    refs = {f"refs/heads/{BRANCH}": tip, "refs/heads/main": later, f"refs/tags/{BEFORE}": start}
    head = "\n".join(["# v2 git bundle", *(f"{name} {ref}" for ref, name in refs.items())])
    return head.encode() + b"\n\n" + _pack(repository)


def released() -> str:
    """Return the commit that is released."""
    return _release(Repository())[1]


def _release(repository: Repository) -> tuple[str, str]:
    """Add the release; return the commit of the release before, and its own.

    Each change has a reviewer in its trailer, or came with a merge that somebody else made.
    """
    start = tip = repository.commit(0, "Release 0.9", 1)
    for number in range(1, COMMITS + 1):
        author, reviewer = number % 7 + 1, (number + 3) % 7 + 1
        trailer = f"\n\nReviewed-by: {_who(reviewer)}" if number % 6 else ""
        change = repository.commit(number, f"HL-{200 + number}: settle one difference{trailer}", author, tip)
        tip = change if trailer else repository.commit(number, f"Merge HL-{200 + number}", reviewer, tip, change)
    return start, tip


def _who(number: int) -> str:
    return f"Developer {number} <developer{number}@cfsc.example>"


def _pack(repository: Repository) -> bytes:
    body = b"PACK" + (2).to_bytes(4, "big") + len(repository.objects).to_bytes(4, "big")
    body += b"".join(_entry(KINDS[kind], content) for kind, content in repository.objects.values())
    return body + hashlib.sha1(body).digest()


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
