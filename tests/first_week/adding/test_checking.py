"""``gonogo check``: one screen about one file, without a program, and without a name of anybody."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from gonogo.errors import UsageError
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.archives import _MAX_PART

ROWS = ("U-1,Ada Kirsch,ada@x.gov,Pass", "U-2,Ian Ott,ian@x.gov,Parked", "U-3,Ada Kirsch,ada@x.gov,")
PEOPLE = "\n".join(("Case,Tester,E-mail,Result", *ROWS, ""))


def lines(path: Path, text: str, **more: str) -> list[str]:
    """Write a file and look at it."""
    path.write_text(text, encoding="utf-8")
    return list(check_file(path, **more).lines())


def test_it_shows_what_would_be_read_what_not_and_what_to_ask(tmp_path: Path) -> None:
    """A person sees in one screen whether the file is the right one."""
    found = lines(tmp_path / "interfaces.csv", "Interface ID,Owner,E2E test\nI1,Ada,Passed\nI2,Ian,Failed\n")

    assert found[0] == "interfaces.csv: CSV table, read by `table`"
    assert "  interfaces.e2e_passed_ratio = 1 of 2, and nobody says when it held" in found
    assert "  2 rows about interfaces; columns that no fact needs: Owner" in found
    assert "  When did its content hold? Neither its name nor a column says so." in found
    assert found[-1] == "Nothing is bound by this. `gonogo add PROGRAM FILE` binds it, to be confirmed."
    assert len(found) <= 24


def test_no_name_address_or_cell_about_people_is_shown(tmp_path: Path) -> None:
    """The screen is photographed and mailed around."""
    found = "\n".join(lines(tmp_path / "UAT results.csv", PEOPLE))

    assert not [word for word in ("Ada", "Kirsch", "Ian", "Ott", "ada@x.gov") if word in found]
    assert "Parked" in found


def test_an_export_that_its_profile_does_not_read_is_not_called_read_by_it(tmp_path: Path) -> None:
    """Two sentences of one screen said the opposite of each other."""
    head = "CycleName,Issue Key,Test Summary,Labels,Project,Component,Version,ExecutionStatus,ExecutedOn,ExecutedBy\n"
    found = lines(tmp_path / "zephyr.csv", f"{head}C,T-1,s,l,P,c,1,PASS,2026-11-01,\n")

    assert "; zephyr-executions@1 does not read it: columns that it has not: 'ExecutionId'" in found[0]
    assert "read by" not in found[0]


def test_a_file_beside_a_program_is_read_by_its_binding_and_its_clock(tmp_path: Path) -> None:
    """What a run would read is what is shown, and a day of Guam begins on the day before in UTC."""
    (tmp_path / "evidence").mkdir()
    path = tmp_path / "evidence" / "i.csv"
    path.write_text("id,t\n1,Passed\n", encoding="utf-8")
    (tmp_path / "gonogo.yaml").write_text(
        """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: Pacific/Guam}
releases: [{id: R1, go_live: 2027-05-03T06:00}]
ruleset: m3-baseline@1.0.0
evidence:
  - id: mine
    collector: table
    as: interfaces
    path: evidence/i.csv
    as_of: {at: 2026-04-15, by: Ada}
    side: customer
    producer: PMO
    settings:
      tables: {t: {unique: [id], columns: {id: {type: text}, t: {type: text, allowed: any}}}}
      facts: {e2e_passed_ratio: {share: {where: 't == "Passed"'}}}
""",
        encoding="utf-8",
    )

    assert list(check_file(path).lines()) == [
        "i.csv: bound as mine",
        "Read today by the binding mine:",
        "  interfaces.e2e_passed_ratio = 1 of 1, held 2026-04-15",
    ]

    other = tmp_path / "evidence" / "interfaces 2026-04-16.csv"
    found = lines(other, "Interface ID,E2E test\nI1,Passed\nI2,Failed\n")
    assert "  interfaces.e2e_passed_ratio = 1 of 2, held 2026-04-16" in found


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("notes.txt", "Dear all,\nnothing new.\n", "It is text, but not a table"),
        ("none.csv", None, "is no file"),
        ("x.xml", "<html></html>", "It is a web page"),
    ],
)
def test_what_nothing_reads_is_said_in_one_sentence(tmp_path: Path, name: str, text: str | None, says: str) -> None:
    """With what helps, where something does."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=says):
        check_file(tmp_path / name)


@pytest.mark.parametrize(("name", "helps"), [("ATO.pdf", False), ("notes.txt", True)])
def test_reading_it_as_a_table_is_advice_only_for_what_could_be_one(tmp_path: Path, name: str, helps: bool) -> None:
    """A PDF, a deck or a lock file never becomes a table."""
    (tmp_path / name).write_bytes(b"%PDF-1.4\n%%EOF" if name.endswith("pdf") else b"Dear all,\nnothing new.\n")

    with pytest.raises(UsageError) as caught:
        check_file(tmp_path / name)

    assert ("as a table" in caught.value.hint) is helps


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (
            "k6.json",
            '{"metrics": {"http_reqs": {"count": 2}, "http_req_failed": {"passes": 0, "fails": 2}}}',
            "k6 summary, read by `load`",
        ),
        ("axe.json", '{"violations": []}', "A file of a kind that is not known, read by `load`"),
    ],
)
def test_a_file_for_a_named_collector_is_called_what_it_is(tmp_path: Path, name: str, text: str, what: str) -> None:
    """Whatever load read was called results of JMeter, and whatever MPXJ read a plan of Primavera."""
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert check_file(tmp_path / name, reads="load").what == what


def test_a_text_of_one_column_gets_no_advice_to_read_it_as_a_table(tmp_path: Path) -> None:
    """Metrics of Prometheus have a first line too, and a table of it says nothing."""
    (tmp_path / "om.txt").write_text("# TYPE go_threads gauge\ngo_threads 8\n# EOF\n", encoding="utf-8")

    with pytest.raises(UsageError, match="Prometheus") as caught:
        check_file(tmp_path / "om.txt")

    assert caught.value.hint == ""


def test_a_table_is_no_advice_for_a_file_that_a_table_refuses(tmp_path: Path) -> None:
    """A person who followed it would read that there is no list of records."""
    report = '{"categories": {"performance": {"score": 0.9}}, "audits": {"speed": {"numericValue": 1}}}'
    (tmp_path / "summary.json").write_text(report, encoding="utf-8")

    with pytest.raises(UsageError, match="Lighthouse") as caught:
        check_file(tmp_path / "summary.json")

    assert caught.value.hint == ""


def test_what_is_asked_is_not_shown_a_second_time_as_odd(tmp_path: Path) -> None:
    """The screen is one screen, and one thing stands there once."""
    found = lines(tmp_path / "potluck.csv", "Name,Dish\nAda,Chili\nIan,Chips\nBo,Flan\n")

    assert [line for line in found if "no key tells every row apart" in line] == [found[-2]]


def test_a_program_with_mistakes_around_the_file_is_named(tmp_path: Path) -> None:
    """What is shown without it could be another thing than what its binding reads."""
    (tmp_path / "gonogo.yaml").write_text("schema: 1\n", encoding="utf-8")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(UsageError, match="The program around it has mistakes"):
        check_file(tmp_path / "x.csv")


RUFF = (
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "ruff"}}, '
    '"results": [{"level": "error", "ruleId": "S602", "message": {"text": "shell"}}]}]}'
)


def test_a_document_that_does_not_say_when_it_held_shows_its_numbers_and_asks(tmp_path: Path) -> None:
    """Ruff, Semgrep, zizmor and flawfinder write no `endTimeUtc`: a person sees the findings and says the day."""
    found = lines(tmp_path / "ruff.sarif", RUFF)

    assert "  scan.sarif_error_open = 1, and nobody says when it held" in found
    assert "  When did its content hold? The file does not say; say it with --held DAY when you confirm it." in found


def test_a_document_with_another_flaw_is_not_asked_for_its_day(tmp_path: Path) -> None:
    """A day would not help: the run has no results."""
    empty = '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}}]}'
    found = "\n".join(lines(tmp_path / "none.sarif", empty))

    assert "not scan.sarif_error_open" in found
    assert "When did its content hold?" not in found


def test_samples_of_monitoring_ask_for_the_components_that_must_be_there(tmp_path: Path) -> None:
    """`/federate` of Prometheus 2.42 is recognized; a component that nobody monitors is in no sample."""
    found = lines(tmp_path / "up.prom", '# TYPE up untyped\nup{instance="a:1",job="api"} 0 1796016398566\n')

    assert found[0] == "up.prom: Prometheus samples of what is up, read by `metrics`"
    assert (
        "  expected: the components that must be there, by the label `job`; samples do not show who is left out"
        in found
    )


def test_a_bundle_without_a_branch_asks_for_one_in_words(tmp_path: Path) -> None:
    """`git bundle create FILE HEAD` of git 2.39 names no branch; a pattern that an empty name fails helps nobody."""
    found = "\n".join(lines(tmp_path / "h.bundle", f"# v2 git bundle\n{'a' * 40} HEAD\n\nPACK"))

    assert (
        "branch: none stands out in the bundle; name the one that is released, or make the bundle with --all" in found
    )


def test_a_file_whose_day_nobody_has_said_is_read_as_of_today(tmp_path: Path) -> None:
    """Read as of a day that stood in for it, every day in a list of sent messages was one to correct."""
    rows = ["M1,2026-03-01,2026-03-01", "M2,2026-03-02,2027-03-05"]
    path = tmp_path / "comms plan.csv"
    path.write_text("\n".join(("Message ID,Due Date,Sent On", *rows, "")), encoding="utf-8")
    found = "\n".join(check_file(path, now=datetime(2026, 4, 1, 12, tzinfo=UTC)).lines())

    assert "holds a day after 2026-04-01" in found
    assert "2000-01-01" not in found


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It may point to what is none of the program's files."""
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "list.csv")
    with pytest.raises(UsageError, match=r"link\.csv is a link, and links are not followed"):
        check_file(tmp_path / "link.csv")


@pytest.mark.parametrize(("more", "large"), [(-1, False), (0, False), (1, True)])
def test_a_workbook_that_would_unpack_to_more_than_the_limit_is_told_so(tmp_path: Path, more: int, large: bool) -> None:
    """Its contents are not damaged: they are too many."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", " " * (_MAX_PART + more))
    with pytest.raises(UsageError) as caught:
        check_file(path)
    told = f"Its part xl/workbook.xml would unpack to {_MAX_PART + more:,} bytes; the limit is {_MAX_PART:,}."
    assert (told in str(caught.value)) is large
    assert ("damaged" in str(caught.value)) is not large


@pytest.mark.parametrize(("end", "told"), [("\r", True), ("\r\n", False), ("\n", False)])
def test_lines_that_end_in_carriage_returns_alone_are_told(tmp_path: Path, end: str, told: bool) -> None:
    """An old Mac wrote them; to say that there is no header would be untrue."""
    (tmp_path / "list.csv").write_bytes(end.join(["Defect,Status", "D1,Open", "D2,Closed", ""]).encode())
    text = "\n".join(check_file(tmp_path / "list.csv").lines())
    assert ("its lines end in carriage returns alone" in text) is told
    assert "no header row" not in text


PLANNER = '<?xml version="1.0"?>\n<project name="x" mrproject-version="2"><tasks/></project>\n'
P6 = '<?xml version="1.0"?>\n<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V22/API/BusinessObjects"/>\n'


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("plan.planner", PLANNER, "GNOME Planner plan, read by `schedule:mpxj`"),
        ("plan.xml", P6, "Primavera P6 XML, read by `schedule:mpxj`"),
    ],
)
def test_a_file_is_called_what_it_is_and_not_what_its_reader_reads_first(
    tmp_path: Path, name: str, text: str, what: str
) -> None:
    """A plan of GNOME Planner was called one of Primavera."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert check_file(tmp_path / name, reads="schedule:mpxj").what == what


def test_rows_that_the_draft_leaves_out_are_named_beside_the_number_of_rows(tmp_path: Path) -> None:
    """It said 4 rows of a sheet that shows 5, and nobody knew which one was missing."""
    text = "ID,Name,Owner,State\nA1,One,Ops,Open\nA2,Two,Ops,Open\n,Later,,\nA3,Three,Dev,Closed\nA4,Four,Dev,Open\n"
    found = "\n".join(lines(tmp_path / "list.csv", text))

    assert "  4 rows" in found
    assert "  row 4: 1 row with one cell alone, like the title of a group; left out of the rows" in found
    assert "left out of the rows" not in "\n".join(lines(tmp_path / "plain.csv", text.replace(",Later,,\n", "")))


def test_a_sheet_that_cannot_be_read_is_told_in_one_plain_sentence(tmp_path: Path) -> None:
    """The code of an error, an escape and the hint twice stood there, with an option that this command has not."""
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    found = "\n".join(check_file(tmp_path / "empty.xlsx").lines())

    assert "empty.xlsx, sheet Sheet is empty; `gonogo map FILE" in found
    assert found.count("--sheet") == found.count("gonogo map FILE --sheet NAME") == 1
    assert not any(part in found for part in ("error[", "\\x0a", "hint:"))
