"""Where a ruleset is from: a reader of a verdict must know whose rules it follows."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import Frozen


class OriginKind(StrEnum):
    """Whose rules they are."""

    SHIPPED = "shipped"
    """gonogo's own, as everybody has them."""
    CARRIED = "carried"
    """Of another distribution that is installed."""
    COPY = "copy"
    """The program's own copy of a shipped ruleset, or of one that is carried, and it says the same."""
    EDITED = "edited copy"
    """The program's own, and enough of it is like that other one to be compared with it, criterion by criterion."""
    OWN = "own"
    """The program's own; no shipped ruleset is like it."""


class RuleOrigin(Frozen):
    """Where the rules of a run are from.

    Attributes:
        kind: Whose they are.
        of: ``name@version`` of the ruleset that a copy was made of; empty for all others.
        program: The program that was read in place of the named one, which names it for these rules; absent where
            none was.
    """

    kind: OriginKind
    of: str = ""
    program: str | None = None

    @property
    def words(self) -> str:
        """The origin as it stands after the name of the ruleset."""
        whose = {
            OriginKind.SHIPPED: "shipped with gonogo",
            OriginKind.CARRIED: "of another installed distribution",
            OriginKind.COPY: f"the program's own copy, which asks the same as {self.of}",
            OriginKind.EDITED: f"the program's own, an edited copy of {self.of}",
            OriginKind.OWN: "the program's own rules, which are not a copy of shipped ones",
        }[self.kind]
        return whose if self.program is None else f"{whose}, on the evidence and papers of {self.program}"
