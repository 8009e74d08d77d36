"""An office's second week: new rows, new words where nobody looks, new totals, new dates in names; nothing stops."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.invented_office import invented_office
from tests.warm import Warm

from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import map_file
from gonogo.first_week.starting import start

GIVEN = invented_office()


def write(root: Path, week: int) -> None:
    """Write the folder as the offices send it in that week."""
    folder, second = root / "evidence", week == 2
    folder.mkdir(parents=True, exist_ok=True)
    day = ("20270409", "20270416")[second]
    for old in folder.iterdir():
        old.unlink()
    interfaces = [
        f"IF-{n:02d},Partner {n},{'Approved' if n > 2 or second else 'Draft'},{'Failed' if n == 4 else 'Passed'},"
        f"{'Minor' if second and n == 4 else 'None'},{'A' if n % 2 else 'B'}"
        for n in range(1, 13 + week)
    ]
    if second:
        interfaces[3] = "IF-04,Partner 4,Withdrawn,Failed,Moderate,C"
    lines(folder / "interfaces.csv", "Interface ID,Partner,ICD Status,E2E Result,Open Problem,Region", interfaces)
    requests = [
        f"CR-{n:03d},change {n},{('Approved', 'Pending')[n % 2]},{('CCB', 'ERB')[n % 2]},{n % 12 + 1}/{n % 27 + 1}/2026"
        for n in range(14)
    ]
    requests += ["CR-020,change 20,Pending,Steering,11/3/2026"] if second else []
    lines(folder / f"change_requests_{day[:4]}-{day[4:6]}-{day[6:]}.csv", "CR,Title,Decision,Board,Raised", requests)
    reports = [f"RPT{n:03d},{'YN'[n % 4 > 0]},{'Yes' if second or n != 8 else 'No'},{n}" for n in range(20 + week)]
    reports += [f"Grand Total,6,{20 + week if second else 20},{sum(range(20 + week))}"]
    lines(folder / "report_validation.csv", "Report,Critical?,Validated,Pages", reports)
    tickets = [f"PAY-{100 + n},{('Critical', 'High')[n % 2]},{('Done', 'To Do')[n % 2]},text {n}" for n in range(16)]
    tickets += ["PAY-200,High,Reopened,again"] if second else []
    lines(folder / f"tickets_{day}.csv", "Issue key,Severity,Status,Summary", tickets)
    steps: list[list[object]] = [["Step ID", "Task", "Minutes", "State"]]
    steps += [[f"S-{n}", f"Task {n}", 10 + n, "Done" if n < 9 or second else "Not started"] for n in range(10 + week)]
    steps += [["Total", "", sum(10 + n for n in range(10 + week)), ""]]
    if second:
        steps[3][3] = "In progress"
    sheet(folder / "Cutover.xlsx", steps)
    people = [f"P-{n},{('Clerk', 'Lead')[n % 2]},Org {n % 2},{'Y' if n or second else 'N'}" for n in range(10)]
    people += ["P-10,Payroll lead,Org 3,N"] if second else []
    lines(folder / "staff.csv", "Employee ID,Position,Unit,Trained", people)


def lines(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def sheet(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Plan")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()


def settle(root: Path) -> None:
    """Confirm each draft as it is, and say when those held that do not say it themselves."""
    program = root / "gonogo.yaml"
    text = program.read_text(encoding="utf-8")
    assert "FILL IN" not in text.partition("evidence:")[2]
    text = re.sub(r"(?m)^    confirmed: no .*\n", "", text)
    text = text.replace('{at: 2000-01-01, by: "nobody has said when it held"}', "{at: 2027-04-16, by: Somebody}")
    program.write_text(text, encoding="utf-8")


def collect(root: Path, warm: Warm) -> dict[str, dict[str, Any]]:
    """Return what each binding's fact came to."""
    run = warm("collect", root, "--as-of", "2027-04-19T12:00-04:00")
    assert run.returncode == 0, run.stderr
    return {
        line["gap" if "gap" in line else "evidence"]["fact"]: line.get("evidence") or line["gap"]
        for line in map(json.loads, run.stdout.splitlines())
    }


def test_the_second_week_of_an_office_stops_nothing(tmp_path: Path, warm: Warm) -> None:
    """A source that stops over a word nobody compares looks like bad news, and somebody mends settings all week."""
    write(tmp_path, 1)
    start(tmp_path, conduct(tmp_path, GIVEN))
    settle(tmp_path)
    first = collect(tmp_path, warm)

    write(tmp_path, 2)
    second = collect(tmp_path, warm)

    found = {name: (line.get("value"), second[name].get("value")) for name, line in first.items() if "value" in line}
    assert found == {
        "cr.undecided": (7, 8),
        "defects.critical_open": (0, 0),
        "defects.high_without_workaround": (8, 9),
        "interfaces.e2e_passed_ratio": ("0.923076923076923077", "0.928571428571428571"),
        "interfaces.icd_approved_ratio": ("0.846153846153846154", "0.928571428571428571"),
        "reports.critical_validated_ratio": ("0.833333333333333333", "1"),
        "reports.noncritical_validated_ratio": ("1", "1"),
    }


HEADER = "Report,Owner unit,Critical,Pages"


@pytest.mark.parametrize(
    ("last", "footer", "kinds"),
    [
        ("Total,,,15", ("Total", "", "", "{pages}"), {}),
        ("Total,,,16", (), {"total": "left_out"}),
        ("Total,,3,15", (), {"total": "left_out"}),
        ("Total,5,,15", ("Total", "{rows}", "", "{pages}"), {}),
        ("Total,4,,15", (), {"total": "left_out"}),
        ("Total,,5,15", (), {"total": "left_out"}),
        ("Total,,,100%", (), {"total": "left_out"}),
        ("Total: 5,,,", (), {"total": "left_out"}),
        ("5 rows,,,", (), {"total": "left_out"}),
        ("Grand Total,,,", ("Grand Total",), {}),
    ],
)
def test_no_number_of_this_week_is_written_into_a_footer(
    tmp_path: Path, last: str, footer: tuple[str, ...], kinds: dict[str, str]
) -> None:
    """`["Grand Total", "8", "28"]` stops every source with totals next week; what a column adds up to does not."""
    rows = [f"RPT-{n},Unit {n},{('Yes', 'No')[n % 2]},{n}" for n in range(1, 6)]
    lines(tmp_path / "t.csv", HEADER, [*rows, last])

    mapping = map_file(tmp_path / "t.csv")

    assert (mapping.footer, mapping.kinds, mapping.stopped) == (footer, kinds, False)


def test_a_row_that_would_be_left_out_with_the_totals_is_asked_about(tmp_path: Path) -> None:
    """An item that `total: left_out` takes away silently is one that nobody counts."""
    rows = [f"RPT-{n},Unit {n},{('Yes', 'No')[n % 2]},{n}" for n in range(1, 6)]
    rows.insert(1, "Page 3,Unit 9,Yes,1")
    lines(tmp_path / "t.csv", HEADER, [*rows, "Total,,3,15"])

    mapping = map_file(tmp_path / "t.csv")

    assert mapping.stopped
    assert [(note.where, note.sentence) for note in mapping.notes if note.stops] == [
        ("row 3", "begins like a row of totals, so rows: {total: left_out} would leave it out too")
    ]
