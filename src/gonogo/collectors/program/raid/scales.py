"""The scales of the M3 RAID workbook: statuses, probability and impact from 1 to 5, and what the words behind them say.

The template contradicts itself on impact: its instructions bound the levels at 1, 5 and 10 percent of the budget,
its hidden list, which feeds the drop-down, says 5, 10, 15 and 20. A binding must say which one the people used; a
cell that quotes the other one is refused.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from gonogo.model.placeholder import has_content
from gonogo.model.planned_answers import is_owed

OPEN: Final = frozenset({"new", "in progress", "pending approval", "escalated", "defer"})
"""Statuses of an item that is still there; a deferred risk has only been put off."""
CLOSED: Final = frozenset({"closed", "cancelled"})
UNDER_WAY: Final = "in progress"
"""The one open status whose response is approved: new ones have none, pending and escalated ones await approval."""
RESPONSES: Final = frozenset({"avoid", "mitigate", "accept"})
PRIORITIES: Final = frozenset({"critical", "high", "medium", "low"})
SIDES: Final = frozenset({"customer", "provider", "shared"})

_LEVEL: Final = re.compile(r"([1-5])\s*[-\u2010-\u2015]\s*([^()]+?)\s*(?:\((.*)\))?", re.DOTALL)
_PROBABILITY: Final = ("not likely", "low likelihood", "likely", "highly likely", "near certainty")
_IMPACT: Final = ("minimal or no impact", "minor", "moderate", "significant", "severe")
_CHANCES: Final = tuple(
    frozenset({f"{percent}%", f"~{percent}% chance of occurrence"}) for percent in (10, 30, 50, 70, 90)
)


class ImpactScale(StrEnum):
    """Which of the template's two impact scales the log was filled in by."""

    INSTRUCTIONS = "instructions"
    """Under 1, 1 to 5, 5 to 10, over 10 percent of the budget; milestones decide between 4 and 5."""
    LIST = "list"
    """0 to 5, 5, 10, 15, and 20 or more percent of cost or schedule: the hidden sheet Data Mgmt."""


_BOUNDS: Final = {
    ImpactScale.INSTRUCTIONS: (
        "less than 1% impact to budget, no impact to schedule",
        "greater than 1% and less than 5% impact to budget, no impact on ability to meet key dates",
        "greater than 5% and less than 10% impact budget, no impact to milestones",
        "greater than 10% impact to budget, critical path milestones impacted",
        "greater than 10% impact to budget, cannot meet program milestones",
    ),
    ImpactScale.LIST: (
        "0-5% impact to cost or schedule",
        "5% impact to cost or schedule",
        "10% impact to cost or schedule",
        "15% impact to cost or schedule",
        "20% or more impact to cost or schedule",
    ),
}


def words(value: object) -> str:
    """Return text without stray blanks and case, for comparison; other values as they print."""
    return " ".join(str(value).split()).casefold()


def as_written(value: object) -> str:
    """Return text in quotes as its cell writes it, cut where it is long: people search for what they see."""
    return repr(" ".join(str(value).split())[:60])


def stated(value: object) -> bool:
    """Return whether a cell says anything: ``TBD``, ``n/a``, ``<<Insert Name>>`` and ``Owner to provide`` do not."""
    return has_content(str(value)) and not is_owed(str(value))


def read_probability(value: object) -> int:
    """Return the level, 1 to 5, of ``4-Highly Likely (70%)``, ``4`` or a number.

    Raises:
        ValueError: Anything else; the sentence goes on after the name of the cell.
    """
    level, label, bracket = _level(value, "a probability")
    if label and label != _PROBABILITY[level - 1]:
        raise ValueError(f"holds {_short(value)}, but level {level} of probability is {_PROBABILITY[level - 1]!r}")
    if bracket and bracket not in _CHANCES[level - 1]:
        raise ValueError(f"holds {_short(value)}, whose percentage is not that of level {level}")
    return level


def read_impact(value: object, scale: ImpactScale) -> int:
    """Return the level, 1 to 5, of ``4-Significant (15% impact to cost or schedule)``, ``4`` or a number.

    Raises:
        ValueError: Anything else, or words of the other scale; the sentence goes on after the name of the cell.
    """
    level, label, bracket = _level(value, "an impact")
    if label and label != _IMPACT[level - 1]:
        raise ValueError(f"holds {_short(value)}, but level {level} of impact is {_IMPACT[level - 1]!r}")
    if bracket and bracket != _BOUNDS[scale][level - 1]:
        other = next(entry for entry in ImpactScale if entry is not scale)
        if bracket == _BOUNDS[other][level - 1]:
            raise ValueError(
                f"quotes the scale of the {_name(other)}, but the binding says impact_scale: {scale}; "
                f"score the risk by the {_name(scale)} or change the setting"
            )
        raise ValueError(f"holds {_short(value)}, which is in neither impact scale of the template")
    return level


def _level(value: object, what: str) -> tuple[int, str, str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in (1, 2, 3, 4, 5):
        return int(value), "", ""
    if isinstance(value, str):
        text = value.strip()
        if text in ("1", "2", "3", "4", "5"):
            return int(text), "", ""
        match = _LEVEL.fullmatch(text)
        if match is not None:
            return int(match[1]), words(match[2]), words(match[3] or "")
        if not text:
            raise ValueError(f"is blank, but an open risk has {what} from 1 to 5")
    raise ValueError(f"holds {_short(value)}, which is not {what} from 1 to 5")


def _name(scale: ImpactScale) -> str:
    return "instructions sheet" if scale is ImpactScale.INSTRUCTIONS else "hidden list"


def _short(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")
