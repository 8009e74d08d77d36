"""What plugins offer, asked in children: the collectors and report formats of one, and a report rendered by one."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from gonogo.errors import ReportFault
from gonogo.isolate import ChildOutcome, Task, sealed
from gonogo.plugin.asked_together import asked_together
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.introductions import introduction_of
from gonogo.plugin.preparing import CHECK_S, limits_of, task_of
from gonogo.plugin.privacy.redact import redaction_of
from gonogo.plugin.protocol import (
    Described,
    DescribedFormat,
    ProtocolFault,
    Verb,
    WireRequest,
    WireResult,
    read_document,
)
from gonogo.plugin.turns import in_turn
from gonogo.plugin.without_children import in_turn_or_here

RENDER_S: Final = 60.0
"""Seconds in which a report format renders one run."""
_PARALLEL: Final = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """What one plugin offers.

    Attributes:
        entry: The plugin.
        collectors: Its collectors, with facts and settings.
        formats: Its report formats.
        refused: One sentence on why nobody knows; empty where it answered.
        asked: Whether it could be asked at all: not, where it runs only behind every wall and one is missing.
    """

    entry: PluginEntry
    collectors: tuple[Described, ...] = ()
    formats: tuple[DescribedFormat, ...] = ()
    refused: str = ""
    asked: bool = True


def describe(entries: Sequence[PluginEntry], *, only_walled: bool = False) -> list[Offer]:
    """Ask plugins for what they offer, each in a child of its own.

    Only pass entries that may run; see :meth:`PluginEntry.allowed_by`. With ``only_walled`` a third party's is asked
    only where it can change nothing on this machine: before evidence is read, nobody else's code may run otherwise.

    Raises:
        IsolationFault: This platform cannot isolate, and another's plugin is among them.
    """
    return _offers(entries, "describe", partial(in_turn_or_here, parallel=_PARALLEL), only_walled=only_walled)


def introduce(entries: Sequence[PluginEntry], *, only_walled: bool = False) -> list[Offer]:
    """Ask plugins which collectors they have, which files those recognize and what they are able to do.

    Offers made so have no facts, settings or formats. What gonogo's own plugins say is written down; those of which it
    is not answer together in one child. Everything else is as for :func:`describe`.

    Raises:
        IsolationFault: This platform cannot isolate, and another's plugin is among them.
    """
    known = {entry: said for entry in entries if (said := introduction_of(entry)) is not None}
    asked = iter(ask_introductions([entry for entry in entries if entry not in known], only_walled=only_walled))
    return [Offer(entry, known[entry]) if entry in known else next(asked) for entry in entries]


def ask_introductions(entries: Sequence[PluginEntry], *, only_walled: bool = False) -> list[Offer]:
    """Ask as :func:`introduce` does, also those of which it is written down."""
    ask = partial(asked_together, parallel=_PARALLEL, mixed=True)
    return _offers(entries, "introduce", ask, only_walled=only_walled)


def _offers(
    entries: Sequence[PluginEntry],
    verb: Verb,
    ask: Callable[[Sequence[tuple[PluginEntry, Task]]], list[ChildOutcome]],
    *,
    only_walled: bool,
) -> list[Offer]:
    asked = [_request(entry, verb) for entry in entries]
    tasks = [
        task_of(request, entry, id=entry.name, limits=limits_of(CHECK_S), required=only_walled and not entry.builtin)
        for request, entry in zip(asked, entries, strict=True)
    ]
    offers = []
    for request, entry, outcome in zip(asked, entries, ask(list(zip(entries, tasks, strict=True))), strict=True):
        if only_walled and outcome.standing.missing and not entry.builtin:
            offers.append(Offer(entry, asked=False))
            continue
        try:
            result = _answer(request, outcome)
            offers.append(Offer(entry, result.collectors, result.formats))
        except ProtocolFault as fault:
            offers.append(Offer(entry, refused=redaction_of({}).line(str(fault))))
    return offers


def render(entry: PluginEntry, form: str, report: bytes) -> bytes:
    """Return a report as a plugin's format renders it, in a child of its own.

    Args:
        entry: The plugin; pass only one that may run.
        form: Name of the format.
        report: The document of ``-o json``.

    Raises:
        ReportFault: It failed, was too slow, or answered with something else.
        IsolationFault: This platform cannot isolate.
    """
    request = _request(entry, "render", form)
    handed = sealed(report, "gonogo-report")
    try:
        task = task_of(request, entry, id=entry.name, limits=limits_of(RENDER_S), descriptors=(handed,))
        [outcome] = in_turn([(entry, task)], parallel=1)
    finally:
        os.close(handed)
    try:
        result = _answer(request, outcome)
        if result.content is None:
            raise ProtocolFault("its answer holds no report")
        return base64.b64decode(result.content, validate=True)
    except (ProtocolFault, ValueError) as fault:
        reason = redaction_of({}).line(str(fault))
        raise ReportFault(f"The report format {entry.name}/{form} made no report: {reason}") from fault


def _request(entry: PluginEntry, verb: Verb, form: str = "") -> WireRequest:
    nonce = secrets.token_hex(16)
    return WireRequest(nonce=nonce, verb=verb, plugin=entry.name, module=entry.module, search=entry.search, format=form)


def _answer(request: WireRequest, outcome: ChildOutcome) -> WireResult:
    if not outcome.ok:
        raise ProtocolFault(outcome.detail)
    result = read_document(outcome.payload, WireResult, nonce=request.nonce)
    if result.refused is not None:
        raise ProtocolFault(result.refused)
    return result
