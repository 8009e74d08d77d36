"""What the documented way of driving durable-rules loses: why gonogo uses its own driver over five C functions.

Rows of the same kind as in ``test_durable_wrong_answers.py``. The Host's threads are not started.
"""

from __future__ import annotations

import pytest

K = {"k": 1}
FIVE = {f"x{number}": K for number in range(5)}
FACT = {"id": "1", "k": 1}


@pytest.mark.parametrize("test", [{"$nex": {"p": 1}}, {"$ex": {"sid": 1}}, {"$ex": {"id": 1}}], ids=str)
def test_some_tests_match_the_state_message_for_ever(test, probe):
    """b11, b38, t65: the engine's own bookkeeping matches, the rule fires without end, the call never returns."""
    assert probe("host", {"x": test}, {"id": "1", "q": 1}, "name", wall_s=1.0) == "hangs"


@pytest.mark.parametrize(
    ("action", "log"),
    [("exit", sorted(FIVE)), ("assert", sorted(FIVE)), ("default", ["x0"]), ("slow", ["x0"])],
    ids=["b33 exit", "b33 unmatched", "b34 default argument", "b35 slow"],
)  # fmt: skip
def test_an_action_that_fails_is_not_heard(action, log, probe):
    """No exception reaches the caller in any of these.

    b33: SystemExit is swallowed, and what follows an unmatched assert does not run; b34: a default argument makes an
    action 'asynchronous', and b35: more than 10 s by the clock end the queue: then 1 of 5 rules runs.
    """
    assert probe("host", FIVE, FACT, action) == [log, ""]


@pytest.mark.parametrize(
    ("last", "log", "raised"),
    [
        ({"id": "1", "k": 1}, [], "MessageObservedException"),
        ({"id": "3", "q": 1}, [], "MessageNotHandledException"),
        ({"id": "3", "k": 1, "sid": "other"}, ["3"], ""),
    ],
    ids=["b44 doubled", "b44 unmatched", "b48 two sids"],
)
def test_one_item_silences_the_whole_batch(last, log, raised, probe):
    """b44, b48: a doubled or unmatched item, or a second sid, and the actions of the other items do not run."""
    assert probe("host", {"x": K}, [FACT, {"id": "2", "k": 1}, last], "ids") == [log, raised]
