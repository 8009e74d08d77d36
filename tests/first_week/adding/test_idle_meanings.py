"""A meaning that a person typed and by which nothing counts otherwise is told, whatever the fact counts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

TESTED = "Interface ID,E2E test result\nI-1,Passed\nI-2,Parked\nI-3,Failed\n"
SIGNED = (("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one table, and its binding workbook."""
    root = tmp_path_factory.mktemp("idle")
    (root / "evidence").mkdir()
    (root / "evidence" / "Interfaces.csv").write_text(TESTED, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.mark.parametrize(
    ("means", "idle"),
    [
        ("passed", False),
        ("approved", True),
        ("done", True),
        ("open", False),
        ("failed", False),
        ("none of these", False),
        ("", False),
    ],
)
def test_a_meaning_without_effect_is_told(made: Path, tmp_path: Path, means: str, idle: bool) -> None:
    """A person who typed `done` believed that the row counts as tested, and nobody said that it does not.

    That an open row does not count is what its figure says already: *no fact counts by that* was untrue.
    """
    root = tmp_path / "p"
    shutil.copytree(made, root)
    fill(root, "Interfaces", *SIGNED, ("word", "Parked", means or None))

    told = bind(root / "bindings.xlsx", root)

    said = f"interfaces: changes no figure: `Parked` under E2E test result as {means}; "
    assert any(each.startswith(said) for each in told) is idle
    assert bound(root)["interfaces"].confirmed is None


@pytest.mark.parametrize("means", ["failed", "open", "none of these", None])
def test_the_only_word_that_says_passed_does_not_count_against_what_a_person_says(
    made: Path, tmp_path: Path, means: str | None
) -> None:
    """`Passed` was taken as a plain word that no row holds, so it counted on, and the meaning was told as idle."""
    root = tmp_path / "p"
    shutil.copytree(made, root)
    fill(root, "Interfaces", *SIGNED, ("word", "Passed", means))

    told = bind(root / "bindings.xlsx", root)

    assert not any("changes no figure" in each for each in told)
    assert any("interfaces.e2e_passed_ratio 0 of 3" in each for each in told)
    condition = bound(root)["interfaces"].settings["facts"]["interfaces.e2e_passed_ratio"]["share"]["where"]
    assert condition == 'e2e_test_result == "(no word yet)"'


@pytest.mark.parametrize(
    ("means", "idle"), [("done", True), ("open", False), ("passed", False), ("none of these", False)]
)
def test_a_correction_is_told_the_same(made: Path, tmp_path: Path, means: str, idle: bool) -> None:
    """The check was made when the binding was confirmed, and not when its sheet was corrected."""
    root = tmp_path / "p"
    shutil.copytree(made, root)
    fill(root, "Interfaces", *SIGNED)
    bind(root / "bindings.xlsx", root)
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root, again=["interfaces"])[0])
    fill(root, "Interfaces", ("confirmed by", None, "Bea Lund"), ("why corrected", None, "Parked is known now."))
    fill(root, "Interfaces", ("word", "Parked", means))

    told = bind(root / "bindings.xlsx", root)

    said = f"  changes no figure: `Parked` under E2E test result as {means}; "
    assert any(each.startswith(said) for each in told) is idle
    assert not any("changes no figure: `Passed`" in each for each in told)


def dated(folder: Path, held: str) -> tuple[Path, list[str]]:
    """A program whose table says in a cell above it when it held, signed with a day of a person; what bind tells."""
    (folder / "evidence").mkdir()
    book: Any = openpyxl.Workbook()
    for row in (
        ["Interface register", None],
        ["as of 2026-11-18", None],
        [None, None],
        *(line.split(",") for line in TESTED.splitlines()),
    ):
        book.active.append(row)
    book.save(folder / "evidence" / "Interfaces.xlsx")
    start(folder, conduct(folder, invented_office()))
    (folder / "bindings.xlsx").write_bytes(make_workbook_of(folder)[0])
    fill(folder, "Interfaces", SIGNED[0], ("held", None, held))
    return folder, bind(folder / "bindings.xlsx", folder)


@pytest.mark.parametrize(("held", "taken"), [("2026-11-17", False), ("2026-11-18", True), ("2026-11-19", False)])
def test_a_day_is_not_typed_over_that_of_a_cell(tmp_path: Path, held: str, taken: bool) -> None:
    """The file says the day before, the same and the day after; a fresher day would have hidden how old it is."""
    root, told = dated(tmp_path, held)

    assert bound(root)["interfaces"].confirmed is (None if taken else False)
    refused = f"under `held` stands {held}, and a cell of the file says 2026-11-18: leave `held` blank"
    assert (refused in told[0]) is not taken
