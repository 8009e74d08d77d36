"""Who stands behind a commit beside its author, by what commits say. git proves none of it."""

from __future__ import annotations

import re
from typing import Final

from gonogo.collectors.system.git.commit_graph import CommitGraph, author, contributor
from gonogo.collectors.system.git.contributors import Contributor, People

_TRAILER: Final = re.compile(rb"([A-Za-z][A-Za-z-]{0,60}): ([^\n]{0,400})<([^<>\n]{1,400})>[ \t]*")

_TOGETHER: Final = frozenset((b"co-authored-by", b"co-developed-by", b"coauthored-by", b"pair-programmed-with"))
"""What lines begin with that name one more author, in small letters."""


def reviewed(graph: CommitGraph, span: set[str], head: str, trailers: frozenset[str], people: People) -> set[str]:
    """Return which commits another person reviewed: named in a trailer, or author of the merge that brought them.

    Args:
        graph: The history.
        span: Ids of the commits that are asked about, with the merges between them.
        head: Id of the newest of them.
        trailers: What lines that name a reviewer begin with, in small letters.
        people: Who counts as a person.
    """
    found = set()
    merged = _merged(graph, span, head)
    for identity in span:
        content = graph.pack.content(graph.commit(identity).at)
        by = [author(content), *_with(content)]
        others = _named(content, trailers)
        if identity in merged:
            others.append(author(graph.pack.content(graph.commit(merged[identity]).at)))
        if by[0].mailbox and any(people.has(other) and not any(other.same(each) for each in by) for other in others):
            found.add(identity)
    return found


def _with(content: bytes) -> list[Contributor]:
    """Return with whom the author made a commit, wherever its message says so."""
    lines = (_TRAILER.fullmatch(line.strip()) for line in content.partition(b"\n\n")[2].split(b"\n"))
    return [contributor(line[2], line[3]) for line in lines if line and line[1].lower() in _TOGETHER]


def _named(content: bytes, trailers: frozenset[str]) -> list[Contributor]:
    """Return whom the last lines of a message name as reviewers."""
    paragraphs = content.partition(b"\n\n")[2].strip().split(b"\n\n")
    if len(paragraphs) < 2:
        return []
    lines = (_TRAILER.fullmatch(line) for line in paragraphs[-1].split(b"\n"))
    return [contributor(line[2], line[3]) for line in lines if line and line[1].decode().lower() in trailers]


def _merged(graph: CommitGraph, span: set[str], head: str) -> dict[str, str]:
    """Return for each commit that a merge on the way to the newest brought, which merge it was: the first one."""
    chain: list[str] = []
    at: str | None = head
    while at is not None and at in span:
        chain.append(at)
        at = next(iter(graph.commit(at).parents), None)
    seen = graph.reach(at)
    found: dict[str, str] = {}
    for each in reversed(chain):
        for parent in graph.commit(each).parents[1:]:
            brought = graph.reach(parent, seen)
            seen |= brought
            found.update(dict.fromkeys(brought, each))
        seen.add(each)
    return found
