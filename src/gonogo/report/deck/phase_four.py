"""The Phase 4 Progress Review: the rows of the four categories, the counts of colors, and plans for what is unmet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from gonogo.core.wording import listing
from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Domain
from gonogo.report.deck.done_about import answer_to
from gonogo.report.deck.rows import CATEGORIES, COLORS, CRITICALITIES, DeckRow, claimed, counts, row_of, rows_by_number
from gonogo.report.deck.slides import Deck, DeckSlide, SlideTable
from gonogo.report.health import RED, YELLOW, health
from gonogo.report.machine.machine_standing import Account, accounts
from gonogo.report.view import RunView
from gonogo.report.words import by_owner, person

MOST: Final = 8
"""Rows of the slide about unmet criteria; more do not fit, and are counted."""
_LETTERS: Final = 150
"""Letters of a long text on that slide; the notes have it whole."""
_OWN: Final = "<organization defined>"


def fill(deck: Deck, view: RunView, said: Mapping[int, str]) -> tuple[str, ...]:
    """Fill the deck in, and return what was filled in and what was left, a line each.

    Args:
        deck: A copy of the template.
        view: The run.
        said: Colors that an earlier deck claimed, by number of row; they stand beside the computed ones.
    """
    rows, told = rows_by_number(view), []
    placed: set[int] = set()
    own = _own_criteria(view)
    for slide in deck.slides:
        category = _category(slide)
        for table in slide.tables:
            if is_checklist(table):
                placed |= _checklist(slide, table, rows, said)
                if category is not None:
                    _own(slide, table, view, own[category])
            elif _is_count(table):
                _count(slide, table, view, category if category is not None else _nearest(slide, table))
            elif table.column("Justification") is not None:
                _unmet(slide, table, view)
    told.append(f"{len(placed)} of {len(rows)} rows of M3 that this run answers were filled in")
    missing = sorted(set(rows) - placed)
    if missing:
        told.append(f"no row in the template for P4-{', P4-'.join(f'{number:02}' for number in missing)}")
    left = [account.finding.criterion for found in own.values() for account in found]
    if left:
        told.append(f"criteria of your own without a free row in the template: {len(left)} ({listing(left, most=5)})")
    told += [
        f"row {number}: {words}"
        for number in sorted(placed)
        if (words := claimed(number, rows[number].color, dict(said)))
    ]
    return tuple(told)


def is_phase_four(deck: Deck) -> bool:
    """Whether the deck has the tables of the Phase 4 Progress Review."""
    return any(is_checklist(table) for slide in deck.slides for table in slide.tables)


def is_checklist(table: SlideTable) -> bool:
    """Whether a table has a row for each question of M3."""
    return (
        table.column("No") is not None
        and table.column("Health Indicator") is not None
        and (table.column("Justification") is None)
    )


def _is_count(table: SlideTable) -> bool:
    return any("health indicator ratings" in text.lower() for text in table.heading())


def number_of(text: str) -> int | None:
    """Return the number of a row, or None where none stands."""
    digits = text.strip().rstrip(".")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else None


def _category(slide: DeckSlide) -> Domain | None:
    """Return the category of a slide from its title: the box that begins with its name and goes on."""
    for text, _left, _top in slide.boxes():
        for name, domain in CATEGORIES.items():
            if text.lower().startswith(name) and "criteria" in text.lower():
                return domain
    return None


def _nearest(slide: DeckSlide, table: SlideTable) -> Domain | None:
    """Return the category whose name stands above a table, or None: a table of all of them."""
    above = [
        (abs(left - table.left) + table.top - top, CATEGORIES[text.lower()])
        for text, left, top in slide.boxes()
        if text.lower() in CATEGORIES and top <= table.top
    ]
    return min(above, key=lambda pair: pair[0])[1] if above else None


def _checklist(slide: DeckSlide, table: SlideTable, rows: Mapping[int, DeckRow], said: Mapping[int, str]) -> set[int]:
    done = set()
    for row in range(1, len(table.table.rows)):
        number = number_of(table.text(row, table.column("No") or 0))
        if number is not None and number in rows:
            _put(slide, table, row, rows[number], claimed(number, rows[number].color, dict(said)))
            slide.note(f"Row {number}, computed by gonogo from {rows[number].source}")
            done.add(number)
    return done


def _put(slide: DeckSlide, table: SlideTable, row: int, mine: DeckRow, also: str) -> None:
    cells = (
        ("Owner", mine.owner, ""),
        ("Criticality", mine.criticality, ""),
        ("Health Indicator", mine.color or "Not due", mine.color),
        ("Status", f"{mine.status}. {also}".strip(), ""),
    )
    for heading, text, tint in cells:
        column = table.column(heading)
        if column is not None:
            table.put(row, column, text, tint=tint)


def _own_criteria(view: RunView) -> dict[Domain, list[Account]]:
    found: dict[Domain, list[Account]] = {domain: [] for domain in Domain}
    for account in accounts(view):
        if not account.hold and not view.about.get(account.finding.criterion, {}).get("m3_ref"):
            found[account.finding.domain].append(account)
    for mine in found.values():
        mine.sort(key=lambda account: (not account.standing.blocks, account.standing.met))
    return found


def _own(slide: DeckSlide, table: SlideTable, view: RunView, own: list[Account]) -> None:
    """Put criteria of the agency's own into the rows that the template leaves for them, the worst first."""
    task = table.column("Task")
    for row in range(1, len(table.table.rows)):
        if own and task is not None and table.text(row, task).lower() == _OWN:
            account = own.pop(0)
            table.put(row, task, account.finding.title)
            _put(slide, table, row, row_of(view, [account]), "")
            slide.note(f"{account.finding.title}, computed by gonogo from {account.finding.criterion}: {account.line}")


def _count(slide: DeckSlide, table: SlideTable, view: RunView, domain: Domain | None) -> None:
    mine: Iterable[Finding] = [each for each in view.findings if domain is None or each.domain is domain]
    number = counts(view, mine)
    columns = {text: place for place, text in enumerate(table.heading(1))}
    for row in range(2, len(table.table.rows)):
        texts = [table.text(row, column) for column in range(min(2, len(table.table.columns)))]
        name = next((text for text in reversed(texts) if text in (*CRITICALITIES, "TOTAL")), None)
        if name is None:
            continue
        for color in (*COLORS, "TOTAL"):
            if color in columns:
                wanted = [
                    many
                    for (criticality, tone), many in number.items()
                    if name in (criticality, "TOTAL") and color in (tone, "TOTAL")
                ]
                table.put(row, columns[color], str(sum(wanted)))
    what = "all domains" if domain is None else domain.value
    slide.note(
        f"Counts of {what}: criteria of run {view.started.envelope.run} that are due; what is not due has no color."
    )


def _unmet(slide: DeckSlide, table: SlideTable, view: RunView) -> None:
    found = [account for account in accounts(view) if account.standing.open and not account.hold]
    found.sort(key=lambda account: (not account.standing.blocks, account.finding.status is Status.UNKNOWN))
    shown = found if len(found) <= MOST else found[: MOST - 1]
    table.unmerge()
    table.add_rows(min(len(found), MOST))
    names = {domain: name.title() for name, domain in CATEGORIES.items()}
    for row in range(1, len(table.table.rows)):
        account = shown[row - 1] if row <= len(shown) else None
        cells = _unmet_cells(view, account, names) if account else {}
        if row == MOST and len(found) > MOST:
            cells = _more_cells(view, found[len(shown) :])
        for heading in ("Readiness Category", "No", "Task", "Go / No-Go", "Health", "Justification"):
            column = table.column(heading)
            if column is not None:
                text, tint = cells.get(heading, ("", ""))
                table.put(row, column, _short(text), tint=tint, points=7)
    cut = len(found) - len(shown)
    more = f" {cut} more are in the assessment report." if cut else ""
    slide.note(f"Open criteria of run {view.started.envelope.run}, blockers first: {len(shown)} of {len(found)}.{more}")
    for account in shown:
        slide.note(f"{account.finding.criterion}: {account.line}")


def _more_cells(view: RunView, rest: list[Account]) -> dict[str, tuple[str, str]]:
    """The last row: how many more are open, whose they are, and in which color."""
    colors = Counter(health(view, account.finding) for account in rest)
    owners = by_owner([person(view, account.finding.owner) for account in rest])
    return {
        "Task": (f"And {len(rest)} more open criteria: see the assessment report", ""),
        "Go / No-Go": (listing(owners, most=8), ""),
        "Health": (listing([f"{colors[each]} {each}" for each in (RED, YELLOW) if colors[each]]), RED),
    }


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[:_LETTERS].rsplit(' ', 1)[0]} …"


def _unmet_cells(view: RunView, account: Account, names: Mapping[Domain, str]) -> dict[str, tuple[str, str]]:
    finding = account.finding
    about = view.about.get(finding.criterion, {})
    color = health(view, finding)
    return {
        "Readiness Category": (names[finding.domain], ""),
        "No": (str(about.get("m3_ref") or ""), ""),
        "Task": (finding.title, ""),
        "Go / No-Go": (str(about.get("statement") or ""), ""),
        "Health": (color, color),
        "Justification": (answer_to(view, finding), ""),
    }
