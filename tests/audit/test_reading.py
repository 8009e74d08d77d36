"""Reading a log needs nothing but its files."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from gonogo.audit.chain import Break
from gonogo.audit.history import open_history
from gonogo.audit.ledger import RunState
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError, RecordFault, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict


def test_verification_tells_what_is_there(written: Path) -> None:
    verification = verify_log(written)

    assert verification.ok
    assert verification.records == 7
    assert verification.head == read_log(written)[-1].hash
    assert [(run.run, run.first, run.last, run.state) for run in verification.runs] == [("r1", 1, 6, RunState.FINISHED)]
    assert (verification.runs[0].verdict, verification.runs[0].purpose) == (Verdict.NO_GO, Purpose.DECISION)


def test_both_ways_to_list_runs_agree(written: Path) -> None:
    assert verify_log(written).runs == open_history(written).runs


@pytest.mark.parametrize("closed", ["folder", "segment"])
@pytest.mark.parametrize("read", [read_log, verify_log])
def test_a_log_that_this_user_may_not_read_says_who_may(
    written: Path, reader: Callable[[], AbstractContextManager[None]], read: Callable[[Path], object], closed: str
) -> None:
    """`Permission denied` alone sends nobody to the colleague whose log it is."""
    at = written if closed == "folder" else written / "000001.jsonl"
    at.chmod(0)

    with reader(), pytest.raises(RecordFault, match="cannot be read") as caught:
        read(written)

    at.chmod(0o700)
    assert str(at) in caught.value.sentence
    assert "the user who writes it" in caught.value.hint


@pytest.mark.parametrize("read", [read_log, verify_log])
def test_no_log_is_never_a_sound_log(tmp_path: Path, read: Callable[[Path], object]) -> None:
    """A log that somebody removed must not verify as one without records."""
    (tmp_path / "empty").mkdir()

    for folder in (tmp_path / "absent", tmp_path / "empty"):
        with pytest.raises(UsageError, match="no audit log"):
            read(folder)


def test_damage_is_named_and_nothing_is_read(written: Path) -> None:
    segment = written / "000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b'"detail":"b"', b'"detail":"B"'))

    verification = verify_log(written)

    assert not verification.ok
    assert verification.records == 3
    assert verification.problem is not None
    assert (verification.problem.kind, verification.problem.seq) == (Break.CHANGED, 3)
    with pytest.raises(IntegrityError, match="record 3 was changed") as caught:
        read_log(written)
    assert caught.value.exit_code == 5


def test_an_unfinished_last_record_is_told_and_left_out(written: Path) -> None:
    segment = written / "000001.jsonl"
    segment.write_bytes(segment.read_bytes()[:-10])

    verification = verify_log(written)

    assert verification.problem is not None
    assert (verification.problem.kind, verification.records) == (Break.TORN, 6)
    assert len(read_log(written)) == 6


def test_a_missing_segment_is_damage(written: Path) -> None:
    (written / "000001.jsonl").rename(written / "000002.jsonl")

    assert not verify_log(written).ok
    with pytest.raises(IntegrityError, match=r"000001\.jsonl"):
        read_log(written)


@pytest.mark.parametrize("plant", [os.mkfifo, os.mkdir])
def test_a_segment_that_is_no_file_is_damage_and_nobody_waits_for_it(
    written: Path, plant: Callable[[Path], None]
) -> None:
    """Reading a pipe into which nobody writes would never end."""
    plant(written / "000002.jsonl")

    verification = verify_log(written)

    assert verification.problem is not None
    assert "000002.jsonl" in verification.problem.sentence
    with pytest.raises(IntegrityError, match="not a file") as caught:
        read_log(written)
    assert "restore the folder" in caught.value.hint


def test_reading_needs_no_posix_and_no_structlog(written: Path) -> None:
    """`gonogo report` and `gonogo log verify` serve on a Windows laptop, and start quickly."""
    code = (
        "import sys\n"
        "for name in ('fcntl', 'resource', 'pwd', 'grp', 'structlog'): sys.modules[name] = None\n"
        "from gonogo.audit.verification import verify_log\n"
        "print(verify_log(sys.argv[1]).records)"
    )

    answer = subprocess.run([sys.executable, "-c", code, str(written)], capture_output=True, text=True, check=False)

    assert (answer.stdout, answer.stderr) == ("7\n", "")
