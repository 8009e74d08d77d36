"""Whose an item is may be said by the program's own names for its sides."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.collectors.program.raid.test_raid import RISK_HEADINGS, SCOPE, issue, log, open_items, read, risk

from gonogo.collectors.program.raid.completeness import lacking, lacking_words, sides_of
from gonogo.collectors.program.raid.item_log import LogItem, item_key
from gonogo.collectors.program.raid.release_scope import ReleaseFilter
from gonogo.collectors.program.raid.scales import ImpactScale, read_impact, read_probability
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import Job

NOW = datetime(2027, 4, 19, tzinfo=UTC)
JOB = Job(NOW, NOW, "UTC", "p", "r", "b", "/", customer="FMHA", provider="Grants  Works")


def item(side: str, **more) -> LogItem:
    given = {"owner": True, "closure": True, "due": date(2027, 5, 1), **more}
    return LogItem(row=1, key="R-1", status="open", plan=True, side=side, **given)


@pytest.mark.parametrize("side", ["fmha", "grants works", "customer", "provider", "shared"])
def test_the_programs_own_names_are_sides(side):
    """People write the name of their agency; none of five items was complete for it."""
    assert lacking(item(side), sides_of(JOB)) == []


@pytest.mark.parametrize("side", ["", "vendor"])
def test_another_organization_is_no_side_and_that_is_said(side):
    """Nobody finds out by a ratio alone what is to be filled in."""
    found = lacking_words([item(side), item("fmha", due=None)], sides_of(JOB))

    assert "organization" in found
    assert "due date (1)" in found


def test_no_name_is_no_side():
    """A job without names does not make a blank one count."""
    assert lacking(item(""), sides_of(Job(NOW, NOW, "UTC", "p", "r", "b", "/"))) == ["organization"]


def test_all_that_items_lack_is_told():
    """Five things can be amiss in a log; the last of them is not left out of the sentence."""
    found = lacking_words([item("", owner=False, closure=False, due=None), item("vendor")], sides_of(JOB))

    assert found == (
        "; not complete for: owner (1), organization (1), due date (1), closure criteria (1), "
        "organization that is not a side of the program (1)"
    )


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("", True),
        (" , ;", None),
        ("R2", True),
        ("r1", False),
        ("R1; R2", True),
        ("R2, R9", None),
        ("R9", None),
        ("R1, R9", None),
    ],
)
def test_a_row_counts_by_the_names_that_somebody_gave(cell, counts):
    """A separator without a name, and a name that nobody gave, are no release that could be left out."""
    assert ReleaseFilter(others=frozenset({"r1"}), known=frozenset({"r2"})).counts(cell) is counts


class _Sheet:
    name = "Risk Log"

    def __init__(self, cell: object) -> None:
        self.cell = cell

    def fault(self, row: int, column: int) -> str:
        return ""

    def value(self, row: int, column: int) -> object:
        return self.cell


@pytest.mark.parametrize(
    ("cell", "told"),
    [(3, "Risk 3"), (3.0, "Risk 3"), (3.5, "3.5"), ("R7", "R7"), (" 12 ", "Risk 12"), ("", "Risk Log row 5")],
)
def test_an_item_is_called_as_its_sheet_calls_it(cell, told):
    """Only a bare number needs the log's name beside it."""
    assert item_key(_Sheet(cell), 5, 0) == told


TITLE = {"Title": "Finance risks"}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (1, "row 4 is one text"),
        (2, "rows 4, 5 are one text"),
        (5, "rows 4, 5, 6, 7, 8 are one text"),
        (6, "rows 4, 5, 6, 7, 8 and 1 more are one text"),
    ],
)
def test_rows_that_are_no_items_are_told_by_their_numbers(rows, told):
    """Five are enough to find them; a sentence of forty row numbers is read by nobody."""
    assert told in open_items(log([risk(), *[TITLE] * rows], [issue()])).detail


def test_rows_that_are_left_out_are_counted():
    """If most rows of a log are left out, that has to be seen."""
    data = log([risk(), *[TITLE] * 3], [issue()])

    assert "left out: 3 group titles" in open_items(data, rows={"group_title": "left_out"}).where


@pytest.mark.parametrize(("names", "more"), [(2, ""), (6, ""), (7, " and 1 more")])
def test_releases_of_a_log_are_told_with_their_rows(names, more):
    """Six are listed, and of more the number."""
    data = log([risk(**{SCOPE: f"Release {number}"}) for number in range(names)], [issue()])

    assert f"Release {min(names, 6) - 1} (1){more}; " in open_items(data).detail


@pytest.mark.parametrize(("faults", "more"), [(5, False), (6, True)])
def test_problems_are_told_by_the_first_five(faults, more):
    """And the number of the others."""
    data = log([risk(**{"Due Date (Trigger Date)": "31.31.2027"}) for _ in range(faults)], [issue()])

    assert ("(and 1 more)" in read(data)["overdue_ratio"].detail) is more


def test_a_level_that_cannot_be_read_takes_the_high_risks_away():
    """Read as the highest level it would be one more high risk, or none that anybody can find."""

    def spoil(book, sheet):
        sheet.write_formula(2, RISK_HEADINGS.index("Probability  (Likelihood)"), "=NA()", None, "#N/A")

    answers = read(log([risk()], [issue()], also=spoil))

    assert answers["high_risks_open"].gap is GapReason.MALFORMED
    assert answers["open_items"].value == 2


@pytest.mark.parametrize("text", ["2-Significant", "2-Catastrophic"])
def test_an_impact_whose_word_is_not_that_of_its_level_is_refused(text):
    """Somebody changed the number and left the word, or the other way round; the lower one must not win."""
    with pytest.raises(ValueError, match=f"holds '{text}', but level 2 of impact is "):
        read_impact(text, ImpactScale.LIST)


def test_a_probability_whose_word_is_not_that_of_its_level_is_refused():
    """The same slip in the other column."""
    with pytest.raises(ValueError, match="holds '2-Highly Likely', but level 2 of probability is 'low likelihood'"):
        read_probability("2-Highly Likely")


@pytest.mark.parametrize(("status", "told"), [("", "is blank"), ("Paused", "holds 'Paused', which is not a status")])
def test_a_status_that_is_none_is_told_as_it_stands(status, told):
    """A blank one is not quoted as a word."""
    assert told in open_items(log([risk(Status=status)], [issue()])).detail


@pytest.mark.parametrize("heading", ["Reference Materials", "Notes", "OMB ID", "Closure Criteria"])
def test_a_row_that_says_something_anywhere_is_no_blank_row(heading):
    """Its title was deleted; a risk must not vanish with it, whichever cell is left."""
    answer = open_items(log([risk(), {heading: "see the minutes"}], [issue()]))

    assert "row 4, has neither title nor description" in answer.detail
