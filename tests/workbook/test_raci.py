"""A RACI matrix as PMOs draw it: read, contradictions named with their cells, and a register to start from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.cli import run
from gonogo.documents.shape import read_sheet
from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.program.raci_seats import person_id
from gonogo.program.side_documents import PeopleDocument
from gonogo.program.side_files import build_people
from gonogo.workbook.raci_file import examine

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
HEADER = ["#", "Activity", "Customer Program Manager", "Customer: Functional Lead", "provider.program_manager", "Notes"]
NAMES = ["", "Name", "Theo Brandvold", "Ruth Amsel", "Inès O'Neil-Calloway", ""]
FROM = ["", "From", date(2026, 6, 1), "", date(2026, 7, 1), ""]
ROWS = [
    ["1", "Approve the cutover plan", "A", "C", "R", ""],
    ["2", "Train the users", "I", "A/R", "c", "see plan"],
    ["3", "Run the cutover", "I", "-", "RA", ""],
]


def write(path: Path, rows, *, sheet="RACI", change=None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif value != "":
                page.write(number, column, value)
    if change is not None:
        change(book, page)
    book.close()
    return path


@pytest.fixture
def matrix(tmp_path, monkeypatch):
    """Writes a matrix into the working folder; the rows of the good one unless given."""
    monkeypatch.chdir(tmp_path)

    def make(rows=None, **how):
        return write(Path("raci.xlsx"), [HEADER, NAMES, FROM, *ROWS] if rows is None else rows, **how)

    return make


def told(path: Path, **how) -> list[str]:
    return [
        f"{p.where.removeprefix('raci.xlsx, sheet RACI, ')}: {p.what}"
        for p in examine(path, as_of=NOON, **how).problems
    ]


def changed(row: int, column: int, value) -> list:
    rows = [list(line) for line in (HEADER, NAMES, FROM, *ROWS)]
    rows[row - 1][column - 1] = value
    return rows


class TestRead:
    def test_a_sound_matrix_makes_a_register(self, matrix):
        """Half an hour of typing that nobody has to do."""
        found = examine(matrix(), as_of=NOON)

        assert found.problems == ()
        assert found.summary == "raci.xlsx: 3 activities, 3 seats, 3 with a person; no contradictions."
        sheet = read_sheet(found.register.encode(), "people.yaml", PeopleDocument)
        register, wrong, _ = build_people(sheet)
        assert (sheet.problems, wrong) == ((), [])
        assert [(one.role, one.person, one.name, one.start) for one in register.tenures] == [
            ("customer.program_manager", "theo.brandvold", "Theo Brandvold", date(2026, 6, 1)),
            ("customer.functional_lead", "ruth.amsel", "Ruth Amsel", None),
            ("provider.program_manager", "ines.oneil-calloway", "Inès O'Neil-Calloway", date(2026, 7, 1)),
        ]

    def test_sides_may_stand_above_merged_and_names_in_brackets(self, matrix):
        """As most templates draw it, with a title, banners between and other sheets beside."""
        rows = [
            ["Harborline responsibility matrix"],
            ["", "NIWA", "", "CFSC", ""],
            [
                "Deliverable",
                "PMO Lead (Ada Kirsch)",
                "Risk Manager (Joan Pruett)",
                "PMO Lead (Noel Bracken)",
                "Technical Lead",
            ],
            ["Phase 4: Execute"],
            ["Test plan", "A", "C", "R", "R"],
        ]

        def change(book, page):
            page.merge_range("B2:C2", "NIWA")
            page.merge_range("D2:E2", "CFSC")
            page.merge_range("A4:E4", "Phase 4: Execute")
            book.add_worksheet("Legend")

        path = matrix(rows, change=change)

        found = examine(path, sides={"NIWA": "customer", "CFSC": "provider"}, as_of=NOON)
        assert [problem.what for problem in found.problems] == ["nobody is named for provider.technical_lead"]
        assert '{role: customer.risk_manager, person: joan.pruett, name: "Joan Pruett"}' in found.register
        assert "# - {role: provider.technical_lead, person: ?, name: ?}  # E3: nobody is named" in found.register

    def test_agencies_may_stand_for_the_sides_in_the_headings(self, matrix):
        """Nobody writes `customer` into their own matrix."""
        path = matrix([["Activity", "NIWA - PMO Lead", "Technical Lead CFSC"], ["Test", "A", "R"]])

        found = examine(path, sides={"NIWA": "customer", "CFSC": "provider"}, as_of=NOON)

        assert [p.what for p in found.problems] == [
            "nobody is named for customer.pmo_lead",
            "nobody is named for provider.technical_lead",
        ]

    @given(st.text(max_size=40))
    @settings(max_examples=examples(300), deadline=None)
    def test_a_name_makes_an_id_or_nothing(self, name):
        """Whatever people are called."""
        made = person_id(name)

        assert made == "" or (made.isascii() and made[0].isalnum() and " " not in made and len(made) <= 80)


class TestContradictions:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (changed(4, 5, "A"), "cell E4: 2 are accountable for 'Approve the cutover plan': C4, E4"),
            (changed(5, 4, "R"), "cell B5: nobody is accountable for 'Train the users'"),
            (
                changed(2, 5, "Theo Brandvold"),
                "cell E2: Theo Brandvold sits on two sides: customer.program_manager (C2)",
            ),
            (changed(2, 4, ""), "cell D1: nobody is named for customer.functional_lead"),
            (
                changed(3, 3, date(2027, 6, 1)),
                "cell C3: Theo Brandvold holds customer.program_manager only from 2027-06-01",
            ),
            (changed(6, 2, "train  the USERS"), "cell B6: this activity appears twice; the first is B5"),
            (
                changed(1, 4, "Customer Program Manager"),
                "cell D1: customer.program_manager appears twice; the first is C1",
            ),
        ],
        ids=["two accountable", "nobody", "both sides", "empty office", "not yet", "twice", "seat twice"],
    )
    def test_each_is_named_with_its_cell(self, matrix, rows, said):
        """What a governance review would find in an afternoon."""
        assert any(one.startswith(said) for one in told(matrix(rows))), told(matrix(rows))

    def test_who_has_left_is_named(self, matrix):
        """A matrix outlives the people in it."""
        rows = [HEADER, NAMES, ["", "To", date(2027, 3, 31)], *ROWS]

        assert told(matrix(rows)) == [
            "cell C3: Theo Brandvold held customer.program_manager until 2027-03-31, not on 2027-04-19"
        ]

    @pytest.mark.parametrize(("key", "day"), [("From", date(2027, 4, 19)), ("To", date(2027, 4, 19))])
    def test_the_first_and_the_last_day_in_office_are_days_in_office(self, matrix, key, day):
        """Who leaves tonight signs today."""
        assert told(matrix([HEADER, NAMES, ["", key, day], *ROWS])) == []

    def test_the_register_has_the_last_word(self, matrix):
        """Offices, dates and names, compared seat by seat."""
        Path("people.yaml").write_text(
            "schema: 1\npeople:\n"
            "  - {role: customer.program_manager, person: theo.brandvold, name: Theo Brandvold, to: 2027-03-31}\n"
            "  - {role: customer.functional_lead, person: owen.tillery, name: Owen Tillery}\n",
            encoding="utf-8",
        )

        assert told(matrix(), people=Path("people.yaml")) == [
            "cell C2: Theo Brandvold is not in the office customer.program_manager on 2027-04-19; the register says "
            "always to 2027-03-31",
            "cell D2: Ruth Amsel is named here, but the register has Owen Tillery as customer.functional_lead on "
            "2027-04-19",
            "cell E2: Inès O'Neil-Calloway is named here, but the register has nobody as provider.program_manager on "
            "2027-04-19",
        ]

    def test_without_names_the_register_fills_the_seats(self, matrix):
        """Many matrices name offices only."""
        Path("people.yaml").write_text(
            "schema: 1\npeople:\n  - {role: customer.program_manager, person: t.b, name: T B}\n", encoding="utf-8"
        )

        assert told(matrix([HEADER, *ROWS]), people=Path("people.yaml")) == [
            "cell D1: nobody holds customer.functional_lead on 2027-04-19",
            "cell E1: nobody holds provider.program_manager on 2027-04-19",
        ]


def hide(what):
    def change(_book, page):
        if what == "row":
            page.set_row(4, None, None, {"hidden": True})
        elif what == "column":
            page.set_column(3, 3, None, None, {"hidden": True})
        else:
            page.write_formula("D5", "=1/0", None, "#DIV/0!")

    return change


class TestBadCells:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (changed(4, 3, "X"), "cell C4: the cell holds the text 'X'; the matrix may hold only R, A, C and I"),
            (changed(4, 3, 1), "cell C4: the cell holds the number 1"),
            (changed(4, 3, "A A"), "cell C4: the cell holds the text 'A A'"),
            (changed(4, 3, date(2027, 4, 1)), "cell C4: the cell holds the date 2027-04-01"),
            (changed(4, 2, 17), "cell B4: the cell holds the number 17, not an activity"),
            (changed(4, 2, ""), "cell B4: there is no activity here"),
            (changed(5, 2, "Activity"), "cell B5: this is a second header"),
            (changed(2, 3, 4711), "cell C2: the cell holds the number 4711, where a person belongs"),
            (changed(3, 3, "June"), "cell C3: the cell holds the text 'June', text that is not a date"),
            (changed(1, 3, "Program Manager"), "cell C1: 'Program Manager' does not say whose office it is"),
            (
                changed(1, 3, "Customer Program Manger"),
                "cell C1: 'Customer Program Manger' is not a seat of M3; did you mean",
            ),
            (changed(1, 4, ""), "cell D1: there is no seat above the letters"),
            (changed(1, 3, 3), "cell C1: the heading is the number 3"),
        ],
    )
    def test_what_cannot_be_read_is_named_with_its_cell(self, matrix, rows, said):
        """A letter that nobody understands is no responsibility."""
        assert any(one.startswith(said) for one in told(matrix(rows))), told(matrix(rows))

    @pytest.mark.parametrize(
        ("heading", "cell"),
        [
            ("Program Manager", "C1"),
            ("Customer Program Manger", "C1"),
            ("", "C1"),
            (3, "C1"),
            ("Customer Functional Lead", "D1"),
        ],
    )
    def test_a_heading_that_names_no_seat_is_one_mistake(self, matrix, heading, cell):
        """The letters below it are there already: nobody must write them a second time."""
        [one] = told(matrix(changed(1, 3, heading)))

        assert one.startswith(f"cell {cell}: ")

    def test_letters_under_such_a_heading_are_counted(self, matrix):
        """A second A is one too many, no matter who holds it; a missing A is reported."""
        rows = changed(1, 3, "Program Manager")
        rows[3][4], rows[5][4] = "A", "R"

        assert told(matrix(rows))[1:] == [
            "cell E4: 2 are accountable for 'Approve the cutover plan': C4, E4",
            "cell B6: nobody is accountable for 'Run the cutover'",
        ]

    @pytest.mark.parametrize(("cell", "more"), [("X", 0), ("", 1)])
    def test_beside_a_cell_that_cannot_be_read_nobody_is_not_proved(self, matrix, cell, more):
        """The cell may be the A that somebody mistyped; an empty one is not."""
        found = told(matrix(changed(4, 3, cell)))

        assert len([each for each in found if "nobody is accountable" in each]) == more

    @pytest.mark.parametrize(
        ("what", "said"), [("row", "row 5 is hidden"), ("column", "the column D is hidden"), ("error", "error value")]
    )
    def test_what_nobody_sees_is_named(self, matrix, what, said):
        """A hidden column may hold the second A."""
        assert any(said in one for one in told(matrix(change=hide(what))))

    @pytest.mark.parametrize(
        ("rows", "sheet", "said"),
        [
            ([["Task list"], ["x"]], "RACI", "has no header"),
            ([["Activity"], ["Test"]], "RACI", "no seat to the right"),
            ([["Activity", "Customer PMO Lead"]], "RACI", "there is no activity below"),
        ],
    )
    def test_what_is_no_matrix_says_what_one_is(self, matrix, rows, sheet, said):
        """The hint shows the form."""
        with pytest.raises(ConfigurationError, match=said):
            examine(matrix(rows, sheet=sheet))

    def test_two_sheets_need_one_named_raci(self, matrix):
        """Which one counts is not guessed."""
        path = matrix(sheet="Matrix", change=lambda book, _: book.add_worksheet("Old matrix"))

        with pytest.raises(ConfigurationError, match="name the one that holds the matrix RACI"):
            examine(path)


class TestProgram:
    def test_a_program_may_name_the_matrix_as_its_register(self, program_folder):
        """`people: {raci: raci.xlsx}`; the agencies' names are known there."""
        root = program_folder()
        text = (root / "gonogo.yaml").read_text(encoding="utf-8")
        (root / "gonogo.yaml").write_text(
            text.replace("people: people.yaml", "people: {raci: raci.xlsx}"), encoding="utf-8"
        )
        rows = [
            ["Activity", "NIWA PMO Lead", "CFSC PMO Lead"],
            ["Name", "Ada Kirsch", "Noel Bracken"],
            ["Test", "A", "R"],
        ]
        write(root / "raci.xlsx", rows)

        people = load_program(root).people

        assert people.holders("customer.pmo_lead", date(2027, 4, 19)) == {"ada.kirsch"}
        assert people.names["noel.bracken"] == "Noel Bracken"

    def test_a_likely_double_in_it_is_sent_to_where_it_can_be_settled(self, program_folder):
        """A matrix has no cell for `distinct_from`: a hint to write it there would lead nowhere."""
        root = program_folder()
        text = (root / "gonogo.yaml").read_text(encoding="utf-8")
        (root / "gonogo.yaml").write_text(
            text.replace("people: people.yaml", "people: {raci: raci.xlsx}"), encoding="utf-8"
        )
        rows = [
            ["Activity", "NIWA PMO Lead", "NIWA Risk Manager"],
            ["Name", "Ada Kirsch", "Kirsch, Ada"],
            ["Person id", "ada.kirsch", "a2"],
            ["Test", "A", "R"],
        ]
        write(root / "raci.xlsx", rows)

        with pytest.raises(ConfigurationError) as caught:
            load_program(root)

        (double,) = [p for p in caught.value.problems if p.code == "G144"]
        assert "raci.xlsx, sheet RACI, cell " in double.where
        assert "`gonogo raci MATRIX > people.yaml`" in double.hint

    def test_its_contradictions_are_mistakes_of_the_program(self, program_folder):
        """With the cell, beside every other mistake."""
        root = program_folder()
        text = (root / "gonogo.yaml").read_text(encoding="utf-8")
        (root / "gonogo.yaml").write_text(
            text.replace("people: people.yaml", "people: {raci: raci.xlsx}"), encoding="utf-8"
        )
        rows = [
            ["Activity", "NIWA PMO Lead", "CFSC PMO Lead"],
            ["Name", "Ada Kirsch", "Ada Kirsch"],
            ["Test", "A", "A"],
        ]
        write(root / "raci.xlsx", rows)

        with pytest.raises(ConfigurationError) as caught:
            load_program(root)

        assert [p.what for p in caught.value.problems] == [
            "Ada Kirsch would sit on two sides at once: customer.pmo_lead and provider.pmo_lead",
            "2 are accountable for 'Test': B3, C3",
        ]
        assert all("raci.xlsx, sheet RACI, cell " in p.where for p in caught.value.problems)


class TestCommand:
    def test_the_register_is_printed_and_contradictions_end_with_1(self, matrix, capfd):
        """Usable in a pipe: the file on stdout, the talk on stderr."""
        matrix(changed(4, 5, "A"))

        assert run(["raci", "raci.xlsx", "--as-of", "2027-04-19T12:00-04:00"]) == 1

        out, err = capfd.readouterr()
        assert out.startswith('# Who holds which seat, as "raci.xlsx" names them.')
        assert "error[G146] raci.xlsx, sheet RACI, cell E4: 2 are accountable" in err

    def test_a_sound_matrix_ends_with_0(self, matrix, capfd):
        """The check answered yes."""
        matrix()

        assert run(["raci", "raci.xlsx", "--as-of", "2027-04-19T12:00-04:00"]) == 0
        assert "no contradictions" in capfd.readouterr().err
