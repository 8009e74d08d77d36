"""The tutorial of the first week: what it says is done, in its order, in an empty folder, and what it claims is so.

A ``console`` block is typed: ``$ `` begins a command, and the lines below it are what it prints, where ``…`` alone
stands for any lines and inside a line for any text. A comment above a block or a table says what a person does with it:

- ``file: NAME``: the block is written to that file
- ``sign: FILE, NAME``: the name is typed on the first sheet of the binding workbook, and yes beside each file
- ``fill in: FILE``: the rows of the table are typed into the sheet Evidence of the workbook
"""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
pytestmark = pytest.mark.heavy
PAGE = ROOT / "docs" / "first-week.md"
STEP = re.compile(
    r"^<!-- (?P<mark>file|sign|fill in): (?P<what>[^\n]*) -->\n"
    r"(?:```(?!console)\w+\n(?P<block>.*?)^```\n|(?P<table>(?:\|[^\n]*\n)+))?"
    r"|^```console\n(?P<console>.*?)^```\n"
    r"|\*\*(?P<answered>\d+) of (?P<due>\d+)\*\*",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Desk:
    """A folder in which the page is followed, and what the reader saw there.

    Attributes:
        folder: Where the commands are typed.
        path: Where the shell looks for them.
        claims: For each "N of M" of the page, in its order: what it says and what the last run recorded.
        typed: Commands that were run.
    """

    folder: Path
    path: str
    claims: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def type(self, command: str) -> str:
        """Run a command as a shell does, and return what it prints."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env={**os.environ, "PATH": self.path, "COLUMNS": "100", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def follow(self, text: str) -> None:
        """Do what a page says, step by step."""
        for step in STEP.finditer(text):
            if step["console"]:
                self.see(step["console"])
            elif step["answered"]:
                self.claims.append(((int(step["answered"]), int(step["due"])), self.recorded()))
            else:
                self.edit(step["mark"], step["what"], block=step["block"] or "", table=step["table"] or "")

    def see(self, console: str) -> None:
        """Type the commands of a block, and compare what they print."""
        for piece in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, shown = piece.split("\n", 1)
            self.typed.append(command)
            printed = self.type(command)
            pattern = "".join(
                r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
                for line in shown.splitlines()
            )
            assert not shown or re.fullmatch(pattern, printed), f"{command}\n{printed}"

    def edit(self, mark: str, what: str, *, block: str, table: str) -> None:
        """Do what a comment says with what stands below it."""
        name, _, words = what.partition(", ")
        path = self.folder / name
        if mark == "file":
            path.write_text(block, encoding="utf-8")
        elif mark == "fill in":
            fill(path, [[cell.strip() for cell in row.strip("|\n").split("|")] for row in table.splitlines()])
        else:
            sign(path, words)

    def report(self) -> dict:
        """Return the last recorded run."""
        document, _ = json.JSONDecoder().raw_decode(self.type("gonogo report niwa -o json"))
        return document

    def recorded(self) -> tuple[int, int]:
        """Return how many criteria the last run answered, and how many were due."""
        counts = self.report()["counts"]["criteria"]
        return counts["met"] + counts["not_met"], counts["met"] + counts["not_met"] + counts["unknown"]


def fill(path: Path, table: list[list[str]]) -> None:
    """Type the rows of a table into a workbook, each in the row of its fact, and save it."""
    header, _, *rows = table
    book = openpyxl.load_workbook(path)
    sheet = book["Evidence"]
    column = {cell.value: cell.column for cell in sheet[1]}
    row_of = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for row in rows:
        for name, text in list(zip(header, row, strict=True))[1:]:
            typed(sheet.cell(row_of[row[0]], column[name]), text)
    book.save(path)


def sign(path: Path, name: str) -> None:
    """Type a name on the first sheet of a binding workbook, and yes beside each file."""
    book = openpyxl.load_workbook(path)
    page = book["Start here"]
    page["B1"] = name
    asked = [row for row in page.iter_rows(max_col=4) if str(row[1].value).startswith("evidence/")]
    for row in asked:
        row[3].value = "yes"
    assert asked
    book.save(path)


def typed(cell: openpyxl.cell.Cell, text: str) -> None:
    """Put into a cell what a spreadsheet makes of what is typed: a number, a percentage, a day, or the text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        cell.value = datetime.fromisoformat(text)
    elif re.fullmatch(r"\d+%", text):
        cell.value, cell.number_format = int(text[:-1]) / 100, "0%"
    else:
        cell.value = int(text) if text.isdigit() else text


@pytest.fixture(scope="module")
def desk(tmp_path_factory, warm) -> Desk:
    """The folder of somebody who followed the page to its end, beside the example."""
    folder = tmp_path_factory.mktemp("first-week")
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("audit", "__pycache__"))
    found = Desk(folder, warm.path())
    found.follow(PAGE.read_text(encoding="utf-8"))
    return found


def test_every_step_does_what_the_page_shows(desk):
    """A page that is wrong in one line loses its reader there."""
    for verb in ("init", "lint", "check", "add", "bind", "status", "progress", "workbook", "requests"):
        assert any(command.startswith(f"gonogo {verb} ") for command in desk.typed)


def test_the_numbers_of_the_text_are_those_of_the_record(desk):
    """A sponsor repeats "10 of 26", so it is counted from the log and not from what was printed."""
    assert len(desk.claims) >= 3
    assert [said for said, _ in desk.claims] == [recorded for _, recorded in desk.claims]


def test_a_third_of_the_criteria_is_answered_in_the_end(desk):
    """What the page promises at its top, and what week one is for."""
    answered, due = desk.recorded()

    assert due == 26
    assert 3 * answered >= due


def test_the_last_page_is_a_rehearsal_and_blocks_for_one_reason_of_merit(desk):
    """The page says that NO-GO is honest: one criterion is not met, all other reasons are missing evidence."""
    report = desk.report()
    blockers = report["decision"]["blockers"]

    assert report["kind"]["purpose"] == "rehearsal"
    assert report["verdict"] == "NO-GO"
    assert [each["criterion"] for each in blockers if not each["missing_evidence"]] == ["system.change.dispositioned"]
    assert report["counts"]["unknown"] == {"missing": 15, "unasked": 1}


def test_measured_and_stated_are_told_apart(desk):
    """Three criteria rest on files, the others on what people say; nothing that was not given is admitted."""
    bases = {(each["source"]["binding"], each["basis"]) for each in desk.report()["evidence"]}

    assert {one for one, basis in bases if basis == "measured"} == {"schedule", "raid", "interfaces"}
    assert len([one for one, basis in bases if basis == "stated"]) == 1


def test_the_page_to_send_around_is_one_file_that_says_the_same(desk):
    """It is opened from a mail, without the folder that it came from."""
    page = (desk.folder / "page.html").read_text(encoding="utf-8")

    assert "NO-GO" in page
    assert all(answered in page for answered in ("3 of 4", "2 of 8", "2 of 4", "3 of 10"))
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", page)


def test_the_calendar_is_written(desk):
    """A person finds in the calendar what they owe."""
    assert (desk.folder / "owed.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_nobody_types_yaml(desk):
    """An office lead without programmers stops where a file of settings has to be edited."""
    page = PAGE.read_text(encoding="utf-8")

    assert "```yaml" not in page
    assert {step["mark"] for step in STEP.finditer(page)} - {None} == {"file", "sign", "fill in"}


def test_while_criteria_are_left_out_no_decision_is_taken(desk):
    """The table at the end says so of `adopt:`."""
    whole = (desk.folder / "niwa" / "gonogo.yaml").read_text(encoding="utf-8")
    small = whole.replace("people: people.yaml\n", "people: people.yaml\nadopt: [program.raid.high_severity]\n")
    other = desk.folder / "small"
    shutil.copytree(desk.folder / "niwa", other)
    (other / "gonogo.yaml").write_text(small, encoding="utf-8")

    printed = desk.type("gonogo assess small --as-of 2027-04-19T12:00-04:00 2>&1; echo code $?")

    assert "has adopted 1 of 26 criteria" in printed
    assert printed.endswith("code 2\n")


def test_the_clock_is_set_only_where_the_page_shows_it(desk):
    """What reads the clock says `--as-of` on the page itself, and the environment of the test sets none."""
    dated = [command for command in desk.typed if re.match(r"gonogo (progress|workbook|requests) ", command)]

    assert len(dated) >= 6
    assert all("--as-of 202" in command for command in dated)
    assert not {"FAKETIME", "SOURCE_DATE_EPOCH"} & set(os.environ)


def test_the_page_is_short():
    """Thirty minutes, with the reading."""
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) <= 200
