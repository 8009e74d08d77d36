"""The cases of a ruleset: small examples that say what each criterion answers, for ``gonogo test``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic_core import PydanticCustomError

from gonogo.documents.fact_values import EXAMPLES, read_fact_value
from gonogo.documents.files import read_file, shown
from gonogo.documents.quantities import read_moment
from gonogo.documents.shape import CheckedDocument, Document, read_sheet, sorted_problems
from gonogo.documents.yaml import ScalarNode
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.fact import Value
from gonogo.model.finding import Status
from gonogo.model.position import Position
from gonogo.ruleset.field_rules import rung_of
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.ruleset.ruleset_documents import CaseDocument, CasesDocument
from gonogo.text import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class RulesetCase:
    """One example of a criterion.

    Attributes:
        criterion: Id of the criterion, or of the standing hold.
        name: What the example is about.
        at: Milestone at which it is judged.
        facts: Value of each fact that has evidence; every other fact is missing.
        expect: Status that the criterion must come to.
        place: Where the case stands.
    """

    criterion: str
    name: str
    at: str
    facts: dict[str, Value]
    expect: Status
    place: Position


def load_cases(loaded: LoadedRuleset, folder: Path | None = None) -> tuple[RulesetCase, ...]:
    """Read every file of the ruleset's ``cases`` folder, in the order of their names, then the cases of its overlays.

    Where an overlay has cases of a criterion, they take the place of those below it. A criterion that is not applicable
    has none: there is nothing to judge.

    Args:
        loaded: The ruleset, which says what types the facts have.
        folder: Another folder of cases; the ruleset's own by default.

    Raises:
        ConfigurationError: With every mistake of every file.
    """
    found: list[RulesetCase] = []
    problems: list[Problem] = []
    names: set[tuple[str, str]] = set()
    place = folder or loaded.folder / "cases"
    for path in sorted(place.glob("*.yaml")) if place.is_dir() else ():
        try:
            sheet = read_sheet(read_file(path), shown(path), CasesDocument)
        except ConfigurationError as error:
            problems += error.problems
            continue
        problems += sheet.problems
        for index, document in enumerate(sheet.document.cases if sheet.document else ()):
            case = _case(sheet, index, document, loaded, problems)
            if (case.criterion, case.name) in names:
                what = f"{case.criterion}: there is another case named '{case.name}'"
                problems.append(sheet.problem(("cases", index, "name"), "G123", what, "rename one"))
            names.add((case.criterion, case.name))
            found.append(case)
    for layer in loaded.layers if folder is None else ():
        own: list[RulesetCase] = []
        for index, document in enumerate(layer.document.cases if layer.document else ()):
            case = _case(layer, index, document, loaded, problems)
            if (case.criterion, case.name) in {(one.criterion, one.name) for one in own}:
                what = f"{case.criterion}: there is another case named '{case.name}'"
                problems.append(layer.problem(("cases", index, "name"), "G123", what, "rename one"))
            own.append(case)
        replaced = {case.criterion for case in own}
        found = [case for case in found if case.criterion not in replaced] + own
    idle = {each.id for each in loaded.ruleset.criteria if each.not_applicable is not None}
    found = [case for case in found if case.criterion not in idle]
    if problems:
        raise ConfigurationError(sorted_problems(problems))
    return tuple(found)


def untested(loaded: LoadedRuleset, cases: tuple[RulesetCase, ...]) -> dict[str, tuple[Status, ...]]:
    """Return which of met, not met and unknown no case of a criterion or hold expects; empty when all have all."""
    wanted = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
    has = {(case.criterion, case.expect) for case in cases}
    missing = {
        criterion.id: tuple(status for status in wanted if (criterion.id, status) not in has)
        for criterion in loaded.ruleset.questions
        if criterion.not_applicable is None
    }
    return {criterion: statuses for criterion, statuses in missing.items() if statuses}


def _case(
    sheet: CheckedDocument[Document],
    index: int,
    document: CaseDocument,
    loaded: LoadedRuleset,
    problems: list[Problem],
) -> RulesetCase:
    place = ("cases", index)
    questions = {each.id: each for each in loaded.ruleset.questions}
    criterion = questions.get(document.criterion)
    if criterion is None:
        ids = list(questions)
        what = f"there is no criterion and no standing hold '{document.criterion}'"
        problems.append(sheet.problem((*place, "criterion"), "G136", what, did_you_mean(document.criterion, ids)))
    policy = loaded.ruleset.policy
    milestones = (*policy.milestones, *(policy.hold_points or ()))
    if document.at not in milestones:
        what = f"{document.at} is not a milestone of the policy"
        problems.append(sheet.problem((*place, "at"), "G126", what, f"the policy has {listed(milestones, most=20)}"))
    reads = criterion.facts if criterion is not None else ()
    facts: dict[str, Value] = {}
    for name, scalar in document.facts.items():
        where = (*place, "facts", name)
        fact = loaded.vocabulary.get(name)
        if fact is None:
            hint = did_you_mean(name, loaded.vocabulary.names())
            problems.append(sheet.key_problem(where, "G120", f"'{name}' is not a fact of the vocabulary", hint))
        elif criterion is not None and name not in reads:
            hint = did_you_mean(name, reads, otherwise=f"it reads {listed(reads)}")
            what = f"'{name}' is not read by {criterion.id}"
            problems.append(sheet.key_problem(where, "G136", what, hint))
        else:
            value = read_fact_value(scalar, fact.type, _instant)
            if value is None:
                what = f"'{name}' is of type {fact.type}, not `{scalar.text[:40]}`"
                problems.append(sheet.problem(where, "G136", what, f"for example `{EXAMPLES[fact.type]}`"))
            else:
                facts[name] = value
    where_case = sheet.at(place).position
    at = rung_of(document.at, milestones)
    return RulesetCase(document.criterion, document.name, at, facts, document.expect, where_case)


def _instant(scalar: ScalarNode) -> datetime | None:
    """Return an instant that is written with its offset: a ruleset has no time zone."""
    try:
        moment = read_moment(scalar)
    except PydanticCustomError:
        return None
    return moment if moment.tzinfo is not None else None
