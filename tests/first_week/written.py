"""Delimited text as programs, people and accidents write it, for the laws of ``map``."""

from __future__ import annotations

import csv
import io
from datetime import date

from hypothesis import strategies as st

HEADINGS = ["Case ID", "No", "and", "In", "Status", "Done on", "Amount", "Load %", "now", "a::b ## c", "Label", "Größe"]
CELLS = st.one_of(
    st.text("abÄ ,;|'\"%#:[]-&*!?\\019\r\n\t", max_size=8),
    st.sampled_from(["", "Yes", "No", "Total", "Open", "In test", "1,5", "1.20E+05", "93.2%", "0.932", "4/5/2027"]),
    st.integers(-999, 999).map(str),
    st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(str),
)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Delimited text as programs, people and accidents write it."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=5))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), max_size=8))
    if rows and draw(st.booleans()):
        rows = rows * 3
    if draw(st.integers(0, 5)) == 0:
        rows.insert(draw(st.integers(0, len(rows))), list(headings))
    if draw(st.integers(0, 5)) == 0:
        rows.append(["Total", *["3"] * (len(headings) - 1)])
    text = io.StringIO(newline="")
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t|")), lineterminator=ends, quoting=quoting).writerows(
        [headings, *rows]
    )
    body = draw(st.sampled_from(["", "Report of April\n", "\ufeff"])) + text.getvalue()
    body = body[: len(body) - draw(st.sampled_from([0, 0, 0, 1, 3]))]
    data = body.encode(draw(st.sampled_from(["utf-8", "utf-8", "cp1252", "utf-16"])), "replace")
    return data.replace(b"?", b'"') if draw(st.integers(0, 9)) == 0 else data
