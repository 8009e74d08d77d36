"""C2SP signed notes: a short text that a person can read, and the signatures below it (c2sp.org/signed-note).

Another organization can check and cosign a note with tools of its own. A line of an unknown key says nothing
and is skipped; a line of a known key that does not fit its text makes the note invalid.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from gonogo.errors import DocumentError, UsageError
from gonogo.model.base import Frozen
from gonogo.signing.base64_text import base64_of, read_base64
from gonogo.signing.keys import Algorithm, PublicKey

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

MOST_BYTES: Final = 1_000_000
MOST_SIGNATURES: Final = 64
_NAME: Final = re.compile(r"[^\s+]{1,255}")
_LINE: Final = re.compile("— ([^ ]+) ([A-Za-z0-9+/=]+)")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")


class NoteType(IntEnum):
    """What a signature line is, as the specification numbers it."""

    ED25519 = 1
    """Ed25519 over the text."""
    ECDSA = 2
    """ECDSA over the SHA-256 of the text."""
    COSIGNATURE = 4
    """A witness's Ed25519 over a time and the text."""


class NoteSignature(Frozen):
    """One line below a note.

    Attributes:
        name: What the signer calls its key: a URL without its scheme, such as ``gate.example.gov/harborline``.
        keyid: Four bytes that tell keys of one name apart.
        sig: The signature's bytes.
    """

    name: str
    keyid: bytes
    sig: bytes

    @property
    def line(self) -> str:
        """The line without its end."""
        return f"— {self.name} {base64_of(self.keyid + self.sig)}"


class Note(Frozen):
    """A text and its signatures.

    Attributes:
        text: Lines, the last with its end.
        signatures: None where the note is not signed.
    """

    text: str
    signatures: tuple[NoteSignature, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the note as its file holds it: the text, an empty line, a line for each signature."""
        return "".join([self.text, "\n", *(f"{each.line}\n" for each in self.signatures)]).encode()

    def with_signature(self, signature: NoteSignature) -> Note:
        """Return the note with one more line; one that is there already is not added."""
        return Note(text=self.text, signatures=tuple(dict.fromkeys([*self.signatures, signature])))


class NoteKey(Frozen):
    """A key under the name that it has in notes.

    Attributes:
        name: The name.
        public: The key.
        type: What its lines are.
    """

    name: str
    public: PublicKey
    type: NoteType

    @property
    def keyid(self) -> bytes:
        """The four bytes that its lines begin with."""
        if self.type is NoteType.ECDSA:
            return hashlib.sha256(self.public.spki).digest()[:4]
        head = self.name.encode() + b"\n" + bytes([self.type])
        return hashlib.sha256(head + self.public.raw).digest()[:4]

    @property
    def verifier(self) -> str:
        """The key as one line that other tools read: name, key id, type and key."""
        key = self.public.spki if self.type is NoteType.ECDSA else self.public.raw
        return f"{self.name}+{self.keyid.hex()}+{base64_of(bytes([self.type]) + key)}"


def note_key(name: str, public: PublicKey) -> NoteKey:
    """Return the key that signs notes under a name.

    Raises:
        UsageError: The name is empty, too long, or has a blank or a plus sign.
    """
    if not _NAME.fullmatch(name) or _CONTROL.search(name) or len(name.encode()) > 255:
        what = f"`{name[:80]}` cannot be the name of a key in a note"
        raise UsageError(
            what, hint="an address without its scheme and without blanks, such as gate.example.gov/payroll"
        )
    ed25519 = public.algorithm is Algorithm.ED25519
    return NoteKey(name=name, public=public, type=NoteType.ED25519 if ed25519 else NoteType.ECDSA)


def sign_note(text: str, name: str, signer: Signer) -> NoteSignature:
    """Sign a text under a name.

    Raises:
        UsageError: The name cannot be used.
        DocumentError: A note cannot have this text.
        SigningFault: It cannot be signed.
    """
    key = note_key(name, signer.public)
    return NoteSignature(name=name, keyid=key.keyid, sig=signer.sign(checked_text(text).encode()))


def signed_by(note: Note, keys: Iterable[NoteKey]) -> tuple[NoteKey, ...]:
    """Return which of these keys signed the text, each once, in their order. Cosignatures have a reader of their own.

    Raises:
        DocumentError: A line of one of these keys does not fit the text: the note was changed, or put together.
        SigningFault: This host refuses the algorithm of a key, so that nobody knows.
    """
    found = []
    for key in dict.fromkeys(keys):
        lines = lines_of(note, key)
        if not all(key.public.verify(each.sig, note.text.encode()) for each in lines):
            raise DocumentError(f"the signature of {key.name} does not fit the text of the note")
        if lines:
            found.append(key)
    return tuple(found)


def lines_of(note: Note, key: NoteKey) -> list[NoteSignature]:
    """Return the lines that say they are of a key."""
    return [each for each in note.signatures if (each.name, each.keyid) == (key.name, key.keyid)]


def read_note(data: bytes, *, what: str = "this note") -> Note:
    """Read a note; its signatures are still to be checked.

    Raises:
        DocumentError: It is not UTF-8, too large, has control characters, no text, no empty line before the
            signatures, or a line below it that is not a signature.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError(f"{what} has {len(data)} bytes; the limit is {MOST_BYTES}")
    try:
        whole = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{what} is not UTF-8 at byte {error.start}") from error
    head, blank, below = whole.rpartition("\n\n")
    if not blank:
        hint = "a signed note is a text, an empty line, and a line for each signature"
        raise DocumentError(f"{what} has no empty line between its text and its signatures", hint=hint)
    lines = below.removesuffix("\n").split("\n") if below else []
    if below and not below.endswith("\n"):
        raise DocumentError(f"{what} is cut off: its last line does not end")
    if len(lines) > MOST_SIGNATURES:
        raise DocumentError(f"{what} has {len(lines)} signatures; the limit is {MOST_SIGNATURES}")
    return Note(text=checked_text(f"{head}\n", what), signatures=tuple(_signature(line, what) for line in lines))


def checked_text(text: str, what: str = "this note") -> str:
    """Return a text that a note may have.

    Raises:
        DocumentError: It is empty, its last line does not end, or it has control characters.
    """
    if not text.strip("\n") or not text.endswith("\n"):
        raise DocumentError(f"{what} has no text, or a last line without its end")
    if _CONTROL.search(text):
        raise DocumentError(f"{what} has a control character in its text")
    return text


def _signature(line: str, what: str) -> NoteSignature:
    match = _LINE.fullmatch(line)
    if match is None or not _NAME.fullmatch(match[1]):
        raise DocumentError(f"{what} has a line below its text that is not a signature: `{line[:80]}`")
    try:
        data = read_base64(match[2])
    except ValueError as error:
        raise DocumentError(f"{what} has a signature of {match[1][:80]} that is not canonical base64") from error
    if not 4 < len(data) <= 8192:
        raise DocumentError(f"{what} has a signature of {match[1][:80]} with {len(data)} bytes")
    return NoteSignature(name=match[1], keyid=data[:4], sig=data[4:])
