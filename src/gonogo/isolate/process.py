"""One child as the host sees it: its pipes, its clock, its end."""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import sys
import time
from dataclasses import dataclass
from typing import Final

from gonogo.isolate import channel, scratch
from gonogo.isolate.child import Ends
from gonogo.isolate.ending import End, verdict
from gonogo.isolate.forking import fork
from gonogo.isolate.sealed import sealed
from gonogo.isolate.strays import Strays, kill_group, kill_session
from gonogo.isolate.task import ChildOutcome, Reason, Task
from gonogo.isolate.walls import read_account

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
        if task.scratch:
            scratch.make(task.scratch)
        ends = Ends(stdin=theirs[3], stdout=theirs[0], stderr=theirs[1], result=theirs[2])
        pid, spaced = fork(task, ends, nonce)
    except OSError as error:
        for descriptor in ours:
            os.close(descriptor)
        scratch.remove(task.scratch)
        raise Unstarted(f"the system could not start a child process: {error.strerror or error}") from error
    finally:
        for descriptor in theirs:
            os.close(descriptor)
    pipes = Pipes(stdout=ours[0], stderr=ours[1], result=ours[2])
    return Child(task, pid, nonce, pipes=pipes, spaced=spaced, selector=selector, strays=strays)


def _standard_input(task: Task, nonce: bytes) -> int:
    """Return a descriptor that holds the request of a command; forked work has its request in memory."""
    if task.command is None:
        return os.open(os.devnull, os.O_RDONLY)
    return sealed(channel.HEAD.pack(nonce, len(task.descriptors)) + task.request)


@dataclass(frozen=True, slots=True)
class Pipes:
    """The host's ends of a child's pipes."""

    stdout: int
    stderr: int
    result: int


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
        pipes: Pipes,
        spaced: bool,
        selector: selectors.BaseSelector,
        strays: Strays,
    ) -> None:
        self.pid = pid
        self._task = task
        self._nonce = nonce
        self._selector = selector
        self._strays = strays
        self._spaced = spaced
        self._result = pipes.result
        self._pipes = {pipes.stdout, pipes.stderr, pipes.result}
        self._answer = bytearray()
        self._text = bytearray()
        self._text_size = 0
        self._began = time.monotonic()
        self._deadline = self._began + task.limits.wall_s
        self._look = self._began + scratch.LOOK_S
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
        return min(due, self._look) - now if self._task.scratch else due - now

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

    def ended(self, now: float) -> ChildOutcome | None:
        """Return the outcome if the child has ended, or had to be given up; else end it if its time is over."""
        status = self._reaped()
        if status is None:
            if self._killed_at is not None and now - self._killed_at > _GRACE_S:
                return self._finish(now, self._why, "it could not be ended; the process was given up")
            if self._killed_at is None and now >= self._deadline:
                self._kill("deadline")
            if self._task.scratch and now >= self._look:
                self._look = now + scratch.LOOK_S
                if scratch.over(self._task.scratch, self._task.limits.scratch_bytes):
                    self._kill("flood")
            return None
        self._drain()
        end = End(status, self._why, self._spaced, time.monotonic() - self._began)
        return self._finish(now, *verdict(self._task, end, channel.parse(bytes(self._answer), self._nonce)))

    def abandon(self) -> None:
        """End the child without an outcome: the host itself is being interrupted."""
        self._kill("deadline")
        until = time.monotonic() + _GRACE_S
        while self._reaped() is None and time.monotonic() < until:
            time.sleep(0.005)
        self._close()
        scratch.remove(self._task.scratch)

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
        """Take what is left in the pipes, without waiting for other processes that may hold them open."""
        for descriptor in tuple(self._pipes):
            budget = 2 * (self._task.limits.output_bytes + self._task.limits.text_bytes)
            while descriptor in self._pipes and budget > 0 and not self._why:
                before = len(self._answer) + self._text_size
                self.read(descriptor)
                taken = len(self._answer) + self._text_size - before
                if taken == 0:
                    break
                budget -= taken

    def _finish(self, now: float, reason: Reason, detail: str, payload: bytes = b"") -> ChildOutcome:
        self._close()
        scratch.remove(self._task.scratch)
        answer = channel.parse(bytes(self._answer), self._nonce)
        return ChildOutcome(
            id=self._task.id,
            ok=not reason,
            payload=payload,
            reason=reason,
            detail=detail,
            seconds=now - self._began,
            standing=read_account(answer.walls, self._task.walls),
            early=answer.early,
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
