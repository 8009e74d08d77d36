"""What would settle the reasons of a verdict: worked out from a recorded run, shown to people, never recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact, or one register, and what it would have to be.

    Attributes:
        fact: The fact, or the id of the register.
        now: What is known of it, in words.
        needed: What would be enough, with its boundary: ``at least 190 of 200 (95%)``.
        dated: The first local day on which evidence for it may be dated; None where what is recorded is young enough.
        source: The binding that answers for it, or should; empty where none is named.
        register: Whether it is a register, whose items are closed.
    """

    fact: str
    now: str
    needed: str
    dated: date | None = None
    source: str = ""
    register: bool = False


@dataclass(frozen=True, slots=True)
class StricterRung:
    """A threshold that gets stricter before go-live.

    Attributes:
        rung: The milestone or hold point.
        day: Its local day.
        days: Calendar days until then.
        ways: What is enough from then on; one way a tuple. Empty where nothing that can be changed is.
    """

    rung: str
    day: date
    days: int
    ways: tuple[tuple[FactChange, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonPath:
    """One reason of a verdict and what would settle it.

    Attributes:
        criterion: Id of the criterion or standing hold; None for a reason that is not one criterion's.
        why: The reason, as it was recorded.
        ways: What would settle it alone: one way is all of its changes together; of several ways one is enough.
        cannot: Why nothing that people can change settles it, a sentence each; empty where something does.
        papers: Which papers would carry it instead, a sentence each.
        settled: When a reason that is not one criterion's is settled, as the end of a sentence; empty for others.
        days: Calendar days to go-live; negative after it.
        stricter: The next milestone at which it asks for more; None where there is none.
    """

    criterion: str | None
    why: str
    ways: tuple[tuple[FactChange, ...], ...] = ()
    cannot: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    settled: str = ""
    days: int = 0
    stricter: StricterRung | None = None
