"""Every real file at hand gives facts, or a sentence that says what is missing; none crashes the collector."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

LONG_AGO = datetime(2010, 1, 4, 12, 0, tzinfo=UTC)
"""A go-live before every date of the files, so that what is finished there may be it."""
NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
SENTENCE = re.compile(r"^[A-Za-z0-9].{20,900}$")


@pytest.fixture
def ask_file(real_schedules):
    """Ask every fact of a real file, with its last activity as go-live."""

    def ask(name, rule, golive):
        collector = XerCollector() if name.endswith(".xer") else MspdiCollector()
        job = job_of({"file": (name, (real_schedules / name).read_bytes())}, now=NOW, go_live=LONG_AGO, rule=rule)
        return answers_of(collector, job, {"golive": golive})

    return ask


@pytest.mark.parametrize(
    ("name", "golive", "told"),
    [
        ("task-links-project2013-mspdi.xml", {"uid": "2"}, 9),
        ("task-baselines-project2019-mspdi.xml", {"uid": "1"}, 10),
        ("PredecessorCalendar.xer", {"code": "A1000"}, 18),
        ("invalid-8.4.xer", {"name": "Duration 100%"}, 15),
    ],
)
def test_a_real_file_gives_what_it_can(ask_file, name, golive, told):
    """A reader that grows stricter or laxer shows here."""
    answers = ask_file(name, AsOfRule.DOCUMENT_SAVED, golive)

    assert len(answers) == 33
    assert all(SENTENCE.fullmatch(answer.detail) for answer in answers.values() if answer.gap is not None)
    assert sum(answer.gap is None for answer in answers.values()) == told


@pytest.mark.parametrize("rule", [AsOfRule.DOCUMENT, AsOfRule.DOCUMENT_SAVED])
def test_no_real_file_crashes_the_collector(ask_file, real_schedules, rule):
    """Also those that are put there later; a go-live that none has is refused by name."""
    for path in sorted(real_schedules.iterdir()):
        with pytest.raises(CollectorRefusal, match=SENTENCE):
            ask_file(path.name, rule, "an activity that nobody has")
