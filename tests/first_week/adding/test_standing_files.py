"""How files of a folder stand: bound, superseded, and what a bound workbook hides."""

from pathlib import Path

import pytest
import xlsxwriter

from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.standing_files import FileStanding, HowItStands, standing_lines


def book(path: Path, *sheets: tuple[str, bool]) -> None:
    with xlsxwriter.Workbook(path) as made:
        for name, hidden in sheets:
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["Key", "State"])
            sheet.write_row(1, 0, ["A-1", "Open"])
            if hidden:
                sheet.hide()


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ((("Defects 2027-04", False), ("Defects 2027-03", True)), "Defects 2027-03 is superseded by Defects 2027-04"),
        ((("Defects v4", False), ("Defects v3", True)), "Defects v3 is superseded by Defects v4"),
        ((("April 2027", False), ("March 2027", True)), "March 2027 is superseded by April 2027"),
        ((("2027 Apr", False), ("2027 Mar", True)), "2027 Mar is superseded by 2027 Apr"),
        ((("Apr", False), ("Mar", True)), "Mar is superseded by Apr"),
        ((("04-2027", False), ("03-2027", True)), "03-2027 is superseded by 04-2027"),
        ((("Log 2027-04-18", False), ("Log 2027-04-11", True)), "Log 2027-04-11 is superseded by Log 2027-04-18"),
        ((("2027-04", False), ("2027-05", True)), "2027-05 is newer by its name than 2027-04, which is shown"),
        ((("Defects 2027-04", False), ("Lists", True)), ""),
        ((("Summary", False), ("Mayor", True)), ""),
        ((("April 2027", False), ("March", True)), ""),
        ((("Defects 2027-04", False), ("Defects 2027-03", False)), "no binding reads its sheet Defects 2027-03"),
    ],
)
def test_a_hidden_sheet_of_the_month_before_is_superseded(tmp_path, sheets, says):
    """Nobody sees last month's rows, and nobody knows whether they were meant to be read."""
    (tmp_path / "evidence").mkdir()
    book(tmp_path / "evidence" / "defects.xlsx", *sheets)
    (tmp_path / "gonogo.yaml").write_text(
        "schema: 1\n"
        "program: {id: p, customer: A, provider: B, time_zone: UTC}\n"
        "releases: [{id: R1, go_live: 2027-05-03T06:00}]\n"
        "ruleset: m3-baseline\n"
        "evidence:\n"
        "  - {id: defects, collector: table, path: evidence/defects.xlsx, as_of: {at: 2027-04-18, by: Ada Kirsch},"
        f" side: provider, producer: B, settings: {{tables: {{t: {{sheet: {sheets[0][0]!r},"
        " columns: {key: {header: Key, type: id}}, ignore: [State], unique: [key]}}, facts: {}}}\n"
    )
    [standing] = [each for each in folder_status(tmp_path) if each.path.endswith("defects.xlsx")]

    hidden = "" if says.startswith("no binding") else "its hidden sheet "
    assert standing.words == (f"defects; {hidden}{says}" if says else "defects")


BOUND = (
    "  - {id: NAME, collector: table, path: evidence/defects.xlsx, as_of: {at: 2027-04-18, by: Ada Kirsch}, side:"
    " provider, producer: B, MARK settings: {tables: {t: {sheet: Apr, columns: {key: {header: Key, type: id}},"
    " ignore: [State], unique: [key]}}, facts: {}}}\n"
)


@pytest.mark.parametrize(
    ("marks", "standing", "words"),
    [
        (("",), HowItStands.BOUND, "b0"),
        (("confirmed: no,",), HowItStands.UNCONFIRMED, "b0"),
        (("", "confirmed: no,"), HowItStands.BOUND, "b0; b1 waits for a person and reads nothing yet"),
        (
            ("confirmed: no,", "", "confirmed: no,"),
            HowItStands.BOUND,
            "b1; b0, b2 wait for a person and read nothing yet",
        ),
    ],
)
def test_a_binding_that_waits_is_told_beside_the_one_that_reads(tmp_path, marks, standing, words):
    """`Bound: rtm, rtm-2` said of a draft that it was read; and a hidden sheet is told before anybody decides."""
    (tmp_path / "evidence").mkdir()
    book(tmp_path / "evidence" / "defects.xlsx", ("Apr", False), ("Mar", True))
    (tmp_path / "gonogo.yaml").write_text(
        "schema: 1\n"
        "program: {id: p, customer: A, provider: B, time_zone: UTC}\n"
        "releases: [{id: R1, go_live: 2027-05-03T06:00}]\n"
        "ruleset: m3-baseline\n"
        "evidence:\n" + "".join(BOUND.replace("NAME", f"b{n}").replace("MARK", mark) for n, mark in enumerate(marks))
    )
    [found] = [each for each in folder_status(tmp_path) if each.path.endswith("defects.xlsx")]

    assert (found.standing, found.words) == (standing, f"{words}; its hidden sheet Mar is superseded by Apr")


def test_only_what_there_is_has_a_heading():
    """No file, one of them, and one that nobody knows, with what to type for it."""
    bound = FileStanding("a b.csv", HowItStands.BOUND, "a")
    unknown = FileStanding("c.csv", HowItStands.UNKNOWN, "CSV table")

    assert standing_lines([], repr) == ["The folder holds no file."]
    assert standing_lines([bound], repr) == ["Bound: 1 file", "  a b.csv: a"]
    assert standing_lines([bound, bound, unknown], repr) == [
        "Bound: 2 files",
        "  a b.csv: a",
        "  a b.csv: a",
        "Read by no binding, and not settled: 1 file",
        "  c.csv: CSV table",
        "To bind one: gonogo add PROGRAM 'c.csv'. To settle that it is no evidence, so that nobody",
        "asks again: gonogo add PROGRAM 'c.csv' --not-evidence REASON",
    ]
