"""The law of ``map``: what it prints for a clean file is accepted by the table collector, and counts every row."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.first_week.mapping import map_file
from gonogo.plugin.spec import Answer

HEADINGS = ["Case ID", "Unit", "Status", "Done on", "Amount", "Load %", "Passed", "now", "a::b ## c", "Größe", "n"]
TEXTS = st.text("abzÄé ,;|'\"%#:{}[]-&*!?\\0123456789", min_size=1, max_size=12).map(str.strip).filter(bool)
COLUMNS = st.sampled_from(
    [
        st.integers(-(10**6), 10**6).map(str),
        st.decimals(-1000, 1000, places=2).map(str),
        st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str),
        st.sampled_from(["Yes", "No"]),
        st.sampled_from(["Open", "Closed", "In review"]),
        st.integers(0, 1000).map(lambda number: f"{number / 10}%"),
        st.integers(0, 99999).map(lambda number: f"{number:05}"),
        TEXTS,
        st.one_of(st.just(""), TEXTS),
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Clean tables: every column of one kind, no blank rows."""
    cells = draw(st.lists(COLUMNS, min_size=2, max_size=6))
    rows = draw(st.integers(1, 25))
    headings = draw(st.permutations(HEADINGS))[: len(cells)]
    first = [f"k{number}" for number in range(rows)]
    columns = [draw(st.lists(cell, min_size=rows, max_size=rows)) for cell in cells]
    return [["key", *headings], *([one, *rest] for one, *rest in zip(first, *columns, strict=True))]


@given(table=tables())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_printed_mapping_of_any_clean_csv_counts_its_rows(counts, table: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    """A suggestion that the collector refuses would teach people that it cannot be trusted.

    Unless it said so itself: under a heading like ``Load %`` a text such as 0000 is a cell to look at first.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clean.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        answer: Answer = counts(path)
        doubted = sum(guess.unreadable for guess in map_file(path).columns.values())

    if doubted:
        assert answer.gap is not None
    else:
        assert (answer.value, answer.detail) == (len(table) - 1, "")


@pytest.mark.parametrize(
    "text",
    [
        "id;name\n1;Zoë\n2;Ada\n",
        "Report\n\nid,seen at\n1,2027-04-19 10:00\n2,2027-04-19 11:00\n",
        'id,note\n1,"two\nlines"\n2,one\n',
        'id,amount\n1,$5.00\n2,"$1,200.00"\n'.replace("$5.00", "$5.00"),
        "id,done\n1,93.2%\n2,5 %\n",
        "id,flag\n1,Y\n2,N\n3,\n",
        "id,due\n1,4/19/2027\n2,12/31/2027\n",
        "id,at\n1,4/19/2027 1:30 PM\n2,4/20/2027 11:00 AM\n",
        "\ufeffid,n\n1,2\n",
        "id,n\n1,2\n3,4",
        "id,,n\n1,,2\n3,,4\n",
    ],
)
def test_the_printed_mapping_of_files_as_they_come_counts_their_rows(tmp_path: Path, counts, text: str) -> None:  # type: ignore[no-untyped-def]
    """Delimiters, marks, title lines, line breaks and currencies of real exports."""
    path = tmp_path / "real.csv"
    path.write_bytes(text.encode())

    answer = counts(path)

    assert answer.value == len(map_file(path).grid.rows), answer.detail


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_other_encodings_round_trip(tmp_path: Path, counts, encoding: str) -> None:  # type: ignore[no-untyped-def]
    """Accents of a Windows export."""
    path = tmp_path / "names.csv"
    path.write_bytes("id,site\n1,Montréal\n2,Québec\n".encode(encoding))

    assert counts(path).value == 2


def test_a_workbook_round_trips(tmp_path: Path, counts) -> None:  # type: ignore[no-untyped-def]
    """Numbers, dates, shares, texts and blanks of a worksheet below a title."""
    path = tmp_path / "Training v12 FINAL (Zoë).xlsx"
    made = xlsxwriter.Workbook(path)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet("Roster, April")
    sheet.write_row(0, 0, ["Training of April"])
    sheet.write_row(1, 0, ["Case ID", "Unit", "Done on", "Score", "Rate", "Required"])
    for row in range(2, 60):
        sheet.write_row(row, 0, [f"C{row:04}", ["Gulf", "Lakes"][row % 2]])
        if row % 3:
            sheet.write_datetime(row, 2, date(2027, 1, row % 28 + 1), day)
        sheet.write_row(row, 3, [row * 1.25, row / 100, bool(row % 2)])
    made.close()

    answer = counts(path)

    assert (answer.value, answer.detail) == (58, "")
