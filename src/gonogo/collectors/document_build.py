"""The build that a tool's documents name, where they name one."""

from __future__ import annotations

from collections.abc import Iterable

from gonogo.model.build_name import same_build
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal, Job


def build_named(names: Iterable[tuple[str, str]], job: Job) -> Subject:
    """Return the build that documents are about, where each of them names it; else the binding has to say.

    Args:
        names: For each document, the build's name, empty where it names none, and where it stands.
        job: What the evidence is collected for.

    Raises:
        CollectorRefusal: Two of them are about two builds.
    """
    found: tuple[str, str] | None = None
    silent = False
    for name, place in names:
        if not name:
            silent = True
        elif found is None:
            found = name, place
        elif not same_build(found[0], name):
            raise CollectorRefusal(
                f"{found[1]} is about build {found[0]!r} and {place} about {name!r}; bind the files of one build",
                GapReason.MIXED_SUBJECTS,
                told=f"{found[1]} and {place} are about two builds; bind the files of one build",
            )
    if found is None or (silent and not job.subject.build):
        return Subject()
    return Subject(build=found[0])
