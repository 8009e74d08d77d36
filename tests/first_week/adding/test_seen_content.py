"""An answer is about what was shown, and nobody's answer is written over somebody else's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.one_binding import settle_binding
from gonogo.first_week.adding.program_writing import read_lines, write_again, write_lines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

INTERFACES = "Interface ID,E2E test\nI1,Passed\nI2,Failed\n"
REQUESTS = "CR #,Decision,Modified\nC1,Approved,2026-04-01\nC2,Submitted,2026-04-02\n"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bindings that wait; ask for ``root``, which is a copy."""
    folder = tmp_path_factory.mktemp("seen") / "p"
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "change requests v3.csv").write_text(REQUESTS, encoding="utf-8")
    start(folder, conduct(folder, invented_office()))
    (folder / "evidence" / "interfaces.csv").write_text(INTERFACES, encoding="utf-8")
    add(folder, [folder / "evidence" / "interfaces.csv"])
    return folder


@pytest.fixture
def root(begun: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(begun, tmp_path / "p"))


def waiting(root: Path) -> list[str]:
    return [each.id for each in load_program(root).program.bindings if each.confirmed is not None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("evidence/interfaces.csv", INTERFACES.replace("Failed", "Passed")),
        ("people.yaml", "schema: 1\npeople: []\nstaff: [{person: uma.feld, name: Uma Feld}]\n"),
    ],
)
def test_a_yes_at_the_terminal_is_not_about_what_came_after_the_figures(root: Path, name: str, text: str) -> None:
    """The person saw 1 of 2 and said yes; a file that says something else by now was looked at by nobody."""
    shown: list[str] = []

    def ask(question: str, _default: str) -> str:
        if "Is that read rightly" not in question:
            return "2026-04-15"
        if "] interfaces: " not in [each for each in shown if each.startswith("[")][-1]:
            return "later"
        (root / name).write_text(text, encoding="utf-8")
        return "yes"

    add(root, [], confirm=True, by="Ada Kirsch", ask=ask, tell=shown.append)

    assert "interfaces" in waiting(root)
    assert [
        each for each in shown if "interfaces is not confirmed: its file, the program file or what reads it" in each
    ]


def test_who_answers_for_minutes_does_not_undo_what_the_page_wrote_meanwhile(root: Path) -> None:
    """The last to write would win, and a binding that was set to wait again would count."""
    (requests,) = (each for each in waiting(root) if each != "interfaces")

    def ask(question: str, _default: str) -> str:
        if "Is that read rightly" not in question:
            return "2026-04-15"
        if requests in waiting(root):
            settle_binding(root, requests, by="Bea Corrigan")
            return "later"
        return "no"

    with pytest.raises(UsageError, match="was changed since it was read"):
        add(root, [], confirm=True, by="Ada Kirsch", ask=lambda q, d: ask(q, d) or "an old list")

    assert waiting(root) == ["interfaces"]
    assert "confirmed by Bea Corrigan" in (root / "gonogo.yaml").read_text(encoding="utf-8")


def test_neither_writing_goes_over_a_file_that_is_another_one(root: Path) -> None:
    """The first and the later writing of one change ask the same."""
    before = read_lines(root)
    lines = before.replaced(0, 0, ["# ours"])
    write_lines(root, lines, before)
    again = lines.replaced(0, 0, ["# and again"])
    write_again(root, again, lines)
    theirs = (root / "gonogo.yaml").read_bytes() + b"# theirs\n"
    (root / "gonogo.yaml").write_bytes(theirs)
    kept = sorted(each.name for each in root.iterdir())

    with pytest.raises(UsageError, match="was changed since it was read"):
        write_lines(root, again.replaced(0, 0, ["# more"]), again)
    with pytest.raises(UsageError, match="was changed since it was read"):
        write_again(root, again.replaced(0, 0, ["# more"]), again)

    assert (root / "gonogo.yaml").read_bytes() == theirs
    assert sorted(each.name for each in root.iterdir()) == kept
