"""What one bundle answers: the build, its tag, what came after the freeze, and what stands behind each change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import read_moment
from gonogo.collectors.system.git.commit_graph import CommitGraph
from gonogo.collectors.system.git.git_facts import (
    ALWAYS,
    CHANGE_NAMED,
    COMMITTED,
    GUARDED,
    OF_TAG,
    ON_BRANCH,
    SINCE_FREEZE,
    TAG_ANNOTATED,
    TAG_ON_BUILD,
    TAG_SIGNED,
    UNBUILT,
    UNNAMED,
    UNREVIEWED,
)
from gonogo.collectors.system.git.git_settings import GitSettings
from gonogo.collectors.system.git.joined_trees import only_joins
from gonogo.collectors.system.git.named_commits import as_named, branch_tip, commit_of_build, named_commit
from gonogo.collectors.system.git.reviewing import reviewed
from gonogo.collectors.system.git.tree_difference import TreeDifference
from gonogo.documents.patterns import compiled
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.fact import Value
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact

_SIGNED: Final = tuple(
    f"\n-----BEGIN {what}-----\n".encode() for what in ("PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE")
)


class GitAnswers:
    """What one bundle answers."""

    def __init__(
        self, graph: CommitGraph, job: Job, settings: GitSettings, as_of: datetime, approved: frozenset[str]
    ) -> None:
        self._graph, self._job, self._settings, self._as_of = graph, job, settings, as_of
        self._change = compiled(settings.change or "")
        self._approved = approved
        self._head = branch_tip(graph, settings.branch)
        self._there = graph.reach(self._head)
        self._build: str | None = None
        self._subject = Subject()
        try:
            self._build, name = commit_of_build(graph, job)
            self._subject = Subject(build=name)
        except StructuralFault as fault:
            self._why_no_build = fault

    def __iter__(self) -> Iterator[Answer]:
        graph, settings = self._graph, self._settings
        where = f"branch {settings.branch}"
        if self._build is None:
            for fact in ALWAYS:
                yield self._no_build(fact)
        else:
            yield self._value(ON_BRANCH, self._build in self._there, where)
            yield self._value(COMMITTED, graph.commit(self._build).committed, where)
            yield self._commits(UNBUILT, self._there - graph.reach(self._build), where)
        if settings.tag:
            yield from self._tag(settings.tag)
        if settings.freezes:
            yield from self._freeze(where)
        if settings.since:
            yield from self._release(settings.since)

    def _no_build(self, fact: LocalFact) -> Answer:
        return fact.missing(str(self._why_no_build), self._why_no_build.reason)

    def _value(self, fact: LocalFact, value: Value, where: str) -> Answer:
        return fact.value(value, as_of=self._as_of, subject=self._subject, where=where)

    def _commits(self, fact: LocalFact, found: set[str], where: str) -> Answer:
        return self._value(fact, len(found), where).naming(self._keys(found))

    def _keys(self, found: set[str]) -> list[str]:
        """Return ids as they are shown, the newest commit first."""
        commits = sorted(map(self._graph.commit, found), key=lambda commit: commit.identity)
        return [commit.key for commit in sorted(commits, key=lambda commit: commit.committed, reverse=True)]

    def _tag(self, name: str) -> Iterator[Answer]:
        full = f"refs/tags/{name}"
        if full not in self._graph.refs:
            for fact in OF_TAG:
                yield fact.missing(f"{self._graph.place} holds no tag {name}; make the bundle with --all")
            return
        if moved := self._graph.moved_tag(name):
            for fact in OF_TAG:
                yield fact.missing(moved, GapReason.NOT_PROVABLE)
            return
        where, content = f"tag {as_named(self._graph, name)}", self._graph.tag_object(full)
        if self._build is None:
            yield self._no_build(TAG_ON_BUILD)
        else:
            yield self._value(TAG_ON_BUILD, self._graph.tip(full) == self._build, where)
        yield self._value(TAG_ANNOTATED, content is not None, where)
        yield self._value(TAG_SIGNED, content is not None and any(mark in content for mark in _SIGNED), where)

    def _freeze(self, where: str) -> Iterator[Answer]:
        graph, settings = self._graph, self._settings
        owed = [fact for fact, asked in ((UNNAMED, settings.change), (GUARDED, settings.guarded)) if asked]
        try:
            at = self._frozen()
        except CollectorRefusal as refusal:
            for fact in (SINCE_FREEZE, *owed):
                yield fact.missing(str(refusal), refusal.reason, where)
            return
        later = self._there - graph.reach(at)
        if settings.frozen_from:
            where = f"{where}, frozen at {as_named(graph, settings.frozen_from)}"
        yield self._commits(SINCE_FREEZE, later, where)
        if settings.change:
            yield self._commits(UNNAMED, {each for each in self._plain(later) if not self._named(each)}, where)
        if settings.guarded:
            yield self._guarded(at, where)

    def _frozen(self) -> str | None:
        """Return the commit at which the branch was frozen; None if all of it came later."""
        settings = self._settings
        if settings.frozen_from:
            at = named_commit(self._graph, settings.frozen_from)
            if at not in self._there:
                raise StructuralFault(
                    f"{settings.frozen_from}, at which the code was frozen, is not on the branch {settings.branch}",
                    GapReason.NOT_PROVABLE,
                )
            return at
        moment = read_moment(settings.frozen_at, self._job.time_zone)
        if moment is None or moment > self._job.now:
            raise StructuralFault(
                "the code is not frozen yet, so nobody knows what comes later", GapReason.NOT_PROVABLE
            )
        return self._graph.frozen_before(self._head, moment)

    def _guarded(self, at: str | None, where: str) -> Answer:
        if at is None:
            return GUARDED.missing(
                "no commit of the branch is older than the freeze, so nothing says how the guarded files were",
                GapReason.NOT_PROVABLE,
                where,
            )
        before, after = (self._graph.commit(identity).tree for identity in (at, self._head))
        difference = TreeDifference(self._graph.pack, self._graph.place)
        found: set[str] = set()
        try:
            for path in self._settings.guarded:
                if not (difference.there(before, path) or difference.there(after, path)):
                    return GUARDED.missing(f"{path} is not on the branch, now or when it was frozen", where=where)
                found.update(difference.differing(before, after, path))
        except StructuralFault as fault:
            return GUARDED.missing(str(fault), fault.reason, where)
        return self._value(GUARDED, len(found), where).naming(sorted(found))

    def _release(self, since: str) -> Iterator[Answer]:
        graph, settings = self._graph, self._settings
        owed = (UNREVIEWED, CHANGE_NAMED) if settings.change else (UNREVIEWED,)
        if self._build is None:
            for fact in owed:
                yield self._no_build(fact)
            return
        where, whole = f"since {as_named(graph, since)}", graph.reach(self._build)
        try:
            before = named_commit(graph, since)
        except CollectorRefusal as refusal:
            for fact in owed:
                yield fact.missing(str(refusal), refusal.reason, where)
            return
        if before not in whole:
            for fact in owed:
                yield fact.missing(_parted(graph, since, whole & graph.reach(before)), GapReason.NOT_PROVABLE, where)
            return
        span = whole - graph.reach(before)
        plain = self._plain(span)
        if not plain:
            for fact in owed:
                yield fact.missing(
                    f"the build holds no commit that {since} does not hold", GapReason.NOT_PROVABLE, where
                )
            return
        trailers = frozenset(map(str.lower, settings.trailers))
        seen = reviewed(graph, span, self._build, trailers, settings.people)
        yield self._commits(UNREVIEWED, plain - seen, where)
        if settings.change:
            without = {each for each in plain if not self._named(each)}
            answer = CHANGE_NAMED.counted(
                part=len(plain - without), whole=len(plain), as_of=self._as_of, subject=self._subject, where=where
            )
            yield answer.naming(self._keys(without))

    def _plain(self, span: set[str]) -> set[str]:
        return {each for each in span if not _joins(self._graph, each)}

    def _named(self, identity: str) -> bool:
        """Return whether the message of a commit names an approved change."""
        message = self._graph.pack.content(self._graph.commit(identity).at).partition(b"\n\n")[2]
        group = 1 if self._change.groups else 0
        found = (match.group(group) for match in self._change.finditer(message.decode("utf-8", "replace")))
        return any(name and (not self._approved or name.strip().casefold() in self._approved) for name in found)


def _joins(graph: CommitGraph, identity: str) -> bool:
    """Return whether a commit only joins lines of work, so that it is no change of its own.

    It brings a commit that its first parent does not hold. If it could have been no commit at all, because what it
    brings follows that parent, it has the files of what it brings. Where both lines went on, it has the files that
    joining them gives.
    """
    commit = graph.commit(identity)
    brought = [each for each in commit.parents[1:] if not graph.holds(commit.parents[0], each)]
    if len(brought) == 1 and graph.holds(brought[0], commit.parents[0]):
        return commit.tree == graph.commit(brought[0]).tree
    return bool(brought) and only_joins(graph, identity)


def _parted(graph: CommitGraph, since: str, shared: set[str]) -> str:
    """Say that the build does not follow the release before, and from where on it could be asked about."""
    last = max((graph.commit(each) for each in shared), key=lambda commit: commit.committed, default=None)
    hint = f"; the last commit that both hold is {last.key}: say since: {last.key}" if last else ""
    return f"{since} is not part of the build, so what is new since then cannot be counted{hint}"
