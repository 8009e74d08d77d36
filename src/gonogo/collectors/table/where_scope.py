"""What the names of an expression over columns mean, and what kind of thing each part of it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType, given_names
from gonogo.language.requirement import FactRef, Node, ParameterRef, walk

HELD: Final = "held"
"""The moment at which the content of the table held, where no column is called so. A window into the past is counted
back from it: counted back from the run, a file would show fewer and fewer arrivals the older it is."""


class OperandKind(StrEnum):
    """What a part of an expression is."""

    TEXT = "text"
    NUMBER = "a number"
    TRUTH = "true or false"
    DATE = "a date"
    INSTANT = "an instant"
    DURATION = "a duration"


KIND_OF: Final = {
    ColumnType.TEXT: OperandKind.TEXT,
    ColumnType.ID: OperandKind.TEXT,
    ColumnType.INTEGER: OperandKind.NUMBER,
    ColumnType.DECIMAL: OperandKind.NUMBER,
    ColumnType.MONEY: OperandKind.NUMBER,
    ColumnType.PERCENT: OperandKind.NUMBER,
    ColumnType.BOOLEAN: OperandKind.TRUTH,
    ColumnType.DATE: OperandKind.DATE,
    ColumnType.INSTANT: OperandKind.INSTANT,
}


@dataclass(frozen=True, slots=True)
class SqlPart:
    """A part of an expression, as SQL."""

    kind: OperandKind
    sql: str


@dataclass(frozen=True, slots=True)
class WhereScope:
    """What the names of an expression mean.

    Attributes:
        columns: Columns of the table.
        now: The moment of the assessment.
        go_live: When the release is switched on.
        held: When the content of the table held.
        start_of: SQL of the first moment, in microseconds, of the local day in SQL of a DATE column of that name.
        spoilt: Columns with bad cells, which may say something or not.
        no_answers: Column of texts to those of its texts that are no answer: where it holds one it is unknown.
    """

    columns: Mapping[str, Column]
    now: datetime
    go_live: datetime
    held: datetime
    start_of: Callable[[str], str]
    spoilt: Collection[str] = ()
    no_answers: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def differs(self, node: Node) -> bool:
        """Return whether an expression names anything that can differ from row to row."""
        return any(
            isinstance(part, FactRef) or (isinstance(part, ParameterRef) and not self.is_held(part.name))
            for part in walk(node)
        )

    def is_held(self, name: str) -> bool:
        """Return whether a name means the moment at which the content held: no column has it."""
        return name == HELD and name not in self.columns and name not in given_names(self.columns)
