"""A heading that names builds decides, whatever its values look like; a heading that does not is left alone."""

from __future__ import annotations

import pytest

from gonogo.collectors.rows.row_subject import About, about, bound_to, worth_watching

BOUND = bound_to(builds=["4.2.17"], releases=["R1"])
HEADINGS = [
    "Build",
    "Build ID",
    "Build #",
    "Build No.",
    "Build Number",
    "Tested Build",
    "Build tested",
    "Version Tested",
]
PAIRS = [
    ("4.2.16", "4.2.17"),
    ("5.0.0", "6.0.0"),
    ("2026.11.1", "2026.11.2"),
    ("20261101.1", "20261102.1"),
    ("11.20.2026", "11.21.2026"),
    ("2026-11-01", "2026-11-02"),
    ("1016", "1017"),
]


@pytest.mark.parametrize("values", PAIRS, ids=" ".join)
@pytest.mark.parametrize("heading", HEADINGS)
def test_a_column_of_builds_is_one_however_its_builds_are_numbered(heading, values):
    """A build of three numbers looks like a date, and results of the old build were counted for the new one."""
    assert about(heading, values, BOUND, rows=10) is About.BUILD
    assert about(heading, values, rows=10) is About.BUILD
    assert worth_watching(heading, values, BOUND)


def test_prose_in_one_row_does_not_hide_a_column_of_builds():
    """One remark in the column would otherwise let two builds pass for one."""
    assert about("Build", ["4.2.16", "4.2.17", "see the note\nbelow"], BOUND, rows=10) is About.BUILD


@pytest.mark.parametrize("heading", ["Version", "Product Version", "Remarks"])
def test_the_bound_build_is_found_under_any_heading(heading):
    """Where the bound build stands beside another one, the column names builds."""
    assert about(heading, ["4.2.16", "4.2.17"], BOUND, rows=10) is About.BUILD


def test_a_version_that_is_numbered_like_the_bound_build_is_another_build():
    """All results are of the build before; nothing in the column is the bound one."""
    assert about("Version", ["4.2.16"], BOUND, rows=10) is About.BUILD
    assert about("Version", ["3.2.16"], BOUND, rows=10) is None
    assert about("Version", ["4.2"], BOUND, rows=10) is None
    assert about("Version", ["4.2.16"], rows=10) is None


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Build", ["Complete", "In Progress"]),
        ("Build Status", ["4.2.16", "4.2.18"]),
        ("Build Date", ["2026-11-01", "2026-11-02"]),
        ("Build", ["4.2.17"]),
        ("Executed on", ["01.11.2026", "02.11.2026"]),
        ("Found in Build", ["4.2.16", "4.2.17"]),
    ],
)
def test_what_names_no_build_asks_nobody(heading, values):
    """A stop for a date or a state teaches people to wave stops through."""
    assert about(heading, values, BOUND, rows=10) is None


@pytest.mark.parametrize("heading", ["Release", "Target Release", "Cycle"])
def test_dates_do_not_talk_a_release_or_a_cycle_away(heading):
    """Waves and mock cycles are often named by their day."""
    assert about(heading, ["2026.11.1", "2026.12.1"], BOUND, rows=10) is not None
