"""From the recorded run to the two statements about it: the decision, and its summary for other verifiers."""

from __future__ import annotations

from typing import Any, Final

from gonogo.audit.checkpoint import Checkpoint
from gonogo.errors import RecordFault, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.decision import Blocker, Condition
from gonogo.model.finding import Finding
from gonogo.model.rung_ahead import before_go_live
from gonogo.model.verdict import Verdict
from gonogo.report.not_due_yet import due_day, not_due_yet
from gonogo.report.view import RunView
from gonogo.report.words import person_and_seat
from gonogo.signing.statement import Statement
from gonogo.statement.predicate import (
    PREDICATE_TYPE,
    UNLOCKED,
    BlockerSaid,
    CheckpointSaid,
    ConditionSaid,
    DecisionPredicate,
    NotDueSaid,
    SetBackSaid,
    ShortSaid,
)
from gonogo.statement.released import subjects_of

SUMMARY_TYPE: Final = "https://slsa.dev/verification_summary/v1"
VERIFIER: Final = "urn:gonogo:log:"
NO_VOTES: Final = "none"


def predicate_of(
    view: RunView, checkpoint: Checkpoint, *, releases: tuple[str, ...], votes: str = NO_VOTES, nonce: str | None = None
) -> DecisionPredicate:
    """Return what a statement says about a run.

    Args:
        view: The run as recorded.
        checkpoint: Of the log, taken after the run.
        releases: Every release of the program, as the run's record of the program file names them.
        votes: What the policy says about votes.
        nonce: What the asker gave.

    Raises:
        UsageError: Nothing says what is released, or the run is no decision.
        RecordFault: The checkpoint does not say what it is of.
    """
    run, decision = view.started, view.decision
    if run.kind.purpose is not Purpose.DECISION:
        raise UsageError(
            f"The run {run.envelope.run} is a {run.kind.purpose} run, and nothing can be deployed on one.",
            hint="run `gonogo assess` without options that make it a rehearsal, and name that run",
        )
    if not run.release.subjects:
        raise UsageError(
            f"The release {run.release.id} does not say what exactly is released.",
            hint="name it in gonogo.yaml, such as `subjects: {commit: …, artifact: sha256:…}`, and decide again",
        )
    if not checkpoint.head or checkpoint.time is None:
        raise RecordFault("the checkpoint of the audit log does not say when it was taken")
    return DecisionPredicate(
        program=run.program.id,
        release=run.release.id,
        releases=releases or (run.release.id,),
        environment=run.release.environment,
        subjects=run.release.subjects,
        purpose=run.kind.purpose,
        run=run.envelope.run,
        verdict=decision.verdict,
        decided_at=run.now,
        valid_until=decision.valid_until,
        conditions=tuple(_condition(view, each) for each in decision.conditions),
        blockers=tuple(_blocker(view, each) for each in decision.ranked),
        ruleset=run.ruleset,
        ruleset_sha256=run.ruleset_sha256,
        lock=run.lock_sha256 or UNLOCKED,
        assessment=view.finished.assessment,
        votes=votes,
        checkpoint=CheckpointSaid(
            log=checkpoint.log,
            size=checkpoint.size,
            head=checkpoint.head,
            root=checkpoint.root,
            time=checkpoint.time,
        ),
        nonce=nonce,
        made_with=run.envelope.version,
        go_live=run.release.go_live,
        milestone=run.milestone,
        not_due=tuple(
            NotDueSaid(
                criterion=each.criterion,
                title=each.title,
                severity=each.weight_then,
                due=due_day(view, each),
                owner=person_and_seat(view, each.owner),
            )
            for each in not_due_yet(view)
        )
        + tuple(_open_later(view, each) for each in view.findings if each.blocks_later),
        set_back=tuple(
            SetBackSaid(outcome=each.outcome, at=each.at, run=each.run, reason=each.reason) for each in view.set_back
        )
        or None,
        gate=view.gate,
        short=_short(view),
    )


def _short(view: RunView) -> tuple[ShortSaid, ...] | None:
    """Return what would not hold by the thresholds of go-live; None where the run was not judged by them."""
    ahead = view.decision.ahead
    if ahead is None:
        return None if before_go_live(view.started.milestone) else ()
    return tuple(
        ShortSaid(
            criterion=each.criterion,
            title=each.title,
            severity=each.severity,
            why=each.sentence,
            owner=person_and_seat(view, each.owner),
        )
        for each in ahead.criteria
    )


def _open_later(view: RunView, finding: Finding) -> NotDueSaid:
    shadow = finding.shadow
    assert shadow is not None
    assert shadow.enforced_at is not None
    return NotDueSaid(
        criterion=finding.criterion,
        title=finding.title,
        severity=finding.weight_then,
        due=view.started.program.local_date(shadow.enforced_at),
        owner=person_and_seat(view, finding.owner),
        judged=finding.status,
    )


def decision_statement(decision: DecisionPredicate) -> Statement:
    """Return the statement of a decision."""
    return Statement(
        subjects=subjects_of(decision.subjects), predicate_type=PREDICATE_TYPE, predicate=decision.document()
    )


def summary_statement(decision: DecisionPredicate) -> Statement:
    """Return the decision as a verification summary, for verifiers that do not know gonogo.

    PASSED is a plain GO on going live for which every criterion that decides was due, and would hold by the thresholds
    of go-live, and nothing else: such a verifier cannot hold anybody to a condition. No level of SLSA is claimed,
    because gonogo does not check how an artifact was built.
    """
    passed = decision.verdict is Verdict.GO and not decision.comes_early and decision.gate is None
    predicate: dict[str, Any] = {
        "verifier": {"id": f"{VERIFIER}{decision.checkpoint.log}"},
        "timeVerified": decision.document()["decided_at"],
        "resourceUri": f"urn:gonogo:release:{decision.program}/{decision.release}",
        "policy": {"uri": f"urn:gonogo:ruleset:{decision.ruleset}", "digest": {"sha256": decision.ruleset_sha256}},
        "inputAttestations": [
            {
                "uri": f"urn:gonogo:run:{decision.run}",
                "digest": {"sha256": digest_of_bytes(decision_statement(decision).to_bytes())},
            }
        ],
        "verificationResult": "PASSED" if passed else "FAILED",
        "verifiedLevels": [] if passed else ["FAILED"],
        "slsaVersion": "1.0",
    }
    return Statement(subjects=subjects_of(decision.subjects), predicate_type=SUMMARY_TYPE, predicate=predicate)


def _condition(view: RunView, condition: Condition) -> ConditionSaid:
    finding = view.finding(condition.criterion)
    waiver = next((each for each in view.waivers if each.id == condition.waiver), None)
    plan = condition.plan
    accepted = [one for one in view.assessment.acceptances or () if one.id in (condition.acceptances or ())]
    owner = waiver.owner if waiver is not None else plan.owner if plan is not None else ""
    owner = accepted[0].person if accepted else owner
    due = waiver.expires_on if waiver is not None else plan.due if plan is not None else None
    due = min((one.until for one in accepted if one.until is not None), default=due)
    done = "; ".join(f"{one.item}: {one.workaround}" for one in accepted)
    return ConditionSaid(
        criterion=condition.criterion,
        title=finding.title if finding is not None else condition.criterion,
        why=condition.why,
        owner=person_and_seat(view, owner or (finding.owner if finding is not None else "")),
        waiver=condition.waiver,
        action=done or (plan.action if plan is not None and waiver is None else None),
        due=due,
    )


def _blocker(view: RunView, blocker: Blocker) -> BlockerSaid:
    finding = view.finding(blocker.criterion) if blocker.criterion else None
    return BlockerSaid(
        criterion=blocker.criterion,
        why=blocker.why,
        owner=person_and_seat(view, finding.owner) if finding is not None else "",
        remedy=finding.remedy if finding is not None else "",
    )
