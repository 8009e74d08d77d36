"""Cells, commands and paths of the formats for machines: each letter that could mean something is tried alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from gonogo.model.reply import InputRead
from gonogo.model.ruleset import Domain
from gonogo.report.formats import FORMATS, azure_format, csv_format, github_format, openmetrics_format
from gonogo.report.machine.machine_standing import accounts
from gonogo.report.machine.notation import PROGRAM_FILE, dumped, link, moment, place_of
from gonogo.report.machine.runner_commands import Annotation, Level
from gonogo.report.view import RunView


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_cell_that_a_spreadsheet_would_calculate_begins_with_an_apostrophe(first: str) -> None:
    """Each by itself: a formula that is opened sends the file to somebody else."""
    assert csv_format._text(f"{first}1") == f"'{first}1"
    assert csv_format._text(f"1{first}") == f"1{first}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-3, "'-3"),
        (date(2027, 5, 3), "2027-05-03"),
        (datetime(2027, 5, 3, 8, tzinfo=timezone(timedelta(hours=-4))), "2027-05-03T12:00:00Z"),
    ],
)
def test_a_cell_that_is_no_text_is_written_in_one_way(cell: Any, text: str) -> None:
    """A spreadsheet of another country must not read May for March."""
    assert csv_format._text(cell) == text


def test_a_github_command_ends_where_it_should() -> None:
    """A colon or comma in a title would begin the message, or another property."""
    entry = Annotation(Level.ERROR, "a.b", "a:b,c%d", "x%y, z:")

    assert github_format._line(entry) == "::error title=a%3Ab%2Cc%25d::x%25y, z:"


def test_an_azure_command_ends_where_it_should() -> None:
    """A bracket would end it, and a semicolon would begin another property. A notice is a plain line."""
    entry = Annotation(Level.WARNING, "a];b%", "t%", "x];y")

    assert azure_format._line(entry) == "##vso[task.logissue type=warning;code=a%5D%3Bb%25;]t%25: x];y"
    assert azure_format._line(replace(entry, level=Level.NOTICE)) == "t%25: x];y"


@pytest.mark.parametrize("letter", ["<", ">", "&", "##"])
def test_json_is_no_markup_and_no_command(letter: str) -> None:
    """A page that shows the document inside of a script must not end there, and a runner that logs it obeys nothing."""
    data = dumped({"a": f"x{letter}y"})

    assert letter.encode() not in data
    assert json.loads(data) == {"a": f"x{letter}y"}


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("evidence/a b.csv", "evidence/a%20b.csv"),
        ("/etc/passwd", "etc/passwd"),
        ("//evil.example/x", "evil.example/x"),
        ("javascript:1", "javascript%3A1"),
        ("a?b#c", "a%3Fb%23c"),
        ("/", PROGRAM_FILE),
        ("", PROGRAM_FILE),
    ],
)
def test_a_path_is_a_reference_below_the_program(path: str, reference: str) -> None:
    """A viewer that follows it must end up nowhere else."""
    assert link(path) == reference


@pytest.mark.parametrize(
    ("path", "place"), [("/srv/x.csv", "srv/x.csv"), ("//x.csv", "x.csv"), ("/", PROGRAM_FILE), ("a/x.csv", "a/x.csv")]
)
def test_gitlab_finds_no_file_outside_of_the_repository(views: dict[str, RunView], path: str, place: str) -> None:
    """It drops a finding whose path it cannot take."""
    view = views["no_go"]
    files = (InputRead(name="file", path=path, size=1, sha256="a" * 64),)
    view = replace(view, collectors=(view.collectors[0].model_copy(update={"inputs": files}),))

    found = {each["check_name"]: each for each in json.loads(FORMATS["gitlab"].render(view))}

    assert found["workforce.training.completion"]["location"]["path"] == place


def test_a_finding_is_at_the_first_file_of_its_own_source(views: dict[str, RunView]) -> None:
    """Another source's file would send people to look there."""
    view = views["no_go"]
    reply = view.collectors[0]
    other = reply.model_copy(
        update={"binding": "another", "inputs": (InputRead(name="f", path="o.csv", size=1, sha256="b" * 64),)}
    )
    [mine] = [each for each in accounts(view) if each.finding.criterion == "workforce.training.completion"]

    assert place_of(replace(view, collectors=(other, reply)), mine) == "evidence/workforce/roster.csv"
    assert place_of(replace(view, collectors=(other,)), mine) == PROGRAM_FILE


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (datetime(1899, 12, 31, tzinfo=UTC), "1900-01-01T00:00:00Z"),
        (datetime(1900, 1, 1, tzinfo=UTC), "1900-01-01T00:00:00Z"),
        (datetime(2027, 5, 3, 8, 0, 59, 999999, tzinfo=timezone(timedelta(hours=-4))), "2027-05-03T12:00:59Z"),
        (datetime(9999, 12, 31, tzinfo=UTC), "2999-12-30T00:00:00Z"),
    ],
)
def test_a_moment_is_in_utc_and_one_that_a_schema_knows(when: datetime, text: str) -> None:
    """A validator refuses the whole file for a year that it does not know."""
    assert moment(when) == text


def test_a_label_ends_where_it_should() -> None:
    """A quote would end it, and a backslash would take the quote away."""
    assert openmetrics_format._label('a"b\\c\nd') == 'a\\"b\\\\c d'


def test_the_values_of_a_run_are_those_of_its_evidence(views: dict[str, RunView]) -> None:
    """Grafana draws what stands here: value, unit, basis, when it held and until when the verdict is valid."""
    text = FORMATS["openmetrics"].render(views["no_go"]).decode()
    base = 'program="harborline",release="R1",purpose="decision"'
    at = "1808150400"

    for line in (
        f'gonogo_fact{{{base},fact="training.completed_ratio",basis="measured"}} 0.9322845417236663 {at}',
        f'gonogo_evidence_as_of_timestamp_seconds{{{base},fact="training.completed_ratio"}} 1807804800 {at}',
        f'gonogo_evidence_as_of_timestamp_seconds{{{base},fact="cutover.note"}} 1808064000 {at}',
        f"gonogo_valid_until_timestamp_seconds{{{base}}} 1808409600 {at}",
        f"gonogo_go_live_timestamp_seconds{{{base}}} 1809338400 {at}",
        f"gonogo_blockers{{{base}}} 4 {at}",
        f"gonogo_conditions{{{base}}} 0 {at}",
    ):
        assert line in text.split("\n"), line
    assert "gonogo_fact{" + base + ',fact="cutover.note"' not in text


@pytest.mark.parametrize(("micro", "text"), [(0, "1"), (500_000, "1.500"), (1_000, "1.001")])
def test_seconds_are_whole_or_to_the_thousandth(micro: int, text: str) -> None:
    """OpenMetrics reads both; a float's last digits would differ from machine to machine."""
    assert openmetrics_format._seconds(datetime(1970, 1, 1, 0, 0, 1, micro, tzinfo=UTC)) == text


def test_no_evidence_has_no_series() -> None:
    """A series without samples is refused by strict readers."""
    empty = SimpleNamespace(evidence=())

    assert list(openmetrics_format._facts(empty, {}, "1")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("run", "exit_code", "accepted", "result"),
    [
        ("mixed", 0, True, "SucceededWithIssues"),
        ("mixed", 0, False, "Failed"),
        ("mixed", 3, False, "Failed"),
        ("mixed", 5, True, "Failed"),
        ("go", 0, False, "SucceededWithIssues"),
        ("no_go", 0, True, "Failed"),
    ],
)
def test_a_task_of_azure_succeeds_only_with_what_was_accepted(
    views: dict[str, RunView], run: str, exit_code: int, accepted: bool, result: str
) -> None:
    """A condition that nobody accepted stops a pipeline, whatever code an older record holds."""
    finished = views[run].finished.model_copy(update={"exit_code": exit_code, "accepted_conditional": accepted})

    assert azure_format._result(replace(views[run], finished=finished)) == result


def test_properties_come_first_and_none_is_empty(views: dict[str, RunView]) -> None:
    """The schema wants them before the cases; an empty marking would look like one."""
    root = ElementTree.fromstring(FORMATS["junit"].render(views["no_go"]))
    first, *others = root.findall("testsuite")

    assert first[0].tag == "properties"
    found = {each.attrib["name"]: each.attrib["value"] for each in first[0]}
    assert all(found.values())
    assert "marking" not in found
    assert {"kind", "verdict", "signal", "exit_code", "ruleset", "log", "run", "head", "digest"} <= found.keys()
    assert not any(suite.findall("properties") for suite in others)


def test_the_groups_of_heimdall_are_the_domains_with_their_controls(views: dict[str, RunView]) -> None:
    """Who opens a domain sees all of it, and nothing of another one."""
    (profile,) = json.loads(FORMATS["ohdf"].render(views["mixed"]))["profiles"]
    groups = {each["id"]: each["controls"] for each in profile["groups"]}
    controls = [each["id"] for each in profile["controls"]]

    for domain in Domain:
        assert groups[domain.value] == [name for name in controls if name.startswith(f"{domain.value}.")], domain
    assert {name for group in groups.values() for name in group} >= {*controls} - {"gonogo.verdict"}
    assert [each["title"] for each in profile["groups"] if each["id"] in groups.keys() & {*Domain}] == [
        domain.value.capitalize() for domain in Domain
    ]


def test_only_a_series_with_a_unit_says_one(views: dict[str, RunView]) -> None:
    """OpenMetrics: a family with a unit is called after it; an empty unit is refused."""
    lines = FORMATS["openmetrics"].render(views["no_go"]).decode().split("\n")
    units = [line.split(" ") for line in lines if line.startswith("# UNIT ")]

    assert units
    assert all(len(each) == 4 and each[2].endswith(f"_{each[3]}") for each in units)
    named = {each[2] for each in units}
    families = [line.split(" ")[2] for line in lines if line.startswith("# TYPE ")]
    assert {name for name in families if name.endswith("_seconds")} == named
