"""The checks of a deploy job, one after another; the first that fails is the answer. Pure: time and log are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from gonogo.core.admit import FUTURE_TOLERANCE
from gonogo.core.wording import instant_words
from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.signing.trust_values import Trust
from gonogo.statement.all_due import deploy_before, other_gate, too_early
from gonogo.statement.answer import MAY, UNDECIDED, USAGE, DeployAnswer, refused
from gonogo.statement.later import Voided
from gonogo.statement.predicate import UNLOCKED, DecisionPredicate
from gonogo.statement.released import is_released
from gonogo.statement.saying import NO_VOTES

DEFAULT_MAX_AGE: Final = timedelta(hours=24)
LATER_HOLD: Final = "a later hold may exist: neither a nonce nor a witness newer than the statement was given"
NOT_SEEN: Final = "this does not see a hold that was recorded after"
NOT_VOIDED: Final = Voided()
_LATER: Final = "nothing later"
_ALL_DUE: Final = "all due"
_DECIDE: Final = "decide again with `gonogo assess`, and make a statement of that run"
_BUILT: Final = "deploy what was decided on"
_CLOCK: Final = "set the clock of this machine, or deploy from one whose clock is right"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the deploy job asks for.

    Attributes:
        require: GO, or CONDITIONAL GO where conditions are accepted.
        program: Id of the program; None for that of the trust file.
        release: Id of the release; None where the program has one only.
        environment: Where it is deployed to; None where the statement says none.
        subject: Digest or identifier of what is deployed; None where a commit is given.
        commit: Commit that is deployed; None where a digest is given.
        max_age: So old may decision and checkpoint not be.
        nonce: What the statement must hold; None where a log is given instead.
    """

    require: Verdict
    program: str | None = None
    release: str | None = None
    environment: str | None = None
    subject: str | None = None
    commit: str | None = None
    max_age: timedelta = DEFAULT_MAX_AGE
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What is known beside the statement.

    Attributes:
        trust: Whom the program trusts.
        now: The machine's own time.
        built: Day on which this gonogo was made: no clock is right that is before it.
        log: Whether the log of the decision was followed.
        voided: Why the decision does not count any more, by the log; nothing where nothing voids it.
        checkpoint: Time of the newest signed checkpoint beside that of the statement; None where there is none.
        witnessed: When a witness last saw the log; None where no witness is named.
        ends: Time of the last record of the log that was followed; None where none was.
        passed_over: What is kept of the log and does not count, a sentence each.
    """

    trust: Trust
    now: datetime
    built: date
    log: bool = False
    voided: Voided = NOT_VOIDED
    checkpoint: datetime | None = None
    witnessed: datetime | None = None
    ends: datetime | None = None
    passed_over: tuple[str, ...] = ()


Check = Callable[[DecisionPredicate, Wanted, CheckContext], DeployAnswer | None]


def clock_fault(now: datetime, built: date) -> DeployAnswer | None:
    """Return that this machine has no reliable clock, if that is plain."""
    if now.date() >= built:
        return None
    why = f"This machine's clock says {now:%Y-%m-%d}, which is before this gonogo was made ({built}): it has no"
    return refused(f"{why} reliable clock.", _CLOCK, code=UNDECIDED)


def judge(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> DeployAnswer:
    """Return whether a decision may be deployed; everything that is said has a signature that counts."""
    checked = ["signature"]
    for name, check in CHECKS:
        answer = check(decision, wanted, known)
        if answer is not None:
            return answer.having_checked(checked)
        looked = {_LATER: known.log, _ALL_DUE: not decision.comes_early}  # without the log nobody looked
        if looked.get(name, True):
            checked.append(name)
    return _may(decision, wanted, known).having_checked([*checked, *_remarks(decision, wanted, known)])


def _may(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> DeployAnswer:
    when = f"{decision.decided_at:%Y-%m-%d %H:%M} UTC"
    what = f"{decision.verdict} of {when} for the release {decision.release} of {decision.program} (run {decision.run})"
    for each in decision.set_back or ():
        why = f": {each.reason.rstrip('.')}" if each.reason else ""
        what += f", taken after the release was {each.outcome.words} on {instant_words(each.at)}{why}"
    if decision.verdict is Verdict.GO:
        step = f"deploy {deploy_before(decision, wanted.max_age)}, then record it with `gonogo outcome`"
        return DeployAnswer(MAY, f"{what}.", step, word=decision.verdict)
    depends = "; ".join(f"{each.title} ({each.criterion})" for each in decision.conditions)
    owners = "; ".join(dict.fromkeys(each.owner for each in decision.conditions if each.owner))
    due = min((each.due for each in decision.conditions if each.due is not None), default=None)
    each_one = "the condition" if len(decision.conditions) == 1 else "each condition"
    step = f"deploy {deploy_before(decision, wanted.max_age)}, and hold {each_one} to what was promised"
    first = f"; the first is due on {due}" if due is not None else ""
    return DeployAnswer(MAY, f"{what}, which depends on: {depends}.", f"{step}{first}", owners, decision.verdict)


def _remarks(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> Iterator[str]:
    yield from known.passed_over
    witnessed = known.witnessed is not None and known.witnessed > decision.checkpoint.time
    if wanted.nonce is None and not witnessed:
        yield LATER_HOLD
    else:  # a nonce and a witness say how old the log is at most; what came after its end nobody sees
        yield f"{NOT_SEEN} {known.ends or decision.checkpoint.time:%Y-%m-%d %H:%M:%S} UTC"


def _clock(decision: DecisionPredicate, _wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    newest = max(decision.decided_at, decision.checkpoint.time, *([known.checkpoint] if known.checkpoint else []))
    if known.now + FUTURE_TOLERANCE >= newest:
        return None
    why = f"This machine's clock ({known.now:%Y-%m-%d %H:%M:%S} UTC) is before the statement or its checkpoint"
    return refused(f"{why} ({newest:%Y-%m-%d %H:%M:%S} UTC).", _CLOCK, code=UNDECIDED)


def other_program(decision: DecisionPredicate, wanted: Wanted, trust: Trust) -> DeployAnswer | None:
    """Return that a statement is another program's, which the log would only say as a log that is not its own."""
    for other, whose in ((trust.program, "the trust file is for"), (wanted.program, "the job deploys")):
        if other is not None and other != decision.program:
            why = f"This is the statement of the program {decision.program}, and {whose} {other}."
            return refused(why, f"give a statement of the program {other}")
    return None


def _program(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    return other_program(decision, wanted, known.trust)


def _purpose(decision: DecisionPredicate, _wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if decision.purpose is Purpose.DECISION:
        return other_gate(decision)
    return refused(f"The run {decision.run} is a {decision.purpose} run: nothing can be deployed on it.", _DECIDE)


def _lock(decision: DecisionPredicate, _wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    if decision.lock != UNLOCKED:
        pinned = known.trust.pinned_lock
        if pinned is None or pinned == decision.lock:
            return None
        why = f"The decision was taken under the lock {decision.lock[:16]}…, and the trust file names {pinned[:16]}…."
        return refused(
            why, "decide again under that lock, or name the new lock in the trust file, if both sides agreed"
        )
    if known.trust.accepts_unlocked:
        return None
    why = "The decision is unlocked: nothing shows that the criteria stayed as they were agreed."
    return refused(why, "say `lock: none` in the trust file if the program decides without a lock")


def _votes(decision: DecisionPredicate, _wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if decision.votes == NO_VOTES:
        return None
    why = f"The policy asks for votes (`votes: {decision.votes}`), and this release of gonogo cannot check any."
    return refused(why, "install the release of gonogo that made the statement", code=USAGE)


def _release(decision: DecisionPredicate, wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if wanted.release is None and len(decision.releases) > 1:
        why = (
            f"The program has several releases, and nothing says which one is deployed: {', '.join(decision.releases)}."
        )
        return refused(why, "name it: `--release ID`", code=USAGE)
    if wanted.release in (None, decision.release):
        return None
    why = f"The statement is about the release {decision.release}, and the job deploys {wanted.release}."
    return refused(why, f"give a statement of the release {wanted.release}")


def _environment(decision: DecisionPredicate, wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if wanted.environment == decision.environment:
        return None
    if wanted.environment is None:
        why = f"The decision is for the environment {decision.environment}, and nothing says where the job deploys to."
        return refused(why, "name it: `--environment NAME`", code=USAGE)
    there = f"for {decision.environment}" if decision.environment is not None else "for no environment in particular"
    why = f"The decision is {there}, and the job deploys to {wanted.environment}."
    return refused(why, "name the environment of the release in gonogo.yaml, and decide again")


def _subject(decision: DecisionPredicate, wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if wanted.subject is None and wanted.commit is None:
        why = "Nothing says what is deployed, so nobody can tell whether the decision is about it."
        return refused(why, "name it: `--subject DIGEST` or `--commit ID`", code=USAGE)
    if is_released(decision.subjects, subject=wanted.subject, commit=wanted.commit):
        return None
    named = ", ".join(f"{kind} {text}" for kind, text in sorted(decision.subjects.items()))
    asked = [text for text in (wanted.subject, wanted.commit and f"the commit {wanted.commit}") if text]
    if len(asked) == 1 and is_released(decision.subjects, subject=wanted.commit, commit=wanted.subject):
        option = f"--commit {wanted.subject}" if wanted.subject else f"--subject {wanted.commit}"
        kind = "a commit" if wanted.subject else "no commit"
        return refused(f"The decision is about {named}, which is {kind}.", f"name it as what it is: `{option}`")
    return refused(f"The decision is about {named}, and the job deploys {' and '.join(asked)}.", _BUILT)


def _evidence_of_later(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    if wanted.nonce is None and not known.log:
        why = "Neither the log nor a nonce is given, so nobody can tell whether something later voids the decision."
        return refused(why, "give the log with `--log FOLDER`, or a nonce that the statement holds", code=USAGE)
    if wanted.nonce in (None, decision.nonce):
        return None
    why = "The statement holds another nonce than this job gave: it was made for another job, or for none."
    return refused(why, "make the statement in this job: `gonogo statement RUN --nonce …`")


def _fresh(decision: DecisionPredicate, wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    now = known.now
    if decision.valid_until is not None and now >= decision.valid_until:
        why = f"The decision held until {decision.valid_until:%Y-%m-%d %H:%M} UTC: what it rests on has lapsed."
        return refused(why, _DECIDE)
    if (
        now - decision.decided_at >= wanted.max_age
    ):  # no checkpoint of the statement or beside the log is older than that
        old = f"was taken at {decision.decided_at:%Y-%m-%d %H:%M} UTC, and --max-age allows {_hours(wanted.max_age)}"
        return refused(f"The decision {old}.", _DECIDE)
    return None


def _voided(_said: DecisionPredicate, _wanted: Wanted, known: CheckContext) -> DeployAnswer | None:
    voided = known.voided
    if not voided.why:
        return None
    step = f"{voided.remedy.rstrip('.')}; then {_DECIDE}" if voided.remedy else _DECIDE
    return refused(voided.why, step, owner=voided.owner)


def _all_due(decision: DecisionPredicate, _wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    return too_early(decision)


def _verdict(decision: DecisionPredicate, wanted: Wanted, _known: CheckContext) -> DeployAnswer | None:
    if decision.verdict is Verdict.NO_GO:
        first = decision.blockers[0]
        more = f" {len(decision.blockers) - 1} more block it." if len(decision.blockers) > 1 else ""
        where = f"{first.criterion}: " if first.criterion else ""
        why = f"{where}{first.why}{more}"
        return refused(why, first.remedy or "see the report of the run", owner=first.owner, word=decision.verdict)
    if decision.verdict is Verdict.CONDITIONAL_GO and wanted.require is Verdict.GO:
        open_one = decision.conditions[0]
        depends = f"it depends on {open_one.criterion}: {open_one.why}"
        why = f"The decision is CONDITIONAL GO, and --require go asks for GO; {depends}"
        step = "close what is open and decide again, or let the job accept conditions with `--require conditional`"
        return refused(why, step, owner=open_one.owner)
    return None


def _hours(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("clock", _clock),
    ("program", _program),
    ("purpose", _purpose),
    ("lock", _lock),
    ("votes", _votes),
    ("release", _release),
    ("environment", _environment),
    ("subject", _subject),
    ("nonce or log", _evidence_of_later),
    ("freshness", _fresh),
    (_LATER, _voided),
    (_ALL_DUE, _all_due),
    ("verdict", _verdict),
)
"""In this order, each by what a person calls it."""
