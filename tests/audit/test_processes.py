"""Several writers keep one chain."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.figures import figure

from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.model.event import AuditEvent

WRITERS = 8
APPENDS = figure("appends of each of 8 writers", small=50, large=1000)
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


@pytest.mark.torture
def test_eight_writers_keep_one_chain(
    folder: Path, gap: Callable[..., AuditEvent], shown: Callable[[str], None]
) -> None:
    """Without the lock and the second look at the tail the chain forks within seconds."""
    ready, told = os.pipe()
    gate, keeper = os.pipe()

    def work(writer: int) -> None:
        os.close(keeper)
        # A host clock that is set back in between is told in the log, and is the matter of another test.
        with AuditLog.open(folder, lock_timeout_s=60, clock=lambda: NOON) as log:
            os.write(told, b"x")
            os.read(gate, 1)  # until all of them are here: one that comes when the others are gone ends their run
            for index in range(APPENDS):
                log.append([gap(f"{writer}/{index}")])

    children = [fork(lambda writer=number: work(writer)) for number in range(WRITERS)]
    os.close(told)
    with os.fdopen(ready, "rb") as ready_ones:
        assert len(ready_ones.read(WRITERS)) == WRITERS
    os.close(keeper)
    os.close(gate)
    codes = [os.waitpid(child, 0)[1] for child in children]

    details = [record.data["detail"] for record in read_log(folder)[1:]]
    assert codes == [0] * WRITERS
    assert verify_log(folder).records == WRITERS * APPENDS + 1
    for writer in range(WRITERS):
        own = [detail for detail in details if detail.startswith(f"{writer}/")]
        assert own == [f"{writer}/{index}" for index in range(APPENDS)]
    shown(f"{WRITERS} writers at once: {WRITERS * APPENDS:,} appends, one chain, 0 lost")
