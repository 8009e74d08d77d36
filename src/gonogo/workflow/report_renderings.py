"""What the record gives for a report that somebody holds: as it is rendered now, or before a later outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gonogo.model.canonical import instant_text
from gonogo.report.formats import FORMATS
from gonogo.report.formats.full_format import NARROWEST, WIDTH
from gonogo.report.formats.full_format import render as whole
from gonogo.report.formats.terminal_format import render as screen
from gonogo.report.printed import Form, even_lines, unlike_only_in
from gonogo.report.view import RunView

_STEPS_BACK: Final = 50
"""A report shows outcomes that were recorded up to its own moment; this is how many moments are tried."""
_ON_SCREEN: Final = ("terminal", "full")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A report as the record gives it.

    Attributes:
        format: Name of its format.
        data: Its bytes.
        moment: Which later outcome it does not know yet, in words; empty where it knows all.
    """

    format: str
    data: bytes
    moment: str = ""


def renderings(view: RunView, name: str) -> Iterator[Rendering]:
    """Yield a report in a format, then as it was before each outcome that was recorded later, the latest first."""
    yield Rendering(name, FORMATS[name].render(view))
    moments = {at for at, _ in view.outcomes} | {each.at for one in view.decisions for each in one.outcomes}
    for moment in sorted(moments, reverse=True)[:_STEPS_BACK]:
        when = f", as it was before the outcome that was recorded at {instant_text(moment)}"
        yield Rendering(name, FORMATS[name].render(_known_before(view, moment)), when)


def same_as(view: RunView, name: str, forms: Sequence[Form]) -> tuple[Rendering, tuple[str, ...]] | None:
    """Return what the record gives that a file is, and what had to be ignored for it; None where it is nothing of it.

    A last line ``verdict=…`` that says another verdict than the run's is never ignored.
    """
    sound = [form for form in forms if form.verdict in (None, view.decision.verdict.value)]
    for rendering in renderings(view, name):
        for form in sound:
            if form.data == rendering.data:
                return rendering, form.ignored
        for form in sound if name != "json" else ():
            unlike = unlike_only_in(form.data, rendering.data)
            if unlike is not None:
                return rendering, tuple(dict.fromkeys((*form.ignored, *unlike)))
    return _of_another_width(view, name, sound) if name in _ON_SCREEN else None


def nearest(view: RunView, name: str, file: bytes) -> Rendering:
    """Return what a file that is no report of the record comes nearest to.

    A first screen that was cut off looks like a whole report; therefore both are tried.
    """
    names = _ON_SCREEN if name in _ON_SCREEN else (name,)
    ours = set(even_lines(file))

    def apart(rendering: Rendering) -> tuple[int, int]:
        theirs = set(even_lines(rendering.data))
        return len(ours - theirs), len(theirs - ours)

    return min((each for one in names for each in renderings(view, one)), key=apart)


def _of_another_width(view: RunView, name: str, forms: Sequence[Form]) -> tuple[Rendering, tuple[str, ...]] | None:
    """Try a report as a narrower window shows it."""
    for form in forms:
        for width in range(NARROWEST, WIDTH):
            data = screen(view, width=width) if name == "terminal" else whole(view, width=width)
            unlike = unlike_only_in(form.data, data)
            if unlike is not None:
                return Rendering(name, data), (*form.ignored, *unlike, "the width of the window")
    return None


def _known_before(view: RunView, moment: datetime) -> RunView:
    """Return a view without the outcomes that were recorded at a moment or later."""
    return replace(
        view,
        outcomes=tuple(each for each in view.outcomes if each[0] < moment),
        decisions=tuple(
            one.model_copy(update={"outcomes": tuple(each for each in one.outcomes if each.at < moment)})
            for one in view.decisions
        ),
    )
