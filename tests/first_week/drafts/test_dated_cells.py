"""The cell that says when a workbook held: proposed with its day, read again each week; none where several differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.dated_cells import dated_cells, dated_lines, only_day
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.drafts.when_held import NOBODY
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.inputs.dated_names import dated
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.testing import answers_of, job_of

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TABLE = [["ID", "Status"], ["I-1", "Passed"], ["I-2", "Failed"]]


def book(folder: Path, above: list[list[Any]], cover: list[list[Any]] | None = None) -> Path:
    """A workbook with rows above its table, and a cover."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Our items"
    for row in [*above, *TABLE]:
        sheet.append(row)
    for row in cover or []:
        (made["Cover"] if "Cover" in made.sheetnames else made.create_sheet("Cover")).append(row)
    made.save(folder / "t.xlsx")
    return folder / "t.xlsx"


@pytest.mark.parametrize(
    ("above", "cover", "found"),
    [
        ([["Items"], ["as of 27 Nov 2026, S. Pak"]], None, ("'Our items'!A2", date(2026, 11, 27))),
        ([["Report date:", date(2026, 11, 27)]], None, ("'Our items'!B1", date(2026, 11, 27))),
        ([["Status date", "11/27/2026"]], None, ("'Our items'!B1", date(2026, 11, 27))),
        ([], [["Plan"], ["", "11/20/2026"]], ("Cover!B2", date(2026, 11, 20))),
        ([], [["", date(2026, 11, 28)]], ("Cover!B1", date(2026, 11, 28))),
        ([], [["", date(2026, 11, 29)]], None),
        ([["Status date", "11/12/2026"]], None, None),
        ([["Go-live: 27 Nov 2026"]], None, None),
        ([["Go-live readiness, as of 27 Nov 2026"]], None, ("'Our items'!A1", date(2026, 11, 27))),
        ([["Cutover plan - status as of 11/23/2026"]], None, ("'Our items'!A1", date(2026, 11, 23))),
        ([["Printed 11/27/2026"]], None, ("'Our items'!A1", date(2026, 11, 27))),
        ([["Printed 11/28/2026"]], None, ("'Our items'!A1", date(2026, 11, 28))),
        ([["Printed 11/29/2026"]], None, None),
        ([["Printed 12/04/2026"]], None, None),
        ([["rev. 25-Nov-2026 by integration team"]], None, ("'Our items'!A1", date(2026, 11, 25))),
        ([["updated 11/24/26 JB"]], None, ("'Our items'!A1", date(2026, 11, 24))),
        ([["To be revised by 27 Nov 2026"]], None, None),
        ([["Training roster - 11/26/2026"]], None, None),
        ([["Next update as of 27 Nov 2026"]], None, None),
        ([["Baseline date", date(2026, 11, 27)]], None, None),
        ([["as of 27 Nov 2026"]], [["", "11/20/2026"]], None),
        ([["as of 20 Nov 2026 and 27 Nov 2026"]], None, None),
        ([], [["Version of 20 Nov 2026"]], None),
        ([["Items"]], None, None),
    ],
)
def test_one_cell_with_one_day_is_proposed(
    tmp_path: Path, above: list[list[Any]], cover: list[list[Any]] | None, found: tuple[str, date] | None
) -> None:
    """A day that is to come, that is another thing's, or that could be read in two ways is left to a person."""
    cell = only_day(dated_cells(book(tmp_path, above, cover), "Our items", len(above) + 1), NOW)

    assert (None if cell is None else (cell.reference, cell.day)) == found


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("as of 27 Nov 2026", "2026-11-27"),
        ("as of 11/27/2026", "2026-11-27"),
        ("as of 11/12/2026", None),
        ("valid until 27 Nov 2026", None),
        ("as of 20 Nov 2026, 27 Nov 2026", None),
        ("as of last week", None),
    ],
)
def test_the_day_is_read_again_from_the_file_of_next_week(tmp_path: Path, sentence: str, held: str | None) -> None:
    """A sentence that no longer names one day is a gap, and never the day of the week before."""
    settings = {
        "tables": {
            "t": {
                "sheet": "Our items",
                "header_row": 2,
                "unique": ["id"],
                "columns": {
                    "id": {"header": "ID", "type": "id"},
                    "s": {"header": "Status", "type": "text", "allowed": "any"},
                },
            }
        },
        "facts": {"passed": {"share": {"where": 's == "Passed"'}}},
    }
    rule = AsOf(rule=AsOfRule.CELL, cell="'Our items'!A1")
    job = job_of({"file": ("t.xlsx", book(tmp_path, [[sentence]]).read_bytes())}, rule=rule, now=NOW)
    with ready():
        answer = answers_of(TableCollector(), job, settings)["passed"]

    if held is None:
        assert answer.gap is not None
    else:
        assert answer.as_of is not None
        assert f"{answer.as_of:%Y-%m-%d}" == held


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ("Cutover plan,,\nAs of 11/27/26,,\n\n", ("A2", date(2026, 11, 27))),
        ("As of 11/28/26,,\n", ("A1", date(2026, 11, 28))),
        ("As of 11/29/26,,\n", None),
        ("Status date,11/27/2026,\n", ("B1", date(2026, 11, 27))),
        ("As of 11/12/26,,\n", None),
        ("Next update as of 11/27/26,,\n", None),
        ("As of 11/27/26,,\nas of 20 Nov 2026,,\n", None),
        ("Cutover plan 11/27/26,,\n", None),
        ("", None),
    ],
)
def test_a_line_above_the_headings_of_a_text_says_it_too(
    tmp_path: Path, above: str, found: tuple[str, date] | None
) -> None:
    """What is to come, what could be read in two ways and what is no day of the table is left to a person."""
    path = tmp_path / "plan.csv"
    path.write_text(f"{above}Step,Owner,Status\n1,PMO,Done\n2,PMO,Open\n3,PMO,Open\n", encoding="utf-8")

    line = only_day(dated_lines(map_file(path).grid), NOW)

    assert (None if line is None else (line.reference, line.day)) == found


@pytest.mark.parametrize(
    ("line", "newest", "rule"),
    [
        ("As of 11/27/26,,", "2026-11-26", '{cell: "A1"}'),
        ("As of 11/27/26,,", "2026-11-27", '{cell: "A1"}'),
        ("As of 11/27/26,,", "2026-11-28", '{cell: "A1"}'),
        ("Our items,,", "2026-11-26", "{column: approved_on, pick: latest}"),
        ("Our items,,", "2026-10-26", NOBODY),
    ],
)
def test_the_newest_result_dates_a_table_unless_a_line_says_the_day_or_it_is_long_ago(
    tmp_path: Path, line: str, newest: str, rule: str
) -> None:
    """A line that is older than a row counts all the same, and the draft says what to correct."""
    text = f"{line}\nInterface ID,ICD status,Approved On\nI-1,Approved,{newest}\nI-2,Approved,{newest}\n"
    proposal = drafted(tmp_path, "Interfaces.csv", text)

    assert proposal.rule == rule
    later = newest == "2026-11-28" and rule != "{column: approved_on, pick: latest}"
    assert bool(proposal.day_why) is later
    assert ("A row is of 2026-11-28, so this was not changed with it" in " ".join(proposal.asked)) is later


def drafted(folder: Path, name: str, text: str) -> Proposal:
    """The draft of a CSV in the folder of evidence, dated by its name where that has a day."""
    path = folder / "evidence" / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    rules = ruleset_by_name("m3-baseline")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), NOW)
    proposal = Proposal("interfaces", FileKind.CSV, (f"evidence/{name}",), "table")
    named = dated(name)
    proposal.inputs, proposal.as_of, proposal.pick_newest = (
        {"file": ["evidence/*"]},
        named.pattern if named else "",
        True,
    )
    draft_proposal(proposal, path, folder, terms)
    return proposal


ROWS = "Interface ID,ICD status,{heading}\nI-1,Approved,{day}\nI-2,Approved,{day}\n"


@pytest.mark.parametrize(
    ("line", "heading", "newest", "rule"),
    [
        ("As of 11/25/26,,", "Notes", "", '{cell: "A1"}'),
        ("As of 11/26/26,,", "Notes", "", ""),
        ("As of 11/27/26,,", "Notes", "", ""),
        ("Our items,,", "Snapshot date", "2026-11-25", "{column: snapshot_date, pick: latest}"),
        ("Our items,,", "Snapshot date", "2026-11-26", ""),
        ("Our items,,", "Last updated", "2026-11-12", ""),
        ("As of 11/24/26,,", "Snapshot date", "2026-11-25", '{cell: "A1"}'),
    ],
)
def test_the_day_in_a_name_counts_unless_the_file_says_an_earlier_one(
    tmp_path: Path, line: str, heading: str, newest: str, rule: str
) -> None:
    """Somebody saves last week's list under the name of today; the older day counts, and the draft says so."""
    text = f"{line}\n{ROWS.format(heading=heading, day=newest)}"
    proposal = drafted(tmp_path, "Interfaces rev 26-Nov-2026.csv", text)

    assert proposal.rule == rule
    assert bool(proposal.as_of) is not bool(rule)
    if rule:
        assert proposal.inputs == {"file": ["evidence/Interfaces rev 26-Nov-2026.csv"]}
        assert proposal.pick_newest is False
        assert proposal.day_why == "its name says 2026-11-26, and the older day counts"


def test_rows_changed_before_the_day_of_a_line_make_the_older_day_count(tmp_path: Path) -> None:
    """A printed day is that of the printer; nobody looked at the rows since they were last changed."""
    text = f"As of 11/27/26,,\n{ROWS.format(heading='Last updated', day='2026-11-16')}"
    proposal = drafted(tmp_path, "Interfaces.csv", text)

    assert proposal.rule == "{column: last_updated, pick: latest}"
    assert proposal.day_why == "the cell A1 says 2026-11-27, which is later than any row was changed"


@pytest.mark.parametrize(
    ("line", "name", "at", "day"),
    [
        ("Printed 11/12/2026,,", "Interfaces.csv", "the cell A1 of the file", "2026-11-12 or 2026-12-11"),
        ("Our roster - 11/26/2026,,", "Interfaces.csv", "the cell A1 of the file", "2026-11-26"),
        ("Our items,,", "Interfaces 11-12-2026.csv", "the name of the file", "2026-11-12 or 2026-12-11"),
        ("Baseline of 2026-08-14; this print 25 Nov 2026,,", "Interfaces.csv", "", ""),
        ("Our items,,", "Interfaces.csv", "", ""),
    ],
)
def test_a_day_that_is_not_surely_that_of_the_table_is_asked(
    tmp_path: Path, line: str, name: str, at: str, day: str
) -> None:
    """A person says which reading counts, or that a day in a title is that of the rows."""
    proposal = drafted(tmp_path, name, f"{line}\n{ROWS.format(heading='Notes', day='')}")

    assert (proposal.rule, proposal.day_at, proposal.day) == (NOBODY, at, day)
    assert (f"The{at[3:]} says {day}." in " ".join(proposal.asked)) is bool(at)


@pytest.mark.parametrize(
    ("cell", "text", "held"),
    [
        ("A1", "As of 11/25/26,,\n", "2026-11-25"),
        ("B1", "Status date,2026-11-25,\n", "2026-11-25"),
        ("A2", "Items,,\nrev. 25-Nov-2026,,\n", "2026-11-25"),
        ("A1", "Items,,\n", "cell A1: no date"),
        ("A2", "As of 11/25/26,,\n", "'A2' is no cell above its headings"),
        ("Cover!A1", "As of 11/25/26,,\n", "'Cover!A1' is no cell above its headings"),
    ],
)
def test_a_cell_above_the_headings_of_a_text_dates_it_in_a_run(cell: str, text: str, held: str) -> None:
    """The same rule reads a workbook and a CSV, so that nobody types what the file says."""
    columns = {"id": {"header": "ID", "type": "id"}, "s": {"header": "Status", "type": "text", "allowed": "any"}}
    table = {"header_row": text.count("\n") + 1, "unique": ["id"], "ignore": ["Note"], "columns": columns}
    settings = {"tables": {"t": table}, "facts": {"passed": {"share": {"where": 's == "Passed"'}}}}
    file = f"{text}ID,Status,Note\n1,Passed,\n2,Failed,\n"
    job = job_of({"file": ("t.csv", file.encode())}, rule=AsOf(rule=AsOfRule.CELL, cell=cell), now=NOW)
    with ready():
        answer = answers_of(TableCollector(), job, settings)["passed"]

    if answer.gap is not None:
        assert held in answer.detail
    else:
        assert answer.as_of is not None
        assert f"{answer.as_of:%Y-%m-%d}" == held
