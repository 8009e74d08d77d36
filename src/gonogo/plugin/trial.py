"""A collector tried out before there is a program: how settings start for a file, and which facts they would give."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gonogo.isolate import ChildOutcome, Task
from gonogo.plugin.asked_together import asked_together
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.preparing import CHECK_S, limits_of, task_of
from gonogo.plugin.privacy.redact import redaction_of
from gonogo.plugin.protocol import (
    ProtocolFault,
    WireDeclaration,
    WireFact,
    WireRequest,
    WireResult,
    read_document,
    settings_text,
)
from gonogo.plugin.recognizes import Start

_PARALLEL: Final = 2
_OPEN: Final = 64
"""Files that are open at one time; some systems allow a process 256."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a collector would answer for under some settings.

    Attributes:
        facts: Under their local names.
        refused: Why it would not; empty where it would.
    """

    facts: tuple[WireFact, ...] = ()
    refused: str = ""


def starts_of(asked: Sequence[tuple[PluginEntry, str, Path]]) -> list[Start | None]:
    """Return for each plugin, collector and file how a binding's settings start, as the collector reads the file.

    None where it cannot tell, and where the file cannot be opened.

    Raises:
        IsolationFault: This platform cannot isolate, and a plugin is not gonogo's own.
    """
    found: list[Start | None] = []
    for first in range(0, len(asked), _OPEN):
        found += _starts(asked[first : first + _OPEN])
    return found


def _starts(asked: Sequence[tuple[PluginEntry, str, Path]]) -> list[Start | None]:
    found: list[Start | None] = [None] * len(asked)
    requests: list[tuple[int, WireRequest]] = []
    tasks: list[tuple[PluginEntry, Task]] = []
    with ExitStack() as opened:
        for number, (entry, collector, path) in enumerate(asked):
            try:
                stream = opened.enter_context(path.open("rb"))
            except OSError:
                continue
            request = WireRequest(
                nonce=secrets.token_hex(16),
                verb="start",
                plugin=entry.name,
                module=entry.module,
                search=entry.search,
                collector=collector,
                format=path.name,
            )
            limits = limits_of(CHECK_S, inputs=os.fstat(stream.fileno()).st_size)
            descriptors = (stream.fileno(),)
            requests.append((number, request))
            tasks.append(
                (entry, task_of(request, entry, id=entry.name, limits=limits, descriptors=descriptors, required=True))
            )
        outcomes = asked_together(tasks, parallel=_PARALLEL)
    for (number, request), outcome in zip(requests, outcomes, strict=True):
        with suppress(ProtocolFault):
            found[number] = _result(request, outcome).start
    return found


def try_settings(asked: Sequence[tuple[PluginEntry, str, Mapping[str, Any]]]) -> list[Tried]:
    """Return for each plugin, collector and settings which facts it would answer for, as ``lint`` finds it out.

    Equal questions are asked once.

    Raises:
        IsolationFault: This platform cannot isolate, and a plugin is not gonogo's own.
    """
    questions = [(entry.name, collector, settings_text(dict(settings))) for entry, collector, settings in asked]
    entries = {question: entry for question, (entry, _, _) in zip(questions, asked, strict=True)}
    requests = {
        question: WireRequest(
            nonce=secrets.token_hex(16),
            verb="check",
            plugin=entry.name,
            module=entry.module,
            search=entry.search,
            collector=question[1],
            settings=question[2],
        )
        for question, entry in entries.items()
    }
    tasks = [
        (entries[question], task_of(request, entries[question], id=question[0], limits=limits_of(CHECK_S)))
        for question, request in requests.items()
    ]
    outcomes = asked_together(tasks, parallel=_PARALLEL)
    tried = {
        question: _tried(request, outcome)
        for (question, request), outcome in zip(requests.items(), outcomes, strict=True)
    }
    return [tried[question] for question in questions]


def _tried(request: WireRequest, outcome: ChildOutcome) -> Tried:
    clean = redaction_of({}).line
    try:
        result = _result(request, outcome)
        for mistake in result.mistakes:
            return Tried(refused=clean(": ".join((".".join(map(str, mistake.loc)), mistake.msg))))
        return Tried(read_document(outcome.early, WireDeclaration, nonce=request.nonce).facts)
    except ProtocolFault as fault:
        return Tried(refused=clean(str(fault)))


def _result(request: WireRequest, outcome: ChildOutcome) -> WireResult:
    if not outcome.ok:
        raise ProtocolFault(outcome.detail)
    result = read_document(outcome.payload, WireResult, nonce=request.nonce)
    if result.refused is not None:
        raise ProtocolFault(result.refused)
    return result
