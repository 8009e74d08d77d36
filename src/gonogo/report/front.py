"""Page one: the verdict, what was assessed, the four domains, what blocks, what it depends on, what to ask for."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.finding import Finding
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan
from gonogo.report.accepted import acceptance_entries, accepted_words, item_words, relied_on
from gonogo.report.because import because
from gonogo.report.brief import brief
from gonogo.report.changed import upgrade_words
from gonogo.report.counted import judge_by_condition
from gonogo.report.decision_sheet import meaning_words, sheet, tally_words
from gonogo.report.fewer_words import on_a_screen, rules_forms
from gonogo.report.gate import gate_title, gate_words
from gonogo.report.health import TONES, health
from gonogo.report.hold_words import hold_entries, hold_point_words, hold_words, is_hold
from gonogo.report.isolation import isolation_words
from gonogo.report.locked import lock_entries, lock_summary, lock_words
from gonogo.report.miscounted import miscounted_words
from gonogo.report.not_due_yet import assessed_only, not_due_words
from gonogo.report.outcomes import outcome_words, promise_entries, promise_words, set_back_words
from gonogo.report.overlay_changes import judged_by_m3, loosened, loosened_words, ruleset_words
from gonogo.report.page import Block, Entry, Page, PageTable, Pairs, Section, Words
from gonogo.report.resting_facts import resting_words
from gonogo.report.shadowed import shadow_entries, shadow_words
from gonogo.report.short_of_go_live import ahead_entries, ahead_title, ahead_words
from gonogo.report.signature import signature_words
from gonogo.report.smaller_shares import understated_forms
from gonogo.report.tables import domains, gaps
from gonogo.report.unread import beside_title, unread_beside
from gonogo.report.view import RunView
from gonogo.report.waived import waived_words, waiver_entries
from gonogo.report.words import PURPOSE, REASON, approval, both, count, local, person_and_seat, seat, weight
from gonogo.report.would_change import would_change_entries

FEW = 5
"""How many reasons are read one by one; more are first counted by the people who answer for them."""
VERDICT_TONES = {Verdict.GO: "good", Verdict.CONDITIONAL_GO: "mixed", Verdict.NO_GO: "bad"}


def front(view: RunView, rest: tuple[Section, ...]) -> Page:
    """Return the page with its front; ``rest`` follows the front."""
    program = view.started.program
    name = program.title or program.id
    trusted, short = view.decision.trusted or (), brief(view)
    sections = (
        Section("assessed", "What was assessed", (Pairs(_assessed(view)),)),
        Section("domains", "The four domains", domains(view)),
        *_part("locked", "The lock, and what is not as it was agreed", lock_entries(view)),
        *_part("loosened", "Rules that were loosened", loosened(view)),
        *_part("blockers", "What blocks", _blockers(view)),
        *_part("shadow", "What would block if it were enforced", shadow_entries(view)),
        *_part("ahead", ahead_title(view), ahead_entries(view)),
        *_part("holds", "Standing holds", hold_entries(view)),
        *_part("promised", "What was promised then, and what came", promise_entries(view)),
        *_part("conditions", "What it depends on", _conditions(view)),
        *_part("change", "What would change it", would_change_entries(view)),
        *_part("waivers", "Waivers and their status", waiver_entries(view)),
        *_part("acceptances", "Acceptances and their status", acceptance_entries(view)),
        *_part("requests", "What to ask for first", _requests(view)),
        *_part("beside", beside_title(view), tuple(Words(sentence) for sentence in unread_beside(view))),
        *_part("trusted", "What counts because the program says so", tuple(Words(e.sentence) for e in trusted)),
        *_part("gaps", "Missing evidence by cause", gaps(view)),
    )
    meaning = _meaning(view)
    return Page(
        kind=view.started.kind.sentence,
        marking=program.marking,
        title=gate_title(view, f"{name}, release {view.started.release.id}"),
        verdict=view.decision.verdict.value,
        tone=VERDICT_TONES[view.decision.verdict],
        meaning=meaning,
        brief=short,
        sections=sections + rest,
        sheet=sheet(view, short),
        screen=on_a_screen(view, meaning),
    )


def named(finding: Finding) -> str:
    """Return a criterion's title and id."""
    return f"{finding.title} ({finding.criterion})"


def plan_words(plan: ActionPlan) -> str:
    """Return an action plan in words; what it lacks is said."""
    parts = [plan.action.rstrip(".") or "no action", f"by {seat(plan.owner)}" if plan.owner else "no owner"]
    parts.append(f"due {plan.due}" if plan.due else "no due date")
    return ", ".join(parts)


def plan_summary(view: RunView, criterion: str) -> str:
    """Return the plan that counts in words; where none does, the first and why; empty where there is none."""
    plan, idle = view.plan(criterion), view.idle_plan(criterion)
    if plan is not None:
        return plan_words(plan)
    return f"none that counts: {idle[1]} ({plan_words(idle[0])})" if idle is not None else ""


def _part(anchor: str, title: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    return (Section(anchor, title, blocks),) if blocks else ()


def _meaning(view: RunView) -> tuple[str, ...]:
    decision = view.decision
    m3 = judged_by_m3(view)
    only = assessed_only(view)
    lines = [_when(view), meaning_words(view)]
    lines += [
        *gate_words(view),
        *not_due_words(view),
        *ahead_words(view),
        *hold_point_words(view),
        *accepted_words(view),
        *understated_forms(view)[:1],
        *miscounted_words(view),
        *judge_by_condition(view),
        *lock_words(view),
    ]
    lines += [*shadow_words(view), *set_back_words(view), *outcome_words(view), *hold_words(view)]
    lines += [*promise_words(view), *upgrade_words(view)]
    lines += [tally_words(view), *resting_words(view)]
    if decision.remark is not None:
        lines.append(decision.remark)
    elif decision.only_evidence_missing and decision.verdict is Verdict.NO_GO:
        lines.append("No criterion failed on merit: chase evidence.")
    without = decision.without_waivers
    if view.waivers or without is not decision.verdict:
        lines.append(
            f"Verdict with waivers: {decision.verdict.value}; verdict without waivers: {without.value}"
            f"{f' (M3: {approval(without)}{only})' if m3 else ''}."
        )
    lines.append(rules_forms(view)[0])
    lines += loosened_words(view)
    if isolation_words(view):
        lines.append(f"Isolation of the sources: {isolation_words(view)}.")
    lines += signature_words(view)
    if view.finished.accepted_conditional and decision.verdict is Verdict.CONDITIONAL_GO:
        lines.append("The CONDITIONAL GO was accepted on the command line: the process ended with exit code 0.")
    return tuple(lines)


def _when(view: RunView) -> str:
    zone, days = view.started.program.zone, _days_left(view)
    left = f"in {count(days, 'day')}" if days > 0 else "today" if days == 0 else f"{count(-days, 'day')} ago"
    return f"Go-live: {local(view.started.release.go_live, zone)}, {left}; assessed {local(view.started.now, zone)}."


def _assessed(view: RunView) -> tuple[tuple[str, str], ...]:
    run, zone = view.started, view.started.program.zone
    program, release = run.program, run.release
    days = _days_left(view)
    when = f"{count(days, 'day')} before go-live" if days > 0 else "day of go-live" if days == 0 else "after go-live"
    until = view.decision.valid_until
    rows = [
        ("Purpose", PURPOSE[run.kind.purpose]),
        ("Decides on", view.gate or ""),
        ("Program", f"{program.title} ({program.id})" if program.title else program.id),
        ("Customer", program.customer),
        ("Provider", program.provider),
        ("Release", f"{release.id}: {release.scope}" if release.scope else release.id),
        ("Goes live", ", ".join(f"{kind} {name}" for kind, name in sorted(release.subjects.items()))),
        ("Go-live", f"{local(release.go_live, zone)} ({program.time_zone})"),
        ("Window", release.window),
        ("Assessed at", both(run.now, zone)),
        ("Milestone", f"{run.milestone or 'before the first'} ({when})"),
        ("Valid until", f"at most {both(until, zone)}" if until else "no moment: it rests on no dated evidence"),
        ("Ruleset", ruleset_words(view)),
        ("Lock", lock_summary(view)),
        ("Isolation", isolation_words(view)),
    ]
    return tuple((label, value) for label, value in rows if value)


def _days_left(view: RunView) -> int:
    """Calendar days until go-live where the program lives; negative after it."""
    program = view.started.program
    return (program.local_date(view.started.release.go_live) - program.local_date(view.started.now)).days


def _blockers(view: RunView) -> tuple[Block, ...]:
    entries: list[Block] = []
    days, moment = _days_left(view), local(view.started.release.go_live, view.started.program.zone)
    if view.decision.blockers and days > 0 and view.gate is None:
        entries.append(Words(f"To be settled before go-live: {moment}, {count(days, 'day')} from the assessment."))
    if len(view.decision.blockers) > FEW:
        entries.append(_answerable(view))
    for blocker in view.decision.ranked:
        finding = view.finding(blocker.criterion) if blocker.criterion else None
        kind = because(view, blocker)
        if finding is None:
            area = f"The {blocker.domain.value} domain" if blocker.domain else "The whole program"
            entries.append(Entry(area, (kind,), blocker.why, tone="bad"))
            continue
        kind_of = "standing hold" if is_hold(view, finding) else weight(finding.severity)
        rows = [
            ("Owner", person_and_seat(view, finding.owner)),
            ("Remedy", finding.remedy),
            ("Plan", plan_summary(view, finding.criterion)),
        ]
        entries.append(_entry(view, finding, (kind_of, kind), blocker.why, rows))
    return tuple(entries)


def _answerable(view: RunView) -> PageTable:
    """Who answers for how many of the reasons: what a sponsor hands out after two minutes."""
    asked = (*view.findings, *(view.decision.holds or ()))
    owners = {finding.criterion: person_and_seat(view, finding.owner) for finding in asked}
    tally: dict[str, list[int]] = {}
    for blocker in view.decision.blockers:
        counts = tally.setdefault(owners.get(blocker.criterion or "", "no single owner"), [0, 0])
        counts[blocker.missing_evidence] += 1
    most = sorted(tally.items(), key=lambda entry: -sum(entry[1]))
    rows = tuple((owner, f"{sum(counts)}", *map(str, counts)) for owner, counts in most)
    return PageTable("Who answers for it", ("Owner", "Reasons", "On merit", "Not known"), rows)


def _conditions(view: RunView) -> tuple[Block, ...]:
    entries = []
    waivers, accepted = {waiver.id: waiver for waiver in view.waivers}, relied_on(view)
    for condition in view.decision.conditions:
        finding = view.finding(condition.criterion)
        if finding is None:
            entries.append(Entry(condition.criterion, (), condition.why, tone="mixed"))
            continue
        rows = [
            ("Owner", person_and_seat(view, finding.owner)),
            ("Waiver", waived_words(condition.waiver, waivers.get(condition.waiver)) if condition.waiver else ""),
            ("Plan", plan_words(condition.plan) if condition.plan else ""),
            *(("Acceptance", item_words(view, one)) for one in accepted if one.id in (condition.acceptances or ())),
            ("Remedy", finding.remedy),
        ]
        entries.append(_entry(view, finding, (weight(finding.severity),), condition.why, rows))
    return tuple(entries)


def _entry(view: RunView, finding: Finding, tags: tuple[str, ...], why: str, rows: list[tuple[str, str]]) -> Entry:
    colour = health(view, finding)
    kept = tuple((label, value) for label, value in rows if value)
    return Entry(named(finding), (*tags, *((colour,) if colour else ())), why, kept, TONES[colour], seat=finding.owner)


def _requests(view: RunView) -> tuple[Block, ...]:
    entries: list[Block] = []
    for number, request in enumerate(view.decision.requests, start=1):
        facts, criteria = listing(list(request.facts), most=12), listing(list(request.criteria), most=12)
        closes = listing(list(request.closes), most=12) if request.closes else ""
        rows = tuple(
            (label, text) for label, text in (("Facts", facts), ("Held back", criteria), ("Closes", closes)) if text
        )
        tags = (REASON[request.cause],)
        entries.append(Entry(f"{number}. {request.sentence}", tags, "", rows, seat=request.to))
    if entries:
        entries.append(Words("`gonogo requests` shows each person how recent their evidence must be."))
    return tuple(entries)
