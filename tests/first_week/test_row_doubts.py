"""``map`` asks what the rows are and what they are about, before the collector does."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.mapping import TableMapping, map_file


def mapped(folder: Path, text: str) -> TableMapping:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return map_file(path)


def stops(mapping: TableMapping) -> str:
    return " | ".join(str(note) for note in mapping.notes if note.stops)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (
            "case,result,Build Number\nT1,Pass,REL-1.1\nT2,Pass,REL-1.1\nT3,Pass,REL-1.0\nT4,Pass,REL-1.0\n",
            "names 2 builds (REL-1.0, REL-1.1)",
        ),
        (
            "case,result,Cycle\nT1,Pass,Cycle 1\nT2,Pass,Cycle 1\nT3,Pass,Cycle 2\nT4,Pass,Cycle 2\n",
            "names 2 test cycles",
        ),
        ("Row,Indent,Task\n1,0,Phase\n2,1,Stop\n3,1,Load\n", "parents of others"),
        (
            "team,result\nA,Pass\nA,Pass\nB,Pass\n",
            "no key tells every row apart as an item of its own, so one item could count twice",
        ),
        ("case,step id,result\nT1,1,Pass\nT1,1,Pass\nT2,1,Pass\n", "no key tells every row apart"),
        ("case,step id,result\nT1,1,Pass\nT1,2,Pass\nT2,1,Pass\n", "tells every row apart as an item of its own"),
        ("no,issue key,result\n1,Q-1,Pass\n2,Q-1,Pass\n3,Q-2,Pass\n", "tells every row apart as an item of its own"),
    ],
)
def test_what_has_to_be_settled_is_asked(tmp_path: Path, text: str, asks: str):
    """Settings that were pasted as they are would be a gap, or worse a number."""
    assert asks in stops(mapped(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("case,result\nT1,Pass\nT2,Pass\n", "case"),
        ("step,done\nC-1,yes\nC-2,no\n", "step"),
        ("scenario,element,result\nS1,E1,Pass\nS1,E2,Pass\nS2,E1,Pass\nS2,E2,Fail\n", "scenario, element"),
    ],
)
def test_a_key_that_shows_itself_is_printed(tmp_path: Path, text: str, key: str):
    """Nobody is asked for what the file says."""
    found = mapped(tmp_path, text)

    assert (found.key, stops(found)) == (key, "")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Title,Issue ID,State\nPay fails,1,Open\nDocs,2,Closed\n", "issue_id"),
        ("Summary,Issue key,Issue id\nPay,DI-1,46025\nDocs,DI-2,46026\n", "issue_key"),
        ("Start Date,Result\n2026-01-01,Pass\n2026-01-02,Pass\n", ""),
        ("First name,Points\nAnn,9\nBo,8\n", ""),
        ("Result,Duration\nPass,1\nPass,2\n", ""),
        ("Key,Name,Step,Shown\nPAY-1,Login,open,page\n,,type,ok\nPAY-2,Logout,click,out\n", ""),
        ("Remark,State\nThe page is shown as it should be.,open\nIt was late,done\n", ""),
        ("Task,State\nStop interfaces,open\nLoad balances,done\n", "task"),
    ],
)
def test_only_an_identifier_or_a_name_is_offered_as_a_key(tmp_path: Path, text: str, key: str):
    """A text, a day or a person that happens to differ in every row would switch the guard off."""
    found = mapped(tmp_path, text)

    assert found.key == key
    assert bool(key) or "no key tells every row apart" in stops(found)


def test_an_identifier_that_is_partly_blank_is_named(tmp_path: Path):
    """Rows of steps leave the key of their case out."""
    assert "Key is blank in 1" in stops(mapped(tmp_path, "Key,Step\nPAY-1,open\n,type\nPAY-2,click\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Issue key,Issue id,Parent id\nPAY-1,10001,\nPAY-2,10002,10001\n",
        "Task ID,Name,Parent task\n1001,Plan launch,\n1002,Draft release,Plan launch\n",
        "ID,Title 1,Title 2,State\n1,Pay,,New\n2,,Refund,New\n3,,Reject,Done\n",
        "ID,Task Name,State\n1,Cutover,New\n2,    Freeze,New\n3,    Backup,Done\n",
    ],
)
def test_parents_are_asked_about_however_they_are_written(tmp_path: Path, text: str):
    """A parent names its children's key, number or title, has a column of its own, or is indented."""
    assert "some rows are parents of others" in stops(mapped(tmp_path, text))


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Created At (UTC)", "2026-11-01 10:00:00", {"zone": "UTC"}),
        ("Created At", "2026-11-01 10:00:00", {"zone": "local"}),
        ("Created At (UTC+2)", "2026-11-01 10:00:00", {"zone": "local"}),
        ("Created", "12/Mar/24 9:41 AM", {"zone": "local", "format": "%d/%b/%y %I:%M %p"}),
    ],
)
def test_the_heading_says_the_zone_and_month_names_leave_no_doubt(
    tmp_path: Path, heading: str, cell: str, expected: dict[str, str]
):
    """A time in UTC that is read as local is hours off."""
    found = mapped(tmp_path, f"Key,{heading}\nQ-1,{cell}\nQ-2,{cell}\n")

    (guess,) = (guess for guess in found.columns.values() if guess.heading == heading)
    assert guess.settings == {"type": "instant"} | expected


def test_heading_rows_of_a_survey_are_asked_about(tmp_path: Path):
    """The collector refuses them; what is printed must not look as if it could be pasted."""
    rows = 'Id,Q1\nResponse ID,How?\n"{""ImportId"":""_id""}","{""ImportId"":""Q1""}"\nR_1,well\nR_2,ill\n'

    assert "names of the export's fields" in stops(mapped(tmp_path, rows))


def test_several_columns_that_show_parents_are_one_question_with_the_key_that_they_name(tmp_path: Path):
    """Jira writes Parent and Parent summary; two questions with one answer look like two things to settle."""
    rows = "WEB-1,1001,,,A\nWEB-2,1002,1001,A,b\nWEB-3,1003,1001,A,c\n"

    found = mapped(tmp_path, f"Issue key,Issue id,Parent,Parent summary,Summary\n{rows}")

    assert stops(found) == (
        "column Parent, Parent summary: shows that some rows are parents of others; say rows: {parent: counts} if a "
        "row that others name is an item too, as an epic or a story is, or rows: {parent: {column: parent, "
        "names_parent: issue_id}} if it is none"
    )


def test_the_column_that_tells_rows_apart_is_named_where_nobody_knows_the_key(tmp_path: Path):
    """`trained has 2 values in 12 rows, to count by` is no advice if each learner has one row."""
    rows = "".join(f"Part of the floor plan {n} by the window,Yes,{n % 3}\n" for n in range(9))
    repeated = rows.replace("plan 8 by the window,Yes,2", "plan 7 by the window,Yes,1")

    assert stops(mapped(tmp_path, f"Remark,Trained,Group\n{rows}")).endswith(
        "; remark tells every row apart: unique: [remark], if it names what a row is"
    )
    assert stops(mapped(tmp_path, f"Remark,Trained,Group\n{repeated}")).endswith(
        "; remark has 8 values in 9 rows, to count by"
    )


@pytest.mark.parametrize(
    ("text", "key", "others"),
    [
        ("Requirement ID,CR ID,Test Case ID,Status\nR-1,C-1,T-1,Open\nR-2,C-2,T-2,Open\n", "requirement_id", 2),
        ("CR ID,Requirement ID,Status\nC-1,R-1,Open\nC-2,R-2,Open\n", "cr_id", 1),
        ("Issue id,Issue key,Status\n100,Q-1,Open\n101,Q-2,Open\n", "issue_key", 1),
        ("Requirement ID,CR ID,Status\nR-1,C-1,Open\nR-2,C-1,Open\n", "requirement_id", 0),
        ("Requirement ID,CR ID,Status\nR-1,C-1,Open\nR-2,,Open\n", "requirement_id", 0),
        ("Row #,Requirement ID,Status\n1,R-1,Open\n2,R-2,Open\n", "requirement_id", 0),
    ],
)
def test_a_second_column_that_could_be_the_key_is_named(tmp_path: Path, text: str, key: str, others: int):
    """Requirements counted by their change requests are other things, and the number looks right."""
    mapping = mapped(tmp_path, text)

    (told,) = [str(note) for note in mapping.notes if "is taken for the key" in str(note)] or [""]
    assert mapping.key == key
    assert told.partition(", and ")[2].partition(" would tell")[0].count("_id") == others
    assert not mapping.stopped


@pytest.mark.parametrize(
    "text",
    [
        "Status,Note\nOpen,a\nClosed,b\nBlocked,c\n",
        "Priority,Note\nP1,a\nP2,b\nP3,c\n",
        "Team,Status,Note\nA,Open,x\nA,Closed,y\nB,Open,z\nB,Closed,w\n",
        "Team,How it stands,Note\nA,Open,x\nA,Closed,y\nB,Open,z\nB,Closed,w\n",
        "Team,Severity,Note\nA,S1,x\nA,S2,y\nB,S1,z\nB,S2,w\n",
    ],
)
def test_how_rows_stand_is_no_key_and_no_half_of_one(tmp_path: Path, text: str):
    """Three rows with three states have three today, and a fourth row changes that."""
    mapping = mapped(tmp_path, text)

    assert not {"status", "priority", "how_it_stands", "severity"} & set(mapping.key.split(", "))
    assert "unique: [status]" not in stops(mapping)
    assert "unique: [priority]" not in stops(mapping)


@pytest.mark.parametrize(
    ("heading", "stopped"),
    [("risk_id", False), ("Requirement ID", False), ("Region", False), ("Ref", True), ("Risk release", True)],
)
def test_numbers_of_other_things_are_no_releases(tmp_path: Path, heading: str, stopped: bool):
    """R001 is a risk as often as a release; a stop for each list of actions would be for nothing."""
    rows = "".join(f"A-{n},R00{n % 3 + 1},Open\n" for n in range(9))

    assert ("names 3 releases" in stops(mapped(tmp_path, f"action id,{heading},Status\n{rows}"))) is stopped
