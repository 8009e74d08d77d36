"""Whether a criterion is asked and decides: mistakes of ``enforce_from``, ``mode`` and ``not_applicable``."""

from __future__ import annotations

from typing import Any

from gonogo.documents.scalars import Words
from gonogo.documents.shape import Document, Loc
from gonogo.errors import Problem
from gonogo.model.bodies import names_a_body
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import GateMode, NotApplicable, Severity, days_before
from gonogo.ruleset.field_rules import WrittenCriterion, milestone_known, rung_of

NEVER = "G162"


def enforced_in_time(site: WrittenCriterion, loc: Loc, value: str) -> list[Problem]:
    """Return the mistakes of when a criterion is enforced: no such milestone, before it is due, or never."""
    if not value.startswith("T-"):
        return []  # a date is compared with the go-live of each release, which a ruleset does not know
    problems = milestone_known(site, loc, value)
    due = _of(site, "due_from")
    due = rung_of(due, site.around.milestones) if due is not None else None
    if due is not None and days_before(value) > days_before(due):
        what = f"it is due from {due} only, so `enforce_from: {value}` changes nothing"
        problems.append(site.sheet.problem(loc, NEVER, what, f"write a milestone after {due}, or remove the key"))
    return problems


def not_in_shadow_for_ever(site: WrittenCriterion, loc: Loc, _value: GateMode) -> list[Problem]:
    """Return the mistake of a mandatory criterion that is never enforced, or of two words about one thing."""
    if _of(site, "enforce_from") is not None:
        what = "`mode: shadow` and `enforce_from` say two things: never enforced, and enforced from then on"
        return [site.sheet.key_problem(loc, NEVER, what, "keep one of them")]
    if _of(site, "severity") is Severity.MANDATORY:
        return [_never(site, loc)]
    return []


def still_enforced(site: WrittenCriterion, loc: Loc, value: Severity) -> list[Problem]:
    """Return the mistake of making a criterion mandatory that another layer keeps in shadow."""
    own = site.written("mode")
    shadow = own is None and site.old is not None and site.old.mode is not None
    return [_never(site, loc)] if shadow and value is Severity.MANDATORY else []


def _never(site: WrittenCriterion, loc: Loc) -> Problem:
    what = "it is mandatory and would never be enforced before go-live"
    hint = "write `enforce_from:` with a milestone, or make it conditional or advisory while it is tried out"
    return site.sheet.key_problem(loc, NEVER, what, hint)


def _of(site: WrittenCriterion, name: str) -> Any:
    written = site.written(name)
    return getattr(site.old, name) if written is None and site.old is not None else written


class NotApplicableDocument(Document):
    """That a criterion is not asked. In an overlay the reason of the change serves if none is written here."""

    reason: Words | None = None
    approved_by: Words


def approved(site: WrittenCriterion, loc: Loc, value: NotApplicableDocument) -> list[Problem]:
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


def not_applicable_of(site: WrittenCriterion, value: NotApplicableDocument) -> NotApplicable:
    """Return it as the criterion holds it."""
    reason: Any = value.reason or site.written("reason")
    return NotApplicable(reason=reason, approved_by=value.approved_by)
