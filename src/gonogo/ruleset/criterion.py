"""One criterion: from its document to the model, with every mistake of meaning at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.language.expression import KEYWORDS, ExpressionError, parse_requirement
from gonogo.language.requirement import Literal, Requirement
from gonogo.model.fact import Vocabulary
from gonogo.model.ruleset import Criterion, Parameter, Rung, days_before
from gonogo.ruleset.acceptance_reading import acceptance_issues
from gonogo.ruleset.constant import constant_issues
from gonogo.ruleset.copyable_requirements import to_copy
from gonogo.ruleset.criterion_fields import CriterionDocument, field_problems, field_values
from gonogo.ruleset.field_rules import CriterionContext, WrittenCriterion, milestone_problems, rung_of
from gonogo.ruleset.operand_types import kind_of_literal
from gonogo.ruleset.ruleset_scalars import FlooredDocument
from gonogo.ruleset.sample_reading import sample_issues
from gonogo.ruleset.typecheck import Issue, KindCheck

if TYPE_CHECKING:
    from gonogo.ruleset.holds import HoldDocument


def parameters_of(
    sheet: CheckedDocument[Document], loc: Loc, document: Mapping[str, Any], milestones: Sequence[str]
) -> tuple[dict[str, Parameter], list[Problem]]:
    """Return the parameters at ``loc`` with the mistakes of their ladders."""
    found: dict[str, Parameter] = {}
    problems: list[Problem] = []
    for name, value in document.items():
        if name in KEYWORDS:
            what = f"`{name}` is a word of the language and cannot name a parameter"
            problems.append(sheet.key_problem((*loc, name), "G122", what, "rename it"))
        floored = value if isinstance(value, FlooredDocument) else None
        place: Loc = (*loc, name)
        if floored is not None:
            if (floored.value is None) == (floored.ladder is None):
                has = "no value" if floored.ladder is None else "both a value and a ladder"
                what = f"the parameter '{name}' has {has}"
                problems.append(sheet.key_problem(place, "G115", what, "give one: `{value: 95%, floor: true}`"))
                continue
            value = floored.value if floored.ladder is None else floored.ladder
            place = (*place, "ladder")
        if isinstance(value, dict):
            ladder, wrong = _ladder(sheet, place, value, milestones)
            problems += wrong
            if not ladder:
                continue
            found[name] = Parameter(name=name, ladder=ladder)
        else:
            found[name] = Parameter(name=name, constant=value)
        if floored is not None and floored.floor:
            found[name] = found[name].model_copy(update={"floor": True})
    return found, problems


def _ladder(
    sheet: CheckedDocument[Document], loc: Loc, rungs: Mapping[str, Literal], milestones: Sequence[str]
) -> tuple[tuple[Rung, ...], list[Problem]]:
    problems = []
    for name in rungs:
        problems += milestone_problems(sheet, (*loc, name), name, milestones, key=True)
    named = {name: rung_of(name, milestones) for name in rungs if name in milestones or name.startswith("T-")}
    for earlier, name in pairwise(named):
        if days_before(named[name]) >= days_before(named[earlier]):
            what = f"{name} comes after {earlier}"
            problems.append(sheet.key_problem((*loc, name), "G126", what, "the earliest milestone comes first"))
    bases = {kind_of_literal(value).base for value in rungs.values()}
    if len(bases) > 1:
        what = "the rungs of a ladder are of one kind, but these are " + " and ".join(sorted(bases))
        problems.append(sheet.key_problem(loc, "G103", what))
    return tuple(Rung(milestone=rung, value=rungs[name]) for name, rung in named.items()), problems


def build_criterion(
    sheet: CheckedDocument[Document],
    loc: Loc,
    document: CriterionDocument | HoldDocument,
    around: CriterionContext,
    *,
    fixed: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Criterion | None, list[Problem]]:
    """Return the criterion, or None where it has mistakes, and every mistake.

    Args:
        sheet: The file that it stands in.
        loc: Place of the criterion in it.
        document: Its document.
        around: What it may refer to.
        fixed: What is not written and is the same for all of its kind.
    """
    parameters, problems = parameters_of(sheet, (*loc, "parameters"), document.parameters, around.milestones)
    site = WrittenCriterion(sheet, loc, document, around)
    problems += field_problems(site)
    require = parsed(sheet, (*loc, "require"), document.require, problems, around.vocabulary)
    exempt = None
    exemption = site.written("not_applicable_when")
    if exemption is not None:
        exempt = parsed(sheet, (*loc, "not_applicable_when"), exemption, problems, around.vocabulary)
    if parameters.keys() == document.parameters.keys():
        problems += _meaning(sheet, loc, require, exempt, parameters, around)
    if problems or require is None:
        return None, [_named(problem, document.id) for problem in problems]
    trees = {"require": require, "not_applicable_when": exempt, "parameters": tuple(parameters.values())}
    return Criterion(**(field_values(site) | trees | dict(fixed))), []


def check_meaning(
    criterion: Criterion, parameters: Mapping[str, Parameter], vocabulary: Vocabulary
) -> list[tuple[str, Issue]]:
    """Check a built criterion with other parameters, as an overlay gives it; pairs of field and issue."""
    units: dict[str, str] = {}
    found: list[tuple[str, Issue]] = []
    texts = {"require": criterion.require, "not_applicable_when": criterion.not_applicable_when}
    for name, text in texts.items():
        if text is not None:
            issues = KindCheck(text, vocabulary, parameters, units).run()
            issues = issues or constant_issues(text, vocabulary, parameters)
            issues += acceptance_issues(text, vocabulary, exempts=name != "require")
            issues += sample_issues(text, vocabulary, parameters)
            found += [(name, issue) for issue in issues]
    return found


def parsed(
    sheet: CheckedDocument[Document], loc: Loc, text: str, problems: list[Problem], vocabulary: Vocabulary
) -> Requirement | None:
    """Return the requirement that a text means; None, and the mistake noted with ten to copy, if it cannot be read."""
    try:
        return parse_requirement(text)
    except ExpressionError as error:
        joint = " Or " if error.hint.endswith("?") else "; " if error.hint else ""
        hint = f"{error.hint}{joint}{to_copy(text, vocabulary)}"
        problems.append(sheet.problem(loc, "G150", error.sentence, hint, offset=error.start))
        return None


def _meaning(
    sheet: CheckedDocument[Document],
    loc: Loc,
    require: Requirement | None,
    exempt: Requirement | None,
    parameters: Mapping[str, Parameter],
    around: CriterionContext,
) -> list[Problem]:
    problems: list[Problem] = []
    units: dict[str, str] = {}
    for name, text in (("require", require), ("not_applicable_when", exempt)):
        if text is None:
            continue
        if not text.facts and all(used in parameters for used in text.parameters):
            code, end = ("G128", "met or never") if name == "require" else ("G129", "exempt or never")
            what = f"this reads no fact, so the criterion would always be {end}"
            problems.append(sheet.problem((*loc, name), code, what, "name a fact of the vocabulary"))
            continue
        issues = KindCheck(text, around.vocabulary, parameters, units).run()
        issues = issues or constant_issues(text, around.vocabulary, parameters)
        issues += acceptance_issues(text, around.vocabulary, exempts=name != "require")
        issues += sample_issues(text, around.vocabulary, parameters)
        for issue in issues:
            place = (*loc, name)
            problems.append(sheet.problem(place, issue.code, issue.what, issue.hint, offset=issue.span.start))
    if require is not None:
        used = {*require.parameters, *(exempt.parameters if exempt else ())}
        misspelt = used - parameters.keys()
        for name in parameters:
            if name not in used and not misspelt and name not in KEYWORDS:
                what = f"the parameter '{name}' is not used"
                hint = "use it in `require`, or remove it"
                problems.append(sheet.key_problem((*loc, "parameters", name), "G122", what, hint))
    return problems


def _named(problem: Problem, criterion: str) -> Problem:
    """Put the criterion's id at the start of the sentence."""
    what = f"{criterion}: {problem.what}"
    return Problem(problem.code, problem.where, what, problem.snippet, problem.column, problem.hint, problem.level)
