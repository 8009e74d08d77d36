"""The next update of a schedule: one command takes it, and compares it with the one before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.invented_office import invented_office
from tests.schedule_updates import update_of

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

NOW = datetime(2027, 4, 24, 17, tzinfo=UTC)
FIRST, SECOND, THIRD, FOURTH, FIFTH = "2027-04-01", "2027-04-08", "2027-04-15", "2027-04-22", "2027-04-29"


def office(root: Path, *days: str, ruleset: str = "m3-hardened") -> None:
    """Start a program over these updates."""
    put(root, *days)
    given = invented_office(go_live="2027-05-03T06:00")
    start(root, conduct(root, {**given, "ruleset": ruleset}))


def put(root: Path, *days: str) -> list[Path]:
    """Put updates into the folder of evidence."""
    (root / "evidence").mkdir(parents=True, exist_ok=True)
    paths = [root / "evidence" / f"ims_{day}.xml" for day in days]
    for day, path in zip(days, paths, strict=True):
        path.write_bytes(update_of(day))
    return paths


def inputs(root: Path, collector: str) -> dict[str, list[str]]:
    """Return the days of what a binding reads, by its input."""
    [binding] = [each for each in load_program(root).program.bindings if each.collector == collector]
    return {
        entry.name: [path.removeprefix("evidence/ims_").removesuffix(".xml") for path in entry.paths]
        for entry in binding.inputs
    }


def test_a_comparison_and_a_series_go_on_with_the_next_update(tmp_path: Path) -> None:
    """What somebody confirmed stays confirmed; only which files are compared moves on."""
    office(tmp_path, FIRST, SECOND, THIRD)
    add(tmp_path, put(tmp_path, FIRST, SECOND, THIRD), confirm=True, by="Ada Kirsch", now=NOW)
    told = add(tmp_path, put(tmp_path, FOURTH), now=NOW)

    assert inputs(tmp_path, "comparison") == {"before": [THIRD], "after": ["*"]}
    assert inputs(tmp_path, "series") == {"update": [FIRST, SECOND, THIRD, FOURTH]}
    assert [each.confirmed for each in load_program(tmp_path).program.bindings] == [None] * 3
    assert f"evidence/ims_{FOURTH}.xml: schedule-movement compares it with the update before it." in told


def test_the_same_update_again_and_an_older_one_move_nothing(tmp_path: Path) -> None:
    """A comparison that went back would show an older week as the newest."""
    office(tmp_path, SECOND, THIRD)
    add(tmp_path, put(tmp_path, THIRD, FIRST), now=NOW)

    assert inputs(tmp_path, "comparison") == {"before": [SECOND], "after": ["*"]}


def test_a_second_update_is_compared_with_the_first_which_stays_evidence(tmp_path: Path) -> None:
    """In week one there was one file; from week two on the ruleset's question can be answered."""
    office(tmp_path, SECOND)
    add(tmp_path, put(tmp_path, THIRD), now=NOW)

    assert inputs(tmp_path, "mspdi") == {"file": [THIRD]}
    assert inputs(tmp_path, "comparison") == {"before": [SECOND], "after": [THIRD]}
    assert not load_program(tmp_path).program.not_evidence
    standing = {each.path[-14:-4]: each.words for each in folder_status(tmp_path)}
    assert standing == {SECOND: "schedule-movement", THIRD: "schedule, schedule-movement"}

    add(tmp_path, put(tmp_path, FOURTH), now=NOW)

    assert inputs(tmp_path, "mspdi") == {"file": [FOURTH]}
    assert inputs(tmp_path, "comparison") == {"before": [THIRD], "after": [FOURTH]}
    assert inputs(tmp_path, "series") == {"update": [SECOND, THIRD, FOURTH]}
    assert [each.confirmed for each in load_program(tmp_path).program.bindings] == [False, False, False]
    assert set(load_program(tmp_path).program.authority.values()) == {"schedule-series"}

    add(tmp_path, put(tmp_path, FIFTH), now=datetime(2027, 5, 1, 17, tzinfo=UTC))
    assert inputs(tmp_path, "series") == {"update": [SECOND, THIRD, FOURTH, FIFTH]}


def test_an_update_that_a_person_left_out_is_in_no_series(tmp_path: Path) -> None:
    """Two updates that count make no series."""
    office(tmp_path, THIRD)
    add(tmp_path, put(tmp_path, SECOND), reason="exported twice", now=NOW)
    add(tmp_path, put(tmp_path, FOURTH), now=NOW)

    assert {each.collector for each in load_program(tmp_path).program.bindings} == {"mspdi", "comparison"}


def test_where_the_ruleset_asks_nothing_of_it_the_old_one_is_superseded(tmp_path: Path) -> None:
    """As any file that a newer one replaces."""
    office(tmp_path, SECOND, ruleset="m3-baseline")
    add(tmp_path, put(tmp_path, THIRD), now=NOW)

    assert [each.collector for each in load_program(tmp_path).program.bindings] == ["mspdi"]
    assert list(load_program(tmp_path).program.not_evidence or {}) == [f"evidence/ims_{SECOND}.xml"]


def test_paths_on_one_line_are_left_to_a_person_who_hears_so(tmp_path: Path) -> None:
    """Half of a line changed would be worse than none."""
    office(tmp_path, FIRST, SECOND, THIRD)
    program = tmp_path / "gonogo.yaml"
    paths = [f"evidence/ims_{day}.xml" for day in (FIRST, SECOND, THIRD)]
    lines = "".join(f'        - "{path}"\n' for path in paths)
    text = program.read_text("utf-8")
    assert f"      update:\n{lines}" in text
    program.write_text(text.replace(f"update:\n{lines}", f"update: [{', '.join(paths)}]\n"), "utf-8")
    told = add(tmp_path, put(tmp_path, FOURTH), now=NOW)

    assert any(each.startswith(f"schedule-series does not take evidence/ims_{FOURTH}.xml: ") for each in told)
    assert inputs(tmp_path, "comparison") == {"before": [THIRD], "after": ["*"]}
