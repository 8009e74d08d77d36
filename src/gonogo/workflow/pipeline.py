"""The whole program on one page: load, collect, admit, judge, decide, record. Rendering reads the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from gonogo.audit.kept import keep_source
from gonogo.errors import UsageError
from gonogo.model.assessment import Assessment, Clock, EvidenceOrigin, Purpose, RunKind
from gonogo.model.reply import Reply
from gonogo.model.spoken import spoken_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.workflow.deposits import deposited_replies
from gonogo.workflow.holding import check_hold_point
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.lock_standing import lock_standing
from gonogo.workflow.log_keys import keys_of
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.supplied import supplied_replies
from gonogo.workflow.working_ahead import steps_ahead
from gonogo.workflow.write_places import check_place

if TYPE_CHECKING:
    from gonogo.engine.agreement import RuleEngine


class GatherEvidence(Protocol):
    """Collects the evidence of a run: :func:`gather`, unless a caller has its own."""

    def __call__(
        self,
        order: Order,
        loaded: LoadedProgram,
        now: datetime,
        *,
        keep: Callable[[str, int], None] | None = None,
        deposited: Sequence[Reply] = (),
    ) -> list[Reply]: ...


def assess(order: Order, *, engine: RuleEngine | None = None, gathering: GatherEvidence | None = None) -> RunResult:
    """Run the whole pipeline once and return only after its record is on disk.

    Args:
        order: What is asked for.
        engine: The rule engine; durable-rules unless given.
        gathering: How the evidence is collected; :func:`gather` unless given.

    Raises:
        GonogoError: Anything that prevents a recorded verdict; its ``exit_code`` is 2, 4 or 5.
    """
    started = datetime.now(UTC)
    now = order.as_of or started
    loaded = load(order)
    _check_decidable(order, loaded)
    check_hold_point(order.hold_point, loaded, now)
    keys = keys_of(loaded, order.signer)
    lock = lock_standing(loaded, trust=keys.trust, other_rules=order.ruleset is not None, now=now)
    if loaded.release.follows is not None:
        from gonogo.workflow.earlier_decision import earlier_decision

        loaded = replace(loaded, earlier=earlier_decision(loaded, now))
    loaded = replace(loaded, lock=lock)
    keep = partial(keep_source, loaded.root / loaded.program.log)
    deposited = deposited_replies(order.bundles, loaded, now, keep=keep)
    purpose = run_kind(order, loaded, deposited).purpose
    check_place(loaded, purpose)
    keys.check_signer(purpose, started)
    run = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    try:
        if gathering is None:
            ahead = steps_ahead(loaded, now, rehearsal=purpose is Purpose.REHEARSAL)
            replies = gather(order, loaded, now, keep=keep, deposited=deposited, meanwhile=ahead)
        else:
            replies = gathering(order, loaded, now, keep=keep, deposited=deposited)
        from gonogo.exports.understated import with_understated

        bindings, root = loaded.program.bindings, loaded.root
        replies = with_understated(replies, bindings, loaded.acceptances, loaded.vocabulary, root)
        assessment = judge(order, loaded, replies, now, engine=engine)
    except BaseException as error:  # an interruption too: whatever ended the run is recorded, and goes on
        from gonogo.workflow.recording import record_abort

        record_abort(loaded, error, run=run, keys=keys)
        raise
    from gonogo.workflow.recording import record

    return record(order, loaded, replies, assessment, run=run, started=started, keys=keys)


def gather(
    order: Order,
    loaded: LoadedProgram,
    now: datetime,
    *,
    only: Collection[str] | None = None,
    keep: Callable[[str, int], None] | None = None,
    deposited: Sequence[Reply] = (),
    meanwhile: Iterator[None] | None = None,
) -> list[Reply]:
    """Collect the evidence of every binding, or of some; or read it back from a file.

    ``keep`` and ``meanwhile`` are as in :class:`CollectionRequest`. What was deposited is not asked for here.
    """
    if order.evidence is not None:
        return supplied_replies(order.evidence, loaded.program.bindings)
    from gonogo.workflow.admitting import earlier_of

    if deposited:
        asked = {None, loaded.release.id, *earlier_of(loaded)}
        there = {reply.binding for reply in deposited}
        only = [each.id for each in loaded.program.bindings if each.release in asked and each.id not in there]
    request = CollectionRequest(
        loaded.program,
        root=loaded.root,
        release=loaded.release,
        now=now,
        only=only,
        earlier=earlier_of(loaded),
        vocabulary=loaded.vocabulary,
        ruleset=loaded.ruleset.material_sha256,
        people=loaded.people.parties,
        spoken=spoken_of(
            loaded.people, customer=loaded.program.identity.customer, provider=loaded.program.identity.provider
        ),
        looks_around=True,
        keep=keep,
        meanwhile=meanwhile or iter(()),
    )
    order_of = {binding.id: number for number, binding in enumerate(loaded.program.bindings)}
    return sorted([*collect(request), *deposited], key=lambda reply: order_of[reply.binding])


def judge(
    order: Order, loaded: LoadedProgram, replies: list[Reply], now: datetime, *, engine: RuleEngine | None = None
) -> Assessment:
    """Admit, judge twice, find, decide. Equal input gives an equal assessment, byte for byte.

    Raises:
        EngineFault: An evaluator failed, or the two differ. There is no decision.
    """
    from gonogo.core.decide import decide
    from gonogo.core.trust import trusted_of
    from gonogo.requests.closing import requests_of
    from gonogo.workflow.accepting import with_stand_ins
    from gonogo.workflow.admitting import admission_of, admitted
    from gonogo.workflow.approvals import standing_of
    from gonogo.workflow.judging import check_judged, judged_on
    from gonogo.workflow.request_inputs import asking_for, word_of
    from gonogo.workflow.run_record import recorded
    from gonogo.workflow.seats_since_lock import people_known

    program, ruleset = loaded.program, loaded.ruleset
    loaded = replace(loaded, people=people_known(loaded))
    evidence = admitted(loaded, replies, now)
    loaded = with_stand_ins(loaded, evidence)
    judged = judged_on(loaded, evidence, now, engine=engine, mode=order.engine, record=recorded(loaded, now))
    findings, present = judged.findings, judged.present
    admission, standing = admission_of(loaded, now), standing_of(loaded, present)
    asked = (*findings, *judged.holds)
    decision = decide(
        findings,
        policy=ruleset.policy,
        standing=standing,
        waivers=loaded.waivers,
        plans=loaded.plans,
        requests=requests_of(asked, asking_for(asked, loaded, replies, admission, now)),
        holds=judged.holds,
        earlier=loaded.earlier,
        accepted=judged.accepted,
        lock=loaded.lock,
    )
    decision = decision.model_copy(
        update={
            "trusted": trusted_of(decision, word_of(loaded, present, replies, admission, standing)),
            "ahead": judged.ahead,
        }
    )
    check_judged(decision, judged.trial)
    return Assessment(
        kind=run_kind(order, loaded, replies),
        program=program.identity,
        release=loaded.release,
        now=now,
        milestone=judged.trial.scope.milestone,
        hold_point=order.hold_point,
        ruleset=f"{ruleset.name}@{ruleset.version}",
        ruleset_sha256=ruleset.material_sha256,
        vocabulary_sha256=loaded.vocabulary.digest(),
        evidence=judged.trial.evidence,
        waivers=loaded.waivers,
        plans=loaded.plans,
        acceptances=loaded.acceptances or None,
        findings=findings,
        decision=decision,
    )


def _check_decidable(order: Order, loaded: LoadedProgram) -> None:
    adopted = loaded.program.adopt
    if adopted is not None and order.purpose is Purpose.DECISION:
        raise UsageError(
            f"The program has adopted {len(adopted)} of {len(loaded.ruleset.criteria)} criteria (adopt:), so nothing "
            f"can be decided yet.",
            hint="run `gonogo progress`, or remove `adopt:` from gonogo.yaml",
        )
    kind = run_kind(order, loaded)
    if kind.shadow and kind.purpose is Purpose.DECISION:
        raise UsageError(
            "The ruleset is in shadow (policy, `mode: shadow`), so nothing can be decided by it.",
            hint="run `gonogo progress`; when it has been tried out, remove `mode` from its policy",
        )


def run_kind(order: Order, loaded: LoadedProgram, replies: Sequence[Reply] = ()) -> RunKind:
    """Return what kind of run this is, whatever was asked for."""
    supplied = any(reply.deposited is not None and reply.deposited.supplied for reply in replies)
    purpose = Purpose.PROGRESS if loaded.program.adopt is not None else order.purpose
    kind = RunKind.of(
        purpose if order.ruleset is None else Purpose.REHEARSAL,
        clock=Clock.SYSTEM if order.as_of is None else Clock.INJECTED,
        evidence=EvidenceOrigin.SUPPLIED if supplied or order.evidence is not None else EvidenceOrigin.COLLECTED,
        engine=order.engine,
    )
    more: dict[str, object] = {"instead_of": loaded.instead_of} if loaded.instead_of else {}
    more |= {"shadow": True} if loaded.ruleset.policy.mode is not None else {}
    return kind.model_copy(update=more)
