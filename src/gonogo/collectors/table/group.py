"""The lowest or highest group, with small groups put together so that nobody can be picked out or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.table.fact_measures import LeastOf, MostOf, RowMeasure
from gonogo.collectors.table.facts import By, Take
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault


@dataclass(frozen=True, slots=True)
class Group:
    """What one group adds up to; without ``by`` there is one group, the whole table.

    Attributes:
        key: Its value of the grouping column.
        members: Rows, or things, in it.
        value: The aggregate: the part of a share, the count, sum, smallest or largest value; None for none.
        whole: The whole of a share; for the others how many rows are in ``value``.
        label: How an answer may name it; empty where it may not.
    """

    key: Any
    members: int
    value: Any
    whole: Any
    label: str = ""


def chosen(groups: Sequence[Group], by: By | None, columns: Mapping[str, Column], measure: RowMeasure) -> Group:
    """Return the group that answers; the whole table without ``by``.

    Groups smaller than ``min_group`` are one group together. When that one is still smaller and yet the lowest (or
    highest), its value would show what a few people did, and any other value would be better than the truth.

    Raises:
        CollectorRefusal: There is no group, an expected one has no row, a group has no value, or the answer would be
            of too few people.
    """
    if by is None:
        return groups[0]
    column = columns[by.column]
    heading = column.header or by.column
    if by.every and isinstance(column.allowed, tuple):
        absent = len(set(column.allowed) - {group.key for group in groups})
        if absent:
            raise StructuralFault(f"{absent} of the {len(column.allowed)} values of {heading} have no row")
    if not groups:
        raise StructuralFault(f"no row is in any group by {heading}", GapReason.MISSING)
    large = [group for group in groups if group.members >= by.min_group]
    small = [group for group in groups if group.members < by.min_group]
    candidates = large + ([_together(small, measure)] if small else [])
    empty = [group for group in candidates if _size(group, measure) is None]
    if empty:
        raise StructuralFault(f"a group by {heading} has nothing to answer from", GapReason.MISSING)
    extreme = min if by.take is Take.LOWEST else max
    best = extreme(_size(group, measure) for group in candidates)
    winners = [group for group in candidates if _size(group, measure) == best]
    winner = winners[0]
    if winner.members < by.min_group:
        raise StructuralFault(
            f"the {by.take} group by {heading} has fewer than {by.min_group} members, and its value would show them",
            GapReason.NOT_PROVABLE,
        )
    shown = by.show if by.show is not None else by.min_group >= 2
    if winner.key is None:
        label = f"the groups by {heading} that have fewer than {by.min_group} members, together"
    elif shown and column.type is not ColumnType.ID:
        label = f"{heading} {winner.key!s}"
    else:
        label = f"the {by.take} of {len(groups)} groups by {heading}"
    return Group(winner.key, winner.members, winner.value, winner.whole, label)


def _together(groups: Sequence[Group], measure: RowMeasure) -> Group:
    values = [group.value for group in groups if group.value is not None]
    if isinstance(measure, (LeastOf, MostOf)):
        value = (min if isinstance(measure, LeastOf) else max)(values) if values else None
    else:
        value = sum(values)
    return Group(None, sum(group.members for group in groups), value, sum(group.whole for group in groups))


def _size(group: Group, measure: RowMeasure) -> Any:
    """Return what groups are compared by; None where the group has no value."""
    if measure.divides:
        return Fraction(group.value) / Fraction(group.whole) if group.whole and group.value is not None else None
    return group.value
