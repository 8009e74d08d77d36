"""The overlay that a spreadsheet of thresholds asks for: what differs from the rules, and never more than it says.

The overlay is laid on the rules before it is written, by the loader that every run uses. So a floor, a unit or a range
that a value crosses is a mistake at its cell, and then nothing is written.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gonogo.documents.files import read_file, shown
from gonogo.errors import ConfigurationError, Problem, UsageError
from gonogo.first_week.threshold_names import criterion_named, near_criterion, parameter_named
from gonogo.first_week.threshold_rows import SaidCell, ThresholdRow, read_threshold_rows
from gonogo.first_week.threshold_values import holds, value_of
from gonogo.first_week.written_thresholds import milestone_of, rule_of
from gonogo.language.requirement import Literal, Text
from gonogo.model.parameter import Parameter, Rung, literal_text
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import Criterion, DecisionPolicy, days_before
from gonogo.ruleset.field_rules import rung_of
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.text import did_you_mean, listed

_PLACE: Final = re.compile(r":([0-9]+):[0-9]+$")

Rules = Callable[[Sequence[Path]], LoadedRuleset]
"""Loads the rules with further overlays on top."""


@dataclass(slots=True)
class _Asked:
    """What the rows ask of one parameter: milestone to value, or the empty text for a value at every milestone."""

    criterion: Criterion
    parameter: Parameter
    values: dict[str, tuple[Literal, ThresholdRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThresholdOverlay:
    """The overlay as text.

    Attributes:
        text: Its YAML; empty where nothing differs.
        cells: Line of the text to the cell that it comes from.
        changed: How many parameters it changes.
        same: How many parameters of the spreadsheet are as they are already.
    """

    text: str
    cells: dict[int, SaidCell]
    changed: int
    same: int


def write_thresholds(source: Path, rules: Rules, target: Path, *, extends: str = "") -> ThresholdOverlay:
    """Write the overlay that a spreadsheet asks for, unless nothing differs.

    Args:
        source: The spreadsheet.
        rules: Loads the rules that it is laid on.
        target: The overlay file, which must not be there yet.
        extends: What the overlay says that it lies on; empty to say nothing.

    Raises:
        ConfigurationError: With every mistake, each at its cell. Nothing is written.
        UsageError: The target is there, or is no overlay.
    """
    if target.suffix not in (".yaml", ".yml") or target.name in ("ruleset.yaml", "facts.yaml", "gonogo.yaml"):
        raise UsageError(
            f"{shown(target)} is not a name for an overlay.", hint="for example -o overlays/thresholds.yaml"
        )
    if target.exists():
        raise UsageError(f"{shown(target)} is there already.", hint="remove it, or name another file with -o")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {shown(target.parent)}.", hint="make it first")
    rows = read_threshold_rows(read_file(source), shown(source))
    overlay = overlay_of(rows, rules(()), target.stem, title=f"Thresholds of {source.name}", extends=extends)
    if not overlay.text:
        return overlay
    trial = target.with_name(f".{target.stem}.trial{os.getpid()}.yaml")
    try:
        trial.write_text(overlay.text, encoding="utf-8")
        try:
            rules((trial,))
        except ConfigurationError as error:
            raise ConfigurationError([_at_cell(problem, overlay, trial) for problem in error.problems]) from error
        with target.open("x", encoding="utf-8") as stream:  # never over a file that somebody wrote meanwhile
            stream.write(overlay.text)
    finally:
        trial.unlink(missing_ok=True)
    return overlay


def overlay_of(
    rows: Sequence[ThresholdRow], loaded: LoadedRuleset, name: str, *, title: str, extends: str = ""
) -> ThresholdOverlay:
    """Return the overlay that the rows ask for.

    Raises:
        ConfigurationError: With the mistakes of every cell.
    """
    problems: list[Problem] = []
    asked = _asked(rows, loaded, problems)
    policy = loaded.ruleset.policy
    changes: dict[str, list[tuple[_Asked, Parameter]]] = {}
    for one in asked.values():
        changed = _changed(one, policy, problems)
        if changed is not None:
            changes.setdefault(one.criterion.id, []).append((one, changed))
    text = _Lines()
    identifier = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._") or "thresholds"
    text.add("schema: 1")
    text.add(f"overlay: {_quoted(identifier)}")
    text.add('version: "1"')
    text.add(f"title: {_quoted(title)}")
    if extends:
        text.add(f"extends: {_quoted(extends)}")
    text.add("set:")
    for criterion, parts in changes.items():
        _change(text, criterion, parts, policy, problems)
    if problems:
        raise ConfigurationError(problems)
    number = sum(map(len, changes.values()))
    return ThresholdOverlay(text.text if changes else "", text.cells, number, len(asked) - number)


class _Lines:
    """The lines of the overlay, and from which cell each comes."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.cells: dict[int, SaidCell] = {}

    def add(self, line: str, cell: SaidCell | None = None) -> None:
        """Add a line."""
        self._lines.append(line)
        if cell is not None:
            self.cells[len(self._lines)] = cell

    @property
    def text(self) -> str:
        """All of them."""
        return "\n".join([*self._lines, ""])


def _asked(
    rows: Sequence[ThresholdRow], loaded: LoadedRuleset, problems: list[Problem]
) -> dict[tuple[str, str], _Asked]:
    questions = {each.id: each for each in loaded.ruleset.criteria}
    milestones = _names(loaded.ruleset.policy)
    found: dict[tuple[str, str], _Asked] = {}
    for row in rows:
        criterion, parameter = row["criterion"], row["parameter"]
        known = criterion_named(criterion.text, questions)
        if known is None:
            what = f"there is no criterion '{criterion.text}'" if criterion.text else "no criterion is named"
            problems.append(criterion.problem("G133", what, near_criterion(criterion.text, questions)))
            continue
        old = parameter_named(parameter.text, known.parameter)
        if old is None:
            has = f"it has: {', '.join(known.parameter) or 'none'}"
            what = f"'{known.id}' has no parameter '{parameter.text}'"
            problems.append(
                parameter.problem("G133", what, did_you_mean(parameter.text, known.parameter, otherwise=has))
            )
            continue
        milestone = _read(row["milestone"], milestones)
        if milestone.value != "" and milestone.text not in milestones:
            what = f"milestone: it {holds(milestone)}, which the policy does not have"
            hint = f"the policy has {listed(milestones, most=20)}; leave it blank for every milestone"
            problems.append(milestone.problem("G126", what, hint))
            continue
        one = found.setdefault((known.id, old.name), _Asked(known, old))
        value = value_of(row["value"], old.at(0), problems, rule_of(known, old.name, loaded.vocabulary))
        if milestone.text in one.values:
            first = one.values[milestone.text][1]["value"].where
            when = milestone.text or "every milestone"
            problems.append(row["value"].problem("G123", f"'{old.name}' is set twice for {when}: first at {first}"))
        elif value is not None:
            one.values[milestone.text] = (value, row)
    return found


def _read(cell: SaidCell, milestones: Sequence[str]) -> SaidCell:
    return cell if not cell.text else replace(cell, value=milestone_of(cell.text, milestones))


def _changed(one: _Asked, policy: DecisionPolicy, problems: list[Problem]) -> Parameter | None:
    """Return the parameter as the rows want it; None where that is how it is, or where they have mistakes."""
    if not one.values:
        return None
    old, names = one.parameter, _names(policy)
    if "" in one.values:
        if len(one.values) > 1:
            cell = one.values[""][1]["milestone"]
            what = f"'{old.name}' has a value for every milestone and others for some"
            problems.append(cell.problem("G115", what, "name the milestone in each row, or keep this row alone"))
            return None
        new = Parameter(name=old.name, constant=one.values[""][0])
    else:
        ladder = {each.milestone: each.value for each in old.ladder}
        if old.constant is not None:
            ladder = {policy.rungs[0]: old.constant}
        ladder |= {rung_of(name, names): value for name, (value, _) in one.values.items()}
        ordered = sorted(ladder.items(), key=lambda each: -days_before(each[0]))
        new = Parameter(name=old.name, ladder=tuple(Rung(milestone=rung, value=value) for rung, value in ordered))
        if "T-0" not in one.values and literal_text(new.at(0)) != literal_text(old.at(0)):
            cell = next(iter(one.values.values()))[1]["milestone"]
            what = f"'{old.name}' would change at T-0 too, and no row says what it is there"
            problems.append(cell.problem("G115", what, "a value counts from its milestone on; add a row for T-0"))
            return None
    days = [days_before(rung) for rung in policy.rungs]
    return None if all(literal_text(new.at(day)) == literal_text(old.at(day)) for day in days) else new


def _change(
    text: _Lines,
    criterion: str,
    parts: Sequence[tuple[_Asked, Parameter]],
    policy: DecisionPolicy,
    problems: list[Problem],
) -> None:
    """Write one change, with the reasons of its rows."""
    reasons: dict[str, SaidCell] = {}
    names = dict(zip(policy.rungs, _names(policy), strict=True))
    first = next(iter(parts[0][0].values.values()))[1]
    text.add(f"  - criterion: {criterion}", first["criterion"])
    text.add("    parameters:", first["criterion"])
    for one, new in parts:
        said = {rung_of(name, _names(policy)): row for name, (_, row) in one.values.items()}
        cell = next(iter(said.values()))["value"]
        if new.constant is not None:
            text.add(f"      {new.name}: {_literal(new.constant)}", cell)
        else:
            text.add(f"      {new.name}:", cell)
            for rung in new.ladder:
                line = f"        {names.get(rung.milestone, rung.milestone)}: {_literal(rung.value)}"
                text.add(line, said[rung.milestone]["value"] if rung.milestone in said else cell)
        for _, row in one.values.values():
            reason = " ".join(row["reason"].text.split())
            if not has_content(reason):
                what = f"reason: nothing says why '{new.name}' of {criterion} changes"
                problems.append(row["reason"].problem("G117", what, "say why, in words that a report can show"))
            elif reason not in reasons:
                reasons[reason] = row["reason"]
    joined = "; ".join(reason.rstrip(".;") for reason in reasons)
    text.add(f"    reason: {_quoted(f'{joined}.')}", next(iter(reasons.values()), None))


def _names(policy: DecisionPolicy) -> tuple[str, ...]:
    return (*policy.milestones, *(policy.hold_points or ()))


def _literal(value: Literal) -> str:
    return _quoted(value.value) if isinstance(value, Text) else literal_text(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _at_cell(problem: Problem, overlay: ThresholdOverlay, trial: Path) -> Problem:
    """Return a mistake of the overlay at the cell that it comes from."""
    place = _PLACE.search(problem.where)
    if place is None or not problem.where.startswith(shown(trial)):
        return problem
    cell = overlay.cells.get(int(place[1]))
    return problem if cell is None else replace(problem, where=str(cell.where), snippet="", column=0)
