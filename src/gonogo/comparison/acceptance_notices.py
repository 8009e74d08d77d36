"""What is different about acceptances: new, gone, changed, counting now or no longer."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.snapshot import Snapshot
from gonogo.model.acceptance import Acceptance, AcceptanceReview


def acceptance_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield a notice for each acceptance of which anything differs; one that counts no longer is worse."""
    was, now = _given(before), _given(after)
    judged, judges = _reviews(before), _reviews(after)
    for name in sorted(was.keys() | now.keys()):
        old, new = judged.get(name), judges.get(name)
        if was.get(name) == now.get(name) and _said(old) == _said(new):
            continue
        counted, counts = old is not None and old.counted, new is not None and new.counted
        one = now.get(name) or was[name]
        who, why = f"The acceptance {name} of {one.item}", f": {new.why}" if new is not None else "."
        if name not in now:
            sentence = f"{who} is gone{', and it counted' if counted else ''}."
        elif counts and not counted:
            sentence = f"{who} now counts{why}"
        elif counted and not counts:
            sentence = f"{who} no longer counts{why}"
        elif name not in was:
            sentence = f"{who} is new and does not count{why}"
        else:
            sentence = f"{who} was changed and {'still counts' if counts else 'does not count'}{why}"
        worse = counted and not counts and _still_open(after, one)
        yield Notice(kind=NoticeKind.ACCEPTANCE, subject=name, sentence=sentence, worse=worse)


def _still_open(after: Snapshot, one: Acceptance) -> bool:
    """Whether any criterion still names the item as open: what was closed needs no acceptance any more."""
    return any(one.item in (fact.open_items or ()) for finding in after.findings for fact in finding.facts)


def _given(snapshot: Snapshot) -> dict[str, Acceptance]:
    return {one.id: one for one in snapshot.made.acceptances or ()}


def _reviews(snapshot: Snapshot) -> dict[str, AcceptanceReview]:
    return {one.id: one for one in snapshot.made.decision.acceptances or ()}


def _said(review: AcceptanceReview | None) -> object:
    return None if review is None else (review.counted, review.why)
