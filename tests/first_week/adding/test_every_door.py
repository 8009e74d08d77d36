"""Each door through which a person confirms or corrects asks the same: one name, a day that has come, what was seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add_each
from gonogo.first_week.adding.answered_form import asked_about, take_answers
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.one_binding import look_at_binding, settle_binding
from gonogo.first_week.adding.sheet_line import FIXED, SheetLine
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program

Said = Mapping[str, str]
Door = Callable[[Path, Said], str]
"""Say something through one door, by the tags of the rows of a sheet, and return what is heard."""

FILE = "evidence/Interfaces.csv"
TABLE = "Interface ID,E2E test result\nI-1,Passed\nI-2,Parked\nI-3,Failed\n"
GOOD = {"confirmed by": "Ada Kirsch", "held": "2026-11-19", "why corrected": "It was another day."}
DATED, COMING = "evidence/Interfaces 2026-11-12.csv", "evidence/Interfaces 2098-12-01.csv"


def binding(root: Path) -> Binding:
    (found,) = load_program(root).program.bindings
    return found


def of_error(error: UsageError) -> str:
    return f"{error} {error.hint}"


def by_command(root: Path, said: Said) -> str:
    (path,) = (root / "evidence").iterdir()
    try:
        found = add_each(root, [path], confirm=True, by=said["confirmed by"], held=said.get("held", ""))
    except UsageError as error:
        return of_error(error)
    return " ".join(found.told)


def at_a_terminal(root: Path, said: Said) -> str:
    told = list[str]()

    def ask(question: str, _default: str) -> str:
        return said.get("held", "") if "which day" in question.casefold() else "yes"

    try:
        found = add_each(root, [], confirm=True, by=said["confirmed by"], ask=ask, tell=told.append)
    except UsageError as error:
        return of_error(error)
    return " ".join([*told, *found.told])


def on_the_page(root: Path, said: Said) -> str:
    look = look_at_binding(root, binding(root).id)
    held = said.get("held", "")
    try:
        return " ".join(settle_binding(root, look.id, by=said["confirmed by"], held=held, seen=look.seen))
    except UsageError as error:
        return of_error(error)


def answer_of(row: SheetLine, said: Said) -> tuple[str, str]:
    return said.get(row.tag, row.answer), row.second or ""


def in_detail(root: Path, said: Said) -> str:
    asked = asked_about(root, binding(root).id)
    given = {number: answer_of(row, said) for number, row in enumerate(asked.rows) if row.tag not in FIXED}
    try:
        return " ".join(take_answers(root, asked.id, given, seen=asked.seen))
    except UsageError as error:
        return of_error(error)


def in_the_workbook(root: Path, said: Said) -> str:
    again = [binding(root).id] if binding(root).confirmed is None else []
    if not (root / "b.xlsx").is_file():
        (root / "b.xlsx").write_bytes(make_workbook_of(root, again=again)[0])
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if each.title[:2] == "1 "]
    for row in page.iter_rows(min_row=2):
        if row[0].value in said:
            row[3].value = said[str(row[0].value)]
    book.save(root / "b.xlsx")
    return heard(root)


def on_the_first_sheet(root: Path, said: Said) -> str:
    if not (root / "b.xlsx").is_file():
        (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    book = openpyxl.load_workbook(root / "b.xlsx")
    page = book["Start here"]
    page["B1"], page["B2"] = said["confirmed by"], said.get("held")
    (line,) = [row for row in page.iter_rows(min_row=6) if "Interfaces" in str(row[1].value)]
    line[3].value = "yes"
    book.save(root / "b.xlsx")
    return heard(root)


def heard(root: Path) -> str:
    try:
        return " ".join(bind(root / "b.xlsx", root))
    except UsageError as error:
        return of_error(error)


FIRST: Mapping[str, Door] = {
    each.__name__: each
    for each in (by_command, at_a_terminal, on_the_page, in_detail, in_the_workbook, on_the_first_sheet)
}
"""Doors through which a binding is confirmed."""
AGAIN: Mapping[str, Door] = {each.__name__: each for each in (in_detail, in_the_workbook)}
"""Doors through which a confirmed binding is corrected."""
DOORS = [*((name, False) for name in FIRST), *((name, True) for name in AGAIN)]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one table that waits, and says no day."""
    root = tmp_path_factory.mktemp("doors") / "p"
    (root / "evidence").mkdir(parents=True)
    (root / FILE).write_text(TABLE, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    return root


@pytest.fixture(scope="module")
def signed(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once a person has confirmed it."""
    root = Path(shutil.copytree(waiting, tmp_path_factory.mktemp("signed") / "p"))
    on_the_page(root, {**GOOD, "held": "2026-11-18"})
    assert binding(root).confirmed is None
    return root


@pytest.fixture
def root(request: pytest.FixtureRequest, tmp_path: Path, waiting: Path, signed: Path) -> Path:
    """A copy of the program that waits, or of the one that is corrected."""
    corrects = request.node.callspec.params.get("corrects", False)
    return Path(shutil.copytree(signed if corrects else waiting, tmp_path / "p"))


@pytest.mark.parametrize(("name", "corrects"), DOORS)
def test_each_door_takes_a_name_and_a_day_that_has_come(name: str, corrects: bool, root: Path) -> None:
    """What is refused below is refused for its own reason."""
    FIRST[name](root, GOOD)

    as_of = binding(root).inputs[0].as_of
    assert (binding(root).confirmed, f"{as_of.at:%Y-%m-%d}", as_of.by) == (None, "2026-11-19", "Ada Kirsch")
    assert as_of.sha256


WHY = {
    "Ada Kirsch; Theo Brandvold": "names several people",
    "svc-ada": "may be a service",
    "PMO team": "nobody's name",
    "Data team": "names a group",
    "Ada, Theo": "may name several people",
    "2998-01-01": "still to come",
    "November": "is not a day",
}
"""What no door takes, and what it says of it."""


@pytest.mark.parametrize(("name", "corrects"), DOORS)
@pytest.mark.parametrize(
    "said",
    [{"held" if "-0" in value or value == "November" else "confirmed by": value} for value in WHY],
    ids=lambda said: next(iter(said.values())),
)
def test_no_door_takes_anything_else(name: str, corrects: bool, root: Path, said: Said) -> None:
    before = (root / "gonogo.yaml").read_bytes()

    told = FIRST[name](root, {**GOOD, **said})

    assert (root / "gonogo.yaml").read_bytes() == before
    (value,) = said.values()
    assert value in told
    assert WHY[value] in told


def renamed(root: Path, path: str) -> None:
    """Let the file have a day in its name, and the binding take it."""
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line.strip().startswith("as_of: {at:")]
    rule = "    as_of: {file_name: '(20\\d{2}-\\d{2}-\\d{2})'}"
    (root / "gonogo.yaml").write_text(text.replace(FILE, path).replace(said[-1], rule), encoding="utf-8")
    (root / FILE).rename(root / path)


@pytest.mark.parametrize(("name", "corrects"), DOORS)
def test_no_door_confirms_a_file_that_dates_itself_on_a_day_still_to_come(
    name: str, corrects: bool, root: Path
) -> None:
    """It would count as fresh on that day, whatever it holds."""
    renamed(root, COMING)
    before = (root / "gonogo.yaml").read_bytes()

    told = FIRST[name](root, {**GOOD, "held": "", "producer": "Somebody else"})

    assert (root / "gonogo.yaml").read_bytes() == before
    assert "cannot be confirmed: evidence/Interfaces 2098-12-01.csv is dated 2098-12-01" in told


@pytest.mark.parametrize(("name", "corrects"), [each for each in DOORS if each[0] in AGAIN])
def test_a_day_against_the_name_of_the_file_is_told_first_and_written(name: str, corrects: bool, root: Path) -> None:
    renamed(root, DATED)

    told = FIRST[name](root, GOOD)

    says = "against what the file says, by Ada Kirsch on "
    assert told.startswith(f"interfaces: {says}")
    assert "held on 2026-11-19, and the name of the file says 2026-11-12" in told
    assert says in (root / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(AGAIN))
def test_a_second_correction_is_compared_with_the_file_as_the_first_one_was(name: str, root: Path) -> None:
    """The day that a person had said before stood in the place of the file's own."""
    renamed(root, DATED)
    FIRST[name](root, GOOD)
    (root / "b.xlsx").unlink(missing_ok=True)

    told = FIRST[name](root, {**GOOD, "held": "2026-11-20"})

    assert "held on 2026-11-20, and the name of the file says 2026-11-12" in told


@pytest.mark.parametrize("corrects", [False, True])
def test_a_day_is_that_of_the_content_that_the_workbook_was_made_from(corrects: bool, root: Path) -> None:
    """The answers are about its words, which are the same; the day is about no other content."""
    in_the_workbook(root, {"held": "2026-11-17"})
    seen = next(entry.as_of.sha256 for entry in binding(root).inputs) if corrects else None
    (root / FILE).write_text(TABLE + "I-4,Parked\n", encoding="utf-8")

    in_the_workbook(root, GOOD)

    digest = binding(root).inputs[0].as_of.sha256
    assert binding(root).confirmed is None
    assert digest is not None
    assert seen in (None, digest)
    assert look_at_binding(root, "interfaces").wants_day
