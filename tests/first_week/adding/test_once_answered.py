"""Questions of the first sheet: answered once, taken into each sheet that they go for, and never into another one."""

from __future__ import annotations

import pytest

from gonogo.errors import UsageError
from gonogo.first_week.adding.once_answered import OnceAnswered, target_lines, with_once_answered
from gonogo.first_week.adding.start_questions import AskedCell, StartQuestion
from gonogo.first_week.drafts.answered_draft import AnsweredRow


def row(tag: str, about: str, of: str = "", answer: str = "", second: str = "") -> AnsweredRow:
    """A row of a sheet."""
    return AnsweredRow(tag, about, of, answer, second, "sheet 1, row 9")


def asked(tag: str, about: str, under: str, answer: str, second: str = "", hidden: str = "") -> OnceAnswered:
    """A question as somebody left it."""
    return OnceAnswered(tag, about, under, answer, second, f"sheet Start here, row {len(answer)}", hidden)


def test_one_answer_goes_for_each_sheet_that_asks_it() -> None:
    """The same word was explained on five sheets."""
    sheets = [("12", [row("word", "OK, later", "Status ")]), ("22", [row("word", "ok, Later", "Result")]), ("9", [])]
    both = asked("word", "OK, later\nok, Later", "12 Status\n22 Result", "done")

    found = with_once_answered(sheets, [both])

    assert [[(each.answer, each.place) for each in rows] for rows in found] == [[("done", both.place)]] * 2 + [[]]


@pytest.mark.parametrize(
    ("tag", "own", "counts"), [("word", "open", "open"), ("reads", "Note", "Note"), ("word", "", "done")]
)
def test_an_answer_of_the_sheet_itself_counts_first(tag: str, own: str, counts: str) -> None:
    """One file may use the word otherwise."""
    found = with_once_answered([("2", [row(tag, "Ok", "", own)])], [asked(tag, "Ok", "2", "done")])

    assert found[0][0].answer == counts


def test_not_here_is_no_answer_where_the_export_lacks_the_column() -> None:
    """It is what the sheet is made with, so that a blank is not taken for a choice."""
    found = with_once_answered(
        [("2", [row("reads", "channel", "", "not here")])], [asked("reads", "channel", "2", "Q1")]
    )

    assert found[0][0].answer == "Q1"


def test_a_blank_question_changes_nothing() -> None:
    """What nobody answered stays unknown, or counts as the worse."""
    sheets = [("2", [row("fact", "sla.signed_ratio"), row("word", "Odd", "Status")])]

    assert with_once_answered(
        sheets, [asked("word", "Odd", "2 Status", ""), asked("fact", "sla.signed_ratio", "2", "")]
    ) == [sheets[0][1]]


@pytest.mark.parametrize(
    ("answer", "second", "taken"),
    [
        ("Position: is filled in", "", ("Position", "is filled in")),
        ("New Code: is blank", "", ("New Code", "is blank")),
        ("Due: by day", "", ("Due: by day", "")),
        ("Status", "Due", ("Status", "Due")),
    ],
)
def test_a_column_and_how_its_cells_count_are_one_choice(answer: str, second: str, taken: tuple[str, str]) -> None:
    """Two drop-downs, of which the second was needed whenever the first named such a column."""
    found = with_once_answered([("2", [row("fact", "a.b")])], [asked("fact", "a.b", "2", answer, second)])

    assert (found[0][0].answer, found[0][0].second) == taken


@pytest.mark.parametrize(
    "moved",
    [
        asked("word", "Odd", "3 Status", "done"),
        asked("word", "Odd", "2 Result", "done"),
        asked("word", "Even", "2 Status", "done"),
        asked("fact", "Odd", "2 Status", "done"),
        asked("word", "Odd\nOdd", "2 Status", "done"),
        asked("word", "Odd", "2 Status\n2 Status\n3 Status", "done"),
        asked("word", "Odd", "", "done"),
    ],
)
def test_a_question_about_no_row_of_the_workbook_is_refused(moved: OnceAnswered) -> None:
    """An answer that goes nowhere, or elsewhere, was given about something else."""
    with pytest.raises(UsageError, match="the workbook has no row"):
        with_once_answered([("2", [row("word", "Odd", "Status")])], [moved])


def test_two_questions_that_answer_one_row_otherwise_are_refused() -> None:
    """Which of both somebody meant, nobody knows."""
    sheets = [("2", [row("word", "Odd", "Status")])]
    one, other = asked("word", "Odd", "2 Status", "done"), asked("word", "Odd", "2 Status", "open ")

    assert with_once_answered(sheets, [one, one])[0][0].answer == "done"
    with pytest.raises(UsageError, match="it answers again, and otherwise"):
        with_once_answered(sheets, [one, other])


def test_an_answer_in_a_hidden_line_is_known_as_hidden() -> None:
    """Nobody who looks at the workbook sees it; its sheet is refused then."""
    found = with_once_answered(
        [("2", [row("word", "Odd", "Status")])], [asked("word", "Odd", "2 Status", "done", hidden="row 9 is hidden")]
    )

    assert found[0][0].hidden == "row 9 is hidden"


def test_what_a_question_goes_for_is_written_as_it_is_read() -> None:
    """Headings with line breaks and blanks at their end are one line each."""
    targets = (AskedCell(3, "Odd", "Status "), AskedCell(14, "odd", "Exit\ncriteria met?"), AskedCell(5, "Odd"))

    assert target_lines(StartQuestion("word", targets, "?")) == ("Odd\nodd\nOdd", "3 Status\n14 Exit criteria met?\n5")
