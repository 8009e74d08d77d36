"""``gonogo profile``: what a person sees of export profiles before a program names one."""

import pytest

from gonogo.cli import profile_command
from gonogo.profiles.shelf import profile_named


def run(command, *arguments):
    """Run a subcommand in this process and return its exit code."""
    return command.main(list(arguments), standalone_mode=False)


@pytest.fixture
def own(tmp_path):
    """A program with a profile of its own whose example is not right."""
    shipped = profile_named("jira-issues")
    folder = tmp_path / "profiles"
    folder.mkdir()
    text = shipped.path.read_text(encoding="utf-8").replace("name: jira-issues", "name: our-jira")
    text = text.replace('critical_open: "2"', 'critical_open: "0"', 1)
    (folder / "our-jira.yaml").write_text(text, encoding="utf-8")
    for example in shipped.examples:
        (folder / example.file).write_bytes((shipped.path.parent / example.file).read_bytes())
    return tmp_path


def test_the_list_has_those_that_ship_and_the_programs_own(own, capsys):
    """A person looks here first."""
    assert run(profile_command.list_profiles, "--program", str(own)) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if "our-jira" in line or "jira-issues" in line] == [
        "jira-issues-json@1",
        "jira-issues@1",
        "our-jira@1",
    ]


def test_a_profile_shows_columns_words_questions_and_a_binding(capsys):
    """What only a person knows is said before the file is bound."""
    assert run(profile_command.show, "jira-issues") == 0

    text = capsys.readouterr().out
    for part in ("Vorgangsschlüssel", "final: With which statuses", "Does this search hold", "profile: jira-issues@1"):
        assert part in text


def test_an_answer_that_is_not_right_fails_and_is_named(own, capsys):
    """A profile that reads its own example wrongly reads every file wrongly."""
    assert run(profile_command.test, "our-jira", "--program", str(own)) == 2

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["FAILED", "our-jira@1", "jira-issues.example.csv"]
    assert lines[1].strip() == "critical_open: comes to 2, and 0 is right"
    assert lines[2].split()[0] == "ok"
