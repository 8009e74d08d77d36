"""A small program in which most classes can be planted, drilled once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.conftest import Small, write_small

from gonogo.drill.defect_classes import DEFECTS, chosen
from gonogo.drill.drilling import DrillOrder, drill
from gonogo.model.drill import DrillResult, DrillRow

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


def drilled(small: Small, *only: str, **more: object) -> DrillResult:
    """Drill a program at the moment at which it is ready."""
    return drill(DrillOrder(small.root, chosen(only), as_of=small.now), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def whole_drill(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DrillResult]:
    """Every class but those that start other people's code, on a small program; and the program's folder."""
    small = with_signers(write_small(tmp_path_factory.mktemp("drilled") / "small"))
    classes = [defect.id for defect in DEFECTS if "collector" not in defect.id and "plugin" not in defect.id]
    return small.root, drilled(small, *classes)


def by_id(rows: Sequence[DrillRow]) -> dict[str, DrillRow]:
    """Return rows by the name of their class."""
    return {row.id: row for row in rows}
