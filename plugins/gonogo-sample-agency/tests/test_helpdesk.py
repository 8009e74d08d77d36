"""The help-desk collector: what it counts, and what it refuses to count."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from gonogo_sample_agency.helpdesk import HelpdeskCollector

from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance, answers_of, job_of

HELD = datetime(2027, 4, 16, 4, 0, tzinfo=UTC)
GOOD = b"""id,opened,closed,severity
T-1,2027-04-01,2027-04-03,high
T-2,2027-04-06,,critical
T-3,2027-04-10,,low
T-4,2027-04-12,2027-04-12,medium
"""


def answers(data: bytes, **settings):
    job = job_of(files={"file": ("tickets-2027-04-16.csv", data)}, as_of=HELD)
    return answers_of(HelpdeskCollector(), job, settings)


class TestConformance(CollectorConformance):
    module = "gonogo_sample_agency.helpdesk"
    files = {"file": ("tickets-2027-04-16.csv", GOOD)}  # noqa: RUF012  # read by the conformance tests only
    as_of = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"tickets-(\d{4}-\d{2}-\d{2})")


class TestCounts:
    def test_counts_open_high_tickets_and_the_age_of_the_oldest(self):
        """An old critical ticket is what a support lead would be asked about."""
        found = answers(GOOD)

        assert found["open_high"].value == 1
        assert found["oldest_open_high_days"].value == 10
        assert (found["closed_ratio"].part, found["closed_ratio"].whole) == (2, 4)
        assert found["listed"].value == 4
        assert found["listed"].as_of == HELD

    def test_the_agency_says_what_is_high(self):
        """Severities are the agency's words, so they are settings."""
        assert answers(GOOD, high=["low"])["open_high"].value == 1
        assert answers(GOOD, high=["medium"])["open_high"].value == 0


class TestRefuses:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"id,opened,closed,severity\n", "no ticket at all"),
            (GOOD.replace(b"severity\n", b"priority\n"), "first row"),
            (GOOD.replace(b"T-2", b"T-1"), "ticket id of its own"),
            (GOOD.replace(b"critical", b"urgent"), "unknown severity"),
            (GOOD.replace(b"2027-04-06", b"04/06/2027"), "not YYYY-MM-DD"),
            (GOOD.replace(b"2027-04-03", b"2027-03-03"), "closed before"),
            (GOOD.replace(b"2027-04-10,,low", b"2027-04-10,low"), "4 cells"),
            (GOOD.replace(b"2027-04-10", b"2027-04-30"), "dated after"),
        ],
    )
    def test_an_export_that_cannot_be_what_it_claims(self, data, says):
        """Each of these, counted anyway, would make support look better than it is."""
        with pytest.raises(CollectorRefusal, match=says):
            answers(data)

    def test_an_unclosed_quote(self):
        """A lenient reader folds every following ticket into one cell."""
        with pytest.raises(Exception, match="unexpected end of data"):
            answers(GOOD.replace(b"T-2", b'"T-2'))
