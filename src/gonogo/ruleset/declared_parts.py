"""What the files of a ruleset declare: facts, seats and sources of all of them, then the criteria of each."""

from __future__ import annotations

from typing import Any

from gonogo.documents.shape import CheckedDocument, Document
from gonogo.ruleset.criterion import build_criterion
from gonogo.ruleset.field_rules import CriterionContext
from gonogo.ruleset.gathering import Gathering
from gonogo.ruleset.lint import office_problems, policy_problems
from gonogo.ruleset.ruleset_documents import FactsDocument, OverlayDocument, RulesetDocument
from gonogo.ruleset.vocabulary import declarations


def declare(
    desk: Gathering,
    facts: CheckedDocument[FactsDocument],
    sheet: CheckedDocument[RulesetDocument],
    layers: list[tuple[CheckedDocument[OverlayDocument], OverlayDocument]],
) -> None:
    """Gather facts, seats and sources of every file before any criterion is read."""
    assert facts.document is not None
    assert sheet.document is not None
    desk.problems += policy_problems(sheet, sheet.document.policy)
    desk.unread["criteria"] |= bool(sheet.problems)
    parts: list[tuple[CheckedDocument[Document], Any, str | None]] = [(facts, facts.document.facts, None)]
    parts += [(layer, overlay.facts, overlay.prefix) for layer, overlay in layers]
    for part, documents, prefix in parts:
        found, problems = declarations(part, documents, taken=desk.taken, prefix=prefix)
        desk.facts += found
        desk.problems += problems
        desk.unread["facts"] |= bool(problems or part.problems)
        for index, document in enumerate(documents):
            desk.places.setdefault(document.name, part.at(("facts", index)).position)
    files: list[tuple[CheckedDocument[Document], RulesetDocument | OverlayDocument]] = [
        (sheet, sheet.document),
        *layers,
    ]
    for part, document in files:
        desk.problems += office_problems(part, document.offices, desk.seats)
        desk.seats += document.offices
        for key, citation in document.sources.items():
            if key in desk.sources:
                what = f"the source '{key}' is declared already"
                desk.problems.append(part.key_problem(("sources", key), "G123", what, "use another key"))
            desk.sources.setdefault(key, citation)


def build_criteria(
    desk: Gathering, sheet: CheckedDocument[Document], part: RulesetDocument | OverlayDocument, around: CriterionContext
) -> None:
    """Gather the criteria of one file, by what all files declare."""
    for index, document in enumerate(part.criteria):
        place = ("criteria", index)
        if document.id in desk.places and document.id not in desk.taken:
            what = f"the criterion '{document.id}' appears twice; the first is at {desk.places[document.id]}"
            desk.problems.append(sheet.problem((*place, "id"), "G123", what, "keep one"))
            continue
        desk.places[document.id] = sheet.at(place).position
        criterion, problems = build_criterion(sheet, place, document, around)
        desk.problems += problems
        desk.unread["criteria"] |= criterion is None
        if criterion is not None:
            desk.criteria[criterion.id] = criterion
