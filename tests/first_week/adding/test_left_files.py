"""Files that nothing reads, and settings that only a person knows, in the binding workbook."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.binding_workbook import OTHERS
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.left_files import REPLACES
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
K6 = (
    '{"metrics": {"http_reqs": {"values": {"count": 6000, "rate": 75.5}},'
    ' "http_req_failed": {"values": {"rate": 0.01, "passes": 60, "fails": 5940}}},'
    ' "root_group": {}, "state": {"testRunDurationMs": 80000}}'
)
SARIF = '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [{"id": "R"}]}}, "results": []}]}'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with a load test, scan results and a letter, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("left")
    (root / "evidence").mkdir()
    (root / "evidence" / "k6-summary.json").write_text(K6, encoding="utf-8")
    (root / "evidence" / "scan.sarif").write_text(SARIF, encoding="utf-8")
    (root / "evidence" / "letter.pdf").write_bytes(b"%PDF-1.4\n")
    start(root, conduct(root, GIVEN))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def fill(root: Path, page: str, *answers: tuple[str, str | None, Any]) -> list[str]:
    """Type answers into a page, and bind."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    (sheet,) = [each for each in book.worksheets if page in each.title]
    for tag, about, answer in answers:
        next(r for r in sheet.iter_rows() if r[0].value == tag and about in (None, r[1].value))[3].value = answer
    book.save(root / "bindings.xlsx")
    return bind(root / "bindings.xlsx", root)


def load_test(root: Path) -> Binding:
    """The binding of the load test."""
    (found,) = load_program(root).program.bindings
    return found


def test_what_the_ruleset_asks_nothing_of_is_settled_and_nobody_is_asked(root: Path) -> None:
    """A binding that answers no fact stops every run, and a question about it wastes the office's time."""
    settled = load_program(root).program.not_evidence or {}

    assert settled == {"evidence/scan.sarif": "SARIF scan results: m3-baseline asks for no fact of it"}
    assert load_test(root).plugin == "load"


def test_a_file_of_that_kind_that_comes_later_is_settled_too(root: Path) -> None:
    """Week two brings the next scan."""
    (root / "evidence" / "nightly.sarif").write_text(SARIF, encoding="utf-8")

    told = add(root, [root / "evidence" / "nightly.sarif"])

    assert "m3-baseline asks for no fact of it; it is listed under not_evidence." in told[0]
    assert "evidence/nightly.sarif" in (load_program(root).program.not_evidence or {})


def test_a_letter_is_settled_by_a_word_beside_it(root: Path) -> None:
    """Blank leaves it asked."""
    fill(root, OTHERS)
    assert "evidence/letter.pdf" not in (load_program(root).program.not_evidence or {})

    told = fill(root, OTHERS, ("no evidence", "evidence/letter.pdf", "what it says is stated in the workbook"))

    assert told[0] == "evidence/letter.pdf: settled as no evidence; nobody is asked about it again."
    assert (load_program(root).program.not_evidence or {})["evidence/letter.pdf"].startswith("what it says")


def test_the_forecast_peak_and_the_day_are_asked_of_a_load_test(root: Path) -> None:
    """Without them nobody knows what 75 requests a second prove, or when."""
    said = (("confirmed by", None, "Lin Marchetti"), ("held", None, "2026-11-19"))

    told = fill(root, "k6", *said, ("setting", "forecast_peak.requests_per_second", 60))

    assert "load-test: confirmed by Lin Marchetti." in told
    assert load_test(root).settings == {"forecast_peak": {"requests_per_second": "60"}}
    assert f"{load_test(root).inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-19"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            (("setting", "forecast_peak.requests_per_second", "many"), ("held", None, "2026-11-19")),
            "settings cannot be",
        ),
        ((("setting", "forecast_peak.requests_per_second", 60),), "nobody has said when its content held"),
    ],
)
def test_a_wrong_setting_or_no_day_leaves_it_waiting(root: Path, answers: tuple[Any, ...], says: str) -> None:
    """Half an answer is a guess."""
    told = fill(root, "k6", ("confirmed by", None, "Lin Marchetti"), *answers)

    assert says in told[0]
    assert load_test(root).confirmed is False


REPORTS = "Report,Critical?,Validated\nRP-1,Y,Yes\nRP-2,N,{}\n"
CASES = "tracking of reports.csv"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one confirmed list, another file of its headings, a load test that waits, and its workbook."""
    root = tmp_path_factory.mktemp("lists")
    (root / "evidence").mkdir()
    (root / "evidence" / "validated.csv").write_text(REPORTS.format("No"), encoding="utf-8")
    (root / "evidence" / "k6-summary.json").write_text(K6, encoding="utf-8")
    start(root, conduct(root, GIVEN))
    add(root, [root / "evidence" / "validated.csv"], confirm=True, by="Lin Marchetti", held="2026-11-19")
    (root / "evidence" / CASES).write_text(REPORTS.format("Yes"), encoding="utf-8")
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


def reads(root: Path) -> tuple[str, ...]:
    """What the binding of the list reads."""
    return next(each for each in load_program(root).program.bindings if each.plugin == "table").inputs[0].paths


@pytest.mark.parametrize("chosen", [True, False])
def test_a_file_takes_the_place_of_a_bound_one_by_a_choice_beside_it(lists: Path, tmp_path: Path, chosen: bool) -> None:
    """It was a command to type, and the office that fears the terminal left last week's figures standing."""
    shutil.copytree(lists, tmp_path / "p")
    root = tmp_path / "p"
    told = fill(root, OTHERS, *([(REPLACES, f"evidence/{CASES}", "validated")] if chosen else []))

    assert reads(root) == ((f"evidence/{CASES}",) if chosen else ("evidence/validated.csv",))
    assert ("evidence/validated.csv" in (load_program(root).program.not_evidence or {})) is chosen
    assert any("On which day did it hold?" in line for line in told) is chosen
    waits = {each.id for each in load_program(root).program.bindings if each.confirmed is not None}
    assert ("validated" in waits) is chosen  # nobody has said yet when the new one held


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (((REPLACES, f"evidence/{CASES}", "nothing"),), "not taken: The program has no binding nothing"),
        (
            ((REPLACES, f"evidence/{CASES}", "validated"), ("no evidence", f"evidence/{CASES}", "lunch")),
            "not settled: the row below says that it takes another's place",
        ),
    ],
)
def test_a_choice_that_cannot_be_is_told(lists: Path, tmp_path: Path, answers: tuple[Any, ...], says: str) -> None:
    """Two answers about one file, and a binding that is not there."""
    shutil.copytree(lists, tmp_path / "p")

    assert any(says in line for line in fill(tmp_path / "p", OTHERS, *answers))


def test_a_hidden_choice_changes_nothing(lists: Path, tmp_path: Path) -> None:
    """A person who looks at the workbook has to see it."""
    shutil.copytree(lists, tmp_path / "p")
    book = openpyxl.load_workbook(tmp_path / "p" / "bindings.xlsx")
    row = next(r for r in book[OTHERS].iter_rows() if r[0].value == REPLACES)
    book[OTHERS].row_dimensions[row[0].row].hidden = True
    book.save(tmp_path / "p" / "bindings.xlsx")

    told = fill(tmp_path / "p", OTHERS, (REPLACES, f"evidence/{CASES}", "validated"))

    assert any("is hidden, and an answer stands there" in line for line in told)
    assert reads(tmp_path / "p") == ("evidence/validated.csv",)


STEPS = "Process,To-be status\nP-1,{}\nP-2,Approved\nP-3,Draft\n"


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("word", ["Approved", "Draft", "Agreed"])
def test_a_file_takes_the_place_of_a_drafted_one_in_the_workbook_that_confirms_it(
    tmp_path: Path, word: str, *, chosen: bool
) -> None:
    """The first draft was of the older file, and it needed a command, a second workbook and a second name for that."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Process inventory final.csv").write_text(STEPS.format("Draft"), encoding="utf-8")
    (tmp_path / "evidence" / "Process inventory final_v2.csv").write_text(STEPS.format(word), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, GIVEN))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    said = [("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19")]
    said.append(("fact", "process.documented_ratio", "To-be status"))
    other = "evidence/Process inventory final_v2.csv"
    if chosen:
        book = openpyxl.load_workbook(tmp_path / "bindings.xlsx")
        (row,) = [row for row in book[OTHERS].iter_rows() if row[0].value == REPLACES]
        row[3].value = "process-inventory-final"
        book.save(tmp_path / "bindings.xlsx")

    told = fill(tmp_path, "Process", *said)

    (binding,) = load_program(tmp_path).program.bindings
    assert binding.inputs[0].paths == ((other,) if chosen else ("evidence/Process inventory final.csv",)), told
    assert (binding.confirmed is None) is not (chosen and word == "Agreed"), told
