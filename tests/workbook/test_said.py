"""What people write in the workbook: a name instead of an id, a title instead of an office, any capitals."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from tests.workbook.conftest import book_in

from gonogo.documents.xlsx.cell_values import UnfitCell
from gonogo.documents.xlsx.typed_ids import (
    KnownNames,
    criterion_meant,
    office_meant,
    one_of,
    person_meant,
    seat_meant,
    yes_or_no,
)
from gonogo.program.program_file import load_program

KNOWN = KnownNames(
    {
        "ada.kirsch": frozenset({"Ada Kirsch"}),
        "ada.two": frozenset({"Ada  Kirsch"}),
        "tom.reyes": frozenset({"Tom Reyes"}),
    }
)


class TestMatching:
    @pytest.mark.parametrize(
        ("cell", "said"),
        [("Yes", "yes"), ("NO", "no"), (" yes ", "yes"), (True, "yes"), (False, "no"), ("Y", "yes"), ("true", "yes")],
    )
    def test_a_truth_is_taken_as_people_write_it(self, cell: object, said: str) -> None:
        """Excel itself turns TRUE into a truth value."""
        assert yes_or_no(cell) == said  # type: ignore[arg-type]

    @pytest.mark.parametrize("cell", [1, 0, "", "maybe", "yes and no", "ja"])
    def test_nothing_else_is_a_truth(self, cell: object) -> None:
        """A wrong yes is the worst cell of all."""
        assert yes_or_no(cell) == ""  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text", ["tom.reyes", "TOM.REYES", "Tom Reyes", "tom  reyes", "Reyes, Tom", "Tom Reyes <t@x.gov>"]
    )
    def test_a_person_is_known_by_id_and_by_whole_name(self, text: str) -> None:
        """Nobody remembers ids."""
        assert person_meant(text, KNOWN) == "tom.reyes"

    @pytest.mark.parametrize("text", ["Tom", "Reyes", "T. Reyes", "Tоm Reyes", "Tom\u200bReyes"])
    def test_half_a_name_and_letters_that_look_alike_are_nobody(self, text: str) -> None:
        """One of them has a Cyrillic o. Whom it may be meant for is told, and never taken."""
        try:
            assert person_meant(text, KNOWN) == text
        except UnfitCell as error:
            assert "nobody in the people register has that name" in str(error)  # noqa: PT017

    def test_a_name_of_two_people_is_refused_with_both(self) -> None:
        """Which of them signed nobody may guess."""
        with pytest.raises(UnfitCell, match=r"could be ada\.kirsch or ada\.two; type the id"):
            person_meant("Ada Kirsch", KNOWN)
        assert person_meant("ada.kirsch", KNOWN) == "ada.kirsch"

    @pytest.mark.parametrize(
        ("text", "office"),
        [
            ("program_manager", "program_manager"),
            ("Program Manager", "program_manager"),
            ("the customer's program manager", "program_manager"),
            ("PMO lead", "pmo_lead"),
            ("Boss", "Boss"),
        ],
    )
    def test_an_office_is_known_by_its_title(self, text: str, office: str) -> None:
        """Titles are what stands on doors."""
        assert office_meant(text, KNOWN) == office

    @pytest.mark.parametrize(
        ("text", "seat"),
        [
            ("Customer program manager", "customer.program_manager"),
            ("the provider's technical lead", "provider.technical_lead"),
            ("customer.program_manager", "customer.program_manager"),
            ("Program manager", "Program manager"),
            ("Ada", "Ada"),
        ],
    )
    def test_a_seat_needs_its_side(self, text: str, seat: str) -> None:
        """Both sides have a program manager."""
        assert seat_meant(text, KNOWN) == seat

    def test_choices_and_criteria_are_known_whatever_their_capitals(self) -> None:
        """Two choices that differ by capitals alone are two."""
        assert one_of("CLOSED", ["open", "closed"]) == "closed"
        assert one_of("shut", ["open", "closed"]) == "shut"
        with pytest.raises(UnfitCell, match="could be Go or go"):
            one_of("GO", ["go", "Go"])
        assert criterion_meant("People were asked (workforce.survey.state)") == "workforce.survey.state"
        assert criterion_meant("Workforce.Survey.State") == "workforce.survey.state"
        assert criterion_meant("People were asked") == "People were asked"


class TestStatements:
    def test_a_name_a_title_and_capitals_state_the_fact_and_the_match_is_shown(self, stated) -> None:  # type: ignore[no-untyped-def]
        """Who reads the finding sees what was typed and what it was taken for."""

        def type_as_people_do(sheet) -> None:  # type: ignore[no-untyped-def]
            for cell, text in {"F2": "Yes", "I2": "Ada Kirsch", "J2": "Executive Sponsor", "K2": "Customer"}.items():
                sheet[cell] = text

        answer = stated.answer("cutover.approved", type_as_people_do)

        assert (answer.value, answer.gap) == (True, None)
        assert (answer.attested.person, answer.attested.role) == ("ada.kirsch", "customer.executive_sponsor")
        assert "'Yes' is read as yes" in answer.where
        assert "'Ada Kirsch' is read as ada.kirsch" in answer.where
        assert "'Executive Sponsor' is read as executive_sponsor" in answer.where

    def test_what_is_written_as_it_should_be_shows_no_match(self, stated) -> None:  # type: ignore[no-untyped-def]
        """A remark that is always there is read by nobody."""
        assert "is read as" not in stated.answers(stated.filled())["cutover.approved"].where

    def test_a_blank_row_that_somebody_inserted_moves_no_answer(self, stated) -> None:  # type: ignore[no-untyped-def]
        """People make room; what is sorted or added is refused as before."""

        def spaced(book) -> None:  # type: ignore[no-untyped-def]
            book["Evidence"].insert_rows(4)

        answers = stated.answers(stated.filled(change=spaced))

        assert all(answer.gap is None for answer in answers.values())
        assert "cell F10" in answers["ato.letter"].where


def with_rows(data: bytes, rows: dict[str, list[list[object]]]) -> bytes:
    book = book_in(data)
    for sheet, lines in rows.items():
        for number, line in enumerate(lines, 3):  # row 2 stays blank: a blank row is fine
            for column, value in enumerate(line, 1):
                book[sheet].cell(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestRegisters:
    def test_a_waiver_signed_by_name_and_title_is_read_and_the_match_is_told(self, stated) -> None:  # type: ignore[no-untyped-def]
        """`gonogo lint` shows each match with its cell."""
        day = datetime.fromisoformat("2027-04-12")
        waiver = ["W-001", "People were asked (workforce.survey.state)", "r", "s", "c", "Customer functional lead"]
        rows = {
            "Waivers": [[*waiver, "Tom Reyes", day]],
            "Waiver approvals": [["w-001", "Kirsch, Ada", "Customer", "Executive sponsor", day]],
        }
        (stated.root / "gonogo.yaml").write_text((stated.root / "gonogo.yaml").read_text() + stated.made.block)
        (stated.root / "evidence.xlsx").write_bytes(with_rows(stated.made.data, rows))

        loaded = load_program(stated.root)

        (found,) = loaded.waivers
        assert (found.criterion, found.owner) == ("workforce.survey.state", "customer.functional_lead")
        assert (found.requested_by, found.approved_by[0].person) == ("tom.reyes", "ada.kirsch")
        assert found.approved_by[0].role == "customer.executive_sponsor"
        told = [f"{problem.where}: {problem.what}" for problem in loaded.warnings if problem.code == "G196"]
        assert any("sheet Waiver approvals, cell B3: 'Kirsch, Ada' is read as ada.kirsch" in line for line in told)

    def test_a_name_of_two_people_is_refused_with_its_cell(self, stated) -> None:  # type: ignore[no-untyped-def]
        """The register knows two; the sheet does not say which."""
        rows = {
            "People": [[]] * 9 + [["customer", "pmo_lead", "ada.two", "Ada Kirsch"]],
            "Staff": [["ada.two", "Ada Kirsch", "ada.kirsch"]],
            "Waivers": [["W-001", "workforce.survey.state", "r", "s", "c", "o", "Ada Kirsch"]],
        }
        text = (stated.root / "gonogo.yaml").read_text().replace("people: people.yaml", "people: evidence.xlsx")
        (stated.root / "gonogo.yaml").write_text(text + stated.made.block)
        (stated.root / "evidence.xlsx").write_bytes(with_rows(stated.made.data, rows))

        (waiver,) = load_program(stated.root).waivers

        assert "sheet Waivers, cell G3" in str(waiver.unreadable)
        assert "which could be ada.kirsch or ada.two" in str(waiver.unreadable)
