"""How often a proof by force is repeated: small in `make test`, large in `make torture`."""

from __future__ import annotations

import os

FIGURES: dict[str, tuple[int, int]] = {}
"""Of each proof: how often in `make test`, and how often in `make torture`."""


def figure(what: str, *, small: int, large: int) -> int:
    """Return how often the proof is repeated now."""
    FIGURES[what] = small, large
    return large if "GONOGO_TORTURE" in os.environ else small
