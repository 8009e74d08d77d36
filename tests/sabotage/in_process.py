"""Statements read in this process: the same function answers that a child would run, and says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gonogo.isolate import ChildOutcome, Task
from gonogo.model.reply import Reply
from gonogo.plugin import turns
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.plugin.protocol import WireRequest, read_document
from gonogo.plugin.serving import serve

QUICK = "attestation"
"""The collector that needs no database, no scratch folder and no patience."""


def collect_here(request: CollectionRequest, like: Reply) -> list[Reply]:
    """Ask without a child; the walls that a child would have had are those of an earlier reply."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "run", _run_here)
        replies = collect(request)
    walls = {name: getattr(like, name) for name in ("level", "enforced", "unenforced")}
    return [reply.model_copy(update=walls) for reply in replies]


def _run_here(tasks: Sequence[Task], *, parallel: int) -> list[ChildOutcome]:
    outcomes = []
    for task in tasks:
        asked = read_document(task.request, WireRequest)
        if asked.job is not None:
            inputs = zip(asked.job.inputs, task.descriptors, strict=True)
            opened = tuple(each.model_copy(update={"fd": number}) for each, number in inputs)
            asked = asked.model_copy(update={"job": asked.job.model_copy(update={"inputs": opened})})
        early: list[bytes] = []
        payload = serve(asked.canonical(), task.descriptors, early.append)
        outcomes.append(replace(ChildOutcome(task.id, True, payload, "", "", 0.0), early=b"".join(early)))
    return outcomes
