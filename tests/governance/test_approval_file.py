"""The file of approvals: a draft reads back once it is filled in, and nothing that is left open passes."""

from datetime import date

import pytest

from gonogo.errors import ConfigurationError
from gonogo.governance.approval_file import draft_text, read_approvals
from gonogo.model.waiver import Approval

SEATS = [("customer.executive_sponsor", "ada.kirsch"), ("provider.executive_sponsor", "lin.farrant")]
CHANGE = draft_text(
    "small",
    "a" * 64,
    seats=SEATS,
    changes="b" * 64,
    comments=["x: y was 1, is now 2\n- z"],
    review=("independent.ivv", "bea"),
)
FILLED = (
    CHANGE.replace("on: FILL_IN", "on: 2027-03-10")
    .replace("request: FILL IN", "request: CR-7")
    .replace("requested_by: FILL_IN", "requested_by: theo")
    .replace("reason: FILL IN", "reason: The cases cannot be run.")
)


def read(tmp_path, text):
    path = tmp_path / "approvals.yaml"
    path.write_text(text, encoding="utf-8")
    return read_approvals(path, program="small")


def mistakes(tmp_path, text):
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path, text)
    return [f"{problem.where.rpartition('/')[2]} {problem.what}" for problem in refused.value.problems]


def test_a_draft_that_is_filled_in_reads_as_what_people_approved(tmp_path):
    """What is approved stands above as comments, whatever words are in it."""
    found = read(tmp_path, FILLED)

    assert (found.content, found.changes) == ("a" * 64, "b" * 64)
    assert (found.request, found.requested_by, found.reason) == ("CR-7", "theo", "The cases cannot be run.")
    assert found.approved_by == tuple(Approval(person=who, role=seat, on=date(2027, 3, 10)) for seat, who in SEATS)
    assert found.reviewed_by == Approval(person="bea", role="independent.ivv", on=date(2027, 3, 10))


def test_a_draft_that_nobody_filled_in_is_refused_with_every_place(tmp_path):
    """A draft must never pass for an approval."""
    found = mistakes(tmp_path, CHANGE)

    assert sum("is not a date" in each for each in found) == 3
    assert any("the request says nothing" in each for each in found)
    assert any("the reason says nothing" in each for each in found)


def test_a_first_lock_asks_for_no_request(tmp_path):
    """There is nothing to change yet."""
    text = draft_text("small", "a" * 64, seats=SEATS)

    assert "request" not in text
    assert read(tmp_path, text.replace("FILL_IN", "2027-03-10")).changes is None


def test_one_person_in_two_seats_is_read(tmp_path):
    """Whether both count is judged by the people register; the file is not wrong."""
    found = read(tmp_path, FILLED.replace("lin.farrant", "ada.kirsch"))

    assert [each.person for each in found.approved_by] == ["ada.kirsch", "ada.kirsch"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("program: small", "program: other", "are about the program 'other', not about 'small'"),
        ("content: a", "content: x", "SHA-256"),
        ("approved_by:", "aproved_by:", "`aproved_by` is not known here"),
        ("role: customer.executive_sponsor", "role: sponsor", "sponsor"),
        ("reason: The cases cannot be run.", "reason: n/a", "the reason says nothing"),
        ("request: CR-7", "request: tbd", "the request says nothing"),
        ("provider.executive_sponsor", "customer.executive_sponsor, role: x", "twice"),
        ("lin.farrant, role: provider", "ada.kirsch, role: customer", "approves twice"),
        ("schema: 1", "schema: 1\nschema: 1", "twice"),
    ],
)
def test_each_mistake_is_shown(tmp_path, old, new, says):
    """A file that people sign is read as strictly as the lock itself."""
    assert old in FILLED
    assert any(says in each for each in mistakes(tmp_path, FILLED.replace(old, new, 1)))


def test_a_file_that_is_not_there_says_how_to_get_one(tmp_path):
    """The next step is a command."""
    with pytest.raises(ConfigurationError) as refused:
        read_approvals(tmp_path / "none.yaml", program="small")

    assert "--draft" in refused.value.problems[0].hint
