"""What a copy leaves out: each text of the record by its place, each part by its name, each line by its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.report.conftest import CARDS, NOON, PLAN, WAIVER, finding

from gonogo.model.acceptance import Acceptance
from gonogo.model.change import Effect, RuleChange
from gonogo.model.collected import Unanswered
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import Attested, Basis, Gap, GapReason
from gonogo.model.finding import AgreeingReading, Status
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeOfRun, OutcomeRecorded, OutcomeThen, ReleaseOutcome
from gonogo.model.reply import Beside, Failure, InputRead, LeftAside
from gonogo.model.run_by import RunBy
from gonogo.model.verdict import Verdict
from gonogo.report.detail import page_of
from gonogo.report.page import Entry, Figure, PageTable, Pairs, Section, SheetPart, Short, Words
from gonogo.report.redaction import redacted
from gonogo.report.report_reader import CopyFor
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
SECRET = "Zorn Quill"
PARTNER, PUBLIC = CopyFor.PARTNER, CopyFor.PUBLIC


@pytest.fixture
def view(no_go: Any, seal_log: Seal) -> RunView:
    """A recorded NO-GO without anything secret."""
    return RunView.of(seal_log(no_go.events()))


def assessed(view: RunView, **changes: Any) -> RunView:
    return replace(view, assessment=view.assessment.model_copy(update=changes))


def decided(view: RunView, **changes: Any) -> RunView:
    return assessed(view, decision=view.decision.model_copy(update=changes))


def first_fact(view: RunView, **changes: Any) -> RunView:
    first, *others = view.findings
    reading = first.facts[0].model_copy(update=changes)
    return assessed(view, findings=(first.model_copy(update={"facts": (reading,)}), *others))


def replied(view: RunView, **changes: Any) -> RunView:
    return replace(view, collectors=(view.collectors[0].model_copy(update=changes),))


def witnessed(view: RunView, **changes: Any) -> RunView:
    evidence = view.assessment.evidence
    entry = evidence.evidence[0]
    source = entry.source.model_copy(update={"locator": changes.pop("locator", entry.source.locator)})
    entry = entry.model_copy(update={"source": source, **changes})
    return assessed(view, evidence=evidence.model_copy(update={"evidence": (entry, *evidence.evidence[1:])}))


def missed(view: RunView, **more: Any) -> RunView:
    gap = Gap(fact="training.completed_ratio", reason=GapReason.MISSING, **({"detail": "Nobody said."} | more))
    evidence = view.assessment.evidence
    return assessed(view, evidence=evidence.model_copy(update={"gaps": (gap,)}))


def held(view: RunView) -> RunView:
    hold = finding(CARDS, Status.NOT_MET)
    reading = view.findings[0].facts[0].model_copy(update={"open_items": (SECRET,)})
    return decided(view, holds=(hold.model_copy(update={"facts": (reading,)}),))


def accepted(view: RunView, **more: Any) -> RunView:
    one = {"id": "A-1", "register_id": "tests", "item": "T-17", "person": "", "on": date(2027, 4, 16)} | more
    return assessed(view, acceptances=(Acceptance(**one),))


def ran_by(view: RunView, **who: Any) -> RunView:
    return replace(view, started=view.started.model_copy(update={"who": RunBy(**who)}))


def waived(view: RunView, **changes: Any) -> RunView:
    return assessed(view, waivers=(WAIVER.model_copy(update=changes),))


SAID = {"at": NOON, "outcome": ReleaseOutcome.HELD, "reason": SECRET}
BOTH: dict[str, Callable[[RunView], RunView]] = {
    "an open item": lambda view: first_fact(view, open_items=(SECRET,), open_count=1),
    "an open item of a standing hold": held,
    "a source": lambda view: first_fact(view, source=SECRET),
    "a source that agrees": lambda view: first_fact(
        view, agreeing=(AgreeingReading(shown="93%", basis=Basis.MEASURED, as_of=NOON, age_days=1, source=SECRET),)
    ),
    "a place in a source": lambda view: witnessed(view, locator=SECRET),
    "a file that was read": lambda view: replied(
        view, inputs=(InputRead(name="file", path=SECRET, size=1, sha256="a" * 64),)
    ),
    "a file beside it": lambda view: replied(view, beside=(Beside(path=SECRET, than="roster.csv", by="name"),)),
    "a file that was left out": lambda view: replied(view, left_out=(LeftAside(path=SECRET, reason="A form."),)),
    "why a collector failed": lambda view: replied(view, failure=Failure(reason=GapReason.MALFORMED, detail=SECRET)),
    "why a fact has no answer": lambda view: replied(
        view, unanswered=(Unanswered(facts=("a.b",), reason=GapReason.MISSING, detail=SECRET),)
    ),
    "the detail of a gap": lambda view: missed(view, detail=SECRET),
    "a file of a gap": lambda view: missed(view, sources=(SECRET,)),
    "an item that was accepted": lambda view: accepted(view, item=SECRET),
}
"""Each may name a person or show how a system is built."""
PEOPLE: dict[str, Callable[[RunView], RunView]] = {
    "who accepted": lambda view: accepted(view, person=SECRET),
    "the workaround": lambda view: accepted(view, workaround=SECRET),
    "who tried it": lambda view: accepted(view, tried_by=SECRET),
    "what it touches": lambda view: accepted(view, touches=SECRET),
    "why a waiver": lambda view: waived(view, reason=SECRET),
    "the risk that remains": lambda view: waived(view, residual_risk=SECRET),
    "what is done instead": lambda view: waived(view, compensating_control=SECRET),
    "who asked for a waiver": lambda view: waived(view, requested_by=SECRET),
    "who answers for a waiver, in words": lambda view: waived(view, owner=SECRET),
    "who approved it": lambda view: waived(
        view, approved_by=(WAIVER.approved_by[0].model_copy(update={"person": SECRET}),)
    ),
    "the action of a plan": lambda view: assessed(view, plans=(PLAN.model_copy(update={"action": SECRET}),)),
    "the owner of a plan, in words": lambda view: assessed(view, plans=(PLAN.model_copy(update={"owner": SECRET}),)),
    "the account": lambda view: ran_by(view, account=SECRET),
    "the machine": lambda view: ran_by(view, host=SECRET),
    "the address of the job": lambda view: ran_by(view, address=SECRET),
    "who holds a seat": lambda view: decided(view, people={"customer.functional_lead": (SECRET,)}),
    "a person by id": lambda view: decided(view, people={SECRET: ("Somebody Else",)}),
    "the name of a person": lambda view: decided(view, people={"zorn": (SECRET,)}),
    "who stated a fact": lambda view: first_fact(view, stated_by=f"{SECRET} as the customer's lead"),
    "who attested evidence": lambda view: witnessed(
        view, attested=(Attested(person="quill", role="customer.functional_lead", on=date(2027, 4, 16)),)
    ),
    "why the rules were changed": lambda view: replace(
        view,
        changes=(RuleChange(by="o@1", part="p", old="1", new="2", reason=SECRET, effect=Effect.LOOSENS, loosens=True),),
    ),
    "why a release was held": lambda view: replace(
        view, outcomes=((NOON, OutcomeRecorded(outcome=ReleaseOutcome.HELD, reason=SECRET)),)
    ),
    "why an earlier one was held": lambda view: replace(
        view,
        decisions=(
            DecisionWithOutcomes(run="r", release="R0", now=NOON, verdict=Verdict.GO, outcomes=(OutcomeThen(**SAID),)),
        ),
    ),
    "why it is set back": lambda view: replace(view, set_back=(OutcomeOfRun(run="r", **SAID),)),
}
"""Who a person is, and what they wrote."""


@pytest.mark.parametrize(
    ("change", "level", "kept"),
    [
        *(
            pytest.param(change, level, False, id=f"{name}, {level}")
            for name, change in BOTH.items()
            for level in CopyFor
        ),
        *(pytest.param(change, PUBLIC, False, id=f"{name}, public") for name, change in PEOPLE.items()),
        *(pytest.param(change, PARTNER, True, id=f"{name}, partner") for name, change in PEOPLE.items()),
    ],
)
def test_a_text_of_the_record_is_left_out_wherever_a_sentence_repeats_it(
    view: RunView, change: Callable[[RunView], RunView], level: CopyFor, kept: bool
) -> None:
    """One sentence on page one that repeats it would give away what the rest of the copy leaves out."""
    page = replace(page_of(view), meaning=(f"Ask about {SECRET.upper()}, today.",))

    [sentence] = redacted(page, change(view), level).meaning

    assert (sentence == page.meaning[0]) is kept
    assert ("quill" in sentence.lower()) is kept


def test_a_preparer_of_evidence_is_left_out_for_the_public(view: RunView) -> None:
    """Beside the person who states a fact another one is named who prepared it."""
    by = Attested(person="ada.kirsch", role="customer.functional_lead", on=date(2027, 4, 16), prepared_by="quill")
    page = replace(page_of(view), meaning=("Prepared by quill and ada.kirsch.",))

    assert redacted(page, witnessed(view, attested=(by,)), PUBLIC).meaning == ("Prepared by [name] and [name].",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to kim.tran@agency.example.gov today.", "Write to [name] today."),
        ("It is in share/hr/roster.csv, row 17 of it; ask.", "It is in [path]; ask."),
        ("It is in roster.xlsx, sheet People.", "It is in [path]."),
        ("It is in Q1.1 at 5 p.m. and/or later.", "It is in Q1.1 at 5 p.m. and/or later."),
    ],
)
@pytest.mark.parametrize("level", list(CopyFor))
def test_mail_addresses_and_paths_are_left_out_wherever_they_come_from(
    view: RunView, level: CopyFor, text: str, left: str
) -> None:
    """A title of a criterion can hold one that no list of the record knows."""
    page = replace(page_of(view), meaning=(text,))

    assert redacted(page, view, level).meaning == (left,)


QUOTING = {
    "changed": {PARTNER, PUBLIC},
    "beside": {PARTNER, PUBLIC},
    "old_rows": {PARTNER, PUBLIC},
    "papers": {PARTNER, PUBLIC},
    "refused": {PUBLIC},
    "trusted": {PUBLIC},
    "unread": {PUBLIC},
    "blocking": set(),
}
"""Parts that quote what files say, with the copies in which only their number stays."""


@pytest.mark.parametrize("level", list(CopyFor))
@pytest.mark.parametrize("name", QUOTING)
def test_of_a_part_that_quotes_files_only_the_number_stays(view: RunView, name: str, level: CopyFor) -> None:
    """On page one, on the sheet and in its section alike: one of them would give it away."""
    rows = ("Quoted once.", "Quoted twice.")
    page = page_of(view)
    page = replace(
        page,
        brief=(Short(name, "T", rows, lead="L.", owners=("Ada", "Bo"), short=rows, seats=("a.b", "c.d")),),
        sections=(Section(name, "T", tuple(map(Words, rows))),),
        sheet=replace(
            page.sheet, parts=(SheetPart(f"sheet-{name}", "T", ("L.",), rows=tuple((row,) for row in rows)),)
        ),
    )

    copy = redacted(page, view, level)

    said = ("2 sentences are left out of this copy.",) if level in QUOTING[name] else rows
    assert copy.brief[0].items == said
    assert copy.brief[0].short == (() if level in QUOTING[name] else rows)
    assert bool(copy.brief[0].owners) is bool(copy.brief[0].seats) is (level not in QUOTING[name])
    assert tuple(row for (row,) in copy.sheet.parts[0].rows) == said
    assert tuple(block.text for block in copy.sections[0].blocks if isinstance(block, Words)) == said


def test_one_sentence_is_one_and_what_is_empty_says_nothing(view: RunView) -> None:
    """*1 sentences* reads like a mistake; of the first run there is nothing to compare with, and that stays."""
    page = page_of(view)
    first = "This is the first run."
    page = replace(
        page,
        brief=(Short("beside", "T", ("One.",)), Short("changed", "T", (first,))),
        sheet=replace(
            page.sheet,
            parts=(SheetPart("sheet-changed", "T", rows=((first,),)), SheetPart("sheet-beside", "T", ("L.",))),
        ),
    )

    copy = redacted(page, view, PUBLIC)

    assert [part.items for part in copy.brief] == [("1 sentence is left out of this copy.",), (first,)]
    assert [part.rows for part in copy.sheet.parts] == [((first,),), ()]


@pytest.mark.parametrize("kind", [Entry, Pairs])
@pytest.mark.parametrize(
    ("label", "stays"),
    [
        ("Open", False),
        ("File", False),
        ("Left out", False),
        ("Declared account", False),
        ("Declared job", False),
        ("Address of the job", False),
        ("training, not read", False),
        ("Remedy", True),
        ("Reader", True),
    ],
)
def test_a_line_that_is_there_to_name_something_is_left_out_whole(
    view: RunView, label: str, stays: bool, kind: type[Entry | Pairs]
) -> None:
    """An item that only such a line names is in no list of the record; the machine stands under *The record*."""
    rows = ((label, "x"), ("Status", "met"))
    entry = Entry("T", (), rows=rows) if kind is Entry else Pairs(rows)
    page = replace(page_of(view), sections=(Section("findings", "T", (entry,)),))

    [block] = redacted(page, view, PARTNER).sections[0].blocks

    assert isinstance(block, Entry | Pairs)
    assert ((label, "x") in block.rows) is stays
    assert ("Status", "met") in block.rows


def test_of_a_drawing_only_its_values_stay(view: RunView) -> None:
    """Names inside of a drawing are no text that can be replaced."""
    table = PageTable("Margins", ("Criterion", "Value"), (("a.b", "1"),))
    page = replace(page_of(view), sections=(Section("charts", "T", (Figure("<svg>Zorn</svg>", table),)),))

    assert redacted(page, view, PUBLIC).sections[0].blocks == (table,)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Amy", "Ask Amy.", "Ask [name]."),
        ("Al", "Ask Al.", "Ask Al."),
        ("Zorn", "Zornig is a word.", "Zornig is a word."),
        ("Zorn", "Ask Zorn-Quill.", "Ask [name]-Quill."),
        ("Zorn Quill", "Ask Zorn Other.", "Ask Zorn Other."),
        ("Zorn  Quill", "Ask Zorn Quill.", "Ask [name]."),
        ("Quill", "İ: ask Quill.", "İ: ask [name]."),
    ],
)
def test_a_name_is_a_whole_word_of_three_letters_or_more(view: RunView, name: str, text: str, left: str) -> None:
    """Replacing *al* would tear words apart; a name of three letters is one."""
    page = replace(page_of(view), meaning=(text,))

    assert redacted(page, decided(view, people={"zorn.id": (name,)}), PUBLIC).meaning == (left,)


def test_a_seat_stands_for_its_holder_and_is_not_said_twice(view: RunView) -> None:
    """*The customer's functional lead, the customer's functional lead* is what a person with seat becomes."""
    page = replace(page_of(view), meaning=("Owner: Zorn Quill, the customer's functional lead, and nobody else.",))

    [sentence] = redacted(page, decided(view, people={"customer.functional_lead": (SECRET,)}), PUBLIC).meaning

    assert sentence == "Owner: the customer's functional lead, and nobody else."


def test_the_longest_name_goes_first(view: RunView) -> None:
    """Two people of one first name: the family name must not be left standing."""
    page = replace(page_of(view), meaning=("Ask Zorn Quill, or Zorn.",))

    copy = redacted(page, decided(view, people={"a.id": ("Zorn",), "b.id": (SECRET,)}), PUBLIC)

    assert copy.meaning == ("Ask [name], or [name].",)


@pytest.mark.parametrize("marking", ["", "CUI"])
def test_a_marking_that_stays_is_named_and_one_that_is_not_there_is_not(view: RunView, marking: str) -> None:
    """A note about a marking that is not there makes a copy look marked."""
    page = replace(page_of(view), marking=marking)

    for level in CopyFor:
        assert ("The handling marking stays" in redacted(page, view, level).notes[-1]) is bool(marking)
