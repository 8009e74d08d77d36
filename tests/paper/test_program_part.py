"""What the program file adds is on the paper that both sides sign: adoption, authority, plugins, accept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.paper.test_criteria_paper import table, text
from tests.paper.test_paper_formats import rows, workbook

from gonogo.model.lock import LockStanding
from gonogo.model.program import AllowedPlugin
from gonogo.model.waiver import Approval
from gonogo.paper.paper_page import Title
from gonogo.paper.program_part import adoption_words, program_blocks

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
BY = (Approval(person="ada.kirsch", role="customer.executive_sponsor", on=date(2027, 1, 26)),)
ONE = "system.tests.executed"


def changed(agreed, **more):
    return replace(agreed, program=agreed.program.model_copy(update=more))


def standing(**more):
    return LockStanding(number=2, sha256="a" * 64, locked_at=AT, first_at=AT, approved_by=BY, **more)


@pytest.fixture(scope="module")
def adopted(agreed):
    return changed(agreed, adopt=(ONE,))


def test_the_cover_names_what_is_adopted_and_from_where(adopted):
    """Without it the paper reads as if all criteria were agreed on and asked."""
    told = dict(table(adopted, "What this document is about").rows)["Adopted criteria"]

    assert told == (
        f'1 from small@1.0.0, by "adopt" in the program file: {ONE}. '
        "Nobody has agreed to this yet: the program file names nobody, and it is not locked."
    )


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (standing(), "Agreed to in lock 2 by ada.kirsch as the customer's executive sponsor on 2027-01-26."),
        (standing(breaches=("gone",)), "Nobody has agreed to these files as they are."),
        (standing(uncontrolled=1), "Nobody has agreed to these files as they are."),
    ],
)
def test_it_says_who_agreed_to_it(adopted, lock, says):
    """A choice of criteria is somebody's; one that was edited since is nobody's."""
    assert adoption_words(adopted.program, adopted.ruleset, lock).endswith(says)


def test_what_is_left_out_is_counted_and_listed(adopted):
    """What nobody is asked for is against the reader."""
    left = [each.id for each in adopted.ruleset.criteria if each.id != ONE]

    assert [row[0] for row in table(adopted, "Criteria that are not yet adopted").rows] == left
    assert f"Not adopted: {len(left)} of 4, which nobody is asked for: " in text(adopted)
    assert "no decision can be taken" in text(adopted)


def test_each_criterion_and_its_row_in_the_checklist_says_that_it_is_not_asked(adopted):
    """A reader of one page of the paper sees it there."""
    head, *found = rows(workbook(adopted)["Checklist"])
    due = {row[3]: dict(zip(head, row, strict=True))["Due from"] for row in found}

    assert {name for name, said in due.items() if "not yet adopted" in said} == due.keys() - {ONE}
    for name in due:
        assert ("not yet adopted" in dict(table(adopted, f"What {name} asks").rows)["Due from"]) is (name != ONE)
    assert len(rows(workbook(adopted)["Not yet adopted"])) == 4


def test_what_is_not_adopted_is_due_at_no_milestone(adopted):
    """*4 due* of a program that is asked for one."""
    assert [row[-1] for row in table(adopted, "When the program is assessed").rows] == ["1", "1"]


def test_sources_that_settle_plugins_and_accept_are_on_paper(agreed):
    """Each of them can move a verdict or its exit code, so a lock freezes it and people sign it."""
    plugin = AllowedPlugin(distribution="ours", version="1.2", network=True)
    more = changed(agreed, authority={"sit.failed": "tests"}, allow=(plugin,), accept_conditional=True)

    assert table(more, "Facts that one source settles").rows == (("sit.failed", "tests"),)
    assert table(more, "Plugins that may run").rows == (("ours 1.2 with the network",),)
    assert "a CONDITIONAL GO ends with exit code 0, as a GO does" in text(more)


def test_a_program_that_adds_nothing_has_no_such_part(agreed):
    """An empty heading is a question."""
    plain = changed(agreed, authority={}, allow=(), accept_conditional=False, adopt=None)

    assert [*program_blocks(plain.program, plain.ruleset, None)] == []
    assert Title(1, "Adopted criteria") not in program_blocks(agreed.program, agreed.ruleset, None)
