"""Lines of an XER file: what belongs to a table that is read is strict, and text in others is stepped over."""

from __future__ import annotations

from datetime import datetime

import pytest

from gonogo.collectors.program.schedule.xer_tables import read_tables
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import input_of

HEADER = "ERMHDR\t19.12\t2027-04-16\tProject"
RATES = ("%T\tRSRCRATE", "%F\trsrc_id\tmax_qty_per_hr", "%R\t7\t1.5")
MEMOS = ("%T\tMEMOTYPE", "%F\tmemo_id\ttext", "%R\t1\tfirst line")


def read(*lines: str, header: str = HEADER, end: str = "%E\n"):
    return read_tables(input_of("\r\n".join((header, *lines, end)).encode(), "p.xer"), "utf-8")


def test_rows_of_a_table_that_is_read_are_read_and_others_are_not():
    tables, exported = read(*MEMOS, *RATES)

    assert tables["RSRCRATE"] == [{"rsrc_id": "7", "max_qty_per_hr": "1.5"}]
    assert "MEMOTYPE" not in tables
    assert exported == datetime.fromisoformat("2027-04-16")


def test_a_line_of_text_inside_a_table_that_nobody_reads_is_stepped_over():
    """Notes hold line breaks, and no fact rests on them."""
    assert read(*MEMOS, "second line", *RATES)[0]["RSRCRATE"]


@pytest.mark.parametrize(
    "lines", [("strange",), (*RATES, "strange"), ("%R\t1",), ("%F\ta",), ("%T\tRSRCRATE", "%R\t1")]
)
def test_a_strange_line_anywhere_else_is_refused(lines: tuple[str, ...]):
    """A row that lost its mark is a row that is missing."""
    with pytest.raises(CollectorRefusal, match=r"line \d+: "):
        read(*lines)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("ERMHDR\t19.12", None),
        ("ERMHDR\t19.12\t", None),
        ("ERMHDR\t19.12\t2027-04-16", datetime.fromisoformat("2027-04-16")),
        ("ERMHDR\t19.12\t2027-04-16 10:30", datetime.fromisoformat("2027-04-16T10:30")),
        ("ERMHDR\t19.12\t16/04/2027", None),
    ],
)
def test_the_day_of_the_export_is_the_headers_or_nobodys(header: str, day: datetime | None):
    """Two columns, three and more: a header that says less is no reason to fail."""
    assert read(*RATES, header=header)[1] == day


@pytest.mark.parametrize("header", ["ERMHDR", "HEADER\t19.12", ""])
def test_a_file_that_begins_otherwise_is_none(header: str):
    with pytest.raises(CollectorRefusal, match="ERMHDR"):
        read(*RATES, header=header)


@pytest.mark.parametrize("rest", ["\x1a", "\x00 \t", "\r\n"])
def test_nothing_but_padding_may_follow_the_end(rest: str):
    assert read(*RATES, end="%E\r\n" + rest)[0]["RSRCRATE"]
    with pytest.raises(CollectorRefusal, match="continues after its end"):
        read(*RATES, end="%E\r\n" + rest + "%T")


def test_a_table_may_stand_there_once():
    with pytest.raises(CollectorRefusal, match="twice"):
        read(*RATES, *RATES)
