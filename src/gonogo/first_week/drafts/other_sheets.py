"""The other sheets of a workbook: a binding of its own for each that answers a fact of the ruleset, or may."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.drafts.asked_about import other_kind
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.offered_columns import may_answer
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.first_look import look_into
from gonogo.first_week.grid_xlsx import sheets_with_items
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.text import listed

_MOST: Final = 8
_LARGEST: Final = 16 * 2**20
"""Bytes of a workbook whose other sheets are looked at."""


def with_other_sheets(proposals: Sequence[Proposal], root: Path, terms: DraftTerms) -> list[Proposal]:
    """Return the proposals with one more for each other sheet that answers something, or may once a person says how.

    A sheet that was proposed because it has most cells is left out where it can answer nothing and another one does.
    Beside a sheet that is a tool's export, only those count that are exports too: the others are comments and lists.

    Args:
        proposals: One for each file.
        root: The program's folder.
        terms: By what they are drafted.
    """
    found: list[Proposal] = []
    for each in proposals:
        more = list(_others(each, root, terms)) if each.draft is not None or each.profile else []
        if each.answers or not more or _may_answer(each) or not any(one.answers for one in more):
            found.append(each)
        found += more
    return found


def _others(proposal: Proposal, root: Path, terms: DraftTerms) -> Iterator[Proposal]:
    path = root / proposal.paths[-1]
    try:
        if path.suffix.lower() != ".xlsx" or path.stat().st_size > _LARGEST:
            return
        names = sheets_with_items(look_into(path.read_bytes(), path.name))
    except (UsageError, OSError):
        return
    proposal.sheets = tuple(names)
    for name in names[:_MOST]:
        if name == proposal.sheet:
            continue
        other = Proposal(
            proposal.id,
            proposal.kind,
            proposal.paths,
            proposal.collector,
            inputs=proposal.inputs,
            pick_newest=proposal.pick_newest,
            as_of=proposal.as_of,
            remarks=[f"sheet {plain(name)} of the workbook"],
            questions=list(proposal.questions),
            superseded=dict(proposal.superseded),
            sheet=name,
            beside=True,
        )
        draft_proposal(other, path, root, terms)
        own = not (proposal.profile and not proposal.unfit) or other.profile
        if (other.answers or _may_answer(other)) and not other.missing and own:
            yield other


def _may_answer(proposal: Proposal) -> bool:
    return bool(answerable(proposal))


def answerable(proposal: Proposal) -> set[str]:
    """Return the required facts that a person may find in a drafted sheet: its rows are items, and a column tells.

    A list of rooms has a key and no column that says how anything stands, and a sheet of risks holds no issues.
    """
    draft = proposal.draft
    if draft is None or not draft.mapping.key or not draft.group:
        return set()
    facts = [each.fact for each in draft.facts if each.required and each.fact.name.rpartition(".")[0] == draft.group]
    return {
        fact.name
        for fact in facts
        if not other_kind(draft.mapping, fact)
        and any(name in draft.mapping.read and may_answer(draft, fact, name) for name in draft.mapping.columns)
    }


def asks_more(proposal: Proposal, answered: Container[str]) -> bool:
    """Whether the binding of another sheet answers something, or may answer a fact that nothing else answers.

    Args:
        proposal: Of the sheet.
        answered: Facts, and beginnings of facts that end with a dot.
    """
    left = (fact for fact in answerable(proposal) if f"{fact.partition('.')[0]}." not in answered)
    return bool(proposal.answers) or any(fact not in answered for fact in left)


def unread_words(names: Sequence[str]) -> str:
    """Return in words which sheets of a workbook nothing reads."""
    shown = [plain(each, most=40) for each in names]
    return f"no binding reads its sheet{'' if len(shown) == 1 else 's'} {listed(shown, most=6)}"


def sheets_left(proposals: Iterable[Proposal]) -> dict[str, list[str]]:
    """Return workbooks, by path, with their sheets of items that no binding reads."""
    read: dict[str, set[str]] = {}
    every: dict[str, list[str]] = {}
    for each in proposals:
        read.setdefault(each.paths[-1], set()).add(each.sheet)
        if each.sheets and not each.idle:
            every.setdefault(each.paths[-1], [*each.sheets])
    found = {path: [name for name in names if name not in read[path]] for path, names in every.items()}
    return {path: names for path, names in found.items() if names}
