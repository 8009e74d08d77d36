"""The decision: verdict, blockers, conditions."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.acceptance import AcceptanceReview
from gonogo.model.base import DottedName, Frozen, Instant
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Finding
from gonogo.model.lock import LockStanding
from gonogo.model.promise import EarlierDecision, PromiseReview
from gonogo.model.ruleset import Domain
from gonogo.model.rung_ahead import RungAhead
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan


class Blocker(Frozen):
    """One reason for NO-GO.

    Attributes:
        criterion: Id of the criterion; None for a reason that is not one criterion's (caps, a domain not judged).
        domain: The domain concerned; None for the whole program.
        why: One sentence.
        missing_evidence: Whether only evidence is missing, rather than merit.
    """

    criterion: DottedName | None = None
    domain: Domain | None = None
    why: str
    missing_evidence: bool = False


class Condition(Frozen):
    """One thing that a CONDITIONAL GO depends on.

    Attributes:
        criterion: Id of the open criterion.
        why: One sentence.
        waiver: Id of the waiver that covers it, when mandatory.
        plan: Its action plan, when conditional.
        acceptances: Ids of the acceptances on which it rests, when it is met on acceptance; then no plan is asked.
    """

    criterion: DottedName
    why: str
    waiver: str | None = None
    plan: ActionPlan | None = None
    acceptances: tuple[str, ...] | None = None


class WaiverReview(Frozen):
    """What became of one waiver.

    Attributes:
        id: Identifier.
        criterion: Id of the criterion.
        counted: Whether it turned a blocker into a condition.
        why: One sentence: why it counts, or why not.
    """

    id: str
    criterion: str
    counted: bool
    why: str


class Request(Frozen):
    """What to ask of one person so that gaps are closed; requests are ordered by how much they close.

    Attributes:
        to: The seat to ask; the person's id where they are asked as the maker of the evidence alone.
        binding: The binding whose source is owed; None for several, and for facts that nothing answers for.
        cause: The most frequent reason of the gaps.
        facts: Facts that it would answer.
        criteria: Open criteria that these facts hold back, in the order of the ruleset.
        mandatory: How many mandatory criteria it closes alone.
        sentence: The request in one sentence.
        person: Who is asked, by name and seat. This and what follows is absent in records of earlier versions.
        acts: What they are to do, one for each source.
        closes: The criteria that it closes alone, when what is asked for is good.
        bindings: Every source that is owed.
    """

    to: str
    binding: str | None = None
    cause: GapReason
    facts: tuple[DottedName, ...]
    criteria: tuple[DottedName, ...]
    mandatory: int
    sentence: str
    person: str | None = None
    acts: tuple[str, ...] | None = None
    closes: tuple[DottedName, ...] | None = None
    bindings: tuple[str, ...] | None = None


class Reliance(StrEnum):
    """By whose word something counts: the key of the program file or of the people register."""

    AUTHORITY = "authority"
    DISTINCT = "distinct_from"
    OFFERINGS = "offerings"
    CLOSURES = "closures"
    NOT_EVIDENCE = "not_evidence"
    AS_OF = "as_of"
    BUILD = "build"
    RELEASE = "release"
    ENVIRONMENT = "environment"
    APPROVAL = "approved_by"
    LOG = "log"
    SETTINGS = "settings"
    TRUST = "trust"
    PLUGINS = "plugins"


class Trusted(Frozen):
    """What counts because the program says so, and could make the verdict better.

    Attributes:
        by: The key by which it is said.
        subject: The fact, waiver, offering or program that it is about.
        sentence: What counts, and what would be otherwise without it.
    """

    by: Reliance
    subject: str
    sentence: str


class DomainDecision(Frozen):
    """One domain's part of the decision, for page one.

    Attributes:
        domain: The domain.
        verdict: With waivers and plans.
        due: Criteria that were asked: met, not met or unknown.
        answered: Of those, the ones that are met or not met.
        met: Of those, the ones that are met.
    """

    domain: Domain
    verdict: Verdict
    due: int
    answered: int
    met: int


class Decision(Frozen):
    """The verdict and every reason for it.

    Attributes:
        verdict: With waivers and action plans.
        without_waivers: The verdict that would stand if no waiver were accepted.
        judged: The engines' verdict before waivers and plans (every open conditional criterion taken as planned).
        only_evidence_missing: True for a NO-GO to which every blocker is an unknown: chase evidence, not merit.
        domains: The four domains in the order of M3.
        blockers: Reasons for NO-GO, in the order of the ruleset; empty unless NO-GO.
        conditions: What a go depends on, in the order of the ruleset.
        waivers: What became of each waiver.
        requests: What to ask of whom, the request that closes most first.
        valid_until: Earliest moment at which evidence that the verdict rests on turns stale, a counted waiver expires,
            an action plan that it relies on is overdue, a threshold changes with its milestone, a comparison that uses
            ``now`` turns, or a criterion that was not yet asked falls due; None when it rests on nothing.
        remark: What a NO-GO needs beside its reasons to be understood: that it comes too early, or that evidence is
            missing rather than merit. None where the reasons speak for themselves, and in records of earlier versions.
        people: Each seat or person id that the decision names, with the names of who holds it on the day; no name for
            a vacant seat. None without a people register, and in records of earlier versions.
        trusted: What counts because the program file or the people register says so. None where there is nothing, and
            in records of earlier versions.
        holds: How each standing hold of the policy stands: one that is not met is on, and voids this and every earlier
            decision of the release. None where the policy has none.
        follows: The signed decision that this one follows. None where it follows none.
        promises: What became of each condition of that decision. None likewise.
        acceptances: What became of each acceptance. None where none was submitted.
        lock: How the run stands to the lock of the program. None where the log knows none, and in earlier records.
        ahead: What holds and would not by the thresholds of go-live. None where these are in force, and in records of
            earlier versions.
    """

    verdict: Verdict
    without_waivers: Verdict
    judged: Verdict
    only_evidence_missing: bool = False
    domains: tuple[DomainDecision, ...]
    blockers: tuple[Blocker, ...] = ()
    conditions: tuple[Condition, ...] = ()
    waivers: tuple[WaiverReview, ...] = ()
    requests: tuple[Request, ...] = ()
    valid_until: Instant | None = None
    remark: str | None = None
    people: dict[str, tuple[str, ...]] | None = None
    trusted: tuple[Trusted, ...] | None = None
    holds: tuple[Finding, ...] | None = None
    follows: EarlierDecision | None = None
    promises: tuple[PromiseReview, ...] | None = None
    acceptances: tuple[AcceptanceReview, ...] | None = None
    lock: LockStanding | None = None
    ahead: RungAhead | None = None

    @property
    def ranked(self) -> tuple[Blocker, ...]:
        """The reasons as people read them: what is known to be bad first, then what only lacks evidence."""
        return tuple(sorted(self.blockers, key=lambda blocker: blocker.missing_evidence))
