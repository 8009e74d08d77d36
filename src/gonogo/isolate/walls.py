"""What keeps a child from everything but its work, and the account of what of it stands.

Each child says, before any foreign code runs in it, which of its walls the kernel let it raise. Level L2 is all of
them; whatever is missing is named, and the level is L1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

READING: Final = "reading"
WRITING: Final = "writing"
NETWORK: Final = "network"
SURVIVORS: Final = "leftover processes"
OTHERS: Final = "other processes"
CALLS: Final = "system calls"
SCRATCH: Final = "scratch"

WALLS: Final[dict[str, str]] = {
    READING: "reads the interpreter, installed libraries and what it is handed, and no other file",
    WRITING: "changes no file, mode or time outside its own scratch folder",
    NETWORK: "reaches no network and no socket of this machine",
    SURVIVORS: "leaves no process behind",
    OTHERS: "sees, signals and traces no process but its own",
    CALLS: "makes none of the system calls that open the kernel, keys, mounts and namespaces",
    SCRATCH: "has a scratch folder of bounded size that no other child reaches",
}
"""Every wall by its recorded name, and what a child does not do while it stands."""

L1: Final = "L1"
L2: Final = "L2"
LEVELS: Final = (L1, L2)


@dataclass(frozen=True, slots=True)
class Walls:
    """What a child is to be kept from.

    Attributes:
        reads: Files and folders that it may read.
        lists: Folders that it may list.
        executes: Programs that it may run.
        network: Whether the program lets it use the network.
        alone: It starts no process of its own, so that it needs no namespaces.
        required: It does not run at all unless every wall stands.
    """

    reads: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    executes: tuple[str, ...] = ()
    network: bool = False
    alone: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class StandingWalls:
    """Which walls stand around a child, by name in the order of :data:`WALLS`.

    Attributes:
        enforced: Those that stand.
        missing: Those that do not.
        open: Those that the program itself left open: ``network`` where it is granted.
    """

    enforced: tuple[str, ...] = ()
    missing: tuple[str, ...] = tuple(WALLS)
    open: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """L2 if every wall stands that was not left open on purpose, else L1."""
        return L1 if self.missing else L2

    @property
    def unenforced(self) -> tuple[str, ...]:
        """What is not enforced, on purpose or not."""
        return tuple(name for name in WALLS if name in self.missing or name in self.open)


def standing(raised: Iterable[str], walls: Walls) -> StandingWalls:
    """Return the account of the walls that were raised."""
    up = frozenset(raised)
    opened = (NETWORK,) if walls.network else ()
    return StandingWalls(
        enforced=tuple(name for name in WALLS if name in up and name not in opened),
        missing=tuple(name for name in WALLS if name not in up and name not in opened),
        open=opened,
    )


def account(raised: Iterable[str]) -> bytes:
    """Return what a child reports about its walls."""
    return json.dumps(sorted(raised)).encode()


def read_account(payload: bytes, walls: Walls | None) -> StandingWalls:
    """Return what a child's account means; nothing stands where there is none, or none that can be read."""
    if walls is None or not payload:
        return StandingWalls()
    try:
        names: Any = json.loads(payload)
    except ValueError:
        return StandingWalls()
    return (
        standing([name for name in names if isinstance(name, str)], walls)
        if isinstance(names, list)
        else StandingWalls()
    )
