"""Exports of known tools: bound by their profile, and what the profile cannot know is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.collectors.program.m3.test_tailoring_guide import guide
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.profiles.example_files import workbook_of
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset

GIVEN = invented_office(build="B-7")


@pytest.fixture
def jira() -> Path:
    """The example of the profile of Jira's issues."""
    profile = next(each for each in shipped_profiles() if each.name == "jira-issues")
    return profile.path.parent / "jira-issues.example.csv"


def test_an_export_of_a_known_tool_is_bound_by_its_profile_with_no_place_to_fill_in(tmp_path: Path, jira: Path) -> None:
    """Facts of the profile that the ruleset does not have are left out; they would stop every run."""
    (tmp_path / "evidence").mkdir()
    shutil.copy(jira, tmp_path / "evidence" / "jira-2026-04-18.csv")

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    loaded = load_program(tmp_path)
    (binding,) = check_program(loaded, load_ruleset(loaded.program.ruleset, root=tmp_path)).program.bindings
    assert binding.profile is not None
    assert (binding.profile.name, binding.prefix, binding.confirmed) == ("jira-issues", "defects", False)
    assert list(binding.settings["facts"]) == ["critical_open", "high_without_workaround"]
    assert str(binding.handling.marking) == "PII"
    assert started.left == ()
    assert "Does this search hold every project in which the release's defects are kept?" in started.proposals[0].asked


def test_an_export_that_excel_saved_anew_is_read_with_the_delimiter_of_its_country(tmp_path: Path, jira: Path) -> None:
    """Else its columns are said to be missing, which are there; a comma needs no word."""
    as_saved = jira.with_name("jira-issues.german.example.csv").read_text(encoding="utf-8")
    (tmp_path / "Jira.csv").write_text(as_saved.replace(",", ";"), encoding="utf-8-sig")
    (tmp_path / "plain.csv").write_text(as_saved, encoding="utf-8")

    shown = [
        list(check_file(tmp_path / name, reads=by).lines())
        for name in ("Jira.csv", "plain.csv")
        for by in ("", "jira-issues")
    ]

    right = [line for line in shown[-1] if line.startswith("  defects.")]
    assert right[0].startswith("  defects.critical_open = 1")
    assert [[line for line in each if line.startswith("  defects.")] for each in shown] == [right] * 4


def test_a_fact_that_the_binding_writes_itself_stays_a_mistake_if_no_ruleset_has_it(tmp_path: Path, jira: Path) -> None:
    """Leaving out a slip of the pen would hide it."""
    (tmp_path / "evidence").mkdir()
    shutil.copy(jira, tmp_path / "evidence" / "jira-2026-04-18.csv")
    start(tmp_path, conduct(tmp_path, GIVEN))
    program = tmp_path / "gonogo.yaml"
    own = "    confirmed: no\n    settings: {facts: {critical_opened: {count: {}, unit: defects}}}\n"
    text = "".join(
        own if line.startswith("    confirmed: no") else line for line in program.read_text().splitlines(True)
    )
    program.write_text(text, encoding="utf-8")
    loaded = load_program(tmp_path)

    (binding,) = check_program(loaded, load_ruleset(loaded.program.ruleset, root=tmp_path)).program.bindings

    assert sorted(binding.settings["facts"]) == ["critical_open", "critical_opened", "high_without_workaround"]


def test_check_names_the_difference_where_a_file_is_no_export_of_the_profile(tmp_path: Path) -> None:
    """A file that no longer fits is refused with what it lacks, and never half read."""
    (tmp_path / "x.csv").write_text("Issue key,Issue Type,Issue id,Status\nA-1,Bug,1,Open\n", encoding="utf-8")

    with pytest.raises(UsageError) as caught:
        check_file(tmp_path / "x.csv", reads="jira-issues")

    assert "columns that it has not: 'Priority'" in str(caught.value)


def test_check_reads_a_file_by_the_profile_that_is_named(tmp_path: Path, jira: Path) -> None:
    """What would be answered is shown without a program."""
    lines = list(check_file(jira, reads="jira-issues").lines())

    assert lines[0] == "jira-issues.example.csv: CSV table, read by `table` with the profile jira-issues@1"
    assert any(line.startswith("  defects.critical_open = ") for line in lines)


@pytest.mark.parametrize("reads", ["jira-isues", "tabel"])
def test_a_reader_that_is_not_there_is_named_with_the_nearest(tmp_path: Path, reads: str) -> None:
    """A slip of the command line."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(UsageError, match="There is no collector or profile"):
        check_file(tmp_path / "x.csv", reads=reads)


def test_a_draft_that_its_collector_refuses_is_left_a_comment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One binding that does not load would stop every other one."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "interfaces.csv").write_text("Interface ID,E2E test\nI1,Passed\n", encoding="utf-8")
    monkeypatch.setattr(
        "gonogo.first_week.drafts.table_file.settings_of",
        lambda draft, now: {"tables": {draft.mapping.table: {"columns": {"x": {"type": "nothing"}}}}, "facts": {}},
    )

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    assert not started.proposals[0].active
    assert load_program(tmp_path).program.bindings == ()
    assert any("settings: " in sentence for sentence in started.proposals[0].missing)


def gsa(name: str, folder: Path) -> Path:
    """Put the example of a profile of GSA's workbooks into a folder, as a dated file."""
    profile = next(each for each in shipped_profiles() if each.name == name)
    text = (profile.path.parent / profile.examples[0].file).read_text(encoding="utf-8")
    path = folder / f"{name}-2026-11-12.xlsx"
    path.write_bytes(workbook_of(text, profile.sheets[0]))
    return path


def test_the_prefix_of_a_profile_is_one_for_which_the_ruleset_has_facts(tmp_path: Path) -> None:
    """GSA's matrix answers for the requirements and for the gaps; the ruleset of Phase 3 asks for gaps alone."""
    (tmp_path / "evidence").mkdir()
    gsa("gsa-rtm", tmp_path / "evidence")

    started = start(tmp_path, conduct(tmp_path, {**GIVEN, "ruleset": "m3-engagement"}))

    (proposal,) = started.proposals
    assert (proposal.profile, proposal.prefix) == ("gsa-rtm@1", "fit_gap")
    assert "fit_gap.mandatory_gaps" in proposal.answers


def test_rows_of_a_template_ask_nothing(tmp_path: Path) -> None:
    """The instructions under GSA's headings are no words of the office that anybody has to explain."""
    look = check_file(gsa("gsa-rtm", tmp_path))

    assert not [each for each in look.asked if "Document the priority" in each]
    assert any(each.startswith("Does the matrix hold the requirements of both sides") for each in look.asked)


def test_a_file_of_which_the_ruleset_asks_nothing_is_not_bound(tmp_path: Path) -> None:
    """GSA's tailoring guide is of the layer for services; bound without it, it would stop every run."""
    root, alone = tmp_path / "program", tmp_path / "guide-2026-11-12.xlsx"
    (root / "evidence").mkdir(parents=True)
    for path in (alone, root / "evidence" / alone.name):
        path.write_bytes(guide())

    started = start(root, conduct(root, {**GIVEN, "ruleset": "m3-engagement"}))

    (proposal,) = started.proposals
    assert (proposal.collector, proposal.active) == ("m3:tailoring", False)
    assert proposal.idle
    assert load_program(root).program.bindings == ()
    assert "services.program_undecided" in "".join(check_file(alone).lines())


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "incident-2026-11-28.csv",
            "number,short_description,priority,state,opened_at,sys_updated_on\n"
            "SCTASK0010001,x,4 - Low,Open,2026-11-18 10:00:00,2026-11-28 10:00:00\n",
            "its row is a catalog task and not an incident",
        ),
        (
            "jira-defects-2026-11-28.csv",
            "Issue key,Issue Type,Status,Priority,Issue id\nHARB-1,Story,Open,High,1\nHARB-2,Task,Open,Low,2\n",
            "no row is a defect by its column 'Issue Type'",
        ),
    ],
)
def test_a_list_of_another_kind_answers_for_nothing_and_says_what_it_is(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    """It has the columns of the list that is wanted, and even its name: a number made of it would be a false one."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / name).write_text(text)
    shown = "\n".join(check_file(tmp_path / "evidence" / name).lines())

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    (proposal,) = started.proposals
    assert (proposal.profile, proposal.answers) == ("", ())
    assert any(says in question for question in proposal.asked), proposal.asked
    assert says in shown


def test_a_list_of_another_kind_under_the_profile_s_name_is_refused_when_it_is_read(tmp_path: Path) -> None:
    """In week two the wrong list lies under the name of the right one."""
    path = tmp_path / "incident-2026-12-05.csv"
    path.write_text("Number,Caller,Priority,State\nPRB0040001,x,3 - Moderate,New\n")

    with pytest.raises(UsageError, match="its row is a problem and not an incident"):
        check_file(path, reads="servicenow-incidents")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_an_encoding_that_recognition_reads_the_collector_reads(tmp_path: Path, jira: Path, encoding: str) -> None:
    """A German export as Excel saves it was recognized and asked about, and refused once somebody had confirmed it."""
    german = jira.with_name("jira-issues.german.example.csv").read_text(encoding="utf-8")
    (tmp_path / "Jira.csv").write_bytes(german.replace(",", ";").encode(encoding))

    shown = "\n".join(check_file(tmp_path / "Jira.csv", reads="jira-issues").lines())

    assert "defects.critical_open = 1" in shown, shown


def rtm(folder: Path, *releases: str) -> Path:
    """GSA's matrix in which the requirements are of these releases, below GSA's row that says what to enter."""
    profile = next(each for each in shipped_profiles() if each.name == "gsa-rtm")
    template = next(iter(profile.tables.values()))["rows"]["template"]
    heads = ["Requirements Unique ID #*", "Requirement Description / Definition*", "Priority*", "Status*", "Release"]
    heads += ["In Scope or Out of Scope for Provider", "Fit/Gap*", "UAT Case*", "Gap Decision Solution Status*"]
    heads += ["Federal Standard or Mission Unique?*", "Resolution Type (Transaction / RICEF)*"]
    rule = [template["unchanged"][name][0] for name in ("id", "description")]
    rows = [[*rule, "", template["unchanged"]["status"][0], "Enter the release", "", "", template["values"][0]]]
    rows += [
        [f"HR-{n}", f"Case {n}", "Mandatory", "Approved-Active", release, "In Scope", "Fit", f"UAT {n}"]
        for n, release in enumerate(releases)
    ]
    book = openpyxl.Workbook()
    book.active.title = "RTM"
    for row in [heads, *rows]:
        book.active.append([*row, *[""] * (len(heads) - len(row))])
    book.save(path := folder / "RTM 2026-11-12.xlsx")
    return path


@pytest.mark.parametrize(
    ("releases", "asked"),
    [
        (("R1", "R1", "R1"), []),
        (("R1", "", " r1"), []),
        (("R1", "R2", "R1"), ["Column Release names another release than the program's."]),
        (("R2", "R2", "R2"), ["Column Release names another release than the program's."]),
    ],
)
def test_which_release_counts_is_asked_only_where_another_one_is_named(
    tmp_path: Path, releases: tuple[str, ...], asked: list[str]
) -> None:
    """A matrix of one release beside blanks, and beside GSA's own instructions, was said to name several."""
    (tmp_path / "evidence").mkdir()
    rtm(tmp_path / "evidence", *releases)

    started = start(tmp_path, conduct(tmp_path, GIVEN))

    (proposal,) = started.proposals
    assert proposal.profile == "gsa-rtm@1"
    assert [each.partition(" Which")[0] for each in proposal.asked if "elease" in each] == asked
    opened = open_program(tmp_path)
    _, rows = sheet_of(opened, opened.bindings[0])
    assert [row.about for row in rows if row.tag == "which rows"] == (["Release"] if asked else [])


def test_which_build_was_tested_is_asked_only_where_a_fact_counts_for_one(tmp_path: Path, jira: Path) -> None:
    """The build of defects, which count for the program, was a question to who had no answer."""
    tests = next(each for each in shipped_profiles() if each.name == "testrail-tests")
    shutil.copy(tests.path.parent / tests.examples[0].file, tmp_path / "sit.csv")
    shutil.copy(tests.path.parent / tests.examples[0].file, tmp_path / "uat.csv")
    shutil.copy(jira, tmp_path / "jira.csv")
    (tmp_path / "p" / "evidence").mkdir(parents=True)
    for name in ("sit", "uat", "jira"):
        shutil.move(tmp_path / f"{name}.csv", tmp_path / "p" / "evidence" / f"{name} 2026-11-12.csv")

    started = start(tmp_path / "p", conduct(tmp_path / "p", GIVEN))

    asked = {each.prefix: [one for one in each.asked if "build" in one] for each in started.proposals}
    assert {name: len(found) for name, found in asked.items()} == {"sit": 1, "uat": 0, "defects": 0}
