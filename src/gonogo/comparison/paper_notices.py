"""What is different about the papers of a run (action plans, waivers, acceptances), and which criteria block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.snapshot import Snapshot
from gonogo.model.acceptance import Acceptance, AcceptanceReview
from gonogo.model.decision import WaiverReview
from gonogo.model.waiver import ActionPlan, Waiver


def paper_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about waivers, then plans, then acceptances."""
    yield from _waivers(before, after)
    yield from _plans(before, after)
    yield from acceptance_notices(before, after)


def blocker_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield criteria whose status is the same, and that block now or block no longer: a plan or waiver made it so."""
    for criterion, finding in after.by_criterion.items():
        old = before.by_criterion.get(criterion)
        if old is None or old.status is not finding.status:
            continue
        if criterion in after.blocking and criterion not in before.blocking:
            why = after.blocking[criterion]
            yield Notice(
                kind=NoticeKind.BLOCKER, subject=criterion, sentence=f"{criterion} now blocks. {why}", worse=True
            )
        elif criterion in before.blocking and criterion not in after.blocking:
            yield Notice(kind=NoticeKind.BLOCKER, subject=criterion, sentence=f"{criterion} no longer blocks.")


def _waivers(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    was, now = _by_id(before.made.waivers), _by_id(after.made.waivers)
    judged, judges = _reviews(before.made.decision.waivers), _reviews(after.made.decision.waivers)
    for name in sorted(was.keys() | now.keys() | judged.keys() | judges.keys()):
        old, new = judged.get(name, ()), judges.get(name, ())
        same = was.get(name) == now.get(name)
        if same and [each.document() for each in old] == [each.document() for each in new]:
            continue
        yield _waiver(name, was.get(name, ()), now.get(name, ()), old, new, after)


def _waiver(
    name: str,
    was: tuple[Waiver, ...],
    now: tuple[Waiver, ...],
    old: tuple[WaiverReview, ...],
    new: tuple[WaiverReview, ...],
    after: Snapshot,
) -> Notice:
    counted, counts = any(each.counted for each in old), any(each.counted for each in new)
    criterion = (now or was)[0].criterion if now or was else (new or old)[0].criterion
    finding = after.by_criterion.get(criterion)
    worse = counted and not counts and finding is not None and finding.status.open
    who = f"The waiver {name} for {criterion}"
    why = f": {new[0].why}" if new else "."
    became = _became(counted, counts, gone=bool(was) and not now, new=bool(now) and not was)
    sentence = f"{who} {became}{'.' if was and not now else why}"
    return Notice(kind=NoticeKind.WAIVER, subject=name, sentence=sentence, worse=worse)


def _became(counted: bool, counts: bool, *, gone: bool, new: bool) -> str:
    """Return what became of a waiver or an acceptance since the run before, without the reason."""
    if gone:
        return f"is gone{', and it counted' if counted else ''}"
    if counts and not counted:
        return "now counts"
    if counted and not counts:
        return "no longer counts"
    if new:
        return "is new and does not count"
    return f"was changed and {'still counts' if counts else 'does not count'}"


def _plans(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    was, now = _by_criterion(before.made.plans), _by_criterion(after.made.plans)
    for criterion in sorted(was.keys() | now.keys()):
        old, new = was.get(criterion, ()), now.get(criterion, ())
        if old == new:
            continue
        word = "is gone" if not new else "is new" if not old else "was changed"
        sentence = f"The action plan of {criterion} {word}{f': {_plan(new[0])}' if new else ''}."
        yield Notice(kind=NoticeKind.PLAN, subject=criterion, sentence=sentence)


def _plan(plan: ActionPlan) -> str:
    due = f"due {plan.due}" if plan.due else "no due date"
    lacking = f"; it lacks {' and '.join(plan.missing)}" if plan.missing else ""
    lacking += f"; it cannot be read: {plan.unreadable}" if plan.unreadable else ""
    return f"{plan.action.rstrip('.') or 'no action'}, {plan.owner or 'no owner'}, {due}{lacking}"


def _by_id(waivers: Iterable[Waiver]) -> dict[str, tuple[Waiver, ...]]:
    found: dict[str, tuple[Waiver, ...]] = {}
    for waiver in waivers:
        found[waiver.id] = (*found.get(waiver.id, ()), waiver)
    return found


def _reviews(reviews: Iterable[WaiverReview]) -> dict[str, tuple[WaiverReview, ...]]:
    found: dict[str, tuple[WaiverReview, ...]] = {}
    for review in reviews:
        found[review.id] = (*found.get(review.id, ()), review)
    return found


def _by_criterion(plans: Iterable[ActionPlan]) -> dict[str, tuple[ActionPlan, ...]]:
    found: dict[str, tuple[ActionPlan, ...]] = {}
    for plan in plans:
        found[plan.criterion] = (*found.get(plan.criterion, ()), plan)
    return found


def acceptance_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield a notice for each acceptance that differs in anything; one that counts no longer is worse."""
    was, now = _given(before), _given(after)
    judged, judges = _acceptance_reviews(before), _acceptance_reviews(after)
    for name in sorted(was.keys() | now.keys()):
        old, new = judged.get(name), judges.get(name)
        if was.get(name) == now.get(name) and _counting(old) == _counting(new):
            continue
        counted, counts = old is not None and old.counted, new is not None and new.counted
        one = now.get(name) or was[name]
        who, why = f"The acceptance {name} of {one.item}", f": {new.why}" if new is not None else "."
        became = _became(counted, counts, gone=name not in now, new=name not in was)
        sentence = f"{who} {became}{'.' if name not in now else why}"
        worse = counted and not counts and _still_open(after, one)
        yield Notice(kind=NoticeKind.ACCEPTANCE, subject=name, sentence=sentence, worse=worse)


def _still_open(after: Snapshot, one: Acceptance) -> bool:
    """Whether any criterion still names the item as open: what was closed needs no acceptance any more."""
    return any(one.item in (fact.open_items or ()) for finding in after.findings for fact in finding.facts)


def _given(snapshot: Snapshot) -> dict[str, Acceptance]:
    return {one.id: one for one in snapshot.made.acceptances or ()}


def _acceptance_reviews(snapshot: Snapshot) -> dict[str, AcceptanceReview]:
    return {one.id: one for one in snapshot.made.decision.acceptances or ()}


def _counting(review: AcceptanceReview | None) -> object:
    return None if review is None else (review.counted, review.why)
