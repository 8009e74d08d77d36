"""What the daily run says of the lock: made, changed, broken, put right; and what of it is a setback."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from gonogo.comparison.lock_notices import lock_notices
from gonogo.model.change import Effect
from gonogo.model.lock import LockChange, LockDifference, LockStanding

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)
STRICTER = LockDifference(part="severity", old="advisory", new="mandatory", effect=Effect.TIGHTENS)


def standing(number=1, **more):
    return LockStanding(number=number, sha256="a" * 64, locked_at=AT, first_at=AT, **more)


def change(*differences, **more):
    return LockChange(number=2, at=AT, request="CR-7", differences=differences, **more)


def notices(old, new):
    one, other = (SimpleNamespace(made=SimpleNamespace(decision=SimpleNamespace(lock=each))) for each in (old, new))
    return [(notice.sentence, notice.worse) for notice in lock_notices(one, other)]


@pytest.mark.parametrize(
    ("old", "new", "said", "worse"),
    [
        (None, standing(), "The criteria are locked: lock 1 of 2027-01-27 UTC.", False),
        (standing(), None, "The criteria were locked, and this run knows no lock.", True),
        (standing(), standing(breaches=("The file is gone.",)), "Not as locked: The file is gone.", True),
        (standing(), standing(differences=(STRICTER,)), f"Not as locked: {STRICTER.sentence}.", True),
        (standing(breaches=("Gone.",)), standing(), "The program's files are what was locked again.", False),
        (
            standing(),
            standing(2, changes=(change(LOOSER),)),
            f"The lock was changed by the request CR-7: {LOOSER.sentence}.",
            True,
        ),
        (
            standing(),
            standing(2, changes=(change(STRICTER),)),
            f"The lock was changed by the request CR-7: {STRICTER.sentence}.",
            False,
        ),
        (
            standing(),
            standing(2, changes=(change(STRICTER, lacks=("It gives no reason.",)),)),
            f"The lock was changed without a request or an approval: {STRICTER.sentence}.",
            True,
        ),
        (
            standing(),
            standing(signed_by="b" * 64),
            "How the program's files compare with the lock is described differently.",
            False,
        ),
    ],
)
def test_each_difference_is_said_once(old, new, said, worse):
    """A lock that was loosened overnight is the news of the morning."""
    assert notices(old, new) == [(said, worse)]


@pytest.mark.parametrize("same", [None, standing(), standing(breaches=("Gone.",))])
def test_what_is_as_it_was_is_no_news(same):
    """A breach of yesterday is on page one already."""
    assert notices(same, same) == []
