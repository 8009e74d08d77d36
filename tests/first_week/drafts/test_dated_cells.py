"""The cell that says when a workbook held: proposed with its day, read again each week; none where several differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.dated_cells import dated_cell, dated_line
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.drafts.when_held import NOBODY
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.model.program import AsOf, AsOfRule
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
    cell = dated_cell(book(tmp_path, above, cover), "Our items", len(above) + 1, NOW)

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
        ("Cutover plan,,\nAs of 11/27/26,,\n\n", ("line 2", date(2026, 11, 27))),
        ("As of 11/28/26,,\n", ("line 1", date(2026, 11, 28))),
        ("As of 11/29/26,,\n", None),
        ("Status date,11/27/2026,\n", ("line 1", date(2026, 11, 27))),
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

    line = dated_line(map_file(path).grid, NOW)

    assert (None if line is None else (line.reference, line.day)) == found


@pytest.mark.parametrize(
    ("line", "newest", "rule"),
    [
        ("As of 11/27/26,,", "2026-11-26", "nobody"),
        ("As of 11/27/26,,", "2026-11-27", "nobody"),
        ("As of 11/27/26,,", "2026-11-28", "column"),
        ("Our items,,", "2026-11-26", "column"),
        ("Our items,,", "2026-10-26", "nobody"),
    ],
)
def test_the_newest_result_dates_a_table_unless_a_line_says_a_later_day_or_it_is_long_ago(
    tmp_path: Path, line: str, newest: str, rule: str
) -> None:
    """A line that somebody forgot to change is older than the newest row."""
    path = tmp_path / "evidence" / "Interfaces.csv"
    path.parent.mkdir()
    path.write_text(
        f"{line}\nInterface ID,ICD status,Approved On\nI-1,Approved,{newest}\nI-2,Approved,{newest}\n", encoding="utf-8"
    )
    rules = ruleset_by_name("m3-baseline")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), NOW)
    proposal = Proposal("interfaces", FileKind.CSV, ("evidence/Interfaces.csv",), "table")

    draft_proposal(proposal, path, tmp_path, terms)

    assert proposal.rule == (NOBODY if rule == "nobody" else "{column: approved_on, pick: latest}")
