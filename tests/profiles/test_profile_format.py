"""A profile as a file: what it may say, where it is found, and what a binding makes of it."""

import shutil

import pytest

from gonogo.errors import ConfigurationError, UsageError
from gonogo.profiles.expanding import expanded, merged
from gonogo.profiles.fitting import Confidence, Head, fit, recognize
from gonogo.profiles.profile import heading_fits
from gonogo.profiles.profile_reading import read_profile
from gonogo.profiles.shelf import named_profile, profile_named, program_folders, shelf, shipped_profiles

JIRA = profile_named("jira-issues")
HEADINGS = ("Summary", "Issue key", "Issue id", "Issue Type", "Status", "Priority", "Project key", "Assignee")


def text():
    """Return the file of a profile."""
    return JIRA.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{key: issue_key,", "{key: issue_kez,", "there is no column 'issue_kez'"),
        ("status not in $final", "status not in $fina", "there is no word list '$fina'"),
        ("formats: [csv]", "formats: [pdf]", "`pdf` is not a format that is read"),
        ("file: jira-issues.example.csv", "file: ../jira-issues.example.csv", "an example is beside its profile"),
        ("schema: 1", "schema: 2", "schema `2` is not known"),
        ("title: Jira", "titel: Jira", "titel"),
    ],
)
def test_a_mistake_in_a_profile_is_told_at_its_place(tmp_path, before, after, told):
    """A person who writes one is led to the line, as in every other file."""
    path = tmp_path / "jira-issues.yaml"
    path.write_text(text().replace(before, after, 1), encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_profile(path)

    assert told in str([problem.what for problem in caught.value.problems])
    assert all(problem.where.startswith(f"{path}:") for problem in caught.value.problems)


def problems_of(path, content):
    """Return the mistakes of a profile with this content, each as its line and what is wrong."""
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_profile(path)
    return [(int(each.where.split(":")[-2]), each.code, each.what, each.hint) for each in caught.value.problems]


SMALL = """schema: 1
name: our-tool
version: "1"
title: Our tool
tool: Ours
made_from: [an export]
what: One row.
formats: [csv, xlsx, json]
as_of: Nobody knows.
words:
  final: {meaning: "Over?", usual: [Done]}
roles: {key: key}
tables:
  items: {columns: {key: {type: id}, state: {type: text, allowed: any, known: [$final]}}}
facts:
  - prefixes: [defects]
    facts: {open: {meaning: Open., better: lower, unit: defects, count: {where: state not in $final}}}
traps: [None is known.]
examples:
  - {file: our-tool.example.csv, as: defects, answers: {final: [Done]}, right: {open: "1"}}
"""


def test_a_small_profile_is_whole(tmp_path):
    """What the mistakes below are made in has none itself."""
    (tmp_path / "our-tool.yaml").write_text(SMALL, encoding="utf-8")
    profile = read_profile(tmp_path / "our-tool.yaml")

    assert (profile.reference, profile.formats, profile.save_as) == ("our-tool@1", ("csv", "xlsx", "json"), "")
    assert (profile.telling, profile.foreign, profile.sheets, profile.file_names) == ((), (), (), ())
    assert (profile.asks, profile.not_provable, profile.traps) == ((), (), ("None is known.",))
    assert profile.words["final"].usual == ("Done",)
    (example,) = profile.examples
    assert (example.prefix, example.answers, example.settings) == ("defects", {"final": ("Done",)}, {})
    assert len(profile.sha256) == 64


@pytest.mark.parametrize(("words", "whole"), [(399, True), (400, True), (401, False)])
def test_a_list_of_words_has_at_most_four_hundred(tmp_path, words, whole):
    """Below, at and above: more than that is a dump of a tool, and no list that a person reads."""
    path = tmp_path / "our-tool.yaml"
    listed = ", ".join(f"w{number}" for number in range(words))
    path.write_text(SMALL.replace("usual: [Done]", f"usual: [{listed}]", 1), encoding="utf-8")

    if whole:
        assert len(read_profile(path).words["final"].usual) == words
    else:
        with pytest.raises(ConfigurationError):
            read_profile(path)


TABLE = "a table has columns, as the table collector reads them"


@pytest.mark.parametrize(
    ("before", "after", "mistakes"),
    [
        ("json]", "pdf]", [(8, "`pdf` is not a format that is read", "csv, xlsx or json")]),
        (
            "{key: key}",
            "{key: keys}",
            [(12, "there is no column 'keys'", "did you mean `key`?")],
        ),
        ("{key: key}", "{key: zzzz}", [(12, "there is no column 'zzzz'", "the columns are key, state")]),
        ("known: [$final]", "known: [$fina]", [(14, "there is no word list '$fina'", "did you mean `final`?")]),
        ("not in $final", "not in $zz", [(17, "there is no word list '$zz'", "words: has final")]),
        ("answers: {final:", "answers: {zz:", [(20, "there is no word list 'zz'", "words: has final")]),
        (
            "file: our-tool.example.csv",
            "file: a/our-tool.example.csv",
            [(20, "an example is beside its profile", "write its name alone")],
        ),
        (
            "file: our-tool.example.csv",
            r"file: a\our-tool.example.csv",
            [(20, "an example is beside its profile", "write its name alone")],
        ),
    ],
)
def test_each_mistake_is_told_in_its_line_with_what_to_write(tmp_path, before, after, mistakes):
    """A hint that names the lists, the columns and the formats saves a look into the reference."""
    found = problems_of(tmp_path / "our-tool.yaml", SMALL.replace(before, after, 1))

    assert [(line, what, hint) for line, _, what, hint in found] == mistakes
    assert {code for _, code, _, _ in found} == {"G152"}


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ("{}", "a profile has at least one table"),
        ("[1]", "a profile has at least one table"),
        ("{items: 1}", TABLE),
        ("{items: {columns: 1}}", TABLE),
        ("{items: {columns: {key: 1}}}", TABLE),
        ("{items: {columns: {key: {type: id}, state: 1}}}", TABLE),
    ],
)
def test_tables_that_are_none_are_told_and_nothing_falls_over(tmp_path, tables, told):
    """A list where a mapping belongs is what an editor leaves behind."""
    first, rest = SMALL.split("tables:\n")
    content = f"{first}tables: {tables}\n{rest.partition(chr(10))[2]}"

    assert told in [what for _, _, what, _ in problems_of(tmp_path / "our-tool.yaml", content)]


def test_without_word_lists_the_hint_says_that_there_are_none(tmp_path):
    """`words: has` and nothing behind it reads like a cut."""
    content = SMALL.replace('words:\n  final: {meaning: "Over?", usual: [Done]}\n', "").replace("$final", "$zz")
    content = content.replace("answers: {final:", "answers: {zz:")

    assert {hint for _, _, what, hint in problems_of(tmp_path / "our-tool.yaml", content) if "word list" in what} == {
        "words: has none"
    }


def test_a_word_list_becomes_a_list_of_texts_in_a_condition_and_words_in_a_list():
    """The settings that are recorded are those that the collector reads, with nothing left to look up."""
    made = expanded(JIRA, prefix="defects", answers={"critical": ['A"1'], "high": ["B"], "lower": ["C"]}).settings

    assert made["tables"]["issues"]["columns"]["priority"]["allowed"] == ['A"1', "B", "C"]
    assert 'priority in ["A\\"1"]' in made["facts"]["critical_open"]["count"]["where"]
    assert "better" not in made["facts"]["critical_open"]
    assert "$" not in str(made)


def test_a_list_that_only_a_person_knows_stops_what_needs_it(tmp_path):
    """A list that nobody answered is no empty list: a fact over nothing would be good."""
    path = tmp_path / "jira-issues.yaml"
    path.write_text(
        text().replace("usual: [Done,", "usual: []\n  never:\n    meaning: Never?\n    usual: [Done,"), "utf-8"
    )
    profile = read_profile(path)

    made = expanded(profile, prefix="defects")

    assert made.unanswered == ("final",)
    assert list(made.settings["facts"]) == ["arrivals_28d"]
    assert not expanded(profile, prefix="defects", answers={"final": ["Done"]}).unanswered


def test_own_settings_win_key_by_key_and_a_fact_as_a_whole():
    """Half of one measure and half of another would be a third one that nobody wrote."""
    found = merged(
        {
            "tables": {"t": {"delimiter": ",", "columns": {"a": {"type": "id"}}}},
            "facts": {"f": {"count": {"where": "x"}}},
        },
        {"tables": {"t": {"delimiter": ";"}}, "facts": {"f": {"share": {"where": "y"}}}},
    )

    assert found == {
        "tables": {"t": {"delimiter": ";", "columns": {"a": {"type": "id"}}}},
        "facts": {"f": {"share": {"where": "y"}}},
    }


def test_without_a_prefix_facts_have_their_full_names():
    """One binding may answer for all that an office keeps."""
    assert next(iter(expanded(JIRA, prefix=None).settings["facts"])) == "defects.critical_open"
    assert expanded(JIRA, prefix="training").settings["facts"] == {}


def test_a_program_and_an_overlay_carry_profiles_of_their_own(tmp_path):
    """An agency describes its own tool once, for all its programs."""
    own, other = tmp_path / "profiles", tmp_path / "agency" / "profiles"
    for folder, name in ((own, "our-tool"), (other, "agency-tool")):
        folder.mkdir(parents=True)
        (folder / f"{name}.yaml").write_text(text().replace("name: jira-issues", f"name: {name}"), "utf-8")

    names = [profile.name for profile in shelf(program_folders(tmp_path))]

    assert {"our-tool", "agency-tool", "jira-issues"} <= set(names)
    assert named_profile("our-tool@1", [tmp_path]).path == own / "our-tool.yaml"
    assert named_profile("jira-issues@1", [tmp_path]).path == JIRA.path


def test_two_profiles_of_one_name_and_version_are_refused(tmp_path):
    """It must never be a matter of luck which one reads the evidence; the same file twice is no question."""
    (tmp_path / "profiles").mkdir()
    shutil.copy(JIRA.path, tmp_path / "profiles")
    assert named_profile("jira-issues@1", [tmp_path]).sha256 == JIRA.sha256
    (tmp_path / "profiles" / JIRA.path.name).write_text(
        text().replace("usual: [Done, ", "usual: [Done, Open, "), "utf-8"
    )

    with pytest.raises(ConfigurationError, match="two profiles jira-issues@1"):
        named_profile("jira-issues@1", [tmp_path])


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("jira-issues", "write its version too: jira-issues@1"),
        ("jira-issues@9", "jira-issues is there as version 1"),
        ("jira-isues@1", "jira-issues"),
        ("sap@1", "gonogo profile list"),
    ],
)
def test_an_unknown_profile_leads_to_one_that_there_is(reference, hint):
    """A misspelt name is the most usual mistake."""
    assert hint in named_profile(reference)


def test_a_command_takes_a_name_without_its_version():
    """Nobody types a version to look at something."""
    with pytest.raises(UsageError, match="no export profile 'jra-issues'"):
        profile_named("jra-issues")


class TestFitting:
    """Recognition by headings alone."""

    def test_its_own_headings_make_it_sure_and_say_why(self):
        found = recognize(Head(HEADINGS, "export.csv"), shipped_profiles())[0]

        assert (found.profile.name, found.confidence) == ("jira-issues", Confidence.SURE)
        assert found.why == (
            "4 of 4 columns that Jira issues must have; 'Issue id', 'Project key', which only this tool has"
        )
        assert found.people == ("Assignee",)
        assert "Summary" not in found.unread

    @pytest.mark.parametrize(
        ("gone", "file_name", "confidence"),
        [
            ({"Issue id"}, "export.csv", Confidence.LIKELY),
            ({"Issue id"}, "jira-2027.csv", Confidence.SURE),
            ({"Issue id", "Project key"}, "jira-2027.csv", Confidence.LIKELY),
            ({"Issue id", "Project key"}, "export.csv", Confidence.POSSIBLE),
            ({"Status"}, "export.csv", Confidence.CHANGED),
        ],
    )
    def test_the_less_tells_the_less_sure_it_is(self, gone, file_name, confidence):
        """A guess that calls itself sure is believed."""
        head = Head(tuple(each for each in HEADINGS if each not in gone), file_name)

        assert fit(JIRA, head).confidence is confidence

    def test_a_changed_file_names_the_difference(self):
        """The person who exported it sees what to mend."""
        found = fit(JIRA, Head(("Issue key", "Issue id", "Issue Type", "State of it", "Priority")))

        assert not found.fits
        assert found.difference == (
            "columns that it has not: 'Status'; columns that the profile does not read: 'Issue id', 'State of it'"
        )

    def test_another_tool_is_not_recognized(self):
        """A heading that the tool never has is worth more than five that everybody has."""
        assert fit(JIRA, Head((*HEADINGS, "Work Item Type"))) is None
        assert fit(JIRA, Head(("Name", "Day", "Hours"))) is None
        assert fit(JIRA, Head(HEADINGS, form="xlsx")) is None

    @pytest.mark.parametrize(
        ("pattern", "heading", "fits"),
        [
            ("Custom field (*)", "Custom field (Story Points)", True),
            ("custom  FIELD (*)", "Custom field ()", True),
            ("Custom field (*)", "Custom field Story", False),
            ("Issue id", "\ufeffIssue  ID", True),
            ("a.c", "abc", False),
        ],
    )
    def test_a_star_is_anything_and_nothing_else_is_special(self, pattern, heading, fits):
        """Headings are full of brackets and points."""
        assert heading_fits(pattern, heading) is fits


def test_a_profile_is_read_again_only_if_its_file_says_something_else(tmp_path):
    """A program with fifty bindings names its profiles in each, and is loaded several times in one command."""
    path = tmp_path / "ours.yaml"
    path.write_text(text(), encoding="utf-8")
    first = read_profile(path)

    assert read_profile(path) is first
    path.write_text(text().replace("title: Jira issues", "title: Our issues"), encoding="utf-8")
    assert read_profile(path).title == "Our issues"
