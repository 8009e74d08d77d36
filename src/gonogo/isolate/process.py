"""One child as the host sees it: its pipes, its clock, its end."""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import signal
import sys
import tempfile
import time
import warnings
from typing import Final

from gonogo.isolate import channel
from gonogo.isolate.child import Ends, be_child
from gonogo.isolate.strays import Strays, kill_group, kill_session
from gonogo.isolate.task import LEVEL, Outcome, Reason, Task

_CHUNK: Final = 2**16
_GRACE_S: Final = 2.0
"""How long a killed child is waited for; one that the kernel cannot end is then given up."""
_TEXT_KEPT: Final = 4096


class Unstarted(Exception):
    """The operating system refused a child; the sentence says what was refused."""


def start(task: Task, selector: selectors.BaseSelector, strays: Strays) -> Child:
    """Fork the child of ``task`` and watch its pipes.

    Raises:
        Unstarted: No descriptor, process or memory is left, or an input is not open.
    """
    nonce = secrets.token_bytes(channel.NONCE_BYTES)
    theirs: list[int] = []
    ours: list[int] = []
    try:
        for _ in range(3):
            read_end, write_end = os.pipe()
            ours.append(read_end)
            theirs.append(write_end)
            os.set_blocking(read_end, False)
        theirs.append(_standard_input(task, nonce))
        for descriptor in task.descriptors:
            os.fstat(descriptor)
        ends = Ends(stdin=theirs[3], stdout=theirs[0], stderr=theirs[1], result=theirs[2])
        pid = _fork(task, ends, nonce)
    except OSError as error:
        for descriptor in ours:
            os.close(descriptor)
        raise Unstarted(f"the system could not start a child process: {error.strerror or error}") from error
    finally:
        for descriptor in theirs:
            os.close(descriptor)
    return Child(task, pid, nonce, stdout=ours[0], stderr=ours[1], result=ours[2], selector=selector, strays=strays)


def _fork(task: Task, ends: Ends, nonce: bytes) -> int:
    """Fork with every signal held back, so that no handler of the host ever runs in the child."""
    host_pid = os.getpid()
    held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        with warnings.catch_warnings():
            # A thread of somebody's library may exist; ours do not, and the child takes no lock that it could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            be_child(task, ends, nonce=nonce, host_pid=host_pid)
        return pid
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _standard_input(task: Task, nonce: bytes) -> int:
    """Return a descriptor that holds the request of a command; forked work has its request in memory."""
    if task.command is None:
        return os.open(os.devnull, os.O_RDONLY)
    with tempfile.TemporaryFile() as stream:
        stream.write(channel.HEAD.pack(nonce, len(task.descriptors)) + task.request)
        stream.flush()
        descriptor = os.dup(stream.fileno())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


class Child:
    """A started child until its outcome is known.

    Attributes:
        pid: Process id; also the id of its session.
        watched: Whether the kernel tells the loop of its end; else it has to be asked.
    """

    def __init__(
        self,
        task: Task,
        pid: int,
        nonce: bytes,
        *,
        stdout: int,
        stderr: int,
        result: int,
        selector: selectors.BaseSelector,
        strays: Strays,
    ) -> None:
        self.pid = pid
        self._task = task
        self._nonce = nonce
        self._selector = selector
        self._strays = strays
        self._result = result
        self._pipes = {stdout, stderr, result}
        self._answer = bytearray()
        self._text = bytearray()
        self._text_size = 0
        self._began = time.monotonic()
        self._deadline = self._began + task.limits.wall_s
        self._killed_at: float | None = None
        self._why: Reason = ""
        self._gone = False
        self._pidfd = _watch(pid)
        for descriptor in (*self._pipes, *(() if self._pidfd is None else (self._pidfd,))):
            selector.register(descriptor, selectors.EVENT_READ, self)

    @property
    def watched(self) -> bool:
        """Whether the kernel tells when the child ends, so that nobody has to ask."""
        return self._pidfd is not None

    def next_moment(self, now: float) -> float:
        """Return the seconds until something is due even if nothing is heard."""
        due = self._deadline if self._killed_at is None else self._killed_at + _GRACE_S
        return due - now

    def read(self, descriptor: int) -> None:
        """Take what one of its pipes holds; too much of it ends the child."""
        if descriptor not in self._pipes:
            return
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(descriptor)
        elif descriptor == self._result:
            self._answer += data
            if len(self._answer) > self._task.limits.output_bytes + channel.OVERHEAD:
                self._kill("flood")
        else:
            self._text_size += len(data)
            self._text += data[: _TEXT_KEPT - len(self._text)]
            if self._text_size > self._task.limits.text_bytes:
                self._kill("flood")

    def ended(self, now: float) -> Outcome | None:
        """Return the outcome if the child has ended, or had to be given up; else end it if its time is over."""
        status = self._reaped()
        if status is None:
            if self._killed_at is not None and now - self._killed_at > _GRACE_S:
                return self._finish(now, self._why, "it could not be ended; the process was given up")
            if self._killed_at is None and now >= self._deadline:
                self._kill("deadline")
            return None
        self._drain()
        reason, detail, payload = self._verdict(status)
        return self._finish(now, reason, detail, payload)

    def abandon(self) -> None:
        """End the child without an outcome: the host itself is being interrupted."""
        self._kill("deadline")
        until = time.monotonic() + _GRACE_S
        while self._reaped() is None and time.monotonic() < until:
            time.sleep(0.005)
        self._close()

    def _kill(self, why: Reason) -> None:
        if self._killed_at is None:
            self._killed_at, self._why = time.monotonic(), why
            if not self._gone:
                kill_session(self.pid)

    def _reaped(self) -> int | None:
        """Return the wait status once the child has ended, after killing what is left of its session."""
        if self._pidfd is not None and not _readable(self._pidfd):
            return None
        if self._pidfd is not None:
            end = kill_group if self._strays.catching else kill_session
            end(self.pid)  # before it is reaped, so that its id cannot yet be another's
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            self._gone = True
            return 1 << 8  # reaped by somebody else: no success can be proved
        if pid == 0:
            return None
        self._gone = True
        if self._pidfd is None:
            kill_session(self.pid)
        return status

    def _drain(self) -> None:
        """Take what is left in the pipes, without waiting for whoever else may hold them open."""
        for descriptor in tuple(self._pipes):
            budget = 2 * (self._task.limits.output_bytes + self._task.limits.text_bytes)
            while descriptor in self._pipes and budget > 0 and not self._why:
                before = len(self._answer) + self._text_size
                self.read(descriptor)
                taken = len(self._answer) + self._text_size - before
                if taken == 0:
                    break
                budget -= taken

    def _verdict(self, status: int) -> tuple[Reason, str, bytes]:
        limits = self._task.limits
        if self._why == "deadline":
            return "deadline", f"it did not finish within {limits.wall_s:g} s and was ended", b""
        if self._why == "flood":
            return "flood", "it wrote more than it may and was ended", b""
        answer = channel.parse(bytes(self._answer), self._nonce)
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number == signal.SIGXCPU or (number == signal.SIGKILL and self._used_up_cpu()):
                return "deadline", f"it used up its {limits.cpu_s} s of processor time", b""
            return "signal", f"it crashed ({_signal_name(number)})", b""
        if answer.fault:
            code = os.waitstatus_to_exitcode(status)
            return "incomplete", f"{answer.fault} (exit status {code})", b""
        if answer.kind == channel.EXCEPTION:
            return "exception", answer.payload.decode("utf-8", "replace"), b""
        if answer.kind == channel.SPAWN:
            return "spawn", f"it could not be confined: {answer.payload.decode('utf-8', 'replace')}", b""
        if status != 0:
            return "exit", f"it ended with exit status {os.waitstatus_to_exitcode(status)} after its answer", b""
        if len(answer.payload) + len(answer.early) > limits.output_bytes:
            return "flood", "its answer is larger than it may be", b""
        return "", "", answer.payload

    def _used_up_cpu(self) -> bool:
        return time.monotonic() - self._began >= self._task.limits.cpu_s

    def _finish(self, now: float, reason: Reason, detail: str, payload: bytes = b"") -> Outcome:
        self._close()
        return Outcome(
            id=self._task.id,
            ok=not reason,
            payload=payload,
            level=LEVEL,
            reason=reason,
            detail=detail,
            seconds=now - self._began,
            early=channel.parse(bytes(self._answer), self._nonce).early,
            text=bytes(self._text),
        )

    def _drop(self, descriptor: int) -> None:
        self._pipes.discard(descriptor)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(descriptor)
        os.close(descriptor)

    def _close(self) -> None:
        for descriptor in tuple(self._pipes):
            self._drop(descriptor)
        if self._pidfd is not None:
            self._drop(self._pidfd)
            self._pidfd = None


def _watch(pid: int) -> int | None:
    """Return a descriptor that turns readable when the process ends, where the kernel has them."""
    if sys.platform != "linux":
        return None
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _readable(descriptor: int) -> bool:
    import select

    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
