"""Does a run add up? Its records give the digest, the verdict and the exit code that it ended with."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.audit.canonical_lines import members
from gonogo.audit.chain import ChainLink, data_of
from gonogo.model.assessment import Assessment
from gonogo.model.event import EventType

_CODES: Final = {"GO": {0}, "CONDITIONAL GO": {0, 3}, "NO-GO": {1}}
_ONCE: Final = frozenset({EventType.RUN_STARTED, EventType.DECISION_MADE, EventType.RUN_FINISHED})
LISTED: Final = frozenset({EventType.EVIDENCE_ADMITTED, EventType.GAP_RECORDED, EventType.CRITERION_JUDGED})
_PARTS: Final = frozenset(Assessment.model_fields)


def run_faults(checks: dict[str, RunCheck], link: ChainLink, line: bytes) -> list[str]:
    """Hand a record to its run's check; return what is wrong once the run has ended."""
    if not link.run or link.type == EventType.REPORT_RENDERED:
        return []
    check = checks.setdefault(link.run, RunCheck())
    if link.type == EventType.OUTCOME_RECORDED:
        known = check.ended == EventType.RUN_FINISHED
        return [] if known else [f"record {link.seq} says what became of the run {link.run}, which has no verdict"]
    if check.ended:
        return [f"record {link.seq} ({link.type}) was added to the run {link.run} after its end"]
    check.take(link, line)
    if not check.ended:
        return []
    try:
        wrong = check.wrong()
    except (KeyError, TypeError, UnicodeEncodeError):
        wrong = "has a decision that does not have its shape"
    check.forget()
    return [f"the run {link.run} {wrong}"] if wrong else []


@dataclass(slots=True)
class RunCheck:
    """The records of one run, until it has ended: do they give the digest that it ended with?

    The digest is that of the assessment's canonical bytes. Records are canonical too, so these bytes are put together
    from theirs, without reading each document.
    """

    ended: str = ""
    once: dict[str, dict[str, tuple[Any, bytes]]] = field(default_factory=dict)
    listed: defaultdict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    doubled: str = ""

    def take(self, link: ChainLink, line: bytes) -> None:
        """Take one record."""
        if link.type in _ONCE:
            self.doubled = link.type if link.type in self.once else self.doubled
            self.once[link.type] = members(data_of(line))
        elif link.type in LISTED:
            self.listed[link.type].append(data_of(line))
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
        (decision, _), (digest, _) = decided["decision"], decided["digest"]
        (verdict, _), (code, _) = finished["verdict"], finished["exit_code"]
        if finished["digest"] != decided["digest"] or verdict != decision["verdict"]:
            return "ended with a verdict other than the one it decided"
        lock = decision.get("lock", {})
        broken = "breaches" in lock or "differences" in lock
        if code not in ({5} if broken else _CODES[verdict]):
            return f"ended with the exit code {code}, which is not that of {verdict}"
        found = self._assessment({**started, **decided})
        if found != digest:
            return f"has records that give the digest {found}, not {digest}, which it ended with"
        return ""

    def forget(self) -> None:
        """Let go of everything but that the run has ended."""
        self.once.clear()
        self.listed.clear()

    def _assessment(self, parts: dict[str, tuple[Any, bytes]]) -> str:
        """Return the digest of the assessment, whose bytes are never put together: they are as long as the run."""
        rest = {key: written for key, (_, written) in parts.items() if key in _PARTS}
        digest = hashlib.sha256(b"{")
        for number, key in enumerate(sorted(rest.keys() | {"evidence", "findings"})):
            digest.update(b'%b"%b":' % (b"," if number else b"", key.encode()))
            if key == "evidence":
                digest.update(b'{"evidence":')
                self._list(digest, EventType.EVIDENCE_ADMITTED)
                digest.update(b',"gaps":')
                self._list(digest, EventType.GAP_RECORDED)
                digest.update(b"}")
            elif key == "findings":
                self._list(digest, EventType.CRITERION_JUDGED)
            else:
                digest.update(rest[key])
        digest.update(b"}")
        return digest.hexdigest()

    def _list(self, digest: hashlib._Hash, kind: EventType) -> None:
        digest.update(b"[")
        digest.update(b",".join(self.listed.get(kind, ())))
        digest.update(b"]")
