"""What the criteria document is made of: the lock of the files, and everything that the named run judged."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from gonogo.errors import UsageError
from gonogo.workflow import criteria_document
from gonogo.workflow.criteria_document import agreed_criteria

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


@pytest.fixture
def judged(monkeypatch):
    """A program whose last run judged a criterion and a hold by the rules ``a``; nothing is read."""
    identity = SimpleNamespace(local_date=lambda now: now.date())
    loaded = SimpleNamespace(
        program=SimpleNamespace(identity=identity, log="audit"),
        ruleset=SimpleNamespace(material_sha256="a"),
        vocabulary=None,
        people=None,
        root=Path(),
    )
    finding, hold = (SimpleNamespace(criterion=name) for name in ("system.a.b", "operations.line.up"))
    view = SimpleNamespace(
        started=SimpleNamespace(ruleset_sha256="a"), findings=(finding,), decision=SimpleNamespace(holds=(hold,))
    )
    history = SimpleNamespace(named=lambda run: SimpleNamespace(run=f"{run}-1"), report_records=lambda _run: [])
    given = {
        "load": lambda *_args, **_more: loaded,
        "current_content": lambda _loaded: SimpleNamespace(digest=lambda: "digest"),
        "lock_standing": lambda _loaded: "standing",
        "open_history": lambda _path: history,
        "RunView": SimpleNamespace(of=lambda *_args: view),
        "health": lambda _view, each: f"colour of {each.criterion}",
    }
    for name, value in given.items():
        monkeypatch.setattr(criteria_document, name, value)
    return view


@pytest.mark.usefixtures("judged")
def test_it_says_how_the_files_stand_to_the_lock_with_a_run_and_without():
    """A paper that forgets the lock reads *this is a draft to agree on*, signed or not."""
    for run in (None, "last"):
        agreed = agreed_criteria(Path(), run=run, now=NOON)
        assert (agreed.lock, agreed.digest, agreed.today) == ("standing", "digest", date(2027, 4, 19))


@pytest.mark.usefixtures("judged")
def test_holds_stand_beside_their_findings_like_criteria():
    """A hold that is on is what a reader looks for first."""
    agreed = agreed_criteria(Path(), run="last", now=NOON)

    assert agreed.run == "last-1"
    assert agreed.findings.keys() == agreed.colours.keys() == {"system.a.b", "operations.line.up"}


def test_a_run_without_holds_is_shown_and_one_by_other_rules_is_not(judged):
    """Its statuses would stand beside thresholds that it never saw."""
    judged.decision.holds = None
    assert agreed_criteria(Path(), run="last", now=NOON).findings.keys() == {"system.a.b"}

    judged.started.ruleset_sha256 = "b"
    with pytest.raises(UsageError, match="judged by other rules"):
        agreed_criteria(Path(), run="last", now=NOON)
