"""Sources of a recorded run read again from their kept bytes (``keep: bytes``), by the collectors that are here now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from gonogo.audit.kept import kept_source
from gonogo.errors import GonogoError, Problem
from gonogo.model.collected import CollectorFinished
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.program import Binding, Keep, Marking
from gonogo.model.reply import Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry, discover, find_entry
from gonogo.plugin.host import collect
from gonogo.plugin.inputs.scratch_folder import scratch_folder
from gonogo.plugin.preload import takes_names
from gonogo.report.view import RunView
from gonogo.workflow.admitting import admitted_facts, earlier_of
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.settings_order import in_written_order

_TOGETHER: Final = (GapReason.CONFLICT, GapReason.WRONG_SUBJECT, GapReason.UNASKED)
"""Gaps that may come from several sources, or from none: one source alone does not give them again."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What the kept bytes say.

    Attributes:
        replies: Of the sources that were read again.
        why: For each other source, why its recorded facts stand.
    """

    replies: tuple[Reply, ...]
    why: Mapping[str, str]

    def evidence(self, loaded: LoadedProgram, view: RunView) -> EvidenceSet:
        """Return the recorded answers, with those of sources that were read again in their place."""
        read = {reply.binding: reply for reply in self.replies}
        answers = []
        for recorded in view.assessment.evidence:
            own = _sources(recorded)
            if not self.why:
                own = tuple(read)
            elif isinstance(recorded, Gap) and recorded.reason in _TOGETHER:
                own = ()
            if own and all(binding in read for binding in own):
                found = admitted_facts(loaded, [read[binding] for binding in own], [recorded.fact], view.started.now)
                answers.append(found[recorded.fact])
            else:
                answers.append(recorded)
        return EvidenceSet(
            evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
            gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
        )


def read_again(loaded: LoadedProgram, view: RunView, folder: Path, settings: Mapping[str, str] | None) -> ReadAgain:
    """Read every source of a run again whose bytes are kept and say all that its collector needs.

    Args:
        loaded: The recorded program.
        view: The run.
        folder: Folder of the log.
        settings: Settings in the order in which they were written; None where the record does not hold it.

    Raises:
        IntegrityError: Kept bytes are not what was read.
    """
    if settings is not None:
        loaded = replace(loaded, program=in_written_order(loaded.program, settings))
    bindings = {binding.id: binding for binding in loaded.program.bindings}
    entries = discover()
    why: dict[str, str] = {}
    with scratch_folder() as scratch:
        placed: dict[str, str] = {}
        for finished in view.collectors:
            reason = _unfit(finished, bindings.get(finished.binding), entries, loaded)
            if not reason and settings is None:
                reason = "the record does not hold the order of the settings"
            reason = reason or _place(finished, folder, scratch, placed)
            if reason:
                why[finished.binding] = reason
        wanted = [each.binding for each in view.collectors if each.binding not in why]
        if not wanted:
            return ReadAgain((), why)
        try:
            replies = _collect(loaded, view, scratch, wanted, entries)
        except GonogoError as error:
            sentence = " ".join(error.sentence.split()).rstrip(".")
            return ReadAgain((), why | dict.fromkeys(wanted, f"the collectors could not be asked: {sentence}"))
    recorded = {each.binding: each for each in view.collectors}
    return ReadAgain(tuple(_as_recorded(reply, recorded[reply.binding]) for reply in replies), why)


def _unfit(
    finished: CollectorFinished, binding: Binding | None, entries: dict[str, PluginEntry], loaded: LoadedProgram
) -> str:
    """Return why the bytes of a source, if they are kept, do not say all that its collector needs; else nothing."""
    if binding is None:
        return "the recorded program file does not name the source"
    if binding.keep is not Keep.BYTES:
        return "the bytes were not kept"
    if finished.failure is not None or not finished.inputs:
        return "no file was read"
    if binding.handling.marking is Marking.PII:
        return "personal data, and the log keeps no names"
    entry = find_entry(binding, entries, loaded.program.allow)
    if isinstance(entry, Problem):
        return f"the collector {binding.plugin} is not installed here"
    if takes_names(entry.module) if entry.builtin else f"{entry.distribution} {entry.version}" != finished.distribution:
        return "people are named there, and the log keeps no names" if entry.builtin else "the collector is another one"
    if binding.env or entry.networked_by(loaded.program.allow):
        return "the collector reads more than the file"
    return ""


def _place(finished: CollectorFinished, folder: Path, scratch: Path, placed: dict[str, str]) -> str:
    """Put the kept bytes of a source where the program looks for them; return why that cannot be."""
    for each in finished.inputs:
        path = PurePosixPath(each.path)
        if path.is_absolute() or ".." in path.parts or placed.setdefault(each.path, each.sha256) != each.sha256:
            return f"{each.path} cannot be laid out again"
        content = kept_source(folder, each.sha256)
        if content is None:
            return f"the kept bytes of {each.path} are missing"
        target = scratch / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return ""


def _collect(
    loaded: LoadedProgram, view: RunView, root: Path, wanted: Sequence[str], entries: dict[str, PluginEntry]
) -> list[Reply]:
    return collect(
        CollectionRequest(
            loaded.program,
            root=root,
            release=loaded.release,
            now=view.started.now,
            only=wanted,
            earlier=earlier_of(loaded),
            entries=entries,
            vocabulary=loaded.vocabulary,
            ruleset=loaded.ruleset.material_sha256,
            people=loaded.people.parties,
        )
    )


def _as_recorded(reply: Reply, finished: CollectorFinished) -> Reply:
    """Return a reply at the recorded level: what isolation this host gives says nothing of the run."""
    return reply.model_copy(
        update={"level": finished.level, "enforced": finished.enforced, "unenforced": finished.unenforced}
    )


def _sources(recorded: Evidence | Gap) -> tuple[str, ...]:
    if isinstance(recorded, Gap):
        return (recorded.binding,) if recorded.binding is not None else ()
    return tuple(value.source.binding for value in recorded.values)
