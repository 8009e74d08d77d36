"""One thing after the other: each piece of work is guarded and interrupted as a command of its own would be."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from gonogo.errors import GonogoError, IsolationFault, RecordFault
from gonogo.plugin.settled import session

_Found = TypeVar("_Found")
_SIGNALS: Final = ("SIGINT", "SIGTERM")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is nothing to show.

    Attributes:
        sentences: What a command would have printed, a line each.
        exit_code: What it would have ended with.
        interrupted: Whether somebody asked gonogo to end.
    """

    sentences: tuple[str, ...]
    exit_code: int
    interrupted: bool = False


def tried(work: Callable[[], _Found]) -> _Found | Trouble:
    """Return what some work gives, or why it gives nothing.

    Whatever a plugin did meanwhile, the work itself has loaded nothing afterwards; or it does not count.
    """
    try:
        with _interruptible(), session() as late:
            found = work()
        if late:
            raise IsolationFault(f"after other people's code had run, {late[0]} was to be loaded; nothing counts")
    except GonogoError as error:
        return Trouble(tuple(str(error).splitlines()), error.exit_code)
    except KeyboardInterrupt:
        return Trouble(("Interrupted before it was finished; no verdict is returned.",), 4, interrupted=True)
    except OSError as error:
        where = f": {error.filename}" if isinstance(error.filename, str) else ""
        fault = RecordFault(f"the system refused what gonogo asked of it{where}: {error.strerror or error}")
        return Trouble(tuple(str(fault).splitlines()), fault.exit_code)
    return found


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the work at once, as it ends a command; the server would wait until the work is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in _SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
