"""``gonogo add --not-evidence``: a draft that nobody confirmed never stops a person from saying no."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.first_week.adding.test_added import GIVEN, bound

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

NAME = "evidence/potluck.csv"


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


def test_a_binding_that_somebody_confirmed_stays(root: Path) -> None:
    """Evidence never leaves a program by the way."""
    lines = (root / "gonogo.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if "confirmed: no" not in line)
    (root / "gonogo.yaml").write_text(kept, encoding="utf-8")

    with pytest.raises(UsageError, match=r"potluck reads evidence/potluck\.csv, so it is evidence") as caught:
        add(root, [root / NAME], reason="a list for the party", by="Ada Kirsch")

    assert "somebody has confirmed it" in caught.value.hint
    assert (root / "gonogo.yaml").read_text(encoding="utf-8") == kept


def test_a_draft_that_reads_other_files_too_stays(root: Path) -> None:
    """Only this file is no evidence."""
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    (root / "gonogo.yaml").write_text(text.replace(NAME, "evidence/p*.csv"), encoding="utf-8")
    (root / "evidence" / "plan.csv").write_text("Dish No,Brings\n1,Ada\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"potluck reads evidence/potluck\.csv") as caught:
        add(root, [root / NAME], reason="a list for the party", by="Ada Kirsch")

    assert "it reads other files too" in caught.value.hint
