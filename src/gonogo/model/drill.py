"""What a drill found: one row for each class of defects."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import Frozen, Identifier, Instant, OneLine
from gonogo.model.verdict import Verdict


class DrillOutcome(StrEnum):
    """What became of a class of defects."""

    STOPPED = "stopped"
    """It was refused, or a criterion or a fact that was known is so no longer."""
    TOLD = "told"
    """Nothing got better, and the run says what is different."""
    BETTER = "better"
    """The verdict, or the criterion that was harmed, got better."""
    UNNOTICED = "not noticed"
    """Nothing got better, and the run does not say enough of it."""
    NOT_PLANTED = "not planted"
    """The program has no place for it; nothing is known of it."""

    @property
    def failed(self) -> bool:
        """Whether a drill with such a row fails."""
        return self in (DrillOutcome.BETTER, DrillOutcome.UNNOTICED)


class DrillRow(Frozen):
    """One class of defects.

    Attributes:
        id: Its short name.
        title: What somebody did, in plain words.
        outcome: What became of it.
        where: The file, record or option that held it; empty where it was not planted.
        by: The criterion, fact, exit code or kind of notice that showed it; empty where nothing did.
        sentence: What the run said, what got better, or why it was not planted.
    """

    id: Identifier
    title: OneLine
    outcome: DrillOutcome
    where: str = ""
    by: str = ""
    sentence: OneLine


class DrillResult(Frozen):
    """``drill.finished``: defects were planted in a copy of the program. No history: no run is compared with it.

    Attributes:
        program: Id of the program.
        release: Id of the release.
        now: The moment at which every rehearsal judged.
        version: Version of gonogo that ran it.
        ruleset: ``name@version``.
        program_sha256: Digest of what ``gonogo.yaml`` said.
        verdict: Of the unharmed rehearsal.
        passed: Whether nothing got better and everything planted was noticed.
        rows: One for each class that was asked for, in the order of the list.
    """

    program: Identifier
    release: Identifier
    now: Instant
    version: OneLine
    ruleset: OneLine
    program_sha256: str
    verdict: Verdict
    passed: bool
    rows: tuple[DrillRow, ...]

    def count(self, outcome: DrillOutcome) -> int:
        """Return how many classes ended so."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def planted(self) -> int:
        """How many classes were planted."""
        return len(self.rows) - self.count(DrillOutcome.NOT_PLANTED)
