"""A replay from bytes: sources whose bytes are kept are read again; of the others the recorded facts stand, and why."""

import shutil

import pytest
from tests.conftest import Small, write_small

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.errors import IntegrityError
from gonogo.model.upgrade import Depth
from gonogo.workflow.kept_again import read_again
from gonogo.workflow.replay import replay
from gonogo.workflow.replay_words import exit_code, lines

STATEMENTS = """\
  - id: statements
    collector: attestation
    path: evidence/statements.yaml
    as_of: document
    side: customer
    producer: Program office
    settings: {facts: {cutover.approved: boolean}}
"""


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory):
    """A recorded rehearsal of a program whose sources all keep their bytes; its folder has no evidence any more."""
    small = write_small(tmp_path_factory.mktemp("kept") / "small")
    text = small.file.read_text().replace("    as_of: ", "    keep: bytes\n    as_of: ")
    small.file.write_text(text)
    assert run(small.arguments) == 0
    small.file.write_text(text.replace(STATEMENTS.replace("    as_of: ", "    keep: bytes\n    as_of: "), ""))
    assert run(small.arguments) == 1
    shutil.rmtree(small.root / "evidence")
    return small


@pytest.fixture
def kept(kept_once, tmp_path):
    return Small(shutil.copytree(kept_once.root, tmp_path / "small"), kept_once.now)


def read(small, number, reader=read_again):
    history = open_history(small.log)
    return replay(history, history.runs[number], read=reader)


def test_what_is_kept_is_read_again_and_what_names_people_is_not(kept):
    """The log keeps no names, so a statement by name means nobody there."""
    found = read(kept, 0)

    assert (found.depth, found.same) == (Depth.SOME_BYTES, True)
    assert dict(found.sources) == {"statements": "people are named there, and the log keeps no names"}
    assert found.answers == ()


def test_where_every_source_is_read_again_the_depth_is_from_bytes(kept):
    """The order of columns is part of the settings, and a line of the log sorts keys."""
    found = read(kept, 1)

    assert (found.depth, found.same, found.sources) == (Depth.BYTES, True, ())


def test_bytes_that_a_schedule_removed_leave_the_recorded_facts(kept):
    """Retention takes bytes away, and must not take the decision with them."""
    shutil.rmtree(kept.log / "blobs")

    found = read(kept, 1)

    assert (found.depth, found.same) == (Depth.FACTS, True)
    assert all(why.startswith("the kept bytes of evidence/") for _, why in found.sources)


def test_kept_bytes_that_were_changed_are_an_integrity_error(kept):
    """An edit of the file and not of the log is found, and nothing is judged on it."""
    blob = next(path for path in kept.log.rglob("blobs/*/*") if b"D2,filled" in path.read_bytes())
    blob.chmod(0o600)
    blob.write_bytes(blob.read_bytes().replace(b"D2,filled", b"D2,open"))

    with pytest.raises(IntegrityError, match="was changed"):
        read(kept, 1)


def test_another_answer_from_the_same_bytes_differs(kept):
    """A collector that reads otherwise than it did is what somebody wants to know."""

    def otherwise(*given):
        again = read_again(*given)
        replies = tuple(
            reply.model_copy(update={"items": tuple(each.model_copy(update={"value": 1}) for each in reply.items)})
            if reply.binding == "desk"
            else reply
            for reply in again.replies
        )
        return type(again)(replies, again.why)

    found = read(kept, 0, otherwise)

    assert found.answers == ("desk.open_posts",)
    assert exit_code([found]) == 1
    assert "  another answer from the bytes: desk.open_posts" in lines(found)
