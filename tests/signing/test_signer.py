"""Who signs: what the environment says, a command that is believed only with a good signature, and neither."""

import base64
import os
import sys

import pytest

from gonogo.errors import SigningFault, UnusableKey, UsageError
from gonogo.signing.command_signer import command_signer
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key
from gonogo.signing.signer import public_key_file, signer_from
from gonogo.signing.variables import COMMAND, KEY, PASSPHRASE, PUBLIC, SECRETS

SIGN = """
import base64, sys
from pathlib import Path
from gonogo.signing.private_key import file_signer
made = file_signer(Path(sys.argv[1])).sign(sys.stdin.buffer.read())
sys.stdout.buffer.write(base64.encodebytes(made) if sys.argv[2] == "base64" else made)
"""


def python(code: str, *arguments: object) -> list[str]:
    """A command that runs a few lines of Python."""
    return [sys.executable, "-c", code, *map(str, arguments)]


class TestTheEnvironment:
    def test_nothing_said_is_no_signer(self):
        """gonogo works without a key, and says that the record is unsigned."""
        assert signer_from({}) is None

    def test_a_file_of_a_key_is_a_signer(self, gate, written):
        """The usual way."""
        assert signer_from({KEY: str(written(gate.pem()))}).public == gate.public

    def test_an_option_comes_before_the_environment(self, gate, stranger, written):
        """What is typed is meant."""
        other = written(stranger.pem(), "other.pem")

        assert signer_from({KEY: str(written(gate.pem()))}, other).public == stranger.public

    @pytest.mark.parametrize("name", [KEY, COMMAND, PUBLIC])
    @pytest.mark.parametrize("value", ["", "  "])
    def test_a_variable_that_is_set_and_empty_is_refused(self, name, value):
        """A pipeline leaves a secret empty that the job may not read; the record would be unsigned and nobody knew."""
        with pytest.raises(UsageError, match=f"{name} is set and empty"):
            signer_from({name: value})

    def test_a_key_in_the_variable_itself_is_refused_and_not_quoted(self, gate):
        """Every process that this one starts would see it."""
        with pytest.raises(UsageError, match="names the file of a key") as caught:
            signer_from({KEY: gate.pem().decode()})

        assert gate.pem().splitlines()[1].decode() not in str(caught.value)

    @pytest.mark.parametrize(
        ("environment", "said"),
        [
            ({KEY: "a", COMMAND: "b"}, "both set"),
            ({COMMAND: "sign"}, "nothing says which key"),
            ({PUBLIC: "a.pub.pem"}, f"without {COMMAND}"),
            ({COMMAND: "sign 'x", PUBLIC: "a"}, "cannot be split"),
        ],
    )
    def test_half_a_word_is_refused(self, environment, said):
        """Nothing is guessed about keys."""
        with pytest.raises(UsageError, match=said):
            signer_from(environment)

    def test_the_variables_that_no_collector_may_see_are_all_of_them(self):
        """A name that is read above and missing here would reach a plugin."""
        assert {KEY, COMMAND, PUBLIC, PASSPHRASE} == SECRETS

    def test_a_command_signs_with_the_key_that_is_named(self, gate, written):
        """The whole way: words are split, and the signature is the key's."""
        private, public = written(gate.pem()), written(gate.public.pem, "gate.pub.pem")
        script = written(SIGN.encode(), "sign it.py")
        signer = signer_from({COMMAND: f"{sys.executable} '{script}' {private} raw", PUBLIC: str(public)})

        assert gate.public.verify(signer.sign(b"go"), b"go")

    def test_a_public_key_that_cannot_be_read_is_named(self, tmp_path):
        """By its file."""
        with pytest.raises(UnusableKey, match=r"none\.pem: the public key cannot be read: No such file or directory$"):
            public_key_file(tmp_path / "none.pem")


class TestACommand:
    @pytest.mark.parametrize("form", ["raw", "base64"])
    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_it_may_print_the_signature_raw_or_in_base64(self, written, form, algorithm):
        """A line end is added by nearly every program."""
        key = new_private_key(algorithm)
        signer = command_signer(python(SIGN, written(key.pem()), form), key.public)

        assert key.public.verify(signer.sign(b"go" * 100_000), b"go" * 100_000)

    def test_a_signature_by_another_key_is_not_used(self, gate, stranger, written):
        """The token holds the key of another program; what it signs would be refused on the day of the deployment."""
        signer = command_signer(python(SIGN, written(stranger.pem()), "raw"), gate.public)

        with pytest.raises(SigningFault, match="no signature that its public key accepts"):
            signer.sign(b"go")

    def test_a_signature_over_something_else_is_not_used(self, gate):
        """A service that signs a digest of its own choosing, or an answer from a cache."""
        code = f"print({base64.b64encode(gate.sign(b'other')).decode()!r})"

        with pytest.raises(SigningFault, match="no signature"):
            command_signer(python(code), gate.public).sign(b"go")

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("", "prints nothing"),
            ("print('PIN wrong')", "no signature"),
            ("import sys; sys.exit(3)", "fails with exit code 3"),
            ("import os; os.kill(os.getpid(), 9)", "ended by signal 9"),
            ("print('x' * 20_000)", "prints more than 16384 bytes"),
            ("while True: print('x' * 20_000)", "prints more than 16384 bytes"),
        ],
    )
    def test_a_command_that_does_not_sign_ends_without_a_verdict(self, gate, code, said):
        """Exit 4: the host is at fault, not the evidence."""
        with pytest.raises(SigningFault, match=said) as caught:
            command_signer(python(code), gate.public).sign(b"go")

        assert caught.value.exit_code == 4

    def test_a_good_signature_with_a_failure_behind_it_is_not_used(self, gate, written):
        """What the program says about itself is believed where it is bad."""
        code = SIGN + "sys.stdout.flush(); sys.exit(1)"

        with pytest.raises(SigningFault, match="exit code 1"):
            command_signer(python(code, written(gate.pem()), "raw"), gate.public).sign(b"go")

    def test_a_command_that_waits_for_ever_is_ended(self, gate):
        """A card that nobody touches must not hold the deployment for ever."""
        signer = command_signer(python("import time; time.sleep(600)"), gate.public, seconds=0.2)

        with pytest.raises(SigningFault, match=r"did not end within 0\.2 seconds"):
            signer.sign(b"go")

    def test_what_it_starts_cannot_make_us_wait(self, gate):
        """Children keep pipes open; there are none."""
        code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3)'])"

        with pytest.raises(SigningFault, match="prints nothing"):
            command_signer(python(code), gate.public).sign(b"go")

    def test_no_shell_reads_it(self, gate, tmp_path):
        """A name with a semicolon is a name."""
        mark = tmp_path / "mark"

        with pytest.raises(SigningFault, match="cannot be started"):
            command_signer([f"true; touch {mark}"], gate.public).sign(b"go")
        assert not mark.exists()

    @pytest.mark.parametrize("command", [[], [""], [" "]])
    def test_an_empty_command_is_refused(self, gate, command):
        """It would be the working folder."""
        with pytest.raises(UsageError, match="empty"):
            command_signer(command, gate.public)

    def test_it_runs_in_the_environment_of_its_caller(self, gate, written, monkeypatch):
        """It holds a PIN, a module's path and a service's address."""
        monkeypatch.setenv("TOKEN_KEY", str(written(gate.pem())))
        code = SIGN.replace("sys.argv[1]", "__import__('os').environ['TOKEN_KEY']").replace("sys.argv[2]", "'raw'")

        assert command_signer(python(code), gate.public).sign(b"go")
        assert "TOKEN_KEY" in os.environ
