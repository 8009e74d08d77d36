"""Overlays: an agency's own facts, criteria and changes, laid on a ruleset in order."""

from __future__ import annotations

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.language.requirement import Requirement
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import Criterion, Parameter
from gonogo.ruleset.criterion import check_meaning, parameters_of, parsed
from gonogo.ruleset.criterion_fields import FIELDS, ChangeDocument, field_problems, field_values
from gonogo.ruleset.field_rules import CriterionContext, WrittenCriterion
from gonogo.ruleset.gathering import Gathering
from gonogo.ruleset.rule_changes import Editor, criterion_changes
from gonogo.ruleset.ruleset_documents import OverlayDocument
from gonogo.ruleset.ruleset_scalars import FlooredDocument
from gonogo.text import did_you_mean, listed


def prefix_problems(sheet: CheckedDocument[Document], document: OverlayDocument) -> list[Problem]:
    """Return the mistakes of what an overlay adds: no prefix, or ids that do not carry it."""
    if document.prefix is None:
        if not document.facts and not document.criteria:
            return []
        part = "facts" if document.facts else "criteria"
        what = "an overlay that adds facts or criteria declares a prefix for them"
        return [sheet.key_problem((part,), "G132", what, "for example `prefix: niwa`")]
    problems = []
    for index, criterion in enumerate(document.criteria):
        domain, _, rest = criterion.id.partition(".")
        if not rest.startswith(f"{document.prefix}."):
            what = f"the criterion '{criterion.id}' is not under the overlay's prefix"
            hint = f"name it `{domain}.{document.prefix}.{rest}`"
            problems.append(sheet.problem(("criteria", index, "id"), "G132", what, hint))
    return problems


def lay_changes(
    sheet: CheckedDocument[Document],
    document: OverlayDocument,
    desk: Gathering,
    around: CriterionContext,
) -> None:
    """Change the criteria of the desk as the overlay says, and note its mistakes; a wrong change changes nothing."""
    criteria, problems = desk.criteria, desk.problems
    seen: set[str] = set()
    for index, change in enumerate(document.changes):
        place: Loc = ("set", index)
        criterion = criteria.get(change.criterion)
        if criterion is None:
            hint = did_you_mean(
                change.criterion, criteria, otherwise=f"its criteria are {listed(list(criteria), most=30)}"
            )
            what = f"there is no criterion '{change.criterion}' to change"
            problems.append(sheet.problem((*place, "criterion"), "G133", what, hint))
            continue
        if change.criterion in seen:
            what = f"'{change.criterion}' is changed twice"
            problems.append(sheet.problem((*place, "criterion"), "G123", what, "put both changes into one entry"))
        seen.add(change.criterion)
        if not has_content(change.reason):
            what = f"the reason for changing '{change.criterion}' says nothing"
            problems.append(sheet.problem((*place, "reason"), "G117", what, "say why, in words that a report can show"))
        changed, wrong = _changed(sheet, place, change, criterion, around)
        wrong = wrong or desk.floors.crossed(sheet, place, change, changed)
        problems += wrong
        if not wrong:
            editor = Editor(f"{document.overlay}@{document.version}", change.reason)
            made = tuple(criterion_changes(criterion, changed, editor))
            desk.changes += made
            desk.set_at.update({(criterion.id, each.part): (each, sheet.at(place).position) for each in made})
            desk.floors.learn(changed, criterion)
            criteria[criterion.id] = changed


def _changed(
    sheet: CheckedDocument[Document], place: Loc, change: ChangeDocument, criterion: Criterion, around: CriterionContext
) -> tuple[Criterion, list[Problem]]:
    parameters, problems = parameters_of(sheet, (*place, "parameters"), change.parameters, around.milestones)
    require = criterion.require
    if change.require is not None:
        require = parsed(sheet, (*place, "require"), change.require, problems, around.vocabulary) or criterion.require
    site = WrittenCriterion(sheet, place, change, around, criterion)
    problems += _strange(site, change, require)
    problems += field_problems(site)
    if not (change.model_fields_set - {"criterion", "reason"}):
        what = f"'{criterion.id}' is named but nothing is changed"
        hint = f"set one of {listed([field.key for field in FIELDS if field.rule.overlay], most=30)}"
        problems.append(sheet.problem(place, "G117", what, hint))
    if problems:
        return criterion, problems
    merged = criterion.parameter | {name: _floored(site, each) for name, each in parameters.items()}
    if change.require is not None:
        read = {
            *require.parameters,
            *(criterion.not_applicable_when.parameters if criterion.not_applicable_when else ()),
        }
        merged = {name: each for name, each in merged.items() if name in read}
    values = {name: getattr(criterion, name) for name in Criterion.model_fields}
    values |= field_values(site) | {"require": require, "parameters": tuple(merged.values())}
    changed = Criterion(**values)
    return changed, _meaning(site, changed)


def _strange(site: WrittenCriterion, change: ChangeDocument, require: Requirement) -> list[Problem]:
    """Return the mistakes of parameters that the criterion does not have."""
    criterion = site.old
    assert criterion is not None
    known = (
        criterion.parameter if change.require is None else {**criterion.parameter, **dict.fromkeys(require.parameters)}
    )
    problems = []
    for name in change.parameters:
        if name not in known:
            hint = did_you_mean(name, known, otherwise=f"it has: {', '.join(known) or 'none'}")
            what = f"'{criterion.id}' has no parameter '{name}'"
            problems.append(site.sheet.key_problem((*site.loc, "parameters", name), "G133", what, hint))
    return problems


def _floored(site: WrittenCriterion, parameter: Parameter) -> Parameter:
    """Return a changed parameter with the floor that it had, unless the change itself says something of it."""
    old = site.old.parameter.get(parameter.name) if site.old is not None else None
    says = isinstance(site.written("parameters")[parameter.name], FlooredDocument)
    return parameter if says or old is None else parameter.model_copy(update={"floor": old.floor})


def _meaning(site: WrittenCriterion, changed: Criterion) -> list[Problem]:
    """A changed value must still fit the requirement that reads it, and a changed requirement the facts."""
    if site.old is None or (changed.require, changed.parameter) == (site.old.require, site.old.parameter):
        return []
    problems = []
    for name, issue in check_meaning(changed, changed.parameter, site.around.vocabulary):
        what = f"{changed.id}: {issue.what}"
        if name == "require" and site.written("require") is not None:
            place, at = (*site.loc, "require"), issue.span.start
            problems.append(site.sheet.problem(place, issue.code, what, issue.hint, offset=at))
        else:
            problems.append(site.sheet.key_problem((*site.loc, "parameters"), issue.code, what, issue.hint))
    return problems
