"""When an input held: what the host knows, else what the document says, and only where the binding lets it."""

from datetime import UTC, datetime

import pytest

from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input

SAYS = datetime(2027, 4, 1, tzinfo=UTC)
KNOWN = datetime(2027, 4, 2, tzinfo=UTC)


def held(rule: AsOfRule, *, known: datetime | None, says: datetime | None) -> datetime:
    """Ask one input when its content held."""
    source = Input("file", "a.csv", 1, "0" * 64, rule=AsOf(rule=rule), descriptor=-1, as_of=known)
    return source.held(says)


def test_what_the_host_knows_goes_first() -> None:
    assert held(AsOfRule.DOCUMENT, known=KNOWN, says=SAYS) == KNOWN
    assert held(AsOfRule.DOCUMENT, known=None, says=SAYS) == SAYS


def test_where_nobody_knows_it_is_refused() -> None:
    with pytest.raises(CollectorRefusal, match="state as_of"):
        held(AsOfRule.DOCUMENT, known=None, says=None)


def test_the_moment_of_saving_is_not_the_documents_own() -> None:
    """A collector that knows no moment of saving may not pass off another date as one."""
    with pytest.raises(CollectorRefusal, match="state as_of"):
        held(AsOfRule.DOCUMENT_SAVED, known=None, says=SAYS)
    assert held(AsOfRule.DOCUMENT_SAVED, known=KNOWN, says=SAYS) == KNOWN
