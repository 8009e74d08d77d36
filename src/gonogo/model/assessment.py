"""The assessment: the complete, replayable record of one run, with a digest."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Any

from gonogo.model.acceptance import Acceptance
from gonogo.model.base import Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.canonical import digest
from gonogo.model.decision import Decision
from gonogo.model.evidence import EvidenceSet
from gonogo.model.finding import Finding
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import ActionPlan, Waiver


class Purpose(StrEnum):
    """What kind of run it is. Nothing can be deployed on a progress or rehearsal run."""

    DECISION = "decision"
    PROGRESS = "progress"
    REHEARSAL = "rehearsal"


class Clock(StrEnum):
    """Where ``now`` came from."""

    SYSTEM = "system"
    INJECTED = "injected"


class EvidenceOrigin(StrEnum):
    """Where the evidence came from."""

    COLLECTED = "collected"
    SUPPLIED = "supplied"


class EngineMode(StrEnum):
    """Which evaluators judged."""

    BOTH = "both"
    REFERENCE = "reference"


class RunKind(Frozen):
    """Purpose, clock, evidence and engine of a run.

    An injected clock, supplied evidence or a single engine makes a decision run a rehearsal.

    Attributes:
        purpose: decision, progress or rehearsal.
        clock: Where ``now`` came from.
        evidence: Where the evidence came from.
        engine: Which evaluators judged.
        shadow: Whether the ruleset is tried out only, so that nothing is decided by it; absent otherwise.
        instead_of: The program's own ruleset, if another was named on the command line; absent otherwise.
    """

    purpose: Purpose
    clock: Clock = Clock.SYSTEM
    evidence: EvidenceOrigin = EvidenceOrigin.COLLECTED
    engine: EngineMode = EngineMode.BOTH
    shadow: bool | None = None
    instead_of: OneLine | None = None

    @classmethod
    def of(cls, asked: Purpose, *, clock: Clock, evidence: EvidenceOrigin, engine: EngineMode) -> RunKind:
        """Return the kind of run that this is, whatever was asked for."""
        plain = (clock, evidence, engine) == (Clock.SYSTEM, EvidenceOrigin.COLLECTED, EngineMode.BOTH)
        return cls(purpose=asked if plain else Purpose.REHEARSAL, clock=clock, evidence=evidence, engine=engine)

    @property
    def sentence(self) -> str:
        """Line 1 of every output."""
        tried = " The ruleset is in shadow: it is tried out, and nothing is decided by it." if self.shadow else ""
        return self._purpose_sentence + tried

    @property
    def _purpose_sentence(self) -> str:
        if self.purpose is Purpose.DECISION:
            return "Decision run: system clock, collected evidence, both evaluators."
        if self.purpose is Purpose.PROGRESS:
            return "Progress run: nothing can be deployed on it."
        own = f"the ruleset was named on the command line, in place of the program's own ({self.instead_of})"
        why = [
            text
            for text, holds in (
                (own, self.instead_of is not None),
                ("the clock was set by hand", self.clock is Clock.INJECTED),
                ("the evidence was supplied from a file", self.evidence is EvidenceOrigin.SUPPLIED),
                ("only the reference evaluator judged", self.engine is EngineMode.REFERENCE),
            )
            if holds
        ]
        return (
            f"Rehearsal, not a decision: {'; '.join(why) or 'a ruleset that the program does not name was asked for'}."
        )


class Assessment(Frozen):
    """One run's complete result. The digest covers everything here; the run's envelope is elsewhere.

    Attributes:
        kind: Purpose, clock, evidence, engine.
        program: Identity of the program.
        release: The release assessed.
        now: The one moment at which everything was judged.
        milestone: Last milestone reached; None before the first.
        hold_point: The hold point at which it was asked whether to go on or to go back; absent where none was.
        ruleset: ``name@version``.
        ruleset_sha256: Digest of the ruleset with its overlays.
        vocabulary_sha256: Digest of the vocabulary.
        evidence: Admitted evidence and gaps.
        waivers: All waivers that were submitted.
        plans: All action plans that were submitted.
        acceptances: All acceptances that were submitted; absent where there are none.
        findings: One for each criterion of the ruleset, in its order.
        decision: The verdict and its reasons.
    """

    kind: RunKind
    program: ProgramIdentity
    release: Release
    now: Instant
    milestone: str | None = None
    hold_point: Identifier | None = None
    ruleset: str
    ruleset_sha256: Sha256
    vocabulary_sha256: Sha256
    evidence: EvidenceSet
    waivers: tuple[Waiver, ...] = ()
    plans: tuple[ActionPlan, ...] = ()
    acceptances: tuple[Acceptance, ...] | None = None
    findings: tuple[Finding, ...]
    decision: Decision

    @cached_property
    def sha256(self) -> str:
        """Digest of the assessment: equal for equal input on every machine and Python."""
        return digest(self.document())

    def summary(self) -> dict[str, Any]:
        """Return the verdict and identity, for one line of a list."""
        return {
            "program": self.program.id,
            "release": self.release.id,
            "now": self.document()["now"],
            "verdict": self.decision.verdict.value,
            "digest": self.sha256,
        }


class RunEnvelope(Frozen):
    """What is recorded about a run but never decides anything: not part of the digest.

    Attributes:
        run: Id of the run.
        version: Version of gonogo.
        python: Version of Python.
        started: Host time.
        engine_version: Version of durable-rules, or ``none``.
        isolation: Lowest isolation level at which a collector ran.
        code_sha256: Digest of the code that judged; absent in earlier records, and where its sources cannot be read.
    """

    run: Identifier
    version: str
    python: str
    started: Instant
    engine_version: str = ""
    isolation: str = ""
    code_sha256: Sha256 | None = None
