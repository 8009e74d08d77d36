"""What only layers say of a criterion: that it is not applicable, by whose word."""

from __future__ import annotations

from typing import Any

from gonogo.documents.scalars import Words
from gonogo.documents.shape import Document, Loc
from gonogo.errors import Problem
from gonogo.model.bodies import names_a_body
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import NotApplicable
from gonogo.ruleset.field_rules import Site


class NotApplicableDocument(Document):
    """That a criterion is not asked. In an overlay the reason of the change serves if none is written here."""

    reason: Words | None = None
    approved_by: Words


def approved(site: Site, loc: Loc, value: NotApplicableDocument) -> list[Problem]:
    """Return the mistakes: no reason, an approver who is nobody."""
    problems = []
    if value.reason is None and site.old is None:
        what = "it does not say why the criterion is not applicable"
        problems.append(site.sheet.key_problem(loc, "G111", what, "add `reason:`"))
    elif value.reason is not None and not has_content(value.reason):
        what = "the reason why it is not applicable says nothing"
        problems.append(site.sheet.problem((*loc, "reason"), "G117", what, "say why, so that a board can agree"))
    if not has_content(value.approved_by) or names_a_body(value.approved_by):
        what = f"'{value.approved_by}' is no person and no published guide"
        hint = "name the person who approved it, or the document that says so"
        problems.append(site.sheet.problem((*loc, "approved_by"), "G117", what, hint))
    return problems


def not_applicable_of(site: Site, value: NotApplicableDocument) -> NotApplicable:
    """Return it as the criterion holds it."""
    reason: Any = value.reason or site.written("reason")
    return NotApplicable(reason=reason, approved_by=value.approved_by)
