"""The parts of the printed sheet after the domains: rows for people, each part with the section that shows it whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.core.exposure import largest
from gonogo.core.wording import percent_text
from gonogo.model.decision import Blocker, Condition
from gonogo.report.accepted import accepted_words, relied_on
from gonogo.report.because import because, first_due
from gonogo.report.integrity import integrity_words
from gonogo.report.not_due_yet import how_many, not_due_yet
from gonogo.report.outcomes import outcome_words, promise_words
from gonogo.report.page import SheetPart, Short
from gonogo.report.price_of_waiting import waiting_words
from gonogo.report.resting_facts import resting_words
from gonogo.report.view import RunView
from gonogo.report.words import answers_for, count, local, person

_READ: Final = ("unread", "beside", "old_rows")
_REFUSED: Final = ("papers", "refused")


def sheet_parts(view: RunView, brief: tuple[Short, ...]) -> tuple[SheetPart, ...]:
    """Return the parts that say anything, in the order in which they stand."""
    short = {part.id: part for part in brief}
    parts = (
        _listed(short.get("unlocked"), "locked"),
        _blockers(view),
        _conditions(view),
        _listed(short.get("change"), "change"),
        _rests(view),
        _listed(short.get("shadow"), "shadow"),
        _listed(short.get("eased"), "loosened"),
        _listed(short.get("ahead"), "ahead"),
        _not_due(view, short.get("notdue")),
        _unread([short[name] for name in _READ if name in short]),
        _waivers(view, [short[name] for name in _REFUSED if name in short]),
        _integrity(view),
        _changed(view, short["changed"]),
        _waiting(view),
    )
    return tuple(part for part in parts if part is not None)


def _blockers(view: RunView) -> SheetPart | None:
    blockers = view.decision.ranked
    if not blockers:
        return None
    rows = tuple(_blocker(view, blocker) for blocker in blockers)
    header = ("Who", "What blocks", "Because", "By")
    owners = tuple(row[0] for row in rows)
    seats = tuple(answers_for(view, blocker.criterion) for blocker in blockers)
    title = f"What blocks ({len(rows)})"
    return SheetPart("sheet-blocks", title, (), header, rows, "blockers", owners, wide=True, seats=seats)


def _blocker(view: RunView, blocker: Blocker) -> tuple[str, ...]:
    zone, run = view.started.program.zone, view.started
    last = "now" if run.release.go_live <= run.now or view.gate is not None else local(run.release.go_live, zone)[4:14]
    why, finding = because(view, blocker), view.finding(blocker.criterion) if blocker.criterion else None
    if finding is None:
        return (
            "no one person",
            blocker.why,
            why,
            str(first_due(view, blocker) or last),
        )
    plan = view.plan(finding.criterion)
    due = f"{plan.due} (plan)" if plan is not None and plan.due is not None else last
    return person(view, finding.owner) or "nobody", finding.title, why, due


def _conditions(view: RunView) -> SheetPart | None:
    conditions = view.decision.conditions
    if not conditions:
        return None
    rows = tuple(_condition(view, condition) for condition in conditions)
    header = ("Who", "What is open", "Instead", "By")
    title = f"What it depends on ({len(rows)})"
    owners = tuple(row[0] for row in rows)
    seats = tuple(answers_for(view, condition.criterion) for condition in conditions)
    return SheetPart("sheet-depends", title, (), header, rows, "conditions", owners, wide=True, seats=seats)


def _condition(view: RunView, condition: Condition) -> tuple[str, ...]:
    finding = view.finding(condition.criterion)
    title = finding.title if finding is not None else condition.criterion
    waiver = next((each for each in view.waivers if each.id == condition.waiver), None)
    plan = condition.plan
    if waiver is not None:
        until = f"until {waiver.expires_on}" if waiver.expires_on else "no date"
        instead = f"waiver {waiver.id}: {waiver.compensating_control.rstrip('.')}"
        return person(view, waiver.owner) or "nobody", title, instead, until
    if condition.acceptances is not None:
        used = [one for one in view.assessment.acceptances or () if one.id in condition.acceptances]
        who = list(dict.fromkeys(person(view, one.person) for one in used))
        first = min((one.until for one in used if one.until is not None), default=None)
        items = "accepted: " + "; ".join(one.item for one in used)
        return "; ".join(who) or "nobody", title, items, f"until {first}" if first else "no date"
    if plan is not None:
        return person(view, plan.owner) or "nobody", title, plan.action.rstrip("."), f"{plan.due or 'no date'}"
    owner = person(view, finding.owner) if finding is not None else ""
    return owner or "nobody", title, "nothing is promised", "no date"


def _rests(view: RunView) -> SheetPart:
    used = relied_on(view)
    facts = (*resting_words(view), *_trusted(view))
    if not used:
        return SheetPart(
            "sheet-rests", "What the verdict rests on", (" ".join((*facts, "No acceptance counts for it.")),)
        )
    rows = []
    for one in used:
        name, share = largest([one])
        reach = f"at most {percent_text(Fraction(share))} of the {name}"
        rows.append((person(view, one.person), one.item, reach, f"{one.until or 'no date'}"))
    over = accepted_words(view)[1:]
    title = f"What the verdict rests on ({count(len(used), 'acceptance')})"
    header = ("Accepted by", "Item", "Touches", "Until")
    owners = tuple(row[0] for row in rows)
    return SheetPart(
        "sheet-rests", title, (*over, " ".join(facts)), header, tuple(rows), "acceptances", owners, wide=True
    )


def _trusted(view: RunView) -> tuple[str, ...]:
    trusted = view.decision.trusted or ()
    if not trusted:
        return ()
    return (f"{count(len(trusted), 'thing counts', 'things count')} because the program says so.",)


def _listed(short: Short | None, where: str) -> SheetPart | None:
    if short is None:
        return None
    rows = tuple((text,) for text in short.items)
    return SheetPart(f"sheet-{where}", short.title, (), (), rows, where, seats=short.seats)


def _not_due(view: RunView, short: Short | None) -> SheetPart | None:
    if short is None:
        return None
    lead = f"{how_many(not_due_yet(view))}."
    rows = tuple((text,) for text in short.short or short.items)
    return SheetPart("sheet-notdue", short.title, (lead,), (), rows, "all-notdue")


def _unread(shorts: list[Short]) -> SheetPart:
    title = "Sources that were not read, or not fully"
    if not shorts:
        return SheetPart("sheet-unread", title, ("Every bound source was read and answered.",))
    rows = tuple((text,) for part in shorts for text in part.short or part.items)
    return SheetPart("sheet-unread", f"{title} ({len(rows)})", (), (), rows, f"all-{shorts[0].id}")


def _waivers(view: RunView, refused: list[Short]) -> SheetPart:
    reviews = sorted(view.decision.waivers, key=lambda review: not review.counted)
    rows = [
        (f"{review.id} {'counts' if review.counted else 'does not count'} for {review.criterion}: {review.why}",)
        for review in reviews
    ]
    rows += [(text,) for part in refused for text in part.items]
    if not rows:
        return SheetPart("sheet-waivers", "Waivers", ("No waiver was submitted.",))
    lead = () if reviews else ("No waiver was submitted.",)
    title = "Waivers" if not refused else "Waivers, plans and acceptances"
    where = "waivers" if reviews else f"all-{refused[0].id}"
    return SheetPart("sheet-waivers", f"{title} ({len(rows)})", lead, (), tuple(rows), where)


def _integrity(view: RunView) -> SheetPart:
    found = integrity_words(view)
    lead = () if found else ("No finding: the records give the digest below.",)
    title = f"Integrity ({count(len(found), 'finding')})" if found else "Integrity"
    return SheetPart("sheet-integrity", title, lead, (), tuple((text,) for text in found), "meaning")


def _changed(view: RunView, short: Short) -> SheetPart:
    lead = (*([short.lead] if short.lead else []), *promise_words(view), *outcome_words(view))
    rows = tuple((text,) for text in short.items)
    title = f"What changed ({len(rows)})" if short.lead and rows else "What changed"
    return SheetPart("sheet-changed", title, lead, (), rows, "all-changed")


def _waiting(view: RunView) -> SheetPart:
    words = waiting_words(view) or (
        "Nobody states what waiting costs, nor when the next window is (`waiting:` of the release).",
    )
    return SheetPart("sheet-waiting", "The price of waiting", (" ".join(words),), wide=True)
