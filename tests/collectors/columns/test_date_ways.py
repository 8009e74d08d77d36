"""The form in which a column of days is written: one that anybody reads in one way, or the one that its tool has."""

import pytest

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.date_ways import TwoWaysError, one_way, reads

INSTANT = Column(type=ColumnType.INSTANT, zone="local", format="%d/%b/%y %I:%M %p", also_formats=("%m/%d/%Y %H:%M",))
BOTH = INSTANT.model_copy(update={"also_formats": ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")})
DAY = Column(type=ColumnType.DATE, also_formats=("%m/%d/%Y",))
WRITTEN = Column(type=ColumnType.INSTANT, also_formats=("%m/%d/%Y %H:%M",))


@pytest.mark.parametrize(
    ("column", "cell", "form"),
    [
        (INSTANT, "01/Sep/26 10:00 AM", "%d/%b/%y %I:%M %p"),
        (INSTANT, "9/1/2026 10:00", "%m/%d/%Y %H:%M"),
        (INSTANT, "9/1/2026 10:00:00", "%m/%d/%Y %H:%M:%S"),
        (INSTANT, "9/1/2026 10:00 AM", "%m/%d/%Y %I:%M %p"),
        (INSTANT, "9/1/2026", "%m/%d/%Y"),
        (INSTANT, "2026-09-01T10:00:00", None),
        (INSTANT, "2026-09-01 10:00", None),
        (INSTANT, "2026-09-01", "%Y-%m-%d"),
        (INSTANT, "1 Sep 2026", "%d %b %Y"),
        (INSTANT, "1 Sep 2026 10:00", "%d %b %Y %H:%M"),
        (INSTANT, "01.09.2026 10:00", "%d.%m.%Y %H:%M"),
        (INSTANT, "September 1, 2026", "%B %d, %Y"),
        (DAY, "2026-09-01", None),
        (DAY, "1-Sep-2026", "%d-%b-%Y"),
        (DAY, "9/1/2026 10:00:00", "%m/%d/%Y %H:%M:%S"),
        (DAY, "2026-09-01T10:00:00", "%Y-%m-%dT%H:%M:%S"),
        (WRITTEN, "2026-09-01T10:00:00+0000", None),
    ],
)
def test_a_form_that_is_read_in_one_way_is_read(column, cell, form):
    """The tool has one more setting than its documentation names, and the day is plain."""
    found = one_way(column, {cell})

    assert (found.format, found.also_formats) == (form, ())
    assert reads(column, {cell})


@pytest.mark.parametrize("cell", ["2026-09-01T10:00:00+0000", "2026-09-01T10:00:00.000+0000", "2026-09-01T10:00:00Z"])
def test_a_time_with_its_offset_needs_no_zone(cell):
    """What the file says goes before where the program is."""
    assert (one_way(INSTANT, {cell}).zone, one_way(INSTANT, {cell[:19]}).zone) == ("written", "local")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (INSTANT, "TBD"),
        (INSTANT, "31/Feb/26 10:00 AM"),
        (INSTANT, "13/01/2026 10:00"),
        (INSTANT, "01.09.26 10:00"),
        (WRITTEN, "2026-09-01T10:00:00"),
        (WRITTEN, "1 Sep 2026"),
        (DAY, "2026-09-01T23:00:00+0000"),
    ],
)
def test_a_cell_that_nobody_surely_reads_is_unread(column, cell):
    """No such day, a form of another country, two digits of a year between points, no offset, a day of another zone."""
    assert not reads(column, {cell})
    assert not reads(column, {cell, "9/1/2026 10:00"})


def test_two_readings_are_none():
    """The first of September or the ninth of January; one day beyond the twelfth settles it for the file."""
    with pytest.raises(TwoWaysError, match="MM/DD/YYYY hh:mm:ss or DD/MM/YYYY hh:mm:ss"):
        one_way(BOTH, {"9/1/2026 10:00:00"})
    assert not reads(BOTH, {"9/1/2026 10:00:00"})
    assert one_way(BOTH, {"9/1/2026 10:00:00", "13/1/2026 10:00:00"}).format == "%d/%m/%Y %H:%M:%S"
    assert one_way(BOTH, {"9/9/2026 10:00:00"}).format == "%m/%d/%Y %H:%M:%S"


def test_a_cell_that_no_form_reads_does_not_say_how_the_others_are_written():
    """One TBD among days of a form that is not the first one made all of them unread."""
    assert one_way(INSTANT, {"9/1/2026 10:00", "9/2/2026 10:00", "TBD"}).format == "%m/%d/%Y %H:%M"
    assert one_way(INSTANT, {"TBD"}).format == INSTANT.format
    with pytest.raises(TwoWaysError):
        one_way(BOTH, {"9/1/2026 10:00", "TBD"})


def test_of_two_forms_the_one_that_reads_more_is_taken_unless_the_other_contradicts_it():
    """A cell of the other form stays unread; days that could be either are no days."""
    days = {"1/Sep/26 10:00 AM", "2/Sep/26 10:00 AM", "9/21/2026 10:00"}

    assert one_way(BOTH, days).format == "%d/%b/%y %I:%M %p"
    assert not reads(BOTH, days)
    with pytest.raises(TwoWaysError):
        one_way(BOTH, {"9/1/2026 10:00", "9/21/2026 10:00", "21/9/2026 10:00"})


def test_a_list_that_a_spreadsheet_saved_anew_has_the_days_of_its_country_and_another_clock():
    """Only days with seconds are those of the tool, in either order; Excel drops the seconds and keeps the order."""
    column = Column(type=ColumnType.INSTANT, zone="local", also_formats=("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S"))

    with pytest.raises(TwoWaysError):
        one_way(column, {"5/4/2027 09:15"})
    assert one_way(column, {"5/4/2027 09:15", "5/14/2027 09:15"}).format == "%m/%d/%Y %H:%M"


@pytest.mark.parametrize(
    ("cell", "form"), [("Mon 3/1/27", "%a %m/%d/%y"), ("Sun 3/1/27", "%a %d/%m/%y"), ("Tue 3/1/27", None)]
)
def test_the_day_of_the_week_says_which_of_two_days_is_meant(cell, form):
    """The first of March 2027 is a Monday, and the third of January a Sunday."""
    column = Column(type=ColumnType.DATE, format="%a %m/%d/%y", also_formats=("%a %d/%m/%y",))

    assert reads(column, {cell}) is (form is not None)
    assert form is None or one_way(column, {cell}).format == form
