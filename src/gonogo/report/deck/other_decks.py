"""The Phase 3 Progress Review and the Status Report: top risks, milestones, and what comes next."""

from __future__ import annotations

from typing import Final

from gonogo.model.decision import Blocker, Condition
from gonogo.report.decision_sheet import meaning_words
from gonogo.report.deck.done_about import answer_to, unless_decided
from gonogo.report.deck.slides import Deck, DeckSlide, SlideTable
from gonogo.report.detail import page_of
from gonogo.report.view import RunView
from gonogo.report.words import STATUS, local, person_and_seat, stopped

_AS_OF: Final = "xx/xx/xx"
_TOP: Final = 8
_AHEAD: Final = "P"
"""The template's letter for what is ahead."""


def is_phase_three(deck: Deck) -> bool:
    """Whether the deck has the table of top risks of the Phase 3 Progress Review."""
    return any(_is_risks(table) for slide in deck.slides for table in slide.tables)


def is_status_report(deck: Deck) -> bool:
    """Whether the deck has the tables of the Status Report."""
    return any(_is_top_three(table) for slide in deck.slides for table in slide.tables)


def fill_phase_three(deck: Deck, view: RunView) -> tuple[str, ...]:
    """Fill in the top risks; the rest of that deck describes, and no record holds it."""
    told = []
    for slide in deck.slides:
        for table in filter(_is_risks, slide.tables):
            shown = _open(view)[:_TOP]
            for row in range(1, len(table.table.rows)):
                for column, text in enumerate(_risk(view, shown[row - 1]) if row <= len(shown) else ("",) * 5):
                    table.put(row, column, text, points=8)
            for one in shown:
                slide.note(_words(view, one))
            slide.note(
                _source(view, "What blocks, then what the verdict depends on; the probability is yours to judge")
            )
            told.append(f"{len(shown)} of {len(_open(view))} open criteria as top risks")
    return tuple(told)


def fill_status(deck: Deck, view: RunView) -> tuple[str, ...]:
    """Fill in the date, the milestones that the record holds, the top three, and what comes next."""
    run, told = view.started, []
    day = run.program.local_date(run.now)
    for slide in deck.slides:
        if slide.replace(_AS_OF, f"{day:%m/%d/%y}"):
            told.append(f"slide {slide.number}: the date")
        for table in slide.tables:
            if _is_top_three(table):
                _top_three(slide, table, view)
                told.append(f"slide {slide.number}: the first three open criteria")
            elif table.heading()[:1] == ("Key Recent Accomplishments",):
                _recent_and_next(slide, table, view)
                told.append(f"slide {slide.number}: what changed, and what comes next")
            elif table.heading()[:1] == ("MAJOR MILESTONES",):
                _milestone(slide, table, view)
                told.append(f"slide {slide.number}: go-live as a milestone")
    told.append(
        "left as they were: activities, percentages, letters of status, the chart and the overall schedule status; no "
        "record holds them, and what stands there is the template's sample"
    )
    return tuple(told)


def _is_risks(table: SlideTable) -> bool:
    return table.heading() == ("Risk", "Impact", "Probability", "Owner", "Mitigation Strategy")


def _is_top_three(table: SlideTable) -> bool:
    return table.heading()[1:] == ("Risk/Issue", "Mitigation/Response")


def _open(view: RunView) -> list[Blocker | Condition]:
    return [*view.decision.ranked, *view.decision.conditions]


def _risk(view: RunView, one: Blocker | Condition) -> tuple[str, ...]:
    finding = view.finding(one.criterion) if one.criterion else None
    if finding is None:
        return (_words(view, one), "", "", "", "")
    return (
        f"{finding.title}: {STATUS[finding.status].lower()}",
        finding.weight_then.m3_criticality,
        "",
        person_and_seat(view, finding.owner),
        answer_to(view, finding),
    )


def _words(view: RunView, one: Blocker | Condition) -> str:
    finding = view.finding(one.criterion) if one.criterion else None
    return f"{finding.title}: {finding.sentence}" if finding is not None else stopped(one.why)


def _top_three(slide: DeckSlide, table: SlideTable, view: RunView) -> None:
    found = _open(view)
    for row in range(1, len(table.table.rows)):
        risk = _risk(view, found[row - 1]) if row <= len(found) else ("", "", "", "", "")
        table.put(row, 1, risk[0] or "No other criterion is open in the record.")
        table.put(row, 2, f"{stopped(risk[4])} Owner: {risk[3]}" if risk[3] else risk[4])
    cut = len(found) - (len(table.table.rows) - 1)
    more = f"; {cut} more are in the assessment report" if cut > 0 else ""
    slide.note(
        _source(view, f"The first of {len(found)} reasons and conditions of the verdict {view.decision.verdict}{more}")
    )


def _recent_and_next(slide: DeckSlide, table: SlideTable, view: RunView) -> None:
    page = page_of(view)
    changed = next((part.items for part in page.brief if part.id == "changed"), ())
    coming = [f"{label}: {value}" for label, value in page.sheet.dates] + list(page.sheet.steps)
    table.put(1, 0, " ".join(changed[:5]) or "Nothing changed since the last recorded run.")
    table.put(1, 1, " ".join(map(stopped, coming[:6])))
    slide.note(_source(view, "What changed since the last recorded run, and the dates and steps of page one"))


def _milestone(slide: DeckSlide, table: SlideTable, view: RunView) -> None:
    run = view.started
    ahead = run.program.local_date(run.release.go_live) >= run.program.local_date(run.now)
    cells = {
        "Milestones": f"Go-live of release {run.release.id}",
        "Baseline": local(run.release.go_live, run.program.zone),
        "Owner": "",
        "Status": _AHEAD if ahead else "",
        "Notes": " ".join((f"Verdict {view.decision.verdict}.", *unless_decided(view), meaning_words(view))),
    }
    names = table.heading(1)
    for words, text in cells.items():
        column = next((place for place, name in enumerate(names) if name.startswith(words)), None)
        if column is not None and len(table.table.rows) > 2:
            table.put(2, column, text)
            if text == _AHEAD:
                table.look_like(2, column, _AHEAD)
    slide.note(_source(view, "Go-live as the program file commits to it; P is the template's letter for what is ahead"))


def _source(view: RunView, what: str) -> str:
    run = view.started
    return (
        f"{what}. Computed by gonogo: {run.kind.sentence} Run {run.envelope.run}, {run.ruleset}, assessed "
        f"{local(run.now, run.program.zone)}, head {view.head}."
    )
