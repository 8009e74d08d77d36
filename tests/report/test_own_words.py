"""What a copy never leaves out, no matter who is called so: the words in which the gate speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.report.conftest import PLAN, WAIVER

from gonogo.model.event import SealedRecord
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.report.detail import page_of
from gonogo.report.formats import FORMATS
from gonogo.report.own_words import only_own_words
from gonogo.report.page import Entry, Section
from gonogo.report.redaction import TEXT, redacted
from gonogo.report.report_reader import CopyFor, Reader
from gonogo.report.view import RunView
from gonogo.report.words import STATUS

Seal = Callable[..., list[SealedRecord]]
PAYLOADS = [
    "NO-GO",
    "NO-",
    "no",
    "not met",
    "not ",
    "missing",
    "4 reasons",
    "on merit",
    "Red",
    "Medium",
    "---",
    "1 of 4",
]
"""Texts that would take a word out of the verdict if they were left out."""


@pytest.fixture
def view(no_go: Any, seal_log: Seal) -> RunView:
    return RunView.of(seal_log(no_go.events()))


def assessed(view: RunView, **changes: Any) -> RunView:
    return replace(view, assessment=view.assessment.model_copy(update=changes))


def row(view: RunView, text: str) -> RunView:
    first, *others = view.findings
    reading = first.facts[0].model_copy(update={"open_items": (text,), "open_count": 1})
    return assessed(view, findings=(first.model_copy(update={"facts": (reading,)}), *others))


def person(view: RunView, text: str) -> RunView:
    people = {"customer.functional_lead": (text,)}
    return assessed(view, decision=view.decision.model_copy(update={"people": people}))


WHERE: dict[str, Callable[[RunView, str], RunView]] = {
    "the key of a row": row,
    "the reason of a waiver": lambda view, text: assessed(view, waivers=(WAIVER.model_copy(update={"reason": text}),)),
    "the action of a plan": lambda view, text: assessed(view, plans=(PLAN.model_copy(update={"action": text}),)),
    "the name of a person": person,
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("text", PAYLOADS)
def test_nobody_takes_a_word_out_of_the_verdict_by_writing_it(view: RunView, where: str, text: str) -> None:
    """A provider who calls a row *NO-GO*, or writes *NO-* as a reason, would turn the sponsor's copy into a GO."""
    view = WHERE[where](view, text)
    whole = page_of(view)

    for level in CopyFor:
        copy = page_of(replace(view, reader=Reader(redact=level)))

        assert (copy.meaning, copy.verdict, copy.kind) == (whole.meaning, whole.verdict, whole.kind)
        assert [(tile.state, tile.counts) for tile in copy.sheet.tiles] == [
            (tile.state, tile.counts) for tile in whole.sheet.tiles
        ]
        assert copy.sheet.without == whole.sheet.without
        tags = [[block.tags for block in section.blocks if isinstance(block, Entry)] for section in copy.sections]
        assert tags == [[block.tags for block in part.blocks if isinstance(block, Entry)] for part in whole.sections]


@pytest.mark.parametrize("text", [*(each.value for each in Verdict), *(STATUS[each] for each in Status), "12", "", "-"])
def test_what_the_gate_says_is_its_own(text: str) -> None:
    assert only_own_words(text)


@pytest.mark.parametrize(
    "text", ["NO-GO, says Kim", "Kim", "Theo Green", "T-17", "20417", "1204", "evidence/no.csv", "not met by Bea"]
)
def test_what_names_somebody_or_something_is_not(text: str) -> None:
    """One word beside them, or a number of four digits, and the text may be about a person."""
    assert not only_own_words(text)


@pytest.mark.parametrize(("digits", "own"), [("99", True), ("999", True), ("1000", False)])
def test_a_number_of_four_digits_may_be_somebodys(digits: str, own: bool) -> None:
    assert only_own_words(digits) is own


def test_a_reason_of_our_words_alone_is_left_out_where_it_stands_as_a_reason(view: RunView) -> None:
    """What people wrote is left out; that it reads like a status does not make it one."""
    waived = assessed(view, waivers=(WAIVER.model_copy(update={"reason": "Not met", "compensating_control": "none"}),))
    entry = Entry("W-1", (), rows=(("Reason", "Not met"), ("Instead", "none"), ("Verdict", "Not met")))
    page = replace(page_of(view), sections=(Section("waivers", "Waivers", (entry,)),))

    [block] = redacted(page, waived, CopyFor.PUBLIC).sections[0].blocks

    assert isinstance(block, Entry)
    assert block.rows == (("Reason", TEXT), ("Instead", TEXT), ("Verdict", "Not met"))


def test_the_scale_of_weights_stays_where_a_waiver_calls_its_risk_medium(view: RunView) -> None:
    """The word stands in every waiver form, and M3 calls a weight so."""
    waived = assessed(view, waivers=(WAIVER.model_copy(update={"residual_risk": "medium"}),))
    text = FORMATS["full"].render(replace(waived, reader=Reader(redact=CopyFor.PUBLIC))).decode()

    assert "Conditional (Medium)" in text
