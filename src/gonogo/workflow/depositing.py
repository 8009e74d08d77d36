"""Making an evidence bundle: what some bindings of a program say now, with the bytes of their sources."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from gonogo.bundle.manifest import Deposit, Manifest, binding_digest
from gonogo.bundle.packing import MAX_BYTES, pack_bundle
from gonogo.errors import UsageError
from gonogo.model.program import Binding, Keep, Marking
from gonogo.model.reply import Reply
from gonogo.signing.signer import Signer
from gonogo.version import VERSION
from gonogo.workflow.collecting import reply_line
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather

_CHUNK = 2**20


class SourceBytes(StrEnum):
    """Of which sources a bundle holds the bytes; of the others it holds their digests."""

    UNMARKED = "unmarked"
    """All but those that are marked PII or CUI."""
    ALL = "all"
    """All."""
    DIGESTS = "digests"
    """None."""


@dataclass(frozen=True, slots=True)
class DepositOrder:
    """What to deposit.

    Attributes:
        program: The program's folder, or its file.
        release: Id of the release; needed where the program has several.
        as_of: Moment at which the evidence is collected; now unless said.
        only: These bindings alone; all of the release unless said.
        sources: Of which sources the bytes are handed over.
    """

    program: Path
    release: str | None = None
    as_of: datetime | None = None
    only: Collection[str] | None = None
    sources: SourceBytes = SourceBytes.UNMARKED


def bundle_of(asked: DepositOrder, signer: Signer | None) -> tuple[bytes, list[str]]:
    """Collect, and return the bytes of the bundle and one sentence on each binding.

    Raises:
        GonogoError: Nothing can be collected, the bundle would be too large, or it cannot be signed.
    """
    order = Order(program=asked.program, release=asked.release, as_of=asked.as_of)
    loaded = load(order)
    now = asked.as_of or datetime.now(UTC)
    bindings = {binding.id: binding for binding in loaded.program.bindings}
    handed = tuple(_handed(binding, asked.sources) for binding in loaded.program.bindings)
    copy = replace(loaded, program=loaded.program.model_copy(update={"bindings": handed}))
    sources: dict[str, bytes] = {}

    def keep(sha256: str, descriptor: int) -> None:
        if sha256 not in sources:
            sources[sha256] = _whole(descriptor, MAX_BYTES - sum(map(len, sources.values())))

    replies = gather(order, copy, now, only=asked.only, keep=keep)
    if not replies:
        raise UsageError("The program has no binding of this release, so there is nothing to deposit.")
    manifest = Manifest(
        made_by=f"gonogo {VERSION}",
        program=loaded.program.identity.id,
        release=loaded.release.id,
        subjects=loaded.release.subjects,
        made=now,
        deposits=tuple(_deposit(reply, bindings[reply.binding], sources) for reply in replies),
    )
    signers = () if signer is None else (signer,)
    return pack_bundle(manifest, sources, *signers), [reply_line(reply) for reply in replies]


def _handed(binding: Binding, sources: SourceBytes) -> Binding:
    marked = binding.handling.marking in (Marking.PII, Marking.CUI)
    hands = sources is SourceBytes.ALL or (sources is SourceBytes.UNMARKED and not marked)
    return binding.model_copy(update={"keep": Keep.BYTES if hands else Keep.DIGEST})


def _deposit(reply: Reply, binding: Binding, sources: Collection[str]) -> Deposit:
    held = tuple(dict.fromkeys(entry.sha256 for entry in reply.inputs if entry.sha256 in sources))
    return Deposit(reply=reply, binding_sha256=binding_digest(binding), side=binding.side, sources=held)


def _whole(descriptor: int, most: int) -> bytes:
    parts, offset = [], 0
    while part := os.pread(descriptor, _CHUNK, offset):
        parts.append(part)
        offset += len(part)
        if offset > most:
            raise UsageError(
                f"the sources of this bundle have more than {MAX_BYTES // 2**20} MiB together",
                hint="deposit fewer bindings at a time (`--only`), or digests alone (`--sources digests`)",
            )
    return b"".join(parts)
