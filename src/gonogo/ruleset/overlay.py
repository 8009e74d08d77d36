"""Overlays: an agency's own facts, criteria and changes, laid on a ruleset in order."""

from __future__ import annotations

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.change import RuleChange
from gonogo.model.fact import Vocabulary
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import Criterion, Parameter
from gonogo.ruleset.criterion import check_meaning, parameters_of
from gonogo.ruleset.criterion_fields import FIELDS, ChangeDocument, field_problems, field_values
from gonogo.ruleset.field_rules import CriterionContext, Site
from gonogo.ruleset.rule_changes import Editor, criterion_changes
from gonogo.ruleset.ruleset_documents import OverlayDocument
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
    criteria: dict[str, Criterion],
    around: CriterionContext,
) -> tuple[list[RuleChange], list[Problem]]:
    """Change the criteria in place as the overlay says; a wrong change changes nothing.

    Returns:
        What was changed, and the overlay's mistakes.
    """
    made: list[RuleChange] = []
    problems: list[Problem] = []
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
        problems += wrong
        if not wrong:
            editor = Editor(f"{document.overlay}@{document.version}", change.reason)
            made += criterion_changes(criterion, changed, editor)
            criteria[criterion.id] = changed
    return made, problems


def _changed(
    sheet: CheckedDocument[Document], place: Loc, change: ChangeDocument, criterion: Criterion, around: CriterionContext
) -> tuple[Criterion, list[Problem]]:
    parameters, problems = parameters_of(sheet, (*place, "parameters"), change.parameters, around.milestones)
    for name in change.parameters:
        if name not in criterion.parameter:
            has = ", ".join(criterion.parameter) or "none"
            hint = did_you_mean(name, criterion.parameter, otherwise=f"it has: {has}")
            what = f"'{criterion.id}' has no parameter '{name}'"
            problems.append(sheet.key_problem((*place, "parameters", name), "G133", what, hint))
    site = Site(sheet, place, change, around, criterion)
    problems += field_problems(site)
    if not (change.model_fields_set - {"criterion", "reason"}):
        what = f"'{criterion.id}' is named but nothing is changed"
        hint = f"set one of {listed([field.key for field in FIELDS if field.rule.overlay], most=30)}"
        problems.append(sheet.problem(place, "G117", what, hint))
    if problems:
        return criterion, problems
    merged = criterion.parameter | parameters
    problems += _meaning(sheet, place, criterion, merged, around.vocabulary)
    values = {name: getattr(criterion, name) for name in Criterion.model_fields}
    return Criterion(**(values | field_values(site) | {"parameters": tuple(merged.values())})), problems


def _meaning(
    sheet: CheckedDocument[Document],
    place: Loc,
    criterion: Criterion,
    merged: dict[str, Parameter],
    vocabulary: Vocabulary,
) -> list[Problem]:
    """A changed value must still fit the requirement that reads it."""
    if merged == criterion.parameter:
        return []
    return [
        sheet.key_problem((*place, "parameters"), issue.code, f"{criterion.id}: {issue.what}", issue.hint)
        for _, issue in check_meaning(criterion, merged, vocabulary)
    ]
