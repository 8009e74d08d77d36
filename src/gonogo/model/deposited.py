"""How evidence came that was not read here: in a bundle that another job deposited."""

from __future__ import annotations

from typing import Literal

from gonogo.model.base import Frozen, Identifier, Instant, Sha256


class Deposited(Frozen):
    """The bundle that an answer came in, and what it counts as.

    Attributes:
        bundle: SHA-256 of the bundle's file.
        made: When it was made, as it says.
        keys: Ids in the trust file of the keys that signed it and are entitled to this binding; none where it is
            supplied.
        supplied: Why it counts as supplied and makes the run a rehearsal; absent where it counts as collected.
        stated: True where the bytes of a source are not in the bundle, so that its values are stated and not measured;
            absent otherwise.
    """

    bundle: Sha256
    made: Instant
    keys: tuple[Identifier, ...] = ()
    supplied: str | None = None
    stated: Literal[True] | None = None
