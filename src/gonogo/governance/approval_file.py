"""The file in which people approve a lock or a change of one: written as a draft, filled in, read strictly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gonogo.documents.files import read_file, shown
from gonogo.documents.lock_documents import LockApprovalDocument, LockApprovalsDocument
from gonogo.documents.shape import read_sheet, sorted_problems
from gonogo.errors import ConfigurationError
from gonogo.model.placeholder import has_content
from gonogo.model.waiver import Approval


@dataclass(frozen=True, slots=True)
class Approvals:
    """What people approved.

    Attributes:
        content: Digest of what they approved.
        changes: Digest of the agreed content before it; None for a first lock.
        request: What the request is called; None where nobody names one.
        requested_by: Who asked for it; None likewise.
        reason: Why; None likewise.
        approved_by: Their approvals, as written.
        reviewed_by: The reviewer's; None where nobody reviewed it.
    """

    content: str
    changes: str | None = None
    request: str | None = None
    requested_by: str | None = None
    reason: str | None = None
    approved_by: tuple[Approval, ...] = ()
    reviewed_by: Approval | None = None


def read_approvals(path: Path, *, program: str) -> Approvals:
    """Return what a file of approvals says.

    Args:
        path: The file.
        program: Id of the program that it must be about.

    Raises:
        ConfigurationError: With every mistake, at its place.
    """
    sheet = read_sheet(
        read_file(path, hint="`gonogo lock PROGRAM --draft FILE` writes one to fill in"),
        shown(path),
        LockApprovalsDocument,
    )
    document = sheet.document
    problems = list(sheet.problems)
    if document is not None:
        if document.program != program:
            what = f"these approvals are about the program '{document.program}', not about '{program}'"
            problems.append(sheet.problem(("program",), "G149", what, "name the approvals of this program"))
        for key in ("request", "reason"):
            text = getattr(document, key)
            if text is not None and not has_content(text):
                problems.append(sheet.problem((key,), "G117", f"the {key} says nothing", "say it in words"))
        for index, each in enumerate(document.approved_by):
            if any((each.person, each.role) == (one.person, one.role) for one in document.approved_by[:index]):
                what = f"{each.person} approves twice as {each.role}"
                problems.append(sheet.problem(("approved_by", index), "G123", what, "keep one"))
    if problems or document is None:
        raise ConfigurationError(sorted_problems(problems))
    return Approvals(
        content=document.content,
        changes=document.changes,
        request=document.request,
        requested_by=document.requested_by,
        reason=document.reason,
        approved_by=tuple(map(_approval, document.approved_by)),
        reviewed_by=_approval(document.reviewed_by) if document.reviewed_by is not None else None,
    )


def _approval(document: LockApprovalDocument) -> Approval:
    return Approval(person=document.person, role=document.role, on=document.on)


def draft_text(
    program: str,
    content: str,
    *,
    seats: Sequence[tuple[str, str]],
    changes: str | None = None,
    comments: Sequence[str] = (),
    review: tuple[str, str] | None = None,
) -> str:
    """Return a file to fill in.

    Args:
        program: Id of the program.
        content: Digest of what is approved.
        seats: Each seat that approves, with the id of who holds it today; empty where nobody does.
        changes: Digest of the agreed content before it; None for a first lock.
        comments: What is approved, in words, as comments.
        review: A seat that reviews, with who holds it; None where no review is needed.
    """
    lines = ["# What is approved:", *(f"#   {' '.join(line.split())}" for line in comments), "schema: 1"]
    lines += [f"program: {program}", f"content: {content}"]
    if changes is not None:
        lines += [f"changes: {changes}", "request: FILL IN", "requested_by: FILL_IN", "reason: FILL IN"]
    lines.append("# Each person writes the day on which they approve in place of FILL_IN.")
    lines.append("approved_by:")
    lines += [f"  - {{person: {who or 'FILL_IN'}, role: {seat}, on: FILL_IN}}" for seat, who in seats]
    if review is not None:
        seat, who = review
        lines.append(f"reviewed_by: {{person: {who or 'FILL_IN'}, role: {seat}, on: FILL_IN}}")
    return "\n".join(lines) + "\n"
