"""A corrected export holds every row of the one before; the second part of a list holds others."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.adding.whole_list import holds_all_of, holds_all_rows
from gonogo.testing.programs import binding_of

OLD = "Incident,State\nINC1,Open\nINC2,Closed\nINC3,Open\n"


@pytest.mark.parametrize(
    ("new", "holds"),
    [
        (OLD, True),
        (OLD.replace("Open", "Closed") + "INC4,Open\n", True),
        ("State,Incident\nOpen,INC3\nOpen,INC2\nOpen,INC1\n", True),
        ("Incident,State\nINC1,Open\nINC2,Closed\n", False),
        ("Incident,State\nINC4,Open\nINC5,Closed\nINC6,Open\n", False),
        ("Number,State\nINC1,Open\nINC2,Closed\nINC3,Open\n", False),
    ],
)
def test_a_file_holds_another_one_by_its_keys(tmp_path: Path, new: str, holds: bool) -> None:
    """One key fewer, as many, and one more: the order of rows and columns does not matter, and no state does."""
    (tmp_path / "old.csv").write_text(OLD)
    (tmp_path / "new.csv").write_text(new)
    assert holds_all_rows(tmp_path / "old.csv", tmp_path / "new.csv") is holds


@pytest.mark.parametrize(("first", "holds"), [(0, False), (1, False), (2, True)])
def test_a_number_of_rows_is_no_key(tmp_path: Path, first: int, holds: bool) -> None:
    """Each part of a list numbers its rows from 1 again."""
    for name, state in (("old.csv", "Open"), ("new.csv", "Closed")):
        rows = [f"{number},{state}\n" for number in range(first, first + 4)]
        (tmp_path / name).write_text("No,State\n" + "".join(rows))
    assert holds_all_rows(tmp_path / "old.csv", tmp_path / "new.csv") is holds


def test_rows_that_nothing_tells_apart_hold_nothing(tmp_path: Path) -> None:
    """Nobody knows then whether a row is there again."""
    for name in ("old.csv", "new.csv"):
        (tmp_path / name).write_text("Kind,State\nA,Open\nA,Open\nB,Open\n")
    assert not holds_all_rows(tmp_path / "old.csv", tmp_path / "new.csv")


def test_what_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    """A file without a table is no corrected export."""
    (tmp_path / "old.csv").write_text(OLD)
    (tmp_path / "new.csv").write_bytes(b"\x00\x01\x02")
    assert not holds_all_rows(tmp_path / "old.csv", tmp_path / "new.csv")


CASES = "Run,Case,Result\n1,A,Pass\n1,B,Pass\n2,A,Fail\n"


@pytest.mark.parametrize(
    ("unique", "new", "holds"),
    [
        (["run", "case"], CASES, True),
        (["run", "case"], CASES.replace("2,A", "2,C"), False),
        (["case"], CASES.replace("2,A,Fail\n", ""), True),
        (["case"], CASES.replace("1,B,Pass\n", ""), False),
        (["run"], CASES, False),
        (["case"], CASES.replace("Case", "Number"), False),
        ([], CASES, True),
        ([], CASES.replace("2,A", "2,C"), False),
    ],
)
def test_what_a_binding_calls_its_key_tells_its_rows_apart(
    tmp_path: Path, unique: list[str], new: str, holds: bool
) -> None:
    """In a list with a row a step no one column does, and the binding says by which two; numbers from 1 are no key."""
    columns = {name: {"header": name.capitalize(), "type": "id"} for name in ("run", "case")}
    binding = binding_of("table", settings={"tables": {"t": {"unique": unique, "columns": columns}}})
    (tmp_path / "old.csv").write_text(CASES if unique != ["run"] else "Run,Case\n1,A\n2,B\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text(new, encoding="utf-8")

    assert holds_all_of(binding, tmp_path / "old.csv", tmp_path / "new.csv") is holds
