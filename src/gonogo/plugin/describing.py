"""What a child says of the collectors and report formats that its plugin registers, before any of them reads a file."""

from __future__ import annotations

import json
from typing import Any

from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.registry import PluginRefused, Registered
from gonogo.plugin.spec import Collector, LocalFact


def described(registered: Registered) -> dict[str, Any]:
    """Return the answer to ``describe``: everything."""
    return {
        "collectors": [_described(collector) for collector in registered.collectors.values()],
        "formats": [{"name": form.name, "media_type": form.media_type} for form in registered.formats.values()],
    }


def introduced(registered: Registered) -> dict[str, Any]:
    """Return the answer to ``introduce``: names, files and abilities. Schemas of settings take long."""
    return {"collectors": [_introduced(collector) for collector in registered.collectors.values()]}


def fact_form(collector: Collector, fact: Any) -> dict[str, Any]:
    """Return the wire form of a declared fact.

    Raises:
        PluginRefused: It is none.
    """
    if not isinstance(fact, LocalFact):
        raise PluginRefused(f"The collector {collector.name} declares something that is not a fact.")
    form = {"name": fact.name, "type": FactType(fact.type).value, "unit": fact.unit, "meaning": fact.meaning}
    return {**form, "if_known": True} if fact.if_known else form


def _introduced(collector: Collector) -> dict[str, Any]:
    return {
        "name": collector.name,
        "recognizes": [_recognized(collector, kind) for kind in getattr(collector, "recognizes", ())],
        "starts": hasattr(collector, "start"),
        "networks": hasattr(collector, "activity_network"),
    }


def _described(collector: Collector) -> dict[str, Any]:
    return {
        **_introduced(collector),
        "facts": [fact_form(collector, fact) for fact in collector.facts],
        "network": [str(url) for url in collector.network],
        "settings_schema": json.dumps(collector.settings.model_json_schema(), sort_keys=True),
    }


def _recognized(collector: Collector, kind: Any) -> dict[str, Any]:
    if not isinstance(kind, Recognizes):
        raise PluginRefused(f"The collector {collector.name} recognizes something that is not a Recognizes.")
    return kind.document()
