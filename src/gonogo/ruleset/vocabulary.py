"""The vocabulary: from ``facts.yaml`` and overlays to declarations, and looking facts up by a part of their name."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from gonogo.documents.plain_mistakes import plain_mistake
from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.fact import FactDeclaration, Vocabulary, computed_by_name
from gonogo.ruleset.declared_registers import made_fact_problems
from gonogo.ruleset.declared_trends import made_trend
from gonogo.ruleset.ruleset_documents import FactDocument


def facts_under(vocabulary: Vocabulary, name: str) -> tuple[FactDeclaration, ...]:
    """Return the facts whose name begins with ``name`` or has it as a part: ``training`` finds ``training.*``."""
    return tuple(fact for fact in vocabulary.facts if fact.name.startswith(f"{name}.") or name in fact.name.split("."))


def declarations(
    sheet: CheckedDocument[Document],
    documents: Sequence[FactDocument],
    *,
    taken: dict[str, str],
    prefix: str | None = None,
) -> tuple[list[FactDeclaration], list[Problem]]:
    """Return the facts of one file with their mistakes.

    Args:
        sheet: The file; its facts stand under ``facts``.
        documents: Their documents.
        taken: Names already declared, to where; extended.
        prefix: For an overlay, what every name must begin with.
    """
    found: list[FactDeclaration] = []
    problems: list[Problem] = []
    for index, document in enumerate(documents):
        place = ("facts", index, "name")
        name = document.name
        if name in taken:
            what = f"the fact '{name}' is declared twice; the first is at {taken[name]}"
            problems.append(sheet.problem(place, "G123", what, "keep one"))
            continue
        if prefix is not None and not computed_by_name(name):
            own = name.removeprefix(f"{prefix}.")
            if own == name:
                what = f"the fact '{name}' is not under the overlay's prefix"
                problems.append(sheet.problem(place, "G132", what, f"name it `{prefix}.{name}`"))
            elif computed_by_name(own):
                what = f"gonogo computes '{own}', and would ask a person for '{name}'"
                problems.append(sheet.problem(place, "G132", what, f"name it `{own}`, without the prefix"))
        taken[name] = str(sheet.at(place).position)
        try:
            fact = FactDeclaration(
                **document.model_dump()
                | {
                    "allowed": tuple(document.allowed),
                    "sample": document.sample or None,
                    "trend": made_trend(document.trend),
                }
            )
            found.append(fact)
            problems += made_fact_problems(sheet, ("facts", index), fact)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                what, hint = plain_mistake(detail)
                problems.append(sheet.problem(("facts", index, *detail["loc"]), "G115", f"{name}: {what}", hint))
    return found, problems
