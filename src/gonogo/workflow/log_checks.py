"""`gonogo log verify`: a log compared with itself and with what people kept elsewhere, a line for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gonogo.audit.checkpoint import Checkpoint, read_checkpoint
from gonogo.audit.held import SignedBy
from gonogo.audit.kept import kept_sources
from gonogo.audit.signed_checkpoint import note_keys, read_signed
from gonogo.audit.verification import Verification, verify_log
from gonogo.audit.watermark import Known
from gonogo.audit.witness import read_seen, who_saw
from gonogo.documents.files import read_file, shown
from gonogo.errors import DocumentError, IntegrityError
from gonogo.model.canonical import instant_text
from gonogo.signing.note import Note, read_note, signed_by
from gonogo.signing.trust_values import KeyKind, Trust
from gonogo.workflow.log_keys import known_to
from gonogo.workflow.named_trust import named_trust
from gonogo.workflow.publishing import log_folder


@dataclass(frozen=True, slots=True)
class KeptElsewhere:
    """What somebody has of a log, to compare it with.

    Attributes:
        head: A head hash that was noted; empty for none.
        checkpoint: File of a checkpoint that was kept.
        witness: File of a checkpoint that a witness cosigned.
        trust: The trust file; None takes the program's own.
    """

    head: str = ""
    checkpoint: Path | None = None
    witness: Path | None = None
    trust: Path | None = None


NOTHING = KeptElsewhere()


def verification(place: Path, kept: KeptElsewhere = NOTHING, *, now: datetime | None = None) -> tuple[bool, list[str]]:
    """Return whether a log and what is kept beside it are sound, and what was found, a line each.

    Args:
        place: Folder of the program, or of the log.
        kept: What somebody has of the log.
        now: Host time; no time may be to come.

    Raises:
        UsageError: There is no log, or what was given cannot be compared.
        ConfigurationError: The trust file has mistakes.
        RecordFault: A file cannot be read.
    """
    folder = log_folder(place)
    trust, who = named_trust(place, kept.trust)
    at = now or datetime.now(UTC)
    known: list[Known] = []
    told: list[str] = []
    faults: list[str] = []
    if trust is not None and trust.log is not None:
        known.append(known_to(trust, who))
    for path, witness in ((kept.checkpoint, False), (kept.witness, True)):
        if path is None:
            continue
        try:
            found, words = _witnessed(path, trust, at) if witness else _checkpoint(path, trust, who)
        except (IntegrityError, DocumentError) as error:
            faults.append(error.sentence)
            continue
        known.append(Known(found.size, found.root, shown(path), found.log))
        told.append(f"{shown(path)}: a checkpoint over {found.size} records{words}")
    found_all = verify_log(folder, head=kept.head, known=known, trust=trust, who=who)
    sources = list(kept_sources(folder))
    changed = [name for name, sound in sources if not sound]
    ok = found_all.sound and not changed and not faults
    return ok, [
        f"{_word(found_all, ok)}: {found_all.records} records, head {found_all.head}",
        *([found_all.problem.sentence] if found_all.problem is not None else []),
        *(f"BROKEN: {fault}" for fault in (*found_all.faults, *faults)),
        *_under(found_all),
        *told,
        *([] if trust is not None or kept != NOTHING else [_OUTSIDE]),
        *(
            f"run {run.run}: records {run.first} to {run.last}, "
            + (f"{run.verdict} ({run.purpose})" if run.verdict is not None else run.state.value)
            for run in found_all.runs
        ),
        *([_noted(found_all, found_all.noted)] if found_all.noted is not None else []),
        *([f"sources kept: {len(sources)}, as they were read: {len(sources) - len(changed)}"] if sources else []),
        *(f"BROKEN: the source that is kept as {name} is not what was read" for name in changed),
    ]


_OUTSIDE = (
    "compared with nothing outside of its folder: give --head, --checkpoint, --witness or --trust to notice a log that "
    "was rewritten as a whole"
)


def _checkpoint(path: Path, trust: Trust | None, who: str) -> tuple[Checkpoint, str]:
    data, name = read_file(path), shown(path)
    if data.lstrip().startswith(b"{"):
        envelope, found = read_signed(data, name)
        if trust is None or found.time is None:
            return found, f", its signature not checked: {_NO_KEYS}"
        keys = trust.entitled(envelope, kind=KeyKind.LOG, at=found.time)
        if not keys:
            raise IntegrityError(f"no key that {who} has for the log and that day signed {name}")
        return found, f", signed by {keys[0].id}"
    found, note = read_checkpoint(data, name), read_note(data, what=name)
    if not found.own_signatures:
        return found, ", not signed by the log"
    if trust is None:
        return found, f", its signature not checked: {_NO_KEYS}"
    signers = _note_signers(note, found.log, trust)
    if not signers:
        raise IntegrityError(f"no key that {who} has for the log signed {name}")
    return found, f", signed by {signers[0]}"


def _note_signers(note: Note, log: str, trust: Trust) -> list[str]:
    """A note says no time, so that a key of any day of the trust file is taken."""
    keys = [key for key in trust.keys if key.signs_log]
    signed = {each.public for each in signed_by(note, note_keys(log, [key.public for key in keys]))}
    return [key.id for key in keys if key.public in signed]


def _witnessed(path: Path, trust: Trust | None, now: datetime) -> tuple[Checkpoint, str]:
    data, name = read_file(path), shown(path)
    if trust is None:
        seen = read_seen(data, [], name)
        return Checkpoint(seen.log, seen.size, seen.root), _UNCHECKED
    seen, key = who_saw(data, trust, name, now)
    at = "" if seen.at is None else f" at {instant_text(seen.at)}"
    return Checkpoint(seen.log, seen.size, seen.root), f", cosigned by the witness {key.id}{at}"


_NO_KEYS = "no trust file with its key was given"
_UNCHECKED = f", its witness not checked: {_NO_KEYS}"


def _under(found: Verification) -> list[str]:
    """Say up to where the checkpoint and a signature reach."""
    own, signed = found.checkpoint, found.signed
    lines = []
    if own is not None:
        lines.append(f"checkpoint: over {own.size} records; {_more(found.records - own.size)}")
    else:
        lines.append("checkpoint: there is none; the next run writes one")
    lines.append(_signature(found, signed))
    return lines


def _signature(found: Verification, signed: SignedBy | None) -> str:
    if signed is None:
        return "signed: none of its checkpoints"
    which = f"by {signed.key}" if signed.checked else f"it says by {signed.key}, not checked: {_NO_KEYS}"
    many = "1 checkpoint" if signed.count == 1 else f"{signed.count} checkpoints"
    last = f"the last over {signed.size} records at {instant_text(signed.time)}"
    return f"signed: {many}, {last}, {which}; {_more(found.records - signed.size)}"


def _more(count: int) -> str:
    if count < 0:
        return "more than the log has"
    return "no record follows" if count == 0 else f"{count} more {'follows' if count == 1 else 'follow'}"


def _word(found: Verification, ok: bool) -> str:
    if not found.ok:
        return "BROKEN"
    return "sound" if ok else "NOT SOUND"


def _noted(found: Verification, seq: int) -> str:
    after = found.records - 1 - seq
    more = "the last one" if after == 0 else f"{after} more {'follows' if after == 1 else 'follow'}"
    return f"the head that was noted is that of record {seq}; {more}"
