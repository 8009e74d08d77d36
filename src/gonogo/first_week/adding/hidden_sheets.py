"""Hidden sheets of a workbook that are named like a visible one but for a day, a month or a version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.first_look import look_into
from gonogo.first_week.prose import plain
from gonogo.plugin.inputs.likeness import rank, stem

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_YEAR: Final = r"(?P<year>20[0-9]{2})"
_FORMS: Final = (
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ]?(?P<number>0[1-9]|1[0-2])(?![0-9])"),
    re.compile(rf"(?<![0-9])(?P<number>0[1-9]|1[0-2])[-_./ ]{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![a-z])(?P<word>{_NAMED})\.?(?:[-_ ]?'?{_YEAR})?(?![a-z0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ](?P<word>{_NAMED})(?![a-z])"),
)


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
        mine = _placed(name)
        if name in shown or mine is None:
            continue
        for other in shown:
            beside = _placed(other)
            if beside is None or beside[0] != mine[0] or len(beside[1]) != len(mine[1]):
                continue
            newer = mine[1] > beside[1]
            what = f"is newer by its name than {plain(other)}, which is shown" if newer else ""
            yield f"its hidden sheet {plain(name)} {what or f'is superseded by {plain(other)}'}"
            break


def _placed(name: str) -> tuple[str, tuple[int, ...]] | None:
    """Return a name without its day, month or version, and how late it is; None where it has none of them."""
    whole = stem(name)
    if whole is not None:
        return whole[0], rank(name)
    text = name.casefold()
    for form in reversed(_FORMS):
        found = form.search(text)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["word"][:3]) + 1
            year = (int(parts["year"]),) if parts["year"] else ()
            return f"{text[: found.start()]}*{text[found.end() :]}", (*year, month)
    return None
