"""A source that cannot be used: what every reader of files raises, wherever it stands."""

from __future__ import annotations

from gonogo.model.evidence import GapReason


class SourceRefusal(Exception):
    """A source cannot be used; the sentence says where and why, and is fit for a reader.

    Attributes:
        reason: Reason of the gap that it becomes; malformed by default.
        told: The sentence without anything that a cell holds, which may be shown of personal data too; empty where
            nobody has looked at that.
    """

    def __init__(self, sentence: str, reason: GapReason = GapReason.MALFORMED, told: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason
        self.told = told


class StructuralFault(SourceRefusal):
    """A fault of structure: its sentence names files, headings, settings and numbers of rows, and never a cell."""

    def __init__(self, sentence: str, reason: GapReason = GapReason.MALFORMED) -> None:
        super().__init__(sentence, reason, told=sentence)
