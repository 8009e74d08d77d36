"""Forged acceptances of an open item: one thing is wrong with each, and the rest is in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from gonogo.core.accept import LONGEST, acceptance_fault
from gonogo.core.exposure import DIMENSIONS
from gonogo.core.register_items import RegisterItems, all_items
from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.papers import put_papers
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import TargetProgram
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.register import may_never_accept
from gonogo.workflow.accepting import standing_for

_NEEDS = "a register with an open item, and somebody who may accept it"
_ID = "DRILL-A"
_SHARE = Decimal("0.01")


def _open_registers(site: TargetProgram) -> Iterator[RegisterItems]:
    answers = site.known.answers.values()
    known = EvidenceSet(
        evidence=tuple(each for each in answers if isinstance(each, Evidence)),
        gaps=tuple(each for each in answers if isinstance(each, Gap)),
    )
    asked = [
        each
        for each in site.loaded.vocabulary.registers or ()
        if {each.fact, *(each.same_items or ())} <= site.known.answers.keys()
    ]
    vocabulary = site.loaded.vocabulary.model_copy(update={"registers": tuple(asked) or None})
    yield from (each for each in all_items(vocabulary, known).values() if isinstance(each, RegisterItems) and each.keys)


def _sound(site: TargetProgram) -> tuple[RegisterItems, Acceptance]:
    """Return an acceptance with nothing wrong in it, and the register of its item.

    Raises:
        NotPlanted: No register has an open item, or nobody may accept one.
    """
    identity, standing = site.loaded.program.identity, standing_for(site.loaded, site.now)
    go_live = identity.local_date(site.loaded.release.go_live)
    found = list(_open_registers(site))
    if not found:
        raise NotPlanted("no register that a criterion reads has an open item")
    for items in found:
        day = min(identity.local_date(value.as_of) for value in items.values)
        for seat in items.register.accept:
            for person in sorted(site.loaded.people.holders(seat, day)):
                sound = Acceptance(
                    id=_ID,
                    register_id=items.register.id,
                    item=items.keys[0],
                    person=person,
                    role=seat,
                    on=day,
                    until=max(go_live, site.today) + timedelta(days=7),
                    build=items.base.subject.build or "",
                    workaround="Keyed by hand from the daily list, by two clerks",
                    tried_on=day,
                    tried_by="two clerks",
                    touches=next(iter(sorted(site.loaded.people.units(person, seat, day))), ""),
                )
                sound = sound.model_copy(update=dict.fromkeys(DIMENSIONS, _SHARE))
                if not acceptance_fault(sound, items, standing):
                    return items, sound
    raise NotPlanted("nobody in the people register may accept an open item")


def _forged(site: TargetProgram, change: Callable[[TargetProgram, RegisterItems, Acceptance], Acceptance]) -> Planted:
    items, sound = _sound(site)
    forged = change(site, items, sound)
    others = [one for one in site.loaded.acceptances if (one.register_id, one.item) != (sound.register_id, sound.item)]
    put_papers(site, "acceptances", [*others, forged])
    return Planted(f"acceptance {_ID} of {sound.item}", frozenset(), shows=_refused, by="acceptance review")


def _refused(after: Rehearsed) -> str:
    if after.snapshot is None:
        return ""
    reviews = [one for one in after.snapshot.made.decision.acceptances or () if one.id == _ID]
    return next((one.why for one in reviews if not one.counted), "")


def _by_who_may_not(site: TargetProgram, _items: RegisterItems, sound: Acceptance) -> Acceptance:
    people = site.loaded.people
    barred = [each for each in people.tenures if may_never_accept(each.role) and each.covers(sound.on or site.today)]
    if not barred:
        raise NotPlanted("nobody in the people register is barred from accepting")
    return sound.model_copy(update={"person": barred[0].person, "role": barred[0].role})


def _on(day: Callable[[TargetProgram, RegisterItems], date]) -> Callable[..., Acceptance]:
    return lambda site, items, sound: sound.model_copy(update={"on": (on := day(site, items)), "tried_on": on})


def _old(site: TargetProgram, items: RegisterItems) -> date:
    newest = max(site.loaded.program.identity.local_date(value.as_of) for value in items.values)
    return newest - LONGEST - timedelta(days=1)


def _updated(**new: object) -> Callable[..., Acceptance]:
    return lambda _site, _items, sound: sound.model_copy(update=new)


def _before_go_live(site: TargetProgram, _items: RegisterItems, sound: Acceptance) -> Acceptance:
    go_live = site.loaded.program.identity.local_date(site.loaded.release.go_live)
    return sound.model_copy(update={"until": go_live - timedelta(days=1)})


def _of(id_: str, title: str, change: Callable[..., Acceptance]) -> Defect:
    return Defect(id_, title, _NEEDS, lambda site: _forged(site, change), Noticed.STOPPED)


DEFECTS = (
    _of("accepted-by-who-decides", "Somebody accepted an item who may never accept one", _by_who_may_not),
    _of("accepted-ahead", "An acceptance is dated after the list", _on(lambda site, _: site.today + timedelta(days=1))),
    _of("accepted-long-ago", "An acceptance is older than 30 days", _on(_old)),
    _of("accepted-untried", "The workaround of an acceptance says no more than TBD", _updated(workaround="TBD")),
    _of("accepted-as-a-group", "One acceptance is for all open items", _updated(item="all open items")),
    _of("accepted-too-short", "An acceptance ends before go-live", _before_go_live),
)
