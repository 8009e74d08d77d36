"""A list that has fewer rows than in the last run: what is gone counts no longer, and need not be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.shrunk_lists import other_bytes
from gonogo.comparison.snapshot import Snapshot
from gonogo.model.evidence import Evidence

_ROWS: Final = re.compile(r", ([0-9]{1,3}(?:,[0-9]{3})*) rows\b", re.ASCII)
"""How a place says how many rows were read: ``evidence/defects.csv, 1,462 rows``."""


def fewer_rows(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield that a source has fewer rows, once for each; of a share that says so itself nothing is said twice."""
    said: set[str] = set()
    for fact, new in after.answers.items():
        old = before.answers.get(fact)
        if not isinstance(old, Evidence) or not isinstance(new, Evidence) or new.whole is not None:
            continue
        was, now, binding = _rows(old), _rows(new), new.source.binding
        if binding in said or binding != old.source.binding or was is None or now is None or not other_bytes(old, new):
            continue
        if now < was:
            said.add(binding)
            left = f"{was - now:,} {'row that was there is' if was - now == 1 else 'rows that were there are'} gone"
            why = "and nothing says whether they were done, filtered out or removed"
            yield Notice(
                kind=NoticeKind.SOURCE,
                subject=binding,
                sentence=f"{binding}: {new.source.locator.partition(',')[0]} has {now:,} rows, and had {was:,} in the "
                f"last run: {left}, {why if was - now > 1 else why.replace('they were', 'it was')}.",
            )


def _rows(evidence: Evidence) -> int | None:
    found = _ROWS.search(evidence.source.locator)
    return int(found[1].replace(",", "")) if found else None
