"""The criteria document: cover, scope, rules, criteria by domain, offices, schedule, lock rules, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gonogo.core.due import milestone_day
from gonogo.core.lock_rules import LockRules
from gonogo.core.stale_words import stale_words
from gonogo.core.wording import listing, recorded_day, seat_words
from gonogo.model.change import RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.finding import Finding
from gonogo.model.lock import LockDifference, LockStanding
from gonogo.model.people import PeopleRegister, Side
from gonogo.model.program import Program
from gonogo.model.register import Register
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Ruleset, Severity, days_before
from gonogo.paper.changed_rules import TITLE, changed_rules, loosened_count
from gonogo.paper.criterion_part import criterion_blocks
from gonogo.paper.paper_page import Paper, PaperBlock, PaperTable, Paragraph, Title
from gonogo.paper.program_part import ADOPTED, adoption_words, is_asked, program_blocks
from gonogo.report.words import local


@dataclass(frozen=True)
class Agreed:
    """What the paper is made of.

    Attributes:
        program: What the program file says.
        ruleset: Criteria and policy.
        vocabulary: The facts.
        people: Who holds which seat.
        today: The program's local day.
        digest: Of what a lock freezes.
        lock: How the files stand to the lock; None where there is none.
        run: Id of the run whose statuses stand beside; empty for none.
        findings: What that run found, by criterion.
        colours: M3's status of each criterion that the run judged: Green, Yellow or Red.
    """

    program: Program
    ruleset: Ruleset
    vocabulary: Vocabulary
    people: PeopleRegister
    today: date
    digest: str
    lock: LockStanding | None = None
    run: str = ""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def policy(self) -> DecisionPolicy:
        """The policy."""
        return self.ruleset.policy

    @cached_property
    def rules(self) -> LockRules:
        """Who locks, and what a change needs."""
        return LockRules.of(self.ruleset)

    @property
    def changes(self) -> tuple[RuleChange | LockDifference, ...]:
        """What was changed in the rules: by overlays or an edited copy, and since the lock."""
        lock = self.lock
        amended = [each for change in (lock.changes or () if lock else ()) for each in change.differences]
        return (*(self.ruleset.changes or ()), *amended, *(lock.differences or () if lock else ()))

    @cached_property
    def names(self) -> dict[str, str]:
        """Seat to who holds it today."""
        found: dict[str, list[str]] = {}
        for each in self.people.tenures:
            if each.covers(self.today):
                found.setdefault(each.role, []).append(each.name)
        return {seat: listing(names, most=9) for seat, names in found.items()}


def criteria_paper(agreed: Agreed) -> Paper:
    """Return the paper."""
    identity = agreed.program.identity
    return Paper(
        title=f"Go/No-Go criteria of {identity.title or identity.id}",
        marking=identity.marking,
        blocks=tuple(_blocks(agreed)),
        digest=agreed.digest,
        made=agreed.today.isoformat(),
    )


def _blocks(agreed: Agreed) -> Iterator[PaperBlock]:
    yield from _cover(agreed)
    yield from _scope(agreed)
    yield from _rule(agreed)
    yield from program_blocks(agreed.program, agreed.ruleset, agreed.lock)
    yield from changed_rules(agreed.ruleset.changes or ())
    yield from _criteria(agreed)
    yield from _offices(agreed)
    yield from _schedule(agreed)
    yield from _changes(agreed)
    yield from _signatures(agreed)


def _cover(agreed: Agreed) -> Iterator[PaperBlock]:
    identity, ruleset = agreed.program.identity, agreed.ruleset
    rows = [
        ("Program", f"{identity.title} ({identity.id})" if identity.title else identity.id),
        ("Decides on", agreed.policy.gate or ""),
        ("Customer", identity.customer),
        ("Provider", identity.provider),
        *((f"Go-live of {each.id}", local(each.go_live, identity.zone)) for each in agreed.program.releases),
        ("Ruleset", f"{ruleset.title} ({ruleset.name}@{ruleset.version})"),
        ("Overlays", listing(list(ruleset.overlays), most=20)),
        (ADOPTED, adoption_words(agreed.program, ruleset, agreed.lock)),
        (TITLE, loosened_count(ruleset.changes or ())),
        ("Lock", lock_words(agreed.lock)),
        ("Digest of what is agreed on (SHA-256)", agreed.digest),
        ("Made on", agreed.today.isoformat()),
        ("Statuses", f"of the run {agreed.run}" if agreed.run else ""),
    ]
    yield PaperTable("What this document is about", ("Part", "Value"), tuple((a, b) for a, b in rows if b))


def lock_words(lock: LockStanding | None) -> str:
    """Return how the paper stands to a lock: a paper of other files than the locked ones says so on its cover."""
    if lock is None:
        return "not locked: this is a draft to agree on"
    if lock.broken:
        return f"not what was locked: these files differ from lock {lock.number} of {recorded_day(lock.locked_at)}"
    if lock.uncontrolled:
        return f"lock {lock.number} of {recorded_day(lock.locked_at)}, with changes that both sides did not agree to"
    return f"lock {lock.number} of {recorded_day(lock.locked_at)}"


def _scope(agreed: Agreed) -> Iterator[PaperBlock]:
    identity = agreed.program.identity
    yield Title(1, "Scope")
    rows = tuple(
        (each.id, each.scope or "not said", local(each.go_live, identity.zone), each.window, each.environment or "")
        for each in agreed.program.releases
    )
    yield PaperTable("What is released, and when", ("Release", "Scope", "Go-live", "Window", "Environment"), rows)
    closed = f", closed on {listing([f'{day}' for day in identity.closures], most=40)}" if identity.closures else ""
    yield Paragraph(
        f"Local dates are those of {identity.time_zone}; working days are those of {identity.calendar}{closed}."
    )
    if identity.offerings:
        yield Paragraph(
            f"Evidence on these offerings of the provider counts here: {listing(list(identity.offerings), most=20)}."
        )


def _rule(agreed: Agreed) -> Iterator[PaperBlock]:
    yield Title(1, "Decision rule")
    yield from (Paragraph(sentence) for sentence in rule_sentences(agreed.policy))
    registers = agreed.vocabulary.registers or ()
    if registers:
        yield Paragraph(
            "An open item of a register may be accepted by one of the seats below. A verdict that rests on an "
            "acceptance is at best CONDITIONAL GO."
        )
        rows = tuple((each.id, each.item, _closed(each), _seats(each.accept, " or ")) for each in registers)
        header = ("Register", "One item", "Closed by", "Accepted by")
        yield PaperTable("Registers, what closes an item, and who may accept an open one", header, rows)


def _closed(register: Register) -> str:
    """Return the words that close an item; where the rules name none, the program file says it."""
    named = listing([f'"{word}"' for word in register.closed or ()], most=50)
    return named or "what the program file says"


def rule_sentences(policy: DecisionPolicy) -> Iterator[str]:
    """Yield how findings become a verdict, a sentence each."""
    if policy.gate is not None:
        yield f"This gate decides on {policy.gate}. A GO here is no permission to go live."
    yield "A criterion is met, not met or unknown; what is not proved met never counts as met."
    yield "A mandatory criterion that is not met or unknown blocks, if no valid waiver covers it."
    if policy.rule is ApprovalRule.M3:
        yield (
            "Any number of conditional and advisory criteria may be open, if each has a complete action plan that is "
            "due by go-live; then the verdict is CONDITIONAL GO, if a conditional one is open."
        )
    else:
        yield (
            "A conditional criterion that is open makes the verdict CONDITIONAL GO, and blocks without a complete "
            f"action plan, or beyond {policy.cap_domain} in a domain or {policy.cap_total} in all. Advisory criteria "
            "decide nothing."
        )
    yield "Each of the four domains must have a mandatory criterion judged; otherwise the verdict is NO-GO."
    limit = "" if policy.max_waiver_days is None else f" It runs at most {policy.max_waiver_days} days after go-live."
    yield (
        "A waiver has a reason, a risk, a control, an owner, an expiry and the approvals that the criterion names; it "
        f"makes a condition of an open criterion, never a met one.{limit}"
    )
    if policy.holds:
        yield "A standing hold that is not proved to be off blocks, and voids every earlier decision on the release."
    if policy.mode is not None:
        yield "The whole gate is in shadow: it is tried out, and no decision can be taken by it."
    for each in policy.min_isolation or ():
        yield f"Evidence for {each.severity} criteria is read at isolation level {each.level} at least."


def _criteria(agreed: Agreed) -> Iterator[PaperBlock]:
    ruleset = agreed.ruleset
    yield Title(1, "Criteria")
    for domain in Domain:
        mine = [each for each in ruleset.criteria if each.domain is domain]
        counts = [f"{sum(e.severity is s for e in mine)} {s}" for s in Severity if any(e.severity is s for e in mine)]
        yield Title(2, f"Domain {domain.value}")
        left, out = sum(not is_asked(agreed.program, e) for e in mine), sum(e.not_applicable is not None for e in mine)
        spared = f"{f'; {left} not yet adopted' if left else ''}{f'; {out} not applicable' if out else ''}"
        yield Paragraph(f"{len(mine)} criteria: {listing(counts)}{spared}." if mine else "No criterion.")
        for each in mine:
            yield from _one(agreed, each)
    if ruleset.holds:
        yield Title(2, "Standing holds")
        for each in ruleset.holds:
            yield from _one(agreed, each)
    if ruleset.sources:
        yield PaperTable("Sources", ("Key", "Source"), tuple(ruleset.sources.items()))


def _one(agreed: Agreed, criterion: Criterion) -> Iterator[PaperBlock]:
    finding, asked = agreed.findings.get(criterion.id), is_asked(agreed.program, criterion)
    stale = [each.sentence for each in stale_words(criterion, agreed.changes, agreed.vocabulary)]
    yield from criterion_blocks(
        criterion, agreed.policy, agreed.vocabulary, agreed.names, finding, asked=asked, stale=stale
    )


def _offices(agreed: Agreed) -> Iterator[PaperBlock]:
    asked = [*agreed.rules.approve, *agreed.rules.review]
    for each in agreed.ruleset.criteria:
        asked += [each.owner, *each.attest, *each.waivable_by]
    yield Title(1, "Offices")
    rows = tuple((seat_words(seat), agreed.names.get(seat, "vacant")) for seat in sorted(dict.fromkeys(asked)))
    yield PaperTable("Seats that these criteria name, and who holds them", ("Seat", "Held by"), rows)


def _schedule(agreed: Agreed) -> Iterator[PaperBlock]:
    identity = agreed.program.identity
    yield Title(1, "Schedule of assessments")
    rows = []
    for milestone in agreed.policy.milestones:
        due = sum(
            each.due_from is None or days_before(each.due_from) >= days_before(milestone)
            for each in agreed.ruleset.criteria
            if each.not_applicable is None and is_asked(agreed.program, each)
        )
        days = [f"{milestone_day(identity, each, milestone)}" for each in agreed.program.releases]
        rows.append((milestone, *days, f"{due}"))
    header = ("Milestone", *(f"Day for {each.id}" for each in agreed.program.releases), "Criteria due")
    yield PaperTable("When the program is assessed", header, tuple(rows))


def _changes(agreed: Agreed) -> Iterator[PaperBlock]:
    rules = agreed.rules
    yield Title(1, "Changes after the lock")
    yield Paragraph(
        f"A change has a request, a reason, and the approval of {_seats(rules.approve)}; where it loosens anything, or "
        f"may, a reviewer who neither asks for it nor approves it ({_seats(rules.review, ' or ')}). Every later report "
        "lists it."
    )
    yield Paragraph(f"In the last {rules.freeze_days} days before go-live a change that loosens is flagged.")
    changes = (agreed.lock.changes if agreed.lock is not None else None) or ()
    if changes:
        rows = tuple(
            (
                f"{recorded_day(each.at)}",
                each.request or "no request",
                "; ".join(one.sentence for one in each.differences) or "nothing",
                "; ".join(each.lacks or ()) or "controlled",
            )
            for each in changes
        )
        yield PaperTable("Changes since the first lock", ("Day", "Request", "What was, what is", "Control"), rows)


def _seats(seats: Sequence[str], last: str = " and ") -> str:
    words = [seat_words(seat) for seat in seats]
    return last.join(filter(None, (", ".join(words[:-1]), words[-1])))


def _signatures(agreed: Agreed) -> Iterator[PaperBlock]:
    yield Title(1, "Signatures")
    yield Paragraph(f"We agree to these criteria, by the digest {agreed.digest}.")
    for side in (Side.CUSTOMER, Side.PROVIDER, Side.INDEPENDENT):
        seats = [seat for seat in agreed.rules.approve if seat.startswith(f"{side}.")]
        if seats:
            rows = tuple((seat_words(seat), agreed.names.get(seat, ""), "", "") for seat in seats)
            yield PaperTable(f"Signatures of the {side}", ("Seat", "Name", "Signature", "Date"), rows)
