"""Several dated updates of a schedule: what moved between them is drafted beside the newest, without a line of YAML."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.invented_office import invented_office
from tests.schedule_updates import update_of

from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import Started, start
from gonogo.program.program_file import load_program

NOW = datetime(2027, 4, 16, 17, tzinfo=UTC)
DAYS = ("2027-04-01", "2027-04-08", "2027-04-15")


def office(root: Path, names: dict[str, str], ruleset: str = "m3-hardened", **more: Any) -> Started:
    """Start a program over updates, by the name of each and its status date."""
    (root / "evidence").mkdir(parents=True)
    for name, day in names.items():
        (root / "evidence" / name).write_bytes(update_of(day))
    given = invented_office(go_live="2027-05-03T06:00")
    return start(root, conduct(root, {**given, "ruleset": ruleset, **more}))


def dated(*days: str) -> dict[str, str]:
    """Return updates that are called by their days."""
    return {f"ims_{day}.xml": day for day in days}


def inputs(root: Path) -> dict[str, dict[str, list[str]]]:
    """Return what each binding of a program reads, by its collector."""
    bindings = load_program(root).program.bindings
    return {each.collector: {entry.name: list(entry.paths) for entry in each.inputs} for each in bindings}


class TestDrafted:
    def test_two_updates_are_compared(self, tmp_path: Path) -> None:
        """The newest is taken by the pattern, so that a file which nobody adds is compared too."""
        office(tmp_path, dated(*DAYS[1:]))

        assert inputs(tmp_path) == {
            "mspdi": {"file": ["evidence/ims_*.xml"]},
            "comparison": {"before": ["evidence/ims_2027-04-08.xml"], "after": ["evidence/ims_*.xml"]},
        }

    def test_three_are_a_series_too_which_counts_for_the_weeks(self, tmp_path: Path) -> None:
        """One file cannot prove which weeks had none, and says so; without `authority` that would stand beside it."""
        office(tmp_path, dated(*DAYS))

        assert inputs(tmp_path)["comparison"]["before"] == ["evidence/ims_2027-04-08.xml"]
        assert inputs(tmp_path)["series"] == {"update": [f"evidence/ims_{day}.xml" for day in DAYS]}
        assert load_program(tmp_path).program.authority == {"ims.weekly_updates_missed_90d": "schedule-series"}

    def test_all_of_them_wait_for_a_person_and_answer_once_somebody_has_looked(self, tmp_path: Path) -> None:
        """Nobody has said that these files are updates of one plan."""
        office(tmp_path, dated(*DAYS))
        program = open_program(tmp_path, NOW)

        assert [each.confirmed for each in program.bindings] == [False] * 3
        _, moved, series = (preview_in(program, each) for each in program.bindings)
        assert not isinstance(moved, str)
        assert not isinstance(series, str)
        assert {item.fact: item.value for item in moved.items}["ims.data_date_advanced_days"] == 7
        assert [item.value for item in series.items] == [10]

    @pytest.mark.parametrize("names", [dated(DAYS[2]), {"ims v1.xml": DAYS[1], "ims v2.xml": DAYS[2]}])
    def test_one_update_is_compared_with_nothing_and_neither_is_a_version(
        self, tmp_path: Path, names: dict[str, str]
    ) -> None:
        """v1 beside v2 may be the same week corrected."""
        office(tmp_path, names)

        assert list(inputs(tmp_path)) == ["mspdi"]

    def test_another_plan_of_the_same_days_is_not_taken_for_an_update(self, tmp_path: Path) -> None:
        """The provider's plan beside the agency's has a name of its own."""
        office(tmp_path, {"ims_2027-04-08.xml": DAYS[1], "provider_2027-04-15.xml": DAYS[2]})

        assert set(inputs(tmp_path)) == {"mspdi"}

    def test_where_a_pattern_would_take_other_files_each_is_named(self, tmp_path: Path) -> None:
        """`ims_*.xml` means the provider's plan too."""
        office(tmp_path, dated(*DAYS[1:]) | {"ims_provider_2027-04-15.xml": DAYS[2]})

        assert inputs(tmp_path)["comparison"] == {
            "before": ["evidence/ims_2027-04-08.xml"],
            "after": ["evidence/ims_2027-04-15.xml"],
        }


class TestARulesetThatAsksNothingOfIt:
    def test_they_are_left_out_with_a_sentence_and_the_program_runs(self, tmp_path: Path) -> None:
        """A binding that answers no known fact stops every run."""
        office(tmp_path, dated(*DAYS[1:]), ruleset="m3-baseline")

        assert list(inputs(tmp_path)) == ["mspdi"]
        text = " ".join((tmp_path / "gonogo.yaml").read_text("utf-8").replace("\n  #  ", "").split())
        assert "2 dated updates; what moved between two of them (`schedule:comparison`) is not bound" in text
        assert "not_evidence:" not in text
