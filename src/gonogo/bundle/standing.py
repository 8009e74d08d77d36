"""What a deposit counts as: collected, supplied, or nothing at all. Pure.

Collected is what an entitled key signed for this binding and its side, made by this binding's own words, recent enough.
Everything else is supplied, and supplied evidence makes a rehearsal. What is about something else is a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gonogo.bundle.manifest import Deposit, Manifest, binding_digest
from gonogo.bundle.unpacking import Bundle
from gonogo.core.admit import FUTURE_TOLERANCE
from gonogo.model.deposited import Deposited
from gonogo.model.evidence import GapReason
from gonogo.model.program import Binding, Release
from gonogo.model.reply import Failure, Reply
from gonogo.model.unconfirmed import why_unconfirmed
from gonogo.plugin.replies import subject_of
from gonogo.signing.trust_values import Trust
from gonogo.text import listed

SUPPLIED: Final = "supplied"
"""The isolation level of what nobody vouches for: it was read by no collector that is known."""


@dataclass(frozen=True, slots=True)
class DepositTerms:
    """By what a deposit is judged.

    Attributes:
        program: Id of the program.
        release: The release that is assessed.
        bindings: The program's bindings, by id.
        declared: Facts that each binding's collector answers for, asked here.
        limits: Seconds after which what a binding says is too old, by binding; nothing where no criterion sets one.
        trust: The trust file; None where there is none.
        now: The moment of the assessment.
    """

    program: str
    release: Release
    bindings: Mapping[str, Binding]
    declared: Mapping[str, Collection[str]]
    trust: Trust | None
    now: datetime
    limits: Mapping[str, int] = field(default_factory=dict)


def replies_of(bundles: Sequence[Bundle], gate: DepositTerms) -> list[Reply]:
    """Return one reply for each binding that the bundles are about, in the order of the program's bindings."""
    found: dict[str, list[tuple[Bundle, Deposit]]] = {}
    for bundle in bundles:
        for deposit in bundle.manifest.deposits:
            found.setdefault(deposit.reply.binding, []).append((bundle, deposit))
    return [_reply(found[binding], gate) for binding in gate.bindings if binding in found]


def _reply(deposits: Sequence[tuple[Bundle, Deposit]], gate: DepositTerms) -> Reply:
    bundle, deposit = deposits[0]
    binding = gate.bindings[deposit.reply.binding]
    names = [each.name for each, _ in deposits]
    doubled = f"it is deposited {len(names)} times ({listed(names, most=3)})" if len(names) > 1 else ""
    keys = _keys(bundle, deposit, binding, gate)
    supplied = doubled or _supplied(bundle, deposit, binding, gate, keys)
    failure = (
        Failure(reason=GapReason.CONFLICT, detail=f"It is not known which one counts: {doubled}.") if doubled else None
    )
    return deposit.reply.model_copy(
        update={
            # What the binding says is taken from this program, never from the bundle.
            "prefix": binding.prefix or "",
            "subject": subject_of(binding),
            "producer": binding.producer,
            # Of what it owes nothing may be left out: a source that falls silent never helps.
            "declared": tuple(sorted(gate.declared[binding.id])),
            "level": SUPPLIED if supplied else deposit.reply.level,
            "failure": failure
            or _unconfirmed(binding)
            or _foreign(bundle.manifest, deposit, binding, gate)
            or deposit.reply.failure,
            "deposited": Deposited(
                bundle=bundle.sha256,
                made=bundle.manifest.made,
                keys=() if supplied else keys,
                supplied=supplied or None,
                stated=True if deposit.missing or not deposit.reply.inputs else None,
            ),
        }
    )


def _unconfirmed(binding: Binding) -> Failure | None:
    why = why_unconfirmed(binding)
    return Failure(reason=GapReason.UNCONFIRMED, detail=why) if why else None


def _keys(bundle: Bundle, deposit: Deposit, binding: Binding, gate: DepositTerms) -> tuple[str, ...]:
    """Return the keys that may deposit this and signed it: they count today, and counted when it was made."""
    if bundle.envelope is None or gate.trust is None:
        return ()
    signed = gate.trust.depositors(bundle.envelope, binding=binding.id, side=binding.side, at=gate.now)
    return tuple(key.id for key in signed if key.covers(bundle.manifest.made))


def _supplied(bundle: Bundle, deposit: Deposit, binding: Binding, gate: DepositTerms, keys: Collection[str]) -> str:
    """Return why a deposit does not count as collected; empty where it does."""
    made = bundle.manifest.made
    if bundle.envelope is None:
        return f"{bundle.name} is not signed"
    if gate.trust is None:
        return f"{bundle.name} is signed, and the program names no trust file (`trust:`) that says whose keys count"
    if not keys:
        whose = f"may deposit `{binding.id}` for the {binding.side}"
        return f"{bundle.name} is not signed by a key that {whose} by the trust file, today and when it was made"
    if deposit.side is not binding.side:
        return f"{bundle.name} calls it evidence of the {deposit.side}, and the program of the {binding.side}"
    if deposit.binding_sha256 != binding_digest(binding):
        return f"{bundle.name} was made with a different wording of the binding `{binding.id}` than the program's"
    if made > gate.now + FUTURE_TOLERANCE:
        return f"{bundle.name} was made at {made:%Y-%m-%d %H:%M} UTC, after this assessment"
    limit = gate.limits.get(binding.id)
    if limit is not None and gate.now - made >= timedelta(seconds=limit):
        return f"{bundle.name} was made at {made:%Y-%m-%d %H:%M} UTC, and what `{binding.id}` says holds {_age(limit)}"
    return ""


def _foreign(manifest: Manifest, deposit: Deposit, binding: Binding, gate: DepositTerms) -> Failure | None:
    """Return why a deposit says nothing about what is assessed here, or answers for what it was not asked."""

    def other(detail: str) -> Failure:
        return Failure(reason=GapReason.WRONG_SUBJECT, detail=detail)

    if manifest.program != gate.program:
        return other(f"The bundle is about the program {manifest.program}, not {gate.program}.")
    if manifest.release != gate.release.id:
        return other(f"The bundle is about the release {manifest.release}, not {gate.release.id}.")
    if manifest.subjects != gate.release.subjects:
        differ = sorted(key for key in {*manifest.subjects, *gate.release.subjects} if _differs(manifest, gate, key))
        return other(f"The bundle is about another {listed(differ)} than the release {gate.release.id}.")
    if strange := sorted(
        {*deposit.reply.declared, *(item.fact for item in deposit.reply.items)} - _asked(binding, gate)
    ):
        detail = f"The bundle answers for {strange[0]}, which the binding {binding.id} does not."
        return Failure(reason=GapReason.UNDECLARED, detail=detail)
    return None


def _differs(manifest: Manifest, gate: DepositTerms, key: str) -> bool:
    return manifest.subjects.get(key) != gate.release.subjects.get(key)


def _asked(binding: Binding, gate: DepositTerms) -> set[str]:
    return set(gate.declared[binding.id])


def _age(seconds: int) -> str:
    days, hours = divmod(seconds // 3600, 24)
    return f"{days} days" if not hours else f"{seconds // 3600} hours"
