"""in-toto statements: the code of others reads ours, and ours reads theirs."""

import json

import pytest
from google.protobuf import json_format
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement as OtherStatement
from in_toto_attestation.v1.statement_pb2 import Statement as Message

from gonogo.errors import DocumentError
from gonogo.signing.envelope import MOST_BYTES, read_envelope, verified_by
from gonogo.signing.statement import (
    MOST_SUBJECTS,
    PAYLOAD_TYPE,
    STATEMENT_TYPE,
    Statement,
    StatementSubject,
    read_statement,
    sign_statement,
)

SHA = "0123456789abcdef" * 4
KIND = "https://example.gov/decision/v1"
MADE = Statement(
    subjects=(
        StatementSubject(name="app.tar", digests={"sha256": SHA}),
        StatementSubject(digests={"gitCommit": SHA[:40]}),
    ),
    predicate_type=KIND,
    predicate={"verdict": "GO", "conditions": [], "size": 3},
)


def changed(**parts) -> bytes:
    """Write the statement with parts of its JSON changed."""
    return json.dumps(json.loads(MADE.to_bytes()) | parts).encode()


def test_what_is_written_is_read():
    """The reader loses nothing that the writer says."""
    assert read_statement(MADE.to_bytes(), predicate_type=KIND) == MADE


def test_the_code_of_others_reads_ours():
    """The published library accepts it as a statement of version 1."""
    theirs = OtherStatement.copy_from_pb(json_format.Parse(MADE.to_bytes(), Message()))
    theirs.validate()

    assert theirs.pb.predicate_type == KIND
    assert [dict(each.digest) for each in theirs.pb.subject] == [{"sha256": SHA}, {"gitCommit": SHA[:40]}]
    assert theirs.pb.predicate["verdict"] == "GO"


def test_ours_reads_what_the_code_of_others_writes():
    """Evidence may be signed by another tool."""
    subject = ResourceDescriptor(name="app.tar", digest={"sha256": SHA})
    theirs = OtherStatement([subject.pb], KIND, {"verdict": "GO", "blockers": []})
    theirs.validate()
    read = read_statement(json_format.MessageToJson(theirs.pb).encode())

    assert read.subjects == (StatementSubject(name="app.tar", digests={"sha256": SHA}),)
    assert read.predicate == {"verdict": "GO", "blockers": []}


def test_a_signed_statement_goes_the_whole_way(gate):
    """Written, read, checked, read again."""
    envelope = read_envelope(sign_statement(MADE, gate).to_bytes(), payload_type=PAYLOAD_TYPE)

    assert verified_by(envelope, [gate.public]) == (gate.public,)
    assert read_statement(envelope.payload) == MADE


@pytest.mark.parametrize(
    ("version", "step"),
    [
        ("0.1", "ask for it in version 1"),
        ("0.9", "ask for it in version 1"),
        ("1.1", "a newer gonogo"),
        ("2", "a newer"),
    ],
)
def test_of_another_version_it_is_said_which_and_whose_turn_it_is(version, step):
    """Older: its writer is behind. Newer: the reader is. No newer gonogo will ever read what is older."""
    with pytest.raises(DocumentError, match=f"an in-toto statement of version {version}; gonogo reads") as caught:
        read_statement(changed(_type=f"https://in-toto.io/Statement/v{version}"))

    assert caught.value.hint.startswith(step)


def test_another_predicate_than_asked_for_is_refused():
    """A checkpoint must not pass as a decision, no matter who signed it."""
    with pytest.raises(DocumentError, match=f"of the type `{KIND}`, not `other`"):
        read_statement(MADE.to_bytes(), predicate_type="other")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"_type": "x"}, "not an in-toto statement"),
        ({"_type": None}, "not an in-toto statement"),
        ({"_type": STATEMENT_TYPE + ".x"}, "not an in-toto statement of version 1"),
        ({"extra": 1}, "key `extra`"),
        ({"predicateType": ""}, "`predicateType`"),
        ({"predicateType": "x" * 257}, "`predicateType`"),
        ({"predicateType": 1}, "`predicateType`"),
        ({"predicate": []}, "`predicate` is not"),
        ({"subject": []}, "names no subject"),
        ({"subject": {}}, "names no subject"),
        ({"subject": ["x"]}, "a subject is not"),
        ({"subject": [{"name": "a"}]}, "has no digest"),
        ({"subject": [{"digest": {}}]}, "has no digest"),
        ({"subject": [{"digest": {"sha256": SHA.upper()}}]}, "hexadecimal"),
        ({"subject": [{"digest": {"sha256": SHA[:-1]}}]}, "hexadecimal"),
        ({"subject": [{"digest": {"gitCommit": SHA[:39]}}]}, "hexadecimal"),
        ({"subject": [{"digest": {"sha256": 1}}]}, "hexadecimal"),
        ({"subject": [{"digest": {" ": "ab"}}]}, "hexadecimal"),
        ({"subject": [{"digest": {"sha256": SHA}, "annotations": {}}]}, "a subject is not"),
        ({"subject": [{"digest": {"sha256": SHA}, "name": ""}]}, "not a short text"),
        ({"subject": [{"digest": {"sha256": SHA}, "uri": 1}]}, "not a short text"),
        ({"subject": [{"name": "a", "digest": {"sha256": SHA}}] * 2}, "one subject twice"),
    ],
)
def test_what_is_malformed_is_refused_by_its_key(parts, said):
    """The sentence names the document and what is wrong with it."""
    with pytest.raises(DocumentError, match=said) as caught:
        read_statement(changed(**parts), what="decision.json")

    assert "decision.json" in str(caught.value)


@pytest.mark.parametrize("missing", ["subject", "predicateType", "predicate"])
def test_each_part_is_needed(missing):
    """By its name."""
    told = json.loads(MADE.to_bytes())
    del told[missing]

    with pytest.raises(DocumentError, match=f"has no `{missing}`"):
        read_statement(json.dumps(told).encode())


@pytest.mark.parametrize("data", [b"[]", b"null", b"", b'{"a":1,"a":2}', b"1.5"])
def test_what_is_no_json_object_is_refused(data):
    """Or is read in two ways."""
    with pytest.raises(DocumentError):
        read_statement(data)


@pytest.mark.parametrize(
    ("count", "fits"), [(MOST_SUBJECTS - 1, True), (MOST_SUBJECTS, True), (MOST_SUBJECTS + 1, False)]
)
def test_the_number_of_subjects_has_a_limit(count, fits):
    """A bundle names its files; nobody has more."""
    data = changed(subject=[{"digest": {"sha256": SHA}}] * count)

    if fits:
        assert len(read_statement(data).subjects) == count
    else:
        with pytest.raises(DocumentError, match="the limit is 10000"):
            read_statement(data)


def test_a_huge_document_is_refused_before_it_is_read():
    """As an envelope is."""
    with pytest.raises(DocumentError, match="the limit is 8388608"):
        read_statement(b" " * (MOST_BYTES + 1))
