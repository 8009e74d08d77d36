"""From an empty workbook to a verdict: filled in by LibreOffice as a person would, and by openpyxl; then assessed."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from gonogo.cli import run
from gonogo.program.program_file import load_program

FILLER = Path(__file__).parent / "office_fill.py"
SYSTEM_PYTHON = "/usr/bin/python3"
TYPED = {
    "F2": "yes",
    "F3": "3",
    "F4": "93.2%",
    "F5": "1284.37",
    "F6": "2.75",
    "F7": "closed",
    "F8": "2028-01-31 17:00",
    "F9": "0012",
}
AS_OF = "2027-04-19T12:00-04:00"


def typed_rows() -> dict[str, str]:
    cells = dict(TYPED)
    for row in range(2, 10):
        cells |= {
            f"G{row}": "2027-04-19",
            f"I{row}": "ada.kirsch",
            f"J{row}": "executive_sponsor",
            f"K{row}": "customer",
            f"L{row}": "tom.reyes",
        }
    return cells


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice, and the system's Python with its bridge."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed; `make system-deps` installs it")
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False).returncode:
        pytest.skip("the UNO bridge of LibreOffice is not installed; `make system-deps` installs it")
    return found


def fill(office: str, source: Path, target: Path, cells: dict[str, dict[str, str]]) -> bytes:
    command = [SYSTEM_PYTHON, str(FILLER), office, str(source), str(target)]
    done = subprocess.run(command, input=json.dumps(cells), text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


class TestLibreOffice:
    def test_what_a_person_types_is_what_is_read(self, office, stated, tmp_path):
        """Every type, through another program's file format, without a loss."""
        stated.file.write_bytes(stated.made.data)

        answers = stated.answers(fill(office, stated.file, tmp_path / "filled.xlsx", {"Evidence": typed_rows()}))

        assert {name: answer.detail for name, answer in answers.items() if answer.gap} == {}
        assert {name: answer.value for name, answer in answers.items() if name != "ato.expires"} == {
            "cutover.approved": True,
            "cutover.rehearsals": 3,
            "tests.covered_ratio": Decimal("0.932"),
            "tests.cost": Decimal("1284.37"),
            "tests.hours_per_case": Decimal("2.75"),
            "survey.state": "closed",
            "ato.letter": "0012",
        }
        assert answers["ato.expires"].value.isoformat() == "2028-01-31T22:00:00+00:00"

    def test_locked_cells_stay_registers_come_back_and_slips_are_named(self, office, stated, tmp_path):
        """One visit, as it goes: a locked cell is tried, a person is added, a row is half filled in."""
        stated.file.write_bytes(stated.made.data)
        cells = {
            "Evidence": {"B2": "Another question?", "F3": "3 or so", "F4": "93.2", "I4": "ada.kirsch", "F5": "7"},
            "People": {
                "A5": "provider",
                "B5": "technical_lead",
                "C5": "lin.marchetti",
                "D5": "Lin Marchetti",
                "E5": "2026-06-01",
            },
        }

        data = fill(office, stated.file, stated.root / "people.xlsx", cells)

        answers = stated.answers(data)
        assert "cell F2 is empty" in answers["cutover.approved"].detail
        assert "cell G3: Held on of cutover.rehearsals is empty" in answers["cutover.rehearsals"].detail
        assert "cell G4: Held on of tests.covered_ratio is empty" in answers["tests.covered_ratio"].detail
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        (stated.root / "gonogo.yaml").write_text(program.replace("people.yaml", "people.xlsx"), encoding="utf-8")
        tenures = load_program(stated.root).people.tenures
        assert [(one.person, str(one.start)) for one in tenures][-1] == ("lin.marchetti", "2026-06-01")
        assert len(tenures) == 4


class TestAssessed:
    @pytest.fixture
    def bound(self, stated):
        """The program names the workbook, and nothing else."""
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        (stated.root / "gonogo.yaml").write_text(program + stated.made.block, encoding="utf-8")
        return stated

    def assessed(self, root: Path, capfd) -> tuple[int, str]:
        capfd.readouterr()
        code = run(["assess", str(root), "--as-of", AS_OF, "--engine", "reference", "--full"])
        told = capfd.readouterr()
        return code, told.out + told.err

    def test_the_line_that_the_command_prints_is_enough(self, bound, capfd):
        """`attestations: evidence.xlsx`, and the verdict rests on what people state."""
        bound.file.write_bytes(bound.filled())

        code, told = self.assessed(bound.root, capfd)

        assert code == 1
        assert "NO-GO" in told
        assert "1,284,611.37 USD" in told

    def test_an_empty_workbook_is_unknown_not_an_error(self, bound, capfd):
        """Week one: everything is asked, nothing is answered, and the report says which cell."""
        bound.file.write_bytes(bound.made.data)

        code, told = self.assessed(bound.root, capfd)

        assert code == 1
        assert "sheet Evidence" in told
        assert "nobody has answered" in told

    def test_a_workbook_made_for_an_earlier_ruleset_counts_for_nothing(self, bound, capfd):
        """The criteria changed after the questions were asked."""
        bound.file.write_bytes(bound.filled())
        rules = bound.root / "rules" / "ruleset.yaml"
        rules.write_text(
            rules.read_text(encoding="utf-8").replace("rehearsals >= 2", "rehearsals >= 1"), encoding="utf-8"
        )

        code, told = self.assessed(bound.root, capfd)

        assert code == 1
        assert "made for another ruleset" in " ".join(told.split())

    def test_a_missing_workbook_is_told_before_anything_runs(self, bound, capfd):
        """A named file that is not there is a mistake of the program file."""
        code, told = self.assessed(bound.root, capfd)

        assert code == 2
        assert "there is no such file" in told
