"""The lock file: what is written reads back, and everything else is refused at its place."""

from datetime import UTC, date, datetime

import pytest

from gonogo.errors import ConfigurationError
from gonogo.governance.lock_file import NAME, lock_of, lock_text, read_lock
from gonogo.model.lock import Lock, LockSignature
from gonogo.model.waiver import Approval

FIRST = Lock(
    program="small",
    number=1,
    locked_at=datetime(2027, 1, 27, 15, 0, 0, 1, tzinfo=UTC),
    content="a" * 64,
    ruleset="small@1.0.0",
    ruleset_sha256="b" * 64,
    vocabulary_sha256="c" * 64,
    approved_by=(Approval(person="ada.kirsch", role="customer.executive_sponsor", on=date(2027, 1, 27)),),
    log="d" * 32,
    records=7,
    root="e" * 64,
    made_with="0.1.0",
)
SECOND = FIRST.model_copy(update={"number": 2, "earlier": "f" * 64, "change": "1" * 64, "approved_by": ()})
SIGNATURE = LockSignature(key="9" * 64, signature="MEUC")


@pytest.mark.parametrize("lock", [FIRST, SECOND], ids=["first", "second"])
@pytest.mark.parametrize("signature", [None, SIGNATURE], ids=["not signed", "signed"])
def test_a_lock_that_was_written_reads_back_as_it_was(lock, signature):
    """A file that reads back as another lock would look like one that somebody edited."""
    found = lock_of(lock_text(lock, signature).encode(), NAME)

    assert (found.lock, found.signature) == (lock, signature)


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("number:", "nummer:", ":4:1", "`nummer` is not known here"),
        ("number: 1\n", "", ":2:1", "`number` is missing"),
        ("number: 1", "number: 0", ":4:9", "0"),
        ("number: 1", "number: 2", ":4:9", "the first lock changes none"),
        ('content: "a', 'content: "x', ":6:", "SHA-256"),
        ("2027-01-27T15", "2027-13-27T15", ":5:", "is not an instant"),
        ("000001Z", "000001", ":5:", "no offset"),
        ("customer.executive_sponsor", "sponsor", ":11:", "sponsor"),
        ("schema: 1", "schema: 2", ":2:9", "2"),
        ("records: 7", "records: many", ":13:10", "many"),
        ("program: ", "program: small\nprogram: ", ":4:1", "twice"),
    ],
)
def test_each_mistake_of_a_lock_file_is_shown_at_its_place(old, new, where, what):
    """A file that nobody can read says nothing about what was agreed."""
    text = lock_text(FIRST, None)
    assert old in text
    with pytest.raises(ConfigurationError) as refused:
        lock_of(text.replace(old, new, 1).encode(), NAME)

    shown = [f"{problem.where} {problem.what}" for problem in refused.value.problems]
    assert any(f"{NAME}{where}" in each and what in each for each in shown), shown


@pytest.mark.parametrize("missing", ["earlier", "change"])
def test_a_later_lock_says_which_it_changes_and_how(missing):
    """With one of both alone nobody can tell what was agreed."""
    with pytest.raises(ConfigurationError, match="each later one says which it changes"):
        lock_of(lock_text(SECOND.model_copy(update={missing: None}), None).encode(), NAME)


def test_every_mistake_is_shown_at_once():
    """A person who repairs a file does it once."""
    text = lock_text(FIRST, None).replace("number: 1", "number: x").replace("records: 7", "records: x")
    with pytest.raises(ConfigurationError) as refused:
        lock_of(text.encode(), NAME)

    assert len(refused.value.problems) == 2


class TestInAFolder:
    def test_a_folder_without_a_lock_has_none(self, tmp_path):
        """Programs of earlier releases go on as before."""
        (tmp_path / "gonogo.yaml").touch()

        assert read_lock(tmp_path) is None

    @pytest.mark.parametrize("other", ["gonogo (1).lock", "gonogo-LAPTOP.lock", "gonogo.lock.bak", "GONOGO 2.LOCK"])
    def test_two_locks_are_refused_by_name(self, tmp_path, other):
        """Nobody can tell which one both sides signed; the log can, and the sentence says so."""
        for name in (NAME, other):
            (tmp_path / name).write_text(lock_text(FIRST, None))
        with pytest.raises(ConfigurationError) as refused:
            read_lock(tmp_path)

        (problem,) = refused.value.problems
        assert other in problem.what
        assert "the audit log knows" in problem.hint

    def test_a_lock_of_another_name_is_not_passed_over(self, tmp_path):
        """A copy that was renamed by a sync would leave the program unlocked."""
        (tmp_path / "gonogo (1).lock").write_text(lock_text(FIRST, None))
        with pytest.raises(ConfigurationError, match=r"only `gonogo\.lock` is read"):
            read_lock(tmp_path)

    @pytest.mark.parametrize("other", [".gonogo.lock.swp", "gonogo.lock~", "origin.lock", "gonogo.lock.yaml"])
    def test_what_is_no_lock_is_let_alone(self, tmp_path, other):
        """An editor's backup stops nobody."""
        (tmp_path / NAME).write_text(lock_text(FIRST, None))
        (tmp_path / other).touch()

        found = read_lock(tmp_path)
        assert found is not None
        assert found.lock == FIRST
