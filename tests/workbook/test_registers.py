"""People, action plans and waivers in the workbook: what YAML says, cell by cell, and every mistake with its cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.workbook.conftest import book_in

from gonogo.errors import ConfigurationError
from gonogo.model.people import Delegation, Tenure
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.program.program_file import load_program

NAMES = "people: people.xlsx\nplans: people.xlsx\nwaivers: people.xlsx\n"
WAIVER = ["W-1", "workforce.survey.state", "Late", "low", "Phone calls", "customer.functional_lead", "tom.reyes"]


@pytest.fixture
def load(stated):
    """Lets ``change`` fill in the registers of the workbook, and loads a program that names them."""
    text = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
    (stated.root / "gonogo.yaml").write_text(text.replace("people: people.yaml\n", NAMES), encoding="utf-8")

    def with_change(change=lambda book: None):
        book = book_in(stated.made.data)
        change(book)
        book.save(stated.root / "people.xlsx")
        return load_program(stated.root)

    return with_change


def mistakes(load, change) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load(change)
    return [f"{Path(p.where.split(',')[0]).name},{p.where.partition(',')[2]}: {p.what}" for p in caught.value.problems]


def put(sheet, cells):
    def change(book):
        for name, value in cells.items():
            book[sheet][name] = value

    return change


class TestRead:
    def test_the_register_comes_back_as_it_was_written(self, load):
        """Moving from YAML to the workbook loses nobody."""
        people = load().people

        assert people.tenures == (
            Tenure(
                role="customer.executive_sponsor",
                person="ada.kirsch",
                name="Ada Kirsch",
                start=date(2026, 6, 1),
                end=None,
            ),
            Tenure(
                role="customer.functional_lead",
                person="tom.reyes",
                name="Tom Reyes",
                start=date(2026, 6, 1),
                end=date(2027, 12, 31),
            ),
            Tenure(role="provider.program_manager", person="ines.calloway", name="Inès Calloway"),
        )
        assert people.delegations == (
            Delegation(
                role="customer.executive_sponsor",
                by="ada.kirsch",
                to="bo.lind",
                name="Bo Lind",
                purpose="the vote",
                start=date(2027, 4, 1),
                end=date(2027, 4, 30),
            ),
        )

    def test_rows_may_be_added_anywhere_below_the_header(self, load):
        """It is a register, not a questionnaire; blank rows between are nothing."""
        loaded = load(
            put("People", {"A9": "provider", "B9": "technical_lead", "C9": "lin.marchetti", "D9": "Lin Marchetti"})
        )

        assert loaded.people.holders("provider.technical_lead", date(2027, 4, 19)) == {"lin.marchetti"}

    def test_plans_and_waivers_are_read_with_their_approvals(self, load):
        """What the meeting accepts stands beside what it is about."""

        def change(book):
            put(
                "Action plans",
                {"A2": "system.tests.coverage", "B2": "tom.reyes", "C2": "Cover the rest", "D2": date(2027, 4, 30)},
            )(book)
            put("Waivers", dict(zip(("A2", "B2", "C2", "D2", "E2", "F2", "G2"), WAIVER, strict=True)))(book)
            put("Waivers", {"H2": date(2027, 7, 2), "I2": "R1"})(book)
            row = {"A3": "W-1", "B3": "ada.kirsch", "C3": "customer", "D3": "executive_sponsor", "E3": date(2027, 4, 1)}
            put("Waiver approvals", row)(book)

        loaded = load(change)

        assert loaded.plans == (
            ActionPlan(
                criterion="system.tests.coverage", owner="tom.reyes", action="Cover the rest", due=date(2027, 4, 30)
            ),
        )
        assert loaded.waivers == (
            Waiver(
                id="W-1",
                criterion="workforce.survey.state",
                reason="Late",
                residual_risk="low",
                compensating_control="Phone calls",
                owner="customer.functional_lead",
                requested_by="tom.reyes",
                approved_by=(Approval(person="ada.kirsch", role="customer.executive_sponsor", on=date(2027, 4, 1)),),
                expires_on=date(2027, 7, 2),
                release="R1",
            ),
        )

    def test_an_incomplete_plan_is_kept_as_it_is(self, load):
        """It does not count, and the decision says why."""
        assert load(put("Action plans", {"A2": "system.tests.coverage"})).plans[0].missing == (
            "owner",
            "action",
            "due date",
        )

    def test_a_copy_without_the_hidden_sheets_is_read_too(self, load):
        """People keep their register in a workbook of their own."""

        def change(book):
            for name in ("gonogo", "lists", "Evidence", "Delegations", "Waiver approvals"):
                del book[name]

        assert len(load(change).people.tenures) == 3

    def test_the_workbook_of_another_program_is_refused(self, load):
        """Two programs have two registers."""
        assert (
            "is the workbook of the program 'other', not of 'statements'"
            in mistakes(load, put("gonogo", {"B2": "other"}))[0]
        )


CASES = [
    ("a day in words", "People", {"E2": "in June"}, "E2", "text that is not a date"),
    ("a day with a time", "People", {"E2": datetime.fromisoformat("2026-06-01T08:00")}, "E2", "a day without a time"),
    ("an id as a number", "People", {"C2": 4711}, "C2", "the number 4711, where an id belongs"),
    ("an id as a date", "People", {"C2": date(2027, 5, 1)}, "C2", "where an id belongs"),
    ("an id with blanks", "People", {"C2": "Ada Kirsch"}, "C2", "`Ada Kirsch` is not an identifier"),
    ("a name as a number", "People", {"D2": 7}, "D2", "not text"),
    ("no name", "People", {"D2": None}, "D2", "this cell is blank: Name"),
    ("no office", "People", {"B2": None}, "B2", "this cell is blank: Office"),
    ("a side that is none", "People", {"A2": "vendor"}, "B2", "`vendor.executive_sponsor` is not a seat"),
    ("an office with blanks", "People", {"B2": "head of things"}, "B2", "is not a seat"),
    ("ends before it starts", "People", {"F3": date(2020, 1, 1)}, "A3", "the tenure ends before it starts"),
    ("two names", "People", {"C3": "ada.kirsch"}, "D3", "'ada.kirsch' is 'Ada Kirsch' elsewhere"),
    (
        "two sides",
        "People",
        {"C4": "ada.kirsch", "D4": "Ada Kirsch"},
        "B4",
        "Ada Kirsch would sit on two sides at once",
    ),
    ("a formula without a result", "People", {"D2": "=A1"}, "D2", "a formula without a stored result"),
    ("lends what nobody gave", "Delegations", {"C2": "tom.reyes"}, "C2", "does not hold customer.executive_sponsor"),
    ("until as text", "Delegations", {"H2": "June"}, "H2", "text that is not a date"),
    ("no purpose", "Delegations", {"F2": None}, "F2", "this cell is blank: For"),
]


class TestMistakes:
    @pytest.mark.parametrize(
        ("sheet", "cells", "where", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
    )
    def test_each_names_sheet_and_cell(self, load, sheet, cells, where, said):
        """As a mistake in YAML names line and column."""
        found = mistakes(load, put(sheet, cells))

        assert any(one.startswith(f"people.xlsx, sheet {sheet}, cell {where}:") and said in one for one in found), found

    def test_all_are_told_together_in_the_order_of_the_sheet(self, load):
        """One round trip; row 10 comes after row 9."""
        cells = {f"{column}{row}": "x" for row in (9, 10) for column in "ABD"} | {"E3": "June"}

        found = mistakes(load, put("People", cells))

        assert [one.split(":")[0].rpartition(" ")[2] for one in found] == ["E3", "C9", "C10"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda sheet: sheet.insert_cols(2), "cell B1: the heading is"),
            (lambda sheet: sheet.merge_cells("A2:A3"), "A2:A3 are merged"),
            (lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), "row 3 is hidden"),
            (lambda sheet: setattr(sheet, "sheet_state", "hidden"), "the sheet is hidden"),
            (lambda sheet: setattr(sheet, "title", "Staff"), "has no sheet 'People'"),
        ],
    )
    def test_a_changed_layout_is_refused(self, load, change, said):
        """A register that is read askew gives powers to the wrong people."""
        assert said in mistakes(load, lambda book: change(book["People"]))[0]

    def test_what_is_no_workbook_is_refused(self, load, stated):
        """A download that failed halfway."""
        load()
        (stated.root / "people.xlsx").write_bytes(b"PK\x03\x04 torn")

        with pytest.raises(ConfigurationError, match=r"people\.xlsx"):
            load_program(stated.root)

    def test_seats_and_people_are_checked_against_the_ruleset_with_their_cells(self, load, stated):
        """The same checks as for YAML, at the cell instead of the line."""
        from gonogo.program.cross_checks import check_program
        from gonogo.ruleset.loader import load_ruleset

        loaded = load(put("People", {"B4": "cook"}))

        with pytest.raises(
            ConfigurationError, match=r"people\.xlsx, sheet People, cell B4: 'provider\.cook' is not a seat"
        ):
            check_program(loaded, load_ruleset(stated.root / "rules"))
