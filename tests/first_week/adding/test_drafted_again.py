"""What an agency reads by a profile of its own is drafted again by that one, and by no shipped profile."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.drafted_again import drafted_again
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.program_file import load_program

JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority\n"
    "A,H-1,1,Bug,Done,H,Highest\nB,H-2,2,Bug,Resolved,H,Highest\nC,H-3,3,Bug,To Do,H,High\n"
)
FILE = "evidence/jira-2026-11-20.csv"


def own_profile(root: Path, *, telling: bool) -> None:
    """Write the agency's own profile of its Jira: one that is as sure of the file as the shipped one, or less."""
    (shipped,) = [each.path for each in shipped_profiles() if each.name == "jira-issues"]
    text = shipped.read_text(encoding="utf-8").replace("name: jira-issues\n", "name: zinc-bugs\n")
    if not telling:
        head, _, rest = text.partition("  telling:\n")
        told, mark, after = rest.partition("\n  foreign:")
        assert mark
        text = f"{head}  telling:\n{told.replace('- ', '- Agency ')}{mark}{after}"
    (root / "profiles").mkdir(parents=True)
    (root / "profiles" / "zinc-bugs.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / FILE).write_text(JIRA, encoding="utf-8")
    return tmp_path


def read_by(root: Path) -> str:
    (binding,) = load_program(root).program.bindings
    assert binding.profile is not None
    return binding.profile.name


def test_of_two_profiles_that_are_as_sure_the_agencys_own_is_proposed(root: Path) -> None:
    """Somebody wrote it because the shipped one does not say what this office means."""
    own_profile(root, telling=True)
    start(root, conduct(root, invented_office()))

    assert read_by(root) == "zinc-bugs"


@pytest.mark.parametrize("telling", [True, False])
def test_a_binding_by_an_own_profile_is_confirmed_by_that_profile(root: Path, telling: bool) -> None:
    """Its sheet asked the words of the shipped one, and a name under it put the shipped one in its place."""
    own_profile(root, telling=telling)
    start(root, conduct(root, invented_office()))
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    (root / "gonogo.yaml").write_text(text.replace("profile: jira-issues@", "profile: zinc-bugs@"), encoding="utf-8")
    opened = open_program(root)
    found = drafted_again(opened, opened.bindings[0], FILE)
    assert found is not None
    assert found.profile.partition("@")[0] == "zinc-bugs"

    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "jira" in each.title]
    for row in page.iter_rows():
        if row[0].value in ("confirmed by", "held"):
            row[3].value = "Ada Kirsch" if row[0].value == "confirmed by" else None
    book.save(root / "b.xlsx")
    bind(root / "b.xlsx", root)

    (binding,) = load_program(root).program.bindings
    assert (read_by(root), binding.confirmed) == ("zinc-bugs", None)

    (root / "evidence" / "jira-2026-11-27.csv").write_text(JIRA + "D,H-4,4,Bug,Done,H,High\n", encoding="utf-8")
    add(root, [root / "evidence" / "jira-2026-11-27.csv"])
    assert read_by(root) == "zinc-bugs"
