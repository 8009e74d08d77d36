"""Last month's export in another folder is no rival of this month's; where nobody can tell, one question asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.standing_files import HowItStands
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.interview import conduct
from gonogo.first_week.series import in_series, newer
from gonogo.first_week.starting import Started, start
from gonogo.first_week.superseding import sort_out
from gonogo.program.program_file import load_program

GIVEN = invented_office(go_live="2099-05-03T06:00", build="B-7")
MARCH = "Step,Status,Planned finish,Updated\nS-1,Open,2026-04-01,2026-03-30\nS-2,Open,2026-04-02,2026-03-31\n"
APRIL = "Step,Status,Planned finish,Updated\nS-1,Complete,2026-04-01,2026-04-29\nS-2,Open,2026-04-02,2026-04-30\n"
OTHER = "Case,Result\nC-1,Pass\nC-2,Fail\n"


class TestWhichIsNewer:
    @pytest.mark.parametrize(
        ("one", "other", "by"),
        [
            ("raid_april.csv", "old/raid_march.csv", "the month in its name"),
            ("raid_2027-04.csv", "archive/raid_2027-03.csv", "the month in its name"),
            ("2027-04/raid.csv", "2027-03/raid.csv", "the month of its folder"),
            ("2027-04/raid.csv", "archive/2027-03/raid.csv", "the month of its folder"),
            ("raid.csv", "old/raid.csv", "the folder 'old', in which the other is"),
            ("raid.csv", "Old versions (do not use)/raid.csv", "the folder 'Old versions (do not use)', in which"),
            ("2027-04-30/raid.csv", "2027-03-31/raid.csv", "the day of its folder"),
            ("new/../v2/raid.csv", "new/../v1/raid.csv", "the version of its folder"),
            ("raid v10.csv", "old/raid v9.csv", "the version in its name"),
            ("raid January 2027.csv", "archive/raid December 2026.csv", "the month in its name"),
        ],
    )
    def test_names_and_folders_tell(self, one: str, other: str, by: str) -> None:
        first, second = in_series(f"evidence/{one}"), in_series(f"evidence/{other}")

        assert first.series == second.series
        assert newer(first, second).startswith(by)
        assert newer(second, first) == ""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("archive/raid_2027-04.csv", "raid_2027-03.csv"),
            ("2027-04/raid v1.csv", "2027-03/raid v2.csv"),
            ("raid_january.csv", "old2/../raid_december.csv"),
            ("raid_2027-04.csv", "raid_march.csv"),
            ("2027-04/raid.csv", "raid.csv"),
            ("archive/raid.csv", "old/raid.csv"),
            ("raid_2027-04-30.csv", "raid_april.csv"),
        ],
        ids=[
            "set aside",
            "folders and versions",
            "the turn of the year",
            "no year",
            "one date",
            "both aside",
            "unlike",
        ],
    )
    def test_what_does_not_agree_tells_nothing(self, one: str, other: str) -> None:
        """Nobody may pick the better one silently."""
        first, second = in_series(one), in_series(other)

        assert newer(first, second) == newer(second, first) == ""

    @pytest.mark.parametrize(("later", "told"), [("june", True), ("july", True), ("august", False)])
    def test_months_without_a_year_are_told_up_to_half_a_year_apart(self, later: str, told: bool) -> None:
        """August may be before February of the next year."""
        first, second = in_series(f"raid_{later}.csv"), in_series("old2/../raid_february.csv")

        assert bool(newer(first, second)) is told

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("north/raid.csv", "south/raid.csv"),
            ("provider/raid_april.csv", "raid_march.csv"),
            ("raid_april.csv", "risk_march.csv"),
            ("wave 1/raid.csv", "wave 2/raid.csv"),
            ("raid_april.csv", "raid_march.xlsx"),
        ],
    )
    def test_files_of_other_places_and_names_are_no_series(self, one: str, other: str) -> None:
        assert in_series(one).series != in_series(other).series


def made(root: Path, **files: str) -> Started:
    """Start a program with these files of evidence."""
    for path, text in files.items():
        (root / "evidence" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "evidence" / path).write_text(text, encoding="utf-8")
    return start(root, conduct(root, GIVEN))


class TestInit:
    def test_the_newest_is_bound_and_the_other_named_with_the_reason(self, tmp_path: Path) -> None:
        """Both were bound before, and each question was asked twice."""
        started = made(tmp_path, **{"runbook_april.csv": APRIL, "old/runbook_march.csv": MARCH})

        [proposal] = started.proposals
        program = load_program(tmp_path).program
        assert [each.inputs[0].paths for each in program.bindings] == [("evidence/runbook_april.csv",)]
        [(path, reason)] = (program.not_evidence or {}).items()
        assert path == "evidence/old/runbook_march.csv"
        assert reason == "superseded by evidence/runbook_april.csv: newer by the month in its name"
        text = (tmp_path / "gonogo.yaml").read_text()
        assert "newer than evidence/old/runbook_march.csv by the month in its name" in " ".join(text.split())
        assert not any("Which one counts" in each for each in proposal.asked)
        [old] = [each for each in folder_status(tmp_path) if each.path.endswith("march.csv")]
        assert old.standing is HowItStands.SUPERSEDED
        assert "superseded by evidence/runbook_april.csv" in old.words

    def test_where_nobody_can_tell_one_question_names_both_dates(self, tmp_path: Path) -> None:
        started = made(tmp_path, **{"archive/runbook_2026-04.csv": APRIL, "runbook_2026-03.csv": MARCH})

        [proposal] = started.proposals
        [question] = [each for each in proposal.asked if "Which one counts" in each]
        assert "evidence/runbook_2026-03.csv (2026-03) or evidence/archive/runbook_2026-04.csv (2026-04)?" in question
        assert load_program(tmp_path).program.not_evidence is None
        assert load_program(tmp_path).program.bindings[0].confirmed is False
        [other] = [each for each in folder_status(tmp_path) if "archive" in each.path]
        assert other.standing is HowItStands.UNKNOWN

    def test_dates_that_no_name_says_are_those_of_the_rows(self, tmp_path: Path) -> None:
        started = made(tmp_path, **{"2026-04/runbook.csv": APRIL, "runbook.csv": MARCH})

        [question] = [each for each in started.proposals[0].asked if "Which one counts" in each]
        assert "(2026-04) or evidence/runbook.csv (its newest row is of 2026-03-31)?" in question

    def test_another_table_under_such_a_name_is_bound_beside_it(self, tmp_path: Path) -> None:
        """A name alone takes nothing away: the headings are those of another table."""
        started = made(tmp_path, **{"2026-04/runbook.csv": APRIL, "2026-03/runbook.csv": OTHER})

        assert sorted(path for each in started.proposals for path in each.paths) == [
            "evidence/2026-03/runbook.csv",
            "evidence/2026-04/runbook.csv",
        ]
        assert not any(each.superseded for each in started.proposals)


def test_three_months_are_superseded_by_the_last(tmp_path: Path) -> None:
    paths = [f"2026-0{month}/runbook.csv" for month in (2, 4, 3)]
    for path in paths:
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(APRIL, encoding="utf-8")

    found = sort_out([Recognized(path, FileKind.CSV) for path in paths], tmp_path)

    assert {path: newest for path, (newest, _) in found.by.items()} == {
        "2026-02/runbook.csv": "2026-04/runbook.csv",
        "2026-03/runbook.csv": "2026-04/runbook.csv",
    }
    assert not found.instead


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("2026-05", "a newer version of evidence/2026-04/runbook.csv"),
        ("2026-03", "older than evidence/2026-04/runbook.csv, which"),
        ("later", ""),
    ],
)
def test_week_two_in_a_folder_of_its_own(tmp_path: Path, folder: str, told: str) -> None:
    """An office that keeps a folder a month adds the next one by one command."""
    made(tmp_path, **{"2026-04/runbook.csv": APRIL})
    path = tmp_path / "evidence" / folder / "runbook.csv"
    path.parent.mkdir()
    path.write_text(APRIL, encoding="utf-8")

    lines = add(tmp_path, [path])

    assert (told in lines[0]) if told else ("newer" not in lines[0] and "older" not in lines[0])
