"""Two files that answer one fact: a person says which counts, and the program says it as authority."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.rival_rows import facts_of_binding
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Custom field (Workaround approved)\n"
    "A,H-1,1,Bug,Done,H,Highest,\nB,H-2,2,Bug,To Do,H,High,Yes\n"
)
JUNIT = "<testsuite name='s' timestamp='2026-04-02T00:00:00'><testcase classname='a' name='x'/></testsuite>"
FACTS = ["defects.critical_open", "defects.high_without_workaround"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with two exports for the same facts and a test report, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("rivals")
    (root / "evidence").mkdir()
    for name in ("jira-2026-04-02.csv", "jira provider.csv"):
        (root / "evidence" / name).write_text(JIRA, encoding="utf-8")
    (root / "evidence" / "regression.xml").write_text(JUNIT, encoding="utf-8")
    start(root, conduct(root, GIVEN))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def fill(root: Path, counts: str, *, dropped: str = "") -> list[str]:
    """Confirm both, say which counts, drop one where asked, and bind."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    for page in book.worksheets:
        if "jira" not in page.title:
            continue
        binding = page["D2"].value
        for row in page.iter_rows(min_row=2, max_col=6):
            said = {"confirmed by": "Ada Kirsch", "held": "2026-04-02", "which counts": counts}
            if binding == dropped:
                said |= {"use": "no evidence", "why not": "the same issues again"}
            if row[0].value in said:
                row[3].value = said[row[0].value]
    book.save(root / "bindings.xlsx")
    return bind(root / "bindings.xlsx", root)


def test_the_one_that_a_person_names_counts(root: Path) -> None:
    """Left to themselves, two different answers make the fact unknown."""
    fill(root, "jira-provider")

    assert load_program(root).program.authority == dict.fromkeys(FACTS, "jira-provider")


def test_where_nobody_says_it_neither_counts_alone(root: Path) -> None:
    """A blank is no choice."""
    fill(root, "")

    assert load_program(root).program.authority == {}


def test_a_third_name_leaves_both_waiting(root: Path) -> None:
    """Authority of a binding that does not answer would stop every run."""
    told = fill(root, "regression")

    assert "`regression` is neither jira" in told[0]
    assert load_program(root).program.authority == {}


def test_one_that_is_no_evidence_settles_nothing(root: Path) -> None:
    """Whichever sheet is read first, no line names a binding that is gone."""
    fill(root, "jira-provider", dropped="jira-provider")

    loaded = load_program(root).program
    assert "jira-provider" not in {each.id for each in loaded.bindings}
    assert "jira-provider" not in loaded.authority.values()


def test_of_a_collector_the_facts_are_those_that_it_declares(root: Path) -> None:
    """A fact of the prefix that it does not answer must not be settled by it."""
    opened = open_program(root)
    found = {each.id: facts_of_binding(opened, each) for each in opened.bindings}

    assert found["jira"] == FACTS
    assert "regression.executed_ratio" in found["regression"]
    assert all(fact.startswith("regression.") for fact in found["regression"])


def test_lines_of_authority_are_changed_one_by_one() -> None:
    """What was settled before stays, and so does what stands below."""
    text = "authority:\n  a.b: one   # said in May\n  c.d: two\nplans: x.xlsx\n"
    lines = ProgramLines.of(text).with_authority(["c.d", "e.f"], "three")

    assert lines.text == "authority:\n  a.b: one   # said in May\n  c.d: three\n  e.f: three\nplans: x.xlsx\n"
    assert lines.without_authority("three").text == "authority:\n  a.b: one   # said in May\nplans: x.xlsx\n"
    assert lines.without_authority("three").without_authority("one").text == "plans: x.xlsx\n"
    assert ProgramLines.of("schema: 1\n").without_authority("one").text == "schema: 1\n"
