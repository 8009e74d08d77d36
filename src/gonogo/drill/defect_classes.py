"""Every class of defects, in the order in which a drill plants them."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Final

from gonogo.drill.defect import Defect
from gonogo.drill.kinds import (
    acceptance_defects,
    age_defects,
    bundle_defects,
    decision_defects,
    file_defects,
    junit_defects,
    lock_defects,
    log_defects,
    plugin_defects,
    program_defects,
    rule_defects,
    run_defects,
    schedule_defects,
    statement_defects,
    table_defects,
    trust_defects,
    waiver_defects,
    workbook_defects,
)
from gonogo.errors import UsageError

DEFECTS: Final[tuple[Defect, ...]] = (
    *file_defects.DEFECTS,
    *table_defects.DEFECTS,
    *workbook_defects.DEFECTS,
    *junit_defects.DEFECTS,
    *schedule_defects.DEFECTS,
    *age_defects.DEFECTS,
    *statement_defects.DEFECTS,
    *waiver_defects.DEFECTS,
    *acceptance_defects.DEFECTS,
    *rule_defects.DEFECTS,
    *program_defects.DEFECTS,
    *lock_defects.DEFECTS,
    *log_defects.DEFECTS,
    *trust_defects.DEFECTS,
    *bundle_defects.DEFECTS,
    *decision_defects.DEFECTS,
    *run_defects.DEFECTS,
    *plugin_defects.DEFECTS,
)
"""Other people's code comes last, as it does in every run."""


def chosen(only: Collection[str]) -> tuple[Defect, ...]:
    """Return the classes that are asked for; all of them where none is named.

    Raises:
        UsageError: There is no class of that name.
    """
    known = {defect.id: defect for defect in DEFECTS}
    for name in only:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "`gonogo drill --list` shows them"
            raise UsageError(f"There is no class of defects {name!r}.", hint=hint)
    return tuple(defect for defect in DEFECTS if not only or defect.id in only)
