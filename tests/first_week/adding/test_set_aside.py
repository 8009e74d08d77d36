"""``gonogo add --not-evidence``: a draft that nobody confirmed never stops a person from saying no."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.first_week.adding.test_added import GIVEN, bound

from gonogo.first_week.adding.added import add, add_each
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.left_files import take_left_files
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

NAME = "evidence/potluck.csv"
NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program for which init drafted a binding for a potluck list, and one for what is evidence."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / NAME).write_text("Dish No,Brings\n1,Ada\n2,Ian\n", encoding="utf-8")
    (tmp_path / "evidence" / "interfaces.csv").write_text("Interface ID,E2E test\nI1,Passed\n", encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    return tmp_path


def test_the_draft_of_a_file_that_is_no_evidence_goes_with_it(root: Path) -> None:
    """Nobody edits YAML to say that a list of dishes is no evidence; the file before is kept."""
    assert set(bound(root)) == {"potluck", "interfaces"}

    told = add(root, [root / NAME], reason="a list for the party", by="Ada Kirsch")

    assert told[:2] == [
        "potluck: taken out of gonogo.yaml; it was a draft that nobody had confirmed.",
        f"{NAME}: settled as no evidence; nobody is asked about it again.",
    ]
    assert set(bound(root)) == {"interfaces"}
    assert set(load_program(root).program.not_evidence or {}) == {NAME}
    assert "- id: potluck" in (root / "gonogo.earlier.yaml").read_text(encoding="utf-8")


HEAD = """schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
"""
READS = """  - id: NAME
    collector: table
    path: PATH
    side: provider
    producer: P
    settings:
      tables:
        t:
          unique: [key]
          columns:
            key: {header: Interface ID, type: id}
            test: {header: E2E test, type: text, allowed: any}
      facts:
        interfaces.e2e_passed_ratio: {share: {where: test == "Passed"}}
"""
DATED = "    pick: newest as_of\n    as_of: {file_name: '(\\d{4}-\\d{2}-\\d{2})'}\n"
SAID = "    as_of: {at: 2027-04-01, by: Ada Kirsch}\n"


def written(root: Path, *bindings: tuple[str, str, str], **files: str) -> Path:
    """A program of bindings that a person has confirmed: id, path and when it held; and its files with their words."""
    (root / "evidence").mkdir()
    for name, word in files.items():
        text = f"Interface ID,E2E test\nI1,{word}\n"
        (root / "evidence" / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
    texts = [READS.replace("NAME", name).replace("PATH", f"{path}\n{day}".rstrip()) for name, path, day in bindings]
    (root / "gonogo.yaml").write_text(HEAD + "".join(texts), encoding="utf-8")
    return root


def test_a_confirmed_binding_goes_with_its_file_and_its_facts_are_unknown(tmp_path: Path) -> None:
    """A person who says that it is no evidence is heard; nothing gets better by that."""
    root = written(tmp_path, ("a", "evidence/a.csv", SAID), a="Passed")

    told = add(root, [root / "evidence" / "a.csv"], reason="of last year", by="Ada Kirsch")

    assert told[0] == (
        "a: taken out of gonogo.yaml, although it was confirmed. It was the only source, so it is unknown from now on: "
        "interfaces.e2e_passed_ratio."
    )
    assert not bound(root)
    [(path, why)] = (load_program(root).program.not_evidence or {}).items()
    assert path == "evidence/a.csv"
    assert why.startswith("of last year (Ada Kirsch, 20")


def test_a_fact_that_another_binding_reads_rests_on_it_alone(tmp_path: Path) -> None:
    """Who takes one of two sources away hears on which one it depends."""
    root = written(tmp_path, ("a", "evidence/a.csv", SAID), ("b", "evidence/b.csv", SAID), a="Passed", b="Passed")

    told = add(root, [root / "evidence" / "a.csv"], reason="of last year", by="Ada Kirsch")

    assert told[0].endswith("although it was confirmed. interfaces.e2e_passed_ratio rests on b alone now.")
    assert set(bound(root)) == {"b"}


@pytest.mark.parametrize(("newest", "waits"), [("Failed", True), ("Passed", False)])
def test_a_binding_that_reads_other_files_too_waits_where_it_says_something_else(
    tmp_path: Path, newest: str, waits: bool
) -> None:
    """The newest export with its failures left out is no better news; one that changes nothing is left out at once."""
    files = {"i_2026_03_01": "Passed", "i_2026_03_02": newest}
    root = written(tmp_path, ("a", "evidence/i-*.csv", DATED), **files)

    told = add(root, [root / "evidence" / "i-2026-03-02.csv"], reason="a trial", by="Ada Kirsch", now=NOW)

    assert bound(root)["a"].confirmed is (False if waits else None)
    words = (
        "a: reads other files too, and without this one it says interfaces.e2e_passed_ratio 1 of 1 instead of 0 of 1."
    )
    assert any(line.startswith(f"{words} It was confirmed with it, so it waits") for line in told) is waits
    assert list(load_program(root).program.not_evidence or {}) == ["evidence/i-2026-03-02.csv"]


def test_a_word_beside_a_file_that_a_binding_reads_by_now_takes_nothing_out(tmp_path: Path) -> None:
    """It lists what nobody read when it was made, and says nothing of a binding confirmed since."""
    adding = Adding.begin(open_program(written(tmp_path, ("a", "evidence/a.csv", SAID), a="Passed")))

    take_left_files(adding, [AnsweredRow("no evidence", "evidence/a.csv", "", "of last year", "", "row 2")])

    assert not adding.changed
    assert adding.told == [
        "evidence/a.csv: not settled: a reads it by now. If it is no evidence all the same: gonogo add PROGRAM "
        "evidence/a.csv --not-evidence REASON"
    ]


def test_every_binding_that_reads_a_file_is_looked_at(tmp_path: Path) -> None:
    """Of a workbook with two sheets, `check` told of the first binding alone."""
    root = written(
        tmp_path, ("a", "evidence/a.csv", SAID), ("b", "evidence/a.csv", SAID + "    confirmed: no"), a="Passed"
    )

    look = check_file(root / "evidence" / "a.csv", program=root, now=datetime(2027, 4, 10, tzinfo=UTC))

    assert look.what == "bound as a, and bound as b; nobody has confirmed that binding, so no run reads it"
    assert [line for line in look.answers if line.startswith("  by ")] == ["  by a:", "  by b:"]
    assert sum("interfaces.e2e_passed_ratio = 1 of 1" in line for line in look.answers) == 2


def test_a_reason_for_a_folder_is_not_dropped_without_a_word(root: Path) -> None:
    """Somebody believed that the whole folder was settled, and every file of it was read as before."""
    before = (root / "gonogo.yaml").read_bytes()

    found = add_each(root, [root / "evidence"], reason="of another program", by="Ada Kirsch")

    assert [line.partition(". If")[0] for line in found.told[:2]] == [
        "evidence/interfaces.csv: the reason is not written, because interfaces reads it",
        f"{NAME}: the reason is not written, because potluck reads it",
    ]
    assert f"gonogo add PROGRAM {NAME} --not-evidence REASON" in found.told[1]
    assert found.waits
    assert (root / "gonogo.yaml").read_bytes() == before


def test_a_reason_for_a_folder_settles_what_nobody_reads_and_names_the_rest(root: Path) -> None:
    (root / "evidence" / "menu.csv").write_text("Course,Wine\n1,red\n", encoding="utf-8")

    found = add_each(root, [root / "evidence"], reason="of another program", by="Ada Kirsch")

    assert set(load_program(root).program.not_evidence or {}) == {"evidence/menu.csv"}
    assert sum("the reason is not written" in line for line in found.told) == 2
    assert found.waits


def test_a_reason_for_a_folder_in_which_all_is_settled_says_so(root: Path) -> None:
    for name in ("interfaces.csv", "potluck.csv"):
        add(root, [root / "evidence" / name], reason="of another program", by="Ada Kirsch")

    found = add_each(root, [root / "evidence"], reason="of another program", by="Ada Kirsch")

    assert found.told == ["The reason is not written: every file there is superseded or settled already."]
    assert not found.waits
