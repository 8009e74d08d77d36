"""A name that says more than that of the bound file: a part of the list by its name is no newer version of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gonogo.model.program import AsOf, AsOfRule, Handling, InputPath, Marking
from gonogo.plugin.inputs.name_words import foreign_words, words_beyond
from gonogo.plugin.inputs.opened import InputFault, open_inputs
from gonogo.testing.programs import binding_of, program_of

DATED = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(20\d{2}-\d{2}-\d{2})")


def read(root: Path, pattern: str, *names: str, newest: bool = True, personal: bool = False) -> str:
    """Return the name of the file that a pattern means, or why it means none."""
    for name in names:
        (root / name).write_bytes(b"x")
    entry = InputPath(name="file", paths=(pattern,), pick_newest=newest, as_of=DATED)
    handling = Handling(marking=Marking.PII) if personal else Handling()
    try:
        [found] = open_inputs(binding_of("table", inputs=(entry,), handling=handling), root, program_of().identity)
    except InputFault as fault:
        return f"{fault.reason}: {fault.sentence}"
    os.close(found.descriptor)
    return found.path


@pytest.mark.parametrize(
    ("name", "bound", "words"),
    [
        ("X closed only 2026-12-04.csv", "X 2026-11-27.csv", "closed only"),
        ("X_by_Anna_2026-12-04.csv", "X_2026-11-27.csv", "by anna"),
        ("Copy of X.csv", "X.csv", "copy of"),
        ("X (1 of 3) 2026-12-04.csv", "X 2026-11-27.csv", "of"),
        ("X P1 2026-12-04.csv", "X 2026-11-27.csv", "p"),
        ("X 2026-12-04 DRAFT.csv", "X 2026-11-27.csv", "draft"),
        ("old/X 2026-12-04.csv", "new/X 2026-11-27.csv", "old"),
        ("X 2026-12-04.csv", "X closed only 2026-11-27.csv", ""),
        ("Jira 2026-11-28T08_15_02-0500.csv", "jira 2026-12-05T19_00_11-0500.csv", ""),
        ("X as of 2026-12-04 (2).csv", "X 2026-11-27.csv", ""),
        ("X v3 final.csv", "X v2.csv", ""),
        ("X Dec 3.xlsx", "X Nov 30.xlsx", ""),
        ("X-12-03-2026.csv", "X 11-25-2026.csv", ""),
    ],
)
def test_what_a_name_says_beyond_another(name: str, bound: str, words: str) -> None:
    """A date, a version, a time or a number is another day of one list; a word is not."""
    assert " ".join(words_beyond(name, [bound])) == words


def test_the_newest_of_a_pattern_is_not_read_if_it_may_be_a_part(tmp_path: Path) -> None:
    """The list of what is closed would say that nothing is open."""
    found = read(tmp_path, "X *.csv", "X 2026-11-27.csv", "X closed only 2026-12-04.csv")
    assert found == (
        "conflict: X closed only 2026-12-04.csv is the newest of the files that X *.csv matches. "
        "Its name says `closed only`, "
        "and that of another one does not: it may be a part of the list, or another list. If it is, list it under "
        "not_evidence; if it is the whole list, bind it by its exact path."
    )


def test_an_older_part_is_in_nobodys_way(tmp_path: Path) -> None:
    """The newest file is the whole list, so nothing is doubtful."""
    assert read(tmp_path, "X *.csv", "X closed only 2026-11-27.csv", "X 2026-12-04.csv") == "X 2026-12-04.csv"


def test_words_that_all_files_of_a_pattern_have_say_nothing(tmp_path: Path) -> None:
    """The person who wrote the pattern meant these."""
    assert read(tmp_path, "X *.csv", "X SIT 2026-11-27.csv", "X SIT 2026-12-04.csv") == "X SIT 2026-12-04.csv"


@pytest.mark.parametrize(
    ("pattern", "name", "refused"),
    [
        ("X *.csv", "X closed only 2026-12-04.csv", True),
        ("X *.csv", "X SIT 2026-12-04.csv", False),  # a word of no part, and no other name to compare with
        ("X closed only *.csv", "X closed only 2026-12-04.csv", False),  # the pattern says it
        ("X closed only 2026-12-04.csv", "X closed only 2026-12-04.csv", False),  # the path says it
        ("*.csv", "closed only 2026-12-04.csv", False),  # any name is meant
    ],
)
def test_a_lone_file_is_compared_with_the_pattern(tmp_path: Path, pattern: str, name: str, refused: bool) -> None:
    """Somebody moved the whole list away; what is left is not the list."""
    for newest in (True, False):
        found = read(tmp_path, pattern, name, newest=newest)
        assert (found != name) is refused
        assert (f"{name} is the one file that X *.csv matches. Its name says `closed only`: " in found) is refused


def test_words_of_a_personal_source_are_not_repeated(tmp_path: Path) -> None:
    """They may be somebody's name."""
    found = read(tmp_path, "X *.csv", "X 2026-11-27.csv", "X Quagmire 2026-12-04.csv", personal=True)
    assert found.startswith(
        "conflict: X *.csv is the newest of the files that X *.csv matches. Its name has other words than "
    )
    assert "uagmire" not in found


def test_a_path_has_no_foreign_words() -> None:
    """It means the file that it spells out, also where others lie beside it."""
    assert foreign_words("X only.csv", "X only.csv", ["X.csv"]) == ()


def test_a_name_without_a_date_in_a_personal_source_is_told_in_words_of_the_folder(tmp_path: Path) -> None:
    """What to do must be clear without the name, which may be somebody's."""
    found = read(tmp_path, "X *.csv", "X 2026-11-27.csv", "X Quagmire.csv", personal=True)
    assert found == (
        "missing: When X *.csv held is not known: it matches a file whose name, which is not repeated here, does not "
        "have one such date; bind the file that counts by its exact path, or list the other one under not_evidence."
    )
