"""Which commit a name means: that of a branch, of a tag, of the first digits of an id, or of the build that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.collectors.system.git.commit_graph import SHOWN, CommitGraph
from gonogo.model.build_name import same_build
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Job

_SHORTEST: Final = 7
"""Digits from which a name may be the beginning of a commit's id."""


def branch_tip(graph: CommitGraph, name: str) -> str:
    """Return the id of the newest commit of a branch.

    Raises:
        CollectorRefusal: There is none, or a remote or what is checked out has commits that it lacks.
    """
    tip = graph.tip(f"refs/heads/{name}")
    if tip is not None:
        here = graph.reach(tip)
        remotes = [full for full in graph.refs if full.startswith("refs/remotes/") and full.endswith(f"/{name}")]
        if any((other := graph.tip(full)) is not None and other not in here for full in [*remotes, *_loose(graph)]):
            raise StructuralFault(
                f"{graph.place} holds {name} as the clone has it, and a remote, or a commit that was checked out, has "
                "commits on it that the clone's branch does not; pull the branch, then make the bundle again"
            )
        return tip
    if f"refs/heads/{name}" in graph.refs:
        return graph.commit(graph.refs[f"refs/heads/{name}"]).identity
    known = sorted(full.removeprefix("refs/heads/")[:80] for full in graph.refs if full.startswith("refs/heads/"))
    shown = ", ".join(known[:6]) + (f" and {len(known) - 6} more" if len(known) > 6 else "")
    lacking = f"{graph.place} holds no branch {name}, or nobody has committed to it"
    # People call branches after themselves.
    raise CollectorRefusal(f"{lacking}; it holds {shown or 'no branch at all'}", GapReason.MISSING, told=lacking)


def _loose(graph: CommitGraph) -> Iterator[str]:
    """Yield what is checked out here or at a remote, where it is no branch: commits on it belong to no other one."""
    branches = {
        graph.tip(full)
        for full in graph.refs
        if full.startswith(("refs/heads/", "refs/remotes/")) and full[-5:] != "/HEAD"
    }
    heads = (
        full for full in graph.refs if full == "HEAD" or (full.startswith("refs/remotes/") and full[-5:] == "/HEAD")
    )
    yield from (full for full in heads if graph.tip(full) not in branches)


def named_commit(graph: CommitGraph, name: str) -> str:
    """Return the id of the commit that a tag names, or that begins with these digits.

    Raises:
        StructuralFault: None does, several do, or the tag is another one that was put there.
    """
    tip = graph.tip(f"refs/tags/{name}")
    found = _beginning(graph, name) | ({tip} if tip else set())
    if moved := graph.moved_tag(name):
        raise StructuralFault(moved, GapReason.NOT_PROVABLE)
    if len(found) != 1:
        why = "names several commits" if found else "is no tag and no commit"
        raise StructuralFault(f"{name} {why} of {graph.place}", GapReason.MISSING)
    return next(iter(found))


def as_named(graph: CommitGraph, name: str) -> str:
    """Return a name, with what it does not show: a plain tag is no object, and can be moved without a trace."""
    full = f"refs/tags/{name}"
    if full in graph.refs and graph.tag_object(full) is None:
        return f"{name} (a plain tag: nothing shows who set it, or whether it stood elsewhere before)"
    return name


def _beginning(graph: CommitGraph, name: str) -> set[str]:
    digits = name.strip().lower()
    if len(digits) < _SHORTEST or not set(digits) <= set("0123456789abcdef"):
        return set()
    return {each for each in graph.pack.named if each.startswith(digits) and graph.is_commit(each)}


def commit_of_build(graph: CommitGraph, job: Job) -> tuple[str, str]:
    """Return the commit of the build that counts, and the name of the build that says so.

    Raises:
        CollectorRefusal: None of its names is a commit or a tag, or they are of two commits.
    """
    found: dict[str, str] = {}
    tags = [full.removeprefix("refs/tags/") for full in graph.refs if full.startswith("refs/tags/")]
    for name in sorted(job.builds):
        of_tags = {tip for tag in tags if same_build(tag, name) and (tip := graph.tip(f"refs/tags/{tag}"))}
        for identity in of_tags | _beginning(graph, name):
            found.setdefault(identity, name)
    if len(found) > 1:
        raise StructuralFault(
            f"the names of the build are those of {len(found)} commits in {graph.place}: "
            f"{', '.join(sorted(identity[:SHOWN] for identity in found))}; keep the one that goes live",
            GapReason.MIXED_SUBJECTS,
        )
    if not found:
        raise StructuralFault(
            f"no name of the build is a commit or a tag in {graph.place}; list the commit's id under subjects of the "
            "release, or make the bundle anew",
            GapReason.MISSING,
        )
    return next(iter(found.items()))
