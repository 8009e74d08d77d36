"""In the child: what is ahead of go-live, as a collector that has the method ``activity_network`` lays it out."""

from __future__ import annotations

from typing import Any

from gonogo.model.activity_network import ActivityNetwork
from gonogo.model.evidence import GapReason
from gonogo.plugin.registry import PluginRefused, first_line
from gonogo.plugin.spec import Collector, CollectorRefusal, Job


def network_body(collector: Collector, job: Job, settings: Any) -> dict[str, Any]:
    """Return the network that a collector reads, or why it does not.

    Raises:
        PluginRefused: It has no such method, or answers with something else.
    """
    lay_out = getattr(collector, "activity_network", None)
    if lay_out is None:
        raise PluginRefused(f"The collector {collector.name} has no network of activities.")
    try:
        found = lay_out(job, settings)
    except CollectorRefusal as refusal:
        return _stopped(refusal.reason, str(refusal).strip() or "It gave no reason.")
    except (Exception, SystemExit) as error:  # noqa: BLE001  # foreign code: a malformed source may raise anything
        return _stopped(GapReason.MALFORMED, first_line(error))
    if not isinstance(found, ActivityNetwork):
        raise PluginRefused(f"It answered {type(found).__name__}, not an ActivityNetwork.")
    return {"network": found.document()}


def _stopped(reason: GapReason, detail: str) -> dict[str, Any]:
    detail = detail.encode("utf-8", "backslashreplace").decode("utf-8")[:1500]
    return {"stopped": {"reason": reason.value, "detail": detail}}
