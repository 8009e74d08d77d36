"""The host asks for networks of activities: the same walled child, inputs and limits as for collecting, another verb.

What comes back is no evidence: nothing here is admitted, recorded or judged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gonogo.errors import ConfigurationError, Problem
from gonogo.isolate import ChildOutcome, run
from gonogo.model.activity_network import ActivityNetwork, NetworkPoint
from gonogo.model.program import AllowedPlugin, Binding
from gonogo.model.reply import InputRead
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import PluginEntry, discover, find_entry
from gonogo.plugin.inputs.scratch_folder import scratch_folder
from gonogo.plugin.offers import introduce
from gonogo.plugin.preparing import RunOfChildren, prepare
from gonogo.plugin.privacy.personal import PERSONAL
from gonogo.plugin.privacy.redact import Redaction
from gonogo.plugin.protocol import ProtocolFault, WireResult, read_document
from gonogo.plugin.replies import AskedBinding
from gonogo.plugin.turns import in_turn


@dataclass(frozen=True)
class NetworkReply:
    """What one binding's collector laid out.

    Attributes:
        binding: Id of the binding.
        inputs: Files that were opened for it.
        network: What is ahead of go-live; None where there is none.
        refused: Why there is none; empty where there is one.
    """

    binding: str
    inputs: tuple[InputRead, ...]
    network: ActivityNetwork | None = None
    refused: str = ""


def with_networks(bindings: Sequence[Binding], allow: Sequence[AllowedPlugin]) -> list[Binding]:
    """Return the bindings whose collector can lay out a network; plugins are asked what they offer, and read nothing.

    Raises:
        PluginError: Two installed plugins share a name.
        IsolationFault: This platform cannot isolate, and another's plugin is among them.
    """
    entries = discover()
    found = {each.id: find_entry(each, entries, allow) for each in bindings}
    usable = {entry.name: entry for entry in found.values() if isinstance(entry, PluginEntry)}
    offers = {offer.entry.name: offer for offer in introduce(list(usable.values()))}
    chosen = []
    for binding in bindings:
        entry = found[binding.id]
        if isinstance(entry, PluginEntry):
            named = {each.name: each.networks for each in offers[entry.name].collectors}
            if named.get(binding.collector, not binding.collector and len(named) == 1 and any(named.values())):
                chosen.append(binding)
    return chosen


def activity_network(request: CollectionRequest, binding: Binding) -> NetworkReply:
    """Ask one binding's collector for what is ahead of go-live, in a child of its own.

    Raises:
        ConfigurationError: The plugin is unknown or not allowed, or the settings are refused.
        PluginError: Two installed plugins share a name.
        IsolationFault: This platform cannot isolate.
    """
    entries = discover() if request.entries is None else request.entries
    entry = find_entry(binding, entries, request.program.allow)
    if isinstance(entry, Problem):
        raise ConfigurationError([entry])
    run((), parallel=1)  # says so here, before an input is opened, where nothing can be isolated
    with scratch_folder() as folder:
        children = RunOfChildren(request.program, folder, request)
        try:
            asked, task = prepare(children, binding, entry, verb="network")
            [outcome] = in_turn([(entry, task)], parallel=1)
        finally:
            for opened in children.opened:
                os.close(opened.descriptor)
    return _accepted(asked, outcome)


def _accepted(asked: AskedBinding, outcome: ChildOutcome) -> NetworkReply:
    """Return what is believed of one child; only settings that it refuses raise."""
    clean = asked.redaction
    known = NetworkReply(asked.binding.id, asked.inputs)
    try:
        if not outcome.ok:
            raise ProtocolFault(outcome.detail)
        result = read_document(outcome.payload, WireResult, nonce=asked.nonce)
    except ProtocolFault as fault:
        why = PERSONAL if clean.personal else clean.line(str(fault))
        return _refused(known, f"its collector gave no usable answer: {why}")
    if result.mistakes:
        where = asked.binding.where
        raise ConfigurationError(
            Problem("G304", where, f"{asked.binding.id}: {'.'.join(map(str, each.loc))}: {clean.line(each.msg)}")
            for each in result.mistakes
        )
    if asked.fault is not None:
        return _refused(known, clean.line(asked.fault.sentence))
    if result.refused is not None:
        return _refused(known, clean.line(result.refused))
    if result.stopped is not None:
        return _refused(known, clean.detail(result.stopped.detail))
    if result.network is None:
        return _refused(known, "its collector gave no network")
    if clean.leaks(result.network.canonical().decode()):
        return _refused(known, "what its collector laid out holds a secret that it was given")
    return NetworkReply(known.binding, known.inputs, _cleaned(result.network, clean))


def _refused(known: NetworkReply, sentence: str) -> NetworkReply:
    return NetworkReply(known.binding, known.inputs, refused=sentence.rstrip("."))


def _cleaned(network: ActivityNetwork, clean: Redaction) -> ActivityNetwork:
    """Return a network whose words may be shown; in a source of personal data activities have numbers for names."""
    personal = clean.personal is not None
    return network.model_copy(
        update={
            "activities": tuple(_named(network.activities, clean, personal=personal)),
            "aim": clean.line(network.aim),
            "notes": () if personal and not clean.builtin else tuple(clean.line(note) for note in network.notes),
        }
    )


def _named(points: Iterable[NetworkPoint], clean: Redaction, *, personal: bool) -> Iterable[NetworkPoint]:
    for number, point in enumerate(points, start=1):
        if personal:
            yield point.model_copy(update={"key": "", "name": f"activity {number}"})
        else:
            yield point.model_copy(update={"key": clean.line(point.key), "name": clean.line(point.name, limit=200)})
