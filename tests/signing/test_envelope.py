"""DSSE envelopes: signed here and checked by the code of others, signed by others and checked here."""

import json
import shutil
import subprocess

import pytest
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer import CryptoSigner, SSlibKey

from gonogo.errors import DocumentError, SigningFault
from gonogo.signing.base64_text import base64_of
from gonogo.signing.envelope import (
    MOST_BYTES,
    MOST_SIGNATURES,
    Envelope,
    Signature,
    pae,
    read_envelope,
    sign_envelope,
    verified_by,
)
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key

TYPE = "application/vnd.in-toto+json"


def other_key(key) -> SSlibKey:
    """A key of ours as securesystemslib holds it, under our name for it."""
    return SSlibKey.from_crypto(key._key.public_key(), keyid=key.public.keyid)


def changed(envelope: Envelope, **parts) -> bytes:
    """Write an envelope with parts of its JSON changed."""
    return json.dumps(json.loads(envelope.to_bytes()) | parts).encode()


@pytest.fixture(scope="module")
def signed(gate):
    """An envelope of one signature."""
    return sign_envelope(TYPE, b'{"verdict":"GO"}', gate)


class TestWithTheCodeOfOthers:
    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_securesystemslib_accepts_what_is_signed_here(self, algorithm):
        """An inspector must not need gonogo to check gonogo."""
        key = new_private_key(algorithm)
        made = sign_envelope(TYPE, "GO – é".encode(), key)
        theirs = OtherEnvelope.from_dict(json.loads(made.to_bytes()))

        assert theirs.pae() == pae(made.payload_type, made.payload)
        assert theirs.verify([other_key(key)], 1) == {key.public.keyid: other_key(key)}

    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_what_securesystemslib_signs_is_accepted_here(self, algorithm):
        """Evidence may come from another tool's build."""
        key = new_private_key(algorithm)
        theirs = OtherEnvelope(b"{}", TYPE, {})
        theirs.sign(CryptoSigner(key._key, other_key(key)))
        read = read_envelope(json.dumps(theirs.to_dict()).encode(), payload_type=TYPE)

        assert read.payload == b"{}"
        assert verified_by(read, [key.public]) == (key.public,)

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
    def test_openssl_accepts_a_signature_over_the_stated_bytes(self, signed, gate, tmp_path):
        """A page of instructions with `openssl` alone is what an inspector general has in ten years."""
        (tmp_path / "message").write_bytes(pae(signed.payload_type, signed.payload))
        (tmp_path / "key.pem").write_bytes(gate.public.pem)
        (tmp_path / "signature").write_bytes(signed.signatures[0].sig)
        command = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "message"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stdout) == (0, "Verified OK\n")

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
    def test_what_openssl_signs_is_accepted_here(self, gate, tmp_path, written):
        """A signing command may be no more than this."""
        written(gate.pem())
        done = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", "gate.pem"],
            cwd=tmp_path,
            input=pae(TYPE, b"{}"),
            capture_output=True,
            check=True,
        )
        made = Envelope(payload_type=TYPE, payload=b"{}", signatures=(Signature(keyid="", sig=done.stdout),))

        assert verified_by(read_envelope(made.to_bytes()), [gate.public]) == (gate.public,)

    def test_an_envelope_in_the_url_safe_alphabet_is_read(self, gate):
        """Another writer may choose it; it is the same signature."""
        made = sign_envelope(TYPE, bytes(range(256)), gate)
        safe = made.to_bytes().replace(TYPE.encode(), b"@").replace(b"+", b"-").replace(b"/", b"_")

        read = read_envelope(safe.replace(b"@", TYPE.encode()))

        assert read == made
        assert verified_by(read, [gate.public]) == (gate.public,)

    def test_the_encoding_is_the_example_of_the_specification(self):
        """The one vector that DSSE 1.0 prints."""
        assert pae("http://example.com/HelloWorld", b"hello world") == (
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        )


class TestWhoSigned:
    def test_every_signer_counts_once_in_the_order_asked_for(self, gate, witness, stranger):
        """Two keys are two, the third did not sign."""
        made = sign_envelope(TYPE, b"{}", witness, gate)

        assert verified_by(made, [gate.public, stranger.public, witness.public]) == (gate.public, witness.public)

    def test_two_signatures_by_one_key_count_once(self, gate):
        """ECDSA makes another signature each time: two of them are still one person's word."""
        made = sign_envelope(TYPE, b"{}", gate, gate)

        assert made.signatures[0] != made.signatures[1]
        assert verified_by(made, [gate.public, gate.public]) == (gate.public,)

    def test_a_key_that_is_not_asked_about_does_not_count(self, signed, stranger):
        """Nor does anything fail because of it."""
        assert verified_by(signed, [stranger.public]) == ()
        assert verified_by(signed, []) == ()

    def test_an_id_of_another_key_gains_nothing(self, gate, stranger):
        """A stranger's signature under the gate's name is nobody's."""
        sig = stranger.sign(pae(TYPE, b"{}"))
        made = Envelope(payload_type=TYPE, payload=b"{}", signatures=(Signature(keyid=gate.public.keyid, sig=sig),))

        assert verified_by(made, [gate.public, stranger.public]) == ()

    @pytest.mark.parametrize("keyid", ["", "production"])
    def test_an_id_that_says_nothing_loses_nothing(self, gate, stranger, keyid):
        """Other tools name keys otherwise; the signature decides."""
        sig = gate.sign(pae(TYPE, b"{}"))
        made = Envelope(payload_type=TYPE, payload=b"{}", signatures=(Signature(keyid=keyid, sig=sig),))

        assert verified_by(made, [stranger.public, gate.public]) == (gate.public,)

    def test_a_bad_signature_beside_a_good_one_takes_nothing_away(self, signed, gate):
        """Anybody can add a line; it must neither count nor stop."""
        bad = Signature(keyid=gate.public.keyid, sig=b"no")
        both = signed.model_copy(update={"signatures": (bad, *signed.signatures)})

        assert verified_by(both, [gate.public]) == (gate.public,)

    @pytest.mark.parametrize(
        "parts", [{"payload": base64_of(b'{"verdict":"NO-GO"}')}, {"payloadType": "text/plain"}, {"payload": ""}]
    )
    def test_another_payload_or_type_is_signed_by_nobody(self, signed, gate, parts):
        """Both are in what was signed."""
        assert verified_by(read_envelope(changed(signed, **parts)), [gate.public]) == ()

    def test_a_length_cannot_be_moved_from_the_type_to_the_payload(self, gate):
        """The signed bytes say where one ends."""
        made = sign_envelope("a", b"b c", gate)
        moved = made.model_copy(update={"payload_type": "a 3 b", "payload": b"c"})

        assert verified_by(moved, [gate.public]) == ()


class TestSigning:
    def test_no_key_is_no_envelope(self):
        """An unsigned envelope looks like a signed one."""
        with pytest.raises(SigningFault, match="no key"):
            sign_envelope(TYPE, b"{}")

    def test_a_signer_that_signs_something_else_is_not_believed(self, gate, stranger):
        """What leaves this machine is checked on this machine."""

        class Wrong:
            public = gate.public

            def sign(self, message):
                return stranger.sign(message)

        with pytest.raises(SigningFault, match="does not accept"):
            sign_envelope(TYPE, b"{}", Wrong())


class TestReading:
    def test_what_is_written_is_read(self, signed):
        """Byte for byte."""
        read = read_envelope(signed.to_bytes(), payload_type=TYPE)

        assert read == signed
        assert read.to_bytes() == signed.to_bytes()

    @pytest.mark.parametrize("parts", [{"signatures": []}, {"signatures": None}, {"signatures": {}}])
    def test_stripped_signatures_are_said_so(self, signed, parts):
        """It was signed once, or it never was: in both cases nothing is known."""
        with pytest.raises(DocumentError, match="has no signature"):
            read_envelope(changed(signed, **parts))

    def test_another_type_than_asked_for_is_refused(self, signed):
        """A signed note about something else must not pass as a decision."""
        with pytest.raises(DocumentError, match=r"holds `application/vnd\.in-toto\+json`, not `text/plain`"):
            read_envelope(signed.to_bytes(), payload_type="text/plain", what="decision.json")

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"note": 1}, "key `note`"),
            ({"payload": 3}, "`payload` is not text"),
            ({"payload": "Zg"}, "`payload` is not canonical base64"),
            ({"payload": "Zh=="}, "`payload` is not canonical base64"),
            ({"payload": "Zm9v\n"}, "`payload` is not canonical base64"),
            ({"payloadType": ""}, "`payloadType` is not a short text"),
            ({"payloadType": 1}, "`payloadType` is not a short text"),
            ({"payloadType": "é"}, "`payloadType` is not a short text"),
            ({"payloadType": "x" * 257}, "`payloadType` is not a short text"),
            ({"signatures": ["x"]}, "not a JSON object"),
            ({"signatures": [{"keyid": "a"}]}, ": a signature has no `sig`"),
            ({"signatures": [{"keyid": 1, "sig": "Zg=="}]}, "`keyid`"),
            ({"signatures": [{"keyid": "x" * 1025, "sig": "Zg=="}]}, "`keyid`"),
            (
                {"signatures": [{"keyid": "a", "sig": "Zg==", "cert": ""}]},
                ": a signature has the key `cert`, and gonogo knows",
            ),
            ({"signatures": [{"keyid": "a", "sig": ""}]}, "a signature has 0 bytes"),
            ({"signatures": [{"keyid": "a", "sig": base64_of(bytes(4097))}]}, "a signature has 4097 bytes"),
            ({"signatures": [{"keyid": "a", "sig": "Zg"}]}, "`sig` is not canonical base64"),
        ],
    )
    def test_what_is_malformed_is_refused_by_its_key(self, signed, parts, said):
        """The sentence names the document and what is wrong with it."""
        with pytest.raises(DocumentError, match=said) as caught:
            read_envelope(changed(signed, **parts), what="decision.json")

        assert str(caught.value).count("decision.json") == 1

    def test_a_signature_without_an_id_is_read(self, signed):
        """The specification makes the id optional."""
        [one] = json.loads(signed.to_bytes())["signatures"]

        assert read_envelope(changed(signed, signatures=[{"sig": one["sig"]}])).signatures[0].keyid == ""

    @pytest.mark.parametrize("missing", ["payload", "payloadType", "signatures"])
    def test_each_part_is_needed(self, signed, missing):
        """By its name."""
        told = json.loads(signed.to_bytes())
        del told[missing]

        with pytest.raises(DocumentError, match=f"has no `{missing}`"):
            read_envelope(json.dumps(told).encode())

    def test_a_key_that_stands_twice_is_refused(self, signed):
        """One reader takes the first, another the last: signed would be one payload, shown the other."""
        text = signed.to_bytes().replace(b'{"payload":', b'{"payload":"Zm9v","payload":')

        with pytest.raises(DocumentError, match="'payload' twice"):
            read_envelope(text)

    @pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{", b"\xff"])
    def test_what_is_no_json_object_is_refused(self, text):
        """Cut in transfer, or another file."""
        with pytest.raises(DocumentError):
            read_envelope(text)

    @pytest.mark.parametrize(
        ("count", "fits"), [(MOST_SIGNATURES - 1, True), (MOST_SIGNATURES, True), (MOST_SIGNATURES + 1, False)]
    )
    def test_the_number_of_signatures_has_a_limit(self, signed, count, fits):
        """Each costs a check."""
        text = changed(signed, signatures=[{"keyid": str(number), "sig": "Zg=="} for number in range(count)])

        if fits:
            assert len(read_envelope(text).signatures) == count
        else:
            with pytest.raises(DocumentError, match=f"{count} signatures; the limit is {MOST_SIGNATURES}"):
                read_envelope(text)

    def test_a_huge_document_is_refused_before_it_is_read(self):
        """A deploy job has little memory."""
        with pytest.raises(DocumentError, match="the limit is 8388608"):
            read_envelope(b" " * (MOST_BYTES + 1))
