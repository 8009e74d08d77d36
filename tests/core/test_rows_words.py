"""From when to when the rows are that a value rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from gonogo.core.sentence import rows_words
from gonogo.model.evidence import Basis
from gonogo.model.finding import FactReading
from gonogo.model.reply import Item

LAST = datetime(2026, 11, 27, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (datetime(2025, 3, 2, 5, tzinfo=UTC), ", rows from 2025-03-02 to 2026-11-27"),
        (LAST - timedelta(hours=1), ""),
        (None, ""),
    ],
)
def test_rows_of_several_days_are_told(first: datetime | None, words: str) -> None:
    """*2 days old* is true of one row in twelve."""
    reading = FactReading(fact="a.b", shown="100%", basis=Basis.MEASURED, as_of=LAST, age_days=2, rows_from=first)

    assert rows_words(reading, UTC) == words


@pytest.mark.parametrize(
    ("zone", "first", "words"),
    [
        ("America/New_York", datetime(2026, 11, 27, 4, 59, tzinfo=UTC), ", rows from 2026-11-26 to 2026-11-27"),
        ("America/New_York", datetime(2026, 11, 27, 5, tzinfo=UTC), ""),
        ("UTC", datetime(2026, 11, 27, 0, tzinfo=UTC), ""),
        ("UTC", datetime(2026, 11, 26, 23, 59, tzinfo=UTC), ", rows from 2026-11-26 to 2026-11-27"),
    ],
)
def test_their_days_are_those_of_the_program(zone: str, first: datetime, words: str) -> None:
    """What somebody did on the evening of the 26th in New York is of the 27th in UTC, and nobody there knows that."""
    last = datetime(2026, 11, 27, 6, tzinfo=UTC)
    reading = FactReading(fact="a.b", shown="100%", basis=Basis.MEASURED, as_of=last, age_days=2, rows_from=first)

    assert rows_words(reading, ZoneInfo(zone)) == words


@pytest.mark.parametrize(("before", "taken"), [(-1, False), (0, False), (1, True)])
def test_the_oldest_row_is_older_than_the_newest(before: int, taken: bool) -> None:
    """A plugin that mixes them up would say that rows are newer than they are."""
    fields = {"fact": "a.b", "value": True, "as_of": LAST, "rows_from": LAST - timedelta(seconds=before)}

    if taken:
        assert Item(**fields).rows_from == LAST - timedelta(seconds=1)
    else:
        with pytest.raises(ValidationError, match="rows_from is earlier"):
            Item(**fields)
