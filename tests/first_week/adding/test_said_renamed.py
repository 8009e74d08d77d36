"""One heading is another one in week two: proposed where it is plain, said by a person, told with figures, recorded."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_newer_version import bound, put
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add, add_each
from gonogo.first_week.adding.binding_workbook import OTHERS
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.left_files import REPLACES, SAME_COLUMN, WHO, left_files, may_replace
from gonogo.first_week.adding.old_readers import near_bound, readers_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.renamed_headings import renamed_headings
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.model.unconfirmed import why_unconfirmed
from gonogo.program.program_file import load_program

OLD = "CR,Decision,Modified\nC1,Approved,2026-04-01\nC2,Submitted,2026-04-02\nC3,Submitted,2026-04-02\n"
NEW = "CR,Outcome,Modified\nC1,Approved,2026-04-08\nC2,Approved,2026-04-08\nC3,Submitted,2026-04-08\n"
ONE = "change-requests"
NEXT = "change requests 2026-04-09.csv"
FILE = f"evidence/{NEXT}"
FACT = "cr.undecided"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose list of change requests a person has confirmed."""
    root = tmp_path_factory.mktemp("renamed")
    (root / "evidence").mkdir()
    put(root, "change requests.csv", OLD)
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    add(root, [root / "evidence/change requests.csv"], confirm=True, by="Ada Kirsch", held="2026-04-03")
    assert bound(root, ONE).confirmed is None
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def waiting(root: Path, text: str = NEW) -> str:
    """Add next week's list, and return what a person hears of it."""
    return add(root, [put(root, NEXT, text)])[0]


def figures(told: list[str]) -> list[str]:
    """The lines of figures."""
    return [line.strip() for line in told if line.startswith("  ")]


def test_what_is_proposed_works_as_it_is_typed(root: Path) -> None:
    """The only way out was YAML, or an export with the old headings by hand each week."""
    told = waiting(root)
    binding = bound(root, ONE)
    assert (binding.confirmed, binding.waits_for) == (False, FILE)

    typed = shlex.split(told.partition("column: ")[2].partition(". Else")[0])
    assert typed[:4] == ["gonogo", "add", "PROGRAM", FILE]
    options = dict(zip(typed[4::2], typed[5::2], strict=True))
    said = add(root, [root / FILE], replaces=options["--replaces"], renamed=[options["--renamed"]], by="Ada Kirsch")

    assert figures(said) == [f"{FACT}: 2 before, 1 now"]
    binding = bound(root, ONE)
    assert (binding.confirmed, binding.waits_for, binding.inputs[0].paths) == (None, None, (FILE,))
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    assert 'renamed: {Decision: ["Outcome"]}' in text.replace('"Decision"', "Decision")
    assert "# `Outcome` is read as `Decision`: said by Ada Kirsch on 20" in text
    assert f"#   {FACT}: 2 before, 1 now" in text
    assert "# ask: Which counts" not in text


def test_a_list_with_the_old_heading_is_still_read(root: Path) -> None:
    """The tool may call it otherwise next week again."""
    waiting(root)
    add(root, [root / FILE], replaces=ONE, renamed=["Decision=Outcome"], by="Ada Kirsch")
    later = OLD.replace("2026-04-0", "2026-04-1")

    told = add(root, [put(root, "change requests 2026-04-16.csv", later)])

    assert "takes it in place of" in told[0] or "takes it by the pattern" in told[0]
    assert bound(root, ONE).confirmed is None


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"renamed": ["Decision=Outcome"]}, "is not the name of a person"),
        ({"renamed": ["Decision=Outcome"], "by": "no"}, "so nothing is confirmed by it"),
        ({"renamed": ["Decision=Verdict"], "by": "Ada Kirsch"}, "lacks `Decision`, and has `Outcome`"),
        ({"renamed": ["Outcome=Decision"], "by": "Ada Kirsch"}, "lacks `Decision`, and has `Outcome`"),
        ({"renamed": ["Decision=Outcome"], "by": "Ada Kirsch", "reason": "a copy"}, "Headings of one file"),
    ],
)
def test_without_a_person_and_the_right_headings_nothing_is_written(
    root: Path, choices: dict[str, Any], words: str
) -> None:
    """Never silently: a heading that looks alike is none until somebody says it."""
    waiting(root)
    before = (root / "gonogo.yaml").read_bytes()

    with pytest.raises(UsageError, match=words.replace("`", ".")):
        add(root, [root / FILE], replaces=ONE, **choices)

    assert (root / "gonogo.yaml").read_bytes() == before


def test_until_a_person_says_it_the_old_file_cannot_be_confirmed(root: Path) -> None:
    """The advice was to confirm last week's file, while this week's lay beside it."""
    waiting(root)
    why = why_unconfirmed(bound(root, ONE))
    assert why.endswith(f"`gonogo add PROGRAM '{FILE}'` says how to settle it.")
    assert "--confirm" not in why

    with pytest.raises(UsageError, match="may be a newer version of what it reads"):
        add(root, [Path("evidence/change requests.csv")], confirm=True, by="Ada Kirsch")
    assert bound(root, ONE).confirmed is False

    told = add(root, [root / FILE])
    assert "--renamed Decision=Outcome" in told[0]
    assert told[-1] == (f"{ONE} waits because of 1 newer file: `gonogo add PROGRAM '{FILE}'` says how to settle it.")


def test_a_file_that_is_no_evidence_lets_the_older_one_be_read_again(root: Path) -> None:
    """Two commands where one says all: the person has said that the newer file is none."""
    waiting(root)

    told = add(root, [root / FILE], reason="a draft of the board", by="Ada Kirsch")

    assert f"{ONE}: read again as it was confirmed, because it waited for this file alone." in told
    assert (bound(root, ONE).confirmed, bound(root, ONE).waits_for) == (None, None)
    assert "# ask: Which counts" not in (root / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (NEW, True),
        (NEW.replace("Approved", "Ja").replace("Submitted", "Nein"), False),
        ("CR,Modified,Outcome\nC1,2026-04-08,Approved\nC2,2026-04-08,Submitted\n", False),
        (NEW.replace("Approved", "2026-04-01").replace("Submitted", "2026-04-02"), False),
    ],
)
def test_what_stands_elsewhere_or_says_something_else_is_asked_and_not_proposed(
    root: Path, text: str, plain: bool
) -> None:
    """A column of other words in the same place may be another column."""
    put(root, NEXT, text)
    opened = open_program(root)
    old, _ = near_bound(opened, FILE)
    (reader,) = readers_of(opened, old, FILE)

    (found,) = renamed_headings(opened, reader, FILE)

    assert (found.old, found.new, bool(found.why)) == ("Decision", "Outcome" if plain else "", plain)
    assert found.offered == ("Outcome",)
    assert ("--renamed Decision=HEADING" in waiting(root, text)) is not plain


def fill(root: Path, *answers: tuple[str, str]) -> list[str]:
    """Choose on the sheet of files that nothing reads, and bind."""
    path = root / "week.xlsx"
    path.write_bytes(make_workbook_of(root)[0])
    book = openpyxl.load_workbook(path)
    for tag, answer in answers:
        next(r for r in book[OTHERS].iter_rows() if (r[0].value, r[1].value) == (tag, FILE))[3].value = answer
    book.save(path)
    return bind(path, root)


def test_the_workbook_asks_it_and_takes_it_with_a_name(root: Path) -> None:
    """A manager has the workbook and no command; the sheet offered the file, and the command behind it refused it."""
    waiting(root)
    (row,) = [each for each in left_files(open_program(root)) if each.tag == SAME_COLUMN]
    assert (row.about, row.of, row.answer, row.offered) == (FILE, "Decision", "", ("Outcome",))
    assert "it stands in the same place" in row.note

    told = fill(root, (REPLACES, ONE), (SAME_COLUMN, "Outcome"), (WHO, "Bea Lund"))

    assert f"{FACT}: 2 before, 1 now" in figures(told)
    assert (bound(root, ONE).confirmed, bound(root, ONE).inputs[0].paths) == (None, (FILE,))
    assert "said by Bea Lund on" in (root / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([(REPLACES, ONE), (SAME_COLUMN, "Outcome")], "write your name beside `said by`"),
        ([(REPLACES, ONE), (WHO, "Bea Lund")], "does not read it"),
        ([(SAME_COLUMN, "Outcome"), (WHO, "Bea Lund")], "choose beside `takes the place of` too"),
    ],
)
def test_half_an_answer_takes_nothing_and_says_what_is_missing(
    root: Path, answers: list[tuple[str, str]], words: str
) -> None:
    """Nothing is taken for said that nobody wrote."""
    waiting(root)

    told = fill(root, *answers)

    assert any("not taken" in line and words in line for line in told)
    assert bound(root, ONE).waits_for == FILE


def test_what_a_binding_cannot_read_is_not_offered(root: Path) -> None:
    """Whatever a sheet offers, the command behind it takes."""
    put(root, NEXT, OLD.replace("2026-04-02", "soon"))
    found = may_replace(open_program(root), FILE)
    assert found is not None
    assert f"{ONE} does not read it" in found.why
    assert [each.tag for each in left_files(open_program(root))] == ["no evidence", "ask"]


def test_a_program_that_says_what_it_waits_for_loads_and_forgets_it_once_confirmed(root: Path) -> None:
    """By hand, somebody may delete `confirmed: no` alone."""
    waiting(root)
    path = root / "gonogo.yaml"
    path.write_text(
        "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if "confirmed: no" not in line),
        encoding="utf-8",
    )

    (found,) = [each for each in load_program(root).program.bindings if each.id == ONE]

    assert (found.confirmed, found.waits_for) == (None, None)
    assert add_each(root, [root / FILE]).waits
