"""What the log asks of the system: a lock is waited for, and a refusal is told in the system's words."""

import errno
import os
import threading
from pathlib import Path

import pytest

from gonogo.audit.io import PosixIo, unreadable


def test_a_lock_is_waited_for_while_there_is_time(tmp_path: Path) -> None:
    """Two runs that begin together are one after the other, and neither fails."""
    io, path = PosixIo(), tmp_path / "lock"
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
    try:
        assert io.lock(first)
        assert not io.lock(second)
        later = threading.Timer(0.1, io.unlock, [first])
        later.start()
        assert io.lock(second, timeout_s=60)
        later.join()
    finally:
        os.close(first)
        os.close(second)


def test_readers_share_a_lock_and_a_writer_does_not(tmp_path: Path) -> None:
    io, path = PosixIo(), tmp_path / "lock"
    first, second, writer = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(3))
    try:
        assert io.lock(first, shared=True)
        assert io.lock(second, shared=True)
        assert not io.lock(writer)
    finally:
        for descriptor in (first, second, writer):
            os.close(descriptor)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "a.jsonl: Permission denied"),
        (OSError("it broke"), "a.jsonl: it broke"),
    ],
)
def test_a_refusal_is_told_in_the_systems_words(error: OSError, words: str) -> None:
    fault = unreadable(Path("a.jsonl"), error)

    assert fault.sentence.endswith(words)
    assert "ask that user for a copy" in fault.hint
