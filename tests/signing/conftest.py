"""Keys for tests of this room, made once."""

import os
import sys

import pytest

from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import PrivateKey, new_private_key

# aics-tlog, against which notes are checked, is published for Python 3.12 and later.
collect_ignore = [] if sys.version_info >= (3, 12) else ["test_note_by_others.py"]


@pytest.fixture(scope="session")
def gate() -> PrivateKey:
    """A key on P-256, as a gate has one."""
    return new_private_key()


@pytest.fixture(scope="session")
def witness() -> PrivateKey:
    """An Ed25519 key, as a witness has one."""
    return new_private_key(Algorithm.ED25519)


@pytest.fixture(scope="session")
def stranger() -> PrivateKey:
    """A key on P-256 that nobody trusts."""
    return new_private_key()


@pytest.fixture
def written(tmp_path):
    """Write a private key to a file that nobody else may read, and return the file."""

    def write(data: bytes, name: str = "gate.pem", mode: int = 0o600):
        path = tmp_path / name
        path.write_bytes(data)
        os.chmod(path, mode)
        return path

    return write
