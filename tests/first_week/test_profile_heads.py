"""Which profiles a file may be read by, whatever stands above its headings."""

import json

import pytest

from gonogo.first_week.profile_heads import fits_of, heads_of
from gonogo.profiles.example_files import example_file
from gonogo.profiles.shelf import shipped_profiles

PROFILES = shipped_profiles()
EXAMPLES = [pytest.param(each, example, id=example.file) for each in PROFILES for example in each.examples]


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_each_example_is_found_by_its_own_profile_from_the_file(tmp_path, profile, example):
    """This is what `gonogo init` sees: a file, and nothing else."""
    name, data = example_file(profile, example)
    path = tmp_path / name
    path.write_bytes(data)

    assert fits_of(path, PROFILES)[0].profile.name == profile.name


def test_titles_above_the_headings_hide_nothing(tmp_path):
    """Reports begin with their own name."""
    path = tmp_path / "a.csv"
    path.write_text("Open defects of wave 1\n\nIssue key;Issue id;Issue Type;Status;Priority\n", encoding="utf-16")

    assert [found.profile.name for found in fits_of(path, PROFILES)] == ["jira-issues"]


def test_keys_of_records_are_dotted_wherever_the_list_is(tmp_path):
    """A tool wraps its records, and nests what a record refers to."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"total": 1, "items": [{"number": 1, "state": {"name": "x"}}]}), encoding="utf-8")

    assert [head.headings for head in heads_of(path)] == [("number", "state", "state.name")]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no workbook", b"{", b"\x00\x01", b"one\ntwo\n", b"[1, 2]", b"[" * 9999]
)
def test_what_cannot_be_read_has_no_headings(tmp_path, data):
    """A damaged file must not stop the survey of a folder."""
    path = tmp_path / "a.csv"
    path.write_bytes(data)

    assert heads_of(path) == []
    assert heads_of(tmp_path) == []
    assert fits_of(tmp_path / "none.csv", PROFILES) == []
