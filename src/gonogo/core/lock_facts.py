"""What the lock means for a run: facts about the criteria themselves, and what voids the decision. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from gonogo.core.wording import listing
from gonogo.model.computed_facts import (
    ALONE,
    APPROVED_DAYS,
    CHANGES,
    CRITERIA_FACTS,
    DOMAINS,
    IN_FREEZE,
    MEASURABLE,
    SIGNATURES,
    UNCONTROLLED,
)
from gonogo.model.decision import Blocker
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.lock import LockStanding
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Ruleset, Severity

_OWN = "gonogo"
"""Stands for the binding of a fact that judging itself makes."""
_UNLOCKED = "The program is not locked, so nothing shows when both sides agreed to its criteria: `gonogo lock PROGRAM`."


def with_lock_facts(
    evidence: EvidenceSet,
    lock: LockStanding | None,
    *,
    ruleset: Ruleset,
    vocabulary: Vocabulary,
    identity: ProgramIdentity,
    release: Release,
    now: datetime,
) -> EvidenceSet:
    """Return the evidence with what the history of the lock says in place of any other answer about the criteria."""
    asked = [entry.fact for entry in evidence if entry.fact in CRITERIA_FACTS]
    if not asked:
        return evidence
    values = lock_values(lock, ruleset, vocabulary, identity, release) if lock is not None else {}
    made: dict[str, Evidence | Gap] = {
        name: _answer(vocabulary[name], values.get(name), lock, now) for name in asked if name in vocabulary
    }
    entries = [made.get(entry.fact, entry) for entry in evidence]
    return EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )


def lock_values(
    lock: LockStanding, ruleset: Ruleset, vocabulary: Vocabulary, identity: ProgramIdentity, release: Release
) -> Mapping[str, int | tuple[int, int]]:
    """Return what the history of a lock says, by fact; a share as part and whole.

    The rules are those of the run: where they are not those that were locked, the run is stopped anyway.
    """
    changes = lock.changes or ()
    looser = [(change, each) for change in changes for each in change.differences if each.loosens]
    first, go_live = identity.local_date(lock.first_at), identity.local_date(release.go_live)
    mandatory = {each.domain for each in ruleset.criteria if each.severity is Severity.MANDATORY}
    asked = [all(vocabulary[name].question for name in each.facts) for each in ruleset.criteria]
    return {
        APPROVED_DAYS: (go_live - first).days,
        SIGNATURES: len({each.person for each in lock.approved_by}),
        DOMAINS: len(mandatory),
        MEASURABLE: (sum(asked), len(asked)),
        CHANGES: sum(len(change.differences) for change in changes),
        UNCONTROLLED: lock.uncontrolled or 0,
        IN_FREEZE: sum(bool(change.in_freeze) for change, _ in looser),
        ALONE: sum(change.reviewed_by is None for change, _ in looser),
    }


def _answer(
    declared: FactDeclaration, value: int | tuple[int, int] | None, lock: LockStanding | None, now: datetime
) -> Evidence | Gap:
    name = declared.name
    if lock is None or value is None:
        return Gap(fact=name, reason=GapReason.MISSING, detail=_UNLOCKED, binding=_OWN)
    wanted = FactType.RATIO if isinstance(value, tuple) else FactType.INTEGER
    if declared.type is not wanted:
        detail = (
            f"The history of the lock gives it as {wanted.value}, and the vocabulary declares {declared.type.value}."
        )
        return Gap(fact=name, reason=GapReason.WRONG_TYPE, detail=detail, binding=_OWN)
    part, whole = value if isinstance(value, tuple) else (None, None)
    return Evidence(
        fact=name,
        type=declared.type,
        unit=declared.unit,
        value=value if isinstance(value, int) else Decimal(quotient_text(*value)),
        part=part,
        whole=whole,
        as_of=now,
        basis=Basis.MEASURED,
        source=Source(binding=_OWN, locator=f"the history of the lock, up to lock {lock.number}"),
    )


_FEW = 3


def lock_blockers(lock: LockStanding | None) -> tuple[Blocker, ...]:
    """Return why a decision cannot be taken by these rules; nothing where they are as they were agreed.

    No waiver, plan or ruleset sets it aside: what is judged by other rules than those agreed is no decision on them.
    """
    if lock is None:
        return ()
    found = [Blocker(why=sentence) for sentence in lock.breaches or ()]
    if (differing := differences_blocker(lock)) is not None:
        found.append(differing)
    if lock.uncontrolled is not None:
        changes = "1 change" if lock.uncontrolled == 1 else f"{lock.uncontrolled} changes"
        found.append(
            Blocker(why=f"{changes} of the locked criteria {_lacks(lock.uncontrolled)} a request or an approval.")
        )
    return tuple(found)


def differences_blocker(lock: LockStanding | None) -> Blocker | None:
    """Return the reason that names how files differ from their lock; None where they do not."""
    if lock is None or lock.differences is None:
        return None
    parts = listing([each.sentence for each in lock.differences], most=_FEW)
    return Blocker(why=f"The program's files are not what was locked: {parts}.")


def _lacks(number: int) -> str:
    return "lacks" if number == 1 else "lack"
