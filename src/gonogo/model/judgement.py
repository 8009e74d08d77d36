"""What is handed to an engine, and what it must hand back.

A *scope* fixes which criteria are due and the value of each parameter. It is compiled to *leaves* (one comparison
each) under *gates* ("at least k of n"). Observing the evidence turns each leaf into two integers, or says that it has
no usable operand; the engine sees nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final

from gonogo.language.requirement import Comparison, Literal, Membership, Operator
from gonogo.model.evidence import Gap
from gonogo.model.finding import Outcome, Shadow, Status
from gonogo.model.ruleset import Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

INT64_MAX: Final = 2**63 - 1
MAX_COMBINATIONS: Final = 256
"""So many combinations of agreeing values are judged for one comparison; beyond them it is unknown."""

MAX_SAMPLE: Final = 2_000
"""Up to so many items, a sample is judged by what it proves; a larger one is unknown."""


@dataclass(frozen=True, slots=True)
class Past:
    """How one criterion stood in an earlier run.

    Attributes:
        now: The moment at which that run judged.
        outcome: Of its requirement then; None where it was not asked.
        rested: Whether it was met on acceptance alone, or nobody recorded that it was not.
        elsewhere: The name under which it was recorded, where that is another one, or that it was not asked; it then
            counts for how long it has been open, and never for a span that it held.
    """

    now: datetime
    outcome: Outcome | None
    rested: bool = False
    elsewhere: str = ""

    @property
    def proved(self) -> Outcome | None:
        """What it proves of a span: what is recorded under another name may only be worse than nothing."""
        return None if self.elsewhere and self.outcome is Outcome.MET else self.outcome


@dataclass(frozen=True, slots=True)
class Case:
    """One criterion at one moment.

    Attributes:
        criterion: The criterion; advisory while it is in shadow.
        parameters: Value in force of each of its parameters.
        skipped: NOT_DUE, NOT_ADOPTED or NOT_APPLICABLE where the requirement is not asked; else None.
        shadow: What it weighs once it is enforced, and from when; None where it is enforced.
        record: How it stood in earlier runs; None where the record is not asked, as in the cases of a ruleset.
        open_since: Since when it has been open, where that made it mandatory; else None.
    """

    criterion: Criterion
    parameters: dict[str, Literal]
    skipped: Status | None = None
    shadow: Shadow | None = None
    record: tuple[Past, ...] | None = ()
    open_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Every criterion of a ruleset at one moment of one release.

    Attributes:
        now: The moment of the assessment, UTC.
        go_live: When the release is switched on, UTC.
        milestone: Last milestone reached; None before the first.
        policy: How findings become a verdict.
        cases: In the order of the ruleset.
        release: Id of the release.
        zone: In which the program's people count days: a day that is told to them is one of theirs.
    """

    now: datetime
    go_live: datetime
    milestone: str | None
    policy: DecisionPolicy
    cases: tuple[Case, ...]
    release: str = ""
    zone: tzinfo = UTC

    @property
    def asked(self) -> tuple[Case, ...]:
        """The cases whose requirement is asked."""
        return tuple(case for case in self.cases if case.skipped is None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison of two integers.

    Attributes:
        id: Unique in the compiled scope: ``c12.r.0.1``.
        criterion: Index of its case in ``Scope.asked``.
        operator: Applied as ``v operator w``.
        comparison: The comparison in the requirement that it comes from.
        choice: For a member of ``x in [...]``, the index of the choice; else None.
        whole: For a member of ``x in [...]``, all of it; else None.
        negated: Whether an odd number of ``not`` stands above it: then *met* is the outcome that does not help.
        exempts: Whether it belongs to ``not_applicable_when``, not to the requirement.
        held: What the record says of the span for which the requirement must have held; None for a comparison.
        bare: Whether it belongs to the requirement as if nothing were accepted.
    """

    id: str
    criterion: int
    operator: Operator
    comparison: Comparison
    choice: int | None = None
    whole: Membership | None = None
    negated: bool = False
    exempts: bool = False
    held: Outcome | None = None
    bare: bool = False

    @property
    def written(self) -> Comparison | Membership:
        """The comparison as its author wrote it."""
        return self.whole or self.comparison


@dataclass(frozen=True, slots=True)
class Gate:
    """Met when at least ``k`` of its children are met, three-valued; ``negate`` swaps met and not met.

    With n children: met at k met; not met at n - k + 1 not met; unknown otherwise.
    """

    id: str
    children: tuple[str, ...]
    k: int
    negate: bool = False


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """One asked criterion.

    Attributes:
        id: Id of the criterion.
        domain: Its domain.
        severity: Its severity.
        requirement: Id of the root leaf or gate of the requirement.
        exemption: Id of the root of ``not_applicable_when``; None when it always applies.
        bare: Id of the root of the requirement as if nothing were accepted; None where no acceptance can matter.
    """

    id: str
    domain: Domain
    severity: Severity
    requirement: str
    exemption: str | None = None
    bare: str | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scope, ready for an engine. Leaves and gates are in dependency order: children before parents.

    Attributes:
        criteria: The asked criteria, in the order of the ruleset.
        leaves: All leaves.
        gates: All gates; a gate's children come before it.
        policy: Caps or M3's rule.
    """

    criteria: tuple[CompiledCriterion, ...]
    leaves: tuple[Leaf, ...]
    gates: tuple[Gate, ...]
    policy: DecisionPolicy


@dataclass(frozen=True, slots=True)
class Observation:
    """What the evidence says of one leaf; of several agreeing values, by those that help its criterion least.

    Attributes:
        leaf: Id of the leaf.
        usable: False when an operand has no usable value; then v and w are 0.
        v: Left side, int64.
        w: Right side, int64.
        exact: False when v is only the sign of the difference and w is 0.
        gaps: Why it is not usable.
        left: Left side as people read it.
        right: Right side as people read it.
        margin: Distance to the threshold as people read it.
    """

    leaf: str
    usable: bool
    v: int = 0
    w: int = 0
    exact: bool = True
    gaps: tuple[Gap, ...] = ()
    left: str = ""
    right: str = ""
    margin: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an engine answers, before waivers and action plans.

    Rules, for the asked criteria of one domain: a criterion whose exemption is met is *not applicable* and weighs
    nothing. The domain is NO_GO if a mandatory criterion is not met or unknown, or none of its criteria is both
    mandatory and applicable, or (rule ``caps``) more than ``cap_domain`` conditional ones are open; else
    CONDITIONAL_GO if a conditional one is open or one that can block rests on acceptance; else GO. The overall
    verdict is NO_GO if a domain is, or (rule ``caps``) more than ``cap_total`` conditional ones are open in all; else
    CONDITIONAL_GO if a domain is; else GO. Advisory criteria weigh nothing.

    A criterion *rests on acceptance* if it is met, and is not met as if nothing were accepted. Under M3's rule an
    advisory one can block too.

    Attributes:
        criteria: Outcome of each asked criterion by id; ``None`` for not applicable.
        leaves: Outcome of each leaf by id.
        domains: Verdict of each of the four domains.
        overall: The verdict.
        resting: Criteria that rest on acceptance and can block.
    """

    criteria: dict[str, Outcome | None]
    domains: dict[Domain, Verdict]
    overall: Verdict
    leaves: dict[str, Outcome] = field(default_factory=dict, compare=False)
    resting: frozenset[str] = frozenset()
