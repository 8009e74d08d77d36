"""The changes that somebody approved: one column of an export in which nothing but approved ones are.

An export that says of each row how it stands is believed by that too: one rejected row makes it no list of approved
changes.
"""

from __future__ import annotations

from typing import Final

from gonogo.collectors.listed_rows import listed_rows
from gonogo.model.evidence import GapReason
from gonogo.model.placeholder import plain_words
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STANDS: Final = _listed("status state approval approved decision disposition outcome stage phase")
"""Words of a heading under which it says how a change stands."""
_APPROVED: Final = _listed("""
    approved authorized authorised accepted granted yes true scheduled implement implementing implemented implementation
    complete completed closed successful done released deployed
""")
"""Words of which each says that a change was approved before."""


def approved_changes(source: Input, heading: str) -> frozenset[str]:
    """Return the ids of the column of that heading, folded.

    Raises:
        CollectorRefusal: It is no CSV in UTF-8 and no workbook of one sheet, has no such column once, or no id in it;
            or a row says that its change is not approved.
    """
    rows = listed_rows(source, "", final_line_break=False)
    header = [cell.strip() for cell in next(rows)[1]]
    if header.count(heading) != 1:
        raise StructuralFault(f"{source.file_name} does not have the column {heading} once")
    at = header.index(heading)
    stands = [place for place, title in enumerate(header) if place != at and _STANDS & set(plain_words(title).split())]
    found = set()
    for where, row in rows:
        found.add(row[at].strip().casefold())
        for place in stands if row[at].strip() else ():
            if not _approves(row[place]):
                raise StructuralFault(
                    f"{where} does not say under {header[place][:60]} that its change is approved; "
                    "export the approved changes alone"
                )
    found.discard("")
    if not found:
        raise StructuralFault(f"{source.file_name} holds no approved change", GapReason.MISSING)
    return frozenset(found)


def _approves(cell: str) -> bool:
    words = plain_words(cell).split()
    return bool(words) and all(word in _APPROVED for word in words)
