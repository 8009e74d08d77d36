"""Pipes and devices where somebody names a file: refused at once, because to open one may wait for ever."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gonogo.bundle.unpacking import is_bundle, read_bundle
from gonogo.documents.files import open_regular, read_file
from gonogo.errors import GonogoError
from gonogo.first_week.adding.bound_answers import bind
from gonogo.first_week.profile_heads import heads_of
from gonogo.first_week.seat_interview import read_seats_file
from gonogo.signing.key_files import key_in
from gonogo.workbook.written_files import earlier_answers
from gonogo.workflow.importing import import_log
from gonogo.workflow.supplied import supplied_replies


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """End what waits for a writer, who never comes."""

    def ended(*_: object) -> None:
        raise AssertionError("it waits for ever")

    before = signal.signal(signal.SIGALRM, ended)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody writes to."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


READERS: dict[str, Callable[[Path], object]] = {
    "a file of a program": read_file,
    "a bundle of evidence": read_bundle,
    "evidence lines": supplied_replies,
    "a binding workbook": lambda path: bind(path, path.parent),
    "a workbook whose answers are kept": lambda path: earlier_answers(path, keep=True),
    "who is who": lambda path: read_seats_file(path, ()),
    "a key": key_in,
    "an archive of the record": lambda path: import_log(path, path.parent / "audit"),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_pipe_is_refused_where_a_file_is_named(read, pipe):
    """A command that hangs in a pipeline holds up the release that it should judge."""
    with pytest.raises((GonogoError, ValueError), match="not a regular file"):
        read(pipe)


def test_a_link_to_a_pipe_is_a_pipe(pipe):
    """Whatever it is called."""
    link = pipe.with_name("evidence.csv")
    link.symlink_to(pipe)

    with pytest.raises(OSError, match="not a regular file"):
        open_regular(link)


@pytest.mark.parametrize(("path", "number"), [("/dev/zero", errno.EINVAL), ("/", errno.EISDIR), ("/no", errno.ENOENT)])
def test_what_is_no_file_says_so(path, number):
    """A device has no end, and a folder has other commands."""
    with pytest.raises(OSError) as caught:  # noqa: PT011  # the number says which
        open_regular(Path(path))

    assert caught.value.errno == number


def test_a_file_is_opened(tmp_path):
    """As before."""
    path = tmp_path / "file"
    path.write_bytes(b"x")

    with open_regular(path) as stream:
        assert stream.read() == b"x"


def test_what_only_looks_at_files_passes_over_a_pipe(pipe):
    """Whether it is a bundle, or an export that a profile knows."""
    assert not is_bundle(pipe)
    assert heads_of(pipe) == []
