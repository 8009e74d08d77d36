"""``map`` of a file that a collector reads as it is: its binding, and no columns to describe."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.read_whole import binding_of
from gonogo.ruleset.loader import LoadedRuleset

SUITE = '<testsuite name="s" tests="1" failures="0"><testcase classname="c" name="n"/></testsuite>'


def test_the_raid_log_of_gsa_is_bound_by_its_collector(shared: Path, rules: LoadedRuleset) -> None:
    """A person who describes 20 columns of it by hand gets one fact where the collector has eight."""
    told = binding_of(shared / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx", rules.vocabulary)

    assert "`collector: raid` reads it as it is" in told
    assert "#   collector: raid\n" in told
    assert "FILL IN impact_scale" in told
    assert 'gonogo map "M3-Playbook-RAID-Log-Template.xlsx" --sheet NAME' in told


@pytest.mark.parametrize(("inside", "path"), [(True, "evidence/unit.xml"), (False, "unit.xml")])
def test_the_path_is_that_of_the_program_around_it(
    tmp_path: Path, rules: LoadedRuleset, inside: bool, path: str
) -> None:
    """A path that begins elsewhere reads nothing."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "unit.xml").write_text(SUITE)

    told = binding_of(tmp_path / "evidence" / "unit.xml", rules.vocabulary, tmp_path if inside else None)

    assert "collector: junit" in told
    assert f'- "{path}"' in told or f'path: "{path}"' in told


def test_a_table_and_what_is_no_file_are_left_to_others(tmp_path: Path, rules: LoadedRuleset) -> None:
    """They are mapped, or refused with a sentence."""
    (tmp_path / "t.csv").write_text("id,status\n1,Open\n")

    assert binding_of(tmp_path / "t.csv", rules.vocabulary) == ""
    assert binding_of(tmp_path, rules.vocabulary) == ""
    assert binding_of(tmp_path / "gone.xlsx", rules.vocabulary) == ""


def test_a_csv_that_a_collector_knows_by_its_headings_is_bound_by_it(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Described as a table, a register of exercises loses what only its collector knows: a plan is no exercise."""
    register = tmp_path / "restores.csv"
    register.write_text("Exercise ID,System,Exercise type,Date held,Outcome\nX1,GL,Restore,2027-04-01,Passed\n")

    assert "`collector: exercises` reads it as it is" in binding_of(register, rules.vocabulary)
