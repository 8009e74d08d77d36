"""Cosignatures of witnesses: when a checkpoint was seen, by whom, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.errors import DocumentError, UsageError
from gonogo.signing.cosignature import cosign, cosigned_by, cosigner_key
from gonogo.signing.note import Note, note_key, read_note, sign_note, signed_by

TEXT = "gate.example.gov/harborline\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
NAME = "witness.example.gov/customer"
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


@pytest.fixture
def note(gate, witness) -> Note:
    """A checkpoint that the gate signed and the witness cosigned at noon."""
    made = Note(text=TEXT, signatures=(sign_note(TEXT, "gate.example.gov/harborline", gate),))
    return made.with_signature(cosign(TEXT, NAME, witness, NOON))


def test_a_cosignature_says_who_saw_it_when(note, witness):
    """A note that was read back, too."""
    [seen] = cosigned_by(read_note(note.to_bytes()), [cosigner_key(NAME, witness.public)])

    assert (seen.key.name, seen.at) == (NAME, NOON)


def test_the_latest_of_a_key_counts(note, witness):
    """A witness that comes again adds a line."""
    later = note.with_signature(cosign(TEXT, NAME, witness, NOON + timedelta(days=1)))
    earlier = later.with_signature(cosign(TEXT, NAME, witness, NOON - timedelta(days=1)))
    [seen] = cosigned_by(earlier, [cosigner_key(NAME, witness.public)] * 2)

    assert seen.at == NOON + timedelta(days=1)


def test_time_is_told_in_whole_seconds(witness):
    """A part of a second is left out, so nothing seems seen later than it was."""
    line = cosign(TEXT, NAME, witness, NOON + timedelta(microseconds=999_999))

    assert int.from_bytes(line.sig[:8]) == NOON.timestamp()


def test_a_signature_of_the_text_is_no_cosignature(witness):
    """The key signed the text, and said nothing about when it saw it."""
    plain = Note(text=TEXT, signatures=(sign_note(TEXT, NAME, witness),))
    cosigned = Note(text=TEXT, signatures=(cosign(TEXT, NAME, witness, NOON),))

    assert cosigned_by(plain, [cosigner_key(NAME, witness.public)]) == ()
    assert signed_by(cosigned, [note_key(NAME, witness.public)]) == ()


@pytest.mark.parametrize("changed", ["text", "time", "short", "long", "late"])
def test_a_line_of_a_known_witness_that_does_not_fit_spoils_the_note(note, witness, changed):
    """Whose time or text was changed says nothing, and somebody changed it."""
    line = note.signatures[1]
    sig = {
        "text": line.sig,
        "time": (int(NOON.timestamp()) + 1).to_bytes(8) + line.sig[8:],
        "short": line.sig[:-1],
        "long": line.sig + b"\0",
        "late": (2**63).to_bytes(8) + line.sig[8:],
    }[changed]
    text = TEXT.replace("3", "4", 1) if changed == "text" else TEXT
    broken = Note(text=text, signatures=(line.model_copy(update={"sig": sig}),))

    with pytest.raises(DocumentError, match=f"the cosignature of {NAME} does not fit"):
        cosigned_by(broken, [cosigner_key(NAME, witness.public)])


def test_an_unknown_witness_is_passed_over(note, gate):
    """Its line may be anything."""
    from gonogo.signing.keys import Algorithm
    from gonogo.signing.private_key import new_private_key

    assert cosigned_by(note, [cosigner_key(NAME, new_private_key(Algorithm.ED25519).public)]) == ()


def test_a_key_on_p256_cosigns_in_an_envelope_instead(gate):
    """The specification has no such line, and another reader would pass it over in silence."""
    with pytest.raises(UsageError, match="this key is ecdsa-p256") as caught:
        cosign(TEXT, NAME, gate, NOON)

    assert "envelope" in caught.value.hint


def test_a_text_that_is_none_is_not_cosigned(witness):
    """As it is not signed."""
    with pytest.raises(DocumentError):
        cosign("", NAME, witness, NOON)
