"""Public keys: what is one, what its name is, and which signatures it accepts."""

import hashlib
import sys

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from gonogo.errors import SigningFault, UnusableKey, UsageError
from gonogo.signing import keys
from gonogo.signing.keys import Algorithm, PublicKey, public_key
from gonogo.signing.library import signing_library
from gonogo.signing.private_key import new_private_key

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRIME = 2**255 - 19
BOTH = list(Algorithm)


def pem_of(public) -> bytes:
    """Write a key of the library as a PEM file holds it."""
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


class TestReading:
    @pytest.mark.parametrize("algorithm", BOTH)
    def test_a_key_is_named_by_the_digest_of_its_der_bytes(self, algorithm):
        """`openssl pkey -pubin -outform DER | sha256sum` gives the same name, so anybody can compare it."""
        made = new_private_key(algorithm).public
        der = serialization.load_pem_public_key(made.pem).public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

        assert made.keyid == hashlib.sha256(der).hexdigest()
        assert public_key(made.pem) == made
        assert PublicKey.from_document(made.document()) == made

    def test_one_key_has_one_name_however_its_point_is_written(self, gate):
        """A compressed point would else be a second key of the same holder, and count twice."""
        key = serialization.load_pem_public_key(gate.public.pem)
        point = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
        head = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
        compressed = serialization.load_der_public_key(head + point)

        assert keys.public_half(compressed) == gate.public

    @pytest.mark.parametrize("algorithm", BOTH)
    def test_the_raw_key_is_what_the_standards_name(self, algorithm):
        """Notes name an Ed25519 key by its 32 bytes."""
        made = new_private_key(algorithm).public
        loaded = serialization.load_pem_public_key(made.pem)
        raw = (
            loaded.public_bytes_raw()
            if algorithm is Algorithm.ED25519
            else loaded.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        )

        assert made.raw == raw

    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda: ec.generate_private_key(ec.SECP384R1()), "curve secp384r1"),
            (lambda: ec.generate_private_key(ec.SECP256K1()), "curve secp256k1"),
            (lambda: rsa.generate_private_key(65537, 2048), "kind RSA"),
            (ed448.Ed448PrivateKey.generate, "kind Ed448"),
        ],
    )
    def test_a_key_of_another_kind_is_refused_by_its_name(self, make, said):
        """A person who brings one learns which it is and which to bring instead."""
        with pytest.raises(UnusableKey, match=said) as caught:
            public_key(pem_of(make().public_key()))

        assert "P-256" in str(caught.value)

    def test_a_private_key_is_refused_and_never_quoted(self, gate):
        """It is pasted by mistake sooner or later, and a message lands in the log of a pipeline."""
        with pytest.raises(UnusableKey, match="this is a private key") as caught:
            public_key(gate.pem())

        assert gate.pem().splitlines()[1].decode() not in str(caught.value)
        assert "new key" in caught.value.hint

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (b"", "not a public key"),
            (b"gate", "not a public key"),
            (b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", "certificate"),
            (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI gate", "OpenSSH"),
            (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "damaged"),
            (b"x" * 16_385, "limit is 16384"),
        ],
    )
    def test_what_is_no_key_is_named_for_what_it_is(self, text, said):
        """Each has its own next step."""
        with pytest.raises(UnusableKey, match=said):
            public_key(text)

    def test_two_keys_in_one_file_are_refused(self, gate, witness):
        """Nobody could tell which of them is trusted."""
        with pytest.raises(UnusableKey, match="more than one key"):
            public_key(gate.public.pem + witness.public.pem)

    @pytest.mark.parametrize("sign", [0, 0x80])
    @pytest.mark.parametrize("y", [0, 1, PRIME - 1, PRIME, PRIME + 1, PRIME + 18])
    def test_an_ed25519_key_that_is_none_is_refused(self, y, sign):
        """Under a point of small order one signature fits every message; above the prime one key has two names."""
        raw = bytearray(y.to_bytes(32, "little"))
        raw[31] |= sign
        spki = bytes.fromhex("302a300506032b6570032100") + bytes(raw)

        with pytest.raises(UnusableKey, match="anybody"):
            keys.public_half(serialization.load_der_public_key(spki))


class TestChecking:
    @pytest.mark.parametrize("algorithm", BOTH)
    def test_a_signature_fits_one_key_and_one_message(self, algorithm):
        """Anything else would be somebody else's word."""
        key, other = new_private_key(algorithm), new_private_key(algorithm)
        signature = key.sign(b"go")

        assert key.public.verify(signature, b"go")
        assert not key.public.verify(signature, b"go ")
        assert not other.public.verify(signature, b"go")

    @pytest.mark.parametrize("algorithm", BOTH)
    @pytest.mark.parametrize("broken", [b"", b"\0", b"\0" * 64, b"0" * 200])
    def test_what_is_no_signature_fits_nothing(self, algorithm, broken):
        """It is a no, not a crash."""
        assert not new_private_key(algorithm).public.verify(broken, b"go")

    def test_every_bit_of_a_signature_counts(self, witness):
        """One flipped bit anywhere is not a signature."""
        signature = witness.sign(b"go")

        for bit in range(len(signature) * 8):
            changed = bytearray(signature)
            changed[bit // 8] ^= 1 << bit % 8
            assert not witness.public.verify(bytes(changed), b"go")

    def test_both_forms_of_s_are_accepted(self, gate):
        """Cards and services make either; a twin of a signature gains nobody anything, since a key counts once."""
        signature = gate.sign(b"go")
        r, s = decode_dss_signature(signature)
        twin = encode_dss_signature(r, ORDER - s)

        assert twin != signature
        assert gate.public.verify(twin, b"go")

    def test_bytes_after_the_signature_are_refused(self, gate):
        """Else one signature could be written in many ways."""
        assert not gate.public.verify(gate.sign(b"go") + b"\0", b"go")

    def test_an_ed25519_signature_says_nothing_for_a_p256_key(self, gate, witness):
        """The key decides how it is checked, never the signature."""
        assert not gate.public.verify(witness.sign(b"go"), b"go")
        assert not witness.public.verify(gate.sign(b"go"), b"go")


class TestTheLibrary:
    def test_where_it_is_missing_the_sentence_says_how_to_get_it(self, monkeypatch, gate):
        """gonogo works without it; a person who wants signatures installs one extra."""
        monkeypatch.setitem(sys.modules, "cryptography", None)
        monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)

        with pytest.raises(UsageError, match="not installed") as caught:
            gate.public.verify(b"", b"")

        assert "gonogo[sign]" in caught.value.hint

    def test_a_host_that_refuses_an_algorithm_is_said_so(self):
        """In FIPS mode nobody knows whether an Ed25519 signature is good; "it does not fit" would be untrue."""
        from cryptography.exceptions import UnsupportedAlgorithm

        with (
            pytest.raises(SigningFault, match="host refuses") as caught,
            signing_library("a signature cannot be checked"),
        ):
            raise UnsupportedAlgorithm("ed25519 is not supported by this version of OpenSSL.")

        assert "P-256" in caught.value.hint
        assert caught.value.exit_code == 4
