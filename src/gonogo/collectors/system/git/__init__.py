"""Facts about the history of the code, read from a git bundle: one file that holds branches, tags and commits.

A bundle is read and not the folder of a repository: it has a digest, no configuration, no hooks and no working copy, so
nothing of it can be run. What is not the whole history (a shallow clone, a graft, a part of it) is a gap. Imports the
patterns that people write; whether a change was allowed after the freeze is a ruleset's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from gonogo.collectors.document_moment import held_by
from gonogo.collectors.listed_rows import listed_moment
from gonogo.collectors.system.git.approved_changes import approved_changes
from gonogo.collectors.system.git.commit_graph import CommitGraph
from gonogo.collectors.system.git.git_answers import GitAnswers
from gonogo.collectors.system.git.git_bundle import SIGNATURES, read_head
from gonogo.collectors.system.git.git_facts import (
    ALWAYS,
    CHANGE_NAMED,
    GUARDED,
    OF_TAG,
    SINCE_FREEZE,
    UNNAMED,
    UNREVIEWED,
)
from gonogo.collectors.system.git.git_settings import GitSettings
from gonogo.collectors.system.git.pack import Pack
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes, Start
from gonogo.plugin.spec import Answer, Collector, Job, LocalFact, Settings, hookimpl

_BEFORE: Final = "TAG-OF-THE-RELEASE-BEFORE"
"""Stands where a person names the release before; as it is, it names none, and the facts that need it are gaps."""


class GitCollector:
    """Reads a git bundle of the whole repository (input ``file``), and a list of approved changes (input ``approved``).

    ``git bundle create FILE --all`` writes a bundle. It is read here without git; a folder of a repository is not read.

    Under ``as_of: document`` it held when the newest commit of its branches and tags was made: a bundle does not say
    when it was written itself. The build is the commit or the tag that one of the release's ``subjects`` names.
    """

    name = "git"
    facts: Sequence[LocalFact] = (
        *ALWAYS,
        *OF_TAG,
        SINCE_FREEZE,
        UNNAMED,
        GUARDED,
        CHANGE_NAMED,
        UNREVIEWED,
    )
    settings: type[Settings] = GitSettings
    network: Sequence[str] = ()
    recognizes = tuple(
        Recognizes(
            what="git bundle (history of the code)",
            starts=mark.decode(),
            binding="history",
            prefix="release",
            of_build=True,
            settings={"branch": "main", "since": _BEFORE},
            missing=(
                "branch: none stands out in the bundle; name the one that is released, or make the bundle with --all",
            ),
            remarks=(
                "as_of is the newest commit; give the day in the file's name if the bundle is made daily",
                "since is the tag or commit of the release before this one",
            ),
            place=29,
        )
        for mark in SIGNATURES
    )

    def start(self, data: bytes, file_name: str) -> Start | None:
        """Return the branch that a bundle seems to be about: its only one, or the one that was checked out."""
        try:
            refs = read_head(data, file_name).refs
        except StructuralFault:
            return None
        branches = {name.removeprefix("refs/heads/"): at for name, at in refs.items() if name.startswith("refs/heads/")}
        current = [name for name, at in branches.items() if at == refs.get("HEAD") or len(branches) == 1]
        if len(current) != 1:
            return None
        return Start(
            settings={"branch": current[0], "since": _BEFORE},
            remarks=("branch: check that it is the one that is released",),
        )

    def declare(self, settings: GitSettings) -> Sequence[LocalFact]:
        """Return the facts that the settings give enough for.

        Raises:
            SettingsRefusal: They contradict themselves.
        """
        settings.check()
        wanted = list(ALWAYS)
        wanted += OF_TAG if settings.tag else ()
        wanted += [SINCE_FREEZE] if settings.freezes else []
        wanted += [UNNAMED] if settings.freezes and settings.change else []
        wanted += [GUARDED] if settings.guarded else []
        wanted += [CHANGE_NAMED] if settings.since and settings.change else []
        wanted += [UNREVIEWED] if settings.since else []
        return wanted

    def collect(self, job: Job, settings: GitSettings) -> Iterable[Answer]:
        """Yield one answer for each fact that is owed.

        Raises:
            CollectorRefusal: The bundle cannot be read, is not of the whole history, or has no such branch.
        """
        source, lists = job.input(), job.inputs("approved")
        if bool(lists) != bool(settings.approved):
            raise StructuralFault("the input approved and the setting approved, its column, go together; give both")
        changes = frozenset().union(*(approved_changes(each, settings.approved or "") for each in lists))
        data = source.read()
        head = read_head(data, source.file_name)
        graph = CommitGraph(head, Pack(data, head.objects_at, head.algorithm, source.file_name), source.file_name)
        as_of = min(
            [held_by(source, [graph.newest()], job), *(each.held(listed_moment(each, job.time_zone)) for each in lists)]
        )
        yield from GitAnswers(graph, job, settings, as_of, changes)


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector."""
    register(GitCollector())
