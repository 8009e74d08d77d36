"""`gonogo log verify`: a log compared with itself and with what people kept elsewhere, a line for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gonogo.audit.checkpoint import Checkpoint, read_checkpoint
from gonogo.audit.held import SignedBy
from gonogo.audit.kept import kept_sources
from gonogo.audit.signed_checkpoint import read_signed
from gonogo.audit.verification import Verification, verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.audit.witness import read_seen, who_saw
from gonogo.documents.files import read_file, shown
from gonogo.errors import DocumentError, IntegrityError
from gonogo.model.canonical import instant_text
from gonogo.signing.note import Note, read_note
from gonogo.signing.trust_values import KeyKind, Trust
from gonogo.workflow.lock_checks import lock_faults
from gonogo.workflow.log_keys import known_to
from gonogo.workflow.named_trust import NamedTrust, named_trust
from gonogo.workflow.note_signers import note_signer
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
SOUND, NOT_CHECKED, BROKEN = 0, 2, 5


@dataclass(frozen=True, slots=True)
class _Shown:
    """A checkpoint that somebody kept.

    Attributes:
        name: Its file, as sentences name it.
        checkpoint: What it says.
        words: By whom it is signed, to follow what it is over.
        note: Where it is a note that the log signed: the log says of which day it is, and only then it counts.
    """

    name: str
    checkpoint: Checkpoint
    words: str = ""
    note: Note | None = None

    @property
    def known(self) -> KnownRoot:
        """What it knows of the log."""
        return KnownRoot(self.checkpoint.size, self.checkpoint.root, self.name, self.checkpoint.log)


def verification(place: Path, kept: KeptElsewhere = NOTHING, *, now: datetime | None = None) -> tuple[int, list[str]]:
    """Return whether a log and what is kept beside it are sound, and what was found, a line each.

    The first is 0 if they are, 5 if not, and 2 if nobody can tell whose signatures had to be checked.

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
    named = named_trust(place, kept.trust)
    trust, who = named.trust, named.who
    at = now or datetime.now(UTC)
    shown_ones: list[_Shown] = []
    faults: list[str] = []
    unread: list[str] = []
    for path, witness in ((kept.checkpoint, False), (kept.witness, True)):
        if path is None:
            continue
        if mistake := _no_checkpoint(path, witness=witness):
            unread.append(mistake)
            continue
        try:
            shown_ones.append(_witnessed(path, trust, at) if witness else _checkpoint(path, trust, who))
        except (IntegrityError, DocumentError) as error:
            faults.append(error.sentence)
    known = [each.known for each in shown_ones]
    if trust is not None and trust.log is not None:
        known.append(known_to(trust, who))
    verified = verify_log(folder, head=kept.head, known=known, trust=trust, who=who)
    sentences, wrong = _compared(shown_ones, verified, trust, who)
    faults += wrong
    if verified.sound:
        faults += lock_faults(place, folder)
    sources = list(kept_sources(folder))
    changed = [name for name, sound in sources if not sound]
    ok = verified.sound and not changed and not faults
    not_checked = bool(unread) or (bool(named.mistake) and trust is None)
    code = BROKEN if not ok else NOT_CHECKED if not_checked else SOUND
    return code, [
        f"{_word(verified, code)}: {verified.records} records, head {verified.head}",
        *([verified.problem.sentence] if verified.problem is not None else []),
        *(f"BROKEN: {fault}" for fault in (*verified.faults, *faults)),
        *(f"not compared: {mistake}" for mistake in unread),
        *_guessed(folder, named),
        *_under(verified),
        *nobody_checked(verified, trust),
        *sentences,
        *([] if trust is not None or kept != NOTHING else [_OUTSIDE]),
        *(
            f"run {run.run}: records {run.first} to {run.last}, "
            + (f"{run.verdict} ({run.purpose})" if run.verdict is not None else run.state.value)
            for run in verified.runs
        ),
        *([_noted(verified, verified.noted)] if verified.noted is not None else []),
        *([f"sources kept: {len(sources)}, as they were read: {len(sources) - len(changed)}"] if sources else []),
        *(f"BROKEN: the source that is kept as {name} is not what was read" for name in changed),
    ]


def _compared(
    shown_ones: list[_Shown], verified: Verification, trust: Trust | None, who: str
) -> tuple[list[str], list[str]]:
    """Return a sentence about each checkpoint that somebody kept, and what is wrong with its signature."""
    sentences, faults = [], []
    for each in shown_ones:
        words, last = each.words, verified.times.get((each.checkpoint.size, each.checkpoint.root))
        if last is not None and each.checkpoint.time not in (None, last):
            faults.append(f"{each.name} gives another time than its last record has: it was not taken then")
            continue
        if each.note is not None and trust is not None:
            try:
                words = note_signer(each.note, each.checkpoint.log, trust, who, each.name, last)
            except (IntegrityError, DocumentError) as error:
                faults.append(error.sentence)
                continue
        sentences.append(f"{each.name}: a checkpoint over {each.checkpoint.size} records{words}")
    return sentences, faults


def _guessed(folder: Path, named: NamedTrust) -> list[str]:
    """Say what nobody knows because the program's file has mistakes."""
    if not named.mistake:
        return []
    lines = [f"not known: the program's file has mistakes ({named.mistake}), so the log in {shown(folder)} was checked"]
    if named.trust is None:
        lines.append("not checked: any signature; the file may name a trust file: correct it, or give --trust FILE")
    return lines


def nobody_checked(verified: Verification, trust: Trust | None) -> list[str]:
    """Say that signatures were promised which nobody checked."""
    if trust is not None or not verified.trusting:
        return []
    many = "1 decision was" if verified.trusting == 1 else f"{verified.trusting} decisions were"
    return [f"not checked: who signed; {many} recorded under a trust file, but none is known here: give --trust FILE"]


_OUTSIDE = (
    "compared with nothing outside of its folder: give --head, --checkpoint, --witness or --trust to notice a log that "
    "was rewritten as a whole"
)


def _no_checkpoint(path: Path, *, witness: bool) -> str:
    """Return why a file that somebody kept is no checkpoint, signed or not; empty where it is one."""
    data, name = read_file(path), shown(path)
    try:
        if witness:
            read_seen(data, [], name)
        elif data.lstrip().startswith(b"{"):
            read_signed(data, name)
        else:
            read_checkpoint(data, name)
    except (IntegrityError, DocumentError) as error:
        mailed = "; its line endings are those of Windows or of mail: ask for the original file"
        return error.sentence + (mailed if b"\r\n" in data else "")
    return ""


def _checkpoint(path: Path, trust: Trust | None, who: str) -> _Shown:
    data, name = read_file(path), shown(path)
    if data.lstrip().startswith(b"{"):
        envelope, checkpoint = read_signed(data, name)
        if trust is None or checkpoint.time is None:
            return _Shown(name, checkpoint, f", its signature not checked: {_NO_KEYS}")
        keys = trust.entitled(envelope, kind=KeyKind.LOG, at=checkpoint.time)
        if not keys:
            raise IntegrityError(f"{name} is not signed by a key that {who} has for the log on that day")
        return _Shown(name, checkpoint, f", signed by {keys[0].id}")
    checkpoint = read_checkpoint(data, name)
    if not checkpoint.own_signatures:
        return _Shown(name, checkpoint, ", not signed by the log")
    if trust is None:
        return _Shown(name, checkpoint, f", its signature not checked: {_NO_KEYS}")
    return _Shown(name, checkpoint, note=read_note(data, what=name))


def _witnessed(path: Path, trust: Trust | None, now: datetime) -> _Shown:
    data, name = read_file(path), shown(path)
    if trust is None:
        seen, words = read_seen(data, [], name), _UNCHECKED
    else:
        seen, key = who_saw(data, trust, name, now)
        at = "" if seen.at is None else f" at {instant_text(seen.at)}"
        words = f", cosigned by the witness {key.id}{at}"
    return _Shown(name, Checkpoint(seen.log, seen.size, seen.root), words)


_NO_KEYS = "no trust file with its key was given"
_UNCHECKED = f", its witness not checked: {_NO_KEYS}"


def _under(verified: Verification) -> list[str]:
    """Say up to where the checkpoint and a signature reach."""
    own, signed = verified.checkpoint, verified.signed
    lines = []
    if own is not None:
        lines.append(f"checkpoint: over {own.size} records; {_more(verified.records - own.size)}")
    else:
        lines.append("checkpoint: there is none; the next run writes one")
    lines.append(_signature(verified, signed))
    return lines


def _signature(verified: Verification, signed: SignedBy | None) -> str:
    if signed is None:
        return "signed: none of its checkpoints"
    which = f"by {signed.key}" if signed.checked else f"it says by {signed.key}, not checked: {_NO_KEYS}"
    many = "1 checkpoint" if signed.count == 1 else f"{signed.count} checkpoints"
    last = f"the last over {signed.size} records at {instant_text(signed.time)}"
    return f"signed: {many}, {last}, {which}; {_more(verified.records - signed.size)}"


def _more(count: int) -> str:
    if count < 0:
        return "more than the log has"
    return "no record follows" if count == 0 else f"{count} more {'follows' if count == 1 else 'follow'}"


def _word(verified: Verification, code: int) -> str:
    if not verified.ok:
        return "BROKEN"
    return {SOUND: "sound", NOT_CHECKED: "NOT ALL CHECKED"}.get(code, "NOT SOUND")


def _noted(verified: Verification, seq: int) -> str:
    after = verified.records - 1 - seq
    more = "the last one" if after == 0 else f"{after} more {'follows' if after == 1 else 'follow'}"
    return f"the head that was noted is that of record {seq}; {more}"
