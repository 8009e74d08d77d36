"""Private keys: kept from others, opened with their passphrase, and refused by name."""

import os
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gonogo.errors import UnusableKey
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import file_signer, new_private_key
from gonogo.signing.variables import PASSPHRASE

PLAIN = serialization.NoEncryption()


def encrypted(key, passphrase: bytes) -> bytes:
    """Write a key as PKCS #8 with a passphrase."""
    return key._key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_key_that_is_read_back_is_the_same(algorithm, written):
    """What `key new` writes signs tomorrow."""
    made = new_private_key(algorithm)
    read = file_signer(written(made.pem()), {})

    assert read.public == made.public
    assert made.public.verify(read.sign(b"go"), b"go")


@pytest.mark.parametrize(
    "parameters", [b"", b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"]
)
def test_a_key_as_openssl_wrote_it_for_years_is_read(gate, written, parameters):
    """`openssl ecparam -genkey` puts the curve before the key."""
    data = gate._key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, PLAIN)

    assert file_signer(written(parameters + data), {}).public == gate.public


def test_a_key_never_shows_itself(gate):
    """A traceback or a debugger's line must not hold it."""
    assert "_key" not in repr(gate)


class TestWhoMayReadIt:
    @pytest.mark.parametrize("mode", [0o400, 0o600, 0o700])
    def test_a_key_of_one_s_own_is_read(self, gate, written, mode):
        """The owner alone has rights."""
        assert file_signer(written(gate.pem(), mode=mode), {}).public == gate.public

    @pytest.mark.parametrize("mode", [0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o644, 0o777])
    def test_a_key_that_others_may_read_or_change_is_refused(self, gate, written, mode):
        """As ssh does: who can read it can sign with it, and who can change it chooses it."""
        path = written(gate.pem(), mode=mode)

        with pytest.raises(UnusableKey, match=f"others may read or change this private key .mode {mode:04o}") as caught:
            file_signer(path, {})

        assert f"chmod 600 {path}" in caught.value.hint

    @pytest.mark.parametrize(("mode", "fits"), [(0o440, True), (0o444, False), (0o640, True), (0o641, False)])
    def test_a_mounted_secret_may_be_lent_to_a_group(self, gate, written, monkeypatch, mode, fits):
        """An orchestrator mounts it as its own, readable by the group of the job; everybody is still too many."""
        path = written(gate.pem(), mode=mode)
        monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)

        if fits:
            assert file_signer(path, {}).public == gate.public
        else:
            with pytest.raises(UnusableKey, match="others"):
                file_signer(path, {})


class TestPassphrase:
    def test_an_encrypted_key_is_opened_with_its_passphrase(self, gate, written):
        """A copy of the file alone is then no key."""
        assert file_signer(written(encrypted(gate, b"secret")), {PASSPHRASE: "secret"}).public == gate.public

    @pytest.mark.parametrize("environment", [{}, {PASSPHRASE: ""}])
    def test_without_a_passphrase_the_sentence_says_where_it_goes(self, gate, written, environment):
        """Nothing asks on a terminal: the deploy job has none."""
        with pytest.raises(UnusableKey, match="no passphrase is given") as caught:
            file_signer(written(encrypted(gate, b"secret")), environment)

        assert PASSPHRASE in caught.value.hint

    def test_a_wrong_passphrase_is_said_so_and_not_shown(self, gate, written):
        """It may be the passphrase of something else."""
        with pytest.raises(UnusableKey, match="does not open it") as caught:
            file_signer(written(encrypted(gate, b"secret")), {PASSPHRASE: "hunter2"})

        assert "hunter2" not in str(caught.value)

    def test_a_passphrase_that_is_not_needed_does_no_harm(self, gate, written):
        """One pipeline has several keys."""
        assert file_signer(written(gate.pem()), {PASSPHRASE: "secret"}).public == gate.public


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not one private key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "OpenSSH"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "not one private key"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "this is an RSA key"),
        (b"x" * 16_385, "too large"),
    ],
)
def test_a_file_that_is_no_key_is_refused_by_its_name(written, data, said):
    """Where, what, next step."""
    path = written(data)

    with pytest.raises(UnusableKey, match=said) as caught:
        file_signer(path, {})

    assert str(path) in str(caught.value)


def test_a_public_key_cannot_sign(gate, written):
    """The two files lie side by side."""
    with pytest.raises(UnusableKey, match="public key; it cannot sign"):
        file_signer(written(gate.public.pem), {})


def test_two_keys_in_one_file_are_refused(gate, stranger, written):
    """Nobody could tell which of them signs."""
    with pytest.raises(UnusableKey, match="not one private key"):
        file_signer(written(gate.pem() + stranger.pem()), {})


def test_a_key_on_another_curve_is_refused_with_its_file(written):
    """The sentence is the public key's, the place is the file's."""
    other = ec.generate_private_key(ec.SECP384R1())
    data = other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, PLAIN)

    with pytest.raises(UnusableKey, match=r"gate\.pem: the key is on the curve secp384r1"):
        file_signer(written(data), {})


def test_what_is_no_file_is_refused_at_once(tmp_path):
    """A pipe would be waited for, and a folder is not a key."""
    os.mkfifo(tmp_path / "pipe", 0o600)

    with pytest.raises(UnusableKey, match="no such file"):
        file_signer(tmp_path / "nothing", {})
    for name in (".", "pipe"):
        with pytest.raises(UnusableKey, match="regular file"):
            file_signer(tmp_path / name, {})
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_what_signs_is_loaded_before_other_people_s_code_runs():
    """Afterwards nothing may be loaded, and a run that signs at its end would end without a verdict."""
    code = """
import sys
from gonogo.plugin.settled import close, session
with session() as late:
    close()
    from gonogo.signing.keys import Algorithm
    from gonogo.signing.private_key import new_private_key
    from gonogo.signing.envelope import read_envelope, sign_envelope, verified_by
    for algorithm in Algorithm:
        key = new_private_key(algorithm)
        assert verified_by(read_envelope(sign_envelope("text/plain", b"x", key).to_bytes()), [key.public])
    print(late)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
