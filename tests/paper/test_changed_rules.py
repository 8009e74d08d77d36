"""The part of the criteria document that says what the rules change: nobody signs a loosened rule unseen."""

from dataclasses import replace
from io import BytesIO

import openpyxl

from gonogo.model.change import Effect, RuleChange
from gonogo.paper.changed_rules import CAPTION, TITLE, changed_rules, loosened_count
from gonogo.paper.criteria_paper import criteria_paper
from gonogo.paper.paper_formats import FORMATS
from gonogo.paper.paper_page import PaperTable, Title

STRICTER = RuleChange(by="o@1", part="from", old="T-30", new="T-60", effect=Effect.TIGHTENS, loosens=False)
LOOSER = RuleChange(
    by="o@1", criterion="system.ato", part="severity", old="mandatory", new="advisory", reason="The office asked.",
    effect=Effect.LOOSENS, loosens=True,
)  # fmt: skip
ROW = ("loosens", "system.ato", "severity", "mandatory", "advisory", "The office asked.", "o@1")


def changed(agreed):
    return replace(agreed, ruleset=agreed.ruleset.model_copy(update={"changes": (STRICTER, LOOSER)}))


def test_every_change_is_listed_what_loosens_first(agreed):
    """The authorization had been made advisory, and the paper that was signed did not say so."""
    paper = criteria_paper(changed(agreed))
    (table,) = [each for each in paper.blocks if isinstance(each, PaperTable) and each.caption == CAPTION]

    assert table.rows == (
        ROW,
        ("tightens", "the ruleset as a whole", "from", "T-30", "T-60", "no reason is given", "o@1"),
    )
    assert dict(paper.blocks[0].rows)[TITLE] == "2 changes: 1 looser, 0 that may be looser."


def test_rules_that_were_not_changed_have_no_such_part(agreed):
    """An empty list reads like one that nobody filled in."""
    assert ([*changed_rules(())], loosened_count(())) == ([], "")
    assert Title(1, TITLE) not in criteria_paper(agreed).blocks


def test_the_checklist_has_a_sheet_of_it(agreed):
    """The workbook is what most people open."""
    more = changed(agreed)
    book = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"](more, criteria_paper(more))))

    assert tuple(cell.value for cell in book[TITLE][2]) == ROW
