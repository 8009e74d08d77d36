"""A fact about the last of several things is not answered by an earlier one, once a later one has begun."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.program import AsOf, AsOfRule, Binding, Handling, InputPath, Marking
from gonogo.model.reply import InputRead
from gonogo.plugin.inputs.later_turns import LaterTurns
from gonogo.plugin.inputs.rows_of_file import rows_of_file
from gonogo.testing.programs import binding_of, program_of

TODAY = date(2027, 3, 15)
MEANINGS = {
    "mock.last_exit_met": "The last mock conversion met every exit criterion that the plan sets for it.",
    "mock.cycles_completed": "Mock conversions that ran from extract to reconciliation.",
    "perf.error_ratio": "Requests that failed in the last load test, out of all requests of it.",
    "rehearsal.hours": "Hours of the last full rehearsal.",
    "dr.slowest": "Slowest answer in the last drill.",
    "security.unreviewed": "Privileged accounts that nobody reviewed in the last 30 days.",
    "reports.used": "Reports of the old system that somebody used in the last year.",
}
FACTS = Vocabulary(
    facts=tuple(
        FactDeclaration(name=name, type=FactType.BOOLEAN, meaning=meaning, question="?")
        for name, meaning in MEANINGS.items()
    )
)
EXITS = "evidence/Mock 2 exit criteria.csv"
LOG = "evidence/mock log.csv"
CRITERIA = "Criterion,Required,Measured\nC-1,99,99.5\nC-2,95,97\n"


def bound(path: str, fact: str, **more: object) -> Binding:
    entry = InputPath(name="file", paths=(path,), as_of=AsOf(rule=AsOfRule.DOCUMENT))
    group, _, local = fact.rpartition(".")
    settings = {"tables": {"t": {}}, "facts": {local: {"all": {}}}}
    return binding_of("table", inputs=(entry,), settings=settings, prefix=group, **more)


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def told(root: Path, path: str, fact: str, *others: Binding, settled: dict[str, str] | None = None) -> dict[str, str]:
    binding = bound(path, fact)
    program = program_of(binding, *others).model_copy(update={"not_evidence": settled or {}})
    read = [InputRead(name="file", path=path, size=1, sha256="0" * 64)]
    return LaterTurns().why_not(binding, read, program, root, TODAY, FACTS)


def log(third: str, head: str = "Mock,Started,Status") -> str:
    return f"{head}\nMock 1,2026-11-20,Complete\nMock 2,2027-01-15,Complete\n{third}\n"


@pytest.mark.parametrize(
    ("third", "begun"),
    [
        ("Mock 3,2027-03-10,In progress", True),
        ("Mock 3,2027-03-15,", True),
        ("Mock 3,2027-03-14,", True),
        ("Mock 3,2027-03-16,", False),
        ("Mock 3,3/10/2027,", True),
        ("Mock 3,,Failed", True),
        ("Mock III,2027-03-10,", True),
        ("Third mock,2027-03-10,", True),
        ("3rd mock conversion,2027-03-10,", True),
        ("Mock Cycle 3,2027-03-10,Started", True),
        ("Mock 3,2027-03-10,Not started", False),
        ("Mock 3,2027-03-10,Planned", False),
        ("Mock 3,2027-03-10,Cancelled", False),
        ("Mock 3,,", False),
        ("Mock 2,2027-03-10,Rerun done", False),
        ("Mock 2.5,2027-03-10,Done", False),
        ("Interface 3,2027-03-10,Done", False),
    ],
)
def test_a_mock_that_has_begun_is_the_last_one(tmp_path: Path, third: str, begun: bool) -> None:
    """The exit criteria of Mock 2 were all met, and Mock 3 ran."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, LOG, log(third))

    found = told(tmp_path, EXITS, "mock.last_exit_met")

    assert bool(found) is begun
    if begun:
        assert found == {
            "mock.last_exit_met": f"It asks about the last mock, and {EXITS} is about number 2; {LOG} says that number "
            "3 has begun. Bind what says it of that one."
        }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("evidence/mock cycles.csv", "Cycle,Started\n1,2026-11-20\n2,2027-01-15\n3,2027-03-10\n"),
        ("evidence/conversion.csv", "Mock No;Started\n2;2027-01-15\n3;2027-03-10\n"),
        ("evidence/Mock 3 results.csv", "Object,Loaded,Done\nVendors,12,Done\n"),
        ("elsewhere/Mock 3/anything.txt", "Mock 3 started on 2027-03-10\n"),
    ],
)
def test_other_files_tell_it_too(tmp_path: Path, path: str, text: str) -> None:
    """A number under a heading, or in the name of the file."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, path, text)
    other = bound(path, "mock.cycles_completed")

    assert told(tmp_path, EXITS, "mock.last_exit_met", other)
    assert not told(tmp_path, EXITS, "mock.cycles_completed", other)


def test_a_workbook_is_looked_at(tmp_path: Path) -> None:
    """Days are numbers there."""
    put(tmp_path, EXITS, CRITERIA)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Mock", "Started", "Hours"])
        sheet.write_row(1, 0, ["Mock 2", date(2027, 1, 15)], book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(2, 0, ["Mock 3", date(2027, 3, 10)], book.add_format({"num_format": "yyyy-mm-dd"}))
    (tmp_path / "evidence" / "log.xlsx").write_bytes(stream.getvalue())

    assert rows_of_file(tmp_path / "evidence" / "log.xlsx")[2][:1] == ["Mock 3"]
    assert (
        "evidence/log.xlsx says that number 3 has begun"
        in told(tmp_path, EXITS, "mock.last_exit_met")["mock.last_exit_met"]
    )


@pytest.mark.parametrize(
    ("fact", "path", "row", "later"),
    [
        ("rehearsal.hours", "evidence/Rehearsal 1.csv", "Dress rehearsal 2,2027-03-01,Done", True),
        ("rehearsal.hours", "evidence/Rehearsal 1.csv", "Mock 2,2027-03-01,Done", False),
        ("perf.error_ratio", "evidence/Load test 1.csv", "Load test 2,2027-03-01,Done", True),
        ("perf.error_ratio", "evidence/Load test 1.csv", "Test 2,2027-03-01,Done", False),
        ("dr.slowest", "evidence/Drill 3.csv", "Drill 4,2027-03-01,Done", True),
        ("dr.slowest", "evidence/Drill 3.csv", "Drill 3,2027-03-01,Done", False),
        ("security.unreviewed", "evidence/Mock 1 accounts.csv", "Mock 2,2027-03-01,Done", False),
        ("reports.used", "evidence/Mock 1 reports.csv", "Mock 2,2027-03-01,Done", False),
    ],
)
def test_so_it_is_of_all_that_comes_in_turn(tmp_path: Path, fact: str, path: str, row: str, later: bool) -> None:
    """The last rehearsal, load test or drill is asked about by its own kind."""
    put(tmp_path, path, "Step,Hours\nS-1,4\n")
    put(tmp_path, "evidence/calendar.csv", f"What,Day,Status\n{row}\n")

    assert bool(told(tmp_path, path, fact)) is later


def test_what_is_read_may_hold_the_later_one_itself(tmp_path: Path) -> None:
    """A log of all mock conversions tells of the last one."""
    put(tmp_path, LOG, log("Mock 3,2027-03-10,Complete"))
    put(tmp_path, "evidence/calendar.csv", "What,Day\nMock 3,2027-03-10\n")

    assert not told(tmp_path, LOG, "mock.last_exit_met")


def test_each_fact_is_told_by_the_files_of_its_own_table(tmp_path: Path) -> None:
    """One binding reads the log of all mock conversions and the exit criteria of the second one."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, LOG, log("Mock 3,2027-03-10,Complete"))
    one = bound(EXITS, "mock.last_exit_met")
    tables = {"exits": {"input": "exits"}, "mocks": {"input": "mocks"}}
    read = [
        InputRead(name=name, path=path, size=1, sha256="0" * 64) for name, path in (("exits", EXITS), ("mocks", LOG))
    ]
    found = {}
    for how in ({"table": "exits"}, {"table": "mocks"}, {"inputs": ["mocks"]}, {}):
        settings = {"tables": tables, "facts": {"last_exit_met": how}}
        binding = one.model_copy(update={"settings": settings})
        why = LaterTurns().why_not(binding, read, program_of(binding), tmp_path, TODAY, FACTS)
        found[str(how)] = bool(why)

    assert list(found.values()) == [True, False, False, False]


def test_a_file_without_a_number_tells_nothing(tmp_path: Path) -> None:
    """Nobody knows of which one it is."""
    put(tmp_path, "evidence/exit criteria.csv", CRITERIA)
    put(tmp_path, LOG, log("Mock 3,2027-03-10,Complete"))

    assert not told(tmp_path, "evidence/exit criteria.csv", "mock.last_exit_met")


def test_what_is_settled_or_put_away_tells_nothing(tmp_path: Path) -> None:
    """A person has said that it is no evidence."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, LOG, log("Mock 3,2027-03-10,Complete"))

    assert not told(tmp_path, EXITS, "mock.last_exit_met", settled={LOG: "of another program"})
    (tmp_path / "evidence" / "old").mkdir()
    (tmp_path / LOG).rename(tmp_path / "evidence" / "old" / "mock log.csv")
    assert not told(tmp_path, EXITS, "mock.last_exit_met")


def test_a_file_that_names_people_is_not_named(tmp_path: Path) -> None:
    """Its name may be somebody's."""
    put(tmp_path, EXITS, CRITERIA)
    put(tmp_path, LOG, log("Mock 3,2027-03-10,Complete"))
    other = bound("evidence/*log.csv", "mock.cycles_completed", handling=Handling(marking=Marking.PII))

    assert (
        "another file of the evidence says" in told(tmp_path, EXITS, "mock.last_exit_met", other)["mock.last_exit_met"]
    )


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"PK\x03\x04broken", b"\xff\xfeM\x00o\x00"])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.bin"])
def test_what_cannot_be_read_has_no_rows_that_stop_anything(tmp_path: Path, data: bytes, name: str) -> None:
    """The run goes on."""
    (tmp_path / name).write_bytes(data)

    assert all(isinstance(cell, str) for row in rows_of_file(tmp_path / name) for cell in row)
    assert rows_of_file(tmp_path / "gone.csv") == []


@pytest.mark.parametrize("piece", [b"<row>", b"<row><c>", b"<c ", b'<c r="A1"/>', b"<v>", b"<si>", b"<t ", b"</row>"])
def test_what_never_ends_is_looked_at_once(tmp_path: Path, piece: bytes) -> None:
    """A file that nobody reads is no reason to wait."""
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            archive.writestr(name, piece * 400_000)

    assert not any(cell for row in rows_of_file(tmp_path / "x.xlsx") for cell in row)
