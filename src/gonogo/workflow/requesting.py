"""What is still needed for a decision: from a fresh collection, or from the last recorded run. Nothing is recorded.

The second way starts no child and needs nothing but files: it serves on machines without isolation too.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from gonogo.audit.history import open_history
from gonogo.audit.ledger import Run
from gonogo.core.admit import refused_pairs
from gonogo.core.approved import Present
from gonogo.core.compile import compile_scope
from gonogo.core.due import last_moment, next_milestone
from gonogo.core.find import Trial, find
from gonogo.core.hold import with_holds
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.documents.xlsx.typed_ids import evened
from gonogo.engine import reference
from gonogo.errors import UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.record import RunStarted
from gonogo.report.words import local
from gonogo.requests.addressee import Requests, addressees
from gonogo.requests.outstanding import RequestBasis, outstanding_facts
from gonogo.requests.outstanding_papers import outstanding_papers, outstanding_work
from gonogo.workflow.accepting import weighed, with_stand_ins
from gonogo.workflow.approvals import standing_of
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order


@dataclass(frozen=True, slots=True)
class RequestOrder:
    """What is asked for.

    Attributes:
        program: Folder of the program, or its ``gonogo.yaml``.
        release: Id of the release; needed where the program has several.
        decision: When the decision is taken: a local date, or an instant; None for the next milestone.
        as_of: Injected clock; None reads the host's.
        from_log: Whether the last recorded run says what is known, instead of a fresh collection.
        to: Person id or seat to whom the requests are limited; None for all.
    """

    program: Path
    release: str | None = None
    decision: date | datetime | None = None
    as_of: datetime | None = None
    from_log: bool = False
    to: str | None = None


def requests_for(asked: RequestOrder) -> Requests:
    """Return everything that is still needed, by the person who is to be asked.

    Raises:
        UsageError: The decision is in the past or after go-live, nobody is called ``to``, or there is no recorded
            run to start from.
        ConfigurationError: With every mistake in every file.
    """
    order = Order(program=asked.program, release=asked.release, as_of=asked.as_of, purpose=Purpose.PROGRESS)
    loaded = load(order)
    now = (asked.as_of or datetime.now(UTC)).astimezone(UTC)
    occasion, decision = _decision(asked, loaded, now)
    evidence, basis = _recorded(loaded, now) if asked.from_log else _collected(order, loaded, now)
    identity = loaded.program.identity
    scope = scope_of(loaded.ruleset, identity, release=loaded.release, now=decision, adopt=loaded.program.adopt)
    scope = replace(with_holds(scope, loaded.ruleset, identity=identity, release=loaded.release), now=now)
    loaded = with_stand_ins(loaded, evidence)
    both = weighed(loaded, scope, evidence, refused_pairs(scope, evidence), now)
    evidence, refused = both.evidence, both.refused
    judged = reference.judge(scope, evidence, refused=refused)
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, evidence, loaded.vocabulary, refused)
    findings = find(Trial(scope, compiled, observations, judged, evidence, refused, answers=both.answers))
    by_criterion = {finding.criterion: finding for finding in findings}
    standing = standing_of(loaded, Present(scope, evidence, refused, by_criterion))
    request_basis = RequestBasis(scope, standing, decision, evidence, refused, judged.criteria, by_criterion)
    meant = addressees(
        outstanding_facts(request_basis, loaded.program.bindings),
        outstanding_papers(request_basis, loaded.plans, loaded.waivers),
        loaded.people,
        standing.today,
        outstanding_work(request_basis, loaded.plans, loaded.waivers),
    )
    made = Requests(
        program=identity,
        release=loaded.release,
        now=now,
        decision=decision,
        vocabulary=loaded.vocabulary,
        occasion=occasion,
        basis=basis,
        addressees=meant,
    )
    return made if asked.to is None else _limited(made, asked.to, loaded)


def _decision(asked: RequestOrder, loaded: LoadedProgram, now: datetime) -> tuple[str, datetime]:
    identity, release = loaded.program.identity, loaded.release
    given = asked.decision
    if given is None:
        rung = next_milestone(loaded.ruleset.policy, identity, release, now)
        if rung is None:
            went = local(release.go_live, identity.zone)
            raise UsageError(f"The release {release.id} went live on {went}: there is no decision left to ask for.")
        return rung
    moment = given.astimezone(UTC) if isinstance(given, datetime) else last_moment(identity, release, given)
    if moment < now:
        raise UsageError(f"The decision would be in the past, at {local(moment, identity.zone)}.")
    if moment > release.go_live:
        went = local(release.go_live, identity.zone)
        raise UsageError(f"The decision would come after go-live, which is at {went}.")
    return "", moment


def _collected(order: Order, loaded: LoadedProgram, now: datetime) -> tuple[EvidenceSet, str]:
    from gonogo.workflow.admitting import admitted
    from gonogo.workflow.lock_standing import lock_standing
    from gonogo.workflow.pipeline import gather  # the host of collectors: not needed to read a log

    loaded = replace(loaded, lock=lock_standing(loaded))
    evidence = admitted(loaded, gather(order, loaded, now), now)
    when = local(now, loaded.program.identity.zone)
    return evidence, f"From evidence that was collected for this on {when}; nothing was judged or recorded."


def _recorded(loaded: LoadedProgram, now: datetime) -> tuple[EvidenceSet, str]:
    """Return what the last run of the release knew. A rehearsal counts only where there is nothing else."""
    history = open_history(loaded.root / loaded.program.log)
    mine = history.finished(loaded.program.identity.id, loaded.release.id, rehearsal=True)
    if not mine:
        raise UsageError(
            f"No run of the release {loaded.release.id} is recorded.",
            hint="run `gonogo progress` on a machine that can",
        )
    run = max(mine, key=lambda entry: (entry.purpose is not Purpose.REHEARSAL, entry.last))
    own = history.records(run)
    started = _started(own)
    if started.ruleset_sha256 != loaded.ruleset.material_sha256:
        raise UsageError(
            f"The ruleset has changed since the last recorded run, {run.run}, so it is not known what is needed.",
            hint="run `gonogo progress` on a machine that can, or ask without --from-log there",
        )
    if started.now > now:
        raise UsageError(f"The last recorded run, {run.run}, is later than the moment that is asked for.")
    return _evidence(own), _basis(run, started, loaded)


def _started(own: list[SealedRecord]) -> RunStarted:
    return next(entry.read(RunStarted) for entry in own if entry.type is EventType.RUN_STARTED)


def _evidence(own: list[SealedRecord]) -> EvidenceSet:
    return EvidenceSet(
        evidence=tuple(e.read(Evidence) for e in own if e.type is EventType.EVIDENCE_ADMITTED),
        gaps=tuple(entry.read(Gap) for entry in own if entry.type is EventType.GAP_RECORDED),
    )


def _basis(run: Run, started: RunStarted, loaded: LoadedProgram) -> str:
    when = local(started.now, loaded.program.identity.zone)
    rehearsal = ", a rehearsal" if run.purpose is Purpose.REHEARSAL else ""
    return f"From the recorded run {run.run} of {when}{rehearsal}; it does not include what was supplied since."


def _limited(requests: Requests, to: str, loaded: LoadedProgram) -> Requests:
    """Keep what one person or seat is asked for; a name that nobody has is refused, not answered with nothing."""
    meant = {person for person, name in loaded.people.names.items() if to == person or evened(name) == evened(to)}
    if len(meant) > 1:
        raise UsageError(f"{to!r} could be {' or '.join(sorted(meant))}.", hint="give the id")
    to = next(iter(meant), to)
    kept = tuple(one for one in requests.addressees if to in (one.person, *one.seats))
    seats = {tenure.role for tenure in loaded.people.tenures}
    seats |= {criterion.owner for criterion in loaded.ruleset.questions}
    known = {*loaded.people.names, *seats, *loaded.ruleset.offices}
    names = {name: person for person, name in loaded.people.names.items()}
    if not kept and to not in known:
        near = difflib.get_close_matches(to, sorted({*known, *names}), n=1)
        hint = f"did you mean {near[0]}?" if near else "give a person's id or a seat, e.g. customer.functional_lead"
        raise UsageError(f"The people register has no person and no seat called {to!r}.", hint=hint)
    return replace(requests, addressees=kept)
