"""Page one in short: what a sponsor reads in one minute, on one screen or one sheet."""

from __future__ import annotations

from collections import Counter

from gonogo.core.change_words import loosened_lines
from gonogo.core.lock_facts import differences_blocker
from gonogo.core.wording import listing
from gonogo.model.decision import Condition
from gonogo.model.verdict import Verdict
from gonogo.report.accepted import accepted_line, refused
from gonogo.report.asked import asked_words, purpose_words
from gonogo.report.because import because
from gonogo.report.changed import NO_HISTORY, SETBACKS, change_lines, summary
from gonogo.report.coming_days import next_date
from gonogo.report.locked import differs_short, differs_words, lock_short, lock_step
from gonogo.report.not_due_yet import not_due_short, not_due_step, wait_step
from gonogo.report.old_rows import old_rows_short
from gonogo.report.page import Short
from gonogo.report.price_of_waiting import waiting_words
from gonogo.report.shadowed import shadow_lines
from gonogo.report.short_of_go_live import ahead_short, ahead_step
from gonogo.report.unread import beside_number, beside_step, beside_title, unread, unread_beside
from gonogo.report.view import RunView
from gonogo.report.words import answers_for, count, local, person
from gonogo.report.would_change import would_change_short


def brief(view: RunView) -> tuple[Short, ...]:
    """Return the parts of page one that say anything."""
    parts = (
        _asked(view),
        _changed(view),
        differs_short(view),
        _blockers(view),
        _shadow(view),
        _conditions(view),
        not_due_short(view),
        ahead_short(view),
        _unread(view),
        _beside(view),
        old_rows_short(view),
        _papers(view),
        refused(view),
        lock_short(view),
        _loosened(view),
        _trusted(view),
        _waiting(view),
        would_change_short(view),
        _next(view),
    )
    return tuple(part for part in parts if part is not None)


def _asked(view: RunView) -> Short:
    soon = next_date(view)
    items = (purpose_words(view), asked_words(view), *([f"Next date: {soon}."] if soon else []))
    return Short("asked", "What is asked of you", items)


def _waiting(view: RunView) -> Short | None:
    words = waiting_words(view)
    return Short("waiting", "The price of waiting", words) if words else None


def _changed(view: RunView) -> Short | None:
    if view.since is None:
        return Short("changed", "What changed", (NO_HISTORY, *_also(view)))
    changes = list(change_lines(view.since))
    lead = " ".join((summary(view.since, view.started.program.zone), *_also(view)))
    lines = tuple(f"{word}: {sentence}" for word, sentence in changes)
    news = sum(word in SETBACKS for word, _ in changes)
    return Short("changed", "What changed", lines, lead=lead, news=news)


def _also(view: RunView) -> tuple[str, ...]:
    return (f"This log also holds runs of {listing(list(view.also), most=3)}.",) if view.also else ()


def _blockers(view: RunView) -> Short | None:
    blockers = view.decision.ranked
    if not blockers:
        return None
    items, short, owners, seats = [], [], [], []
    differing = differences_blocker(view.decision.lock)
    for blocker in blockers:
        finding = view.finding(blocker.criterion) if blocker.criterion else None
        if finding is None:
            items.append(blocker.why)
            short.append(differs_words(view) if blocker == differing else blocker.why)
            owners.append("")
            seats.append("")
            continue
        who = person(view, finding.owner)
        kind = because(view, blocker)
        plan = view.plan(finding.criterion)
        due = f", plan due {plan.due}" if plan is not None and plan.due is not None else ""
        short.append(f"{who}, {kind}{due}: {finding.title}")
        items.append(f"{short[-1]} ({finding.criterion})")
        owners.append(who)
        seats.append(finding.owner)
    moment = local(view.started.release.go_live, view.started.program.zone)
    past = view.started.release.go_live <= view.started.now or view.gate is not None
    until = "" if past else f", to be settled before {moment}"
    return Short(
        "blocking",
        f"What blocks ({len(blockers)}{until})",
        tuple(items),
        owners=tuple(owners),
        short=tuple(short),
        seats=tuple(seats),
    )


def _shadow(view: RunView) -> Short | None:
    lines = shadow_lines(view)
    if not lines:
        return None
    return Short("shadow", f"What would block if it were enforced ({len(lines)})", lines)


def _conditions(view: RunView) -> Short | None:
    conditions = view.decision.conditions
    if not conditions:
        return None
    short = tuple(_condition(view, condition) for condition in conditions)
    items = tuple(f"{text} ({condition.criterion})" for text, condition in zip(short, conditions, strict=True))
    seats = tuple(answers_for(view, condition.criterion) for condition in conditions)
    return Short("depends", f"What it depends on ({len(items)})", items, short=short, seats=seats)


def _condition(view: RunView, condition: Condition) -> str:
    finding = view.finding(condition.criterion)
    title = finding.title if finding is not None else condition.criterion
    waiver = next((each for each in view.waivers if each.id == condition.waiver), None)
    plan = condition.plan
    if waiver is not None:
        until = f", until the end of {waiver.expires_on}" if waiver.expires_on else ""
        sentence = f"{person(view, waiver.owner)}{until}: {title}; waiver {waiver.id}"
    elif condition.acceptances is not None:
        sentence = f"accepted by {accepted_line(view, condition.acceptances)}; {title}"
    elif plan is not None:
        due = f", due {plan.due}" if plan.due else ""
        sentence = f"{person(view, plan.owner)}{due}: {title}; {plan.action.rstrip('.')}"
    else:
        sentence = f"{person(view, finding.owner) if finding is not None else 'nobody'}: {title}"
    return sentence


def _unread(view: RunView) -> Short | None:
    sources = [source for source in unread(view) if source.matters]
    if not sources:
        return None
    items, short = tuple(source.sentence for source in sources), tuple(source.why_words for source in sources)
    names = tuple(source.binding for source in sources)
    return Short(
        "unread", f"Sources that did not answer, or not fully ({len(items)})", items, owners=names, short=short
    )


def _beside(view: RunView) -> Short | None:
    sentences = unread_beside(view)
    if not sentences:
        return None
    return Short("beside", f"{beside_title(view)} ({beside_number(view)})", sentences)


def _papers(view: RunView) -> Short | None:
    """Plans and waivers that somebody typed and that cannot be read: they look as if they counted."""
    items = [f"Action plan: {plan.unreadable}" for plan in view.assessment.plans if plan.unreadable]
    items += [f"Waiver {waiver.id}: {waiver.unreadable}" for waiver in view.waivers if waiver.unreadable]
    if not items:
        return None
    return Short("papers", f"Plans and waivers that cannot be read and do not count ({len(items)})", tuple(items))


def _loosened(view: RunView) -> Short | None:
    items = loosened_lines(view.changes)
    short = loosened_lines(view.changes, why=False)
    return Short("eased", f"Rules that were loosened ({len(items)})", items, short=short) if items else None


def _trusted(view: RunView) -> Short | None:
    trusted = view.decision.trusted or ()
    if not trusted:
        return None
    return Short(
        "trusted", f"What counts because the program says so ({len(trusted)})", tuple(e.sentence for e in trusted)
    )


def _next(view: RunView) -> Short:
    return Short("next", "Next step", _steps(view), short=_steps(view, short=True))


def _steps(view: RunView, *, short: bool = False) -> tuple[str, ...]:
    """Return what to do, in the order in which an office does it: a failure takes longest."""
    decision = view.decision
    steps = lock_step(view)
    if decision.verdict is Verdict.NO_GO:
        failed = [
            view.finding(each.criterion) for each in decision.ranked if each.criterion and not each.missing_evidence
        ]
        owners = Counter(person(view, finding.owner) for finding in failed if finding is not None)
        if owners:
            steps.append(f"{'Then' if steps else 'Do this first'}: {remedied(owners, short=short)}.")
    if decision.requests:
        steps.append(f"{'Then' if steps else 'Do this first'}: {decision.requests[0].sentence}")
    if decision.verdict is Verdict.CONDITIONAL_GO:
        days = [each.plan.due for each in decision.conditions if each.plan is not None and each.plan.due is not None]
        first = f"; the first plan is due on {min(days)}" if days else ""
        many = len(decision.conditions)
        verb = "is" if many == 1 else "are"
        steps.append(f"See that {count(many, 'condition')} {verb} met as promised{first}.")
    if later := not_due_step(view):
        steps.append(later)
    if short_of := ahead_step(view):
        steps.append(short_of)
    steps += beside_step(view)
    if decision.verdict is not Verdict.NO_GO and decision.valid_until is not None:
        moment = local(decision.valid_until, view.started.program.zone)
        steps.append(f"The verdict is valid until {moment} at the latest; run again before then.")
    return tuple(steps) or (wait_step(view) or "Fix what is named above, and run again.",)


def remedied(owners: Counter[str], *, short: bool) -> str:
    """Return who has how many of the criteria that failed to remedy."""
    total, names = owners.total(), [*owners]
    if short:
        whose = names[0] if len(names) == 1 else f"{len(names)} owners"
        return f"remedy {count(total, 'failed criterion', 'failed criteria')} ({whose})"
    failed = "remedy " + ("the criterion that failed" if total == 1 else f"the {total} criteria that failed")
    if len(names) == 1:
        return f"{failed} on merit; {'its' if total == 1 else 'their'} owner is {names[0]}"
    every = listing([f"{who} ({number})" for who, number in owners.most_common()], most=6)
    return f"{failed} on merit; their owners are {every}"
