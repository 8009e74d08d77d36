"""Who a typed name is, the register says that gonogo.yaml names; no other sheet does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.workbook.conftest import book_in

from gonogo.errors import ConfigurationError
from gonogo.model.people import PeopleRegister, Staff
from gonogo.model.refusal import SourceRefusal
from gonogo.model.spoken import Spoken, spoken_of
from gonogo.program.program_file import load_program

WAIVER = ["W-1", "workforce.survey.state", "Late", "low", "Phone calls", "customer.functional_lead", "tom.reyes"]
PAPERS = 'plans: "papers.xlsx"\nwaivers: "papers.xlsx"\n'


@pytest.fixture
def load(stated):
    """Loads the program, whose register is people.yaml, with a workbook for plans and waivers."""
    text = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
    (stated.root / "gonogo.yaml").write_text(text + PAPERS, encoding="utf-8")

    def with_change(change):
        book = book_in(stated.made.data)
        for column, value in enumerate(WAIVER, 1):
            book["Waivers"].cell(2, column, value)
        change(book)
        book.save(stated.root / "papers.xlsx")
        return load_program(stated.root)

    return with_change


def approved_by(book, name: str) -> None:
    for column, value in enumerate(["W-1", name, "customer", "executive_sponsor"], 1):
        book["Waiver approvals"].cell(2, column, value)
    book["Waiver approvals"]["E2"] = date(2027, 4, 18)


def renamed(book) -> None:
    for row in book["People"].iter_rows(min_row=2):
        if row[2].value == "ada.kirsch":
            row[3].value = "Paul Ito"


class TestRegister:
    def test_a_sheet_that_calls_somebody_otherwise_is_refused_and_names_both(self, load):
        """One cell typed over would make anybody's name the sponsor's signature."""

        def change(book):
            renamed(book)
            approved_by(book, "Paul Ito")

        with pytest.raises(ConfigurationError) as caught:
            load(change)

        told = [problem for problem in caught.value.problems if problem.code == "G144"]
        assert [Path(one.where.split(",")[0]).name for one in told] == ["papers.xlsx"]
        assert "sheet People, cell D" in told[0].where
        assert told[0].what.startswith("ada.kirsch is 'Paul Ito' here and 'Ada Kirsch' in the people register")

    def test_a_name_that_only_the_sheet_gives_is_nobody(self, load):
        """A person added to the sheet is not in the register."""

        def change(book):
            book["People"].append(["customer", "business_owner", "paul.ito", "Paul Ito"])
            approved_by(book, "Paul Ito")

        (waiver,) = load(change).waivers

        assert waiver.approved_by == ()
        assert "sheet Waiver approvals, cell B2" in str(waiver.unreadable)

    def test_a_person_of_the_register_is_known_by_name_whatever_the_sheet_holds(self, load, stated):
        """The workbook was made in week one; the register went on."""
        people = stated.root / "people.yaml"
        text = people.read_text(encoding="utf-8")
        new = "  - {role: customer.executive_sponsor, person: gil.strand, name: Gil Strand}\n"
        people.write_text(text.replace("delegations:", new + "delegations:"), encoding="utf-8")

        loaded = load(lambda book: approved_by(book, "Gil Strand"))

        assert [by.person for by in loaded.waivers[0].approved_by] == ["gil.strand"]

    def test_a_statement_is_not_read_through_another_sheet(self, stated):
        """The collector has the register's names from the host, and refuses a sheet that contradicts them."""
        with pytest.raises(SourceRefusal, match=r"ada\.kirsch is 'Paul Ito' here and 'Ada Kirsch'"):
            stated.answers(stated.filled(change=renamed))

    def test_a_statement_by_a_name_needs_the_register(self, stated):
        """With nobody in the register, no name is anybody."""

        def change(book):
            book["Evidence"]["I2"] = "Ada Kirsch"

        told = stated.answers(stated.filled(change=change), spoken=Spoken())["cutover.approved"]

        assert told.value is None or told.attested.person != "ada.kirsch"


def test_one_name_for_both_sides_is_no_side():
    """A program that names one agency twice cannot mean a side by it."""
    register = PeopleRegister(staff=(Staff(person="kim.tran", name="Kim Tran"),))

    assert spoken_of(register, customer="FMHA", provider="fmha").sides == {}
    assert spoken_of(register, customer="FMHA", provider="GWSS").sides == {"customer": "FMHA", "provider": "GWSS"}
    assert spoken_of(register).people == {"kim.tran": ("Kim Tran",)}
