"""The other sheets of a workbook: a binding of its own for each that answers a fact of the ruleset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.first_look import look_into
from gonogo.first_week.grid_xlsx import sheets_with_items
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain

_MOST: Final = 8
_LARGEST: Final = 16 * 2**20
"""Bytes of a workbook whose other sheets are looked at."""


def with_other_sheets(proposals: Sequence[Proposal], root: Path, terms: DraftTerms) -> list[Proposal]:
    """Return the proposals with one more for each other sheet that answers something.

    A sheet that was proposed because it has most cells is left out where it answers nothing and another one does.
    Beside a sheet that is a tool's export, only those count that are exports too: the others are comments and lists.

    Args:
        proposals: One for each file.
        root: The program's folder.
        terms: By what they are drafted.
    """
    found: list[Proposal] = []
    for each in proposals:
        more = list(_others(each, root, terms)) if each.draft is not None or each.profile else []
        if each.answers or not more:
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
        if other.answers and not other.missing and own:
            yield other
