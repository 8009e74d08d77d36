"""Trends and facts about the record read the log up to the run's start; rehearsals are no history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.errors import IntegrityError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType
from gonogo.model.evidence import Evidence, Gap
from gonogo.workflow.admitting import admitted, facts_read
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess, gather
from gonogo.workflow.recorded_runs import past_runs

DAY = timedelta(days=1)
OVERLAY = """\
schema: 1
overlay: record
version: "1"
prefix: record
sources: {PMO: PMO handbook}
facts:
  - {name: record.days, type: integer, unit: days, meaning: Days on record., question: Nobody is asked.}
  - {name: record.open_28d, type: integer, unit: criteria, meaning: Open all along., question: Nobody is asked.}
  - {name: record.redated_sources_28d, type: integer, unit: sources, meaning: Dated anew., question: Nobody is asked.}
  - {name: record.lowest, type: RATIO, meaning: Lowest., question: Nobody is asked.,
     trend: {of: survey.response_ratio, measure: lowest, over: 28d}}
criteria:
  - id: program.record.quiet
    title: The record shows nothing strange
    statement: Nothing stayed open, and nothing was dated anew.
    why: The record forgets nothing.
    severity: advisory
    require: record.days >= 0 and record.open_28d <= 0 and record.redated_sources_28d <= 0 and record.lowest >= 1%
    max_age: 1d
    owner: customer.executive_sponsor
    remedy: Look into it.
    source: [PMO]
"""


@pytest.fixture
def program(stated_program) -> Path:
    """A small program that is open in one criterion, with rules about its record."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = stated_program(now=now, sources=["survey"], answered=10, plan=True)
    facts = (small.rules / "facts.yaml").read_text("utf-8")
    name = next(line.split("name: ")[1].split(",")[0].strip() for line in facts.splitlines() if "survey." in line)
    text = OVERLAY.replace("survey.response_ratio", name).replace("RATIO", "ratio")
    (small.root / "record-overlay.yaml").write_text(text, encoding="utf-8")
    small.edit("gonogo.yaml", "ruleset: ./rules\n", "ruleset: ./rules\noverlays: [record-overlay.yaml]\n")
    return small.root


def answers(root: Path, *moments: datetime) -> list[dict[str, Evidence | Gap]]:
    """What is admitted at each of some moments, of what is collected now."""
    order = Order(program=root, purpose=Purpose.PROGRESS)
    loaded = load(order)
    replies = gather(order, loaded, datetime.now(UTC))
    return [{entry.fact: entry for entry in admitted(loaded, replies, moment)} for moment in moments]


def test_a_daily_run_is_history_and_a_rehearsal_is_none(program: Path):
    """Otherwise anybody could make a month of good history in a minute."""
    rehearsal = datetime.now(UTC) - timedelta(seconds=30)
    assess(Order(program=program, as_of=rehearsal))
    (silent,) = answers(program, datetime.now(UTC))
    assert isinstance(silent["record.days"], Gap)

    ran = assess(Order(program=program, purpose=Purpose.PROGRESS)).assessment
    early, short, full = answers(program, ran.now, ran.now + 28 * DAY - timedelta(seconds=1), ran.now + 28 * DAY)

    assert isinstance(early["record.days"], Evidence)
    assert early["record.days"].value == 0
    assert isinstance(short["record.open_28d"], Gap)
    assert isinstance(full["record.open_28d"], Evidence)
    assert full["record.open_28d"].value == 1
    assert isinstance(full["record.redated_sources_28d"], Evidence)
    assert full["record.redated_sources_28d"].value == 0
    assert isinstance(short["record.lowest"], Gap)
    assert isinstance(full["record.lowest"], Evidence)
    assert ran.evidence["record.days"].fact == "record.days"
    assert isinstance(ran.evidence["record.days"], Gap)


def test_a_record_that_was_changed_answers_nothing(program: Path):
    """A log that was edited is no source, and no empty history either."""
    assess(Order(program=program, purpose=Purpose.PROGRESS))
    segment = next((program / "audit").glob("*.jsonl"))
    segment.write_bytes(segment.read_bytes().replace(b"advisory", b"advisery", 1))

    with pytest.raises(IntegrityError):
        answers(program, datetime.now(UTC))


def test_an_earlier_run_is_read_once_for_one_question_and_anew_for_another(program: Path):
    """It is read ahead; under other facts, or of a log as it stood then, it is another question."""
    now = assess(Order(program=program, purpose=Purpose.PROGRESS)).assessment.now + DAY
    loaded = load(Order(program=program, purpose=Purpose.PROGRESS))
    facts = facts_read(loaded)

    once, again = list(past_runs(loaded, now, facts)), list(past_runs(loaded, now, facts))
    fewer = list(past_runs(loaded, now, {"record.days"}))
    then = list(past_runs(loaded, now, facts, open_history(program / "audit")))

    assert once == again == then
    assert once[0][0] is again[0][0]
    assert once[0][0] is not then[0][0]
    assert fewer[0][0].dated == {} != once[0][0].dated
    assert list(past_runs(loaded, now, set())) == []


def test_what_is_read_of_a_run_is_what_its_records_hold(assessed):
    """The quick way reads fewer lines, and none of them otherwise."""
    history = open_history(assessed.root / "audit")
    (run,) = history.runs
    kinds = (EventType.CRITERION_JUDGED, EventType.GAP_RECORDED, EventType.EVIDENCE_ADMITTED)

    whole = [(record.type, record.data) for record in history.records(run) if record.type in kinds]

    assert history.documents(run, kinds) == whole
    assert len(whole) > 5


@pytest.mark.parametrize("where", ["end", "first"])
def test_a_run_that_is_not_where_its_ledger_says_is_not_read(assessed, where):
    """An index that points elsewhere may hide the run that counts."""
    history = open_history(assessed.root / "audit")
    (run,) = history.runs
    wrong = {"end": run.start, "first": run.first + 1}[where]

    with pytest.raises(IntegrityError, match="are not where the log's index says"):
        history.documents(replace(run, **{where: wrong if where == "first" else wrong._replace(offset=1)}), [])
