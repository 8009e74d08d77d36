"""A workbook that is evidence and holds registers: it can be lost as evidence, and the registers stay."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from gonogo.drill.defect import NotPlanted
from gonogo.drill.kinds.papers import registers_in, set_papers_apart
from gonogo.drill.scratch_copy import ScratchCopy
from gonogo.drill.site import TargetProgram
from gonogo.model.acceptance import Acceptance
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.program.program_file import load_program

BOOK = "evidence/book.xlsx"
KEYS = ("attestations", "waivers", "plans", "acceptances")
PLAN = ActionPlan(
    criterion="workforce.survey.response", owner="customer.executive_sponsor", action="Ask", due=date(2027, 4, 1)
)
WAIVER = Waiver(
    id="W-1",
    criterion="workforce.training.completion",
    reason="late",
    residual_risk="low",
    compensating_control="a hotline",
    owner="customer.executive_sponsor",
    requested_by="ada.kirsch",
    approved_by=(Approval(person="ada.kirsch", role="customer.executive_sponsor", on=date(2027, 3, 1)),),
    expires_on=date(2027, 5, 1),
    release="r1",
)
ACCEPTED = Acceptance(id="A-1", register_id="desk", item="D2", person="ada.kirsch", users=Decimal("0.04"))


@pytest.fixture
def site(small, tmp_path):
    """A copy whose program file names one workbook for everything that may lie in one."""
    copy = ScratchCopy(load_program(small.root), tmp_path)
    loaded = SimpleNamespace(waivers=(WAIVER,), plans=(PLAN,), acceptances=(ACCEPTED,))
    with copy.changes():
        lines = "".join(f"{key}: ./{BOOK}\n" for key in KEYS)
        copy.put("gonogo.yaml", copy.read("gonogo.yaml") + lines.encode())
        copy.put(BOOK, b"a workbook")
        yield TargetProgram(copy, loaded, None, small.now)  # type: ignore[arg-type]


def test_every_register_that_a_file_holds_is_known(site):
    """One that is overlooked is lost with the evidence, and the drill cannot go on."""
    assert set(registers_in(site, BOOK)) == set(KEYS)
    assert registers_in(site, "people.yaml") == ("people",)
    assert registers_in(site, "evidence/desk.csv") == ()


def test_the_papers_read_the_same_from_a_file_of_their_own(site):
    """A paper that the drill writes otherwise would change what it drills."""
    set_papers_apart(site, BOOK)
    site.copy.remove(BOOK)

    apart = load_program(site.copy.root)

    assert apart.program.bindings
    assert not [binding.id for binding in apart.program.bindings if binding.id == "attestations"]
    assert (apart.waivers, apart.plans, apart.acceptances) == ((WAIVER,), (PLAN,), (ACCEPTED,))


def test_a_file_that_holds_the_people_is_not_lost(site):
    """Without its people the program reaches no verdict, and the class would show nothing."""
    with pytest.raises(NotPlanted, match=r"people\.yaml, which would have to be lost for it, is also `people:`"):
        set_papers_apart(site, "people.yaml")
