"""Files that records of a log name: is what a repair set aside still there, and is a closed segment unchanged?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from gonogo.audit.chain import ChainLink
from gonogo.audit.companions import QUARANTINE
from gonogo.audit.ledger import Place, sealed
from gonogo.audit.reading import segments
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.log_upkeep import SegmentOpened
from gonogo.model.record import LogRepaired


def segment_faults(folder: Path, link: ChainLink, line: bytes, place: Place) -> list[str]:
    """Say what is wrong with the segment that was closed before the one that a record begins."""
    opened = SegmentOpened.from_document(sealed(line, link.seq).data)
    with segments(folder)[place.segment - 2].open("rb") as stream:
        same = hashlib.file_digest(stream, "sha256").hexdigest() == opened.sha256
    return [] if same else [f"record {link.seq} does not hold the digest of the segment before it"]


def set_aside_faults(folder: Path, link: ChainLink, line: bytes) -> list[str]:
    """Say what is wrong with the bytes that a repair cut off and kept: they show what was lost, and are evidence."""
    repaired = LogRepaired.from_document(sealed(line, link.seq).data)
    kept = folder / QUARANTINE / Path(repaired.quarantine).name
    try:
        same = digest_of_bytes(kept.read_bytes()) == repaired.sha256
    except OSError:
        return [f"record {link.seq} names {kept.name} in {QUARANTINE}, which is missing or cannot be read"]
    return [] if same else [f"{kept.name} in {QUARANTINE} is not what the repair of record {link.seq} set aside"]
