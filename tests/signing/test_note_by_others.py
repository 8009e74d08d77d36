"""Notes and cosignatures with aics-tlog, a reader of its own; it needs Python 3.12 (see conftest.py)."""

from datetime import UTC, datetime

import pytest
from aics_tlog import cosign as other_cosign
from aics_tlog import note as other
from aics_tlog.checkpoint import parse_checkpoint

from gonogo.signing.checkpoint_text import TreeHead
from gonogo.signing.cosignature import cosign, cosigned_by, cosigner_key
from gonogo.signing.note import Note, note_key, read_note, sign_note, signed_by

HEAD = TreeHead(origin="gate.example.gov/harborline", size=3, root="ab" * 32)
NAME = HEAD.origin
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


@pytest.fixture
def ours(witness) -> Note:
    """A checkpoint, signed and cosigned here with an Ed25519 key."""
    lines = (sign_note(HEAD.text, NAME, witness), cosign(HEAD.text, NAME, witness, NOON))
    return Note(text=HEAD.text, signatures=lines)


def test_a_key_has_one_line_in_both(witness):
    """It is what two organizations exchange."""
    key = note_key(NAME, witness.public)
    read = other.parse_vkey(key.verifier)

    assert (read.name, read.key_id, read.public_key) == (NAME, key.keyid, witness.public.raw)
    assert other_cosign.cosignature_key_id(NAME, witness.public.raw) == cosigner_key(NAME, witness.public).keyid


def test_what_is_signed_here_is_accepted_there(ours, witness):
    """The note, the checkpoint in it, and the cosignature."""
    theirs = other.parse_note(ours.to_bytes())
    head = parse_checkpoint(theirs.text)
    signature, cosignature = theirs.signatures

    assert other.verify_note_signature(theirs, signature, other.parse_vkey(note_key(NAME, witness.public).verifier))
    assert (head.origin, head.size, head.root.hex()) == (HEAD.origin, HEAD.size, HEAD.root)
    assert other_cosign.verify_cosignature(
        cosignature.signature, NAME, witness.public.raw, head.origin, head.size, head.root
    )
    assert other_cosign.cosignature_timestamp(cosignature.signature) == NOON.timestamp()


def test_what_is_signed_there_is_accepted_here(witness):
    """A witness may use its own tool."""
    root, second = bytes.fromhex(HEAD.root), int(NOON.timestamp())
    signature = other.sign_note(HEAD.text, witness._key, NAME)
    _, cosignature = other_cosign.sign_cosignature(witness._key, NAME, second, HEAD.origin, HEAD.size, root)
    read = read_note(other.Note(HEAD.text, (signature, cosignature)).to_bytes())

    assert signed_by(read, [note_key(NAME, witness.public)])
    assert [each.at for each in cosigned_by(read, [cosigner_key(NAME, witness.public)])] == [NOON]
