"""A symbolic link that leads to itself, wherever a person may name a path: one sentence, never a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from gonogo.cli import run
from gonogo.cli.publish import write
from gonogo.documents.files import leads_to_itself, real
from gonogo.errors import ConfigurationError, RecordFault
from gonogo.plugin.privacy.pseudonyms import VARIABLE, Pseudonyms
from gonogo.ruleset.locate import stray_files

INIT = [
    *("init", "--yes", "--customer", "NIWA", "--provider", "CFSC", "--release", "R1"),
    *("--go-live", "2027-05-03T06:00", "--time-zone", "America/New_York"),
]


def loop_in(folder: Path) -> Path:
    link = folder / "loop"
    link.symlink_to("loop")
    return link


@pytest.fixture
def loop(small) -> Path:
    """A link to itself inside the program's folder."""
    return loop_in(small.root)


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "{loop}", "--as-of", "{as_of}"],
        ["assess", "{loop}/gonogo.yaml", "--as-of", "{as_of}"],
        ["assess", "{root}", "--as-of", "{as_of}", "-o", "html:{loop}"],
        ["assess", "{root}", "--as-of", "{as_of}", "-o", "html:{loop}/page.html"],
        ["collect", "{loop}", "--as-of", "{as_of}"],
        ["lint", "{loop}"],
        ["map", "{loop}"],
        ["report", "{loop}"],
        ["doctor", "{loop}"],
        ["workbook", "{root}", "-o", "{loop}"],
        ["workbook", "{root}", "-o", "{loop}/book.xlsx"],
        ["workbook", "{loop}"],
        ["raci", "{loop}"],
        ["requests", "{loop}"],
        ["explain", "{loop}"],
        ["test", "{loop}"],
        ["log", "verify", "{loop}"],
        ["ruleset", "upgrade", "{loop}"],
        ["ruleset", "upgrade", "{root}", "--to", "{loop}"],
        [*INIT, "{loop}"],
        [*INIT, "{root}/new", "--evidence", "../loop"],
        [*INIT, "{root}/new", "--people", "{loop}"],
        [*INIT, "{root}/new", "--ruleset", "{loop}"],
    ],
    ids=" ".join,
)
def test_every_verb_says_so(small, loop, capfd, arguments):
    """The place of a mistake is named; what gonogo does inside is nobody's business."""
    words = [word.format(loop=loop, root=small.root, as_of=small.as_of) for word in arguments]

    assert run(words) == 2

    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert "loop" in said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ruleset: ./rules", "ruleset: ./loop"),
        ("people: people.yaml", "people: loop"),
        ("people: people.yaml", "people: loop/people.yaml"),
        ("path: evidence/desk.csv", "path: loop"),
        ("path: evidence/desk.csv", "path: loop/desk.csv"),
        ("people: people.yaml", "people: people.yaml\nlog: loop"),
        ("people: people.yaml", "people: people.yaml\nlog: loop/audit"),
    ],
)
def test_the_program_file_may_name_one(small, loop, capfd, before, after):
    """What cannot be read is missing, and what cannot be written is no record: neither is a verdict of GO."""
    small.edit("gonogo.yaml", before, after)

    assert run([*small.arguments, "-o", f"html:{small.root / 'page.html'}"]) in (1, 2, 4)

    out, err = capfd.readouterr()
    assert "Traceback" not in err
    assert "loop" in out + err or "loop" in (small.root / "page.html").read_text()


def test_a_workbook_is_not_written_over_one(small, capfd):
    """The link has the name of a workbook, but is not one."""
    link = small.root / "book.xlsx"
    link.symlink_to("book.xlsx")

    assert run(["workbook", str(small.root), "-o", str(link)]) in (0, 2)
    assert "Traceback" not in capfd.readouterr().err


def test_the_key_of_stand_ins_may_not_be_one(small, loop):
    """It cannot be read; that is told in the words of the system."""
    pseudonyms = Pseudonyms(small.root / "evidence", {VARIABLE: str(loop)})

    with pytest.raises(ConfigurationError, match="cannot be read"):
        pseudonyms.of("anyone")


def test_a_report_that_is_rendered_again_is_not_lost_in_one(assessed, capfd):
    """It replaces nothing, and says why."""
    link = loop_in(assessed.root)

    assert run(["report", str(assessed.root), "-o", f"html:{link}"]) == 2
    assert "leads to itself" in capfd.readouterr().err
    with pytest.raises(RecordFault, match="cannot be written"):
        write(b"new", link / "page.html", log=assessed.log)


def test_a_folder_of_rules_that_may_not_be_listed_is_told(tmp_path, monkeypatch):
    """Its files may be opened by name, and nobody knows what else lies there."""
    (tmp_path / "cases").mkdir()

    def refuse(self):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)

    [problem] = stray_files(tmp_path)

    assert "the folder cannot be listed: Permission denied" in str(problem)


@pytest.mark.parametrize(("target", "told"), [("loop", True), ("other", True), ("gonogo.yaml", False), (None, False)])
def test_a_link_that_leads_to_itself_is_told_from_one_that_does_not(small, target, told):
    """Also by way of another link; a link to nothing, or no link at all, does not count."""
    (small.root / "other").symlink_to("loop")
    if target:
        (small.root / "loop").symlink_to(target)

    assert leads_to_itself(small.root / "loop") is told
    assert real(small.root / "loop").is_absolute()
