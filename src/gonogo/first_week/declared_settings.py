"""How the settings of a proposed binding start, and which facts they give, as its collector says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gonogo.first_week.about_file import why_people
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.drafts.when_held import NOBODY, UNDATED
from gonogo.first_week.file_kinds import Recognized
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import FILL_IN
from gonogo.model.fact import FactDeclaration, Vocabulary
from gonogo.plugin.discovery import discover
from gonogo.plugin.protocol import WireFact
from gonogo.plugin.recognizes import Start
from gonogo.plugin.trial import starts_of, try_settings


def begin_settings(
    proposal: Proposal,
    entry: Recognized,
    root: Path,
    vocabulary: Vocabulary,
    terms: DraftTerms | None = None,
    start: Start | None = None,
) -> None:
    """Put into a proposal what is known of its settings, and what a person must add.

    Args:
        proposal: The binding.
        entry: The file for which it is made.
        root: The program's folder.
        vocabulary: Facts of the chosen ruleset.
        terms: By what a table is drafted; None where a person describes it.
        start: How its settings start, as its collector reads the file; None where it cannot tell.
    """
    kind = entry.kind
    if terms is not None and kind.use.collector == "table":
        draft_proposal(proposal, root / entry.path, root, terms)
        return
    if isinstance(kind, DeclaredKind):
        _declared(proposal, kind, entry, vocabulary, start)
    else:
        proposal.missing.append(kind.use.advice)
    if not isinstance(kind, DeclaredKind) or entry.header:
        proposal.people = why_people(root, entry)
    if not proposal.dated and not proposal.as_of and terms is not None and isinstance(kind, DeclaredKind):
        proposal.rule = NOBODY
        proposal.questions.append(UNDATED)
    elif not proposal.dated and not proposal.as_of:
        proposal.missing.append("as_of: when its content held: a column, a cell, the file's name, or who says so")


def _declared(
    proposal: Proposal, kind: DeclaredKind, entry: Recognized, vocabulary: Vocabulary, start: Start | None
) -> None:
    refuse_stranger(proposal, kind)
    if start is None:
        proposal.settings = {key: f"{FILL_IN}: {what}" if what else FILL_IN for key, what in kind.file.settings.items()}
        proposal.missing += kind.file.missing
    else:
        proposal.settings = dict(start.settings)
        proposal.remarks += start.remarks
        proposal.assumed += start.remarks
    proposal.remarks += kind.file.remarks
    if kind.file.states:
        facts = {name: type_of(vocabulary[name]) for name in entry.facts if name in vocabulary}
        strange = [name for name in entry.facts if name not in vocabulary]
        proposal.settings |= {"facts": facts}
        if strange or not facts:
            proposal.missing.append(
                f"facts: the ruleset does not know {', '.join(strange[:3]) or 'any fact that it states'}"
            )


def starts(entries: Iterable[Recognized], root: Path) -> dict[str, Start]:
    """Return how the settings start for each file of which its collector can tell, by its path.

    Args:
        entries: Files for which a binding is proposed.
        root: The program's folder.
    """
    asked = [
        (entry.path, kind)
        for entry in entries
        if isinstance(kind := entry.kind, DeclaredKind) and kind.starts and kind.entry.builtin
    ]  # nobody has allowed a third party's code to read evidence yet
    found = starts_of([(kind.entry, kind.collector, root / path) for path, kind in asked])
    return {path: start for (path, _), start in zip(asked, found, strict=True) if start is not None}


def refuse_stranger(proposal: Proposal, kind: DeclaredKind) -> None:
    """Let a third party's collector stay a comment: the program must allow it, once somebody has reviewed it."""
    if not kind.entry.builtin:
        allow = f"{{distribution: {kind.entry.distribution}, version: {kind.entry.version}}}"
        proposal.missing.append(f"plugins: allow: [{allow}], once somebody has reviewed it")


def type_of(fact: FactDeclaration) -> str:
    """Return a fact's type and unit as the settings of the attestation collector write them."""
    return f"{fact.type} {fact.unit}".strip()


def check_all(proposals: Sequence[Proposal], vocabulary: Vocabulary) -> None:
    """Ask each collector what it would answer for, as lint does; what it refuses, or nobody asks for, is missing."""
    ready = [(each, each.kind) for each in proposals if not each.missing]
    asked = [(each, kind) for each, kind in ready if isinstance(kind, DeclaredKind)]
    tried = try_settings([(kind.entry, kind.collector, each.settings) for each, kind in asked])
    for (proposal, _), answer in zip(asked, tried, strict=True):
        if answer.refused:
            proposal.missing.append(f"settings: {answer.refused}")
        else:
            _answers(proposal, answer.facts, vocabulary)


def _answers(proposal: Proposal, facts: Sequence[WireFact], vocabulary: Vocabulary) -> None:
    names = []
    for fact in facts:
        name = f"{proposal.prefix}.{fact.name}" if proposal.prefix else fact.name
        known = vocabulary.get(name)
        if known is None and fact.if_known:
            continue  # owed only where the ruleset has it
        if known is None or (known.type, known.unit) != (fact.type, fact.unit):
            proposal.missing.append(f"the ruleset does not ask for {name}; another one may, or an overlay can add it")
            return
        names.append(name)
    proposal.answers = tuple(names)
    proposal.idle = bool(facts) and not names


def check_drafts(proposals: Sequence[Proposal]) -> None:
    """Ask the table collector whether it takes each draft; what it refuses is missing, so that the program loads."""
    ready = [each for each in proposals if each.draft is not None and not each.missing]
    entry = discover().get("table")
    if not ready or entry is None:
        return
    for proposal, answer in zip(ready, try_settings([(entry, "", each.settings) for each in ready]), strict=True):
        if answer.refused:
            proposal.missing.append(f"settings: {answer.refused}")
