"""Rulesets: versioned criteria, their parameters, and the policy that turns findings into a verdict."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.model.base import DottedName, Frozen, Identifier, OneLine, Sha256
from gonogo.model.change import RuleChange
from gonogo.model.parameter import MilestoneName as MilestoneName
from gonogo.model.parameter import Parameter as Parameter
from gonogo.model.parameter import Parsed, RequirementText, RungName, hold_rung
from gonogo.model.parameter import Rung as Rung
from gonogo.model.parameter import days_before as days_before
from gonogo.model.parameter import literal_text as literal_text
from gonogo.model.people import RoleName, Sides


class Domain(StrEnum):
    """The four domains that M3 asks Go/No-Go criteria for."""

    PROGRAM = "program"
    SYSTEM = "system"
    WORKFORCE = "workforce"
    OPERATIONS = "operations"


class Severity(StrEnum):
    """How much a criterion weighs. M3 says High, Medium, Low."""

    MANDATORY = "mandatory"
    CONDITIONAL = "conditional"
    ADVISORY = "advisory"

    @property
    def m3_criticality(self) -> str:
        """M3's word for it."""
        return {"mandatory": "High", "conditional": "Medium", "advisory": "Low"}[self.value]


class ApprovalRule(StrEnum):
    """How many open conditional criteria a CONDITIONAL GO allows."""

    CAPS = "caps"
    """At most so many in a domain and in all."""
    M3 = "m3"
    """M3's own: any number, if each has a complete action plan."""


class GateMode(StrEnum):
    """Whether what is judged also decides."""

    SHADOW = "shadow"


EnforceFrom = Annotated[str, StringConstraints(pattern=r"^(T-(0|[1-9][0-9]{0,2})|[0-9]{4}-[0-9]{2}-[0-9]{2})$")]
"""A milestone, or a date in the program's time zone."""


class NotApplicable(Frozen):
    """That a criterion is not asked of a program, by whose word.

    Attributes:
        reason: Why it does not apply.
        approved_by: The person, or the published guide, that says so.
    """

    reason: OneLine
    approved_by: OneLine


HOLD_SOURCE: Final = ("policy.holds",)
"""Where a standing hold comes from; no source of a ruleset is called so."""


class Criterion(Parsed):
    """One readiness requirement.

    Attributes:
        id: Dotted; the first segment is the domain.
        title: What readers call it.
        statement: What must be true, in one sentence.
        why: What happens to programs that go live without it.
        severity: mandatory, conditional or advisory.
        require: The requirement over facts and parameters.
        parameters: Constants and ladders that the requirement uses.
        due_from: Milestone from which the criterion is due; None for always.
        enforce_from: Milestone or date before which the criterion is judged and shown, and never blocks; absent where
            it is enforced from the time at which it is due.
        mode: ``shadow`` where it is judged and shown, and never blocks at all.
        not_applicable_when: When true the criterion asks nothing; unknown means that it applies.
        not_applicable: Why the criterion is not asked at all, and who approved that; absent where it is asked.
        floor: Whether no overlay may loosen the criterion in any way; absent where overlays may.
        max_age_s: Evidence of this age or older is stale, in seconds.
        held_s: For so many seconds the requirement must have been met, by the record of earlier runs; absent where
            today is enough.
        open_for_s: Conditional, it becomes mandatory once it has been open for so many seconds; absent where never.
        carries: Evidence of an earlier release of the same program counts too; otherwise it is about something else.
        owner: The seat that answers for it.
        attest: Seats that may state its facts.
        evidence_producer: Who makes the evidence, in words; may not attest it.
        waivable_by: Seats that together may waive it: all of them sign; empty means nobody may.
        sides: ``one`` where seats of one side are enough; otherwise the customer and the provider both sign.
        remedy: What to do when it is not met.
        source: Where the requirement comes from.
        m3_ref: Number in M3's Phase 4 Progress Review, when it is one of those.
    """

    id: DottedName
    title: OneLine
    statement: OneLine
    why: OneLine
    severity: Severity
    require: RequirementText
    parameters: tuple[Parameter, ...] = ()
    due_from: RungName | None = None
    enforce_from: EnforceFrom | None = None
    mode: GateMode | None = None
    not_applicable_when: RequirementText | None = None
    not_applicable: NotApplicable | None = None
    floor: bool | None = None  # never False, like `carries`
    max_age_s: int = Field(gt=0)
    held_s: int | None = Field(default=None, gt=0)
    open_for_s: int | None = Field(default=None, gt=0)
    carries: bool | None = None  # never False: a ruleset without the word keeps its recorded form, and so its digest
    owner: RoleName
    attest: tuple[RoleName, ...]
    evidence_producer: str = ""
    waivable_by: tuple[RoleName, ...] = ()
    sides: Sides | None = None  # never both: a ruleset without the word keeps its recorded form, and so its digest
    remedy: OneLine
    source: tuple[OneLine, ...]
    m3_ref: str = ""

    @property
    def is_hold(self) -> bool:
        """Whether it is a standing hold of the policy, and no criterion of the ruleset."""
        return self.source == HOLD_SOURCE

    @property
    def domain(self) -> Domain:
        """The id's first segment."""
        return Domain(self.id.partition(".")[0])

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact that the criterion reads, each once: the requirement's first."""
        applicability = self.not_applicable_when.facts if self.not_applicable_when else ()
        return tuple(dict.fromkeys(self.require.facts + applicability))

    @cached_property
    def rungs(self) -> tuple[str, ...]:
        """Milestones at which a parameter changes, each once; before its first rung a ladder already uses it."""
        return tuple(dict.fromkeys(rung.milestone for each in self.parameters for rung in each.ladder[1:]))

    @cached_property
    def parameter(self) -> dict[str, Parameter]:
        """Parameters by name."""
        return {parameter.name: parameter for parameter in self.parameters}


DEFAULT_CAP_DOMAIN: Final = 3
DEFAULT_CAP_TOTAL: Final = 8


class IsolationLevel(StrEnum):
    """How well a collector is kept from everything but its work; the page on isolation says what each level holds."""

    L1 = "L1"
    L2 = "L2"


class MinIsolation(Frozen):
    """The level that evidence for criteria of one severity must have been read at."""

    severity: Severity
    level: IsolationLevel


class LockPolicy(Frozen):
    """Who locks the criteria, and what a change of them needs; what is absent is M3's default.

    Attributes:
        approve: Seats that approve a lock and every change of it; of both sides.
        review: Seats of which one reviews a change that loosens.
        freeze: Milestone from which a change that loosens is flagged.
    """

    approve: tuple[RoleName, ...] | None = Field(default=None, min_length=1)
    review: tuple[RoleName, ...] | None = Field(default=None, min_length=1)
    freeze: MilestoneName | None = None


class VotesWord(StrEnum):
    """Whose votes a decision needs beside its verdict."""

    NONE = "none"


class DecisionPolicy(Parsed):
    """How findings become a verdict.

    Attributes:
        milestones: The rungs, most days before go-live first; the last is ``T-0``.
        rule: Caps, or M3's own approval rule.
        cap_domain: Open conditional criteria that a domain allows (rule ``caps``).
        cap_total: Open conditional criteria that the program allows (rule ``caps``).
        min_isolation: By severity; absent where evidence of any level counts.
        max_waiver_days: How many days after go-live a waiver may run; absent where it may run for ever.
        holds: What every run of a release must find met, or else every decision on that release is void; of no
            severity, never waived. Absent where there are none.
        votes: Whose votes a decision needs beside its verdict; ``none``, or absent, which means the same.
        mode: ``shadow`` where the whole gate is tried out: it judges, and no decision can be taken by it.
        gate: What is decided where it is not going live, in words: ``the end of the engagement phase``. A GO for it is
            no permission to go live. Absent where going live is decided.
        hold_points: Ids of the hold points of a cutover that criteria name, in their order after ``T-0``; each release
            says when they are. Absent where criteria name none.
        lock: Who locks the criteria, and what a change of them needs; absent where nothing is said.
    """

    milestones: tuple[MilestoneName, ...]
    rule: ApprovalRule = ApprovalRule.CAPS
    cap_domain: int = Field(default=DEFAULT_CAP_DOMAIN, ge=0, le=1000)
    cap_total: int = Field(default=DEFAULT_CAP_TOTAL, ge=0, le=1000)
    min_isolation: tuple[MinIsolation, ...] | None = None
    max_waiver_days: int | None = Field(default=None, ge=0, le=3660)
    holds: tuple[Criterion, ...] | None = Field(default=None, min_length=1)
    votes: VotesWord | None = None
    mode: GateMode | None = None
    lock: LockPolicy | None = None
    gate: OneLine | None = None
    hold_points: tuple[Identifier, ...] | None = Field(default=None, min_length=1, max_length=9)

    @property
    def rungs(self) -> tuple[str, ...]:
        """The milestones, then the hold points."""
        holds = (hold_rung(number, name) for number, name in enumerate(self.hold_points or (), 1))
        return (*self.milestones, *holds)

    def in_force(self, days_to_go_live: int) -> str | None:
        """Return the last rung that is reached; None before the first. After go-live: ``T-0``, or a hold point."""
        reached = [name for name in self.rungs if days_to_go_live <= days_before(name)]
        return reached[-1] if reached else None


class Ruleset(Parsed):
    """Criteria and policy, with overlays already laid on top.

    Attributes:
        name: e.g. ``m3-baseline``.
        version: e.g. ``1.0.0``; a string.
        title: What readers call it.
        criteria: In the order in which reports show them.
        policy: How findings become a verdict.
        offices: Roles that the ruleset declares beyond the 18 M3 seats.
        overlays: ``name@version`` of each overlay, in the order in which they were laid.
        sources: Key to citation, for the keys that criteria name.
        changes: What overlays changed, or what the program's own copy says otherwise; absent where nothing did.
        material_sha256: SHA-256 of the canonical form of everything that was read for it.
    """

    name: Identifier
    version: OneLine
    title: OneLine
    criteria: tuple[Criterion, ...]
    policy: DecisionPolicy
    offices: tuple[RoleName, ...] = ()
    overlays: tuple[str, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)
    changes: tuple[RuleChange, ...] | None = Field(default=None, min_length=1)
    material_sha256: Sha256

    @cached_property
    def _by_id(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    def get(self, criterion: str) -> Criterion | None:
        """Return the criterion of that id, or None."""
        return self._by_id.get(criterion)

    @property
    def holds(self) -> tuple[Criterion, ...]:
        """The standing holds of the policy."""
        return self.policy.holds or ()

    @property
    def questions(self) -> tuple[Criterion, ...]:
        """The criteria, then the standing holds: everything that a run asks."""
        return (*self.criteria, *self.holds)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that a criterion or a hold reads, each once."""
        return tuple(dict.fromkeys(name for one in (*self.criteria, *self.holds) for name in one.facts))
