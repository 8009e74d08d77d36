"""How a source must be handled, and why one that seems to be about people is not."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import Frozen


class Marking(StrEnum):
    """How a source must be handled."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CUI = "CUI"
    PII = "PII"


class Handling(Frozen):
    """Handling of a source: its marking, the category for CUI, and why a source that seems to be about people is not.

    Attributes:
        marking: Who may see it.
        category: For CUI.
        reason: Why it names nobody, in a person's words; None where nobody said so.
    """

    marking: Marking = Marking.INTERNAL
    category: str = ""
    reason: str | None = None
