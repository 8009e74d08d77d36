"""Findings: the status of each criterion, with every operand that led to it."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import DottedName, Frozen, Instant
from gonogo.model.evidence import Basis, Gap, GapReason
from gonogo.model.open_items import OpenItems
from gonogo.model.ruleset import Domain, Severity


class Outcome(StrEnum):
    """Kleene's three values, as the engines answer them."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """What a report says of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NOT_ADOPTED = "not_adopted"

    @property
    def judged(self) -> bool:
        """Whether the requirement was asked at all."""
        return self in (Status.MET, Status.NOT_MET, Status.UNKNOWN)

    @property
    def open(self) -> bool:
        """Whether the criterion was asked and is not proved met."""
        return self in (Status.NOT_MET, Status.UNKNOWN)


class AgreeingReading(Frozen):
    """What one source says of a fact that others answer too.

    Attributes:
        shown: Value as people read it.
        basis: measured or stated.
        as_of: When it held.
        age_days: Whole days between ``as_of`` and the assessment, rounded down.
        source: Where a person can check it.
        stated_by: Person and seat, for a stated value.
    """

    shown: str
    basis: Basis
    as_of: Instant
    age_days: int
    source: str
    stated_by: str = ""


class FactReading(Frozen):
    """A fact as one criterion read it.

    Attributes:
        fact: Dotted name.
        shown: Value as people read it: ``93.2%``, ``4 working days``; empty for a gap.
        basis: measured or stated; None for a gap.
        as_of: When it held; None for a gap.
        age_days: Whole days between ``as_of`` and the assessment, rounded down; None for a gap.
        source: Where a person can check it.
        stated_by: Person and seat, for a stated fact.
        stale_at: When this criterion will call it stale; None for a gap.
        gap: Why there is no usable value; None when there is one.
        open_items: The first keys of the rows, cases or items that count against the fact; all of them stand in the
            evidence. None where the collector does not name them.
        open_count: How many there are in all.
        rows_from: When the oldest row that it asks about held; None where all rows are of one moment.
        agreeing: What other sources say that agree; None where there is one source. The reading itself is the oldest.
    """

    fact: DottedName
    shown: str = ""
    basis: Basis | None = None
    as_of: Instant | None = None
    age_days: int | None = None
    source: str = ""
    stated_by: str = ""
    stale_at: Instant | None = None
    gap: Gap | None = None
    open_items: OpenItems | None = None
    open_count: int | None = None
    rows_from: Instant | None = None
    agreeing: tuple[AgreeingReading, ...] | None = None


class ComparisonReading(Frozen):
    """One comparison of a requirement as it came out.

    Attributes:
        text: As written: ``training.completed_ratio >= min_completion``.
        left: Left side as people read it; empty when unknown.
        operator: The comparison operator.
        right: Right side as people read it; empty when unknown.
        outcome: met, not_met, unknown.
        margin: Distance to the threshold as people read it, signed so that negative is short; empty for text.
        exact: False when only the sign of the difference was judged, because the numbers do not fit 64 bits.
    """

    text: str
    left: str = ""
    operator: str
    right: str = ""
    outcome: Outcome
    margin: str = ""
    exact: bool = True


class Shadow(Frozen):
    """That a criterion is judged and shown, and decides nothing yet.

    Attributes:
        severity: What it weighs once it is enforced.
        until: The milestone or date from which it is enforced; absent where it never is.
        enforced_at: The moment at which that begins; absent likewise.
    """

    severity: Severity
    until: str | None = None
    enforced_at: Instant | None = None

    @property
    def words(self) -> str:
        """Since when it is enforced: ``not enforced before T-14``."""
        return f"not enforced before {self.until}" if self.until else "in shadow, never enforced"


class Finding(Frozen):
    """The status of one criterion and everything that a reader needs to check it.

    Attributes:
        criterion: Id.
        title: Title of the criterion.
        domain: Its domain.
        severity: Its severity; advisory while it is in shadow, because it decides nothing.
        status: met, not_met, unknown, not_due, not_applicable, not_adopted.
        sentence: The finding in one sentence.
        facts: Each fact as read, in order of appearance.
        comparisons: Each comparison as it came out, in order of appearance.
        owner: Seat that answers for it.
        remedy: What to do when open.
        due_from: Milestone from which it is due, for ``not_due``.
        turns_at: First moment at which the same evidence would give another status, because a comparison uses ``now``;
            never later than that moment. None where time alone changes nothing.
        rests_on: Ids of the acceptances without which it would not be met; None where it rests on none.
        requirement: How the requirement came out today, where it must also have held for a span; absent otherwise.
        open_since: Since when it has been open, where that made it mandatory; absent otherwise.
        mandatory_at: When it becomes mandatory if it stays open; absent where it does not.
        shadow: What it will weigh, and from when, where it is judged and not enforced; absent where it is enforced.
    """

    criterion: DottedName
    title: str
    domain: Domain
    severity: Severity
    status: Status
    sentence: str
    facts: tuple[FactReading, ...] = ()
    comparisons: tuple[ComparisonReading, ...] = ()
    owner: str
    remedy: str = ""
    due_from: str | None = None
    turns_at: Instant | None = None
    rests_on: tuple[str, ...] | None = None
    requirement: Outcome | None = None
    open_since: Instant | None = None
    mandatory_at: Instant | None = None
    shadow: Shadow | None = None

    @property
    def came_out(self) -> Outcome | None:
        """How the requirement came out in this run, no matter for how long; None where it was not asked."""
        if self.requirement is not None:
            return self.requirement
        return Outcome(self.status.value) if self.status.judged else None

    @property
    def decides_later(self) -> bool:
        """Whether it decides at go-live and was not due: nobody has judged it, and a verdict is no word on it.

        What is in shadow for good decides nothing; a shadow that ends, ends at go-live at the latest.
        """
        if self.shadow is not None and self.shadow.enforced_at is None:
            return False
        return self.status is Status.NOT_DUE and self.weight_then is not Severity.ADVISORY

    @property
    def weight_then(self) -> Severity:
        """What it weighs once it is enforced."""
        return self.severity if self.shadow is None else self.shadow.severity

    @property
    def would_block(self) -> bool:
        """Whether it is open, not enforced, and would stop the go-live or ask for a plan if it were."""
        return self.shadow is not None and self.status.open and self.shadow.severity is not Severity.ADVISORY

    @property
    def blocks_later(self) -> bool:
        """Whether it is open, would block if it were enforced, and will be enforced at go-live at the latest."""
        return self.would_block and self.shadow is not None and self.shadow.enforced_at is not None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps that this criterion met."""
        return tuple(reading.gap for reading in self.facts if reading.gap is not None)

    @property
    def cause(self) -> GapReason | None:
        """Why an unknown criterion is unknown, in one word; None for any other.

        Of several causes the one that is to be dealt with first: *unasked*, because nobody can answer who was not
        asked, then *missing*, then the others in the order of the closed list.
        """
        if self.status is not Status.UNKNOWN:
            return None
        reasons = {gap.reason for gap in self.gaps}
        if self.requirement is Outcome.MET:
            return GapReason.MISSING  # met today: what lacks is the record of earlier runs
        first = (GapReason.UNASKED, GapReason.MISSING, *GapReason)
        # Every fact is usable and the criterion still unknown: its requirement would divide by zero.
        return next((reason for reason in first if reason in reasons), GapReason.OUT_OF_RANGE)
