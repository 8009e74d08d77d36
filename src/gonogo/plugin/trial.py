"""A collector tried out before there is a program: how settings start for a file, and which facts they would give."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gonogo.isolate import ChildOutcome
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
from gonogo.plugin.without_children import in_turn_or_here

_PARALLEL: Final = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """What a collector would answer for under some settings.

    Attributes:
        facts: Under their local names.
        refused: Why it would not; empty where it would.
    """

    facts: tuple[WireFact, ...] = ()
    refused: str = ""


def start_of(entry: PluginEntry, collector: str, path: Path) -> Start | None:
    """Return how the settings of a binding start for a file, as its collector reads it; None where it cannot tell.

    Raises:
        IsolationFault: This platform cannot isolate, and the plugin is not gonogo's own.
        OSError: The file cannot be opened.
    """
    with path.open("rb") as stream:
        request = WireRequest(
            nonce=secrets.token_hex(16),
            verb="start",
            plugin=entry.name,
            module=entry.module,
            search=entry.search,
            collector=collector,
            format=path.name,
        )
        limits = limits_of(CHECK_S, inputs=path.stat().st_size)
        task = task_of(request, entry, id=entry.name, limits=limits, descriptors=(stream.fileno(),), required=True)
        [outcome] = in_turn_or_here([(entry, task)], parallel=_PARALLEL)
    try:
        return _result(request, outcome).start
    except ProtocolFault:
        return None


def try_settings(asked: Sequence[tuple[PluginEntry, str, Mapping[str, Any]]]) -> list[Tried]:
    """Return for each plugin, collector and settings which facts it would answer for, as ``lint`` finds it out.

    Raises:
        IsolationFault: This platform cannot isolate, and a plugin is not gonogo's own.
    """
    requests = [
        WireRequest(
            nonce=secrets.token_hex(16),
            verb="check",
            plugin=entry.name,
            module=entry.module,
            search=entry.search,
            collector=collector,
            settings=settings_text(dict(settings)),
        )
        for entry, collector, settings in asked
    ]
    tasks = [
        (entry, task_of(request, entry, id=entry.name, limits=limits_of(CHECK_S)))
        for request, (entry, _, _) in zip(requests, asked, strict=True)
    ]
    outcomes = in_turn_or_here(tasks, parallel=_PARALLEL)
    return [_tried(request, outcome) for request, outcome in zip(requests, outcomes, strict=True)]


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
