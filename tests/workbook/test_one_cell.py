"""A cell of a plan or waiver that cannot be read takes its own row out, says why, and stops nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from tests.workbook.conftest import book_in

from gonogo.cli import run
from gonogo.errors import ConfigurationError
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset

PLAN = ["workforce.survey.state", "customer.functional_lead", "Call everybody", date(2027, 4, 30)]
WAIVER = ["W-1", "workforce.survey.state", "Late", "low", "Calls", "customer.functional_lead", "tom.reyes"]
APPROVAL = ["W-1", "ada.kirsch", "customer", "executive_sponsor", date(2027, 4, 18)]


@pytest.fixture
def load(stated):
    """Loads the program with one plan and one waiver, and the cells that a test types over them."""
    text = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
    (stated.root / "gonogo.yaml").write_text(f"{text}{stated.made.block}", encoding="utf-8")

    def typed(**cells):
        book = book_in(stated.made.data)
        for sheet, row in (
            ("Action plans", PLAN),
            ("Waivers", [*WAIVER, date(2027, 6, 1)]),
            ("Waiver approvals", APPROVAL),
        ):
            for column, value in enumerate(row, 1):
                book[sheet].cell(2, column, value)
        names = {"plan": "Action plans", "waiver": "Waivers", "approval": "Waiver approvals"}
        for place, value in cells.items():
            sheet, _, cell = place.partition("_")
            book[names[sheet]][cell] = value
        book.save(stated.file)
        loaded = load_program(stated.root)
        return check_program(loaded, load_ruleset(loaded.program.ruleset, root=loaded.root))

    return typed


class TestRows:
    def test_what_can_be_read_is_read(self, load):
        """Nothing is set aside without a reason."""
        loaded = load()

        assert [plan.unreadable for plan in loaded.plans] == [None]
        assert [(one.unreadable, len(one.approved_by)) for one in loaded.waivers] == [(None, 1)]

    @pytest.mark.parametrize(
        ("cell", "value", "said"),
        [
            ("plan_D2", "TBD", "sheet Action plans, cell D2: the cell holds the text 'TBD'"),
            ("plan_D2", "04/05/2027", "cell D2: the cell holds the text '04/05/2027', which could be"),
            ("plan_A2", "Something else", "cell A2: the cell holds 'Something else', which is neither the id nor"),
            ("plan_A2", "workforce.survey.stat", "cell A2: stated@1.0.0 has no criterion 'workforce.survey.stat'"),
            ("plan_A2", None, "cell A2: this cell is blank: Criterion"),
            ("plan_B2", "customer.nobody", "cell B2: 'customer.nobody' is not a seat"),
            ("plan_C2", 4711, "cell C2: the cell holds the number 4711, not text"),
        ],
    )
    def test_a_plan_with_such_a_cell_says_so(self, load, cell, value, said):
        """It looks as if it counted, so every report can name it."""
        loaded = load(**{cell: value})

        (plan,) = loaded.plans
        assert said in str(plan.unreadable)
        assert any(one.code == "G197" and one.level == "warning" for one in loaded.warnings)
        assert loaded.waivers[0].unreadable is None

    @pytest.mark.parametrize(
        ("cell", "value", "said"),
        [
            ("waiver_H2", "TBD", "sheet Waivers, cell H2"),
            ("waiver_A2", None, "cell A2: this cell is blank: Waiver id"),
            ("waiver_G2", "nobody.known", "cell G2: 'nobody.known' is not in the people register"),
            ("waiver_G2", None, "cell G2: this cell is blank: Requested by"),
            ("waiver_I2", "R9", "cell I2: the program has no release 'R9'"),
            ("waiver_I2", 9, "cell I2: the cell holds the number 9"),
            ("approval_B2", "TBD", "sheet Waiver approvals, cell B2"),
            ("approval_E2", None, "cell E2: this cell is blank: On"),
            ("approval_C2", "vendor", "sheet Waiver approvals"),
        ],
    )
    def test_a_waiver_with_such_a_cell_or_approval_says_so(self, load, cell, value, said):
        """An approval that cannot be read takes its waiver out: what it might have said against it is unknown."""
        (waiver,) = load(**{cell: value}).waivers

        assert said in str(waiver.unreadable)

    def test_an_approval_of_no_waiver_is_told(self, load):
        """It signs nothing."""
        loaded = load(approval_A2="W-9")

        assert loaded.waivers[0].approved_by == ()
        assert any("there is no waiver 'W-9'" in one.what for one in loaded.warnings)

    def test_two_waivers_of_one_id_are_not_one(self, load):
        """The second says nothing for the first."""
        waivers = load(**{f"waiver_{letter}3": text for letter, text in zip("ABCDEFG", WAIVER, strict=True)}).waivers

        assert waivers[0].unreadable is None
        assert "the waiver 'W-1' appears twice" in str(waivers[1].unreadable)

    def test_a_title_is_taken_for_its_criterion_and_shown(self, load):
        """People copy titles, not ids."""
        loaded = load(plan_A2="People were asked", plan_D2="2027-04-30")

        assert loaded.plans[0].criterion == "workforce.survey.state"
        assert loaded.plans[0].due == date(2027, 4, 30)
        assert loaded.plans[0].unreadable is None
        assert any("'People were asked' is read as workforce.survey.state" in one.what for one in loaded.warnings)

    def test_a_sheet_without_its_headings_stays_a_mistake(self, load):
        """Nobody can tell what any of its rows means."""
        with pytest.raises(ConfigurationError, match="a column was inserted, moved, renamed or deleted"):
            load(plan_B1="Who")


def test_the_run_goes_on_and_names_it(load, stated, capfd):
    """One cell stopped everything; now the rest is judged, and page one names the cell."""
    load(plan_D2="TBD")
    capfd.readouterr()

    code = run(["assess", str(stated.root), "--as-of", "2027-04-19T16:00:00Z", "--engine", "reference"])

    told = " ".join(capfd.readouterr().out.split())
    assert code == 1
    assert "PLANS AND WAIVERS THAT CANNOT BE READ AND DO NOT COUNT (1)" in told
    assert "sheet Action plans, cell D2" in told
