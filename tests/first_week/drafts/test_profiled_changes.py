"""A file that looks like the export of a tool and lacks a column: shown with the difference, and never half read."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
import xlsxwriter
from tests.invented_office import invented_office

from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.fit_told import fit_words
from gonogo.first_week.drafts.table_file import draft_proposal
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.interview import conduct
from gonogo.first_week.profile_heads import fits_of
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.starting import start
from gonogo.profiles import shelf
from gonogo.ruleset.loader import ruleset_by_name

SHIPPED = {each.name: each for each in shelf.shipped_profiles()}
NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)


def example(name):
    return (SHIPPED[name].path.parent / SHIPPED[name].examples[0].file).read_text("utf-8")


def without(text, *headings):
    """Return a CSV without some columns."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    kept = [index for index, heading in enumerate(rows[0]) if heading not in headings]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([[row[index] for index in kept] for row in rows])
    return stream.getvalue()


@pytest.fixture(scope="module")
def terms():
    """Return by what tables are drafted, of the shipped ruleset."""
    rules = ruleset_by_name("m3-baseline")
    return DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), owners_of(rules.ruleset), (), NOW)


@pytest.fixture
def jira(tmp_path):
    """Return a Jira export whose filter does not show the status."""
    path = tmp_path / "defects.csv"
    path.write_text(without(example("jira-issues"), "Status"), "utf-8", newline="")
    return path


def test_check_answers_nothing_from_it_and_names_the_column(jira):
    """Read as any table, it would count every issue as open or as closed by some other word."""
    look = check_file(jira, now=NOW)

    assert "jira-issues@1" in look.what
    assert not [line for line in look.answers if " = " in line]
    assert "'Status'" in look.asked[0]
    assert "jira-issues@1 does not read it: columns that it has not: 'Status'" in look.asked[0]


def test_status_names_the_tool_of_a_file_that_nobody_bound_and_what_it_lacks(jira):
    (jira.parent / "whole.csv").write_text(example("jira-issues"), "utf-8", newline="")
    (jira.parent / "ours.csv").write_text("Thing,Colour\nA,red\n")
    words = {each.path: each.words for each in folder_status(jira.parent)}

    assert words["whole.csv"] == "CSV table; Jira issues (jira-issues@1, sure)"
    assert words["defects.csv"].startswith(
        "CSV table; like Jira issues, which jira-issues@1 does not read: columns that it has not: 'Status'"
    )
    assert words["ours.csv"] == "CSV table"


def test_a_bound_file_that_no_longer_fits_says_so(jira):
    reference = "jira-issues@1"

    assert fit_words(jira, jira.parent, reference=reference).startswith(f"it does not fit {reference}: columns that it")
    jira.write_text(example("jira-issues"), "utf-8", newline="")
    assert fit_words(jira, jira.parent, reference=reference) == ""
    jira.write_text("a,b\n1,2\n")
    assert fit_words(jira, jira.parent, reference=reference).endswith("few of its columns are there")


def test_one_heading_of_the_tool_alone_is_asked_about_and_drafted_as_any_table(tmp_path, terms):
    """Somebody's own list may have a column that a tool has too."""
    path = tmp_path / "faults.csv"
    path.write_text("Number,Priority,Caller\nF-1,1 - Critical,Help desk\nF-2,2 - High,Help desk\n")
    proposal = Proposal("table", FileKind.CSV, (path.name,), "table")
    draft_proposal(proposal, path, tmp_path, terms)

    assert proposal.draft is not None
    assert proposal.profile == ""
    assert "It looks like an export of ServiceNow incidents" in proposal.questions[0]
    assert "'State'" in proposal.questions[0]


def test_a_json_export_is_bound_by_its_profile(tmp_path, terms):
    """The same issues as JSON are the same tool's, and nobody describes their keys."""
    path = tmp_path / "issues.json"
    path.write_text(example("github-issues"))
    proposal = Proposal("table", FileKind.JSON, (path.name,), "table")
    draft_proposal(proposal, path, tmp_path, terms)

    assert proposal.profile == "github-issues@1"
    assert proposal.people
    assert proposal.active


def test_a_json_export_without_a_needed_key_is_refused_with_the_difference(tmp_path):
    records = json.loads(example("github-issues"))
    for record in records:
        del record["state"]
    (tmp_path / "issues.json").write_text(json.dumps(records))

    assert "does not read: columns that it has not: 'state'" in fit_words(tmp_path / "issues.json", tmp_path)


def test_a_sheet_is_not_bound_by_the_profile_of_the_sheet_beside_it(tmp_path):
    """The rows of one would be read by the words of the other."""
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        for name, row in (("Rooms", ["Room", "Floor"]), ("Page 1", ["Number", "State", "Priority", "Caller"])):
            book.add_worksheet(name).write_row(0, 0, row)
    profiles = tuple(SHIPPED.values())

    assert [each.profile.name for each in fits_of(tmp_path / "two.xlsx", profiles)][:1] == ["servicenow-incidents"]
    assert fits_of(tmp_path / "two.xlsx", profiles, sheet="Rooms") == []


def test_a_table_without_headings_is_one_question_and_no_place_to_fill_in(tmp_path):
    """Nobody can name its columns in YAML; somebody can export it again."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "runs.csv").write_text("A-1,Open,2027-03-01\nA-2,Closed,2027-03-02\nA-3,Open,2027-03-04\n")
    started = start(tmp_path, conduct(tmp_path, invented_office()))
    text = (tmp_path / "gonogo.yaml").read_text()

    assert started.left == ()
    assert "# ask: its first row reads like data; export it with a row of headings" in text
    assert "collector: table" not in text
    assert any("runs: its first row reads like data" in line for line in started.lines())
