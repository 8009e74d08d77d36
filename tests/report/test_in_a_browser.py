"""The HTML report in a real browser: people with other eyes and hands, small screens, paper, the dark.

One browser serves all tests of this file. Where none is installed they are skipped with a message; CI installs one
(`make system-deps`), and a skip there fails the run.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from gonogo.model.event import SealedRecord
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
pytestmark = pytest.mark.browser
LETTER = {"width": 720, "height": 979}
"""Letter less half an inch at each side and 0.4 at head and foot, in CSS pixels."""
LONG = "Donaudampfschifffahrtsgesellschaft" * 6
"""A word of 204 letters."""


@pytest.fixture
def crowded(conditional: Any, seal_log: Seal) -> RunView:
    """Conditions, waivers, a plan, a marking, every status, and words that no line holds, in three scripts."""
    first, *others = conditional.assessment.findings
    hard = first.model_copy(
        update={"title": f"{LONG} قبول المدربين 😀👩‍💻 東京", "sentence": f"Met: {LONG}/{LONG}.csv"}
    )
    people = {first.owner: (f"Zoë {LONG}", "שרה לוי")}
    decision = conditional.assessment.decision.model_copy(update={"people": people})
    return RunView.of(seal_log(conditional.with_assessment(findings=(hard, *others), decision=decision).events()))


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a view in the browser; a request to anything but the file itself fails the test."""
    asked: list[str] = []
    contexts = []

    def opened(view: RunView, **context: Any) -> Page:
        file = tmp_path / "report.html"
        file.write_bytes(FORMATS["html"].render(view))
        contexts.append(chromium.new_context(**context))
        found = contexts[-1].new_page()
        found.on("request", lambda request: asked.append(request.url))
        found.on("console", lambda message: asked.append(f"console: {message.text}"))
        found.goto(file.as_uri())
        return found

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not re.fullmatch(r"file:.*/report\.html(#.*)?", url)] == []


WAYS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "paper": {"viewport": LETTER},
}


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_and_nothing_hides_to_the_right(
    page: Callable[..., Page], crowded: RunView, way: str
) -> None:
    """What axe-core knows of WCAG 2.2 AA and Section 508, with everything opened."""
    found = page(crowded, **WAYS[way])
    if way == "paper":
        found.emulate_media(media="print")
    found.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "section508"]
    off = {"target-size": {"enabled": False}} if way == "paper" else {}  # nobody clicks on paper
    violations = Axe().run(found, options={"runOnly": rules, "rules": off}).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
    assert found.evaluate("document.documentElement.scrollWidth") <= found.viewport_size["width"]  # type: ignore[index]
    wide = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert found.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 100))") == []


def test_a_keyboard_alone_reaches_everything_in_the_order_in_which_it_is_read(
    page: Callable[..., Page], crowded: RunView
) -> None:
    """Skip link first; every link, filter, table and criterion; the focus is always seen."""
    found = page(crowded, viewport={"width": 1280, "height": 900})
    stops = "a[href], summary, [tabindex], input:checked"
    everything = f"[...document.querySelectorAll('{stops}')].filter(each => each.checkVisibility())"
    wanted = found.evaluate(f"{everything}.length")
    order, seen = [], 0
    for _ in range(wanted + 2):
        found.keyboard.press("Tab")
        at, outline = found.evaluate(
            f"[{everything}.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]"
        )
        if at >= 0:
            order.append(at)
            seen += outline != "none"

    assert order[:wanted] == list(range(wanted))
    assert seen >= wanted
    found.locator("details:not([open]) > summary").first.focus()
    found.keyboard.press("Enter")
    assert found.evaluate("document.activeElement.parentElement.open")
    found.locator(".filter input:checked").focus()
    found.keyboard.press("ArrowDown")
    assert found.locator(".filter input:checked").get_attribute("id") == "show-status-met"
    shown = found.locator(".findings details:visible")
    assert shown.count() == found.locator(".findings details.status-met").count() > 0


def test_what_axe_does_not_look_at(page: Callable[..., Page], crowded: RunView) -> None:
    """Scope of each header cell, drawings that say nothing hidden from a screen reader, and tiles in words."""
    found = page(crowded, viewport={"width": 1280, "height": 900})

    assert found.evaluate("[...document.querySelectorAll('th')].every(e => ['row', 'col'].includes(e.scope))")
    assert found.evaluate(
        "[...document.querySelectorAll('svg')].every(e => e.ariaHidden === 'true' || e.role === 'img')"
    )
    assert [each.strip() for each in found.locator(".tile .state").all_inner_texts()] == [
        "Nothing blocks",
        "With conditions",
        "Nothing blocks",
        "Nothing blocks",
    ]
    headings = found.evaluate("[...document.querySelectorAll('.sheet h2')].map(e => [e.offsetTop, e.innerText])")
    across = [text for _, text in headings]
    assert across[0] == "What is asked of you"
    assert across.index("What it depends on (2)") < across.index("Waivers (2)") < across.index("How to find it again")
    tops = [top for top, _ in headings]
    assert tops == sorted(tops)


@pytest.mark.parametrize("run", ["go", "conditional", "no_go"])
def test_page_one_is_one_sheet_of_letter(
    page: Callable[..., Page], every_run: dict[str, Any], seal_log: Seal, run: str
) -> None:
    """With so many blockers, sources and words that the sheet must leave something out, and says so; or with room."""
    crowds = ((12, "short"), (30, f"{LONG} {'and so on ' * 30}"))
    for many, words in (*crowds, (1, "and so on " * 25), (2, "and so on " * 60), (4, "and so on " * 12)):
        view = _full(every_run[run], seal_log, many, words)
        found = page(view, viewport=LETTER)
        found.emulate_media(media="print")
        heights = found.evaluate(
            "['header', '.sheet', 'footer'].map(each => document.querySelector(each).getBoundingClientRect().height)"
        )

        assert sum(heights) <= LETTER["height"], (run, many, words[:9], heights)
        assert (found.locator(".more").count() > 0) >= ((many, words) in crowds)
        cells = "[...document.querySelectorAll('.sheet td, .sheet th, .tile')]"
        assert found.evaluate(f"{cells}.every(e => e.scrollWidth <= e.clientWidth + 1)")


def _full(run: Any, seal_log: Seal, many: int, words: str) -> RunView:
    from tests.report.test_screen import crowded as much

    view = much(run, seal_log, many, words)
    return replace(view, started=view.started.model_copy(update={"signed_by": None}))


def test_paper_shows_what_is_closed_and_what_is_filtered_away(page: Callable[..., Page], crowded: RunView) -> None:
    """A printed report is whole, whatever was clicked before."""
    found = page(crowded, viewport={"width": 1280, "height": 900})
    found.locator("#show-status-not_met").check()
    hidden = found.locator(".findings details.status-met").first
    assert not hidden.is_visible()

    found.emulate_media(media="print")

    assert hidden.is_visible()
    assert found.locator(".findings details:not([open]) .usa-accordion__content").first.is_visible()
    assert found.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


STYLES = """selectors => Object.fromEntries(selectors.map(([name, property, pseudo]) =>
    [name + ' ' + property, getComputedStyle(document.querySelector(name), pseudo || null)[property]]))"""


def test_paper_has_head_and_foot_on_each_sheet_and_tears_nothing_apart(
    page: Callable[..., Page], crowded: RunView
) -> None:
    """The marking is on every sheet; a row, a criterion and a heading stay with what belongs to them."""
    found = page(crowded, viewport=LETTER)
    found.emulate_media(media="print")
    wanted = {
        "header display": "table-header-group",
        "footer display": "table-footer-group",
        "main display": "table-row-group",
        ".sheet breakAfter": "page",
        ".usa-skipnav display": "none",
        ".filter display": "none",
        ".findings h3 breakAfter": "avoid",
        "section.all h2 breakAfter": "avoid",
        "summary breakAfter": "avoid",
        "tr breakInside": "avoid",
        "article.entry breakInside": "avoid",
        "section thead display": "table-header-group",
        ".usa-table-container--scrollable overflowX": "visible",
    }

    assert found.evaluate(STYLES, [key.rsplit(" ", 1) for key in wanted]) == wanted


def test_on_a_narrow_screen_each_cell_says_which_column_it_is(page: Callable[..., Page], crowded: RunView) -> None:
    """A number without its heading is a riddle."""
    found = page(crowded, viewport={"width": 320, "height": 640})

    heading = found.locator("table.usa-table td[data-name]").first.get_attribute("data-name")
    said = found.evaluate(STYLES, [["td[data-name]", "content", "::before"]])
    assert said == {"td[data-name] content": f'"{heading}: "'}


def test_in_forced_colors_a_shape_has_the_color_of_text(page: Callable[..., Page], crowded: RunView) -> None:
    """Otherwise it may vanish in the ground that a person chose."""
    found = page(crowded, viewport={"width": 1280, "height": 900}, forced_colors="active")

    styles = found.evaluate(STYLES, [[".verdict .mark", "fill"], [".verdict .without", "color"]])
    assert styles[".verdict .mark fill"] == styles[".verdict .without color"]
