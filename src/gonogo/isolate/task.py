"""What is asked of a child process, within which limits, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from gonogo.isolate.walls import StandingWalls, Walls

Reason = Literal["", "deadline", "signal", "exit", "flood", "incomplete", "exception", "spawn"]
"""Why a child gave no answer; empty when it gave one."""

MIB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use up.

    Attributes:
        wall_s: Seconds from its start until it and its session are killed; greater than 0.
        cpu_s: Seconds of processor time, at least 1.
        memory_bytes: Address space beyond what the child has at its start; None for no limit. Linux only.
        output_bytes: Bytes on the result channel.
        file_bytes: Size of any one file that it writes.
        open_files: Descriptors that it may hold, its own channel and inputs included.
        text_bytes: Bytes on standard output and standard error together.
        scratch_bytes: Bytes in its scratch folder.
    """

    wall_s: float = 60.0
    cpu_s: int = 60
    memory_bytes: int | None = 1024 * MIB
    output_bytes: int = 8 * MIB
    file_bytes: int = 1024 * MIB
    open_files: int = 256
    text_bytes: int = MIB
    scratch_bytes: int = 256 * MIB


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work for one child: either ``work`` (forked) or ``command`` (executed), never both.

    Attributes:
        id: Name of the task in its outcome.
        request: Bytes that the child is handed.
        limits: What it may use up.
        work: Runs in a forked child with the request and its descriptors, returns the payload.
        command: Program and arguments; see :func:`python_command`.
        env: The child's whole environment, beside ``LC_ALL=C`` and ``TZ=UTC``.
        descriptors: Open descriptors to pass; the child sees them renumbered, from 4 on, in this order.
        before: Runs in the host right before the fork, while earlier children are at work: imports that several
            children share. It starts no thread.
        scratch: Path of its scratch folder, which is made as it starts and removed when it has ended; empty for none.
        walls: What it is kept from, where the kernel can do so; None for a child of level L1.
    """

    id: str
    request: bytes
    limits: Limits = Limits()
    work: Callable[[bytes, tuple[int, ...]], bytes] | None = None
    command: tuple[str, ...] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()
    before: Callable[[], None] | None = None
    scratch: str = ""
    walls: Walls | None = None


@dataclass(frozen=True, slots=True)
class ChildOutcome:
    """What came of one task.

    Attributes:
        id: The task's id.
        ok: Whether exactly one complete answer came and the child then ended by itself with status 0.
        payload: The answer; empty unless ``ok``.
        standing: Which of its walls stood.
        reason: Why there is no answer; empty when ``ok``.
        detail: One sentence on the reason; for an exception its type and the first line of its message.
        seconds: Wall time from start to end.
        early: What the child sent ahead with :func:`gonogo.isolate.early`; kept whatever happened afterwards.
        text: First bytes of what it printed, for diagnosis only; never for a report.
    """

    id: str
    ok: bool
    payload: bytes
    reason: Reason
    detail: str
    seconds: float
    standing: StandingWalls = field(default_factory=StandingWalls)
    early: bytes = b""
    text: bytes = field(default=b"", repr=False)

    @property
    def level(self) -> str:
        """Isolation level at which it ran."""
        return self.standing.level


def python_command(target: str) -> tuple[str, ...]:
    """Return the command that runs ``module:function`` in a fresh, isolated interpreter.

    The function is called as ``function(request, descriptors)`` and returns the payload, exactly like ``Task.work``.
    """
    return (sys.executable, "-I", "-B", "-X", "utf8", "-m", "gonogo.isolate", target)
