"""A fact that a binding leaves out is told where nobody gives it, and where another source does."""

from tests.core.test_admit import NOW, admission, reply

from gonogo.core.admit import admit
from gonogo.core.left_out_facts import left_out_of, left_out_to_trust
from gonogo.model.people import Side
from gonogo.model.program import Binding

WHY = "a person states it, says Ada Kirsch on 2027-04-18"


def binding(**more):
    made = {"id": "plan", "plugin": "table", "prefix": "comms", "side": Side.CUSTOMER, "producer": "PMO"}
    return Binding(**(made | {"leaves_out": {"delivered_ratio": WHY}} | more))


def test_a_fact_that_nobody_gives_says_which_binding_leaves_it_out_and_why():
    """A criterion that is unknown for a choice of last month names who chose it."""
    left_out = left_out_of([binding(), binding(id="other", leaves_out=None)])
    found = admit([reply()], ["comms.delivered_ratio", "comms.open"], admission(left_out=left_out))

    assert [gap.detail for gap in found.gaps] == [
        f"No binding of the program answers for this fact. plan leaves it out: {WHY}.",
        "No binding of the program answers for this fact.",
    ]
    assert admission().now == NOW


def test_two_bindings_that_leave_it_out_are_both_named():
    """Each of them may be the file that somebody has to look at."""
    assert left_out_of([binding(), binding(id="copy")]) == {
        "comms.delivered_ratio": f"plan leaves it out: {WHY} and copy leaves it out: {WHY}."
    }


def test_what_is_left_out_is_told_where_a_criterion_reads_it():
    """Without the binding's own answer, a statement alone decides: a reader must see that."""
    found = list(left_out_to_trust([binding()], {"comms.delivered_ratio"}))

    assert [each.sentence for each in found] == [
        f"plan: says nothing of comms.delivered_ratio, the binding says: {WHY} (leaves_out)."
    ]
    assert not list(left_out_to_trust([binding()], {"comms.open"}))
    assert not list(left_out_to_trust([binding(leaves_out=None)], {"comms.delivered_ratio"}))
