"""in-toto statements, version 1: what is said (predicate) about what (subjects, each by digest)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import Field

from gonogo.errors import DocumentError
from gonogo.model.base import Frozen
from gonogo.model.canonical import canonical_bytes, read_json
from gonogo.signing.envelope import MOST_BYTES, Envelope, sign_envelope

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
MOST_SUBJECTS: Final = 10_000
_LENGTHS: Final = {"sha1": (40,), "sha256": (64,), "sha384": (96,), "sha512": (128,), "gitCommit": (40, 64)}
_ALGORITHM: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}", re.ASCII)
_VERSION: Final = re.compile(re.escape(STATEMENT_TYPE[:-1]) + r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{1,256}", re.ASCII)


class StatementSubject(Frozen):
    """One thing that a statement is about.

    Attributes:
        name: What people call it; unique in the statement. None where it has no name.
        uri: Where it may be found; None where nothing says so.
        digests: Algorithm to digest in lower-case hexadecimal: ``sha256``, ``gitCommit``. Never empty.
    """

    name: str | None = None
    uri: str | None = None
    digests: dict[str, str] = Field(min_length=1)


class Statement(Frozen):
    """What is said about which subjects.

    Attributes:
        subjects: At least one.
        predicate_type: Names the form of the predicate, a URI.
        predicate: What is said, ready for JSON. Decimals and instants are text.
    """

    subjects: tuple[StatementSubject, ...] = Field(min_length=1)
    predicate_type: str
    predicate: dict[str, Any]

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the statement: what is signed as the payload."""
        document = {
            "_type": STATEMENT_TYPE,
            "predicate": self.predicate,
            "predicateType": self.predicate_type,
            "subject": [_written(each) for each in self.subjects],
        }
        return canonical_bytes(document)


def sign_statement(statement: Statement, *signers: Signer) -> Envelope:
    """Sign a statement in an envelope.

    Raises:
        SigningFault: A signature cannot be made.
    """
    return sign_envelope(PAYLOAD_TYPE, statement.to_bytes(), *signers)


def read_statement(payload: bytes, *, predicate_type: str = "", what: str = "this statement") -> Statement:
    """Read the payload of an envelope whose signature was checked.

    Args:
        payload: The bytes.
        predicate_type: The type that the predicate must have; any where empty.
        what: Names the document in sentences.

    Raises:
        DocumentError: It is not a statement of version 1, or has a type other than the one asked for.
    """
    if len(payload) > MOST_BYTES:
        raise DocumentError(f"{what} has {len(payload)} bytes; the limit is {MOST_BYTES}")
    found = read_json(payload, what=what)
    if not isinstance(found, dict):
        raise DocumentError(f"{what} is not a JSON object")
    kind = found.get("_type")
    if kind != STATEMENT_TYPE:
        raise _other_version(kind, what)
    known = {"_type", "subject", "predicateType", "predicate"}
    if missing := sorted(known - found.keys()):
        raise DocumentError(f"{what} has no `{missing[0]}`")
    if strange := sorted(found.keys() - known):
        raise DocumentError(f"{what} has the key `{strange[0][:80]}`, which is not known here")
    kind = found["predicateType"]
    if not isinstance(kind, str) or not 0 < len(kind) <= 256:
        raise DocumentError(f"{what}: `predicateType` is not a short text")
    if predicate_type and kind != predicate_type:
        raise DocumentError(f"{what} is of the type `{kind[:120]}`, not `{predicate_type}`")
    if not isinstance(found["predicate"], dict):
        raise DocumentError(f"{what}: `predicate` is not a JSON object")
    return Statement(subjects=_subjects(found["subject"], what), predicate_type=kind, predicate=found["predicate"])


def _other_version(kind: Any, what: str) -> DocumentError:
    version = _VERSION.fullmatch(kind) if isinstance(kind, str) else None
    if version is None:
        return DocumentError(f"{what} is not an in-toto statement of version 1")
    older = version[1].startswith("0.")
    hint = "ask for it in version 1: the tool that wrote it may have a newer release" if older else ""
    return DocumentError(
        f"{what} is an in-toto statement of version {version[1]}; gonogo reads version 1",
        hint=hint or "a newer gonogo may read it",
    )


def _written(subject: StatementSubject) -> dict[str, Any]:
    names = {"name": subject.name, "uri": subject.uri}
    return {key: text for key, text in names.items() if text is not None} | {"digest": subject.digests}


def _subjects(listed: Any, what: str) -> tuple[StatementSubject, ...]:
    if not isinstance(listed, list) or not listed:
        raise DocumentError(f"{what} names no subject")
    if len(listed) > MOST_SUBJECTS:
        raise DocumentError(f"{what} names {len(listed)} subjects; the limit is {MOST_SUBJECTS}")
    subjects = tuple(_subject(entry, what) for entry in listed)
    names = [subject.name for subject in subjects if subject.name is not None]
    if len(set(names)) < len(names):
        raise DocumentError(f"{what} names one subject twice")
    return subjects


def _subject(entry: Any, what: str) -> StatementSubject:
    if not isinstance(entry, dict) or entry.keys() - {"name", "uri", "digest"}:
        raise DocumentError(f"{what}: a subject is not a name, a uri and digests")
    words = [entry.get("name"), entry.get("uri")]
    if not all(word is None or (isinstance(word, str) and 0 < len(word) <= 2000) for word in words):
        raise DocumentError(f"{what}: a subject's name or uri is not a short text")
    digest = entry.get("digest")
    if not isinstance(digest, dict) or not digest:
        raise DocumentError(f"{what}: a subject has no digest")
    for algorithm, value in digest.items():
        fits = isinstance(value, str) and _ALGORITHM.fullmatch(algorithm) and _HEX.fullmatch(value)
        if not fits or len(value) not in _LENGTHS.get(algorithm, (len(value),)):
            raise DocumentError(f"{what}: a subject's digest `{algorithm[:40]}` is not in lower-case hexadecimal")
    return StatementSubject(name=words[0], uri=words[1], digests=digest)
