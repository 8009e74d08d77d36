"""Rows around the headings that are neither headings nor items: a first record, titles, units, parts of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gonogo.cli.map_command import command
from gonogo.errors import UsageError
from gonogo.first_week.declared_kinds import Declared
from gonogo.first_week.file_heads import read_head
from gonogo.first_week.first_record import why_data
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import mapping_text

SURVEY = """\
Respondent ID,Start Date,Are you ready?,Which tools?,,Comments
{second}
118,04/19/2027 10:05:33 AM,Yes,Mail,Chat,fine
119,04/20/2027 11:05:33 AM,No,Mail,,
120,04/21/2027 11:05:33 AM,No,,Chat,
"""
COLUMNS = [["a", "b"], ["Open", "Closed"], ["High", "Low"]]


def mapped(folder: Path, text: str, name: str = "t.csv", header_row: int | None = None) -> TableMapping:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return map_file(path, header_row=header_row)


def stops(mapping: TableMapping) -> str:
    return " | ".join(str(note) for note in mapping.notes if note.stops)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TC-001\tLogin\nTC-002\tPay\n", "column 1 holds an identifier"),
        ("Login,2027-04-01\nPay,2027-04-02\n", "column 2 holds a date"),
        ('Login,"Monday, 19 April 2027, 10:05 AM"\nPay,"Tuesday, 20 April 2027, 9:05 AM"\n', "column 2 holds a date"),
        ("Ann Baker,ann@a.gov\nBob Carr,bob@a.gov\n", "column 2 holds an address"),
        ("Alice,5,7\nBob,3,9\nCarl,8,2\n", "column 2 holds a number"),
        ("Ann Baker,Completed\nBob Carr,Enrolled\nCid Dunn,Completed\n", "is in column 2 appears there again"),
    ],
)
def test_a_first_row_of_data_is_asked_about_and_nothing_of_it_is_printed(tmp_path: Path, text: str, why: str) -> None:
    """Its words would be headings on everybody's screen, and one item less would be counted."""
    found = mapped(tmp_path, text)
    printed = mapping_text(found)

    assert found.stopped
    assert found.headless
    assert why in stops(found)
    assert not any(word in printed for word in ("TC-001", "Login", "Ann", "Alice"))
    assert "settings" not in printed


@pytest.mark.parametrize(
    "text",
    [
        "Item,Kind,2026\nfoo,a,3\nbar,c,4\n",
        "Person,1,2,3\nx,5,6,7\ny,5,6,8\n",
        "Fund,30,60,90\nx,5,6,7\ny,5,6,8\n",
        "Case,Q1,Q2\nx,good,bad\ny,bad,bad\n",
        "Topic,Chat\nx,Chat\ny,\nz,Chat\n",
        "Risk ID,Risk\nR-1,Risk\nR-2,Issue\n",
        "id,month\n1,2027-01\n2,2027-02\n",
    ],
)
def test_headings_are_left_alone(tmp_path: Path, text: str) -> None:
    """Years, numbered questions, ages, a box that is ticked with its own name, one word that stands again."""
    assert not mapped(tmp_path, text).headless


@pytest.mark.parametrize(("alike", "data"), [(3, False), (4, True), (5, True)])
def test_most_of_the_cells_below_must_look_like_the_first(alike: int, data: bool) -> None:
    """One date among texts makes no heading a record; four of five do."""
    cells = ["2027-04-02"] * alike + ["unknown"] * (5 - alike)

    assert bool(why_data(["2027-04-01"], [cells], [cells])) == data


def test_two_words_that_stand_again_are_proof_beside_a_usual_heading_one_is_not() -> None:
    """`Risk` under `Risk` happens; twice in one row it does not."""
    assert not why_data(["Item", "Open", "Level"], COLUMNS, COLUMNS)
    assert why_data(["Item", "Open", "High"], COLUMNS, COLUMNS)


def test_who_says_where_the_headings_are_is_believed(tmp_path: Path) -> None:
    """A stop without a way out would end with a wrong file that somebody made by hand."""
    text = "Note\nQ1,Q2\nQ2,Q1\nQ1,Q1\n"

    assert mapped(tmp_path, text, header_row=2).grid.headings == ("Q1", "Q2")
    assert mapped(tmp_path, text, header_row=2).grid.settings["header_row"] == 2
    with pytest.raises(UsageError, match="line 9"):
        mapped(tmp_path, text, header_row=9)
    ran = CliRunner().invoke(command, [str(tmp_path / "t.csv"), "--header-row", "2"], standalone_mode=False)
    assert 'header: "Q1"' in ran.output


def test_init_prints_no_first_record_as_headings() -> None:
    """What `init` tells of a file is read by everybody who reads gonogo.yaml."""
    table = b"Ann Baker,2027-04-01\nBob Carr,2027-04-02\nCid Dunn,2027-04-03\n"

    told = read_head(table, "t.csv", Declared(), whole=True).detail

    assert told == "2 columns; its first row reads like data, not like headings"


@pytest.mark.parametrize(
    "row", [",(ms),(%)", "text,ms,%", "string,integer,decimal", ",[ms],[%]", "Text,Number,Number", "text,ms,"]
)
def test_a_row_of_units_is_no_item(tmp_path: Path, row: str) -> None:
    """It would be one row more in every share."""
    found = mapped(tmp_path, f"Interface,Latency,Load\n{row}\nI1,20,30\nI2,40,30\n")

    assert "row 2: reads like a second header" in stops(found)
    assert "the collector refuses this file or counts rows that are not items. Fix or answer" in mapping_text(found)


def test_a_value_that_is_also_the_name_of_a_unit_is_a_value(tmp_path: Path) -> None:
    """A column of units has units in every row."""
    found = mapped(tmp_path, "Measure,Unit,Kind\nload,ms,text\nwait,ms,text\nsize,kb,text\n")

    assert stops(found) == ""


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        (",,Response,Mail,Chat,Open-Ended Response", True),
        (",,Response,,,", True),
        (",,,Mail,Chat,", True),
        ("117,04/18/2027 10:05:33 AM,Response,Mail,Chat,", False),
    ],
)
def test_the_parts_of_questions_below_them_are_no_answer(tmp_path: Path, second: str, asked: bool) -> None:
    """Survey tools write two heading rows: the question, and below it which answer a column holds."""
    assert ("row 2: reads like a second header" in stops(mapped(tmp_path, SURVEY.format(second=second)))) == asked


@pytest.mark.parametrize(
    ("cells", "settings"),
    [
        (["Monday, 19 April 2027", "Tuesday, 20 April 2027"], {"type": "date", "format": "%A, %d %B %Y"}),
        (["19 April 2027", "2 May 2027"], {"type": "date", "format": "%d %B %Y"}),
        (["April 19, 2027", "June 2, 2027"], {"type": "date", "format": "%B %d, %Y"}),
        (
            ["Monday, 19 April 2027, 10:05 AM", "Tuesday, 20 April 2027, 9:05 PM"],
            {"type": "instant", "zone": "local", "format": "%A, %d %B %Y, %I:%M %p"},
        ),
        (
            ["19 April 2027, 10:05 AM", "2 May 2027, 1:05 PM"],
            {"type": "instant", "zone": "local", "format": "%d %B %Y, %I:%M %p"},
        ),
        (["4/19/27 10:05:33", "4/20/27 9:00:01"], {"type": "instant", "zone": "local", "format": "%m/%d/%y %H:%M:%S"}),
        (["19/04/27, 10:05", "20/04/27, 09:00"], {"type": "instant", "zone": "local", "format": "%d/%m/%y, %H:%M"}),
        (["Monday, 20 April 2027", "Tuesday, 21 April 2027"], {"type": "text"}),
    ],
)
def test_days_as_courses_and_surveys_write_them(tmp_path: Path, cells: list[str], settings: dict[str, str]) -> None:
    """Read as text they could date nothing; a weekday that contradicts its date is no date."""
    rows = "".join(f'{number}x,"{cell}"\n' for number, cell in enumerate(cells))
    found = mapped(tmp_path, f"row,done on\n{rows}")

    assert found.columns["done_on"].settings == settings, json.dumps(settings)


def test_moments_that_could_be_read_both_ways_are_told(tmp_path: Path) -> None:
    """The fourth of May and the fifth of April are a month apart."""
    both = mapped(tmp_path, "row,done at\n1x,4/5/27 10:05:33\n2x,5/6/27 9:00:01\n")
    one = mapped(tmp_path, "row,done at\n1x,4/5/27 10:05:33\n2x,5/16/27 9:00:01\n")

    assert any("could be month/day or day/month" in str(note) for note in both.notes)
    assert not any("could be month/day or day/month" in str(note) for note in one.notes)
