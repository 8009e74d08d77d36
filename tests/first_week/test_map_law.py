"""The law of ``map``: what it prints for a file, ``collect`` accepts for that file; where it prints nothing but
comments, the collector refuses the file.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures import examples
from tests.first_week.written import HEADINGS, texts
from tests.ready_table import ready

from gonogo.collectors.rows.row_subject import BoundSubjects, bound_to
from gonogo.collectors.table import TableCollector
from gonogo.errors import UsageError
from gonogo.first_week.dating import dating
from gonogo.first_week.mapping import map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Answer
from gonogo.program.program_file import load_program
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


def law(path: Path, *, sheet: str | None = None, bound: BoundSubjects | None = None) -> str:
    """Check the law on one file; return whether it was ``read``, ``stopped`` or ``refused``."""
    try:
        mapping = map_file(path, sheet=sheet, bounds=() if bound is None else [bound])
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
    answer = collected(path, pasted, bound)
    assert (answer.value, answer.detail) == (len(mapping.grid.rows), "")
    for column in dating(mapping, SAMPLE_NOW.astimezone(ZoneInfo("America/New_York"))).may:
        dated = collected(path, pasted, bound, AsOf(rule=AsOfRule.COLUMN, column=column, latest=True))
        assert (dated.value, dated.detail) == (len(mapping.grid.rows), ""), "as_of: a column that the collector refuses"
    return "read"


def collected(
    path: Path, given: dict[str, Any], bound: BoundSubjects | None = None, rule: AsOf | None = None
) -> Answer:
    """Return the collector's number of rows of a file under the settings."""
    files = {"file": (path.name, path.read_bytes())}
    made = job_of(files, rule=rule) if rule else job_of(files, as_of=SAMPLE_NOW - timedelta(days=1))
    job = made if bound is None else replace(made, release=min(bound.releases), builds=bound.spelled)
    facts = {"rows": {"count": {}, "unit": "rows", "meaning": "Rows of the table."}}
    with ready():
        return answers_of(TableCollector(), job, given | {"facts": facts})["rows"]


def tables(folder: Path) -> list[Path]:
    """Return every table below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".tsv", ".xlsx", ".xlsm"))


@pytest.mark.parametrize("case", ["go", "nogo", "conditional"])
def test_every_table_of_the_example_is_read_as_map_says(case: str) -> None:
    """Clean tables of a whole program: none of them is stopped."""
    found = {
        path.name: law(path)
        for path in tables(ROOT / "examples" / "harborline" / case / "evidence")
        if ".csv" in path.name
    }

    assert set(found.values()) == {"read"}, found


def test_tables_that_a_person_is_asked_about_keep_the_law() -> None:
    """Waves beside the release, rows that are no items: what the stricter ruleset asks for has all of them."""
    folder = ROOT / "examples" / "harborline" / "go" / "m3-hardened" / "evidence"
    bound = bound_to(releases=["R1"])
    names = ("lessons.csv", "freeze_days.csv", "release_plan.csv")

    assert {law(path, bound=bound) for path in tables(folder) if path.name in names} == {"stopped"}


def test_every_sheet_of_every_workbook_of_the_example_keeps_the_law() -> None:
    """RAID logs and matrices have titles, hidden lists and formulas."""
    for path in tables(ROOT / "examples"):
        if path.suffix != ".csv":
            law(path, bound=bound_to(builds=["4.2.118"], releases=["R1"]))


def test_every_real_table_keeps_the_law(shared: Path) -> None:
    """What agencies publish: merged titles, hidden rows, numbers as headings."""
    bound = bound_to(builds=["4.2.118"], releases=["R1"])
    found = {path.name: law(path, bound=bound) for path in tables(shared)}

    assert found


ABOUT = [
    "Milestone",
    "Version",
    "Configuration",
    "Release",
    "Build",
    "Environment",
    "Stage",
    "Sprint",
    "Label",
    "Run",
    "X",
]
SUBJECTS = [
    "R1",
    "R2",
    "r1",
    "Release 2",
    "4.2.118",
    "4.2.117",
    "4.2",
    "7.0.1",
    "REL-4.2.118",
    "SIT",
    "UAT",
    "Open",
    "",
    "2",
    "42",
]


@given(
    heading=st.sampled_from(ABOUT),
    values=st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=4),
    rows=st.integers(1, 12),
    builds=st.sets(st.sampled_from(["4.2.118", "REL-4.2.118", "42"]), max_size=2),
    ending=st.sampled_from([".csv", ".xlsx"]),
)
@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_column_that_names_the_bound_release_or_build_keeps_the_law(
    heading: str, values: list[str], rows: int, builds: set[str], ending: str
) -> None:
    """Settings that pass without a program and are refused inside it send people back a day later."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"any{ending}"
        table = [["Case", heading, "Result"]]
        table += [[f"T-{n}x", values[n % len(values)], ("Pass", "Fail")[n % 2]] for n in range(rows)]
        if ending == ".csv":
            path.write_text("".join(f"{','.join(row)}\n" for row in table), encoding="utf-8")
        else:
            book = xlsxwriter.Workbook(path)
            sheet = book.add_worksheet("Log")
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
            book.close()
        law(path, bound=bound_to(builds=builds, releases=["R1"]))


@pytest.mark.parametrize(
    ("heading", "values", "found"),
    [
        ("Milestone", ["R1", "R2"], "stopped"),
        ("Milestone", ["R1", "R1"], "read"),
        ("Milestone", ["Cutover", "Handover"], "read"),
        ("Version", ["4.2.117", "4.2.117"], "stopped"),
        ("Version", ["4.2.118", "4.2.118"], "read"),
        ("Version", ["4.2.117", "4.2.118"], "stopped"),
        ("Version", ["1.0", "2.0"], "read"),
        ("Remark", ["4.2.117", "4.2.118"], "stopped"),
    ],
)
def test_what_the_program_is_bound_to_is_asked_as_the_collector_asks_it(
    tmp_path: Path, heading: str, values: list[str], found: str
) -> None:
    """A foreign build that is counted improves the verdict."""
    path = tmp_path / "t.csv"
    path.write_text(f"Case,{heading}\n" + "".join(f"T-{n}x,{values[n % 2]}\n" for n in range(6)), encoding="utf-8")

    assert law(path, bound=bound_to(builds=["4.2.118"], releases=["R1"])) == found


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
    read = {"tables": {"t": settings | {"line_breaks": True, "one_row": "a ticket"}}}

    assert law(path) == "stopped"
    assert "the record that begins in line 5 is blank" in collected(path, read).detail


@given(data=texts())
@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
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


DONE = ["title", "hide row", "hide column", "merge", "formula", "beside", "strike", "blank row"]


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
        st.lists(
            st.sampled_from(DONE),
            max_size=2,
        )
    )
    return [headings, *rows], done


@given(made=sheets())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_any_worksheet_keeps_the_law(made: tuple[list[list[object]], list[str]]) -> None:
    """Types that differ in one column, hidden and merged cells, formulas without a result."""
    rows, done = made
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        book = xlsxwriter.Workbook(path, {"strings_to_numbers": False})
        sheet = book.add_worksheet("Log")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        gone = book.add_format({"font_strikeout": True})
        top = 1 if "title" in done else 0
        if "blank row" in done:
            rows.insert(min(2, len(rows)), [])
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
        if "strike" in done:
            sheet.write_string(top + len(rows) - 1, 0, "Old", gone)
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
