"""Signed notes: what a note is, whose lines count, and which spoil it."""

import pytest

from gonogo.errors import DocumentError, UsageError
from gonogo.signing.base64_text import base64_of
from gonogo.signing.keys import Algorithm, PublicKey
from gonogo.signing.note import (
    MOST_BYTES,
    MOST_SIGNATURES,
    Note,
    NoteSignature,
    NoteType,
    note_key,
    read_note,
    sign_note,
    signed_by,
)
from gonogo.signing.private_key import new_private_key

TEXT = "gate.example.gov/harborline\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
NAME = "gate.example.gov/harborline"
# The example of the Go library in which notes began, which every implementation can check.
NEUMANN = "1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6"
PROBLEM = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def signed(*signers, name=NAME) -> Note:
    """The text, signed."""
    return Note(text=TEXT, signatures=tuple(sign_note(TEXT, name, signer) for signer in signers))


def keys(*signers, name=NAME):
    """The keys of signers as notes name them."""
    return [note_key(name, signer.public) for signer in signers]


def test_a_note_of_the_library_in_which_notes_began_is_accepted():
    """The one example that everybody checks: name, key id, text and signature."""
    spki = bytes.fromhex("302a300506032b6570032100") + bytes.fromhex(NEUMANN)
    key = note_key("PeterNeumann", PublicKey(algorithm=Algorithm.ED25519, spki=spki))

    assert key.verifier == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert signed_by(read_note(PROBLEM.encode()), [key]) == (key,)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_is_signed_is_read_and_counts(algorithm):
    """Both kinds of key sign notes."""
    key = new_private_key(algorithm)
    made = signed(key)
    read = read_note(made.to_bytes())

    assert read == made
    assert read.to_bytes() == made.to_bytes()
    assert signed_by(read, keys(key)) == tuple(keys(key))


def test_a_key_on_p256_is_named_by_its_der_bytes(gate):
    """As the specification says of ECDSA, and of nothing else."""
    [key] = keys(gate)

    assert key.type is NoteType.ECDSA
    assert key.keyid.hex() == gate.public.keyid[:8]


def test_lines_of_nobody_are_passed_over(gate, stranger, witness):
    """A witness that this reader does not know says nothing, and takes nothing away."""
    made = signed(stranger, gate, witness)

    assert signed_by(made, keys(gate)) == tuple(keys(gate))
    assert signed_by(made, []) == ()


def test_a_known_key_counts_once(gate):
    """Two lines of one key are one word."""
    assert len(signed_by(signed(gate, gate), keys(gate, gate))) == 1


@pytest.mark.parametrize("same", ["name", "id"])
def test_a_line_that_shares_half_a_name_with_a_known_key_is_nobody_s(gate, stranger, same):
    """Name and id together name a key."""
    [line], [other] = signed(gate).signatures, signed(stranger).signatures
    line = line.model_copy(update={"name": "other.example"} if same == "id" else {"keyid": other.keyid})

    assert signed_by(Note(text=TEXT, signatures=(line,)), keys(gate)) == ()


def test_a_line_of_a_known_key_that_does_not_fit_spoils_the_note(gate):
    """The text was changed under it, or the note put together of two."""
    good = signed(gate)
    for note in (
        good.model_copy(update={"text": TEXT.replace("3", "4", 1)}),
        good.with_signature(good.signatures[0].model_copy(update={"sig": b"no"})),
    ):
        with pytest.raises(DocumentError, match=r"the signature of gate\.example\.gov/harborline does not fit"):
            signed_by(note, keys(gate))


def test_a_signature_is_added_once(gate, witness):
    """A witness that is asked twice leaves one line."""
    more = sign_note(TEXT, "witness.example", witness)
    note = signed(gate).with_signature(more)

    assert note.with_signature(more) == note
    assert [each.name for each in note.signatures] == [NAME, "witness.example"]


def test_a_note_without_a_key_is_a_text_and_an_empty_line():
    """gonogo works unsigned; the file has the same form."""
    note = Note(text=TEXT)

    assert note.to_bytes() == f"{TEXT}\n".encode()
    assert read_note(note.to_bytes()) == note


def test_the_last_empty_line_parts_text_and_signatures(gate):
    """A text may have empty lines."""
    text = "one\n\ntwo\n"
    note = Note(text=text, signatures=(sign_note(text, NAME, gate),))

    assert read_note(note.to_bytes()) == note


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u0085b", "x" * 256, "é" * 128])
def test_a_name_that_could_be_read_in_two_ways_is_refused(gate, name):
    """Blanks end a name, and a plus parts it in the one-line form of a key."""
    with pytest.raises(UsageError, match="cannot be the name of a key"):
        note_key(name, gate.public)


@pytest.mark.parametrize("name", ["x", "x" * 255, "é" * 127, "gate.example.gov/harborline"])
def test_any_other_name_is_a_name(gate, name):
    """It is for telling keys apart, not an address that has to answer."""
    assert note_key(name, gate.public).name == name


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no empty line"),
        (TEXT.encode(), "no empty line"),
        (b"\n\n", "no text"),
        (b"a\xff\n\n", "not UTF-8"),
        (b"a\tb\n\n", "control character"),
        (b"a\r\n\n", "control character"),
        (f"{TEXT}\nx\n".encode(), "is not a signature: `x`"),
        (f"{TEXT}\n- a AAAAAAA=\n".encode(), "is not a signature"),
        (f"{TEXT}\n— a b AAAAAAA=\n".encode(), "is not a signature"),
        (f"{TEXT}\n— a+b AAAAAAA=\n".encode(), "is not a signature"),
        (f"{TEXT}\n— a AAAAAAA=".encode(), "is cut"),
        (f"{TEXT}\n— a AAAAAAB=\n".encode(), "not canonical base64"),
        (f"{TEXT}\n— a AAAAAA\n".encode(), "not canonical base64"),
        (f"{TEXT}\n— a {base64_of(bytes(4))}\n".encode(), "with 4 bytes"),
        (f"{TEXT}\n— a {base64_of(bytes(8193))}\n".encode(), "with 8193 bytes"),
        (b"x" * (MOST_BYTES + 1), "limit is 1000000"),
    ],
)
def test_what_is_no_note_is_refused(data, said):
    """By what it is."""
    with pytest.raises(DocumentError, match=said):
        read_note(data)


@pytest.mark.parametrize("size", [5, 8192])
def test_a_signature_may_have_any_size_up_to_its_limit(size):
    """Kinds of keys that do not exist yet are passed over, not refused."""
    assert len(read_note(f"{TEXT}\n— a {base64_of(bytes(size))}\n".encode()).signatures[0].sig) == size - 4


@pytest.mark.parametrize(("count", "fits"), [(16, True), (MOST_SIGNATURES, True), (MOST_SIGNATURES + 1, False)])
def test_the_number_of_signatures_has_a_limit(count, fits):
    """At least the sixteen that the specification asks of every reader."""
    lines = tuple(NoteSignature(name=f"w{number}", keyid=bytes(4), sig=b"x") for number in range(count))
    data = Note(text=TEXT, signatures=lines).to_bytes()

    if fits:
        assert len(read_note(data).signatures) == count
    else:
        with pytest.raises(DocumentError, match="the limit is 64"):
            read_note(data)


@pytest.mark.parametrize("text", ["", "\n", "no end", "a\tb\n"])
def test_a_text_that_is_none_is_not_signed(gate, text):
    """Nobody could read it back."""
    with pytest.raises(DocumentError):
        sign_note(text, NAME, gate)
