"""From the files to the report: what counts on somebody's word, and what of it is new."""

from datetime import UTC, datetime

from gonogo.model.assessment import Purpose
from gonogo.model.decision import Reliance
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess


def ran(small):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS))


def test_a_source_that_authority_sets_aside_is_told_and_so_is_who_did_it(small_program):
    """Two rosters disagree; one line in the program file turns the gap into a number."""
    small = small_program(now=datetime.now(UTC), trained=95)
    [roster] = (small.root / "evidence").glob("training_*.csv")
    rows = "".join(f"P{n},{'done' if n < 40 else 'open'}\n" for n in range(100))
    (roster.parent / roster.name.replace("training", "lms")).write_text(f"person,status\n{rows}", encoding="utf-8")
    text = (small.root / "gonogo.yaml").read_text(encoding="utf-8")
    entry = text[text.index("  - id: training") : text.index("  - id: survey")]
    second = entry.replace("id: training", "id: lms").replace("training_", "lms_")
    small.edit("gonogo.yaml", entry, entry + second)
    assert ran(small).assessment.decision.trusted is None
    with (small.root / "gonogo.yaml").open("a", encoding="utf-8") as program:
        program.write("authority:\n  training.completed_ratio: training\n")
    with (small.root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}\n")

    result = ran(small)

    told = {each.subject: each for each in result.assessment.decision.trusted or ()}
    assert told["training.completed_ratio"].by is Reliance.AUTHORITY
    assert "lms says 40%" in told["training.completed_ratio"].sentence
    news = [notice.sentence for notice in result.changes.notices]
    assert "training.completed_ratio is settled by training alone now (authority)." in news
    assert "bo.lind as provider.executive_sponsor is new: without dates." in news
