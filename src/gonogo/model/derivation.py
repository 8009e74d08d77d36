"""Settings of collectors that the rules pin, because they decide what a fact means."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from gonogo.model.base import Frozen

PinnedCollector = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?$")
]
"""``plugin``, or ``plugin:collector``, as bindings name them."""
PinnedValue = int | bool | str


class Derivation(Frozen):
    """What a collector is handed in every binding.

    Attributes:
        collector: The plugin, or one of its collectors.
        settings: Name to value, as a binding would write it.
    """

    collector: PinnedCollector
    settings: dict[str, PinnedValue] = Field(min_length=1)
