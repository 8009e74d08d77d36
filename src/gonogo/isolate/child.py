"""What happens in a child between fork and its end. Nothing here ever returns into the host's stack.

POSIX-only modules are imported inside the functions, so that the package can be imported anywhere.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from gonogo.isolate import channel, kernel
from gonogo.isolate.task import Limits, Task

RESULT_FD: Final = 3
FIRST_INPUT_FD: Final = 4

_kept: list[object] = []
"""Stream objects of the host: were they collected here, they would flush the host's bytes into a foreign descriptor."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The child's ends of its pipes, as descriptors of the host: standard input, output, error, and the channel."""

    stdin: int
    stdout: int
    stderr: int
    result: int


@dataclass(frozen=True, slots=True)
class Host:
    """Who the host is, as a child in namespaces of its own can no longer ask.

    Attributes:
        pid: Its process id.
        user: Its effective user.
        group: Its effective group.
        spaced: Whether the child is the first process of its own namespaces.
    """

    pid: int
    user: int
    group: int
    spaced: bool = False


def be_child(task: Task, ends: Ends, *, nonce: bytes, host: Host) -> NoReturn:
    """Become the child of ``task``: confine this freshly forked process, do the work, send the answer, end.

    Never returns and never raises: no ``atexit`` hook of the host runs here and none of its streams is flushed.
    """
    status = 1
    try:
        _confine(task, ends, nonce=nonce, host=host)
        _limit(task.limits, executed=task.command is not None, descriptors=len(task.descriptors))
        if task.walls is not None:
            _wall(task, host)
        if task.command is not None:
            os.execve(task.command[0], task.command, _environment(task))
        inputs = tuple(range(FIRST_INPUT_FD, FIRST_INPUT_FD + len(task.descriptors)))
        status = answer(task.work, task.request, inputs)
    except BaseException as error:  # noqa: BLE001  # whatever it is, it must not unwind into the host's stack
        _last_words(channel.SPAWN, error)
    finally:
        os._exit(status)


def answer(work: Callable[[bytes, tuple[int, ...]], bytes] | None, request: bytes, descriptors: tuple[int, ...]) -> int:
    """Do the work and send its payload, or send what it raised. Returns the exit status of this child."""
    pid = os.getpid()
    try:
        if work is None:
            raise TypeError("the task has neither work nor a command")
        payload = work(request, descriptors)
        if not isinstance(payload, bytes):
            raise TypeError(f"the work returned {type(payload).__name__}, not bytes")
    except BaseException as error:  # noqa: BLE001  # the boundary to foreign code: SystemExit and MemoryError too
        if os.getpid() == pid:
            _last_words(channel.EXCEPTION, error)
        return 1
    if os.getpid() != pid:
        return 1  # a process that the work forked came back here: it has no answer to give
    channel.send(channel.RESULT, payload)
    return 0


def _last_words(kind: bytes, error: BaseException) -> None:
    with contextlib.suppress(BaseException):  # the channel is gone: the host sees the missing end marker
        channel.send(kind, _sentence(error).encode("utf-8", "backslashreplace"))


def _sentence(error: BaseException) -> str:
    try:
        lines = str(error).strip().splitlines()
    except BaseException:  # noqa: BLE001  # a hostile __str__
        lines = []
    name = type(error).__name__[:100]
    return f"{name}: {lines[0][:500]}" if lines else name


def _wall(task: Task, host: Host) -> None:
    """Raise the walls and tell which stand; in namespaces of its own it is a child of this process that goes on."""
    from gonogo.isolate import namespaces, raising, walls

    assert task.walls is not None
    closed = False
    if host.spaced:
        closed = raising.enter(task.scratch, task.limits.scratch_bytes, host.user, host.group)
        child = os.fork()
        if child:
            os.closerange(0, FIRST_INPUT_FD + len(task.descriptors))
            os._exit(namespaces.first_process(child))
    raised = raising.raise_walls(task.walls, task.scratch, spaced=host.spaced, closed=closed)
    channel.send(channel.WALLS, walls.account(raised))
    missing = walls.standing(raised, task.walls).missing
    if task.walls.required and missing:
        raise PermissionError(f"not enforced here: {', '.join(missing)}")


def _confine(task: Task, ends: Ends, *, nonce: bytes, host: Host) -> None:
    import signal

    gc.freeze()
    gc.set_threshold(100_000, 20, 20)  # rows of a large source stay until the end: nothing is found among them
    _kept.extend((sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__))
    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()  # it holds a descriptor of the host
    _move_descriptors(task.descriptors, ends)
    channel.open_channel(RESULT_FD, nonce)
    os.setsid()
    _bind_to(host)
    os.umask(0o077)
    os.chdir("/")
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):  # a handler of the host
            signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if task.command is None:
        _clean_interpreter(task)


def _move_descriptors(descriptors: Sequence[int], ends: Ends) -> None:
    """Leave exactly 0, 1, 2, the channel on 3 and the inputs from 4 on; close everything else."""
    import fcntl

    wanted = (ends.stdin, ends.stdout, ends.stderr, ends.result, *descriptors)
    above = max(len(wanted), *wanted) + 1
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, above) for descriptor in wanted]
    for number, descriptor in enumerate(moved):
        os.dup2(descriptor, number, inheritable=True)
    os.closerange(len(wanted), _highest_descriptor())


def _highest_descriptor() -> int:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    ceiling = 2**20 if sys.platform == "linux" else 2**16
    return ceiling if hard == resource.RLIM_INFINITY else max(4096, min(hard, ceiling))


def _bind_to(host: Host) -> None:
    """On Linux: die with the host, and never gain privileges."""
    if sys.platform != "linux":
        return
    import select
    import signal

    kernel.prctl(kernel.PR_SET_PDEATHSIG, int(signal.SIGKILL))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if host.spaced:
        heard = select.poll()
        heard.register(RESULT_FD, 0)
        gone = bool(heard.poll(0))  # nobody holds the other end any more
    else:
        gone = os.getppid() != host.pid
    if gone:
        os._exit(1)  # the host died before it could be noticed


def _clean_interpreter(task: Task) -> None:
    """Give forked work its own streams, environment and locale; exec does this for a command."""
    import locale
    import time

    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # lives as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115  # so do they
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115  # so do they
    os.environ.clear()
    os.environ.update(_environment(task))
    time.tzset()
    locale.setlocale(locale.LC_ALL, "C")
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")  # texts without a stated encoding are UTF-8, never ASCII
    sys.settrace(None)
    sys.setprofile(None)


def _environment(task: Task) -> dict[str, str]:
    return {**task.env, "LC_ALL": "C", "TZ": "UTC"}


def _limit(limits: Limits, *, executed: bool, descriptors: int) -> None:
    import resource

    cpu = max(1, limits.cpu_s)
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_FSIZE: (limits.file_bytes, limits.file_bytes),
    }
    open_files = max(limits.open_files, FIRST_INPUT_FD + descriptors + 16)
    wanted[resource.RLIMIT_NOFILE] = (open_files, open_files)
    if limits.memory_bytes is not None and sys.platform == "linux":
        memory = limits.memory_bytes + (0 if executed else _mapped_bytes())
        wanted[resource.RLIMIT_AS] = (memory, memory)
    for kind, (soft, hard) in wanted.items():
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(kind, (soft, hard))


def _mapped_bytes() -> int:
    """Return the address space that a forked child inherits; its own limit comes on top."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
