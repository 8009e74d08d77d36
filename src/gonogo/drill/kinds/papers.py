"""Waivers, plans, acceptances and people: in which file they lie, and how the drill gives papers a file of their own.

A workbook may hold evidence and registers at once. To lose it as evidence must not lose the registers with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from gonogo.drill.defect import NotPlanted
from gonogo.drill.site import PROGRAM_FILE, TargetProgram, mapped
from gonogo.drill.tree_text import Tree, TreeLeaf, words
from gonogo.model.acceptance import Acceptance
from gonogo.model.waiver import ActionPlan, Waiver

_FILES: Final = {
    "waivers": "drill-waivers.yaml",
    "plans": "drill-plans.yaml",
    "acceptances": "drill-acceptances.yaml",
}
_SHARES: Final = ("users", "volume", "money")
_STATED: Final = "attestations"
_REGISTERS: Final = ("people", "trust", _STATED, *_FILES)


def registers_in(site: TargetProgram, path: str) -> tuple[str, ...]:
    """Return the keys of the program file that name a file: ``people``, ``waivers`` and the like."""
    program = site.program_tree()
    named = {key: mapped(program.get(key)).get("raci", program.get(key)) for key in _REGISTERS}
    return tuple(
        key
        for key, leaf in named.items()
        if isinstance(leaf, TreeLeaf) and PurePosixPath(leaf.text) == PurePosixPath(path)
    )


def put_papers(site: TargetProgram, kind: str, papers: Sequence[Waiver | ActionPlan | Acceptance]) -> None:
    """Write papers of the program, and what was forged, into a file that the program names instead."""
    items: list[Tree] = [_item(paper) for paper in papers if paper.unreadable is None]
    site.put_tree(_FILES[kind], {"schema": TreeLeaf("1"), kind: items})
    program = site.program_tree()
    program[kind] = words(_FILES[kind])
    site.put_tree(PROGRAM_FILE, program)


def set_papers_apart(site: TargetProgram, path: str) -> None:
    """Give the papers that a file holds files of their own, so that the file can be lost as evidence alone.

    A workbook that ``attestations:`` names must exist for a run to begin, so that line goes with it.

    Raises:
        NotPlanted: It holds the people or the keys, which the drill does not rewrite.
    """
    held = registers_in(site, path)
    if others := [key for key in held if key not in (_STATED, *_FILES)]:
        raise NotPlanted(f"{path}, which would have to be lost for it, is also `{others[0]}:` of the program")
    papers: dict[str, Sequence[Waiver | ActionPlan | Acceptance]]
    papers = {"waivers": site.loaded.waivers, "plans": site.loaded.plans, "acceptances": site.loaded.acceptances}
    for key in held:
        if key == _STATED:
            program = site.program_tree()
            del program[key]
            site.put_tree(PROGRAM_FILE, program)
        else:
            put_papers(site, key, papers[key])


def _item(paper: Waiver | ActionPlan | Acceptance) -> dict[str, Tree]:
    item = mapped(_tree(paper.document()))
    if "register_id" in item:
        item["register"] = item.pop("register_id")
    return item | {key: TreeLeaf(item[key].text) for key in _SHARES if key in item}


def _tree(value: object) -> Tree:
    if isinstance(value, dict):
        return {key: _tree(each) for key, each in value.items() if each not in ("", None)}
    if isinstance(value, list):
        return [_tree(each) for each in value]
    return words(str(value))
