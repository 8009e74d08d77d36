"""Rules that somebody softened: a threshold, a weight, an age, a criterion, or the whole ruleset under another name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.site import PROGRAM_FILE, TargetProgram, listed
from gonogo.drill.tree_text import Tree, TreeLeaf, words
from gonogo.language.requirement import Number
from gonogo.model.ruleset import Criterion, Severity, literal_text
from gonogo.ruleset.locate import find_ruleset

_ANY: Final = "a ruleset"
_FOLDER: Final = "drill-rules"
_OVERLAY: Final = "drill-overlay.yaml"
_FILE: Final = f"{_FOLDER}/ruleset.yaml"


def _asked(site: TargetProgram, fits: Callable[[Criterion], bool]) -> Criterion:
    """Return a criterion that would profit: an open one where there is one, else one that is asked today."""
    found = [
        (finding.status.open, criterion)
        for criterion in site.loaded.ruleset.criteria
        if fits(criterion) and (finding := site.finding(criterion.id)) is not None and finding.status.judged
    ]
    if not found:
        raise NotPlanted("no criterion of that kind is asked today")
    return max(found, key=lambda pair: pair[0])[1]


def _overlay(site: TargetProgram, criterion: Criterion, change: dict[str, Tree]) -> Planted:
    """Lay an overlay on the rules as somebody in a hurry would."""
    entry: dict[str, Tree] = {
        "criterion": words(criterion.id),
        **change,
        "reason": words("Agreed in the steering group"),
    }
    site.put_tree(_OVERLAY, {"schema": TreeLeaf("1"), "overlay": words("drill"), "version": words("1"), "set": [entry]})
    program = site.program_tree()
    program["overlays"] = [*listed(program.get("overlays")), words(_OVERLAY)]
    site.put_tree(PROGRAM_FILE, program)
    return Planted(f"an overlay on {criterion.id}", frozenset({criterion.id}))


def _own_copy(site: TargetProgram) -> dict[str, Tree]:
    """Give the program a copy of its ruleset and return the copy as a tree."""
    folder = find_ruleset(site.loaded.program.ruleset, root=site.copy.root)
    site.copy.copy_in(folder, _FOLDER)
    program = site.program_tree()
    program["ruleset"] = words(f"./{_FOLDER}")
    site.put_tree(PROGRAM_FILE, program)
    return site.tree_of(_FILE)


def _criterion_in(tree: dict[str, Tree], criterion: str) -> dict[str, Tree]:
    for entry in listed(tree.get("criteria")):
        if isinstance(entry, dict) and entry.get("id") in (TreeLeaf(criterion), TreeLeaf(criterion, quoted=True)):
            return entry
    raise NotPlanted("the criterion comes from an overlay")


def _numbers(criterion: Criterion) -> dict[str, Number]:
    """Return the constants of a criterion that are numbers and whose comparison says which way is easier."""
    found = {}
    for parameter in criterion.parameters:
        value = parameter.constant
        if isinstance(value, Number) and _easier(criterion, parameter.name, literal_text(value)):
            found[parameter.name] = value
    return found


def _easier(criterion: Criterion, name: str, text: str) -> str:
    """Return a value that is reached more easily; empty where nobody can tell which is."""
    match = re.search(rf"([<>]=?) *{re.escape(name)}\b", criterion.require.text)
    number = re.fullmatch(r"([0-9]{1,9})([^0-9.].*|)", text)
    if match is None or number is None:
        return ""
    amount, rest = int(number[1]), number[2]
    if match[1].startswith("<"):
        return f"{amount * 10 or 1}{rest}"
    return f"{amount // 2}{rest}" if amount else ""


def softened_threshold(site: TargetProgram) -> Planted:
    """Lower a threshold in a copy of the ruleset."""
    criterion = _asked(site, lambda one: bool(_numbers(one)))
    name, value = next(iter(_numbers(criterion).items()))
    tree = _own_copy(site)
    parameters = _criterion_in(tree, criterion.id).get("parameters")
    if not isinstance(parameters, dict) or name not in parameters:
        raise NotPlanted("the ruleset does not state the threshold by itself")
    parameters[name] = TreeLeaf(_easier(criterion, name, literal_text(value)))
    site.put_tree(_FILE, tree)
    return Planted(f"{_FILE}, {criterion.id}, {name}", frozenset({criterion.id}))


def _severity(site: TargetProgram) -> Planted:
    criterion = _asked(site, lambda one: one.severity is Severity.MANDATORY)
    return _overlay(site, criterion, {"severity": TreeLeaf("conditional")})


def _age(site: TargetProgram) -> Planted:
    criterion = _asked(site, lambda one: one.max_age_s < 300 * 86400)
    return _overlay(site, criterion, {"max_age": TreeLeaf("365d")})


def _dropped(site: TargetProgram) -> Planted:
    criterion = _asked(site, lambda one: one.severity is Severity.MANDATORY)
    tree = _own_copy(site)
    gone = _criterion_in(tree, criterion.id)
    tree["criteria"] = [entry for entry in listed(tree["criteria"]) if entry is not gone]
    for path in sorted((site.copy.root / _FOLDER / "cases").glob("*.yaml")):
        site.copy.remove(path.relative_to(site.copy.root).as_posix())
    site.put_tree(_FILE, tree)
    return Planted(f"{_FILE}, without {criterion.id}", frozenset({criterion.id}))


def _renamed(site: TargetProgram) -> Planted:
    """The same ruleset under a name of its own, with one mandatory criterion made conditional."""
    criterion = _asked(site, lambda one: one.severity is Severity.MANDATORY)
    tree = _own_copy(site)
    tree["name"], tree["version"] = words("our-own-rules"), words("1.0.0")
    _criterion_in(tree, criterion.id)["severity"] = TreeLeaf("conditional")
    site.put_tree(_FILE, tree)
    return Planted(f"{_FILE}, called our-own-rules", frozenset({criterion.id}))


def _requirement(site: TargetProgram) -> Planted:
    """A requirement that can come out only one way."""
    criterion = _asked(site, lambda one: bool(one.require.facts))
    tree = _own_copy(site)
    fact = criterion.require.facts[0]
    _criterion_in(tree, criterion.id)["require"] = words(f"{fact} == {fact}")
    site.put_tree(_FILE, tree)
    return Planted(f"{_FILE}, {criterion.id}", frozenset({criterion.id}))


DEFECTS = (
    Defect(
        "lowered-threshold", "A threshold was lowered in a copy of the ruleset", _ANY, softened_threshold, Noticed.TOLD
    ),
    Defect("lowered-severity", "An overlay makes a mandatory criterion conditional", _ANY, _severity),
    Defect("raised-age", "An overlay lets evidence be a year old", _ANY, _age),
    Defect("dropped-criterion", "A criterion was taken out of the ruleset", _ANY, _dropped),
    Defect("renamed-ruleset", "A softened copy of the ruleset has another name", _ANY, _renamed),
    Defect(
        "empty-requirement", "A requirement was written so that it always holds", _ANY, _requirement, Noticed.STOPPED
    ),
)
