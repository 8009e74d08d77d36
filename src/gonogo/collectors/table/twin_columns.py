"""Two columns of a file under headings that settings give to one column: they say the same, or a person chooses.

A profile lists every heading that a tool has used for a thing. A file with two of them has two columns, such as a
status of the scan and a status of the plan, and taking the first one could only be right by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gonogo.collectors.table.settings import Table


@dataclass(frozen=True, slots=True)
class TwinHeadings:
    """Two headings of a file that are both those of one column.

    Attributes:
        name: The column.
        own: The heading under which it is read.
        other: The one that nobody reads.
    """

    name: str
    own: str
    other: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two such columns, and where their cells are.

    Attributes:
        twins: Their headings.
        own: Which of the columns that are watched holds the cells of the one that is read, as they are written.
        other: Which of them holds those of the other one.
    """

    twins: TwinHeadings
    own: int
    other: int


@dataclass(frozen=True, slots=True)
class TwinCells:
    """What is kept of a file for the comparison alone.

    Attributes:
        columns: Heading and position of each column, after those that are watched for what they say.
        compared: What is compared.
    """

    columns: tuple[tuple[str, int], ...] = ()
    compared: tuple[Compared, ...] = ()


def twins_in(
    table: Table, headings: Sequence[str], plain: Sequence[str], found: Mapping[str, Sequence[str]]
) -> Iterator[TwinHeadings]:
    """Yield each column that nobody reads and whose heading is another one of a column that is read.

    Args:
        table: Settings as a person wrote them; what they explain is settled.
        headings: Of the file.
        plain: The same as headings are compared.
        found: Column to its headings that the file has, the one that is read first.
    """
    for name, (first, *others) in found.items():
        own = headings[plain.index(first)]
        for at, heading in enumerate(headings):
            if plain[at] in others and heading not in table.not_rival:
                yield TwinHeadings(name, own, heading)


def beside(twins: Sequence[TwinHeadings], headings: Sequence[str], watched: int) -> TwinCells:
    """Return which columns are kept to be compared; ``watched`` others come before them.

    Args:
        twins: Pairs of headings.
        headings: Every heading of the file, by position.
        watched: How many columns are watched for what they say.
    """
    columns: list[tuple[str, int]] = []
    compared = []
    for pair in dict.fromkeys(twins):
        columns.append((pair.own, headings.index(pair.own)))
        own = watched + len(columns) - 1
        for at, heading in enumerate(headings):
            if heading == pair.other:
                columns.append((heading, at))
                compared.append(Compared(pair, own, watched + len(columns) - 1))
    return TwinCells(tuple(columns), tuple(compared))


def after(columns: Sequence[tuple[str, int]], start: int) -> tuple[tuple[str, int], ...]:
    """Return columns with the cells in which they are written, one after another from the first."""
    return tuple((heading, start + index) for index, (heading, _) in enumerate(columns))
