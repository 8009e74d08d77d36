"""Keys as other tools write them: each is called what it is, and the command beside it writes the form that is read."""

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from gonogo.errors import ConfigurationError, UnusableKey
from gonogo.signing.key_forms import is_key_text
from gonogo.signing.keys import public_half, public_key
from gonogo.signing.private_key import file_signer
from gonogo.signing.trust_file import read_trust

P256 = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
ED25519 = ed25519.Ed25519PrivateKey.generate()
RSA = rsa.generate_private_key(65537, 2048)
TOOLS = all(shutil.which(tool) for tool in ("openssl", "ssh-keygen"))


def ssh_line(key) -> bytes:
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH) + b" maria@gate\n"


def ssh_private(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def der(key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


PUBLIC = {
    "OpenSSH, Ed25519": (ssh_line(ED25519), "a public key of OpenSSH (`ssh-ed25519`), not PEM", "openssl pkey"),
    "OpenSSH, P-256": (ssh_line(P256), "a public key of OpenSSH (`ecdsa-sha2-nistp256`), not PEM", "ssh-keygen -e"),
    "OpenSSH, P-384": (ssh_line(P384), "of the kind `ecdsa-sha2-nistp384`; gonogo uses", "gonogo key new"),
    "OpenSSH, RSA": (ssh_line(RSA), "of the kind `ssh-rsa`; gonogo uses", "gonogo key new"),
    "OpenSSH, security key": (
        *(b"sk-ssh-ed25519@openssh.com AAAAGnNr x", "of the kind `sk-ssh-ed25519@openssh.com`; gonogo"),
        "gonogo key new",
    ),
    "PKCS #1": (
        *(RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1), "this is an RSA key (PKCS #1)"),
        "gonogo key new",
    ),
    "DER, P-256": (der(P256), "a public key in DER, not PEM", "-inform DER"),
    "DER, Ed25519": (der(ED25519), "a public key in DER, not PEM", "-inform DER"),
    "digits": (b"0Y0 1 2 3", "this is not a public key", "BEGIN PUBLIC KEY"),
}
PRIVATE = {
    "OpenSSH, Ed25519": (ssh_private(ED25519), "(`ssh-ed25519`), not PEM", "gonogo key new FILE --algorithm ed25519"),
    "OpenSSH, P-256": (ssh_private(P256), "(`ecdsa-sha2-nistp256`), not PEM", "ssh-keygen -p -m PKCS8"),
    "OpenSSH, RSA": (ssh_private(RSA), "of the kind `ssh-rsa`; gonogo uses", "gonogo key new"),
    "PKCS #1": (
        *(RSA.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()), "an RSA key (PKCS #1)"),
        "gonogo key new",
    ),
    "OpenSSH, damaged": (b"-----BEGIN OPENSSH PRIVATE KEY-----\nA\n", "of OpenSSH, not PEM", "gonogo key new"),
}


@pytest.mark.parametrize("form", PUBLIC)
def test_a_public_key_in_another_form_is_called_what_it_is(form):
    """A person who brings one knows that it is a key; *this is not a public key* would be untrue."""
    data, said, step = PUBLIC[form]

    with pytest.raises(UnusableKey) as caught:
        public_key(data)

    assert said in caught.value.sentence
    assert step in caught.value.hint


@pytest.mark.parametrize("form", PRIVATE)
def test_a_private_key_in_another_form_is_called_what_it_is(tmp_path, form):
    """Its bytes are secret, so nothing of them is shown."""
    data, said, step = PRIVATE[form]
    path = tmp_path / "gate.pem"
    path.write_bytes(data)
    path.chmod(0o600)

    with pytest.raises(UnusableKey) as caught:
        file_signer(path, {})

    assert said in caught.value.sentence
    assert step in caught.value.hint
    assert not any(line in str(caught.value).encode() for line in data.splitlines()[1:-1] if len(line) > 8)


def test_a_compressed_point_is_the_same_key(tmp_path):
    """Its id is that of the key and not of the bytes in which somebody wrote it."""
    point = P256.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    spki = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + point
    pem = pem_block(spki)

    assert public_key(pem) == public_half(P256.public_key())


def pem_block(spki: bytes) -> bytes:
    import base64

    return b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(spki) + b"-----END PUBLIC KEY-----\n"


@pytest.mark.skipif(not TOOLS, reason="there is no openssl or no ssh-keygen here")
@pytest.mark.parametrize(
    ("form", "key"), [("OpenSSH, Ed25519", ED25519), ("OpenSSH, P-256", P256), ("DER, P-256", P256)]
)
def test_the_command_in_a_hint_writes_a_key_that_is_read(tmp_path, form, key):
    """A command that does something else costs somebody an afternoon."""
    (tmp_path / "FILE").write_bytes(PUBLIC[form][0])
    with pytest.raises(UnusableKey) as caught:
        public_key(PUBLIC[form][0])

    done = subprocess.run(
        ["bash", "-c", caught.value.hint.split("`")[1]], cwd=tmp_path, capture_output=True, check=True, timeout=30
    )

    assert public_key(done.stdout) == public_half(key.public_key())


@pytest.mark.skipif(not TOOLS, reason="there is no openssl or no ssh-keygen here")
def test_the_command_for_a_private_key_writes_one_that_signs(tmp_path):
    """It changes the file that it is given, so the hint says to give it a copy."""
    path = tmp_path / "COPY"
    path.write_bytes(PRIVATE["OpenSSH, P-256"][0])
    path.chmod(0o600)
    with pytest.raises(UnusableKey) as caught:
        file_signer(path, {})

    command = [*caught.value.hint.split("`")[1].split(), "-P", "", "-N", ""]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=30)

    assert file_signer(path, {}).public == public_half(P256.public_key())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ssh-ed25519 AAAAC3Nz x", True),
        ("-----BEGIN PUBLIC KEY-----", True),
        ("ssh-keys/gate.pub.pem", False),
        ("ssh-ed25519.pub", False),
    ],
)
def test_a_line_of_openssh_in_a_trust_file_is_no_file_name(tmp_path, text, key):
    """*There is no such file* would be said of the key that stands there."""
    (tmp_path / "trust.yaml").write_text(
        f"schema: 1\nprogram: p\nlock: none\nkeys:\n  - {{id: gate, kind: log, public: '{text}', "
        "from: 2027-01-01, until: 2028-01-01}\n"
    )
    with pytest.raises(ConfigurationError) as caught:
        read_trust(tmp_path / "trust.yaml")

    assert is_key_text(text) is key
    assert ("OpenSSH" in str(caught.value)) is text.startswith("ssh-ed25519 ")
