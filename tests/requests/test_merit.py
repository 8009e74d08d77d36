"""What fails on merit is asked of its owner: what to do, by when, and what counts against it."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from icalendar import Calendar

from gonogo.model.waiver import ActionPlan
from gonogo.requests.addressee import Requests
from gonogo.requests.outstanding_papers import OutstandingWork
from gonogo.requests.request_formats import FORMATS
from gonogo.workflow.requesting import RequestOrder, requests_for


def works(small) -> list[tuple[str, OutstandingWork]]:  # type: ignore[no-untyped-def]
    found = requests_for(RequestOrder(small.root, as_of=small.now))
    return [(one.key, work) for one in found.addressees for work in one.works]


@pytest.fixture
def failing(small):  # type: ignore[no-untyped-def]
    """A small program whose roster shows that too few are trained: no evidence lacks."""
    roster = next(small.root.glob("evidence/training_*.csv"))
    head, *rows = roster.read_text(encoding="utf-8").splitlines()
    roster.write_text("\n".join([head, *(row.replace("done", "open") for row in rows)]) + "\n", encoding="utf-8")
    return small


@pytest.fixture
def asked(owed: Requests) -> Requests:
    """Ada's criterion fails, and three items count against it, two of them named."""
    criterion = owed.addressees[0].facts[0].criteria[0]
    work = OutstandingWork(criterion, "Not met: 3 are open.", ("IF-03", "IF-07"), 1)
    return replace(owed, addressees=(replace(owed.addressees[2], works=(work,)),))


def test_the_owner_of_a_criterion_that_fails_is_written_to(failing) -> None:  # type: ignore[no-untyped-def]
    """Nobody else will mend it; a request for evidence alone never reaches them."""
    ((who, work),) = works(failing)

    assert (who, work.criterion.id) == ("tom.reyes", "workforce.training.completion")
    assert work.why.startswith("Not met: ")


def test_what_is_met_or_unknown_asks_for_no_work(small) -> None:  # type: ignore[no-untyped-def]
    """An unknown criterion is asked for evidence; whether anything is to be done nobody knows yet."""
    assert works(small) == []
    next(small.root.glob("evidence/training_*.csv")).unlink()
    assert works(small) == []


def test_a_message_says_what_to_do_by_when_and_what_is_open(asked: Requests) -> None:
    """The three things that an owner needs."""
    text = " ".join(FORMATS["text"](asked).decode().split())

    assert "2. Get this done: Title of workforce.training.completion" in text
    assert "State: Not met: 3 are open. Open: IF-03, IF-07 and 1 more Do: r" in text
    assert "By: the T-14 decision of 2027-04-19, with evidence that shows it" in text
    assert "Else: nobody may waive it" in text
    assert "1 fact and 1 failed criterion owed" in text


def test_a_plan_that_counts_is_named_instead_of_a_waiver(asked: Requests) -> None:
    """A person who promised a day is reminded of it."""
    (one,) = asked.addressees
    plan = ActionPlan(criterion=one.works[0].criterion.id, owner="o", action="Train the rest", due=asked.now.date())
    planned = replace(asked, addressees=(replace(one, works=(replace(one.works[0], plan=plan),)),))

    text = FORMATS["text"](planned).decode()
    assert "its action plan counts until then: Train the rest, due 2027-04-12" in text


def test_workbook_and_calendar_hold_it_too(asked: Requests) -> None:
    """Each format tells the same."""
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](asked))).active
    assert sheet is not None
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    events = Calendar.from_ical(FORMATS["ics"](asked)).walk("VEVENT")
    event = " ".join(str(event["description"]) for event in events)

    assert any(
        "Fails on merit" in row and "Not met: 3 are open. Open: IF-03, IF-07 and 1 more. Do: r" in row for row in rows
    )
    assert "Get this done" in event
