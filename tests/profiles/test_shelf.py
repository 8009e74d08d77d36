"""Where profiles are: beside a program, in overlays, and in distributions that announce a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.profiles.shelf import (
    find_profile,
    named_profile,
    profile_named,
    program_folders,
    shelf,
    shipped_profiles,
)

JIRA = profile_named("jira-issues")


def profile_file(folder: Path, name: str, version: str = "1", title: str = "Jira issues") -> Path:
    """Write a profile of this name into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = JIRA.path.read_text(encoding="utf-8").replace("name: jira-issues", f"name: {name}")
    text = text.replace('version: "1"', f'version: "{version}"').replace("title: Jira issues", f"title: {title}")
    path = folder / f"{name}-{version}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def distribution(root: Path, *announced: str) -> None:
    """Write what an installed distribution leaves behind, with these lines below the group of profiles."""
    folder = root / "agency_tools-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: agency-tools\nVersion: 1.0\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[gonogo.profiles]\n" + "\n".join(announced), encoding="utf-8")


def test_a_distribution_carries_the_profiles_of_the_folder_that_it_announces(tmp_path, monkeypatch):
    """An agency installs its tools once; nothing of the distribution is imported for it."""
    profile_file(tmp_path / "agency_tools" / "exports", "agency-tool")
    (tmp_path / "agency_tools" / "__init__.py").write_text("raise RuntimeError('imported')\n", encoding="utf-8")
    distribution(tmp_path, "tools = agency_tools.exports")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert "agency-tool" in {each.name for each in shelf()}
    assert named_profile("agency-tool@1").path.parent == tmp_path / "agency_tools" / "exports"
    assert profile_named("agency-tool").reference == "agency-tool@1"


def test_a_folder_that_leads_out_of_the_distribution_is_not_looked_at(tmp_path, monkeypatch):
    """Only names with dots: no path, no other drive."""
    profile_file(tmp_path / "agency_tools" / "ex-ports", "agency-tool")
    profile_file(tmp_path.parent / "outside", "outside-tool")
    distribution(
        tmp_path, "tools = agency_tools.ex-ports", "out = agency_tools/../../outside", "none = agency_tools.no"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    assert {each.reference for each in shelf()} == {each.reference for each in shipped_profiles()}


def test_a_carried_profile_of_another_content_under_a_name_that_ships_is_refused(tmp_path, monkeypatch):
    """Whichever came first would read the evidence."""
    path = profile_file(tmp_path / "agency_tools", "jira-issues", title="Another")
    distribution(tmp_path, "tools = agency_tools")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(ConfigurationError) as caught:
        shelf()
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("G153", str(path))
    assert problem.what == f"there are two profiles jira-issues@1: this one and {JIRA.path}"


def test_the_shelf_is_in_the_order_of_names_and_a_folder_is_read_once(tmp_path):
    """Two folders that are one are no two profiles of one name."""
    profile_file(tmp_path / "profiles", "a-tool")
    profile_file(tmp_path / "profiles", "zz-tool")
    found = [each.reference for each in shelf([tmp_path, tmp_path])]

    assert found == sorted(found)
    assert (found[0], found[-1]) == ("a-tool@1", "zz-tool@1")
    assert len(found) == len(shipped_profiles()) + 2


def test_a_file_of_another_kind_beside_profiles_is_none(tmp_path):
    """Examples are beside them."""
    profile_file(tmp_path / "profiles", "a-tool")
    (tmp_path / "profiles" / "a-tool.example.csv").write_text("x", encoding="utf-8")
    (tmp_path / "profiles" / "notes.yml").write_text("x", encoding="utf-8")

    assert len(shelf([tmp_path])) == len(shipped_profiles()) + 1
    assert shelf([tmp_path / "nowhere"]) == shipped_profiles()


def test_a_name_alone_is_enough_where_there_is_one_version(tmp_path):
    """Two versions stand beside each other while programs move from one to the other."""
    profile_file(tmp_path / "profiles", "our-tool", "1")
    one = shelf([tmp_path])
    profile_file(tmp_path / "profiles", "our-tool", "2")
    two = shelf([tmp_path])

    assert find_profile("our-tool", one) is next(each for each in one if each.name == "our-tool")
    assert find_profile("our-tool", two) == "our-tool is there as version 1, 2"
    assert find_profile("our-tool@3", two) == "our-tool is there as version 1, 2"
    assert [find_profile(f"our-tool@{each}", two).version for each in "12"] == ["1", "2"]
    assert (
        find_profile("entirely", two) == f"`gonogo profile list` names the {len(shipped_profiles()) + 1} that there are"
    )


def test_a_reference_without_a_version_is_answered_without_reading_anything():
    """The sentence is the whole next step."""
    assert named_profile("jira-issues") == "write its version too: jira-issues@1"
    assert named_profile("our-tool") == "write `name@version`"


def test_the_folders_of_a_program_are_its_own_and_those_of_overlays_with_profiles(tmp_path):
    """A file that is called profiles is no folder."""
    (tmp_path / "b-overlay" / "profiles").mkdir(parents=True)
    (tmp_path / "a-overlay" / "profiles").mkdir(parents=True)
    (tmp_path / "c-overlay").mkdir()
    (tmp_path / "c-overlay" / "profiles").write_text("x", encoding="utf-8")

    assert program_folders(tmp_path) == [tmp_path, tmp_path / "a-overlay", tmp_path / "b-overlay"]
