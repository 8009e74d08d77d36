"""Hidden sheets of a workbook that are named like a visible one but for a day, a month or a version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gonogo.errors import UsageError
from gonogo.first_week.first_look import look_into
from gonogo.first_week.prose import plain
from gonogo.first_week.series import placed


def hidden_sheets(path: Path) -> Iterator[str]:
    """Yield what each such sheet is beside the visible one: superseded, or newer by its name although it is hidden.

    Args:
        path: Of a workbook; nothing is yielded where it cannot be opened.
    """
    try:
        workbook = look_into(path.read_bytes(), path.name)
    except (UsageError, OSError):
        return
    names = list(workbook.sheet_names)
    shown = [name for name in names if workbook.visible(name)]
    for name in names:
        mine = placed(name)
        if name in shown or mine is None:
            continue
        for other in shown:
            beside = placed(other)
            if beside is None or beside[0] != mine[0] or len(beside[1]) != len(mine[1]):
                continue
            newer = mine[1] > beside[1]
            what = f"is newer by its name than {plain(other)}, which is shown" if newer else ""
            yield f"its hidden sheet {plain(name)} {what or f'is superseded by {plain(other)}'}"
            break
