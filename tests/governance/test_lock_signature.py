"""A signed lock: whose key it is, on which day, and over which words."""

from datetime import UTC, date, datetime

import pytest

from gonogo.governance.lock_signature import lock_statement, sign_lock, signature_fault
from gonogo.model.lock import Lock, LockSignature
from gonogo.model.people import Side
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
LOCK = Lock(
    program="small",
    number=1,
    locked_at=AT,
    content="a" * 64,
    ruleset="small@1.0.0",
    ruleset_sha256="b" * 64,
    vocabulary_sha256="c" * 64,
    log="d" * 32,
    records=7,
    root="e" * 64,
    made_with="0.1.0",
)


@pytest.fixture(scope="module")
def key():
    return new_private_key(Algorithm.ED25519)


def trust(key, kind=KeyKind.LOG, start=date(2027, 1, 27), until=date(2027, 1, 27), **more):
    one = TrustKey(id="gate", kind=kind, public=key.public, start=start, until=until, **more)
    return Trust(program="small", keys=(one,))


def test_a_lock_is_signed_over_all_of_its_words(key):
    """The statement can be read by others' tools."""
    signature = sign_lock(LOCK, key)

    assert signature.key == key.public.keyid
    assert lock_statement(LOCK).predicate == LOCK.document()
    assert [(each.name, each.digests) for each in lock_statement(LOCK).subjects] == [
        ("gonogo.lock", {"sha256": LOCK.content})
    ]
    assert signature_fault(LOCK, signature, trust(key)) == ""


@pytest.mark.parametrize("field", ["content", "ruleset_sha256", "log", "records", "program"])
def test_a_signature_is_of_no_other_lock(key, field):
    """A signature that is moved to another lock vouches for nothing."""
    other = LOCK.model_copy(update={field: 8 if field == "records" else "other"})

    assert signature_fault(other, sign_lock(LOCK, key), trust(key)) != ""


@pytest.mark.parametrize(
    ("start", "until", "counts"),
    [
        (date(2027, 1, 27), date(2027, 1, 27), True),
        (date(2027, 1, 28), date(2027, 2, 1), False),
        (date(2027, 1, 1), date(2027, 1, 26), False),
    ],
)
def test_the_key_counts_on_the_day_of_the_lock(key, start, until, counts):
    """A key that lapses later takes nothing from what it signed; one that begins later gives nothing."""
    assert (signature_fault(LOCK, sign_lock(LOCK, key), trust(key, start=start, until=until)) == "") is counts


def test_a_key_that_nobody_trusts_is_a_fault(key):
    """Anybody can make a key."""
    assert "not of a key" in signature_fault(LOCK, sign_lock(LOCK, new_private_key(Algorithm.ED25519)), trust(key))


def test_what_is_no_signature_is_a_fault(key):
    """Words in its place."""
    assert signature_fault(LOCK, LockSignature(key=key.public.keyid, signature="no!"), trust(key)) == "is no signature"


def test_without_a_key_or_a_trust_file_nothing_is_asked(key):
    """Everything works unsigned, and reports say so."""
    assert sign_lock(LOCK, None) is None
    assert signature_fault(LOCK, None, trust(key)) == ""
    assert signature_fault(LOCK, sign_lock(LOCK, key), None) == ""


@pytest.mark.parametrize(
    ("kind", "more", "asked"),
    [
        (KeyKind.LOG, {}, True),
        (KeyKind.WITNESS, {"side": Side.CUSTOMER}, False),
        (KeyKind.LOG, {"bundles": ("tests",), "side": Side.PROVIDER}, False),
    ],
)
def test_a_trust_file_without_a_key_for_the_log_asks_for_none(key, kind, more, asked):
    """It says whom to believe as witness or depositor, and nothing about who signs a lock."""
    other = trust(new_private_key(Algorithm.ED25519), kind, **more)

    assert (signature_fault(LOCK, sign_lock(LOCK, key), other) != "") is asked
