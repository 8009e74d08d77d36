"""The files: each with how it stands, hostile names shown and never obeyed, and nothing read that the list has not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.asked import Asker

from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.left_files import REPLACES, left_files
from gonogo.first_week.adding.one_binding import settle_binding
from gonogo.first_week.adding.open_program import open_program
from gonogo.program.program_file import load_program
from gonogo.web.files_page import key_of

INTERFACES = "evidence/interfaces.csv"
HOSTILE = (
    "<script>alert(1)<\u2215script>.csv",
    '"><img src=x onerror=alert(1)>.csv',
    "'onmouseover='alert(1).csv",
    "{{ 7 * 7 }}.csv",
    "\u202egpj.csv",
    "two\nlines.csv",
    "a::error::b.csv",
    os.fsdecode(b"caf\xe9.csv"),
)


def page_of(path: str) -> str:
    """The address of a file."""
    return f"/files/{key_of(path)}"


def heard(asker: Asker, action: str, fields: dict[str, str]) -> tuple[str, ...]:
    """What an action had to say, before any page shows it."""
    assert asker.send(action, fields).status == 303
    notice = asker.desk.take_notice()
    assert notice is not None
    return (notice.title, *notice.lines)


def program_file(asker: Asker) -> str:
    """What the program's file says."""
    return (asker.desk.program / "gonogo.yaml").read_text(encoding="utf-8")


def test_the_list_says_of_each_file_what_status_says(week: Asker) -> None:
    """Two lists that differ send two people to two files."""
    text = week.get("/files").text
    listed = folder_status(week.desk.program)

    assert len(listed) == 2
    for each in listed:
        assert f"{each.path} {each.words}" in text
        assert str(each.standing) in text


def test_a_new_file_is_shown_with_what_would_be_read_and_why(week: Asker) -> None:
    """A person sees the proposal before anything is written."""
    before = program_file(week)
    text = week.get(page_of(INTERFACES)).text

    assert "Read by no binding, and not settled: nothing has looked into it yet" in text
    assert "read by `table`" in text
    assert "What would be read from it interfaces.e2e_passed_ratio = 1 of 2, and nobody says when it held" in text
    assert program_file(week) == before


def test_a_file_of_a_known_tool_says_how_surely_it_is_one(week: Asker) -> None:
    """Confidence and reason stand beside the proposal, so that a person can disagree."""
    example = Path(__file__).parents[2] / "src/gonogo/profiles/shipped/jira-issues.example.csv"
    (week.desk.program / "evidence/issues.csv").write_bytes(example.read_bytes())
    text = week.get(page_of("evidence/issues.csv")).text

    assert "with the profile jira-issues@" in text
    assert "Why it is proposed so" in text
    assert "(sure): " in text or "(likely): " in text


def test_a_file_is_bound_by_a_form_and_waits_for_a_person(week: Asker) -> None:
    """What `gonogo add` does: bound, not confirmed, and the program file before is kept."""
    answer = week.send(f"{page_of(INTERFACES)}/bind", {})
    text = week.follow(answer).text

    assert "Bound, to be confirmed evidence/interfaces.csv: CSV table, drafted as the binding interfaces" in text
    assert "To undo: move gonogo.earlier.yaml over gonogo.yaml" in text
    bound = {each.id: each.confirmed for each in load_program(week.desk.program).program.bindings}
    assert bound["interfaces"] is False
    assert "Take it as evidence" not in text
    assert "interfaces" in week.get("/questions").text


def test_a_file_that_nothing_reads_is_not_said_to_be_bound(week: Asker) -> None:
    """The heading of an answer is what people read of it."""
    (week.desk.program / "evidence/minutes.txt").write_text("Minutes of Monday.\n", encoding="utf-8")
    before = program_file(week)
    said = heard(week, f"{page_of('evidence/minutes.txt')}/bind", {})

    assert said[0] == "It is as unknown as before"
    assert said[1].startswith("evidence/minutes.txt: not bound.")
    assert program_file(week) == before


def test_a_file_that_is_no_evidence_needs_a_reason_and_a_name(week: Asker) -> None:
    """Who said so, when and why is what an auditor asks; without them nothing is written."""
    before = program_file(week)
    for fields in ({"reason": "a list for the party", "by": " "}, {"reason": "", "by": "Ada Kirsch"}, {}):
        said = heard(week, f"{page_of(INTERFACES)}/aside", fields)
        assert said[:2] == ("Not done", "error[G010] A reason and a name are needed.")
    assert program_file(week) == before

    week.send(f"{page_of(INTERFACES)}/aside", {"reason": "a list for the party", "by": "Ada Kirsch"})
    settled = load_program(week.desk.program).program.not_evidence or {}
    assert settled[INTERFACES].startswith("a list for the party (Ada Kirsch, 20")


def test_a_file_that_was_settled_meanwhile_is_not_settled_again(week: Asker) -> None:
    """A form that lay open all morning is about the morning."""
    week.send(f"{page_of(INTERFACES)}/bind", {})
    before = program_file(week)
    for action in ("bind", "aside"):
        fields = {"reason": "no evidence", "by": "Ada Kirsch"}
        said = heard(week, f"{page_of(INTERFACES)}/{action}", fields)
        assert said[1] == "error[G010] This file stands otherwise by now."
    assert program_file(week) == before


BOARD = "evidence/requests of the board.csv"


def confirmed(week: Asker) -> str:
    """Confirm the list that waits, put another one with its headings beside it, and return its binding."""
    (binding,) = load_program(week.desk.program).program.bindings
    settle_binding(week.desk.program, binding.id, by="Ada Kirsch")
    (week.desk.program / BOARD).write_text("CR #,Decision,Modified\nC9,Approved,2026-04-09\n", encoding="utf-8")
    return binding.id


def test_a_file_takes_the_place_of_a_bound_list_as_in_the_workbook(week: Asker) -> None:
    """The page had no way to say it, and a person was sent to a command."""
    binding = confirmed(week)
    page = week.get(page_of(BOARD)).text
    assert "It takes the place of evidence/change requests v3.csv It has the same headings." in page
    assert f"The binding {binding} reads it from now on" in page
    told = make_workbook_rows(week, BOARD)
    assert told == [(binding,)]

    said = heard(week, f"{page_of(BOARD)}/instead", {})

    assert said[0] == "It is read in the place of the older file"
    (found,) = load_program(week.desk.program).program.bindings
    assert (found.id, found.inputs[0].paths, found.confirmed) == (binding, (BOARD,), None)
    assert "It takes the place of" not in week.get(page_of(BOARD)).text


def make_workbook_rows(week: Asker, path: str) -> list[tuple[str, ...]]:
    """What the binding workbook offers beside a file that nothing reads."""
    rows = left_files(open_program(week.desk.program))
    return [row.offered for row in rows if (row.tag, row.about) == (REPLACES, path)]


def test_a_file_that_replaces_nothing_is_not_read_in_the_place_of_another(week: Asker) -> None:
    """A browser that sends the form all the same changes nothing."""
    confirmed(week)
    (week.desk.program / BOARD).write_text("CR,Decision,Modified\nC9,Approved,2026-04-09\n", encoding="utf-8")
    before = program_file(week)
    assert "It takes the place of" not in week.get(page_of(BOARD)).text

    said = heard(week, f"{page_of(BOARD)}/instead", {})

    assert said[:2] == ("Not done", "error[G010] No bound list has its headings any more.")
    assert program_file(week) == before


@pytest.mark.parametrize("waits", [False, True])
def test_a_file_that_the_binding_cannot_read_takes_no_place(week: Asker, waits: bool) -> None:
    """The same check as in the workbook: the list would be a gap that nobody asked for, of a draft that waits too."""
    if not waits:
        confirmed(week)
    (week.desk.program / BOARD).write_text("CR #,Decision,Modified\nC9,Approved,soon\n", encoding="utf-8")
    before = program_file(week)

    said = heard(week, f"{page_of(BOARD)}/instead", {})

    assert said[0] == "Not done"
    assert program_file(week) == before


def test_a_renamed_heading_is_said_on_the_page_by_somebody_who_is_named(week: Asker) -> None:
    """The page said that the file could not be read, and offered nothing."""
    binding = confirmed(week)
    newer = "evidence/change requests v4.csv"
    (week.desk.program / newer).write_text("CR #,Outcome,Modified\nC9,Approved,2026-04-09\n", encoding="utf-8")
    page = week.get(page_of(newer)).text
    assert "Which column is Decision?" in page
    assert "It may be Outcome: it stands in the same place" in page
    before = program_file(week)
    for fields in ({}, {"column0": "Modified", "by": "Ada Kirsch"}, {"column0": "Outcome", "by": " "}):
        assert heard(week, f"{page_of(newer)}/instead", fields)[0] == "Not done"
    assert program_file(week) == before

    said = heard(week, f"{page_of(newer)}/instead", {"column0": "Outcome", "by": "Ada Kirsch"})

    assert said[0] == "It is read in the place of the older file"
    assert any(line.strip().startswith("cr.undecided: ") and " before, " in line for line in said)
    (found,) = load_program(week.desk.program).program.bindings
    assert (found.id, found.inputs[0].paths, found.confirmed) == (binding, (newer,), None)


def test_hostile_names_are_text(week: Asker) -> None:
    """A person who can put a file into the folder can name it as they like, and no browser obeys the name."""
    for name in HOSTILE:
        (week.desk.program / "evidence" / name).write_text("", encoding="utf-8")
    pages = [week.get("/files"), week.get(page_of(f"evidence/{HOSTILE[-1]}"))]
    settled = week.send(f"{page_of(f'evidence/{HOSTILE[0]}')}/aside", {"reason": 'lunch "><script>', "by": "Ada <b>"})
    pages += [week.follow(settled), week.get(page_of(f"evidence/{HOSTILE[0]}"))]

    for page in pages:
        assert page.status == 200
        assert not [
            bad for bad in ("<script", "<img", "'onmouseover='", "49.csv", "\u202e", "two\n", "<b>") if bad in page.html
        ]
    assert all(key_of(f"evidence/{name}") in pages[0].html for name in HOSTILE)
    assert "not_evidence: " in pages[-1].text


@pytest.mark.parametrize(
    "wanted",
    [
        "..%2f..%2f..%2fetc%2fpasswd",
        "../../../etc/passwd",
        "%2e%2e/gonogo.yaml",
        "gonogo.yaml",
        INTERFACES,
        key_of("../outside.csv"),
        key_of("gonogo.yaml"),
        key_of("evidence/nothing.csv"),
        "\0",
    ],
)
def test_what_a_browser_sends_is_never_the_name_of_a_file(week: Asker, wanted: str) -> None:
    """Only what the list has is opened, found by what stands for it there."""
    (week.desk.program.parent / "outside.csv").write_text("Secret\nXYZZY\n", encoding="utf-8")
    before = program_file(week)
    for answer in (week.get(f"/files/{wanted}"), week.send(f"/files/{wanted}/bind", {})):
        assert answer.status in (200, 303, 404)
        text = answer.text if answer.status != 303 else week.follow(answer).text
        assert "no such" in text
        assert not [word for word in ("root:", "XYZZY", "schema") if word in text]
    assert program_file(week) == before


def test_a_link_is_listed_and_not_followed(week: Asker, tmp_path: Path) -> None:
    """A link in a synchronized folder may lead anywhere on the machine of the person who opens it."""
    outside = tmp_path / "outside.csv"
    outside.write_text("Interface ID,E2E test\nXYZZY,Passed\n", encoding="utf-8")
    (week.desk.program / "evidence/link.csv").symlink_to(outside)
    text = week.get(page_of("evidence/link.csv")).text
    before = program_file(week)

    assert "Links are not followed" in text
    assert "What would be read" not in text
    assert "XYZZY" not in text
    for action in ("bind", "aside"):
        fields = {"reason": "no evidence", "by": "Ada Kirsch"}
        said = heard(week, f"{page_of('evidence/link.csv')}/{action}", fields)
        assert said[1] == "error[G010] This file is not read here."
    assert program_file(week) == before


def test_a_link_to_a_file_of_the_program_is_not_followed_either(week: Asker) -> None:
    """One rule for links, wherever they lead: the file that is meant is in the list itself."""
    (week.desk.program / "evidence/same.csv").symlink_to(week.desk.program / INTERFACES)
    text = week.get(page_of("evidence/same.csv")).text

    assert "It is not read here: links are not followed" in text
    assert "e2e_passed_ratio" not in text


def test_a_folder_behind_a_link_is_not_read(week: Asker, tmp_path: Path) -> None:
    """The whole folder of evidence may be a link; what is outside of the program stays there."""
    outside = tmp_path / "elsewhere"
    (week.desk.program / "evidence").rename(outside)
    (week.desk.program / "evidence").symlink_to(outside)
    text = week.get(page_of(INTERFACES)).text

    assert "nothing outside of the program's folder is" in text
    assert "e2e_passed_ratio" not in text


def test_a_program_with_mistakes_shows_them_in_place_of_its_files(week: Asker) -> None:
    """Each page says what the command would."""
    (week.desk.program / "gonogo.yaml").write_text("schema: 1\nnothing: here\n", encoding="utf-8")

    for place in ("/files", "/questions", "/run", page_of(INTERFACES)):
        text = week.get(place).text
        assert "There is nothing to show" in text
        assert "Exit 2: Usage, configuration or ruleset wrong; nothing was judged." in text


def test_a_bound_file_leads_to_its_binding(week: Asker, opened: Callable[..., Asker]) -> None:
    """From the file to the question about it in one step."""
    html = week.get(page_of("evidence/change requests v3.csv")).html

    assert f'<a class="usa-link" href="{week.at("/bindings/change-requests-v")}">' in html
    assert "Take it as evidence" not in html
    assert "It is no evidence" not in html
