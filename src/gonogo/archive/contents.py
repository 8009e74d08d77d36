"""What an archive of a record holds, in order: the log itself, what its runs name by digest, and how to check it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gonogo.archive.archive_writer import Member, parts_of
from gonogo.archive.check_page import CHECK, KEY, PAE, SIGNATURE, ArchiveSigner, check_page
from gonogo.archive.tool_digests import tool_digests
from gonogo.audit.checkpoint import FOLDER, NAME, read_checkpoint, read_plain
from gonogo.audit.companions import QUARANTINE
from gonogo.audit.kept import FOLDER as KEPT
from gonogo.audit.ledger import sealed
from gonogo.audit.reading import lines, segments
from gonogo.audit.signed_checkpoint import read_signed
from gonogo.audit.verification import Verification
from gonogo.errors import IntegrityError
from gonogo.model.canonical import canonical_bytes
from gonogo.model.event import EventType
from gonogo.signing.envelope import Envelope, pae, verified_by
from gonogo.signing.keys import Algorithm
from gonogo.signing.trust_values import Trust

LOG: Final = "log/"
TRUST: Final = "trust/"
_STATEMENT: Final = ".dsse.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is packed.

    Attributes:
        folder: Folder of the log.
        found: What verification found: a sound log. No record that came later is packed.
        log: Id of the log.
        trust: What the trust file says; None where there is none.
        trust_file: Bytes of the trust file.
        key_files: The files of keys that it names, by their paths beside it.
        reports: Reports of the last decision, by file name.
        sources: Whether sources whose bytes are kept beside the log are packed too.
    """

    folder: Path
    found: Verification
    log: str
    trust: Trust | None = None
    trust_file: bytes = b""
    key_files: Mapping[str, bytes] = field(default_factory=dict)
    reports: Mapping[str, bytes] = field(default_factory=dict)
    sources: bool = False

    def members(self) -> Iterator[Member]:
        """Iterate the files of the archive.

        Raises:
            IntegrityError: A signed checkpoint cannot be read, or no key that the trust file names signed it.
            RecordFault: Something cannot be read.
        """
        signed = self._signed()
        page = check_page(self.log, records=self.found.records, head=self.found.head, signed=signed and signed[0])
        yield Member(CHECK, [page.encode()])
        yield from self._segments()
        yield from self._beside()
        yield from self._material()
        if signed is not None:
            yield from signed[1]
        if self.trust is not None:
            yield Member(f"{TRUST}trust.yaml", [self.trust_file])
            keys = {f"{key.id}.pub.pem": key.public.pem for key in self.trust.keys} | dict(self.key_files)
            yield from (Member(TRUST + name, [data]) for name, data in keys.items())
        yield from (Member(f"reports/{name}", [data]) for name, data in self.reports.items())
        yield Member("tool.json", [json.dumps(tool_digests(), indent=2).encode() + b"\n"])

    def _segments(self) -> Iterator[Member]:
        """Iterate the segments, no longer than they were when they were verified: another run may be recorded now."""
        left = self.found.records
        for segment in segments(self.folder):
            data = []
            with segment.open("rb") as stream:
                for line in stream:
                    if not left:
                        break
                    data.append(line)
                    left -= 1
            if data:
                yield Member(LOG + segment.name, data)

    def _beside(self) -> Iterator[Member]:
        """Iterate what is beside the segments: checkpoints, quarantine, and kept sources where they are asked for.

        A checkpoint of a run that is recorded meanwhile is over records that are not packed, and stays out too.
        """
        note = read_plain(NAME, self.folder)
        if note is not None and read_checkpoint(note, NAME).size <= self.found.records:
            yield Member(LOG + NAME, [note])
        for name in (FOLDER, QUARANTINE, *([KEPT] if self.sources else [])):
            for entry in sorted((self.folder / name).rglob("*")):
                later = name == FOLDER and _size(entry) > self.found.records
                if entry.is_file() and not entry.is_symlink() and entry.suffix != ".partial" and not later:
                    yield Member(LOG + entry.relative_to(self.folder).as_posix(), parts_of(entry))

    def _material(self) -> Iterator[Member]:
        """Iterate rulesets, vocabularies, programs and seats, each named by the digest that runs name it by."""
        for _, line in lines(self.folder):
            if b'"type":"material.recorded"' not in line[-400:]:
                continue
            record = sealed(line, 0)
            if record.type is EventType.MATERIAL_RECORDED:
                name = f"material/{record.data['kind']}-{record.data['sha256']}.json"
                yield Member(name, [canonical_bytes(record.data["document"]) + b"\n"])

    def _signed(self) -> tuple[ArchiveSigner, list[Member]] | None:
        """Return who signed the newest signed checkpoint, and what `openssl` needs to check it."""
        there = sorted((self.folder / FOLDER).glob(f"*{_STATEMENT}"), key=_size)
        found = [path for path in there if _size(path) <= self.found.records]
        if not found:
            return None
        envelope, checkpoint = read_signed(found[-1].read_bytes(), f"{FOLDER}/{found[-1].name}")
        keys = [] if self.trust is None else [key.public for key in self.trust.keys]
        signers = verified_by(envelope, keys)
        if self.trust is not None and not signers:
            what = f"{FOLDER}/{found[-1].name} is not signed by any key that the trust file names"
            raise IntegrityError(what, hint="export with the trust file of this program; nothing was written")
        keyid = signers[0].keyid if signers else envelope.signatures[0].keyid
        ed25519 = bool(signers) and signers[0].algorithm is Algorithm.ED25519
        signed = ArchiveSigner(keyid, bool(signers), ed25519, checkpoint.size)
        members = [
            Member(PAE, [pae(envelope.payload_type, envelope.payload)]),
            Member(SIGNATURE, [_sig(envelope, keyid)]),
        ]
        return signed, [*members, *(Member(KEY, [key.pem]) for key in signers[:1])]


def _sig(envelope: Envelope, keyid: str) -> bytes:
    named = [each.sig for each in envelope.signatures if each.keyid == keyid]
    return (named or [each.sig for each in envelope.signatures])[0]


def _size(path: Path) -> int:
    size = path.name.partition(".")[0]
    return int(size) if size.isdigit() else -1
