"""Cells as the tree that every document is checked as: a mistake then names sheet and cell as others name a line."""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.documents.xlsx.workbook import cell_name
from gonogo.documents.yaml import MappingNode, Node, ScalarNode, SequenceNode, YamlSource
from gonogo.model.position import Position


@dataclass(frozen=True, slots=True, eq=False)
class GridSource(YamlSource):
    """A worksheet: lines are its rows, columns its columns, both from 1.

    Attributes:
        sheet: Name of the worksheet.
    """

    sheet: str = ""

    def at(self, line: int, column: int) -> Position:
        """Return the place of a cell; of the sheet where either is 0."""
        return Position(self.name, sheet=self.sheet, cell=cell_name(line, column) if line and column else "")


def grid_source(file_name: str, sheet: str) -> GridSource:
    """Return the source of a worksheet's cells."""
    return GridSource(file_name, (), sheet=sheet)


def text_node(source: YamlSource, row: int, column: int, text: str) -> ScalarNode:
    """Return a cell as text, whatever it looks like."""
    return ScalarNode(source, row, column, text, quoted=True)


def plain_node(source: YamlSource, row: int, column: int, text: str) -> ScalarNode:
    """Return a cell as the number, truth or date that its text is."""
    return ScalarNode(source, row, column, text)


def row_node(source: YamlSource, row: int, column: int, entries: dict[str, Node]) -> MappingNode:
    """Return a row as a mapping that stands at one of its cells."""
    named = {key: (ScalarNode(source, row, column, key), node) for key, node in entries.items()}
    return MappingNode(source, row, column, named)


def list_node(source: YamlSource, items: list[Node]) -> SequenceNode:
    """Return rows as a list that stands at the sheet."""
    return SequenceNode(source, 0, 0, tuple(items))
