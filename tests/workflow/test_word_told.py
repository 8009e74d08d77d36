"""From the files to the report: what counts on somebody's word, and what of it is new."""

from datetime import UTC, datetime

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.assessment import Purpose
from gonogo.model.decision import Reliance
from gonogo.report.view import RunView
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess


def ran(small):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS))


def test_a_source_that_authority_sets_aside_is_told_and_so_is_who_did_it(stated_program):
    """Two rosters disagree; one line in the program file turns the gap into a number."""
    small = stated_program(now=datetime.now(UTC), sources=["training", "desk"], trained=95)
    [roster] = (small.root / "evidence").glob("training_*.csv")
    rows = "".join(f"P{n},{'done' if n < 40 else 'open'}\n" for n in range(100))
    (roster.parent / roster.name.replace("training", "lms")).write_text(f"person,status\n{rows}", encoding="utf-8")
    text = (small.root / "gonogo.yaml").read_text(encoding="utf-8")
    entry = text[text.index("  - id: training") : text.index("  - id: desk")]
    second = entry.replace("id: training", "id: lms").replace("training_", "lms_")
    small.edit("gonogo.yaml", entry, entry + second)
    assert {each.by for each in ran(small).assessment.decision.trusted or ()} == {Reliance.AS_OF}
    with (small.root / "gonogo.yaml").open("a", encoding="utf-8") as program:
        program.write("authority:\n  training.completed_ratio: training\n")
    with (small.root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}\n")

    result = ran(small)

    told = {each.subject: each for each in result.assessment.decision.trusted or ()}
    assert told["training.completed_ratio"].by is Reliance.AUTHORITY
    assert "lms says 40%" in told["training.completed_ratio"].sentence
    news = [notice.sentence for notice in result.changes.notices]
    assert "training.completed_ratio is now settled by training alone (authority)." in news
    assert "bo.lind as provider.executive_sponsor is new: without dates." in news


def test_a_file_that_the_program_keeps_from_a_binding_is_recorded_and_told(stated_program):
    """A copy with other numbers stops the gate; calling it no evidence frees it, and page one says so from then on."""
    small = stated_program(now=datetime.now(UTC), sources=["training"], trained=95)
    [roster] = (small.root / "evidence").glob("training_*.csv")
    copy = roster.with_name(f"{roster.stem} (1).csv")
    copy.write_bytes(roster.read_bytes() + b"\n")
    stopped = ran(small)
    with (small.root / "gonogo.yaml").open("a", encoding="utf-8") as program:
        program.write(f'not_evidence:\n  "evidence/{copy.name}": Kirsch compared both\n')

    freed = ran(small)

    assert [gap.binding for gap in stopped.assessment.evidence.gaps if "conflicting copies" in gap.detail] == [
        "training"
    ]
    assert freed.assessment.evidence.gaps == ()
    told = {each.by: each.sentence for each in freed.assessment.decision.trusted or ()}
    sentence = f"training: evidence/{copy.name} is left out by not_evidence: Kirsch compared both."
    assert told[Reliance.NOT_EVIDENCE] == sentence
    view = RunView.of(freed.records)
    assert {reply.binding: [each.path for each in reply.left_out or ()] for reply in view.collectors}["training"] == [
        f"evidence/{copy.name}"
    ]


def test_a_newer_file_beside_a_bound_one_is_recorded_with_its_source(stated_program):
    """The office bound Monday's export by name, and saved Tuesday's beside it."""
    small = stated_program(now=datetime.now(UTC), sources=["training"], trained=95)
    [roster] = (small.root / "evidence").glob("training_*.csv")
    text = (small.root / "gonogo.yaml").read_text(encoding="utf-8")
    (small.root / "gonogo.yaml").write_text(text.replace("evidence/training_*.csv", f"evidence/{roster.name}"))
    newer = roster.with_name("training_2099-01-01.csv")
    newer.write_bytes(roster.read_bytes())

    view = RunView.of(ran(small).records)

    assert [(reply.binding, each.path) for reply in view.collectors for each in reply.beside or ()] == [
        ("training", f"evidence/{newer.name}")
    ]


def test_calling_a_file_no_evidence_without_a_reason_is_refused(stated_program):
    """It takes numbers away from the gate: somebody says why."""
    small = stated_program(now=datetime.now(UTC), sources=["training"], trained=95)
    with (small.root / "gonogo.yaml").open("a", encoding="utf-8") as program:
        program.write("not_evidence: {evidence/x.csv: tbd}\n")

    with pytest.raises(ConfigurationError, match="`tbd` is not a reason"):
        ran(small)
