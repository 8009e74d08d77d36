"""What a binding means is asked of the search itself, so that nobody says `read` of what a run does not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.model.program import AsOf, AsOfRule, InputPath
from gonogo.plugin.inputs.opened import InputFault, open_inputs
from gonogo.plugin.inputs.overlooked import overlooked
from gonogo.plugin.inputs.read_today import read_today
from gonogo.testing.programs import binding_of, program_of

DATED = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"(20\d{2}-\d{2}-\d{2})")
ENTRY = InputPath(name="file", paths=("x_*.csv",), pick_newest=True, as_of=DATED)


@pytest.mark.parametrize(
    ("names", "path", "why"),
    [
        (["x_2026-11-28.csv"], "x_2026-11-28.csv", ""),
        (["x_2026-11-28.csv", "x_2026-12-05.csv"], "x_2026-12-05.csv", ""),
        (["x_2026-11-28.csv", "x_2026-11-28_2.csv"], "", "are of one day, so none is surely the newest"),
        (["x_2026-11-28.csv", "x_2026-12-05_2.csv"], "", "Its name says `2`"),
        (["x_2026-12-05_2.csv"], "", "Its name says `2`"),
        (["x_2026-11-28.csv", "x_12-31-2026.csv"], "", "matches nowhere in the name 'x_12-31-2026.csv'"),
        ([], "", "No file matches x_*.csv"),
    ],
)
def test_what_a_run_would_open_and_why_it_opens_nothing(tmp_path: Path, names: list[str], path: str, why: str) -> None:
    """The same files give the same answer to everybody."""
    for name in names:
        (tmp_path / name).write_text("x")
    binding = binding_of("table", inputs=(ENTRY,))

    [found] = read_today(binding, tmp_path, program_of(binding))

    assert (found.path, why in found.why, bool(found.why)) == (path, True, bool(why))
    if why:
        with pytest.raises(InputFault) as fault:
            open_inputs(binding, tmp_path, program_of().identity)
        assert fault.value.sentence == found.why
    else:
        [opened] = open_inputs(binding, tmp_path, program_of().identity)
        assert opened.path == path


@pytest.mark.parametrize("confirmed", [None, False])
def test_lint_and_doctor_name_a_binding_that_reads_nothing(tmp_path: Path, confirmed: bool | None) -> None:
    """A binding that waits for a person reads nothing anyway, and says so elsewhere."""
    for name in ("x_2026-11-28.csv", "x_2026-11-28_2.csv"):
        (tmp_path / name).write_text("x")
    binding = binding_of("table", inputs=(ENTRY,)).model_copy(update={"confirmed": confirmed})

    found = overlooked(program_of(binding), tmp_path, {}, ())

    assert [each.code for each in found] == (["G325"] if confirmed is None else [])
    assert all("reads nothing: x_2026-11-28.csv, x_2026-11-28_2.csv are of one day" in each.what for each in found)


def test_a_file_that_is_not_there_is_no_warning_of_lint(tmp_path: Path) -> None:
    """Evidence comes later than the program; the run that judges says what is missing."""
    binding = binding_of("table", inputs=(ENTRY,))
    assert overlooked(program_of(binding), tmp_path, {}, ()) == []
