"""A twin does half of the work, and without it the same comes out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest

from gonogo.isolate.twin import Twin, TwinLost, processors, shared_out

ITEMS = list(range(7))
pytestmark = pytest.mark.usefixtures("threads_from_now")


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def done_by(number: int) -> tuple[int, int]:
    return number, os.getpid()


def pids(found: list[tuple[int, int]]) -> set[int]:
    assert [number for number, _ in found] == ITEMS
    return {pid for _, pid in found}


@pytest.mark.parametrize(("least", "processes"), [(6, 2), (7, 2), (8, 1)])
def test_a_twin_is_made_where_it_pays(least: int, processes: int) -> None:
    """Making one takes longer than a small file; the order of what is found is that of what was given."""
    assert len(pids(shared_out(done_by, ITEMS, [1] * 7, least=least))) == processes


def test_both_do_about_the_same() -> None:
    """One that had all the large files would leave the other processor idle."""
    weights = [9, 1, 1, 1, 1, 1, 4]

    by = shared_out(done_by, ITEMS, weights, least=1)

    shares = [sum(weights[number] for number, pid in by if pid == each) for each in pids(by)]
    assert sorted(shares) == [9, 9]


def test_where_one_processor_is_given_nobody_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container often has one."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)

    assert pids(shared_out(done_by, ITEMS, [1] * 7, least=1)) == {os.getpid()}


def test_beside_other_threads_nobody_is_made() -> None:
    """A copy of a process has one thread, and the locks of all the others."""
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert processors() == 1
    finally:
        end.set()
        other.join()
    assert processors() == 2


def dies(number: int) -> tuple[int, int]:
    if os.getpid() != HOST:
        os._exit(1)
    return number, HOST


def cannot_be_handed_over(number: int) -> object:
    return (number, os.getpid(), (lambda: None) if os.getpid() != HOST else None)


HOST = os.getpid()


@pytest.mark.parametrize("work", [dies, cannot_be_handed_over])
def test_what_a_twin_does_not_hand_over_is_done_here(
    work: Callable[[int], tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that is short of memory may kill it."""
    monkeypatch.setitem(globals(), "HOST", os.getpid())

    assert [each[:2] for each in shared_out(work, ITEMS, [1] * 7, least=1)] == [(n, os.getpid()) for n in ITEMS]


def test_what_work_raises_is_raised_here() -> None:
    """It is the same, if this process or its twin came upon it."""

    def fails(number: int) -> int:
        if number == 3:
            raise KeyError(number)
        return number

    for first in (ITEMS, ITEMS[::-1]):
        with pytest.raises(KeyError, match="3"):
            shared_out(fails, first, [1] * 7, least=1)


def test_it_is_gone_when_nobody_waits_for_it_any_more() -> None:
    """Nothing of a command goes on after it."""
    with Twin(threading.Event().wait) as twin:
        pid = twin._pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_one_that_says_nothing_is_lost() -> None:
    """What nobody handed over is not taken for an answer."""
    with Twin(lambda: os._exit(0)) as twin, pytest.raises(TwinLost):
        twin.found()
