"""Writing a bundle: a plain zip archive, the same bytes for the same content, signed where there is a key."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from gonogo.bundle.manifest import MANIFEST, PREDICATE_TYPE, SIGNATURES, SOURCES, Manifest
from gonogo.errors import UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.signing.signer import Signer
from gonogo.signing.statement import Statement, StatementSubject, sign_statement

MAX_BYTES: Final = 256 * 2**20


def pack_bundle(manifest: Manifest, sources: Mapping[str, bytes], *signers: Signer) -> bytes:
    """Return the bytes of a bundle.

    Args:
        manifest: What it says.
        sources: Digest to bytes, for those whose bytes are handed over.
        signers: Keys that sign it; without one it is unsigned, and counts as supplied.

    Raises:
        UsageError: It would be larger than a gate reads.
        SigningFault: It cannot be signed.
    """
    described = manifest.canonical()
    if sum(map(len, sources.values())) + len(described) > MAX_BYTES:
        raise UsageError(
            f"the sources of this bundle have more than {MAX_BYTES // 2**20} MiB together",
            hint="deposit fewer bindings at a time (`--only`), or digests alone (`--sources digests`)",
        )
    files = {MANIFEST: described}
    if signers:
        files[SIGNATURES] = sign_statement(statement_of(manifest), *signers).to_bytes()
    files |= {f"{SOURCES}{sha256}": sources[sha256] for sha256 in sorted(sources)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def statement_of(manifest: Manifest) -> Statement:
    """Return what a signature over a bundle says: this manifest, and by it each source, is of this release."""
    subject = StatementSubject(name=MANIFEST, digests={"sha256": digest_of_bytes(manifest.canonical())})
    predicate = {
        "bindings": [deposit.reply.binding for deposit in manifest.deposits],
        "made": manifest.document()["made"],
        "program": manifest.program,
        "release": manifest.release,
        "subjects": manifest.subjects,
    }
    return Statement(subjects=(subject,), predicate_type=PREDICATE_TYPE, predicate=predicate)
