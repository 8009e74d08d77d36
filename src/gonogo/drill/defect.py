"""A class of defects: what it is, how it is planted, and how loudly it must be noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gonogo.model.assessment import EngineMode

if TYPE_CHECKING:
    from gonogo.drill.rehearsal import Rehearsed
    from gonogo.drill.site import TargetProgram


class NotPlanted(Exception):
    """The program has no place for a defect; the sentence says what is missing."""


class Noticed(IntEnum):
    """How a defect was noticed, the loudest last."""

    NOTHING = 0
    TOLD = 1
    """The run says that something is different."""
    SETBACK = 2
    """The run says that something is worse than it was."""
    STOPPED = 3
    """It was refused, or a criterion or a fact that was known is so no longer."""


class Stage(Enum):
    """What the program looks like before the defect is planted."""

    AS_IT_STANDS = "as it stands"
    WAIVABLE_OPEN = "a criterion that may be waived is open"
    CONDITIONAL_OPEN = "a conditional criterion is open and has no plan"


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect in its place.

    Attributes:
        where: The file, record or option that holds it now.
        criteria: Criteria that rest on what was harmed; empty where it concerns all.
        as_of: Another moment to judge at.
        engine: Another choice of evaluators.
        search: A folder in which a distribution is installed for this run.
        shows: For a defect that no finding can show: returns what of a run shows it; empty where nothing does.
        by: What that is called in the table.
        bundles: Evidence bundles that the run is handed.
        asked: Who is asked in place of a run, such as a deploy job; None where the program is run.
    """

    where: str
    criteria: frozenset[str] = frozenset()
    as_of: datetime | None = None
    engine: EngineMode = EngineMode.BOTH
    search: Path | None = None
    shows: Callable[[Rehearsed], str] | None = None
    by: str = ""
    bundles: tuple[Path, ...] = ()
    asked: Callable[[], Rehearsed] | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """One class of defects.

    Attributes:
        id: Short name, as ``--only`` takes it.
        title: What somebody did, in plain words.
        needs: What a program must have for it.
        plant: Plants it; raises :class:`NotPlanted` where the program has no place for it.
        least: How loudly it must be noticed.
        stage: What the program looks like before.
    """

    id: str
    title: str
    needs: str
    plant: Callable[[TargetProgram], Planted]
    least: Noticed = Noticed.SETBACK
    stage: Stage = Stage.AS_IT_STANDS
