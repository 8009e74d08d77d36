"""The kernel itself fails, or the writer dies, at each system call of a run's way to the log: strace injects it."""

from __future__ import annotations

import ctypes
import mmap
import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.figures import figure

from gonogo.audit.log import AuditLog
from gonogo.audit.verification import verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.errors import GonogoError
from gonogo.model.event import AuditEvent

Make = Callable[..., AuditEvent]
pytestmark = pytest.mark.torture
PAIRS = figure("system calls at which strace injects", small=18, large=10_000)
FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
TOLD, REFUSED, SURPRISED = 0, 4, 70
_PR_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
_CALL = re.compile(r"^\d+ +([a-z0-9_]+)\(")


def writer(folder: Path, gap: Make, page: mmap.mmap) -> int:
    """What a run does to the log; what it would tell somebody is left in ``page``."""
    try:
        with AuditLog.open(folder) as log:
            log.append([gap("x" * 900), gap("y")])
            log.append([gap("decided")], checkpoint=True)
            made = log.ledger
        page[:] = f"{made.head.records} {made.tree.root().hex()}".ljust(4096).encode()
        return TOLD
    except GonogoError as error:
        return error.exit_code
    except OSError:
        return REFUSED  # as the command line has it
    except BaseException:  # noqa: BLE001  # whatever it is, it is no answer
        return SURPRISED


def traced(folder: Path, gap: Make, inject: str = "") -> tuple[int, list[str], str]:
    """Run the writer below strace; return how it ended, the calls that it made, and what it told."""
    page, trace = mmap.mmap(-1, 4096), folder.with_name("trace")
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(writer(folder, gap, page))
    os.waitpid(child, os.WUNTRACED)
    command = ["strace", "-f", "-o", str(trace), "-e", "trace=%file,%desc", "-p", str(child)]
    command[-2:-2] = ["-e", f"inject={inject}"] if inject else []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
        assert "attached" in said, said
    calls = [found[1] for line in trace.read_text().splitlines() if (found := _CALL.match(line))]
    return os.waitstatus_to_exitcode(status), calls, page[:].decode().strip("\0 ")


def grown(folder: Path, gap: Make) -> list[KnownRoot]:
    """A log of two runs; return what was told of it."""
    page = mmap.mmap(-1, 4096)
    for _ in range(2):
        assert writer(folder, gap, page) == TOLD
    size, root = page[:].decode().split()
    return [KnownRoot(int(size), root, "somebody who read the verdict")]


@pytest.mark.parametrize("there", [False, True], ids=["a new log", "a log with two runs"])
def test_a_fault_at_any_call_is_no_verdict_or_a_whole_one(
    tmp_path: Path, gap: Make, there: bool, shown: Callable[[str], None]
) -> None:
    """A verdict is told and its record is there, or none is told and there is an exit code; the next run goes on."""
    before, spare = tmp_path / "before" / "audit", tmp_path / "spare" / "audit"
    for folder in (before, spare):
        folder.parent.mkdir()
    promised = grown(before, gap)  # whose writer has imported what every other one needs
    if not there:
        promised = []
    else:
        shutil.copytree(before, spare)
    code, calls, told = traced(spare, gap)
    assert (code, bool(told)) == (TOLD, True)
    every = [(name, calls[:at].count(name) + 1) for at, name in enumerate(calls)]
    places = [(name, at, fault) for name, at in every for fault in FAULTS]
    if len(places) * 2 > PAIRS:
        few = PAIRS // 2
        places = [(*every[each * len(every) // few], FAULTS[each % len(FAULTS)]) for each in range(few)]
    ended: Counter[int] = Counter()

    for number, (name, at, fault) in enumerate(places):
        folder = tmp_path / f"{number}" / "audit"
        folder.parent.mkdir()
        if there:
            shutil.copytree(before, folder)
        code, _, told = traced(folder, gap, f"{name}:{fault}:when={at}")
        ended[code] += 1

        assert code != SURPRISED, (name, at, fault)
        assert (code == TOLD) == bool(told), (name, at, fault)
        known = promised
        if told:
            size, root = told.split()
            known = [KnownRoot(int(size), root, "somebody who read the verdict")]
        with AuditLog.open(folder, known=known) as log:
            log.append([gap("alive")], checkpoint=True)
        assert verify_log(folder).ok, (name, at, fault)

    how = {TOLD: "told a verdict", REFUSED: "exit 4", 5: "exit 5", -9: "killed"}
    counts = ", ".join(f"{how.get(code, code)} {count}" for code, count in sorted(ended.items()))
    shown(
        f"faults injected by strace into {'a log with two runs' if there else 'a new log'}: {len(places):,} "
        f"at {len(calls)} system calls of {len(set(calls))} kinds: {counts}; 0 records lost",
    )
    assert len(calls) >= 80
    assert ended[-9]
    assert ended[REFUSED]
