"""What the pages share while the server runs: the program, the secrets, and what the last action had to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from gonogo.web.gatekeeper import SiteKeys
from gonogo.web.working import Trouble, tried
from gonogo.workflow.order import Order, RunResult

_Found = TypeVar("_Found")


@dataclass(slots=True)
class ActionNotice:
    """What an action had to say, shown once.

    Attributes:
        title: Its heading.
        lines: What a command would have printed.
        good: Whether it did what was asked.
    """

    title: str
    lines: tuple[str, ...]
    good: bool


@dataclass(slots=True)
class LocalDesk:
    """One program that is open.

    Attributes:
        program: Its folder.
        keys: Secrets of this start.
        assess: How a run is made.
        end: Ends the server once the answer is sent.
        clock: What counts as now.
        notice: What the last action had to say, until a page shows it.
        by: The name that was given last, so that nobody types it twice.
        interrupted: Whether something was under way when somebody asked gonogo to end.
    """

    program: Path
    keys: SiteKeys
    assess: Callable[[Order], RunResult]
    end: Callable[[], None] = lambda: None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    notice: ActionNotice | None = field(default=None)
    by: str = ""
    interrupted: bool = False

    def tried(self, work: Callable[[], _Found]) -> _Found | Trouble:
        """Return what some work gives, or why it gives nothing; if somebody asked gonogo to end, it ends after that."""
        found = tried(work)
        if isinstance(found, Trouble) and found.interrupted:
            self.interrupted = True
            self.end()
        return found

    def take_notice(self) -> ActionNotice | None:
        """Return what is to be shown once, and forget it."""
        found, self.notice = self.notice, None
        return found
