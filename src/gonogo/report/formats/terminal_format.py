"""The first screen: verdict, what changed, what blocks and whose it is, what was not read, what to do next.

It fits :data:`LINES` lines of 80 columns whatever was recorded. A reason is shown whole, or it is counted and the
people who answer for it are named. Only where one thing of each part is still too much is a sentence cut, after a
statement and not within one. The whole report is in :mod:`gonogo.report.formats.full_format`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.core.wording import listing
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.formats.full_format import BOLD, TONES, Line, written
from gonogo.report.formats.text_columns import cells, wrap
from gonogo.report.page import Page, Short
from gonogo.report.view import RunView
from gonogo.report.words import by_owner
from gonogo.text import to_statement

SUFFIX: Final = ".txt"
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
WIDTH: Final = 80
LINES: Final = 38
"""Lines of the screen, so that the verdict and the next prompt stand below it within 40."""
WHOLE: Final = "Everything: `gonogo report PROGRAM --full`. Head hash {head}."
"""The last line: so many digits of the head hash are enough for `gonogo log verify --head`, and minutes hold them."""
_DIGITS: Final = 16
_MOST: Final = {"unlocked": 8, "blocking": 14, "depends": 8, "notdue": 8, "ahead": 8}
"""Most things of a part; of any other :data:`_FEW`."""
_FEW: Final = 6
_ITEM: Final = 2
"""Lines of a heading's sentence, and of a thing that need not be whole."""
_WHOLE: Final = LINES
_REASONS: Final = frozenset({"unlocked", "blocking", "depends", "notdue", "ahead", "unread", "papers", "next"})
"""Parts whose sentences say why, or what to do: they are the last to be cut."""
_HELD_UP: Final = frozenset({"unlocked", "blocking", "depends", "notdue", "ahead"})
"""Parts that say what go-live waits for: they are the last to be counted only."""


_PAPER: Final = frozenset({"asked", "waiting", "change"})
"""Parts for a meeting's paper: the person at this screen ran the command, and knows why."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is shown.

    Attributes:
        most: Things of each part.
        short: Whether in fewer words, where there are such.
        reasons: Most lines of a thing that says why.
        others: Most lines of any other.
        spaced: Whether blank lines stand between parts.
    """

    most: dict[str, int]
    short: bool = True
    reasons: int = _WHOLE
    others: int = _WHOLE
    spaced: bool = False


def render(view: RunView, *, width: int = WIDTH, colour: bool = False) -> bytes:
    """Return the screen as UTF-8 text with no trailing blanks.

    Args:
        view: The run.
        width: Columns.
        colour: Whether words are also coloured; no other escape sequence is ever written.
    """
    page = page_of(view)
    lines: list[Line] = []
    brief = tuple(part for part in page.brief if part.id not in _PAPER)
    for room in _tighter(brief):
        parts = _parts(brief, room, width)
        lines = [*_head(page, width), *parts, *_foot(page, view.head, width, spaced=room.spaced)]
        if len(lines) + cells(escape(page.kind)) // width <= LINES:
            break
    return written(lines, colour=colour)


def _tighter(parts: Sequence[Short]) -> Iterator[_Room]:
    """Yield how much is shown, from everything to the least.

    Blank lines go first, then ids and lists, then all but one thing of each part, then the end of what gives no reason,
    then all of it but its number. What blocks gives way after that, setbacks since the last run later, and the end of a
    reason last of all.
    """
    most = {part.id: min(len(part.items), max(part.news, _MOST.get(part.id, _FEW))) for part in parts}
    yield _Room(most, short=False, spaced=True)
    yield _Room(most, short=False)
    yield _Room(most, spaced=True)
    kept = {part.id: most[part.id] if part.id in _HELD_UP else max(part.news, 1) for part in parts}
    for fewer in _fewer(most, kept):
        yield _Room(fewer)
    kept |= {"trusted": 0} if "trusted" in kept else {}
    news = {part.id: max(part.news, 1) for part in parts}
    for fewer in _fewer(kept, {name: kept[name] and number for name, number in news.items()}):
        yield _Room(fewer, others=_ITEM)
    bare = {name: number for name, number in news.items() if name in _REASONS or name == "changed"}
    yield _Room({**dict.fromkeys(news, 0), **bare}, others=_ITEM)
    yield _Room(most, reasons=1, others=1, spaced=True)
    for fewer in _fewer(most, news):
        yield _Room(fewer, reasons=1, others=1)
    for fewer in _fewer(news, dict.fromkeys(news, 1)):
        yield _Room(fewer, reasons=1, others=1)


def _fewer(most: dict[str, int], kept: dict[str, int]) -> Iterator[dict[str, int]]:
    """Yield ever fewer things, one of the longest part less each time; what blocks gives way after the others."""
    most = dict(most)
    yield dict(most)
    while free := [name for name, number in most.items() if number > kept[name]]:
        most[max(free, key=lambda name: (name not in _HELD_UP, most[name]))] -= 1
        yield dict(most)


def _head(page: Page, width: int) -> list[Line]:
    lines: list[Line] = [((escape(page.kind), ""),)]  # line 1 says it all, however wide: programs read it
    if page.marking:
        lines += _clipped(page.marking, width, 1, BOLD)
    lines += _clipped(page.title, width, _ITEM)
    lines += _clipped(page.verdict, width, 1, TONES[page.tone])
    for forms in page.screen:
        lines += _clipped(_fitting(forms, width, _ITEM), width, _ITEM)
    return lines


def _fitting(forms: Sequence[str], width: int, most: int) -> str:
    """Return the first form that needs no more than so many lines; the last, which is cut, if none does."""
    return next((each for each in forms if len(wrap(escape(each), width)) <= most), forms[-1])


def _parts(parts: Sequence[Short], room: _Room, width: int) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        shown = (part.short if room.short and part.short else part.items)[: room.most[part.id]]
        lines += [()] if room.spaced else []
        lines += _clipped(part.title.upper(), width, 1, BOLD)
        if part.lead:
            lines += _clipped(part.lead, width, _ITEM)
        longest = room.reasons if part.id in _REASONS else room.others
        for text in shown:
            first, *more = _clipped(text, width - 2, max(longest, _ITEM) if part.id == "next" else longest)
            lines += [(("- ", ""), *first), *((("  ", ""), *line) for line in more)]
        left = len(part.items) - len(shown)
        if left and shown:  # else the heading has the number
            names = by_owner(part.owners[len(shown) :])
            room_for = _ITEM if part.id == "blocking" else 1
            whose = [f": {listing(names, most=most)}" for most in range(6, 0, -1)] if names else [f": {part.where}"]
            forms = [*(f"and {left} more{each}" for each in whose if each != ": "), f"and {left} more"]
            first, *more = _clipped(_fitting(forms, width - 2, room_for), width - 2, room_for)
            lines += [(("- ", ""), *first), *((("  ", ""), *line) for line in more)]
    return lines


def _foot(page: Page, head: str, width: int, *, spaced: bool) -> list[Line]:
    marking = _clipped(page.marking, width, 1, BOLD) if page.marking else []
    return [*([()] if spaced else []), *_clipped(WHOLE.format(head=head[:_DIGITS]), width, _ITEM), *marking]


def _clipped(text: str, width: int, most: int, style: str = "") -> list[Line]:
    """Return the lines of a text, at most so many; one that is cut ends in an ellipsis."""
    lines = wrap(escape(text), width)
    if len(lines) > most:
        kept = lines[: most - 1] + wrap(lines[most - 1], width - 2)[:1]
        lines = wrap(f"{to_statement(' '.join(kept))} …", width)
    return [((line, style),) for line in lines]
