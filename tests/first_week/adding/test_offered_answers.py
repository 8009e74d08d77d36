"""An answer that a sheet offers is one that it takes, and what it needs beside it stands there before."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.filled_cells import EMPTY
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

CHANNELS = "Channel,Carries PII,Protection,{}\nCH-1,Yes,SFTP with keys,{}\nCH-2,Yes,E-mail,No\nCH-3,Yes,SFTP,Yes\n"
UNPROTECTED = "privacy.pii_transfers_unprotected"
CODES = "Legacy Code,Active,New Code\n" + "".join(
    f"L-{n:02},{'No' if n == 3 else 'Yes'},{ {1: '', 2: 'n/a', 3: ''}.get(n, f'N-{n}') }\n" for n in range(1, 41)
)
UNMAPPED = "mapping.unmapped_codes"


def begun(root: Path, name: str, text: str) -> dict[str, SheetLine]:
    """A program with one list, and what its sheet asks of each fact."""
    (root / "evidence").mkdir()
    (root / "evidence" / name).write_text(text, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    opened = open_program(root)
    return {row.about: row for row in sheet_of(opened, opened.bindings[0])[1] if row.tag == "fact"}


def answered(root: Path, *answers: tuple[str, str | None, str, str]) -> list[str]:
    """Confirm the one sheet with these answers."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if each.title.startswith("1 ")]
    said = (("confirmed by", None, "Ada Kirsch", ""), ("held", None, "2026-11-19", ""), *answers)
    for tag, about, answer, second in said:
        row = next(r for r in page.iter_rows() if r[0].value == tag and about in (None, r[1].value))
        row[3].value, row[4].value = answer, second
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root)


def figure(root: Path, fact: str) -> str:
    """What a fact comes to."""
    opened = open_program(root)
    return said_by_fact(opened, opened.bindings[0]).get(fact, "")


@pytest.mark.parametrize(("first", "count"), [("Yes", "1"), ("No", "2"), ("Asked for", "2")])
def test_no_under_the_word_for_what_is_lacking_counts(tmp_path: Path, first: str, count: str) -> None:
    """The column was refused until each plain word was explained; a word that nobody knows counts as the worse."""
    rows = begun(tmp_path, "PII transfer channels.csv", CHANNELS.format("Approved", first))
    assert "say first" not in rows[UNPROTECTED].note

    told = answered(tmp_path, ("fact", UNPROTECTED, "Approved", ""))

    (binding,) = load_program(tmp_path).program.bindings
    assert binding.confirmed is None, told
    assert figure(tmp_path, UNPROTECTED).partition(" ")[0].rstrip(",") == count


def test_what_words_have_to_be_said_first_stands_beside_the_question(tmp_path: Path) -> None:
    """Two words in the heading may say of an exception that it is approved."""
    rows = begun(tmp_path, "PII transfer channels.csv", CHANNELS.format("Approved exception", "Yes"))
    note = rows[UNPROTECTED].note

    assert "For `Approved exception` say first, in the rows `word`, which words mean " in note
    told = answered(tmp_path, ("fact", UNPROTECTED, "Approved exception", ""))
    assert any("changes nothing of" in line for line in told)

    told = answered(
        tmp_path,
        ("fact", UNPROTECTED, "Approved exception", ""),
        ("word", "Yes", "open", ""),
        ("word", "No", "open", ""),
    )
    assert not any("changes no figure" in line for line in told if "`No`" in line), told


@pytest.mark.parametrize("cell", ["n/a", ""])
@pytest.mark.parametrize(("only", "second", "count"), [("", "", "3"), ("Active", "Yes", "2")])
def test_a_cell_that_names_nothing_counts_what_is_lacking(
    tmp_path: Path, cell: str, only: str, second: str, count: str
) -> None:
    """That an old code has no new one was a blank cell, and no answer could say it."""
    rows = begun(tmp_path, "Crosswalk codes.csv", CODES.replace("n/a", cell))
    assert EMPTY in rows[UNMAPPED].offered
    assert "New Code" in rows[UNMAPPED].offered
    assert "Legacy Code" not in rows[UNMAPPED].offered

    told = answered(tmp_path, ("fact", UNMAPPED, "New Code", EMPTY), ("only rows", None, only, second))

    (binding,) = load_program(tmp_path).program.bindings
    assert binding.confirmed is None, told
    assert figure(tmp_path, UNMAPPED).partition(" ")[0].rstrip(",") == count


def test_a_column_that_can_answer_nothing_is_not_offered(tmp_path: Path) -> None:
    """Days and free texts were offered for a number of open things, and refused."""
    text = "Channel,Protection,Since,State\n" + "".join(f"C-{n},by way {n},2026-10-{n:02},Open\n" for n in range(1, 31))
    rows = begun(tmp_path, "PII transfer channels.csv", text)

    assert [each for each in rows[UNPROTECTED].offered if each != "not here"] == ["State"]


STEPS = "Process ID,Step,Step name,Position responsible\n" + "".join(
    f"PR-{n:02},1,Step {n},{'' if n == 4 else 'Accountant'}\n" for n in range(1, 21)
)
MAPPED = "process.mapped_to_position_ratio"


def test_a_position_that_is_responsible_is_one_to_which_a_step_is_mapped(tmp_path: Path) -> None:
    """The page on binding promises it, and the sheet refused what it offered."""
    begun(tmp_path, "Step assignment.csv", STEPS)

    told = answered(tmp_path, ("fact", MAPPED, "Position responsible", "is filled in"))

    assert figure(tmp_path, MAPPED).startswith("19 of 20"), told


def test_a_column_of_names_alone_is_refused_with_what_stands_beside_it(tmp_path: Path) -> None:
    """It said that the column may name people, and named nobody who could do anything about it."""
    begun(tmp_path, "Step assignment.csv", STEPS)

    told = answered(tmp_path, ("fact", MAPPED, "Position responsible", ""))

    assert any("choose `is filled in` beside it" in line for line in told), told


SPLIT = "Channel,PII,Protection,Approved by ISSO\nCH-1,Yes,SFTP,Yes\nCH-2,Yes,E-mail,No\nCH-3,No,USB,N/A\n"


class TestNotHere:
    def test_it_wins_over_a_guess_that_was_left_beside_it(self, tmp_path: Path) -> None:
        """The whole sheet was refused because of a column that nobody had typed."""
        rows = begun(tmp_path, "PII transfer channels.csv", SPLIT)
        guess = rows[UNPROTECTED].second
        assert guess

        told = answered(tmp_path, ("fact", UNPROTECTED, "not here", guess))

        assert any("confirmed by Ada Kirsch" in line for line in told), told
        assert figure(tmp_path, UNPROTECTED) == ""

    def test_a_column_that_a_person_wrote_beside_it_is_refused(self, tmp_path: Path) -> None:
        """Nobody can tell which of both is meant."""
        begun(tmp_path, "PII transfer channels.csv", SPLIT)

        told = answered(tmp_path, ("fact", UNPROTECTED, "not here", "Protection"))

        assert any("`not here` stands beside `Protection`; leave one of the two" in line for line in told), told
