"""Is a log sound? Every record in its place, and every run the one that it says it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gonogo.audit import index
from gonogo.audit.chain import Break, ChainFault, ChainLink, data_of
from gonogo.audit.companions import QUARANTINE
from gonogo.audit.history import noted
from gonogo.audit.ledger import Ledger, Run, sealed
from gonogo.audit.reading import lines, steps
from gonogo.errors import CanonicalError, IntegrityError, UsageError
from gonogo.model.assessment import Assessment
from gonogo.model.canonical import canonical_bytes, digest_of_bytes
from gonogo.model.event import EventType
from gonogo.model.record import LogRepaired

LEAST_HEAD: Final = 16
"""How many hexadecimal digits of a head are enough to look for."""
_CODES: Final = {"GO": {0}, "CONDITIONAL GO": {0, 3}, "NO-GO": {1}}
_ONCE: Final = frozenset({EventType.RUN_STARTED, EventType.DECISION_MADE, EventType.RUN_FINISHED})
_LISTED: Final = frozenset({EventType.EVIDENCE_ADMITTED, EventType.GAP_RECORDED, EventType.CRITERION_JUDGED})
_PARTS: Final = frozenset(Assessment.model_fields)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a log.

    Attributes:
        records: How many records are sound, from the first.
        head: Hash of the last sound record.
        problem: The first break of the chain; None when there is none. An unfinished last line is one until the next
            run has set it aside and recorded that: nobody can tell a crash from a cut.
        runs: Runs in the sound part, in order of their first record.
        faults: What is wrong beside the chain, one sentence each: a run whose records do not add up, a run without an
            end, a log without a record, a log that its index or a noted head contradicts.
        noted: Number of the record that has the head asked for; None where none was asked for or found.
    """

    records: int
    head: str
    problem: ChainFault | None
    runs: tuple[Run, ...]
    faults: tuple[str, ...] = ()
    noted: int | None = None

    @property
    def ok(self) -> bool:
        """Whether every record is as it was sealed and in its place. Says nothing of records cut from the end."""
        return self.problem is None

    @property
    def sound(self) -> bool:
        """Whether the chain is whole and nothing else is wrong."""
        return self.ok and not self.faults


def verify_log(folder: str | Path, *, head: str = "") -> Verification:
    """Check every record of a log, and that each run's records give the digest and the verdict that it ended with.

    Args:
        folder: Folder of the log.
        head: A head hash that somebody noted, at least 16 hexadecimal digits of it: it must be that of a record.

    Raises:
        UsageError: There is no log, a record is of a type or version that this release does not know, or ``head`` is
            no hash.
        RecordFault: The folder or a segment cannot be read.
    """
    wanted = _head(head)
    known, ledger, checks = index.load(Path(folder)), Ledger(), dict[str, RunCheck]()
    problem, faults, at, place_of_head = None, list[str](), "", None
    try:
        for line, place, found in steps(lines(folder)):
            if isinstance(found, ChainFault):
                problem = found
                break
            ledger.take(found, line, place)
            at = noted(known, found) or at
            if known is not None and found.hash == known.ledger.head.hash and known.ledger != ledger:
                faults.append(f"{index.NAME} says something else than the log: remove it, the next run writes it anew")
            if wanted and found.hash.startswith(wanted):
                place_of_head = found.seq
            faults += [*_checked(checks, found, line), *_set_aside(Path(folder), found, line)]
    except IntegrityError as error:
        problem = ChainFault(Break.CHANGED, ledger.head.records, error.sentence)
    if problem is None or problem.kind is Break.TORN:
        faults += _whole(ledger, known, at)
    if wanted and place_of_head is None:
        faults.append(f"no record has the head {head}: the log was cut or written anew since it was noted")
    return Verification(
        ledger.head.records, ledger.head.hash, problem, tuple(ledger.runs.values()), tuple(faults), place_of_head
    )


def _set_aside(folder: Path, link: ChainLink, line: bytes) -> list[str]:
    """Say what is wrong with the bytes that a repair cut off and kept: they show what was lost, and are evidence."""
    if link.type != EventType.LOG_REPAIRED:
        return []
    repaired = LogRepaired.from_document(sealed(line, link.seq).data)
    kept = folder / QUARANTINE / Path(repaired.quarantine).name
    try:
        same = digest_of_bytes(kept.read_bytes()) == repaired.sha256
    except OSError:
        return [f"record {link.seq} tells of {kept.name} in {QUARANTINE}, which is not there or cannot be read"]
    return [] if same else [f"{kept.name} in {QUARANTINE} is not what the repair of record {link.seq} set aside"]


def _whole(ledger: Ledger, known: index.Index | None, at: str) -> list[str]:
    faults = []
    if not ledger.head.records:
        faults.append("there is no record in it: it was emptied, or its first run was killed as it began to write")
    if known is not None:
        try:
            index.check_continues(known, ledger.head, at)
        except IntegrityError as error:
            faults.append(error.sentence)
    faults += [
        f"the run {run} has no end: it is being recorded, it was killed while it was, or the log was cut; "
        "the next run records it as aborted"
        for run in ledger.open_runs
    ]
    return faults


def _checked(checks: dict[str, RunCheck], link: ChainLink, line: bytes) -> list[str]:
    """Hand a record to its run's check; return what is wrong once the run has ended."""
    if not link.run or link.type == EventType.REPORT_RENDERED:
        return []
    check = checks.setdefault(link.run, RunCheck())
    if link.type == EventType.OUTCOME_RECORDED:
        known = check.ended == EventType.RUN_FINISHED
        return [] if known else [f"record {link.seq} tells what became of the run {link.run}, which has no verdict"]
    if check.ended:
        return [f"record {link.seq} ({link.type}) was added to the run {link.run} after its end"]
    check.take(link, line)
    if not check.ended:
        return []
    try:
        wrong = check.wrong()
    except (KeyError, TypeError, CanonicalError):
        wrong = "has a decision that is not of its shape"
    check.forget()
    return [f"the run {link.run} {wrong}"] if wrong else []


@dataclass(slots=True)
class RunCheck:
    """The records of one run, until it has ended: do they give the digest that it ended with?

    The digest is that of the assessment's canonical bytes. Records are canonical too, so these bytes are put together
    from theirs, without reading each document.
    """

    ended: str = ""
    once: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: dict[str, list[bytes]] = field(default_factory=dict)
    doubled: str = ""

    def take(self, link: ChainLink, line: bytes) -> None:
        """Take one record."""
        if link.type in _ONCE:
            self.doubled = link.type if link.type in self.once else self.doubled
            self.once[link.type] = json.loads(data_of(line))
        elif link.type in _LISTED:
            self.listed.setdefault(link.type, []).append(data_of(line))
        if link.type in (EventType.RUN_FINISHED, EventType.RUN_ABORTED):
            self.ended = link.type

    def wrong(self) -> str:
        """Return what is wrong with the run, to follow its name in a sentence; empty where nothing is."""
        if self.ended == EventType.RUN_ABORTED:
            return ""
        started, decided, finished = (
            self.once.get(kind) for kind in (EventType.RUN_STARTED, EventType.DECISION_MADE, EventType.RUN_FINISHED)
        )
        if self.doubled:
            return f"has more than one record of {self.doubled}"
        if started is None or decided is None or finished is None:
            return "has a verdict, but its records are not complete"
        if finished["digest"] != decided["digest"] or finished["verdict"] != decided["decision"]["verdict"]:
            return "ended with another verdict than it decided"
        if finished["exit_code"] not in _CODES[finished["verdict"]]:
            return f"ended with the exit code {finished['exit_code']}, which is not that of {finished['verdict']}"
        found = hashlib.sha256(self._assessment(started, decided)).hexdigest()
        if found != decided["digest"]:
            return f"has records that give the digest {found}, not {decided['digest']}, which it ended with"
        return ""

    def forget(self) -> None:
        """Let go of everything but that the run has ended."""
        self.once, self.listed = {}, {}

    def _assessment(self, started: dict[str, Any], decided: dict[str, Any]) -> bytes:
        def joined(kind: EventType) -> bytes:
            return b"[" + b",".join(self.listed.get(kind, ())) + b"]"

        evidence = b'{"evidence":%b,"gaps":%b}' % (joined(EventType.EVIDENCE_ADMITTED), joined(EventType.GAP_RECORDED))
        parts = {
            **{key: canonical_bytes(value) for key, value in {**started, **decided}.items() if key in _PARTS},
            "evidence": evidence,
            "findings": joined(EventType.CRITERION_JUDGED),
        }
        return b"{" + b",".join(b'"%b":%b' % (key.encode(), parts[key]) for key in sorted(parts)) + b"}"


def _head(text: str) -> str:
    wanted = text.strip().lower()
    if wanted and not (LEAST_HEAD <= len(wanted) <= 64 and set(wanted) <= set("0123456789abcdef")):
        raise UsageError(
            f"{text} is not a head hash.",
            hint=f"give at least {LEAST_HEAD} of the 64 digits that a report shows as its head hash",
        )
    return wanted
