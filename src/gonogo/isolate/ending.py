"""What the end of a child means: an answer, or the one reason why there is none."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

from gonogo.isolate import channel
from gonogo.isolate.task import Reason, Task


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended.

    Attributes:
        status: Its wait status.
        why: Why the host ended it; empty if it did not.
        spaced: Whether it was the first process of namespaces of its own, which reports a signal in its exit status.
        seconds: How long it ran.
    """

    status: int
    why: Reason
    spaced: bool
    seconds: float

    @property
    def signal(self) -> int:
        """The signal that ended the work, or 0."""
        if os.WIFSIGNALED(self.status):
            return os.WTERMSIG(self.status)
        return max(0, os.WEXITSTATUS(self.status) - 128) if self.spaced else 0


def verdict(task: Task, end: End, answer: channel.ChildAnswer) -> tuple[Reason, str, bytes]:
    """Return the reason why there is no answer, a sentence on it, and the payload: one of the first and the last."""
    limits = task.limits
    if end.why == "deadline":
        return "deadline", f"it did not finish within {limits.wall_s:g} s and was ended", b""
    if end.why == "flood":
        return "flood", "it wrote more than it may and was ended", b""
    if end.signal:
        used_up = end.signal == signal.SIGXCPU or (end.signal == signal.SIGKILL and end.seconds >= limits.cpu_s)
        if used_up:
            return "deadline", f"it used up its {limits.cpu_s} s of processor time", b""
        return "signal", f"it crashed ({_signal_name(end.signal)})", b""
    code = os.waitstatus_to_exitcode(end.status)
    if answer.fault:
        return "incomplete", f"{answer.fault} (exit status {code})", b""
    if answer.kind == channel.EXCEPTION:
        return "exception", answer.payload.decode("utf-8", "replace"), b""
    if answer.kind == channel.SPAWN:
        return "spawn", f"it could not be confined: {answer.payload.decode('utf-8', 'replace')}", b""
    if code != 0:
        return "exit", f"it ended with exit status {code} after its answer", b""
    if len(answer.payload) + len(answer.early) > limits.output_bytes:
        return "flood", "its answer is larger than it may be", b""
    return "", "", answer.payload


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
