"""Several writers keep one chain; a killed writer loses nothing that was acknowledged."""

import os
import random
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.model.event import AuditEvent

WRITERS, APPENDS, KILLS = 8, 100, 120
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


def fork(work: Callable[[], None]) -> int:
    """Run ``work`` in a child; return its process id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def test_eight_writers_keep_one_chain(folder: Path, gap: Callable[..., AuditEvent]) -> None:
    """Without the lock and the second look at the tail the chain forks within seconds."""

    def work(writer: int) -> None:
        # A host clock that is set back in between is told in the log, and is the matter of another test.
        with AuditLog.open(folder, lock_timeout_s=60, clock=lambda: NOON) as log:
            for index in range(APPENDS):
                log.append([gap(f"{writer}/{index}")])

    children = [fork(lambda writer=number: work(writer)) for number in range(WRITERS)]
    codes = [os.waitpid(child, 0)[1] for child in children]

    details = [record.data["detail"] for record in read_log(folder)[1:]]
    assert codes == [0] * WRITERS
    assert verify_log(folder).records == WRITERS * APPENDS + 1
    for writer in range(WRITERS):
        own = [detail for detail in details if detail.startswith(f"{writer}/")]
        assert own == [f"{writer}/{index}" for index in range(APPENDS)]


def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path, gap: Callable[..., AuditEvent]) -> None:
    """kill -9 at any moment: every number that append returned is in the log, and the log goes on."""
    chance = random.Random(20270419)
    acknowledged = 0

    for kill in range(KILLS):
        folder = tmp_path / f"audit{kill // 30}"
        reader, writer = os.pipe()

        def work(folder: Path = folder, kill: int = kill, writer: int = writer) -> None:
            with AuditLog.open(folder) as log:
                for index in range(10_000):
                    log.append([gap(f"{kill}/{index}/{part} " + "x" * 1800) for part in range(5)])
                    os.write(writer, b"%d\n" % index)

        child = fork(work)
        os.close(writer)
        received = os.read(reader, chance.choice((1, 2, 4, 8)))
        for _ in range(chance.randrange(20_000)):
            pass
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as rest:
            received += rest.read()
        last = max((int(line) for line in received.split(b"\n")[:-1]), default=-1)

        with AuditLog.open(folder) as log:
            log.append([gap("alive")])
        kept = {record.data.get("detail", "").partition(" ")[0] for record in read_log(folder)}
        assert {f"{kill}/{index}/{part}" for index in range(last + 1) for part in range(5)} <= kept
        assert os.WTERMSIG(status) == signal.SIGKILL
        acknowledged += last + 1

    assert acknowledged >= KILLS
