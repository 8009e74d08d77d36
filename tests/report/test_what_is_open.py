"""What a reader of the HTML page sees before a click: what is open, and each line that page one promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gonogo.model.event import SealedRecord
from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.report.detail import page_of
from gonogo.report.formats.html_format import html_of
from gonogo.report.formats.sheet_fit import fitted
from gonogo.report.page import Entry, Page, PageTable, Section, SheetPart, Short
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]


@pytest.fixture
def page(conditional: Any, seal_log: Seal) -> Page:
    """A page with every status, a marking, and two notes."""
    found = page_of(RunView.of(seal_log(conditional.events())))
    return replace(found, notes=("This is a part.", "Names are left out."))


def shown(page: Page) -> str:
    return html_of(page).decode()


def test_what_is_open_is_opened_and_what_is_met_is_closed(page: Page) -> None:
    """A sponsor with three minutes reads what fails without a click, and is not shown 100 criteria that hold."""
    found = re.findall(r'<details class="usa-accordion entry [a-z]+ ([^"]*)"( open)?>', shown(page))
    states = {(re.search(r"status-\w+", facets)[0], bool(opened)) for facets, opened in found}  # type: ignore[index]

    assert len(states) >= 2
    assert states == {(state, state != "status-met") for state, _ in states}


def test_page_one_says_the_verdict_without_waivers_its_meaning_its_dates_and_how_to_find_it_again(page: Page) -> None:
    """Each is a line that nobody looks for on a later page."""
    sheet = replace(
        page.sheet,
        without="Without waivers: ZQ1.",
        lead=("It means ZQ2.", "And ZQ3."),
        purpose=("It is for ZQ4.",),
        steps=("Do ZQ5.", "Then ZQ6."),
        dates=(("Go-live", "ZQ7"), ("Next", "ZQ8")),
        tiles=tuple(replace(tile, state=f"ZS{n}", counts=f"ZC{n}") for n, tile in enumerate(page.sheet.tiles)),
        digests=(("Log", "ZQ9"), ("Head", "ZQ0")),
    )
    text = shown(replace(page, sheet=sheet))
    before = text[: text.index('<nav class="contents"')]

    assert [before.count(f"ZQ{number}") for number in range(10)] == [1] * 10
    assert [before.count(f"ZS{n}") + before.count(f"ZC{n}") for n in range(4)] == [2] * 4
    assert re.findall(r"<p class=\"state\"><svg[^>]*><use href=\"#mark-(\w+)\"/></svg> (\w+)</p>", before) == [
        (tile.tone, f"ZS{n}") for n, tile in enumerate(page.sheet.tiles)
    ]
    assert before.count("This is a part.") == before.count("Names are left out.") == 1


def test_a_marking_stands_at_head_and_foot_of_the_page(page: Page) -> None:
    """Both come again on every sheet of paper; a page without one must not look marked."""
    head, _, rest = shown(replace(page, marking="ZQ//MARK")).partition('<main id="main">')
    foot = rest.partition("<footer>")[2]

    assert (head.count("ZQ//MARK"), foot.count("ZQ//MARK")) == (1, 1)
    assert 'class="marking"' not in shown(replace(page, marking=""))


def test_the_title_of_the_window_begins_with_the_verdict(page: Page) -> None:
    """Of ten open tabs the NO-GO is found by its name; a screen reader says it first."""
    assert f"<title>{page.verdict}: {page.title}</title>" in shown(page)


def test_what_does_not_fit_is_counted_with_a_link_to_all_of_it(page: Page) -> None:
    """The number is that of all rows, not of those that are shown."""
    rows = tuple((f"row {number}", "b") for number in range(30))
    part = SheetPart("sheet-papers", "Papers", header=("A", "B"), rows=rows, where="findings", wide=True)
    page = replace(page, sheet=replace(page.sheet, parts=(part,)))
    [found] = fitted(page)

    text = shown(page)

    assert 2 <= len(found.rows) < 30
    assert f'{found.more}: <a class="usa-link" href="#findings">all 30</a>.' in text
    assert text.count('<th scope="row"><span>row ') == len(found.rows)
    assert f"And {30 - len(found.rows)} more" in found.more


def test_a_shape_stands_before_the_first_word_that_classes_a_criterion(page: Page) -> None:
    """Color alone says nothing on a gray print."""
    entry = Entry("T", ("Not met", "Mandatory"), tone="bad", facets=("status-not_met",))
    text = shown(replace(page, sections=(Section("findings", "F", (entry,)),)))

    [tags] = re.findall(r'<span class="tags">(.*?)</span></summary>', text)
    assert tags.count("<use ") == 1
    assert tags.startswith('<svg class="mark"')
    assert 'href="#mark-bad"' in tags
    assert re.findall(r'<span class="usa-tag">([^<]*)</span>', tags) == ["Not met", "Mandatory"]


@pytest.mark.parametrize("text", ["<b>x</b>", '"><i>', "a & b"])
def test_no_text_of_a_table_is_markup(page: Page, text: str) -> None:
    """Caption, heading, name of the row, cell, and what stands for the heading on a narrow screen."""
    table = PageTable(text, (text, text), ((text, text),))

    found = shown(replace(page, sections=(Section("s", text, (table,)),)))

    assert text not in found


def test_a_reader_opens_what_is_filtered_by_the_words_of_the_filter(page: Page) -> None:
    """The first choice shows all, and each other one says how many it leaves."""
    text = shown(page)
    choices = re.findall(r'<input type="radio" name="show" id="show-([\w-]+)"( checked)?> ([\w ]+) \((\d+)\)', text)

    assert choices[0][:3] == ("all", " checked", "All")
    assert [each[1] for each in choices[1:]] == [""] * (len(choices) - 1)
    for facet, _, _, number in choices[1:]:
        assert len(re.findall(rf'<details class="[^"]*\b{facet}\b[^"]*"', text)) == int(number), facet


@pytest.mark.parametrize(
    "facet",
    [
        *(f"status-{status}" for status in (Status.MET, Status.NOT_MET, Status.UNKNOWN)),
        *(f"weight-{severity}" for severity in Severity),
        *(f"domain-{domain}" for domain in Domain),
    ],
)
def test_each_filter_has_its_rule(page: Page, facet: str) -> None:
    """A choice without one would leave all criteria there, and say that they are what was asked for."""
    rule = rf"\.findings:has\(#show-{facet}:checked\) \.usa-accordion:not\(\.{facet}\)[, ]"

    assert re.search(rule, shown(page))


COVERED = {
    "asked",
    "blocking",
    "shadow",
    "depends",
    "beside",
    "locked",
    "eased",
    "trusted",
    "ahead",
    "unlocked",
    "change",
}
"""Parts of page one that a section of their own shows whole."""


@pytest.mark.parametrize("name", sorted({*COVERED, "changed", "papers", "refused", "unread", "old_rows"}))
def test_what_page_one_shows_in_part_is_whole_further_on(page: Page, name: str) -> None:
    """What the sheet leaves out must be somewhere; twice the same would make a reader compare the two."""
    page = replace(page, brief=(Short(name, "A part", ("ZQ one.", "ZQ two."), lead="ZQ lead."),), sections=())

    text = shown(page)

    after = text[text.index('<nav class="contents"') :]
    assert ('id="all-' + name in after) is (name not in COVERED)
    assert after.count("ZQ ") == (0 if name in COVERED else 3)


def test_a_name_stands_once_before_all_that_has_it(page: Page) -> None:
    """A screen reader says *Check, two values*; two names that are the same sound like a list that begins anew."""
    rows = (("Asks", "a"), ("Check", "b"), ("Check", "c"), ("Fact", "d"))
    text = shown(replace(page, sections=(Section("findings", "F", (Entry("T", (), rows=rows),)),)))

    assert re.findall(r"<(dt|dd)>(Asks|Check|Fact|[abcd])</", text) == [
        *(("dt", "Asks"), ("dd", "a"), ("dt", "Check"), ("dd", "b"), ("dd", "c"), ("dt", "Fact"), ("dd", "d"))
    ]
