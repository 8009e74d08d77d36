"""The law of ``map``: what it prints for a file, ``collect`` accepts for that file; where it prints nothing but
comments, the collector refuses the file.
"""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gonogo.collectors.table import TableCollector
from gonogo.errors import UsageError
from gonogo.intake.mapping import map_file
from gonogo.intake.mapping_text import mapping_text
from gonogo.plugin.spec import Answer
from gonogo.ruleset.program import load_program
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

HEAD = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  - id: pasted
    collector: table
    as: pasted
    path: t.csv
    side: customer
    producer: Somebody
"""
ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ["Case ID", "No", "and", "In", "Status", "Done on", "Amount", "Load %", "now", "a::b ## c", "Label", "Größe"]
CELLS = st.one_of(
    st.text("abÄ ,;|'\"%#:[]-&*!?\\019\r\n\t", max_size=8),
    st.sampled_from(["", "Yes", "No", "Total", "Open", "In test", "1,5", "1.20E+05", "93.2%", "0.932", "4/5/2027"]),
    st.integers(-999, 999).map(str),
    st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(str),
)


def law(path: Path, *, sheet: str | None = None) -> str:
    """Check the law on one file; return whether it was ``read``, ``stopped`` or ``refused``."""
    try:
        mapping = map_file(path, sheet=sheet)
    except UsageError:
        return "refused"
    printed = mapping_text(mapping)
    if mapping.stopped:
        assert yaml.safe_load(printed) is None, "what the collector refuses is not printed as if it could be pasted"
        assert any(note.stops for note in mapping.notes)
        return "stopped"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "gonogo.yaml").write_text(HEAD + printed, encoding="utf-8")
        pasted = load_program(Path(folder)).program.bindings[0].settings
    answer = collected(path, pasted)
    assert (answer.value, answer.detail) == (len(mapping.grid.rows), "")
    return "read"


def collected(path: Path, given: object) -> Answer:
    """Return the collector's number of rows of a file under the settings."""
    job = job_of({"file": (path.name, path.read_bytes())}, as_of=SAMPLE_NOW - timedelta(days=1))
    return answers_of(TableCollector(), job, given)["rows"]


def tables(folder: Path) -> list[Path]:
    """Return every table below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".tsv", ".xlsx", ".xlsm"))


@pytest.mark.parametrize("case", ["go", "nogo", "conditional"])
def test_every_table_of_the_example_is_read_as_map_says(case: str) -> None:
    """Clean tables of a whole program: none of them is stopped."""
    found = {path.name: law(path) for path in tables(ROOT / "examples" / "harborline" / case) if ".csv" in path.name}

    assert set(found.values()) == {"read"}, found


def test_every_sheet_of_every_workbook_of_the_example_keeps_the_law() -> None:
    """RAID logs and matrices have titles, hidden lists and formulas."""
    for path in tables(ROOT / "examples"):
        if path.suffix != ".csv":
            law(path)


def test_every_real_table_keeps_the_law(shared: Path) -> None:
    """What agencies publish: merged titles, hidden rows, numbers as headings."""
    found = {path.name: law(path) for path in tables(shared)}

    assert found


def test_the_settings_of_a_question_hold_once_it_is_answered(tmp_path: Path) -> None:
    """Group titles are asked about; who agrees that they are no items takes the # away."""
    path = tmp_path / "board.csv"
    rows = ["Group,Item,Status", "Cutover,,", ",Item,Status", ",C-1,Done", ",C-2,Done", "Support,,"]
    path.write_text("\n".join([*rows, ",Item,Status", ",C-3,Working on it"]) + "\n")
    printed = mapping_text(map_file(path))
    answered = "\n".join(line[2:] for line in printed.splitlines() if line.startswith("#     "))

    (tmp_path / "gonogo.yaml").write_text(HEAD + answered + "\n", encoding="utf-8")
    answer = collected(path, load_program(tmp_path).program.bindings[0].settings)

    assert (answer.value, answer.detail) == (3, "")


def test_paragraphs_inside_a_cell_are_text_and_a_blank_record_is_told(tmp_path: Path) -> None:
    """Every description of a ticket has an empty line; a row of nothing is another thing."""
    path = tmp_path / "tickets.csv"
    path.write_bytes(b'id,note\r\nT1,"one\r\n\r\ntwo"\r\nT2,"three\rfour"\r\n')
    assert law(path) == "read"

    path.write_bytes(b'id,note\nT1,"one\n\ntwo"\n,\nT2,three\n')
    settings = {"columns": {"id": {"type": "id", "optional": True}, "note": {"type": "text", "optional": True}}}
    facts = {"rows": {"count": {}, "unit": "rows"}}
    read = {"tables": {"t": settings | {"line_breaks": True, "one_row": "a ticket"}}, "facts": facts}

    assert law(path) == "stopped"
    assert "the record that begins in line 5 is blank" in collected(path, read).detail


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


@given(data=texts())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_delimited_text_keeps_the_law(data: bytes) -> None:
    """Line breaks in cells, repeated headings, `No` and `and`, quotes, trailing blanks, commas, marks, cut ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        law(path)


TYPED = st.one_of(
    st.text("abÄ ,'\"%\r\n\t\x01019", max_size=6),
    st.integers(-(10**6), 10**16),
    st.floats(-1000, 1000).map(lambda number: round(number, 3)),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2198, 1, 1)),
    st.sampled_from(["", "", "Yes", "No", "Total", "93.2%", "$5.00", "00017", "Open", "1/2/2027"]),
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[object]], list[str]]:
    """Rows of a worksheet, and what else was done to it."""
    headings: list[object] = draw(st.lists(st.sampled_from([*HEADINGS, ""]), min_size=1, max_size=4))
    kinds = [draw(st.sampled_from([TYPED, st.integers(0, 99), st.dates(), st.sampled_from(["Open", "Done"])]))]
    kinds *= len(headings)
    rows = draw(st.lists(st.tuples(*kinds).map(list), max_size=6))
    if rows and draw(st.booleans()):
        rows = rows * 3
    done = draw(
        st.lists(st.sampled_from(["title", "hide row", "hide column", "merge", "formula", "beside"]), max_size=2)
    )
    return [headings, *rows], done


@given(made=sheets())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_worksheet_keeps_the_law(made: tuple[list[list[object]], list[str]]) -> None:
    """Types that differ in one column, hidden and merged cells, formulas without a result."""
    rows, done = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        book = xlsxwriter.Workbook(path, {"strings_to_numbers": False})
        sheet = book.add_worksheet("Log")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        top = 1 if "title" in done else 0
        if top:
            sheet.write_string(0, 0, "Training of April")
        for number, row in enumerate(rows, top):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(number, column, cell)
                elif cell != "":
                    sheet.write(number, column, cell)
        if "hide row" in done:
            sheet.set_row(top + 1, None, None, {"hidden": True})
        if "hide column" in done:
            sheet.set_column("A:A", None, None, {"hidden": True})
        if "merge" in done and len(rows) > 3:
            sheet.merge_range(top + 1, 0, top + 2, 0, "x")
        if "formula" in done:
            sheet.write_formula(top + 1, 0, "=1/0", None, "#DIV/0!")
        if "beside" in done:
            sheet.write_string(top + 1, len(rows[0]) + 2, "look")
        book.close()
        law(path)
