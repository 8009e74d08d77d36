"""Reading a bundle: everything in it is named by what it says, and what it says is what was signed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from gonogo.bundle.manifest import MANIFEST, SIGNATURES, SOURCES, Manifest
from gonogo.bundle.packing import MAX_BYTES, statement_of
from gonogo.documents.files import open_regular
from gonogo.documents.zip_archive import ZipForm, read_zip
from gonogo.errors import ConfigurationError, DocumentError, Problem
from gonogo.model.canonical import digest_of_bytes, read_json
from gonogo.model.refusal import SourceRefusal
from gonogo.signing.envelope import Envelope, read_envelope
from gonogo.signing.statement import PAYLOAD_TYPE

_FORM: Final = ZipForm(
    noun="evidence bundle",
    max_members=5000,
    max_directory=2**20,
    max_total=MAX_BYTES,
    methods=(zipfile.ZIP_STORED,),
    again="; hand on the file that `gonogo collect -o` wrote, not one that was packed again",
)
_SOURCE: Final = re.compile(rf"{SOURCES}([0-9a-f]{{64}})")
_HINT: Final = "`gonogo collect PROGRAM -o FILE.zip` writes one; hand on that file as it is"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read.

    Attributes:
        name: The file, as a person gave it.
        sha256: Digest of its bytes.
        manifest: What it says.
        envelope: What was signed, when it is signed; whose keys they are is still to be checked.
        sources: Digest to bytes.
    """

    name: str
    sha256: str
    manifest: Manifest
    envelope: Envelope | None
    sources: dict[str, bytes] = field(repr=False)


def is_bundle(path: Path) -> bool:
    """Whether a file is a zip archive, by its first bytes; a file that cannot be read is not."""
    try:
        with open_regular(path) as stream:
            return stream.read(2) == b"PK"
    except (OSError, ValueError):
        return False


def read_bundle(path: Path) -> Bundle:
    """Read a bundle and check that it is whole.

    Raises:
        ConfigurationError: It cannot be read, is not a bundle, holds something that it does not name, a source that is
            not what it is called, or was changed after it was signed.
    """
    name = str(path)
    try:
        with open_regular(path) as stream:
            data = stream.read(MAX_BYTES + 2**20 + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _refused(name, f"the bundle cannot be read: {reason}") from error
    if len(data) > MAX_BYTES + 2**20:
        raise _refused(name, f"the bundle is larger than {MAX_BYTES // 2**20} MiB")
    try:
        files = read_zip(data, path.name, _FORM, lambda _: True)
        manifest = _manifest(files, path.name)
        envelope = _envelope(files, manifest, path.name)
    except (SourceRefusal, DocumentError) as error:
        raise _refused(name, str(getattr(error, "sentence", error))) from error
    sources = _sources(files, manifest, name)
    return Bundle(name, digest_of_bytes(data), manifest, envelope, sources)


def _manifest(files: dict[str, bytes], name: str) -> Manifest:
    if MANIFEST not in files:
        raise DocumentError(f"{name} has no {MANIFEST}, so it is not an evidence bundle")
    document = read_json(files[MANIFEST], what=f"{MANIFEST} of {name}")
    if isinstance(document, dict) and document.get("version") not in (None, 1):
        raise DocumentError(f"{name} is a bundle of a newer form than this gonogo reads; update gonogo")
    try:
        manifest = Manifest.from_document(document)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise DocumentError(f"{MANIFEST} of {name} does not have the form of a bundle, at `{place}`") from error
    if manifest.canonical() != files[MANIFEST]:
        raise DocumentError(f"{MANIFEST} of {name} was not written by gonogo, or was changed")
    bindings = [deposit.reply.binding for deposit in manifest.deposits]
    if len(set(bindings)) < len(bindings):
        raise DocumentError(f"{name} deposits evidence of one binding twice")
    return manifest


def _envelope(files: dict[str, bytes], manifest: Manifest, name: str) -> Envelope | None:
    if SIGNATURES not in files:
        return None
    envelope = read_envelope(files[SIGNATURES], payload_type=PAYLOAD_TYPE, what=f"{SIGNATURES} of {name}")
    if envelope.payload != statement_of(manifest).to_bytes():
        raise DocumentError(f"{name} was changed after it was signed: {MANIFEST} is not what {SIGNATURES} is about")
    return envelope


def _sources(files: dict[str, bytes], manifest: Manifest, name: str) -> dict[str, bytes]:
    found = {}
    for member, data in files.items():
        match = _SOURCE.fullmatch(member)
        if match is None:
            if member not in (MANIFEST, SIGNATURES):
                raise _refused(name, f"the bundle holds `{member[:80]}`, which does not belong in a bundle")
            continue
        if digest_of_bytes(data) != match[1]:
            raise _refused(name, f"the source {match[1][:12]}… is not what it is called: it was changed")
        found[match[1]] = data
    named = {sha256 for deposit in manifest.deposits for sha256 in deposit.sources}
    read = {entry.sha256 for deposit in manifest.deposits for entry in deposit.reply.inputs}
    if strange := sorted(found.keys() - named | named - read):
        raise _refused(name, f"the bundle holds the source {strange[0][:12]}…, which none of its bindings read")
    if lost := sorted(named - found.keys()):
        raise _refused(name, f"the source {lost[0][:12]}… is missing from the bundle")
    return found


def _refused(name: str, what: str) -> ConfigurationError:
    return ConfigurationError([Problem("G213", name, what, hint=_HINT)])
