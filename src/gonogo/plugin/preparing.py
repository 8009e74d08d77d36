"""From a binding to the child that answers for it: inputs opened, limits set, and what may be shown of its words."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError, Problem
from gonogo.isolate import Limits, Task, python_command
from gonogo.model.evidence import GapReason
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Keep, Marking, Program
from gonogo.model.spoken import Spoken
from gonogo.model.unconfirmed import why_unconfirmed
from gonogo.plugin.code_places import walls_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.inputs.beside import around_of
from gonogo.plugin.inputs.opened import Opened, open_inputs
from gonogo.plugin.inputs.same_content import LooseFiles
from gonogo.plugin.inputs.search import InputFault
from gonogo.plugin.preload import preload, takes_names
from gonogo.plugin.privacy.key_columns import keys_about
from gonogo.plugin.privacy.personal import Personal, texts_of
from gonogo.plugin.privacy.pseudonyms import Pseudonyms
from gonogo.plugin.privacy.redact import redaction_of
from gonogo.plugin.protocol import MAX_RESULT_BYTES, Verb, WireInput, WireJob, WireRequest, settings_text
from gonogo.plugin.replies import AskedBinding, subject_of
from gonogo.plugin.serving import serve
from gonogo.signing.variables import SECRETS

CHECK_S: Final = 20.0
"""Seconds in which a collector says what it answers for."""
SCRATCH_BYTES: Final = 2**30
"""What third-party collectors that run at one time may have in their scratch folders, all of them together."""
FOREIGN_PARALLEL: Final = 4
"""How many of them run at one time, at most."""
_EXECUTED: Final = python_command("gonogo.plugin.serving:serve")
_FIRST_INPUT: Final = 4
_MEMORY_BYTES: Final = 2 * 2**30


@dataclass(slots=True)
class RunOfChildren:
    """Everything that one run of children needs beside the bindings; ``opened`` is for the caller to close.

    Attributes:
        program: The program.
        folder: Scratch folder of the run.
        request: What is collected; None where collectors only say what they answer for.
        opened: Inputs that are open.
        kept: Those of them that a binding wants kept: digest and descriptor.
        loose: The files that nobody reads, where a run is recorded; None where that tells nobody anything.
    """

    program: Program
    folder: Path
    request: CollectionRequest | None = None
    opened: list[Opened] = field(default_factory=list)
    kept: list[tuple[str, int]] = field(default_factory=list)
    loose: LooseFiles | None = None

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Stand-ins for people, the same in every run over one program's folder."""
        return Pseudonyms(self.request.root if self.request is not None else self.folder)


def prepare(
    run: RunOfChildren, binding: Binding, entry: PluginEntry, *, verb: Verb = "collect"
) -> tuple[AskedBinding, Task]:
    """Return a binding ready to be asked, and the task that asks it. An input that cannot be read is part of it.

    Args:
        run: What the run of children is about.
        binding: The binding.
        entry: Its plugin.
        verb: What is asked, where there is something to read.

    Raises:
        ConfigurationError: Its settings cannot be handed over.
    """
    nonce = secrets.token_hex(16)
    fault: InputFault | None = None
    opened: list[Opened] = []
    around = around_of(run.program)
    if (asked := run.request) is not None and (why := why_unconfirmed(binding)):
        fault = InputFault(why, GapReason.UNCONFIRMED)
    elif asked is not None:
        try:
            opened = open_inputs(binding, asked.root, run.program.identity, now=asked.now, around=around)
        except InputFault as error:
            fault = error
        run.opened += opened
        if run.loose is not None:
            personal = binding.handling.marking is Marking.PII
            run.loose.note(binding, [each.path for each in opened], around, personal=personal)
        if binding.keep is Keep.BYTES:
            run.kept += [(each.sha256, each.descriptor) for each in opened]
    scratch = run.folder / secrets.token_hex(16)
    env = {name: os.environ[name] for name in binding.env if name in os.environ and name not in SECRETS}
    redaction = redaction_of(
        env,
        machine=[(str(scratch), "(scratch)")],
        personal=_personal(run, binding, opened) if binding.handling.marking is Marking.PII else None,
        builtin=entry.builtin,
        pseudonyms=run.pseudonyms,
        keys_about=keys_about(binding),
        unmarked=binding.handling.reason is not None,
    )
    job = _job(asked, binding, entry, opened, scratch) if asked is not None and fault is None else None
    collecting = job is not None
    try:
        settings = settings_text(binding.settings)
    except ValueError as error:
        problem = Problem("G304", binding.where, f"{binding.id}: its settings cannot be handed over: {error}.")
        raise ConfigurationError([problem]) from error
    request = WireRequest(
        nonce=nonce,
        verb=verb if collecting else "check",
        plugin=entry.name,
        module=entry.module,
        search=entry.search,
        collector=binding.collector,
        settings=settings,
        job=job,
    )
    ready = AskedBinding(binding, entry, nonce, tuple(each.read for each in opened), fault, redaction, around)
    seconds = float(binding.deadline_s) if collecting else min(CHECK_S, float(binding.deadline_s))
    descriptors = tuple(each.descriptor for each in opened) if collecting else ()
    limits = limits_of(seconds, inputs=sum(each.size for each in opened) if entry.builtin else 0)
    network = entry.networked_by(run.program.allow)
    folder = str(scratch) if collecting else ""
    task = task_of(
        request, entry, id=binding.id, limits=limits, env=env, descriptors=descriptors, scratch=folder, network=network
    )
    return ready, task


def _personal(run: RunOfChildren, binding: Binding, opened: Sequence[Opened]) -> Personal:
    """Return what may be shown of a source of personal data: what the program and the vocabulary say anyway."""
    documents = [binding.settings, run.program.identity.document(), [each.document() for each in run.program.releases]]
    asked = run.request
    facts = asked.vocabulary.facts if asked is not None and asked.vocabulary is not None else ()
    return Personal(
        pseudonyms=run.pseudonyms,
        files=tuple(each.file_name for each in opened),
        words=texts_of([*documents, binding.offering, binding.release, binding.build, binding.environment]),
        people=frozenset(asked.people if asked is not None else ()),
        allowed={fact.name: frozenset(fact.allowed) for fact in facts if fact.allowed},
    )


def _job(
    asked: CollectionRequest, binding: Binding, entry: PluginEntry, opened: Sequence[Opened], scratch: Path
) -> WireJob:
    release = asked.program.release(binding.release or "") or asked.release
    return WireJob(
        now=asked.now,
        go_live=release.go_live,
        time_zone=asked.program.identity.time_zone,
        program=asked.program.identity.id,
        release=release.id,
        binding=binding.id,
        scratch=str(scratch),
        inputs=tuple(
            WireInput(
                name=each.name,
                file_name=each.file_name,
                fd=_FIRST_INPUT + number,
                size=each.size,
                sha256=each.sha256,
                rule=each.rule,
                as_of=each.as_of,
            )
            for number, each in enumerate(opened)
        ),
        holidays=tuple(sorted(asked.days_off)),
        deadline_s=binding.deadline_s,
        ruleset=asked.ruleset,
        subject=subject_of(binding),
        builds=(binding.build,) if binding.build else tuple(sorted(release.builds)),
        spoken=asked.spoken if entry.builtin and takes_names(entry.module) else Spoken(),
        customer=asked.program.identity.customer,
        provider=asked.program.identity.provider,
        known=_known(asked.vocabulary, binding.prefix) if entry.builtin else None,
    )


def _known(vocabulary: Vocabulary | None, prefix: str | None) -> tuple[str, ...] | None:
    """Return the local names of the facts that the vocabulary has below a binding's prefix; None without one."""
    if vocabulary is None:
        return None
    before = f"{prefix}." if prefix else ""
    return tuple(fact.name.removeprefix(before) for fact in vocabulary.facts if fact.name.startswith(before))


def task_of(
    request: WireRequest,
    entry: PluginEntry,
    *,
    id: str,  # noqa: A002  # the task's own word
    limits: Limits,
    env: dict[str, str] | None = None,
    descriptors: tuple[int, ...] = (),
    scratch: str = "",
    network: bool = False,
    required: bool = False,
) -> Task:
    """Fork for gonogo's own code, which the host could import too; execute a clean interpreter for anyone else's.

    Both get every wall that this machine can build. ``network`` is what the program grants; with ``required`` a
    collector does not run unless every wall stands.
    """
    if entry.builtin:
        return Task(
            id,
            request.canonical(),
            limits,
            work=serve,
            env=env or {},
            descriptors=descriptors,
            before=partial(preload, entry.module, ready=request.verb in ("collect", "network")),
            scratch=scratch,
            walls=walls_of(entry),
        )
    return Task(
        id,
        request.canonical(),
        limits,
        command=_EXECUTED,
        env={**({"TMPDIR": scratch} if scratch else {}), **(env or {})},
        descriptors=descriptors,
        scratch=scratch,
        walls=replace(walls_of(entry, network=network), required=required),
    )


def limits_of(seconds: float, *, inputs: int = 0) -> Limits:
    """Return the limits of a collector; threads may use every processor until its time is over.

    Args:
        seconds: Until it is ended.
        inputs: Bytes of its inputs, where it is gonogo's own and may copy them into its scratch folder.
    """
    cpu = max(1, int(seconds) * (os.cpu_count() or 1))
    scratch = SCRATCH_BYTES // FOREIGN_PARALLEL + 4 * inputs
    return Limits(
        wall_s=seconds,
        cpu_s=cpu,
        memory_bytes=_MEMORY_BYTES,
        output_bytes=MAX_RESULT_BYTES,
        scratch_bytes=scratch,
        file_bytes=max(2**30, scratch) if inputs else scratch,
    )
