"""The first screen: verdict, what changed, what blocks and whose it is, what was not read, what to do next.

It fits :data:`LINES` lines of 80 columns whatever was recorded; what does not fit is counted, and the people who answer
for it are still named. The whole report is in :mod:`gonogo.report.formats.full_format`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.core.wording import listing
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.formats.full_format import BOLD, TONES, Line, written
from gonogo.report.formats.text_columns import cells, wrap
from gonogo.report.page import Page, Short
from gonogo.report.view import RunView

SUFFIX: Final = ".txt"
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
WIDTH: Final = 80
LINES: Final = 38
"""Lines of the screen, so that the verdict and the next prompt stand below it within 40."""
WHOLE: Final = "Everything: `gonogo report PROGRAM --full`, or with `-o html:report.html`."
_MOST: Final = {"blocking": 14, "depends": 8}
"""Most things of a part; of any other :data:`_FEW`."""
_FEW: Final = 6
_LONGEST: Final = 4
_ITEM: Final = 2
"""Most lines of one thing where there is room, and where there is less; at the last it is one."""


def render(view: RunView, *, width: int = WIDTH, colour: bool = False) -> bytes:
    """Return the screen as UTF-8 text with no trailing blanks.

    Args:
        view: The run.
        width: Columns.
        colour: Whether words are also coloured; no other escape sequence is ever written.
    """
    page = page_of(view)
    lines: list[Line] = []
    for most, item, spaced in _tighter(page.brief):
        parts = _parts(page.brief, most, item, width, spaced=spaced)
        lines = [*_head(page, width), *parts, *_foot(page, width, spaced=spaced)]
        if len(lines) + cells(escape(page.kind)) // width <= LINES:
            break
    return written(lines, colour=colour)


def _tighter(parts: Sequence[Short]) -> Iterator[tuple[dict[str, int], int, bool]]:
    """Yield what is shown of each part, from all that may be to the least: blank lines, second lines, or both go.

    Then the longest part gives way: setbacks since the last run last of all, and what blocks before them.
    """
    most = {part.id: min(len(part.items), max(part.news, _MOST.get(part.id, _FEW))) for part in parts}
    kept = {part.id: max(part.news, 1) for part in parts}
    yield dict(most), _LONGEST, True
    yield dict(most), _ITEM, True
    yield dict(most), _ITEM, False
    yield dict(most), 1, True
    yield dict(most), 1, False
    while any(count > 1 for count in most.values()):
        free = {name: count for name, count in most.items() if count > kept[name]} or most
        longest = max(free, key=lambda name: (most[name] > 1 and name != "blocking", most[name]))
        most[longest] -= 1
        yield dict(most), 1, False


def _head(page: Page, width: int) -> list[Line]:
    lines: list[Line] = [((escape(page.kind), ""),)]  # line 1 says it all, however wide: programs read it
    if page.marking:
        lines += _clipped(page.marking, width, 1, BOLD)
    lines += _clipped(page.title, width, _ITEM)
    lines += _clipped(page.verdict, width, 1, TONES[page.tone])
    for sentence in page.meaning:
        lines += _clipped(sentence, width, _ITEM)
    return lines


def _parts(parts: Sequence[Short], most: dict[str, int], item: int, width: int, *, spaced: bool) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        shown = part.items[: most[part.id]]
        lines += [()] if spaced else []
        lines += _clipped(part.title.upper(), width, 1, BOLD)
        if part.lead:
            lines += _clipped(part.lead, width, _ITEM)
        for text in shown:
            first, *more = _clipped(text, width - 2, max(item, _ITEM) if part.id == "next" else item)
            lines += [(("- ", ""), *first), *((("  ", ""), *line) for line in more)]
        left = len(part.items) - len(shown)
        if left:
            owners = Counter(who for who in part.owners[len(shown) :] if who)
            names = [f"{who} ({number})" if number > 1 else who for who, number in owners.most_common()]
            whose = f": {listing(names, most=6)}" if names else ""
            lines += [(("- ", ""), *line) for line in _clipped(f"and {left} more{whose}", width - 2, 1)]
    return lines


def _foot(page: Page, width: int, *, spaced: bool) -> list[Line]:
    marking = _clipped(page.marking, width, 1, BOLD) if page.marking else []
    return [*([()] if spaced else []), *_clipped(WHOLE, width, 1), *marking]


def _clipped(text: str, width: int, most: int, style: str = "") -> list[Line]:
    """Return the lines of a text, at most so many; one that is cut ends in an ellipsis."""
    lines = wrap(escape(text), width)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = wrap(lines[-1], width - 2)[0].rstrip() + " …"
    return [((line, style),) for line in lines]
