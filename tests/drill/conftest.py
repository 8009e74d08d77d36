"""A small program in which most classes can be planted, drilled once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from tests.conftest import Small

from gonogo.drill import reply_memory
from gonogo.drill.defect_classes import chosen
from gonogo.drill.drilling import DrillOrder, drill
from gonogo.model.drill import DrillResult, DrillRow
from gonogo.model.reply import Reply
from gonogo.workflow import pipeline
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.order import Order

SIGNERS = """\
  - {role: customer.executive_sponsor, person: ada.kirsch, name: Ada Kirsch}
  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}
  - {role: provider.technical_lead, person: cy.moss, name: Cy Moss}
"""


def with_signers(small: Small) -> Small:
    """Give a small program everybody who signs, and another source of numbers."""
    small.edit("people.yaml", "  - {role: customer.executive_sponsor, person: ada.kirsch, name: Ada Kirsch}\n", SIGNERS)
    return small


@pytest.fixture
def ready(small_program: Callable[..., Small]) -> Small:
    """A small program that goes live, with everybody who signs."""
    return with_signers(small_program())


ANSWERS: dict[object, list[Reply]] = {}
"""What the sources of a program answered, by all that is in its folder."""


def gather_once(order: Order, loaded: LoadedProgram, now: datetime, **more: Any) -> list[Reply]:
    """Ask the sources of a folder once, whatever its name: half of the drills here begin with the same program."""
    files = sorted(path for path in loaded.root.rglob("*") if path.is_file() and loaded.program.log not in path.parts)
    content = tuple((str(path.relative_to(loaded.root)), path.read_bytes()) for path in files)
    key = content, loaded.release.id, now, tuple(more["only"])
    if key not in ANSWERS:
        ANSWERS[key] = pipeline.gather(order, loaded, now, **more)
    return ANSWERS[key]


def drill_quickly(order: DrillOrder, **more: Any) -> DrillResult:
    """Drill, asking no source again that another drill has asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reply_memory, "gather", gather_once)
        return drill(order, **more)


def drilled(small: Small, *only: str, **more: Any) -> DrillResult:
    """Drill a program at the moment at which it is ready."""
    return drill_quickly(DrillOrder(small.root, chosen(only), as_of=small.now), **more)


def by_id(rows: Sequence[DrillRow]) -> dict[str, DrillRow]:
    """Return rows by the name of their class."""
    return {row.id: row for row in rows}
