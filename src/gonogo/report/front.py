"""Page one: the verdict, what was assessed, the four domains, what blocks, what it depends on, what to ask for."""

from __future__ import annotations

from collections import Counter

from gonogo.core.wording import gap_words, listing
from gonogo.model.decision import Decision, Verdict
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Severity
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.report.health import GREEN, RED, TONES, YELLOW, health
from gonogo.report.isolation import isolation_words
from gonogo.report.overlay_changes import loosened, loosened_words, ruleset_words
from gonogo.report.page import Block, Entry, Page, Pairs, Section, Table, Words
from gonogo.report.view import RunView
from gonogo.report.words import M3_WORDS, PURPOSE, REASON, STATUS, approval, both, count, local, seat, stopped, weight

FEW = 5
"""So many reasons are read one by one; more are first told by who answers for them."""
VERDICT_TONES = {Verdict.GO: "good", Verdict.CONDITIONAL_GO: "mixed", Verdict.NO_GO: "bad"}


def front(view: RunView, rest: tuple[Section, ...]) -> Page:
    """Return the page with its front; ``rest`` follows the front."""
    program = view.started.program
    name = program.title or program.id
    sections = (
        Section("assessed", "What was assessed", (Pairs(_assessed(view)),)),
        Section("domains", "The four domains", _domains(view)),
        *_part("loosened", "Rules that were loosened", loosened(view)),
        *_part("blockers", "What blocks", _blockers(view)),
        *_part("conditions", "What it depends on", _conditions(view)),
        *_part("waivers", "Waivers, and what became of each", _waivers(view)),
        *_part("requests", "What to ask for first", _requests(view)),
        *_part("gaps", "Missing evidence by cause", _gaps(view)),
    )
    return Page(
        kind=view.started.kind.sentence,
        marking=program.marking,
        title=f"Go-live readiness of {name}, release {view.started.release.id}",
        verdict=view.decision.verdict.value,
        tone=VERDICT_TONES[view.decision.verdict],
        meaning=_meaning(view),
        sections=sections + rest,
    )


def named(finding: Finding) -> str:
    """Return a criterion's title and id."""
    return f"{finding.title} ({finding.criterion})"


def plan_words(plan: ActionPlan) -> str:
    """Return an action plan in words; what it lacks is said."""
    parts = [plan.action.rstrip(".") or "no action", f"by {seat(plan.owner)}" if plan.owner else "no owner"]
    parts.append(f"due {plan.due}" if plan.due else "no due date")
    return ", ".join(parts)


def _part(anchor: str, title: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    return (Section(anchor, title, blocks),) if blocks else ()


def _meaning(view: RunView) -> tuple[str, ...]:
    decision = view.decision
    said = {
        Verdict.GO: "Nothing blocks, and nothing is open that a go-live would depend on.",
        Verdict.CONDITIONAL_GO: f"Nothing blocks; the go-live depends on {count(len(decision.conditions), 'condition')}"
        " named below.",
        Verdict.NO_GO: f"{count(len(decision.blockers), 'reason')} named below"
        f" {'stands' if len(decision.blockers) == 1 else 'stand'} against it{_merit(decision)}.",
    }
    lines = [f"M3: {approval(decision.verdict)}.", said[decision.verdict]]
    if decision.remark is not None:
        lines.append(decision.remark)
    elif decision.only_evidence_missing and decision.verdict is Verdict.NO_GO:
        lines.append("No criterion failed on merit: chase evidence.")
    if decision.requests:
        lines.append(f"First of all: {decision.requests[0].sentence}")
    without = decision.without_waivers
    lines.append(
        f"Verdict with waivers: {decision.verdict.value}; verdict without waivers: {without.value}"
        f" (M3: {approval(without)})."
    )
    lines += loosened_words(view)
    if view.finished.accepted_conditional and decision.verdict is Verdict.CONDITIONAL_GO:
        lines.append("The CONDITIONAL GO was accepted on the command line: the process ended with exit code 0.")
    return tuple(lines)


def _merit(decision: Decision) -> str:
    """Say how many reasons are failures and how many are evidence that is missing, where there are both."""
    missing = sum(blocker.missing_evidence for blocker in decision.blockers)
    failed = len(decision.blockers) - missing
    return f": {failed} on merit, {missing} for want of evidence" if missing and failed else ""


def _assessed(view: RunView) -> tuple[tuple[str, str], ...]:
    run, zone = view.started, view.started.program.zone
    program, release = run.program, run.release
    days = _days_left(view)
    when = f"{count(days, 'day')} before go-live" if days > 0 else "day of go-live" if days == 0 else "after go-live"
    until = view.decision.valid_until
    rows = [
        ("Purpose", PURPOSE[run.kind.purpose]),
        ("Program", f"{program.title} ({program.id})" if program.title else program.id),
        ("Customer", program.customer),
        ("Provider", program.provider),
        ("Release", f"{release.id}: {release.scope}" if release.scope else release.id),
        ("Released", ", ".join(f"{kind} {name}" for kind, name in sorted(release.subjects.items()))),
        ("Go-live", f"{local(release.go_live, zone)} ({program.time_zone})"),
        ("Window", release.window),
        ("Assessed at", both(run.now, zone)),
        ("Milestone", f"{run.milestone or 'before the first'} ({when})"),
        ("Valid until", f"at most {both(until, zone)}" if until else "no moment: it rests on no dated evidence"),
        ("Ruleset", ruleset_words(view)),
        ("Isolation", isolation_words(view)),
    ]
    return tuple((label, value) for label, value in rows if value)


def _days_left(view: RunView) -> int:
    """Calendar days until go-live where the program lives; negative after it."""
    program = view.started.program
    return (program.local_date(view.started.release.go_live) - program.local_date(view.started.now)).days


def _domains(view: RunView) -> tuple[Block, ...]:
    rows = []
    for part in view.decision.domains:
        colours = Counter(health(view, finding) for finding in view.findings if finding.domain is part.domain)
        rows.append(
            (
                part.domain.value.capitalize(),
                part.verdict.value,
                f"{part.met}",
                f"{part.answered} of {part.due}",
                *(f"{colours[colour]}" for colour in (GREEN, YELLOW, RED)),
            )
        )
    weights = []
    for severity in Severity:
        tally = Counter(finding.status for finding in view.findings if finding.severity is severity)
        judged = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
        due = sum(tally[status] for status in judged)
        name = f"{severity.value.capitalize()} ({severity.m3_criticality})"
        weights.append((name, f"{due}", *(f"{tally[status]}" for status in judged)))
    other = Counter(finding.status for finding in view.findings if not finding.status.judged)
    told = [f"{other[status]} {STATUS[status].lower()}" for status in Status if other[status]]
    note = f"Not judged: {listing(told)}." if told else "Every criterion of the ruleset was due and judged."
    causes = Counter(finding.cause for finding in view.findings if finding.cause is not None)
    unknown = [f"{causes[cause]} {gap_words(cause)}" for cause in GapReason if causes[cause]]
    return (
        Table(
            "Verdict by domain",
            ("Domain", "Verdict", "Met", "Answered of due", GREEN, YELLOW, RED),
            tuple(rows),
        ),
        Table("Criteria by weight", ("Weight", "Due", "Met", "Not met", "Unknown"), tuple(weights)),
        Words(note),
        *(
            [Words(f"Unknown, by what is to be dealt with first: {listing(unknown, most=len(GapReason))}.")]
            if unknown
            else []
        ),
        Words(M3_WORDS),
    )


def _blockers(view: RunView) -> tuple[Block, ...]:
    entries: list[Block] = []
    days, moment = _days_left(view), local(view.started.release.go_live, view.started.program.zone)
    if view.decision.blockers and days > 0:
        entries.append(Words(f"To be settled before go-live: {moment}, {count(days, 'day')} from the assessment."))
    if len(view.decision.blockers) > FEW:
        entries.append(_answerable(view))
    for blocker in view.decision.blockers:
        finding = view.finding(blocker.criterion) if blocker.criterion else None
        kind = "evidence missing" if blocker.missing_evidence else "not met"
        if finding is None:
            area = f"The {blocker.domain.value} domain" if blocker.domain else "The whole program"
            entries.append(Entry(area, (kind,), blocker.why, tone="bad"))
            continue
        plan = view.plan(finding.criterion)
        rows = [("Owner", seat(finding.owner)), ("Remedy", finding.remedy), ("Plan", plan_words(plan) if plan else "")]
        entries.append(_entry(view, finding, (weight(finding.severity), kind), blocker.why, rows))
    return tuple(entries)


def _answerable(view: RunView) -> Table:
    """Who answers for how many of the reasons: what a sponsor hands out after two minutes."""
    owners = {finding.criterion: seat(finding.owner) for finding in view.findings}
    tally: dict[str, list[int]] = {}
    for blocker in view.decision.blockers:
        counts = tally.setdefault(owners.get(blocker.criterion or "", "no single owner"), [0, 0])
        counts[blocker.missing_evidence] += 1
    most = sorted(tally.items(), key=lambda entry: -sum(entry[1]))
    rows = tuple((owner, f"{sum(counts)}", *map(str, counts)) for owner, counts in most)
    return Table("Who answers for it", ("Owner", "Reasons", "On merit", "For want of evidence"), rows)


def _conditions(view: RunView) -> tuple[Block, ...]:
    entries = []
    waivers = {waiver.id: waiver for waiver in view.waivers}
    for condition in view.decision.conditions:
        finding = view.finding(condition.criterion)
        if finding is None:
            entries.append(Entry(condition.criterion, (), condition.why, tone="mixed"))
            continue
        rows = [
            ("Owner", seat(finding.owner)),
            ("Waiver", _waived(condition.waiver, waivers.get(condition.waiver)) if condition.waiver else ""),
            ("Plan", plan_words(condition.plan) if condition.plan else ""),
            ("Remedy", finding.remedy),
        ]
        entries.append(_entry(view, finding, (weight(finding.severity),), condition.why, rows))
    return tuple(entries)


def _waived(name: str, waiver: Waiver | None) -> str:
    """Say what stands in for an open criterion, who answers for it, and until when."""
    if waiver is None:
        return name
    parts = [
        f"{name}: {waiver.compensating_control.rstrip('.') or 'no compensating control'}",
        *([f"by {seat(waiver.owner)}"] if waiver.owner else []),
        *([f"until the end of {waiver.expires_on}"] if waiver.expires_on else []),
    ]
    return ", ".join(parts)


def _entry(view: RunView, finding: Finding, tags: tuple[str, ...], why: str, rows: list[tuple[str, str]]) -> Entry:
    colour = health(view, finding)
    kept = tuple((label, value) for label, value in rows if value)
    return Entry(named(finding), (*tags, *((colour,) if colour else ())), why, kept, TONES[colour])


def _waivers(view: RunView) -> tuple[Block, ...]:
    known = {waiver.id: waiver for waiver in view.waivers}
    entries: list[Block] = []
    for review in view.decision.waivers:
        tag = "counts" if review.counted else "does not count"
        waiver = known.get(review.id)
        rows = _waiver_rows(waiver) if waiver else ()
        tone = "mixed" if review.counted else "none"
        entries.append(Entry(f"{review.id} for {review.criterion}", (tag,), review.why, rows, tone))
    return tuple(entries)


def _waiver_rows(waiver: Waiver) -> tuple[tuple[str, str], ...]:
    approvals = [f"{each.person} as {seat(each.role)} on {each.on}" for each in waiver.approved_by]
    rows = (
        ("Reason", waiver.reason),
        ("Risk", waiver.residual_risk),
        ("Instead", waiver.compensating_control),
        ("Owner", seat(waiver.owner) if waiver.owner else ""),
        ("Asked by", waiver.requested_by),
        ("Approved", listing(approvals, most=20)),
        ("Expires", f"end of {waiver.expires_on}" if waiver.expires_on else ""),
    )
    return tuple((label, value) for label, value in rows if value)


def _requests(view: RunView) -> tuple[Block, ...]:
    entries: list[Block] = []
    for number, request in enumerate(view.decision.requests, start=1):
        facts, criteria = listing(list(request.facts), most=12), listing(list(request.criteria), most=12)
        closes = listing(list(request.closes), most=12) if request.closes else ""
        rows = tuple(
            (label, told) for label, told in (("Facts", facts), ("Held back", criteria), ("Closes", closes)) if told
        )
        tags = (REASON[request.cause],)
        entries.append(Entry(f"{number}. {request.sentence}", tags, "", rows))
    if entries:
        entries.append(Words("From which date on each must be dated, `gonogo requests` says to every person."))
    return tuple(entries)


def _gaps(view: RunView) -> tuple[Block, ...]:
    order = Counter(gap.reason for gap in view.gaps)
    if not order:
        return ()
    groups: dict[tuple[GapReason, str], list[str]] = {}
    for gap in sorted(view.gaps, key=lambda gap: (-order[gap.reason], REASON[gap.reason], gap.fact)):
        groups.setdefault((gap.reason, _wrong(gap)), []).append(gap.fact)
    summary = [f"{number} {gap_words(reason)}" for reason, number in order.most_common()]
    rows = tuple((REASON[reason], ", ".join(facts), wrong) for (reason, wrong), facts in groups.items())
    return (
        Words(f"{count(sum(order.values()), 'gap')}: {listing(summary, most=len(GapReason))}."),
        Table("Facts without usable evidence", ("Cause", "Facts", "What is wrong"), rows),
    )


def _wrong(gap: Gap) -> str:
    """What is wrong, without the cause that stands beside it, and where it was looked for."""
    looked = f" Looked at: {listing(list(gap.sources))}." if gap.sources else ""
    return f"{stopped(gap.detail.removeprefix(f'{REASON[gap.reason]}: '))}{looked}"
