"""Forged and failing waivers of a criterion that is open, and action plans that promise nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted, Stage
from gonogo.drill.kinds.papers import put_papers
from gonogo.drill.kinds.stages import conditional, open_one, waivable
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import TargetProgram, listed
from gonogo.drill.tree_text import TreeLeaf, words
from gonogo.model.ruleset import Criterion
from gonogo.model.waiver import ActionPlan, Approval, Waiver

_WAIVABLE = "a mandatory criterion that may be waived, and somebody in each seat that signs"
_CONDITIONAL = "a conditional criterion that is asked today"
_ID = "DRILL-1"


def _sound(site: TargetProgram, criterion: Criterion) -> Waiver:
    """Return a waiver with nothing wrong in it."""
    people = site.loaded.people
    signers = [(seat, sorted(people.holders(seat, site.today))[0]) for seat in criterion.waivable_by]
    signing = [person for _, person in signers]
    others = [tenure.person for tenure in people.tenures if tenure.covers(site.today)]
    asking = next(
        (one for one in others if not any(people.one_person(one, person, site.today) for person in signing)), ""
    )
    if not asking:
        raise NotPlanted("nobody but the signers is in the register, so nobody can ask for a waiver")
    golive = site.loaded.program.identity.local_date(site.loaded.release.go_live)
    return Waiver(
        id=_ID,
        criterion=criterion.id,
        reason="The last part of the evidence is late and expected within a week",
        residual_risk="low: the part that is late concerns few users",
        compensating_control="The legacy system stays readable until it is here",
        owner=criterion.owner,
        requested_by=asking,
        approved_by=tuple(Approval(person=person, role=seat, on=site.today) for seat, person in signers),
        expires_on=golive + timedelta(days=7),
        release=site.loaded.release.id,
    )


def _waiver(site: TargetProgram, change: Callable[[Waiver], Waiver]) -> Planted:
    criterion = open_one(site, waivable)
    forged = change(_sound(site, criterion))
    put_papers(site, "waivers", [*site.loaded.waivers, forged])
    return Planted(
        f"waiver {_ID} of {criterion.id}", frozenset({criterion.id}), shows=_refused_waiver, by="waiver review"
    )


def _refused_waiver(after: Rehearsed) -> str:
    if after.snapshot is None:
        return ""
    reviews = [review for review in after.snapshot.made.decision.waivers if review.id == _ID]
    return next((review.why for review in reviews if not review.counted), "")


def _plan(site: TargetProgram, change: Callable[[ActionPlan], ActionPlan]) -> Planted:
    criterion = open_one(site, conditional)
    sound = ActionPlan(
        criterion=criterion.id,
        owner=criterion.owner,
        action="Finish what is open and show it to the sponsors",
        due=site.today + timedelta(days=1),
    )
    put_papers(site, "plans", [*site.loaded.plans, change(sound)])

    def refused(after: Rehearsed) -> str:
        return after.snapshot.blocking.get(criterion.id, "") if after.snapshot else ""

    return Planted(f"action plan of {criterion.id}", frozenset({criterion.id}), shows=refused, by=criterion.id)


def _self_approved(waiver: Waiver) -> Waiver:
    return waiver.model_copy(update={"requested_by": waiver.approved_by[0].person})


def _once_signed(waiver: Waiver) -> Waiver:
    """One person signs in every seat."""
    first = waiver.approved_by[0].person
    signed = tuple(each.model_copy(update={"person": first}) for each in waiver.approved_by)
    return waiver.model_copy(update={"approved_by": signed})


def _half_signed(waiver: Waiver) -> Waiver:
    return waiver.model_copy(update={"approved_by": waiver.approved_by[:1]})


def _on(waiver: Waiver, day: date) -> Waiver:
    signed = tuple(each.model_copy(update={"on": day}) for each in waiver.approved_by)
    return waiver.model_copy(update={"approved_by": signed})


def _updated(**new: object) -> Callable[[Waiver], Waiver]:
    return lambda waiver: waiver.model_copy(update=new)


def _second_id(site: TargetProgram) -> Planted:
    """One person holds two seats of a waiver by two ids."""
    if not isinstance(site.program_tree().get("people"), TreeLeaf):
        raise NotPlanted("the people register is a matrix")
    path = site.program_tree()["people"]
    assert isinstance(path, TreeLeaf)
    tree = site.tree_of(path.text)
    criterion = open_one(site, waivable)
    forged = _sound(site, criterion)
    first, last = forged.approved_by[0], forged.approved_by[-1]
    name = site.loaded.people.names[first.person]
    rows = [row for row in listed(tree.get("people")) if isinstance(row, dict)]
    for row in rows:
        if row.get("person") in (TreeLeaf(last.person), TreeLeaf(last.person, quoted=True)):
            row["person"], row["name"] = words("drill.second"), words(name)
    signed = (*forged.approved_by[:-1], last.model_copy(update={"person": "drill.second"}))
    site.put_tree(path.text, tree)
    put_papers(site, "waivers", [*site.loaded.waivers, forged.model_copy(update={"approved_by": signed})])
    return Planted(
        f"{path.text}, {first.person} and drill.second",
        frozenset({criterion.id}),
        shows=_refused_waiver,
        by="waiver review",
    )


def _of(id_: str, title: str, change: Callable[[TargetProgram], Callable[[Waiver], Waiver]]) -> Defect:
    return Defect(id_, title, _WAIVABLE, lambda site: _waiver(site, change(site)), Noticed.STOPPED, Stage.WAIVABLE_OPEN)


def _plan_of(id_: str, title: str, change: Callable[[TargetProgram], dict[str, object]]) -> Defect:
    return Defect(
        id_,
        title,
        _CONDITIONAL,
        lambda site: _plan(site, lambda plan: plan.model_copy(update=change(site))),
        Noticed.STOPPED,
        Stage.CONDITIONAL_OPEN,
    )


DEFECTS = (
    _of("self-approved", "Somebody approved a waiver that they had asked for", lambda _: _self_approved),
    _of("signed-once", "One person signed a waiver in every seat", lambda _: _once_signed),
    Defect(
        "two-ids",
        "One person signed a waiver by two ids",
        _WAIVABLE + ", in a register in YAML",
        _second_id,
        Noticed.STOPPED,
        Stage.WAIVABLE_OPEN,
    ),
    _of("half-signed", "A seat that must sign a waiver did not", lambda _: _half_signed),
    _of(
        "expired-waiver",
        "A waiver has expired",
        lambda site: _updated(expires_on=site.today - timedelta(days=1)),
    ),
    _of("waiver-of-another-release", "A waiver is for another release", lambda _: _updated(release="drill-other")),
    _of("waiver-without-control", "A waiver names no control", lambda _: _updated(compensating_control="TBD")),
    _of(
        "waiver-signed-ahead",
        "A waiver is signed with a day in the future",
        lambda site: lambda waiver: _on(waiver, site.today + timedelta(days=1)),
    ),
    _plan_of("plan-overdue", "An action plan was due yesterday", lambda site: {"due": site.today - timedelta(days=1)}),
    _plan_of("plan-without-owner", "An action plan names nobody", lambda _: {"owner": ""}),
    _plan_of("plan-of-nothing", "An action plan says no more than TBD", lambda _: {"action": "TBD"}),
)
