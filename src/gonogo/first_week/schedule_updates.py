"""Several dated updates of one schedule: beside the newest, their comparison and their series are drafted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gonogo.first_week.bindable import bindable
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.proposal import Proposal

PLUGIN: Final = "schedule"
COMPARISON: Final = "comparison"
SERIES: Final = "series"
_NAMES: Final = {COMPARISON: "schedule-movement", SERIES: "schedule-series"}
"""Collector, and the id of its binding."""
_SERIES_OF: Final = 3
"""Updates that are a series."""
_UNASKED: Final = (
    "{count} dated updates; what moved between two of them (`schedule:comparison`) is not bound, because the ruleset "
    "asks for no fact of it"
)


def updates_of(proposal: Proposal) -> Iterator[Proposal]:
    """Yield the bindings of several dated updates of a schedule, with the settings of the one that reads the newest.

    The comparison takes the newest as that one does, so that a file which nobody added is never left out of it.

    Args:
        proposal: The binding of the newest; one that a person has to complete has none beside it.
    """
    one = proposal.collector.partition(":")[0] == PLUGIN and list(proposal.inputs) == ["file"]
    if not one or len(proposal.paths) < 2 or proposal.superseded or proposal.missing:
        return
    if any(bindable(path, [path]) != path for path in proposal.paths):
        return
    newest, before = proposal.inputs["file"], [proposal.paths[-2]]
    yield _binding(COMPARISON, proposal, {"before": before, "after": newest})
    if len(proposal.paths) >= _SERIES_OF:
        yield _binding(SERIES, proposal, {"update": list(proposal.paths)})


def _binding(collector: str, newest: Proposal, inputs: dict[str, list[str]]) -> Proposal:
    kind, read_by = newest.kind, f"{PLUGIN}:{collector}"
    assert isinstance(kind, DeclaredKind)
    use = replace(kind.use, collector=read_by, binding=_NAMES[collector])
    picks = collector == COMPARISON and newest.pick_newest
    return Proposal(
        _NAMES[collector],
        replace(kind, collector=collector, use=use, starts=False),
        newest.paths,
        read_by,
        newest.prefix,
        inputs,
        pick_newest=picks,
        as_of=newest.as_of if picks else "",
        side=newest.side,
        settings=dict(newest.settings),
        remarks=["the update before the newest one, and the newest"] if collector == COMPARISON else [],
        maker=newest.maker,
        confirmed=newest.confirmed,
        of_updates=newest,
    )


def without_unasked(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the bindings without those of several updates that the ruleset asks nothing of; say so beside the newest.

    A binding of several updates counts for what the one of the newest cannot prove.

    Args:
        proposals: All of them, with what they answer.
    """
    kept: list[Proposal] = []
    for each in proposals:
        newest = each.of_updates
        if newest is None:
            kept.append(each)
        elif each.active:
            each.authority = tuple(name for name in each.answers if name in newest.answers)
            kept.append(each)
        elif each.idle and each.collector.endswith(COMPARISON):
            newest.remarks.append(_UNASKED.format(count=len(newest.paths)))
    return kept
