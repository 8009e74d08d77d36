"""Last month's list in a folder such as `old` never answers beside the present one, whichever is easier to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.standing_files import HowItStands
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import Started, start
from gonogo.first_week.superseding import sort_out
from gonogo.plugin.inputs.aside_folders import is_aside
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
STEPS = "Step,Status,Planned finish,Updated\nS-1,Complete,2026-04-01,2026-04-29\nS-2,Open,2026-04-02,2026-04-30\n"
CASES = "Case,Result\nC-1,Pass\nC-2,Fail\n"


def made(root: Path, files: dict[str, str]) -> Started:
    put(root, files)
    return start(root, conduct(root, GIVEN))


def put(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / "evidence" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "evidence" / path).write_text(text, encoding="utf-8")


def bound(root: Path) -> list[str]:
    return [path for each in load_program(root).program.bindings for entry in each.inputs for path in entry.paths]


@pytest.mark.parametrize(
    ("folder", "aside"),
    [
        ("old", True),
        ("_Archive (Oct 2026)", True),
        ("archive 2026-10", True),
        ("old v2", True),
        ("Last month's", True),
        ("last-week", True),
        ("OLD - do not use", True),
        ("Old Town office", False),
        ("last mile tests", False),
        ("2026-10", False),
        ("evidence", False),
        ("reports", False),
    ],
)
def test_what_a_folder_is_called(folder: str, aside: bool) -> None:
    assert is_aside(folder) is aside


class TestBesideAPresentOne:
    @pytest.mark.parametrize(
        ("old", "present", "content"),
        [
            ("old/steps.csv", "system/steps.csv", STEPS),
            ("old/steps.csv", "system/steps.csv", CASES),
            ("system/archive/steps v6.csv", "system/steps v7.csv", STEPS),
            ("last month/steps.csv", "system/steps.csv", STEPS),
            ("old/cutover list.csv", "system/steps.csv", STEPS),
        ],
        ids=["another folder", "other headings", "a version", "last month", "the same headings"],
    )
    def test_it_is_superseded(self, tmp_path: Path, old: str, present: str, content: str) -> None:
        made(tmp_path, {old: content, present: STEPS})

        assert bound(tmp_path) == [f"evidence/{present}"]
        [(path, reason)] = (load_program(tmp_path).program.not_evidence or {}).items()
        assert path == f"evidence/{old}"
        assert reason.startswith(f"superseded by evidence/{present}: newer by ")
        [standing] = [each for each in folder_status(tmp_path) if each.path == path]
        assert standing.standing is HowItStands.SUPERSEDED

    def test_although_nobody_can_read_the_present_one(self, tmp_path: Path) -> None:
        made(tmp_path, {"old/steps.csv": STEPS, "system/steps.csv": "\0\1\2"})

        assert bound(tmp_path) == []
        [standing] = [each for each in folder_status(tmp_path) if "old/" in each.path]
        assert standing.standing is HowItStands.SUPERSEDED
        assert "evidence/system/steps.csv is newer by the folder 'old'" in standing.words

    def test_another_list_is_no_rival(self, tmp_path: Path) -> None:
        made(tmp_path, {"old/cases.csv": CASES, "system/steps.csv": STEPS})

        assert sorted(bound(tmp_path)) == ["evidence/old/cases.csv", "evidence/system/steps.csv"]

    def test_headings_alone_take_nothing_from_the_other_side(self, tmp_path: Path) -> None:
        """The list of the other agency is another list."""
        made(tmp_path, {"old/provider steps.csv": STEPS, "system/list.csv": STEPS})

        assert sorted(bound(tmp_path)) == ["evidence/old/provider steps.csv", "evidence/system/list.csv"]

    @pytest.mark.parametrize(("day", "newer"), [("29", False), ("30", False), ("31", True)])
    def test_a_later_day_in_the_name_of_the_old_one_is_asked_about(self, tmp_path: Path, day: str, newer: bool) -> None:
        files = [f"old/steps 2026-03-{day}.csv", "system/steps 2026-03-30.csv"]
        put(tmp_path, dict.fromkeys(files, STEPS))

        found = sort_out([Recognized(f"evidence/{path}", FileKind.CSV) for path in files], tmp_path)

        assert bool(found.instead) is newer
        assert bool(found.by) is not newer


def test_where_only_the_old_one_is_there_it_is_asked_about_first(tmp_path: Path) -> None:
    [proposal] = made(tmp_path, {"old/steps.csv": STEPS}).proposals

    assert proposal.asked[0].startswith("It lies in the folder 'old': is this still the present one?")


class TestAdded:
    def test_an_old_one_that_is_named_is_listed_and_not_drafted(self, tmp_path: Path) -> None:
        made(tmp_path, {"system/steps.csv": STEPS})
        put(tmp_path, {"old/steps.csv": CASES, "old/cutover list.csv": STEPS})

        told = add(tmp_path, [tmp_path / "evidence/old/steps.csv", tmp_path / "evidence/old/cutover list.csv"])

        assert bound(tmp_path) == ["evidence/system/steps.csv"]
        assert "older than evidence/system/steps.csv" in told[0]
        assert "evidence/system/steps.csv is newer by the folder 'old'" in told[1]
        assert [*(load_program(tmp_path).program.not_evidence or {})] == ["evidence/old/cutover list.csv"]

    def test_the_present_one_takes_the_place_of_the_old_one(self, tmp_path: Path) -> None:
        made(tmp_path, {"old/steps.csv": STEPS})
        put(tmp_path, {"system/steps.csv": STEPS})

        told = add(tmp_path, [tmp_path / "evidence/system/steps.csv"])

        assert "a newer version of evidence/old/steps.csv" in told[0]
        assert bound(tmp_path) == ["evidence/system/steps.csv"]
