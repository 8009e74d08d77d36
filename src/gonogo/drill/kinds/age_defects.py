"""Evidence that is dated back or ahead, by each way in which a program knows when a source held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.csv_lines import CsvLines
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.kinds.moved_dates import YEARS, moved
from gonogo.drill.site import PROGRAM_FILE, BoundSource, TargetProgram
from gonogo.drill.tree_text import Tree, TreeLeaf
from gonogo.model.program import AsOfRule

_BY_NAME = "a source that is dated by its name, and found by a pattern"
_BY_WORD = "a source that a person dates"
_BY_COLUMN = "a table in CSV that is dated by a column"


def _of(site: TargetProgram, rule: AsOfRule) -> list[BoundSource]:
    return [source for source in site.sources() if source.entry.as_of.rule is rule]


def _named(site: TargetProgram, years: int) -> Planted:
    for source in _of(site, AsOfRule.FILE_NAME):
        name = moved(source.name, years)
        fits = any(PurePosixPath(source.path).with_name(name).match(pattern) for pattern in source.entry.paths)
        if name != source.name and fits:
            new = str(PurePosixPath(source.path).with_name(name))
            site.copy.move(source.path, new)
            return planted(source, new)
    raise NotPlanted("no source that counts here is dated by its name and found by a pattern")


def _dated_by_hand(site: TargetProgram, years: int) -> Planted:
    for source in _of(site, AsOfRule.SAID):
        tree = site.program_tree()
        binding = site.binding_tree(tree, source.binding.id)
        for rule in _rules(binding.get("as_of"), source.entry.name):
            at = rule.get("at")
            if isinstance(at, TreeLeaf):
                rule["at"] = TreeLeaf(moved(at.text, years), at.quoted)
                site.put_tree(PROGRAM_FILE, tree)
                return planted(source, f"{PROGRAM_FILE}, as_of of {source.binding.id}")
    raise NotPlanted("no person says of a source that counts here when it held")


def _rules(tree: Tree | None, name: str) -> Iterator[dict[str, Tree]]:
    """Yield the rule of one input: the binding's one, or the one under the input's name."""
    for found in (tree, tree.get(name) if isinstance(tree, dict) else None):
        if isinstance(found, dict) and "at" in found:
            yield found


def _column(site: TargetProgram, years: int) -> Planted:
    for source in _of(site, AsOfRule.COLUMN):
        if source.binding.plugin != "table" or not source.path.endswith(".csv"):
            continue
        tables = source.binding.settings.get("tables") or {}
        for table in tables.values():
            lines = CsvLines(site.copy.read(source.path), table)
            column = (table.get("columns") or {}).get(source.entry.as_of.column) or {}
            heading = str(column.get("header") or source.entry.as_of.column)
            if heading not in lines.header:
                continue
            place = lines.header.index(heading)
            for row in range(lines.first, lines.last):
                cells = lines.cells(row)
                if cells is None:
                    raise NotPlanted("the column of dates is quoted")
                lines.put(row, place, moved(cells[place], years))
            site.copy.put(source.path, lines.data)
            return planted(source, f"{source.path}, {heading}")
    raise NotPlanted("no table in CSV that counts here is dated by a column")


DEFECTS = (
    Defect(
        "old-name",
        "A file's name says that it is five years old",
        _BY_NAME,
        lambda s: _named(s, -YEARS),
        Noticed.STOPPED,
    ),
    Defect(
        "future-name", "A file's name has a date in the future", _BY_NAME, lambda s: _named(s, YEARS), Noticed.STOPPED
    ),
    Defect(
        "old-word",
        "A person dates a source five years back",
        _BY_WORD,
        lambda s: _dated_by_hand(s, -YEARS),
        Noticed.STOPPED,
    ),
    Defect(
        "future-word",
        "A person dates a source in the future",
        _BY_WORD,
        lambda s: _dated_by_hand(s, YEARS),
        Noticed.STOPPED,
    ),
    Defect(
        "old-column",
        "The column of dates is five years back",
        _BY_COLUMN,
        lambda s: _column(s, -YEARS),
        Noticed.STOPPED,
    ),
    Defect(
        "future-column",
        "The column of dates is in the future",
        _BY_COLUMN,
        lambda s: _column(s, YEARS),
        Noticed.STOPPED,
    ),
)
