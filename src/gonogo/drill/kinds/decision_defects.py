"""Statements that no deploy job may believe: unsigned, signed by somebody else, changed, or about something else.

Each begins as a GO that `verify-decision` accepts, signed by a key that the drill adds to the trust file of the copy.
Nothing is deployed, and no run is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.audit.checkpoint import load_checkpoint
from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.trust_defects import DEPOSITOR, GATE, added_key, trust_of, trust_path
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import TargetProgram
from gonogo.drill.tree_text import words
from gonogo.model.assessment import Purpose
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.signing.envelope import Envelope
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.statement import sign_statement
from gonogo.signing.trust_values import KeyKind
from gonogo.statement.answer import MAY
from gonogo.statement.checks import Wanted
from gonogo.statement.predicate import CheckpointSaid, DecisionPredicate, NotDueSaid, ShortSaid
from gonogo.statement.released import COMMIT
from gonogo.statement.saying import decision_statement
from gonogo.version import VERSION
from gonogo.workflow.deploying import Given, may_deploy

_NEEDS: Final = (
    "a trust file with a key for the log in force and `lock: none`, and a release that says what it releases"
)
_DEPOSITOR: Final = f"{_NEEDS}; and a source"
_LATE: Final = NotDueSaid(criterion="drill.late", title="Planted by the drill", severity=Severity.MANDATORY)
_SHORT: Final = ShortSaid(
    criterion="drill.short",
    title="Planted by the drill",
    severity=Severity.MANDATORY,
    why="Not met: 81% where 95% is needed",
)
_FILE: Final = "drill-decision.json"
_NONCE: Final = "drill"


@dataclass(frozen=True, slots=True)
class Sound:
    """A GO that may be deployed.

    Attributes:
        decision: What it says.
        key: The key that signs it, and may.
        wanted: What the deploy job asks for.
    """

    decision: DecisionPredicate
    key: PrivateKey
    wanted: Wanted


def _sound(site: TargetProgram) -> Sound:
    """Return a statement that would be believed, and the key that the trust file of the copy names for it.

    Raises:
        NotPlanted: The program has no place for one.
    """
    program, release = site.loaded.program, site.loaded.release
    mark = load_checkpoint(site.copy.log)
    if not trust_of(site).trusted(KeyKind.LOG, site.now):
        raise NotPlanted("no key of the trust file may sign the log at this moment")
    if not release.subjects or mark is None:
        raise NotPlanted("the release does not say what exactly is released (`subjects:`)")
    decision = DecisionPredicate(
        program=program.identity.id,
        release=release.id,
        releases=tuple(each.id for each in program.releases),
        environment=release.environment,
        subjects=release.subjects,
        purpose=Purpose.DECISION,
        run="drill",
        verdict=Verdict.GO,
        decided_at=site.now,
        ruleset=site.known.started.ruleset,
        ruleset_sha256=site.known.started.ruleset_sha256,
        assessment=site.known.made.assessment,
        checkpoint=CheckpointSaid(
            log=mark.log, size=mark.size, root=mark.root, head=mark.head or "0" * 64, time=site.now
        ),
        nonce=_NONCE,
        made_with=VERSION,
        go_live=release.go_live,
        not_due=(),
        short=(),
    )
    other = next((text for kind, text in sorted(release.subjects.items()) if kind != COMMIT), None)
    wanted = Wanted(
        Verdict.GO,
        program=program.identity.id,
        release=release.id,
        environment=release.environment,
        subject=other,
        commit=release.subjects.get(COMMIT),
        nonce=_NONCE,
    )
    found = Sound(decision, added_key(site, GATE), wanted)
    answer = _asked(site, found, _signed(decision, found.key))
    if answer.code != MAY:
        raise NotPlanted(f"a sound statement would be refused here too ({answer.refused})")
    return found


def _signed(decision: DecisionPredicate, key: PrivateKey) -> bytes:
    return sign_statement(decision_statement(decision), key).to_bytes()


def _asked(site: TargetProgram, sound: Sound, data: bytes, *, log: bool = False) -> Rehearsed:
    """Return what `verify-decision` answers."""
    site.copy.put(_FILE, data)
    given = Given(site.copy.root / _FILE, site.copy.root / trust_path(site), log=site.copy.log if log else None)
    answer = may_deploy(given, sound.wanted, now=site.now)
    return Rehearsed(answer.code, answer.why.replace(f"{site.copy.root}/", ""))


def _handed(make: Callable[[TargetProgram, Sound], bytes], *, log: bool = False) -> Callable[[TargetProgram], Planted]:
    """Return how a class is planted: the deploy job is handed what ``make`` returns."""

    def plant(site: TargetProgram) -> Planted:
        sound = _sound(site)
        data = make(site, sound)
        return Planted("the statement of a deploy job", asked=lambda: _asked(site, sound, data, log=log))

    return plant


def _saying(**changes: object) -> Callable[[TargetProgram, Sound], bytes]:
    return lambda _site, sound: _signed(sound.decision.model_copy(update=changes), sound.key)


def _edited(_site: TargetProgram, sound: Sound) -> bytes:
    """The statement of another run was signed; its words were put under the signature of this one."""
    signed: Envelope = sign_statement(
        decision_statement(sound.decision.model_copy(update={"run": "drill-no-go"})), sound.key
    )
    return signed.model_copy(update={"payload": decision_statement(sound.decision).to_bytes()}).to_bytes()


def _another_build(_site: TargetProgram, sound: Sound) -> bytes:
    subjects = {kind: f"{text}-drill" for kind, text in sound.decision.subjects.items()}
    return _signed(sound.decision.model_copy(update={"subjects": subjects}), sound.key)


def _too_old(_site: TargetProgram, sound: Sound) -> bytes:
    moment: datetime = sound.decision.decided_at - sound.wanted.max_age
    return _signed(sound.decision.model_copy(update={"decided_at": moment}), sound.key)


def _by_depositor(site: TargetProgram, sound: Sound) -> bytes:
    """Somebody who may deliver evidence signs what it comes to."""
    if not site.every_source:
        raise NotPlanted("no source answers for a fact that counts here")
    binding = site.every_source[0].binding
    key = added_key(site, DEPOSITOR, bundles=[words(binding.id)], side=words(binding.side.value))
    return _signed(sound.decision, key)


DEFECTS = (
    Defect(
        "decision-unsigned",
        "A decision is handed over without a signature",
        _NEEDS,
        _handed(lambda _site, sound: decision_statement(sound.decision).to_bytes()),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-of-a-foreign-key",
        "A decision is signed by a key that nobody trusts",
        _NEEDS,
        _handed(lambda _site, sound: _signed(sound.decision, new_private_key())),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-of-a-depositor",
        "A decision is signed by somebody who delivers evidence",
        _DEPOSITOR,
        _handed(_by_depositor),
        Noticed.STOPPED,
    ),
    Defect("decision-edited", "A decision was changed after it was signed", _NEEDS, _handed(_edited), Noticed.STOPPED),
    Defect(
        "decision-not-in-the-log",
        "The log's own key signed a GO that no run came to",
        _NEEDS,
        _handed(_saying(), log=True),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-rehearsed",
        "A rehearsal is handed over as a decision",
        _NEEDS,
        _handed(_saying(purpose=Purpose.REHEARSAL)),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-of-another-build",
        "The decision is about a build that is not the one deployed",
        _NEEDS,
        _handed(_another_build),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-of-another-program",
        "The decision is another program's",
        _NEEDS,
        _handed(_saying(program="drill-other")),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-replayed",
        "The decision was made for another deploy job",
        _NEEDS,
        _handed(_saying(nonce="drill-before")),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-too-early",
        "The decision was taken before a criterion that decides was due",
        _NEEDS,
        _handed(_saying(not_due=(_LATE,))),
        Noticed.STOPPED,
    ),
    Defect(
        "decision-short-of-go-live",
        "The decision was taken by softer thresholds than go-live has",
        _NEEDS,
        _handed(_saying(short=(_SHORT,))),
        Noticed.STOPPED,
    ),
    Defect("decision-too-old", "The decision is as old as --max-age", _NEEDS, _handed(_too_old), Noticed.STOPPED),
)
