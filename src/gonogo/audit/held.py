"""What a log is compared with when it is verified: its own checkpoints, and what somebody keeps elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gonogo.audit.chain import ChainHead
from gonogo.audit.checkpoint import FOLDER, Checkpoint, load_checkpoint, read_plain
from gonogo.audit.ledger import Ledger
from gonogo.audit.merkle import Frontier
from gonogo.audit.signed_checkpoint import file_names, read_signed
from gonogo.audit.watermark import KnownRoot, of_checkpoint
from gonogo.errors import GonogoError, IntegrityError
from gonogo.model.canonical import digest_of_bytes, read_instant
from gonogo.signing.trust_values import KeyKind, Trust

_LARGEST = 2**20


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The last signed checkpoint of a log.

    Attributes:
        count: How many signed checkpoints lie beside the log.
        size: Over how many records the last is.
        time: What it says when it was taken.
        key: Id of a key that signed it: in the trust file, where one was given; else the key's own, not checked.
        checked: Whether its signature was checked with a trust file that has keys for the log.
    """

    count: int
    size: int
    time: datetime
    key: str
    checked: bool


class Held:
    """Everything that is known about one log, compared while it is followed.

    Attributes:
        own: The checkpoint beside it.
        faults: What is wrong, a sentence each.
        signed: The last signed checkpoint; None where there is none.
        signed_from: Over how many records the first one is; 0 where there is none.
        times: For each size and root that the log had, the time of its last record then: the root covers that too.
    """

    def __init__(self, folder: Path, others: Iterable[KnownRoot], trust: Trust | None, who: str) -> None:
        self.faults: list[str] = []
        self.own: Checkpoint | None = None
        self.signed: SignedBy | None = None
        self.signed_from = 0
        self.times: dict[tuple[int, str], datetime] = {}
        signing = trust is not None and any(key.signs_log for key in trust.keys)
        self._trust, self._who, self._folder = trust if signing else None, who, folder
        self._kept: dict[str, str] = {}
        self._stated: dict[int, list[Checkpoint]] = defaultdict(list)
        known = list(others)
        try:
            self.own = load_checkpoint(folder)
        except IntegrityError as error:
            self.faults.append(error.sentence)
        if self.own is not None:
            known.append(of_checkpoint(self.own))
        known += self._signed_ones()
        self._at: dict[int, list[KnownRoot]] = defaultdict(list)
        for each in known:
            self._at[each.size].append(each)

    @property
    def sizes(self) -> frozenset[int]:
        """The sizes of the log about which somebody knows something."""
        return frozenset(self._at)

    def passed(self, head: ChainHead, tree: Frontier, log: str) -> None:
        """Compare a log that was followed up to here."""
        if head.records not in self._at:
            return
        for stated in self._stated.pop(head.records, ()):
            if stated.head != head.hash or stated.time != read_instant(head.ts):
                what = f"{FOLDER}/{file_names(stated.size)[0]} gives another hash or time than its last record has"
                self.faults.append(f"{what}: it was not taken then")
        root = tree.root().hex()
        self.times[head.records, root] = read_instant(head.ts)
        for each in self._at.pop(head.records):
            if each.log and each.log != log:
                self.faults.append(f"this is the log {log}, and {each.who} is about the log {each.log}")
            elif each.root != root:
                self.faults.append(f"records 0 to {each.size - 1} of this log are not those that {each.who} knows")

    def recorded(self, size: int, sha256: str) -> None:
        """Compare a record that says a checkpoint was signed with the statement in the folder."""
        name = f"{size}.dsse.json"
        if name not in self._kept:
            self.faults.append(f"the checkpoint over {size} records was signed, but {FOLDER}/{name} is missing")
        elif self._kept[name] != sha256:
            self.faults.append(f"{FOLDER}/{name} is not the statement that the log recorded")

    def ended(self, ledger: Ledger, promised: Iterable[tuple[str, int]]) -> None:
        """Compare the end of the log.

        Args:
            ledger: The whole of it.
            promised: Each decision run that has to be under a signed checkpoint, and the number of the record that
                ended it.
        """
        for size in sorted(self._at):
            for each in self._at[size]:
                self.faults.append(
                    f"the log ends after {ledger.head.records} records, but {each.who} knows {each.size}"
                )
        if self._trust is None:
            return
        size = self.signed.size if self.signed is not None else 0
        if not size:
            self.faults.append(f"no checkpoint of this log is signed, and {self._who} has keys for it")
            return
        self.faults += [
            f"no signed checkpoint covers the run {run}: its verdict was never printed, or a checkpoint was removed"
            for run, last in promised
            if last >= size
        ]

    def _signed_ones(self) -> Iterator[KnownRoot]:
        found: list[Checkpoint] = []
        last_key = ""
        for name in _names(self._folder / FOLDER):
            where = f"{FOLDER}/{name}"
            try:
                data = read_plain(name, self._folder / FOLDER, largest=_LARGEST) or b""
                envelope, one = read_signed(data, where)
            except GonogoError as error:
                self.faults.append(error.sentence)
                continue
            self._kept[name] = digest_of_bytes(data)
            assert one.time is not None
            key = envelope.signatures[0].keyid[:16]
            if self._trust is not None:
                able = self._trust.entitled(envelope, kind=KeyKind.LOG, at=one.time)
                if not able:
                    self.faults.append(f"{where} is not signed by a key that {self._who} has for the log on that day")
                    continue
                key = able[0].id
            if not found or one.size > found[-1].size:
                last_key = key
            found.append(one)
            found.sort(key=lambda each: each.size)
            self._stated[one.size].append(one)
            yield KnownRoot(one.size, one.root, where, one.log)
        self.signed_from = min((one.size for one in found), default=0)
        if found:
            time = found[-1].time
            assert time is not None
            self.signed = SignedBy(len(self._kept), found[-1].size, time, last_key, self._trust is not None)


def _names(folder: Path) -> list[str]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    names = [entry.name for entry in folder.iterdir() if entry.name.endswith(".dsse.json")]
    return sorted(names, key=lambda name: (len(name), name))
